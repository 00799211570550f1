"""Answers as analysts, officers, States and the public read them: side by side, and found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marsad.questionnaires.types import QuestionView


@dataclass(frozen=True, kw_only=True)
class SectionLayout:
    """A section of a form with its questions, in the reader's language."""

    path: str
    name: str
    label: str
    language: str
    questions: Sequence[QuestionView]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A form as it is read: sections, questions in order, repeats."""

    form_key: str
    #: The reader's.
    language: str
    sections: Sequence[SectionLayout]
    #: Questions by path, in order.
    questions: Mapping[str, QuestionView]
    #: The section that each question stands in, by path of the question.
    section_of: Mapping[str, SectionLayout]
    #: Words of repeats, by path.
    repeats: Mapping[str, str]

    def near(self, path: str) -> tuple[str, str]:
        """The paths of the questions before and after one; empty at either end."""
        paths = list(self.questions)
        place = paths.index(path)
        before = paths[place - 1] if place else ""
        after = paths[place + 1] if place + 1 < len(paths) else ""
        return before, after


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A theme that a passage was given."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True)
class AnswerRead:
    """One answer, as it is read beside others."""

    key: str
    path: str
    position: Sequence[int]
    #: Both, as the address of its question ends.
    place: str
    #: As the form writes it, and as the reader would say it.
    value: str
    words: str
    #: Which language the words are in: the State's own, or the reader's for choices.
    language: str
    #: Written by people, and not chosen or counted.
    is_text: bool
    is_confidential: bool
    at: datetime
    #: What was answered on the day that changes are shown since; none where nothing changed.
    was: str | None
    #: Themes that analysts gave passages of it; empty for others than analysts.
    tags: Sequence[Tag]
    #: Whether passages of an earlier wording were given themes, and nobody has looked since.
    has_stale_tags: bool = False


@dataclass(frozen=True, kw_only=True)
class StateAnswers:
    """What one State answered to one question."""

    iso2: str
    name: str
    #: Code of its regional group, and what it is called; empty where it is in none.
    group: str
    group_label: str
    #: More than one in a repeat; none where it gave no answer, which is said and never left out.
    answers: Sequence[AnswerRead]


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """A question in the contents of a round."""

    path: str
    label: str
    language: str
    #: How many of the States that replied answered it, as far as the reader may read.
    answered: int


@dataclass(frozen=True, kw_only=True)
class SectionLine:
    """A section in the contents of a round."""

    path: str
    label: str
    language: str
    questions: Sequence[QuestionLine]


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """One question, and what every State that replied answered to it."""

    question: QuestionView
    section: SectionLayout
    #: Paths of the neighbours; empty at either end.
    before: str
    after: str
    states: Sequence[StateAnswers]
    #: States that replied, those of them that answered, and those that are shown.
    replied: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class AnsweredQuestion:
    """One question, and what one State answered to it."""

    question: QuestionView
    answers: Sequence[AnswerRead]


@dataclass(frozen=True, kw_only=True)
class AnsweredSection:
    """One section, and what one State answered in it."""

    section: SectionLayout
    questions: Sequence[AnsweredQuestion]


@dataclass(frozen=True, kw_only=True)
class StatePage:
    """One State's answers to every question."""

    iso2: str
    name: str
    #: When it sent its reply; none while it has not, for its own people.
    submitted_at: datetime | None
    is_late: bool
    sections: Sequence[AnsweredSection]
    answered: int
    #: Codes of the States before and after it that the reader may read; empty at either end.
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ReplyLink:
    """A State whose answers can be read."""

    iso2: str
    name: str


@dataclass(frozen=True, kw_only=True)
class FoundAnswer:
    """An answer in words that a search found."""

    iso2: str
    state: str
    answer: AnswerRead
    question: QuestionView
    #: The stretch with most of the words asked for: pieces, and whether each is a hit.
    pieces: Sequence[tuple[str, bool]]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found."""

    hits: Sequence[FoundAnswer]
    count: int


__all__ = [
    "AnswerRead",
    "AnsweredQuestion",
    "AnsweredSection",
    "Found",
    "FoundAnswer",
    "Layout",
    "QuestionLine",
    "QuestionPage",
    "ReplyLink",
    "SectionLayout",
    "SectionLine",
    "StateAnswers",
    "StatePage",
    "Tag",
]
