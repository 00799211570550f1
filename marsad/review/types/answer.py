"""Answers, as they leave the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """An answer that held at a moment, bare."""

    #: Public key of the answer.
    key: str
    #: ISO alpha-2 code of the State.
    state: str
    path: str
    #: Which of each repeat, outermost first; empty where it is asked once.
    position: tuple[int, ...]
    #: As the form writes it; empty where the answer was taken away.
    value: str
    is_confidential: bool
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldAlike:
    """Answers alike that held at a moment, in one place of the form: what figures count."""

    path: str
    #: Which of each repeat, outermost first; empty where it is asked once.
    position: tuple[int, ...]
    #: As the form writes it; of answers in words, only that there is one.
    value: str
    is_confidential: bool
    #: ISO alpha-2 codes of the States that gave it.
    states: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """An answer as a page shows it."""

    key: str
    path: str
    position: Sequence[int]
    #: As the form writes it, and as the reader would say it.
    value: str
    words: str
    revision: int
    is_confidential: bool
    how: str
    how_label: str
    reason: str
    origin: str
    at: datetime
    #: Name of who wrote it; empty for those who need not know.
    by: str
    ended_at: datetime | None


__all__ = ["AnswerView", "Held", "HeldAlike"]
