"""Tables of findings, practices and needs to take away: Excel, CSV, JSON.

Every file of an invented round says so in its words and in its name. The order of the lines is that
of the form or of names; a spreadsheet of States in the order of a count is not made here.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from marsad.design.formatting import lang_dir
from marsad.design.printing.made import Exported
from marsad.design.printing.tables import (
    Cell,
    dress_body,
    dress_head,
    put,
    sheet_name,
    steady_workbook,
    write_csv,
)
from marsad.review import invented, problems

#: What an export can be, and what a reader calls it.
FORMATS = {"xlsx": "Excel", "csv": "CSV", "json": "JSON"}
_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_WIDEST = 60


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table."""

    #: ASCII: begins the name of the file.
    name: str
    title: str
    language: str
    is_invented: bool
    headings: Sequence[str]
    lines: Sequence[Sequence[Cell]]
    #: Sentences that say how to read it; before the table, and in JSON.
    notes: Sequence[str]
    #: The moment that it speaks of.
    at: datetime
    #: The same for programs.
    data: Mapping[str, Any]


def write(sheet: Sheet, *, format: str) -> Exported:  # noqa: A002
    """The table in a format.

    :raises NoSuchTable: for a format that there is not.
    """
    if format not in FORMATS:
        raise problems.NoSuchTable(given=format, choices=", ".join(FORMATS))
    writer = {"xlsx": _xlsx, "csv": _csv, "json": _json}[format]
    return Exported(
        data=writer(sheet),
        media_type=_MEDIA[format],
        file_name=invented.file_name(f"{sheet.name}.{format}", is_invented=sheet.is_invented),
    )


def _notes(sheet: Sheet) -> list[str]:
    marks = [invented.sentence(sheet.language)] if sheet.is_invented else []
    return [*marks, *sheet.notes]


def _json(sheet: Sheet) -> bytes:
    whole = {
        "title": sheet.title,
        "is_invented": sheet.is_invented,
        "at": sheet.at.isoformat(),
        "notes": _notes(sheet),
        **sheet.data,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _csv(sheet: Sheet) -> bytes:
    """One table and nothing above it; what it must say of itself stands in a column of its own."""
    if not sheet.is_invented:
        return write_csv(sheet.headings, sheet.lines)
    mark = invented.mark(sheet.language)
    lines = [[mark, *line] for line in sheet.lines]
    return write_csv([invented.sentence(sheet.language), *sheet.headings], lines)


def _xlsx(sheet: Sheet) -> bytes:
    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError("A new workbook has a sheet.")
    page.title = sheet_name(sheet.title) or "1"
    page.sheet_view.rightToLeft = lang_dir(sheet.language) == "rtl"
    row = 0
    for row, note in enumerate([sheet.title, *_notes(sheet)], start=1):
        put(page, row, 1, note)
    head = row + 2
    for column, heading in enumerate(sheet.headings, start=1):
        dress_head(put(page, head, column, heading))
    for row, line in enumerate(sheet.lines, start=head + 1):
        for column, value in enumerate(line, start=1):
            dress_body(put(page, row, column, value), is_marked=sheet.is_invented)
    for column, heading in enumerate(sheet.headings):
        longest = max((len(str(line[column] or "")) for line in sheet.lines), default=0)
        width = min(max(longest, len(heading)) + 2, _WIDEST)
        page.column_dimensions[get_column_letter(column + 1)].width = width
    page.freeze_panes = f"A{head + 1}"
    out = io.BytesIO()
    book.save(out)
    return steady_workbook(out.getvalue(), day=sheet.at.date())
