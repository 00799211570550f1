"""A national report: all that is known of one State or place, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marsad.statistics.types.picture import Picture
from marsad.statistics.types.table import TableCell


@dataclass(frozen=True, kw_only=True, slots=True)
class NationalTable:
    """A small table of the report."""

    caption: str
    #: Headings; the first is the one of the lines.
    header: Sequence[str]
    rows: Sequence[Sequence[TableCell]]


@dataclass(frozen=True, kw_only=True, slots=True)
class NationalSection:
    """One thing that is known, or is not."""

    #: Stable: what a link leads to.
    anchor: str
    title: str
    #: What is known, in sentences.
    sentences: Sequence[str] = field(default=())
    picture: Picture | None = None
    table: NationalTable | None = None
    #: What was not reported, said plainly; empty where everything was.
    untold: Sequence[str] = field(default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class NationalReport:
    """What is known of one place."""

    #: ISO 3166 code of three letters.
    code: str
    name: str
    language: str
    title: str
    #: What must be said before everything: that it was made up, that it is no State.
    marks: Sequence[str]
    #: What is known in short.
    summary: Sequence[str]
    sections: Sequence[NationalSection]
    #: Source and date.
    sources: Sequence[str]
    is_invented: bool
    #: The moment whose figures it holds.
    at: datetime
