"""A file of figures in; its rows out, and a preview of what is understood, doubted and refused."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import mapping as mappings
from .errors import CannotTabulate, NoSuchFile, OnlyHidden, TooLarge
from .header import Columns, find_columns, no_header
from .mapping import ColumnMapping
from .places import NamedPlace, by_spelling
from .remarks import Remark, level_of
from .rows import LineReader, Understood, lines_of
from .sources import Table, column_letters, open_tables
from .types import Level, Row

#: A workbook cannot hold more; a text file can, and is then sent as Parquet or in parts.
MOST_ROWS = 5_000_000
#: Of each kind of remark so many are kept whole; all are counted.
KEPT_OF_EACH = 100
_PIECE = 1024 * 1024


@dataclass(kw_only=True)
class Preview:
    """What would be stored, and what there is to say about it: nothing has been stored yet."""

    #: The name of the file and the SHA-256 of its bytes.
    name: str
    file: str
    #: How its columns were read; kept, it reads the next file alike.
    mapping: ColumnMapping
    #: Rows that were looked at, and what became of them.
    rows: int = 0
    understood: int = 0
    doubted: int = 0
    refused: int = 0
    #: How often each thing was remarked, by code.
    counts: Counter[str] = field(default_factory=Counter)
    #: The first remarks of every kind, in the order of the file.
    remarks: list[Remark] = field(default_factory=list)
    #: Sheets that hold no figures and were left aside; of hidden ones with figures it is remarked.
    left_aside: list[str] = field(default_factory=list)

    @property
    def may_be_kept(self) -> bool:
        """Whether every row could be understood, and there is at least one."""
        return self.refused == 0 and self.understood + self.doubted > 0

    def remarks_of(self, level: Level) -> list[Remark]:
        """Return the remarks of one level."""
        return [remark for remark in self.remarks if remark.level == level]

    def as_json(self) -> dict[str, Any]:
        """The preview as plain JSON, sentences included."""
        return {
            "name": self.name,
            "file": self.file,
            "rows": self.rows,
            "understood": self.understood,
            "doubted": self.doubted,
            "refused": self.refused,
            "may_be_kept": self.may_be_kept,
            "counts": dict(self.counts.most_common()),
            "left_aside": self.left_aside,
            "mapping": self.mapping.as_json(),
            "remarks": [remark.as_json() for remark in self.remarks],
        }

    def take(self, remarks: tuple[Remark, ...]) -> None:
        """Count what became of one more row."""
        self.rows += 1
        levels = {remark.level for remark in remarks}
        if "refused" in levels:
            self.refused += 1
        elif "doubted" in levels:
            self.doubted += 1
        else:
            self.understood += 1
        self.say(remarks)

    def say(self, remarks: tuple[Remark, ...]) -> None:
        """Count remarks, and keep the first of every kind."""
        for remark in remarks:
            self.counts[remark.code] += 1
            if self.counts[remark.code] <= KEPT_OF_EACH:
                self.remarks.append(remark)


class Reading:
    """The rows of a file, one after the other; the preview grows as they are read.

    >>> reading = Reading(Path("figures.xlsx"))  # doctest: +SKIP
    >>> rows = list(reading)  # doctest: +SKIP
    >>> reading.preview.doubted  # doctest: +SKIP
    """

    def __init__(
        self,
        path: Path,
        *,
        mapping: ColumnMapping | None = None,
        name: str | None = None,
        this_year: int | None = None,
        most_rows: int = MOST_ROWS,
        places: Sequence[NamedPlace] = (),
        listener: Callable[[tuple[Remark, ...]], None] | None = None,
    ) -> None:
        """Prepare to read a file.

        :param places: places that are known for this reading only.
        :param listener: told all remarks of every row, of which the preview keeps the first.
        """
        self.path = path
        self._places = by_spelling(places)
        self._listener = listener
        self._most = most_rows
        self._this_year = this_year or datetime.now(UTC).year
        self.preview = Preview(
            name=name or path.name,
            file=digest_of(path),
            mapping=mapping or mappings.known("plain"),
        )

    def __iter__(self) -> Iterator[Row]:
        """Yield every row that could be understood, doubted ones among them.

        :raises CannotTabulate: where the file as a whole is no table of figures.
        """
        preview = self.preview
        sheets: list[str] = []
        hidden: list[str] = []
        given = preview.mapping
        with open_tables(self.path, name=preview.name, mapping=given) as tables:
            for table in tables:
                sheets.append(table.sheet)
                if given.sheet not in (None, table.sheet):
                    continue
                # Whoever names a sheet that is hidden knows of it.
                if table.is_hidden and given.sheet is None:
                    aside = hidden if self._looks_like_figures(table, given) else preview.left_aside
                    aside.append(table.sheet)
                    continue
                columns = find_columns(table, name=preview.name, mapping=given)
                if columns is None:
                    preview.left_aside.append(table.sheet)
                    continue
                preview.mapping = columns.mapping
                yield from self._rows(table, columns)
        for sheet in hidden:
            self._say((_hidden_sheet(sheet),))
        if hidden and len(preview.left_aside) + len(hidden) == len(sheets):
            raise OnlyHidden(name=preview.name, sheets=", ".join(hidden))
        if len(preview.left_aside) == len(sheets) or given.sheet not in (None, *sheets):
            raise no_header(given.sheet or (sheets[0] if sheets else ""), name=preview.name)

    def _rows(self, table: Table, columns: Columns) -> Iterator[Row]:
        reader = LineReader(
            columns,
            sheet=table.sheet,
            file=self.preview.file,
            coded=bool(table.flow),
            this_year=self._this_year,
            places=self._places,
        )
        for understood in lines_of(reader, columns):
            if table.hidden_rows and _number_of(understood) in table.hidden_rows:
                understood = _doubting(understood, columns, sheet=table.sheet)
            self.preview.take(understood.remarks)
            if self._listener is not None:
                self._listener(understood.remarks)
            if self.preview.rows > self._most:
                raise TooLarge(name=self.preview.name, most=self._most)
            if understood.row is not None:
                yield understood.row

    def _say(self, remarks: tuple[Remark, ...]) -> None:
        """Say something that is of no row."""
        self.preview.say(remarks)
        if self._listener is not None:
            self._listener(remarks)

    def _looks_like_figures(self, table: Table, given: ColumnMapping) -> bool:
        """Whether a line of a hidden sheet names columns: lists of words to choose from do not."""
        try:
            return find_columns(table, name=self.preview.name, mapping=given) is not None
        except CannotTabulate:
            return True


def _number_of(understood: Understood) -> int:
    """The row of a line; one that is refused has a remark that tells it."""
    return understood.row.row if understood.row else understood.remarks[0].row


def _doubting(understood: Understood, columns: Columns, *, sheet: str) -> Understood:
    """The same of a row that is hidden: it may be filtered away for the moment, or be forgotten."""
    row, index = understood.row, columns.places.get("value", 0)
    remark = Remark(
        code=(code := "hidden-row"),
        level=level_of(code),
        sheet=sheet,
        row=_number_of(understood),
        column=column_letters(index),
        header=columns.headers[index],
        value=row.value if row else "",
        details={},
    )
    return Understood(
        row=row and replace(row, labels=f"{row.labels} {code}".strip()),
        remarks=(*understood.remarks, remark),
    )


def _hidden_sheet(sheet: str) -> Remark:
    return Remark(
        code=(code := "hidden-sheet"),
        level=level_of(code),
        sheet=sheet,
        row=1,
        column="",
        header="",
        value="",
        details={"sheet": sheet},
    )


def preview(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    name: str | None = None,
    this_year: int | None = None,
) -> Preview:
    """Return what would be stored of a file, and everything there is to say about its rows."""
    reading = Reading(path, mapping=mapping, name=name, this_year=this_year)
    for _row in reading:
        pass
    return reading.preview


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    :raises NoSuchFile: if it is not there or may not be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise NoSuchFile(name=str(path)) from error
    return digest.hexdigest()
