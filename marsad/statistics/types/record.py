"""What the pages of records show: counts of records, never a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class HolderChoice:
    """A body, or a State, that the reader brings records in for."""

    #: What a form sends: "XA-12", or "XA" for the State as a whole.
    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class KindCount:
    """How many records of a kind."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class RecordEditionView:
    """All records of a body as they stood from one moment on."""

    key: str
    number: int
    rows: int
    #: Records that left it since, because consent was withdrawn.
    taken_out: int
    kinds: Sequence[KindCount]
    made_at: datetime
    #: Number of the edition that it made to stand again; 0 where it came in a file.
    restores: int
    #: The version of the code lists its file was read by.
    codes: str
    is_standing: bool


@dataclass(frozen=True, kw_only=True)
class HoldingView:
    """The records that a body holds."""

    name: str
    state: str
    editions: Sequence[RecordEditionView]

    @property
    def standing(self) -> RecordEditionView | None:
        """What stands now."""
        return self.editions[0] if self.editions else None


@dataclass(frozen=True, kw_only=True)
class RemarkView:
    """One thing said about a file of records, in the reader's language."""

    level: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ColumnView:
    """A column of a file of records, and what it was read as."""

    header: str
    role: str
    variable: str
    label: str
    filled: int


@dataclass(frozen=True, kw_only=True)
class RecordArrivalView:
    """A file of records as it was understood."""

    key: str
    file_name: str
    holder: str
    holder_value: str
    at: datetime
    rows: int
    doubted: int
    refused: int
    kinds: Sequence[KindCount]
    codes: str
    replaces: bool
    columns: Sequence[ColumnView]
    remarks: Sequence[RemarkView]
    #: "waits", "taken" or "aside".
    outcome: str
    #: Whether nothing of it was refused.
    may_be_taken: bool
    #: How it was read: sent again with the file when a column is told otherwise.
    mapping: Mapping[str, Any] = field(default_factory=dict)
    #: The kind that all rows are of, where it was said or found.
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class ReleaseView:
    """Figures that were made of records."""

    key: str
    number: int
    state: str
    made_at: datetime
    made_by: str
    threshold: int
    exact: int
    small: int
    withheld: int
    joined: int
    #: "waits" to be verified, "in-force", "replaced" by newer figures, or "withdrawn".
    outcome: str
    #: What of the figures was counted, and by what; in the reader's language.
    wanted: Sequence[str]
    #: The file of figures it became.
    arrival_key: str
    withdrawn_at: datetime | None
    may_be_withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class RecordsPage:
    """Everything that a reader has to do with records."""

    holdings: Sequence[HoldingView]
    waiting: Sequence[RecordArrivalView]
    releases: Sequence[ReleaseView]
    may_bring: bool
    #: The States for which the reader releases figures: code and name.
    may_release: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class CellView:
    """One cell of the figures that would be released."""

    year: int
    indicator: str
    what: str
    sex: str
    age: str
    value: str
    #: "exact", "small" or "withheld".
    kind: str


@dataclass(frozen=True, kw_only=True)
class CountedView:
    """The figures that would be released."""

    cells: Sequence[CellView]
    exact: int
    small: int
    withheld: int
    joined: int
    in_several_forms: bool
