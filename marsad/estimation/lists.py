"""A table of overlapping lists: how many people are on exactly these and on no other."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .errors import (
    NotACount,
    NotAMark,
    NotATable,
    OnNoList,
    TooFewLists,
    TooManyLists,
    UnevenRow,
)

#: Every combination of lists is a cell: with ten lists there are 1,023.
MOST_LISTS = 10
#: No table of that many lists needs a longer file.
MOST_BYTES = 1_000_000
#: People in one cell: more than live on earth are on no list.
_MOST_PEOPLE = 10_000_000_000
#: A count that says that nobody counted.
_NOTHING = frozenset(("", "0", "٠", "۰", "-", "–", "?", "NA", "N/A"))

Floats: TypeAlias = NDArray[np.floating[Any]]
#: Which lists a person is on: (1, 0, 1).
History = tuple[int, ...]
#: Two lists, by their place: (0, 2).
Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Lists:
    """Counts of people by the lists they are on."""

    #: What the lists are called.
    names: Sequence[str]
    #: People by history; a history that is missing has nobody.
    counts: Mapping[History, int]

    @property
    def observed(self) -> int:
        """How many people are on at least one list."""
        return sum(self.counts.values())

    @property
    def pairs(self) -> list[Pair]:
        """All pairs of lists, in order."""
        return list(itertools.combinations(range(len(self.names)), 2))

    def histories(self) -> Floats:
        """Every history of somebody on a list: shape (2**lists - 1, lists), cells 0 and 1."""
        every = itertools.product((0, 1), repeat=len(self.names))
        return np.array([each for each in every if any(each)], dtype=np.float64)

    def vector(self) -> Floats:
        """The counts in the order of `histories`: shape (2**lists - 1,), people."""
        return np.array(
            [self.counts.get(tuple(int(cell) for cell in row), 0) for row in self.histories()],
            dtype=np.float64,
        )

    def without_empty(self) -> tuple[Lists, list[str]]:
        """The same without the lists that nobody is on, and what those are called."""
        used = [
            place
            for place in range(len(self.names))
            if any(count and history[place] for history, count in self.counts.items())
        ]
        empty = [name for place, name in enumerate(self.names) if place not in used]
        counts = {
            tuple(history[place] for place in used): count
            for history, count in self.counts.items()
            if count
        }
        return Lists(names=[self.names[place] for place in used], counts=counts), empty


def read_lists(data: bytes, *, name: str = "lists.csv") -> Lists:
    """Read a CSV: a column of 0 and 1 for each list, the count in the last one.

    Rows of one history are added up; digits of every script are taken.

    :raises NotATable, UnevenRow, NotAMark, NotACount, OnNoList, TooFewLists, TooManyLists: with the
        row and the column.
    """
    rows = list(_rows(data, name=name))
    if len(rows) < 2 or len(rows[0][1]) < 2:
        raise NotATable(name=name)
    heading = [cell.strip() for cell in rows[0][1]]
    names = [title or f"{place + 1}" for place, title in enumerate(heading[:-1])]
    if len(names) < 2:
        raise TooFewLists(name=name, count=len(names))
    if len(names) > MOST_LISTS:
        raise TooManyLists(name=name, count=len(names), most=MOST_LISTS)
    counts: dict[History, int] = {}
    for row, cells in rows[1:]:
        if len(cells) != len(heading):
            raise UnevenRow(name=name, row=row, count=len(cells), expected=len(heading))
        history = tuple(
            _mark(cell, name=name, row=row, column=title)
            for cell, title in zip(cells[:-1], names, strict=True)
        )
        # Whoever writes every combination leaves the last one empty: it is what is asked.
        if not any(history) and cells[-1].strip() in _NOTHING:
            continue
        count = _count(cells[-1], name=name, row=row)
        if not any(history):
            raise OnNoList(name=name, row=row)
        counts[history] = counts.get(history, 0) + count
    return Lists(names=names, counts=counts)


def _rows(data: bytes, *, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, with their numbers in the file."""
    if len(data) > MOST_BYTES or b"\0" in data:
        raise NotATable(name=name)
    try:
        text = data.decode("utf-8-sig")
        heading = text.lstrip().partition("\n")[0]
        between = max(",;\t", key=heading.count)
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=between), start=1):
            if any(cell.strip() for cell in row):
                yield number, row
    except (UnicodeDecodeError, csv.Error) as fault:
        raise NotATable(name=name) from fault


def _mark(cell: str, *, name: str, row: int, column: str) -> int:
    said = _number(cell)
    if said not in (0, 1):
        raise NotAMark(name=name, row=row, column=column, value=cell.strip()[:40])
    return said


def _count(cell: str, *, name: str, row: int) -> int:
    said = _number(cell)
    if said is None or said > _MOST_PEOPLE:
        raise NotACount(name=name, row=row, value=cell.strip()[:40])
    return said


def _number(cell: str) -> int | None:
    """A whole number from 0 on, in digits of any script; None where the cell is none."""
    written = cell.strip()
    return int(written) if written.isdecimal() and len(written) < 20 else None
