"""Findings, as they leave the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marsad.review.types.figure import Figure, Query, Table
from marsad.review.types.report import Span


@dataclass(frozen=True, kw_only=True)
class SectionLink:
    """A section of the form, and how many of its questions have choices."""

    name: str
    label: str
    language: str
    count: int
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class EffectLine:
    """What is known of the effect of one measure, of the States that have taken it."""

    path: str
    label: str
    language: str
    #: States that were asked for its effect, and so have taken it.
    of: int
    #: Those that gave evidence, those that told of an effect without it, all the others.
    shown: int
    told: int
    not_known: int
    withheld: int


@dataclass(frozen=True, kw_only=True)
class EffectFigure:
    """How many States gave evidence of the effect of what they do: most give none."""

    #: States that report a measure whose effect was asked for.
    of: int
    #: Those that gave evidence for one measure at least, those that told of effects without any,
    #: those that said nothing of effect, those whose answers are for the Secretariat only.
    shown: int
    told: int
    not_known: int
    withheld: int
    measures: Sequence[EffectLine]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The figures of a round, one section at a time."""

    #: What was found, in the order that the analysts gave it.
    findings: Sequence[FindingView]
    sections: Sequence[SectionLink]
    tables: Sequence[Table]
    #: Code and name of regional groups that are told apart; empty where none are wanted.
    regions: Sequence[tuple[str, str]]
    #: Key and title of earlier rounds that asked some of the same.
    earlier: Sequence[tuple[str, str]]
    replied: int
    invited: int
    effect: EffectFigure | None
    at: datetime
    #: Whether what is for the Secretariat only is counted too.
    is_whole: bool


@dataclass(frozen=True, kw_only=True)
class Named:
    """A State in a list: in the order of names, whatever it answered."""

    iso2: str
    name: str


@dataclass(frozen=True, kw_only=True)
class FigurePage:
    """A figure with everything behind it."""

    figure: Figure
    #: What was counted, in words; and the figure as a sentence.
    definition: Sequence[str]
    sentence: str
    #: The question and the chosen answers, in words; empty for the register.
    question: str
    answers: Sequence[str]
    language: str
    states: Sequence[Named]
    #: States of which it is not known, and that answered otherwise, as far as they may be named.
    not_known: Sequence[Named]
    otherwise: Sequence[Named]
    #: Whether nobody is named, lest the names tell what the others answered.
    names_nobody: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """A finding in the reader's language, its figures alive."""

    key: str
    kind: str
    kind_label: str
    spans: Sequence[Span]
    #: The language that the words are in.
    language: str
    theme: str
    #: Where a report says it: what to call the place, and its address; empty where none does.
    source: str
    source_url: str
    #: Figures by name.
    figures: Mapping[str, Figure] = field(default_factory=dict)
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class FindingDraft:
    """A finding as its writers edit it."""

    key: str
    kind: str
    words: Mapping[str, str]
    theme: str
    #: Figures by name: the query, and what it comes to now, in words.
    figures: Sequence[tuple[str, Query, str]]
    #: What it was when it was opened: sent back, so that two writers are told of each other.
    base: str


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """One figure of an export."""

    section: str
    path: str
    question: str
    value: str
    answer: str
    figure: Figure

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "section": self.section,
            "path": self.path,
            "question": self.question,
            "value": self.value,
            "answer": self.answer,
            **{k: v for k, v in self.figure.as_data().items() if k != "query"},
            "among": self.figure.query.among,
        }


__all__ = [
    "EffectFigure",
    "EffectLine",
    "FigureLine",
    "FigurePage",
    "FindingDraft",
    "FindingView",
    "Named",
    "Overview",
    "SectionLink",
]
