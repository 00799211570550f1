"""A compilation as an Excel workbook: one row a recommendation, and a sheet on how it was made."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from marsad.design.formatting import Formatter
from marsad.library.exports import rows
from marsad.library.exports.direction import is_rtl
from marsad.library.exports.layout import (
    Note,
    chosen,
    colophon,
    nothing_found,
    sample_notice,
    unique_rows,
)
from marsad.library.exports.made import clean, moment, steady_archive
from marsad.library.exports.palette import ACCENT, INK, ON_ACCENT, RULE, WARNING_SOFT
from marsad.library.types import Compilation

#: What one cell of Excel holds.
_LONGEST_CELL = 32_767
_RULE = Side(style="thin", color=RULE)
_SAMPLE = PatternFill("solid", fgColor=WARNING_SOFT)


def write(compilation: Compilation, *, formatter: Formatter) -> bytes:
    """The workbook, dated by the compilation."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # openpyxl types it as "maybe"; a new book has one
        sheet = book.create_sheet()
    sheet.title = _sheet_name(_("Recommendations"))
    _recommendations(sheet, compilation, formatter=formatter)
    about = book.create_sheet(_sheet_name(_("About")))
    _about(about, compilation, formatter=formatter)
    for each in (sheet, about):
        each.sheet_view.rightToLeft = is_rtl(compilation.language)
    book.properties.title = clean(compilation.title)
    book.properties.creator = "Marsad"
    book.properties.language = compilation.language
    book.properties.created = moment(compilation.made_on)
    out = io.BytesIO()
    book.save(out)
    return _steady(out.getvalue(), day=compilation.made_on)


def _recommendations(sheet: Worksheet, compilation: Compilation, *, formatter: Formatter) -> None:
    columns = rows.columns()
    for place, column in enumerate(columns, start=1):
        _head(_put(sheet, 1, place, column.heading))
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    found = rows.rows(compilation, formatter=formatter)
    samples = [row.is_sample for row in unique_rows(compilation)]
    for line, (cells, is_sample) in enumerate(zip(found, samples, strict=True), start=2):
        for place, cell in enumerate(cells, start=1):
            _body(_put(sheet, line, place, cell), is_sample=is_sample)
    if not found:
        _put(sheet, 2, 2, nothing_found())
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(len(found) + 1, 2)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _about(sheet: Worksheet, compilation: Compilation, *, formatter: Formatter) -> None:
    notice = sample_notice(unique_rows(compilation))
    facts = [
        Note(label=_("Title"), value=clean(compilation.title)),
        Note(label=_("Made on"), value=formatter.date(compilation.made_on)),
        Note(label=_("Recommendations"), value=formatter.number(compilation.count)),
        *chosen(compilation),
        Note(label=_("What this is"), value=colophon()),
        Note(
            label=_("Safety"),
            value=_(
                "Every cell is a number or text; none is a formula, whatever sign it begins with."
            ),
        ),
    ]
    if notice:
        facts.insert(0, Note(label=_("Sample"), value=notice))
    if not compilation.count:
        facts.append(Note(label=_("Result"), value=nothing_found()))
    for line, fact in enumerate(facts, start=1):
        label = _put(sheet, line, 1, fact.label)
        label.font = Font(bold=True, color=ACCENT)
        label.alignment = Alignment(vertical="top", wrap_text=True)
        _put(sheet, line, 2, fact.value).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 90


def _put(sheet: Worksheet, line: int, place: int, value: rows.Cell) -> SheetCell:
    """Write one cell; text is text whatever it begins with."""
    cell = sheet.cell(row=line, column=place)
    if not isinstance(cell, SheetCell):
        raise TypeError("No cell is merged here.")
    if isinstance(value, str) and value:
        cell.value = _fitting(value)
        cell.data_type = "s"  # openpyxl had taken "=…" for a formula and "#N/A" for an error
        # Excel's own mark for "text, though it does not look it"; survives editing the cell.
        cell.quotePrefix = rows.dangerous(value)
    elif value is not None and value != "":
        cell.value = value
    return cell


def _fitting(text: str) -> str:
    if len(text) <= _LONGEST_CELL:
        return text
    cut = " … " + _("[cut here: longer than a cell of Excel can hold]")
    return text[: _LONGEST_CELL - len(cut)] + cut


def _head(cell: SheetCell) -> None:
    cell.font = Font(bold=True, color=ON_ACCENT)
    cell.fill = PatternFill("solid", fgColor=ACCENT)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _body(cell: SheetCell, *, is_sample: bool) -> None:
    cell.font = Font(color=INK)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.border = Border(bottom=_RULE)
    if is_sample:
        cell.fill = _SAMPLE


def _sheet_name(words: str) -> str:
    """A sheet's name: at most 31 characters and none of those Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", " ", words)[:31]


def _steady(data: bytes, *, day: date) -> bytes:
    """openpyxl writes the clock into the file as it saves; put the compilation's day there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml").decode()
    stamp = moment(day).strftime("%Y-%m-%dT%H:%M:%SZ")
    core = re.sub(r"(<dcterms:(modified|created)[^>]*>)[^<]*", rf"\g<1>{stamp}", core)
    return steady_archive(data, day=day, instead={"docProps/core.xml": core.encode()})
