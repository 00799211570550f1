"""Answers as files: CSV, Excel, JSON.

A cell that a spreadsheet would take for a formula is written with an apostrophe in front, which is
how spreadsheets themselves say "this is text": a category «=HYPERLINK(…)» in a State's file must
not become a link in ours.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: What XML cannot hold, and Excel therefore refuses.
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
_MOST_SHEET_NAME = 31
#: So wide does a column become, for what stands in so many of its lines.
_WIDEST, _LOOKED_AT = 44, 200


def neutral(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral(-3)
    ("'=1+1", -3)
    """
    if isinstance(value, str) and value.lstrip(" \u00a0\ufeff").startswith(_OPENS_A_FORMULA):
        return f"'{value}"
    if isinstance(value, list | tuple):
        return neutral(" ".join(str(one) for one in value))
    return value


def to_csv(records: Sequence[Mapping[str, Any]], *, above: Iterable[str] = ()) -> str:
    """Return an answer as CSV (UTF-8); lines `above` the table start with #."""
    file = io.StringIO()
    for line in above:
        file.write(f"# {' '.join(line.split())}\r\n")
    writer = csv.writer(file)
    if records:
        writer.writerow([neutral(name) for name in records[0]])
    for record in records:
        writer.writerow([neutral(value) for value in record.values()])
    return file.getvalue()


def to_json(records: Any) -> str:
    """Return an answer as JSON."""
    return json.dumps(records, ensure_ascii=False, indent=2, default=str)


def to_xlsx(
    records: Sequence[Mapping[str, Any]],
    *,
    above: Iterable[str] = (),
    title: str = "table",
    right_to_left: bool = False,
) -> bytes:
    """Return an answer as a workbook of one sheet, with `above` the table what it stands on."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.sheet_view.rightToLeft = right_to_left
    lines = list(above)
    sheet.freeze_panes = f"A{len(lines) + 2}"
    for at, name in enumerate(records[0] if records else (), start=1):
        widest = max(len(str(one[name])) for one in records[:_LOOKED_AT])
        width = min(max(len(name), widest) + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for at, line in enumerate(lines):
        sheet.append([_cell(sheet, line, bold=at == 0)])
    if records:
        sheet.append([_cell(sheet, name, bold=True) for name in records[0]])
    for record in records:
        sheet.append([_cell(sheet, value) for value in record.values()])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    value = neutral(value)
    cell = WriteOnlyCell(sheet, value.translate(_CONTROL) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheet_name(title: str) -> str:
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:_MOST_SHEET_NAME]
