"""A compilation as an Excel workbook: one row a recommendation, and a sheet on how it was made."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from marsad.design.formatting import Formatter
from marsad.design.printing.direction import is_rtl
from marsad.design.printing.made import clean, moment
from marsad.design.printing.palette import ACCENT
from marsad.design.printing.tables import (
    dress_body,
    dress_head,
    put,
    sheet_name,
    steady_workbook,
)
from marsad.library.exports import rows
from marsad.library.exports.layout import (
    Note,
    chosen,
    colophon,
    nothing_found,
    sample_notice,
    unique_rows,
)
from marsad.library.types import Compilation


def write(compilation: Compilation, *, formatter: Formatter) -> bytes:
    """The workbook, dated by the compilation."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # openpyxl types it as "maybe"; a new book has one
        sheet = book.create_sheet()
    sheet.title = sheet_name(_("Recommendations"))
    _recommendations(sheet, compilation, formatter=formatter)
    about = book.create_sheet(sheet_name(_("About")))
    _about(about, compilation, formatter=formatter)
    for each in (sheet, about):
        each.sheet_view.rightToLeft = is_rtl(compilation.language)
    book.properties.title = clean(compilation.title)
    book.properties.creator = "Marsad"
    book.properties.language = compilation.language
    book.properties.created = moment(compilation.made_on)
    out = io.BytesIO()
    book.save(out)
    return steady_workbook(out.getvalue(), day=compilation.made_on)


def _recommendations(sheet: Worksheet, compilation: Compilation, *, formatter: Formatter) -> None:
    columns = rows.columns()
    for place, column in enumerate(columns, start=1):
        dress_head(put(sheet, 1, place, column.heading))
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    found = rows.rows(compilation, formatter=formatter)
    samples = [row.is_sample for row in unique_rows(compilation)]
    for line, (cells, is_sample) in enumerate(zip(found, samples, strict=True), start=2):
        for place, cell in enumerate(cells, start=1):
            dress_body(put(sheet, line, place, cell), is_marked=is_sample)
    if not found:
        put(sheet, 2, 2, nothing_found())
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
        label = put(sheet, line, 1, fact.label)
        label.font = Font(bold=True, color=ACCENT)
        label.alignment = Alignment(vertical="top", wrap_text=True)
        put(sheet, line, 2, fact.value).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 90
