"""What every source yields."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds neither text nor a number."""

    kind: Literal["date", "formula", "error-cell", "truth"]
    #: As a person would read it.
    shown: str

    def __str__(self) -> str:
        return self.shown


#: A cell: text, a number, something odd, or nothing.
Cell = str | int | float | Odd | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    #: Counted from 1, as spreadsheets and editors do.
    number: int
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A sheet of a workbook, or the whole of a text file."""

    #: The name of the sheet; "" where there are none.
    sheet: str
    lines: Iterator[Line]
    #: Ranges of merged cells, as "A1:B2".
    merged: tuple[str, ...] = ()
    #: The SDMX flow it is of, as "AGENCY:FLOW"; "" where it is not SDMX.
    flow: str = ""
    #: Whether whoever opens the workbook does not see this sheet.
    is_hidden: bool = False
    #: Numbers of the rows that are hidden, among the lines that were read so far.
    hidden_rows: Collection[int] = frozenset()


def column_letters(index: int) -> str:
    """Return what spreadsheets call the column with this index.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
