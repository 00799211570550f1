"""Themes, passages that were given them, suggestions, and how far analysts agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marsad.questionnaires.types import QuestionView
from marsad.review.types.reading import AnswerRead


@dataclass(frozen=True, kw_only=True)
class ThemeView:
    """A theme of a round, in the reader's language."""

    code: str
    label: str
    #: By language code.
    labels: Mapping[str, str]
    #: Code of the theme that it belongs under; empty for one of its own.
    parent: str
    #: Passages that have it, and answers they stand in, as far as the reader may read.
    passages: int
    answers: int
    is_retired: bool


@dataclass(frozen=True, kw_only=True)
class CodingView:
    """A passage that somebody gave a theme."""

    key: str
    theme: str
    label: str
    start: int
    end: int
    #: The words of the passage.
    words: str
    #: Name of the analyst.
    by: str
    is_own: bool
    at: datetime
    was_suggested: bool
    #: Whether these very words stand in the answer that holds now: it can be marked again there.
    still_there: bool = False


@dataclass(frozen=True, kw_only=True)
class SuggestionView:
    """A theme suggested for a passage, with the words that suggested it."""

    theme: str
    label: str
    start: int
    end: int
    words: str
    #: Of the passage: why.
    because: Sequence[str]
    #: Between 0 and 1.
    sureness: float


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of an answer between two edges of marks."""

    text: str
    start: int
    #: Words of the themes that this stretch was given by the reader; empty outside of marks.
    themes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class CodingPage:
    """One answer, ready to be coded."""

    answer: AnswerRead
    question: QuestionView
    iso2: str
    state: str
    pieces: Sequence[Piece]
    #: The reader's marks on this answer.
    codings: Sequence[CodingView]
    #: The reader's marks on earlier wordings of it: the answer has changed since.
    stale: Sequence[CodingView]
    suggestions: Sequence[SuggestionView]
    themes: Sequence[ThemeView]
    #: Keys of the answers of other States to the same question; empty at either end.
    before: str
    after: str
    #: Key of the answer that holds now, where this one was updated; else empty.
    now: str


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """A question in words, and how far its answers are coded by the reader."""

    question: QuestionView
    answers: int
    coded: int
    #: Key of the first answer that the reader has not coded; empty where all are.
    next_key: str


@dataclass(frozen=True, kw_only=True)
class AnalystName:
    """Somebody who has coded in a round."""

    id: int
    name: str
    answers: int


@dataclass(frozen=True, kw_only=True)
class ThemeAgreement:
    """How far two analysts agree on one theme: on which answers it is in and on which not."""

    label: str
    both: int
    first_only: int
    second_only: int
    neither: int
    #: Cohen's kappa; none where there is too little in common to say.
    kappa: float | None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """An answer to which two analysts gave different themes."""

    key: str
    state: str
    question: QuestionView
    first: Sequence[CodingView]
    second: Sequence[CodingView]


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far two analysts, and all of them, agree."""

    first: str
    second: str
    #: Answers that both coded, and those to which both gave the very same themes.
    units: int
    same: int
    #: Of the two, on the whole set of themes of an answer; none where too little is in common.
    kappa: float | None
    #: Of all analysts, likewise: Krippendorff's alpha.
    alpha: float | None
    analysts: int
    themes: Sequence[ThemeAgreement]
    differences: Sequence[Difference]


__all__ = [
    "Agreement",
    "AnalystName",
    "CodingPage",
    "CodingView",
    "Difference",
    "Piece",
    "SuggestionView",
    "ThemeAgreement",
    "ThemeView",
    "WorkLine",
]
