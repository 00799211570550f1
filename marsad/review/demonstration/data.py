"""The files of the demonstration, read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.directory.types import InventedState

#: `<a.knowing-use>using it knowingly</>`: the passage that an analyst gives that theme.
_PASSAGE = re.compile(r"<(?P<theme>[a-z][a-z.-]*)>(?P<words>.*?)</>", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Characters of a text, first and first after, and the theme they are about."""

    start: int
    end: int
    theme: str


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What a State did in the earlier round."""

    sent: int
    share: float
    language: str
    is_late: bool
    set: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a State does in the current round. Days are counted from the day it is made."""

    state: str
    language: str
    #: How many of the measures it has, as a share.
    share: float
    seen: int | None
    begun: int | None
    sent: int | None
    declined: int | None
    because: str
    is_public: bool
    #: Answers by the last part of their path, instead of drawn ones.
    set: Mapping[str, str]
    #: Names of answers, repeats or sections for the Secretariat alone.
    confidential: frozenset[str]
    #: Answers taken over from the earlier round.
    takes_over: frozenset[str]
    #: Names of the sections that it answers; all, where none are named.
    sections: frozenset[str]
    #: Share of answers that are not given yet.
    drops: float
    earlier: Earlier | None = field(default=None)


def table(name: str) -> Mapping[str, Any]:
    """One of the files."""
    return _table(name)


@cache
def _table(name: str) -> Mapping[str, Any]:
    found = files("marsad.review.demonstration").joinpath(f"{name}.toml")
    return tomllib.loads(found.read_text(encoding="utf-8"))


def states() -> Sequence[InventedState]:
    """The invented States."""
    return tuple(
        InventedState(
            iso2=row["iso2"], iso3=row["iso3"], names=row["names"], un_group=row["un_group"]
        )
        for row in table("states")["state"]
    )


def plans() -> Sequence[Plan]:
    """What each State does."""
    return tuple(_plan(row) for row in table("replies")["reply"])


def _plan(row: Mapping[str, Any]) -> Plan:
    language = row.get("language", "en")
    return Plan(
        state=row["state"],
        language=language,
        share=row.get("share", 0.0),
        seen=row.get("seen", row["begun"] - 3 if "begun" in row else None),
        begun=row.get("begun"),
        sent=row.get("sent"),
        declined=row.get("declined"),
        because=row.get("because", ""),
        is_public=row.get("is_public", True),
        set=row.get("set", {}),
        confidential=frozenset(row.get("confidential", ())),
        takes_over=frozenset(row.get("takes_over", ())),
        sections=frozenset(row.get("sections", ())),
        drops=row.get("drops", 0.0),
        earlier=_earlier(row["earlier"], language) if "earlier" in row else None,
    )


def _earlier(row: Mapping[str, Any], language: str) -> Earlier:
    return Earlier(
        sent=row["sent"],
        share=row["share"],
        language=row.get("language", language),
        is_late=row.get("is_late", False),
        set=row.get("set", {}),
    )


def unmarked(text: str) -> tuple[str, tuple[Passage, ...]]:
    """A text without its marks, and the passages they stood around.

    >>> unmarked("It is <a.recruitment>free</>.")
    ('It is free.', (Passage(start=6, end=10, theme='a.recruitment'),))
    """
    plain, passages, rest = "", [], 0
    for found in _PASSAGE.finditer(text):
        plain += text[rest : found.start()]
        start = len(plain)
        plain += found["words"]
        passages.append(Passage(start=start, end=len(plain), theme=found["theme"]))
        rest = found.end()
    return plain + text[rest:], tuple(passages)
