"""What people have begun to fill in and not sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from marsad.questionnaires.models.asking import Asking
from marsad.questionnaires.models.submission import Submission


class Draft(models.Model):
    """A form on its way: as one types, on whatever machine. It goes when it is handed in."""

    key = models.CharField(max_length=16, unique=True)
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: The instance as the browser wrote it; empty until something was typed.
    xml = models.TextField(blank=True)
    #: Counts every saving: whoever saves says which one they began from.
    revision = models.PositiveIntegerField(default=0)
    #: The language of the form that it is being filled in in.
    language = models.CharField(max_length=20, blank=True)
    #: Questions answered, of those that apply.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    #: The filled form that this one corrects.
    corrects = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    #: Thrown away, and kept for a while in case that was a mistake.
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "person"],
                condition=Q(discarded_at__isnull=True),
                name="one_draft_of_a_person_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.key


class DraftFile(models.Model):
    """A file that goes with a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    #: As the answer names it.
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "name"], name="file_named_once_in_a_draft")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.pk}"
