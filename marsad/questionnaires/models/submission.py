"""What was sent: filled forms, as they came, and the files that came with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from marsad.questionnaires.models.asking import Asking
from marsad.questionnaires.models.device import Device


class Submission(models.Model):
    """One filled form. It is never changed: a correction is another one, which names this one."""

    key = models.CharField(max_length=16, unique=True)
    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="submissions")
    #: `meta/instanceID`: the same, whatever way and how often it is sent.
    instance_id = models.CharField(max_length=200, unique=True)
    #: As it came, byte for byte.
    xml = models.BinaryField()
    #: SHA-256 of its canonical form.
    digest = models.CharField(max_length=64)
    #: [{"path", "name", "kind", "value", "values", "position", "file"}], as the check read them.
    answers = models.JSONField(default=list)
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField()
    #: When the last of its files had come; empty while some are on their way.
    completed_at = models.DateTimeField(null=True, blank=True)
    #: The one that this one corrects.
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    #: False once another corrects it.
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["asking", "id"],
                condition=Q(is_current=True),
                name="submission_of_asking",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["corrects"],
                # Two phones may begin a correction; the first that is complete counts.
                condition=Q(corrects__isnull=False, completed_at__isnull=False),
                name="submission_corrected_once",
            )
        ]

    def __str__(self) -> str:
        return self.key


class Attachment(models.Model):
    """A file that belongs to an answer."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    #: As the answer names it.
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    #: SHA-256 of the bytes, lower-case hexadecimal.
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "name"], name="attachment_named_once_in_a_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.pk}"
