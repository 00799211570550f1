"""Gaps and help needed, as they leave the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marsad.review.measures import Measure
from marsad.review.types.finding import Named


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A provision that a State does not carry out in full, by its own answer."""

    path: str
    #: The question, and the language that it is in.
    label: str
    language: str
    #: Provisions in words.
    provisions: Sequence[str]
    #: Its answer, as a code and in words: `no`, `in_part`, `not_considered`.
    answer: str
    answer_label: str
    #: Whether the form asks about help with this; kinds that it asked for, in words; whether it
    #: said that it needs none.
    was_asked: bool
    help: Sequence[str]
    needs_none: bool
    is_confidential: bool
    measures: Sequence[Measure]


@dataclass(frozen=True, kw_only=True)
class StateNeeds:
    """What one State said it lacks: for that State and the Secretariat, and nobody else."""

    iso2: str
    state: str
    gaps: Sequence[Gap]
    #: Help it asked for apart from any provision: the question, and the kinds in words.
    other_help: Sequence[tuple[str, Sequence[str]]]
    #: Whether it has answered anything yet.
    has_answered: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class KindNeeded:
    """How many States ask for one kind of help on one theme."""

    kind: str
    label: str
    n: int
    #: By name, for the Secretariat; nobody for others.
    states: Sequence[Named]


@dataclass(frozen=True, kw_only=True)
class ThemeNeeds:
    """What States ask for on one theme: counts, and no order of States."""

    code: str
    label: str
    #: States that were asked about help; that ask for some; that need none; not known; withheld.
    of: int
    asking: int
    needs_none: int
    not_known: int
    withheld: int
    kinds: Sequence[KindNeeded]
    measures: Sequence[Measure]


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What all States of a round ask for."""

    themes: Sequence[ThemeNeeds]
    #: Kinds of help over all themes, in the order of the form.
    kinds: Sequence[KindNeeded]
    #: States whose own page the reader may open, by name.
    states: Sequence[Named]
    at: datetime
    #: Whether the reader may see the counts over all States.
    shows_all: bool
    #: Whether States are named with what they ask for.
    names_states: bool


__all__ = ["Gap", "KindNeeded", "Needs", "StateNeeds", "ThemeNeeds"]
