"""Tables to take away, as CSV and as sheets of Excel, safe to open.

A cell that a spreadsheet would take for a formula (`=1+1`, `+…`, `-…`, `@…`, also after a blank or
in full-width form) could run in the reader's hands what somebody typed into Marsad. `dangerous`
knows such a cell: CSV puts an apostrophe before it (the sign spreadsheets themselves use for "this
is text"), Excel stores it as text and marks it so.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from marsad.design.printing.made import moment, steady_archive
from marsad.design.printing.palette import ACCENT, INK, ON_ACCENT, RULE, WARNING_SOFT

# "=1+1", " @SUM(A1)", "\t-2+3", "＝1"; a cell may also begin with a line break.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")

#: What one cell of Excel holds.
_LONGEST_CELL = 32_767
_LINE = Side(style="thin", color=RULE)
_MARKED = PatternFill("solid", fgColor=WARNING_SOFT)

Cell = str | float | None


def dangerous(cell: Cell) -> bool:
    """Whether a spreadsheet could take the cell for a formula.

    >>> dangerous("=cmd()"), dangerous("States should"), dangerous(-3)
    (True, False, False)
    """
    return isinstance(cell, str) and _FORMULA.match(cell) is not None


def guarded(cell: Cell) -> Cell:
    """The cell, with an apostrophe before it where it could run.

    >>> guarded("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if dangerous(cell) else cell


def write_csv(headings: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    """Any table as CSV that a spreadsheet opens with its Arabic whole, header first.

    UTF-8 with a byte-order mark (without it Excel takes the file for a Windows code page), every
    cell quoted, lines ended by CR LF as RFC 4180 has it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in headings])
    for line in lines:
        writer.writerow([guarded(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


# ── sheets of Excel ──────────────────────────────────────────────────────────────────────────────
def put(sheet: Worksheet, line: int, place: int, value: Cell) -> SheetCell:
    """Write one cell; text is text whatever it begins with."""
    cell = sheet.cell(row=line, column=place)
    if not isinstance(cell, SheetCell):
        raise TypeError("No cell is merged here.")
    if isinstance(value, str) and value:
        cell.value = _fitting(value)
        cell.data_type = "s"  # openpyxl had taken "=…" for a formula and "#N/A" for an error
        # Excel's own mark for "text, though it does not look it"; survives editing the cell.
        cell.quotePrefix = dangerous(value)
    elif value is not None and value != "":
        cell.value = value
    return cell


def _fitting(text: str) -> str:
    if len(text) <= _LONGEST_CELL:
        return text
    cut = " … " + _("[cut here: longer than a cell of Excel can hold]")
    return text[: _LONGEST_CELL - len(cut)] + cut


def dress_head(cell: SheetCell) -> None:
    """Let a cell look like the head of a column."""
    cell.font = Font(bold=True, color=ON_ACCENT)
    cell.fill = PatternFill("solid", fgColor=ACCENT)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def dress_body(cell: SheetCell, *, is_marked: bool = False) -> None:
    """Let a cell look like one of a table; marked where it stands for a sample."""
    cell.font = Font(color=INK)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.border = Border(bottom=_LINE)
    if is_marked:
        cell.fill = _MARKED


def sheet_name(words: str) -> str:
    """A sheet's name: at most 31 characters and none of those Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", " ", words)[:31]


def steady_workbook(data: bytes, *, day: date) -> bytes:
    """openpyxl writes the clock into the file as it saves; put the day there that it is dated."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml").decode()
    stamp = moment(day).strftime("%Y-%m-%dT%H:%M:%SZ")
    core = re.sub(r"(<dcterms:(modified|created)[^>]*>)[^<]*", rf"\g<1>{stamp}", core)
    return steady_archive(data, day=day, instead={"docProps/core.xml": core.encode()})
