"""Sheets in, an .xlsx workbook out: right to left, with its header in view, fit to be edited."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .reading import Row, Sheets

#: Workbooks say when they were made; ours are made from text whenever they are asked for, and two
#: of the same text should be the same bytes.
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - zip archives and openpyxl know no time zones
#: Columns in the order people expect; the others follow as they come.
FIRST = ("list_name", "type", "name")
#: Wide enough for a sentence that is being edited.
WIDE = ("label", "hint", "constraint_message", "required_message", "relevant", "calculation")


def write_workbook(sheets: Sheets) -> bytes:
    """The workbook of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Marsad"
    for name, rows in sheets.named().items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        columns = _header(rows)
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
        for number, column in enumerate(columns, start=1):
            cell = sheet.cell(row=1, column=number)
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True)
            width = 48 if column.startswith(WIDE) else 20
            sheet.column_dimensions[get_column_letter(number)].width = width
    kept = BytesIO()
    book.save(kept)
    return _dated(kept.getvalue())


def _header(rows: tuple[Row, ...]) -> list[str]:
    """Every column that a row has, once, in a stable order."""
    seen = dict.fromkeys(column for row in rows for column in row)
    return [name for name in FIRST if name in seen] + [name for name in seen if name not in FIRST]


def _dated(data: bytes) -> bytes:
    """The archive with one date throughout, instead of the moment it was written."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _undated(content)
            named = zipfile.ZipInfo(entry.filename, date_time=MADE.timetuple()[:6])
            named.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(named, content)
    return out.getvalue()


def _undated(core: bytes) -> bytes:
    stamp = MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, core)
