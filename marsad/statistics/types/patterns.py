"""Patterns as they leave the room: what changed in common, and series that stand out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal


class Openness(StrEnum):
    """Who sees that a series of a State stands out, and why."""

    #: Its State answered the question about it: public.
    ANSWERED = "answered"
    #: Its State was asked, and the set time went by: public.
    TIME_PASSED = "time-passed"
    #: Its State was asked a while ago: not public yet.
    WAITING = "waiting"
    #: Nobody acts for its State here, or it was not asked: not public.
    NOT_ASKED = "not-asked"

    @property
    def is_public(self) -> bool:
        """Whether everybody sees it."""
        return self in (Openness.ANSWERED, Openness.TIME_PASSED)


#: How sure it is that something changed in common.
Verdict = Literal["beyond", "within", "too-few"]


@dataclass(frozen=True, kw_only=True)
class Common:
    """A total or a share over many States, before and after."""

    #: Code and label of what is counted.
    indicator: str
    indicator_label: str
    #: "" for the total, else "sex", "age" or "form"; and which of its values, as kept and as read.
    by: str
    category: str
    category_label: str
    verdict: Verdict
    direction: str
    #: What happened; on whom it stands; how it was judged.
    says: str
    stands_on: str
    judged: str
    #: The address of its picture, after the question mark.
    picture: str
    #: As the engine has it.
    figures: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A series of a State that stands out against its own history."""

    place: str
    place_label: str
    indicator: str
    indicator_label: str
    year: int
    says: str
    judged: str
    openness: Openness
    #: What became of the question to the State.
    status: str
    #: The question, where whoever reads may answer it; else "".
    question: str
    picture: str
    figures: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class OwnChange:
    """A change of the reader's own State between the years chosen."""

    place_label: str
    indicator_label: str
    before: str
    after: str
    change: str
    swing: str
    beyond_chance: bool
    picture: str


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """What a page of patterns shows."""

    since: int
    until: int
    #: Code of an indicator; "" for all.
    indicator: str
    #: Years and indicators that can be chosen: codes and labels.
    years: Sequence[int]
    indicators: Sequence[tuple[str, str]]
    common: Sequence[Common]
    #: By name of place in the reader's language, then by year.
    signals: Sequence[Signal]
    #: How many further ones wait for their State; a number for those who may see them anyway.
    waiting: int
    #: Changes of the States that the reader acts for.
    own: Sequence[OwnChange]
    #: How many steps of how many series were judged.
    steps: int
    series: int
    #: Since when the figures are in force.
    at: datetime
    is_invented: bool
    #: The day that the set time is counted to.
    today: date = field(default_factory=date.today)

    def as_json(self) -> dict[str, Any]:
        """As plain JSON, for scripts."""
        told = asdict(self)
        for name in ("years", "indicators", "today"):
            told.pop(name)
        return told
