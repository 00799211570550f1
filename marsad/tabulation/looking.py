"""The columns of a file before it is read: what stands above them, what in them, what they are for.

Also of a file that cannot be read yet, because nobody has said what its columns are.
"""

from __future__ import annotations

import itertools
import re
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from . import mapping as mappings
from .header import LOOKED_AT, line_of_names, texts_of
from .mapping import ColumnMapping
from .sources import Line, Table, column_letters, open_tables

#: Values shown of each column.
SAMPLES = 4
#: Lines under the names that samples are taken from.
_SAMPLED = 200
_LONGEST = 80
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*?ref=\"[A-Z]+\d+:[A-Z]+(\d+)\"")
_HEAD = 4096
_PIECE = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnSeen:
    """One column of a file."""

    #: What a spreadsheet calls it: "C".
    letter: str
    #: The name printed above it.
    header: str
    #: What it is taken for, one of `mapping.FIELDS`; "" where nobody knows.
    field: str
    #: The first values in it that differ.
    samples: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The column as plain JSON."""
        return {**asdict(self), "samples": list(self.samples)}


def columns_of(
    path: Path, *, mapping: ColumnMapping | None = None, name: str | None = None
) -> list[ColumnSeen]:
    """Return the columns of the first sheet that has any, or of the one the mapping names.

    :raises CannotTabulate: where the file as a whole cannot be opened.
    """
    given = mapping or mappings.known("plain")
    with open_tables(path, name=name or path.name, mapping=given) as tables:
        for table in tables:
            if given.sheet in (None, table.sheet) and (found := _columns(table, given)):
                return found
    return []


def _columns(table: Table, given: ColumnMapping) -> list[ColumnSeen]:
    lines = iter(table.lines)
    seen = list(itertools.islice(lines, LOOKED_AT))
    named = line_of_names(seen, table, given)
    line = named[0] if named else max(seen, key=_filled, default=None)
    if line is None or _filled(line) == 0:
        return []
    headers = texts_of(line, table)
    completed = mappings.guess(headers, beside=named[1] if named else given)
    under = itertools.chain((each for each in seen if each.number > line.number), lines)
    samples = _samples(itertools.islice(under, _SAMPLED), width=len(headers))
    return [
        ColumnSeen(
            letter=column_letters(index),
            header=header,
            field=completed.column_of(header) or "",
            samples=tuple(samples[index]),
        )
        for index, header in enumerate(headers)
        if header
    ]


def _filled(line: Line) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in line.cells)


def _samples(lines: itertools.islice[Line], *, width: int) -> list[list[str]]:
    found: list[list[str]] = [[] for _index in range(width)]
    for line in lines:
        for index, cell in enumerate(line.cells[:width]):
            text = "" if cell is None else str(cell).strip()[:_LONGEST]
            if text and text not in found[index] and len(found[index]) < SAMPLES:
                found[index].append(text)
    return found


def rows_about(path: Path) -> int:
    """Return about how many rows a file has, found without reading it; 0 where nobody can tell."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
            if head == b"PAR1":
                return int(pq.read_metadata(path).num_rows)
            if head == b"PK\x03\x04":
                return _rows_of_workbook(path)
            return sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))
    except (OSError, zipfile.BadZipFile, ValueError):
        return 0


def _rows_of_workbook(path: Path) -> int:
    rows = 0
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with archive.open(part) as sheet:
                    if told := _DIMENSION.search(sheet.read(_HEAD)):
                        rows += int(told[1])
    return rows
