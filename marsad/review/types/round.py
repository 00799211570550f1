"""Rounds, as they leave the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class RoundStanding(models.TextChoices):
    """How far a round has come."""

    PREPARED = "prepared", _p("round", "Being prepared")
    OPEN = "open", _p("round", "Open")
    CUT_OFF = "cut_off", _p("round", "Takes no more replies")
    CLOSED = "closed", _p("round", "Closed")
    TOLD = "told", _p("round", "Told by a report")


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


__all__ = ["Mandate", "Moments", "RoundCard", "RoundStanding"]
