"""Askings: a published version put before people, by the room that wants to know."""

from __future__ import annotations

from django.db import models

from marsad.questionnaires.models.questionnaire import QuestionnaireVersion


class Asking(models.Model):
    """One time that a room asks. The room knows of whom, and its answers rest there."""

    #: Random, lower-case hexadecimal: part of the form's id on a phone, so that the same form asked
    #: twice is two forms there.
    key = models.CharField(max_length=12, unique=True)
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="askings"
    )
    #: The receiver in `config/receivers.py`.
    kind = models.CharField(max_length=30)
    #: Which thing of that room asks.
    subject_id = models.CharField(max_length=60)
    #: What a list of forms calls it, by language code.
    titles = models.JSONField(default=dict)
    #: What it is for, told before anybody answers.
    purpose = models.TextField(blank=True)
    #: Whether whoever asks sees who answered; told before anybody answers, and never changed.
    shows_names = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    #: The moment from which no answer is taken; none while it stays open.
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="asked_once_by_a_subject")
        ]

    def __str__(self) -> str:
        return self.key
