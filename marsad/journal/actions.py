"""Write a line in the journal; it is part of the act, so it stands or falls with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from marsad.journal.models import Entry
from marsad.journal.types import Line

if TYPE_CHECKING:
    from marsad.directory.types import Person

_listener: Callable[[Line], None] | None = None


def announce_to(listener: Callable[[Line], None]) -> None:
    """Tell `listener` each line once it is written for good (`config/follow_ups.py` does this)."""
    global _listener
    _listener = listener


def record(
    *,
    action: str,
    on: models.Model,
    by: Person | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write who did what to what, in the transaction of the act itself.

    :param by: None when the machine acted on its own.
    """
    line = Line(
        action=action,
        subject=on._meta.label_lower,
        subject_id=str(on.pk),
        details=dict(details or {}),
        by_id=None if by is None else by.pk,
        at=at,
    )
    Entry.objects.create(
        action=line.action,
        subject=line.subject,
        subject_id=line.subject_id,
        details=line.details,
        by_id=line.by_id,
        at=line.at,
    )
    if _listener is not None:
        # Inside the transaction on purpose: a follow-up is a row in the job queue, and the job must
        # exist exactly when the act does.
        with transaction.atomic():
            _listener(line)
