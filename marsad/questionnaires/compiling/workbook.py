"""A workbook's sheets as rows of text, each knowing where it stands. Nothing in it is believed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pyxform.xls2json_backends import xlsx_value_to_str

from marsad.questionnaires.compiling.faults import CHOICES, SETTINGS, SURVEY, Fault

#: Bytes of a workbook, unpacked.
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST = 20 * 1024 * 1024
#: Rows of a sheet, and columns.
MOST_ROWS = {SURVEY: 10_000, CHOICES: 100_000}
MOST_ROWS_ELSEWHERE = 20_000
MOST_COLUMNS = 300
#: After so many empty rows a sheet is over.
_END = 60
#: Sheets that a form is made of.
KNOWN = (SURVEY, CHOICES, SETTINGS, "external_choices", "entities", "osm")

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row: what stands in it, by the heading as the sheet has it."""

    #: As the spreadsheet program counts.
    number: int
    cells: dict[str, str]


@dataclass(kw_only=True)
class Sheet:
    """A sheet of the form."""

    #: As it is called in the workbook.
    name: str
    #: Headings in order, and the letter of each column.
    letters: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._own: dict[str, str] = {}

    @property
    def headings(self) -> Sequence[str]:
        return list(self.letters)

    def heading(self, *names: str) -> str:
        """The heading that the sheet has for one of these names; empty where it has none."""
        if not self._own:
            for own in self.letters:
                self._own.setdefault(plain(own), own)
        return next((self._own[name] for name in names if name in self._own), "")

    def value(self, row: Row, *names: str) -> str:
        """What a row has under one of these names."""
        heading = self.heading(*names)
        return row.cells.get(heading, "") if heading else ""

    def fault(
        self, code: str, *, row: Row | None = None, column: str = "", **details: Any
    ) -> Fault:
        """A fault in this sheet; `column` is a heading of it."""
        number = None if row is None else row.number
        letter = self.letters.get(column, "")
        return Fault(
            code=code,
            sheet=self.name,
            row=number,
            column=column,
            cell=f"{letter}{number or 1}" if letter else "",
            details=details,
        )


@dataclass(kw_only=True)
class Workbook:
    """The sheets of a form by their plain names, and all names there are."""

    sheets: dict[str, Sheet]
    names: Sequence[str]
    faults: list[Fault] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet:
        """A sheet; an empty one where there is none."""
        return self.sheets.get(name) or Sheet(name=name)


def plain(heading: str) -> str:
    """A heading as forms know it: small letters, underscores, `::` before a language.

    >>> plain("Constraint Message::Arabic"), plain("label:English (en)")
    ('constraint_message::arabic', 'label::english (en)')
    """
    heading = heading.strip()
    if "::" in heading:
        first, _colons, rest = heading.partition("::")
    elif ":" in heading and not heading.casefold().startswith(("jr:", "body:", "bind:")):
        first, _colons, rest = heading.partition(":")
    else:
        first, rest = heading, ""
    first = _SPACES.sub("_", first.strip()).casefold()
    return f"{first}::{rest.strip().casefold()}" if rest else first


def read(data: bytes) -> Workbook:
    """The sheets of a workbook. What cannot be read is in its faults, and nothing is raised."""
    fault = _refused(data)
    if fault is not None:
        return Workbook(sheets={}, names=(), faults=[fault])
    try:
        return _read(data)
    except Exception as broken:
        reason = f"{type(broken).__name__}: {broken}"[:200]
        return Workbook(
            sheets={},
            names=(),
            faults=[Fault(code="file.unreadable", details={"reason": reason})],
        )


def _refused(data: bytes) -> Fault | None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        size = sum(entry.file_size for entry in archive.infolist())
        names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Fault(code="file.not-xlsx")
    if "xl/workbook.xml" not in names:
        return Fault(code="file.not-xlsx")
    if size > LARGEST_UNPACKED or len(data) > LARGEST:
        megabyte = 1024 * 1024
        return Fault(
            code="file.too-large",
            details={
                "size": -(-max(size, len(data)) // megabyte),
                "most": LARGEST_UNPACKED // megabyte,
            },
        )
    return None


def _read(data: bytes) -> Workbook:
    opened = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found = Workbook(sheets={}, names=tuple(opened.sheetnames))
    try:
        for name in opened.sheetnames:
            key = name.strip().casefold()
            if key in KNOWN and key not in found.sheets:
                found.sheets[key] = _read_sheet(found, opened[name], name=name, key=key)
    finally:
        opened.close()
    return found


def _read_sheet(found: Workbook, source: Any, *, name: str, key: str) -> Sheet:
    # What the file says of its own size may be wrong, on purpose or by neglect.
    source.reset_dimensions()
    rows = source.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    sheet = Sheet(name=name)
    _read_headings(found, sheet, next(rows, ()))
    most = MOST_ROWS.get(key, MOST_ROWS_ELSEWHERE)
    columns = [(place, heading) for heading, place in _places(sheet).items()]
    for number, cells in _until_the_end(rows):
        if number > most:
            found.faults.append(sheet.fault("sheet.too-long", count=f"> {most}", most=most))
            break
        filled = {
            heading: text
            for place, heading in columns
            if place < len(cells) and (text := _text(cells[place]))
        }
        sheet.rows.append(Row(number=number, cells=filled))
    while sheet.rows and not sheet.rows[-1].cells:
        sheet.rows.pop()
    return sheet


def _until_the_end(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Sequence[Any]]]:
    empty = 0
    for number, cells in enumerate(rows, start=2):
        empty = 0 if any(cell is not None for cell in cells) else empty + 1
        if empty > _END:
            return
        yield number, cells


def _read_headings(found: Workbook, sheet: Sheet, cells: Sequence[Any]) -> None:
    for place, cell in enumerate(cells):
        heading = _SPACES.sub(" ", _text(cell))
        if not heading:
            continue
        if plain(heading) in map(plain, sheet.letters):
            found.faults.append(sheet.fault("header.duplicate", column=heading, name=heading))
            continue
        sheet.letters[heading] = get_column_letter(place + 1)


def _places(sheet: Sheet) -> dict[str, int]:
    from openpyxl.utils import column_index_from_string

    return {
        heading: column_index_from_string(letter) - 1 for heading, letter in sheet.letters.items()
    }


def _text(cell: Any) -> str:
    return "" if cell is None else str(xlsx_value_to_str(cell)).strip()
