"""One table to take away: as a sheet of Excel, as CSV, as JSON.

What a file must say of itself (`marks`) goes with it in every format, and a word of it into every
line of a CSV, which has no place for a sentence.
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

#: What it can be taken away as, and what a reader calls that.
TABLE_FORMATS = {"xlsx": "Excel", "csv": "CSV", "json": "JSON"}
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
    headings: Sequence[str]
    lines: Sequence[Sequence[Cell]]
    #: Sentences that say how to read it; before the table, and in JSON.
    notes: Sequence[str]
    #: Sentences that nobody may miss, and a word that stands for them in each line of a CSV.
    marks: Sequence[str] = ()
    mark: str = ""
    #: The moment that it speaks of.
    at: datetime
    #: The same for programs.
    data: Mapping[str, Any]


def write(sheet: Sheet, *, format: str, file_name: str = "") -> Exported:  # noqa: A002
    """The table in a format of `TABLE_FORMATS`.

    :raises KeyError: for another format.
    """
    writer = {"xlsx": _xlsx, "csv": _csv, "json": _json}[format]
    return Exported(
        data=writer(sheet),
        media_type=_MEDIA[format],
        file_name=file_name or f"{sheet.name}.{format}",
    )


def _json(sheet: Sheet) -> bytes:
    whole = {
        "title": sheet.title,
        "at": sheet.at.isoformat(),
        "notes": [*sheet.marks, *sheet.notes],
        **sheet.data,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _csv(sheet: Sheet) -> bytes:
    """One table and nothing above it; what it must say of itself stands in a column of its own."""
    if not sheet.marks:
        return write_csv(sheet.headings, sheet.lines)
    lines = [[sheet.mark, *line] for line in sheet.lines]
    return write_csv([" ".join(sheet.marks), *sheet.headings], lines)


def _xlsx(sheet: Sheet) -> bytes:
    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError("A new workbook has a sheet.")
    page.title = sheet_name(sheet.title) or "1"
    page.sheet_view.rightToLeft = lang_dir(sheet.language) == "rtl"
    row = 0
    for row, note in enumerate([sheet.title, *sheet.marks, *sheet.notes], start=1):
        put(page, row, 1, note)
    head = row + 2
    for column, heading in enumerate(sheet.headings, start=1):
        dress_head(put(page, head, column, heading))
    for row, line in enumerate(sheet.lines, start=head + 1):
        for column, value in enumerate(line, start=1):
            dress_body(put(page, row, column, value), is_marked=bool(sheet.marks))
    for column, heading in enumerate(sheet.headings):
        longest = max((len(str(line[column] or "")) for line in sheet.lines), default=0)
        width = min(max(longest, len(heading)) + 2, _WIDEST)
        page.column_dimensions[get_column_letter(column + 1)].width = width
    page.freeze_panes = f"A{head + 1}"
    out = io.BytesIO()
    book.save(out)
    return steady_workbook(out.getvalue(), day=sheet.at.date())
