"""Workbooks of a reply, as they leave the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class UploadCard:
    """A workbook that came back, as a list shows it."""

    key: str
    file_name: str
    at: datetime
    by: str
    #: Answers in which it differed from what was stored when it came, and those taken in.
    differences: int
    taken: int
    taken_at: datetime | None
    put_back_at: datetime | None
    #: When it was put aside without being taken in.
    dropped_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether somebody has still to decide."""
        return self.taken_at is None and self.dropped_at is None


@dataclass(frozen=True, kw_only=True)
class DifferenceView:
    """A question to which a workbook answers otherwise than what is stored now."""

    #: Its place in the upload: what is ticked.
    number: int
    path: str
    position: Sequence[int]
    question: str
    #: The language that the question is in.
    language: str
    section: str
    #: In words: stored now, and in the workbook; empty where there is no answer.
    stored: str
    becomes: str
    #: For the Secretariat only: now, and by the workbook.
    stored_only: bool
    becomes_only: bool
    #: The revision that is stored now: what is taken in is compared with it again.
    revision: int
    #: Somebody answered it after the workbook was made: who, when, and what stood there before.
    is_conflict: bool
    changed_by: str
    changed_at: datetime | None
    before: str
    #: Where it stands in the workbook.
    sheet: str
    row: int
    #: Whether it was taken in; for uploads that were dealt with.
    is_taken: bool
    #: Ticked at first: not conflicts, and not what would take an answer away.
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class UploadPage:
    """An upload with its differences as they are now."""

    card: UploadCard
    differences: Sequence[DifferenceView]
    #: Answers of the workbook that are stored by now, by whatever way.
    settled: int
    #: Whether a reason is asked for, since the reply was sent.
    needs_reason: bool


__all__ = ["DifferenceView", "UploadCard", "UploadPage"]
