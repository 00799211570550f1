"""The names other rooms may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class SurveyCard:
    """A survey, in the reader's language."""

    key: str
    title: str
    purpose: str
    body: str
    #: Key of the version asked, and what the questionnaire is called.
    form_key: str
    questionnaire: str
    #: Key of the asking: where it is filled in.
    asking_key: str
    made_at: datetime
    closes_at: datetime | None
    is_open: bool
    shows_names: bool
    once_each: bool
    #: Words for who is asked.
    asked: Sequence[str]
    response_count: int


@dataclass(frozen=True, kw_only=True)
class Bar:
    """How often one choice was taken."""

    label: str
    count: int
    #: 0 to 1, of those who answered the question.
    share: float


@dataclass(frozen=True, kw_only=True)
class QuestionSummary:
    """What all answers to one question come to."""

    path: str
    label: str
    language: str
    kind: str
    kind_label: str
    #: How many answered it, and how many could have.
    answered: int
    asked: int
    #: For choices, most often taken first only where the form has no order of its own.
    bars: Sequence[Bar] = ()
    #: For numbers: least, median, mean, greatest.
    least: float | None = None
    median: float | None = None
    mean: float | None = None
    greatest: float | None = None
    #: For files: the key of the filled form, and the name of the file.
    files: Sequence[tuple[str, str]] = ()
    #: For words: the newest answers.
    words: Sequence[str] = ()


__all__ = ["Bar", "QuestionSummary", "SurveyCard"]
