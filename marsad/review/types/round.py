"""Rounds, as they leave the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import pgettext_lazy


class RoundStanding(models.TextChoices):
    """How far a round has come."""

    PREPARED = "prepared", pgettext_lazy("round", "Being prepared")
    OPEN = "open", pgettext_lazy("round", "Open")
    CUT_OFF = "cut_off", pgettext_lazy("round", "Takes no more replies")
    CLOSED = "closed", pgettext_lazy("round", "Closed")
    TOLD = "told", pgettext_lazy("round", "Told by a report")


@dataclass(frozen=True, kw_only=True)
class Moments:
    """The first moments after the days of a round: what is done before one of them is in time.

    A day in Vienna lasts until its midnight, whatever the clocks do in spring and autumn.
    """

    due: datetime | None
    second_due: datetime | None
    cut_off: datetime | None


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """On whose decision a round is held."""

    words: str
    #: Key of the document in the library and anchor of its passage; empty where it has none that is
    #: open to the reader.
    document_key: str = ""
    anchor: str = ""
    symbol: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundCard:
    """A round, in the reader's language."""

    key: str
    title: str
    #: The language that the title is in.
    language: str
    #: By language code.
    titles: Mapping[str, str]
    mandate: Mandate
    #: Key of the version asked, and what it is called; empty for a round that is only told.
    form_key: str
    questionnaire: str
    #: Codes of the languages of notes and replies.
    languages: Sequence[str]
    #: Days in Vienna.
    due_on: date | None
    second_due_on: date | None
    cut_off_on: date | None
    made_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    standing: RoundStanding
    standing_words: str
    is_invented: bool
    is_told: bool
    #: Key, symbol and title of the report that tells of it; empty for other rounds.
    told_by_key: str
    told_by: str
    #: Whether that report is a sample of our own writing: then no such round was ever held.
    is_sample: bool
    #: How many States it invited.
    invited: int

    @property
    def is_prepared(self) -> bool:
        """Whether it can still be changed."""
        return self.standing == RoundStanding.PREPARED

    @property
    def is_open(self) -> bool:
        """Whether replies are taken."""
        return self.standing == RoundStanding.OPEN


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """One State on the register of a round."""

    iso2: str
    iso3: str
    name: str
    is_invented: bool
    #: Code of its regional group in the United Nations and its words; empty where it is in none.
    region: str
    region_words: str
    #: Code of `words.Standing` and its words.
    standing: str
    standing_words: str
    #: When the note went out, and when the State first looked and first wrote: for the Secretariat,
    #: the analysts and the State itself. Others are told what became of it, and no more.
    sent_at: datetime | None
    seen_at: datetime | None
    started_at: datetime | None
    answered_at: datetime | None
    is_late: bool
    declined_at: datetime | None
    #: The State's words, where it gave any; for the Secretariat and the State itself.
    declined_because: str
    #: Numbers of the notes verbales it was sent; for the Secretariat and the State itself.
    notes: Sequence[str]
    #: Anchor of the passage that names it, in the report that tells of the round, and its words.
    told_at_anchor: str
    told_at_words: str


@dataclass(frozen=True, kw_only=True)
class StandingCount:
    """How many States stand so."""

    standing: str
    words: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Register:
    """Who was asked and what became of it. Its States stand by name: nobody is ranked."""

    #: Those that were chosen.
    lines: Sequence[RegisterLine]
    #: Of all States that the reader sees, in the order a State goes through them.
    counts: Sequence[StandingCount]
    #: How many States there are in all, and how many of them sent a reply, in time or late.
    of: int
    replied: int
    #: Whether the reader sees every State of the round and not only their own.
    is_whole: bool


@dataclass(frozen=True, kw_only=True)
class NoteCard:
    """A note verbale, as it went out."""

    key: str
    #: As printed: `NV/2026/17`.
    number: str
    ordinal: int
    language: str
    iso2: str
    state: str
    dated_on: date
    due_on: date
    addressee: str
    paragraphs: Sequence[str]
    #: How many people it was mailed to, and when; none where it goes by hand.
    mailed_to: int
    mailed_at: datetime | None
    #: What kept its mail from going out, in the reader's language; empty where nothing did.
    mail_problem: str
    #: Whether there is nobody to mail it to, so that somebody carries it.
    goes_by_hand: bool = False


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How far the sending of a round's notes has come."""

    #: Notes that were written, and of them those whose mail went out, waits, or was kept.
    written: int
    mailed: int
    waiting: int
    kept: int
    #: Those of States that have no focal point to write to: they go by hand.
    by_hand: int


__all__ = [
    "Mandate",
    "Moments",
    "NoteCard",
    "Register",
    "RegisterLine",
    "RoundCard",
    "RoundStanding",
    "Sending",
    "StandingCount",
]
