"""Replies, as they leave the room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from marsad.questionnaires.queries.judging import Judged


@dataclass(frozen=True, kw_only=True)
class Change:
    """An answer that somebody wants saved."""

    path: str
    #: Which of each repeat, outermost first; empty where it is asked once.
    position: tuple[int, ...] = ()
    value: str
    #: The revision that the writer saw; 0 where they saw none.
    base: int
    #: None leaves it as it is.
    is_confidential: bool | None = None
    #: The answer it was taken over from, as a reader would say it.
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class Saved:
    """An answer that was saved."""

    key: str
    path: str
    position: tuple[int, ...]
    revision: int
    #: As the form writes it.
    value: str
    is_confidential: bool
    at: datetime
    #: False where exactly this answer stood there already.
    is_new: bool
    #: Judges the whole reply; only done if somebody looks.
    judging: Callable[[], Judged]

    @cached_property
    def judged(self) -> Judged:
        """The whole reply as it stands: what is asked, what is missing, what is wrong."""
        return self.judging()

    @property
    def fault(self) -> str:
        """What is wrong with this answer, in the reader's language; empty where nothing is."""
        here = (self.path, self.position)
        faults = self.judged.faults
        return next((each.says for each in faults if (each.path, each.position) == here), "")


@dataclass(frozen=True, kw_only=True)
class PartView:
    """A body that has a section in its hands."""

    body_id: int
    body: str
    is_ngo: bool
    assigned_at: datetime
    ready_at: datetime | None
    #: Whether the reader is one of the body's people.
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class SectionProgress:
    """How far a section has come."""

    path: str
    name: str
    label: str
    language: str
    #: Questions that are asked now, and of them those that have an answer.
    asked: int
    answered: int
    #: Of those asked: required and not answered; and answers that cannot stand.
    missing: int
    faults: int
    #: Remarks and clarifications that wait; those that the reader may know of.
    open_remarks: int
    open_clarifications: int
    parts: Sequence[PartView]
    may_read: bool
    may_write: bool

    @property
    def is_ready(self) -> bool:
        """Whether every body that has it said that its part is done."""
        return bool(self.parts) and all(part.ready_at for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class BodyProgress:
    """How far a body has come with all its sections."""

    body_id: int
    body: str
    sections: Sequence[str]
    asked: int
    answered: int
    missing: int
    ready: int


@dataclass(frozen=True, kw_only=True)
class ReplyView:
    """A reply as its page shows it."""

    #: Public key; empty where nobody of the State has opened it yet.
    key: str
    round_key: str
    iso2: str
    state: str
    form_title: str
    #: The version of the questionnaire was withdrawn since: it goes on with this one.
    form_is_withdrawn: bool
    sections: Sequence[SectionProgress]
    bodies: Sequence[BodyProgress]
    asked: int
    answered: int
    missing: int
    faults: int
    #: Counts every change of an answer: whoever sends the reply says what they looked at.
    revision: int
    begun_at: datetime | None
    submitted_at: datetime | None
    is_late: bool
    is_public: bool
    declined_at: datetime | None
    declined_because: str
    #: The first moment after the deadline that holds for this State, and the days in Vienna.
    due_at: datetime | None
    due_on: date | None
    cut_off_on: date | None
    #: Whether it would come late now, whether none is taken any more, whether the round was closed.
    is_late_now: bool
    is_over: bool
    is_closed: bool
    #: What the reader is to this reply.
    is_focal_point: bool
    is_of_the_state: bool
    is_secretariat: bool
    #: Whether drafting goes on: neither sent, declined, over nor closed.
    is_drafted: bool


@dataclass(frozen=True, kw_only=True)
class ToMend:
    """Something that a focal point looks at before sending."""

    path: str
    position: tuple[int, ...]
    section: str
    section_label: str
    question: str
    language: str
    #: What is wrong; empty where it is required and not answered.
    fault: str
    #: Where it stands on the page of its section.
    dom: str


@dataclass(frozen=True, kw_only=True)
class RemarkView:
    """Something said about an answer, with what was said on it."""

    key: str
    path: str
    kind: str
    kind_label: str
    text: str
    at: datetime
    #: Name of who said it; for the Secretariat's words, “the Secretariat” to the State.
    by: str
    is_mine: bool
    is_open: bool
    settled_at: datetime | None
    responses: Sequence[RemarkView]
    may_respond: bool
    may_settle: bool


__all__ = [
    "BodyProgress",
    "Change",
    "PartView",
    "RemarkView",
    "ReplyView",
    "Saved",
    "SectionProgress",
    "ToMend",
]
