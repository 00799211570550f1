"""Cells that Excel shows and never runs: what every workbook of this room is written with."""

from __future__ import annotations

import re

from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

#: What a spreadsheet could run.
_RUNS = re.compile(r"^[=+\-@\t\r]")
#: What Excel refuses a whole file for.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
#: What one cell of Excel holds, and the name of a sheet.
LONGEST_CELL = 32_767
_LONGEST_NAME = 31

Value = str | int | float


def put(sheet: Worksheet, row: int, column: int, value: Value) -> SheetCell:
    """Write one cell; text is text whatever it begins with."""
    cell = sheet.cell(row=row, column=column)
    if not isinstance(cell, SheetCell):
        raise TypeError("No cell is merged here.")
    if isinstance(value, str):
        cell.value = clean(value)[:LONGEST_CELL]
        cell.data_type = "s"  # openpyxl had taken "=…" for a formula and "#N/A" for an error
        # Excel's own mark for "text, though it does not look it"; survives editing the cell.
        cell.quotePrefix = bool(_RUNS.match(value))
    else:
        cell.value = value
    return cell


def guarded(value: Value) -> Value:
    """For CSV: with an apostrophe before it where it could run.

    >>> guarded("=1+1"), guarded("a"), guarded(-3)
    ("'=1+1", 'a', -3)
    """
    return f"'{value}" if isinstance(value, str) and _RUNS.match(value) else value


def clean(text: str) -> str:
    """Without the characters that no file of Office may hold."""
    return _CONTROL.sub("", text)


def sheet_name(words: str, *, taken: set[str]) -> str:
    """A name for a sheet, unlike any other and without what Excel forbids; added to `taken`.

    >>> names: set[str] = set()
    >>> sheet_name("A: Law", taken=names), sheet_name("A: Law", taken=names)
    ('A Law', 'A Law 2')
    """
    plain = " ".join(_FORBIDDEN.sub(" ", clean(words)).split()) or "…"
    name, number = plain[:_LONGEST_NAME].strip(), 1
    while name.casefold() in taken:
        number += 1
        ending = f" {number}"
        name = plain[: _LONGEST_NAME - len(ending)].strip() + ending
    taken.add(name.casefold())
    return name
