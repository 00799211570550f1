"""The workbook as it came, with its faulty cells coloured, commented, and listed on a sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import IllegalCharacterError

from marsad.problems import _, spoken
from marsad.questionnaires.compiling.faults import Fault

_FAULT = PatternFill("solid", fgColor="F6C9C4")
_WARNING = PatternFill("solid", fgColor="F7E7B5")
_LIST = "marsad"
_WIDTHS = (12, 8, 26, 70, 70)


def annotate(data: bytes, faults: Sequence[Fault], *, rtl: bool = False) -> bytes:
    """The workbook with what is wrong written into it, in the reader's language.

    :param rtl: whether that language runs from right to left.
    """
    book = load_workbook(io.BytesIO(data))
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for fault in faults:
        sheet = sheets.get(fault.sheet)
        if sheet is not None and fault.cell:
            _mark(sheet[fault.cell], fault)
    _list(book, faults, rtl=rtl)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _mark(cell: Any, fault: Fault) -> None:
    if cell.comment is None or not fault.is_warning:
        cell.fill = _WARNING if fault.is_warning else _FAULT
    said = f"{fault.says}\n{fault.remedy}"
    if cell.comment is not None and cell.comment.author == "Marsad":
        said = f"{cell.comment.text}\n\n{said}"
    cell.comment = Comment(said[:4000], "Marsad", width=420, height=160)


def _list(book: Any, faults: Sequence[Fault], *, rtl: bool) -> None:
    if _LIST in book.sheetnames:
        del book[_LIST]
    sheet = book.create_sheet(_LIST, 0)
    sheet.sheet_view.rightToLeft = rtl
    headings = (_("Sheet"), _("Row"), _("Column"), _("What is wrong"), _("What to do"))
    sheet.append([spoken(heading) for heading in headings])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for fault in faults:
        row = [fault.sheet, fault.row, fault.column, fault.says, fault.remedy]
        try:
            sheet.append([_as_text(value) for value in row])
        except IllegalCharacterError:
            continue
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDE"[place]].width = width
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.active = 0


def _as_text(value: Any) -> Any:
    """A cell that no spreadsheet program takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        return f"'{value}"
    return value
