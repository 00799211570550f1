"""One line for each thing a person, or the machine on its own, has done."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """A verb, a reference and a moment. Content and personal data stay where they belong."""

    #: Dotted, e.g. `library.document.accept`: room, thing, verb.
    action = models.CharField(max_length=100)
    #: What it was done to, e.g. `library.document`, and which one.
    subject = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    #: Small facts a follow-up needs: ids, codes, counts. Never text that a person wrote.
    details = models.JSONField(default=dict)
    #: Empty when the machine acted on its own.
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "-at"], name="journal_of_a_subject"),
            models.Index(fields=["action", "-at"], name="journal_of_an_action"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_id}"
