"""A named table as a reader sees it, and everything that its files are written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class TableChoice:
    """Which table, of which years and places."""

    name: str
    #: First and last year; None for all there are.
    years: tuple[int, int] | None = None
    #: Codes of places; none for all.
    places: tuple[str, ...] = ()
    states_only: bool = False
    #: The figures as they were in force then; None for now.
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TableCard:
    """A table in the list of all."""

    name: str
    title: str
    #: Who or what is counted.
    counts: str
    #: Which reports, paragraphs or indicators it serves.
    serves: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class TableColumn:
    """A column as it is shown: a range has one, where programs get two."""

    code: str
    label: str
    is_number: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TableCell:
    """What stands in one cell."""

    text: str
    #: Where it says where it comes from; empty for what is no figure.
    origin: str = ""
    #: Whether nobody said it: it is told in words, and is not none.
    is_untold: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TableView:
    """A table with its definition, in one language."""

    choice: TableChoice
    language: str
    title: str
    #: What is printed above it: who is counted, period, who is not, what it serves, source, date.
    above: Sequence[str]
    #: The last of these: source, date, and what was withdrawn since.
    stands_on: Sequence[str]
    #: What programs get: a line each, columns by name.
    records: Sequence[Mapping[str, Any]]
    columns: Sequence[TableColumn]
    #: Whether it is written in the columns of the flow of the Goals.
    is_sdg: bool
    #: Whether its figures were made up for the demonstration.
    is_invented: bool
    #: The moment whose figures these are, and whence.
    at: datetime
    sources: Sequence[str]
    #: The address of a picture of the same; empty where there is none.
    picture: str = ""
