"""A workbook that came back, opened without believing it.

Nothing in it runs, unpacks without end or is fetched; what it says of its own size is not trusted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from marsad.problems import Problem
from marsad.reading import Limits
from marsad.reading.archive import Archive
from marsad.reading.errors import Damaged, Password, ZipBomb
from marsad.review import problems
from marsad.review.workbooks import codes

MEGABYTE = 1024 * 1024
#: Bytes of the file, of one part of it unpacked, and of all of them.
LIMITS = Limits(size=15 * MEGABYTE, part=24 * MEGABYTE, inflated=48 * MEGABYTE, ratio=200)
#: Rows and columns of a sheet that are looked at, and sheets.
_MOST_ROWS, _MOST_COLUMNS, _MOST_SHEETS = 4_000, 300, 200
#: Cells of all sheets that hold something; a reply has some thousands.
_MOST_CELLS = 200_000
#: After so many empty rows a sheet is over.
_END = 60
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class RawCell:
    """What stands in a cell."""

    value: Any
    #: `n`, `s`, `b`, `d`, `f` (a formula), `e` (an error).
    kind: str

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True, kw_only=True)
class RawSheet:
    """A sheet, row by row."""

    name: str
    #: Cells by row and column, both from 1; empty ones left out.
    rows: Mapping[int, Mapping[int, RawCell]]
    #: Ranges that were merged, as Excel writes them.
    merged: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A workbook of ours."""

    about: Mapping[str, str]
    sheets: Sequence[RawSheet]


def open_workbook(data: bytes, *, name: str) -> Opened:
    """The sheets of a workbook, and what its hidden sheet says of it.

    :raises Problem: if it is no workbook of ours, or may not be opened.
    """
    if len(data) > LIMITS.size:
        raise problems.WorkbookTooLarge(
            name=name, megabytes=-(-len(data) // MEGABYTE), limit=LIMITS.size // MEGABYTE
        )
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Password(name=name)
        raise problems.OldWorkbook(name=name)
    if not data.startswith(b"PK"):
        raise problems.NotAWorkbook(name=name)
    archive = Archive(data, name=name, limits=LIMITS, format_name="Excel (XLSX)")
    _require_plain(archive, data, name=name)
    try:
        sheets = _sheets(archive, data, name=name)
    except Problem:
        raise
    except Exception as broken:
        # openpyxl meets what it cannot read with errors of every kind.
        raise Damaged(name=name, format="Excel (XLSX)") from broken
    about = next((_about(each) for each in sheets if each.name == codes.HIDDEN_SHEET), {})
    if about.get("version") != codes.VERSION or not all(about.get(each) for each in codes.ABOUT):
        raise problems.NotOurWorkbook(name=name)
    return Opened(about=about, sheets=[each for each in sheets if each.name != codes.HIDDEN_SHEET])


def _require_plain(archive: Archive, data: bytes, *, name: str) -> None:
    """:raises Problem: unless it is a workbook without macros whose parts are what they say."""
    if "xl/workbook.xml" not in archive:
        raise problems.NotAWorkbook(name=name)
    parts = zipfile.ZipFile(io.BytesIO(data)).namelist()
    types = archive.part("[Content_Types].xml") if "[Content_Types].xml" in archive else b""
    if b"macroEnabled" in types or any("vbaProject" in part for part in parts):
        raise problems.MacroWorkbook(name=name)
    for part in parts:
        # Each is unpacked once with its bytes counted: the directory of the file may lie.
        read = archive.part(part)
        if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in read[:4096]:
            raise Damaged(name=name, format="Excel (XLSX)")


def _sheets(archive: Archive, data: bytes, *, name: str) -> list[RawSheet]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        found: list[RawSheet] = []
        left = _MOST_CELLS
        for sheet_name in book.sheetnames[:_MOST_SHEETS]:
            found.append(_sheet(archive, book[sheet_name], most=left))
            left -= sum(map(len, found[-1].rows.values()))
            if left <= 0:
                raise ZipBomb(name=name)
        return found
    finally:
        book.close()


def _sheet(archive: Archive, source: Any, *, most: int) -> RawSheet:
    # What the file says of its own size may be wrong, on purpose or by neglect.
    source.reset_dimensions()
    rows: dict[int, dict[int, RawCell]] = {}
    empty = count = 0
    for number, cells in enumerate(
        source.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS), start=1
    ):
        kept = {
            place: found
            for place, cell in enumerate(cells, start=1)
            if not (found := RawCell(value=cell.value, kind=cell.data_type)).is_empty
        }
        if kept:
            rows[number] = kept
        count += len(kept)
        empty = 0 if kept else empty + 1
        if empty > _END or count >= most:
            break
    part = str(getattr(source, "_worksheet_path", "")).lstrip("/")
    merged = _MERGED.findall(archive.part(part)) if part in archive else []
    return RawSheet(name=source.title, rows=rows, merged=[each.decode() for each in merged])


def _about(sheet: RawSheet) -> dict[str, str]:
    return {
        str(cells[1].value): str(cells[2].value)
        for cells in sheet.rows.values()
        if 1 in cells and 2 in cells
    }


def letter(column: int) -> str:
    """A column as Excel names it."""
    return str(get_column_letter(column))
