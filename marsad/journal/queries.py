"""What was done to one thing, newest first."""

from __future__ import annotations

from django.db import models

from marsad.journal.models import Entry
from marsad.journal.types import Line


def lines_of(subject: models.Model, *, most: int = 100) -> list[Line]:
    """The newest `most` lines about `subject`; the caller checked that the reader may see it."""
    entries = Entry.objects.filter(
        subject=subject._meta.label_lower, subject_id=str(subject.pk)
    ).order_by("-at", "-id")[:most]
    return [
        Line(
            action=entry.action,
            subject=entry.subject,
            subject_id=entry.subject_id,
            details=entry.details,
            by_id=entry.by_id,
            at=entry.at,
        )
        for entry in entries
    ]
