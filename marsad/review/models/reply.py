"""Replies: who drafts which part, every answer with its history, what is said about it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from marsad.review.models.round import Invitation
from marsad.review.words import How, RemarkKind


class Reply(models.Model):
    """What one State answers in one round."""

    #: Public and random: what addresses and workbooks use.
    key = models.CharField(max_length=16, unique=True)
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="reply")
    begun_at = models.DateTimeField()
    #: Set once the focal point clears it; the Secretariat reads answers from then on.
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Whether the State lets the public read its answers, save those it keeps confidential.
    is_public = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key


class Part(models.Model):
    """A section of a reply in the hands of a body."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="parts")
    #: Path of the section in the form.
    section = models.CharField(max_length=1000)
    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: When the body said that its part is done; empty while it works on it.
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["reply", "section", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "section", "body"], name="section_given_once_to_a_body"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reply_id}: {self.section}"


class Presence(models.Model):
    """Somebody has a section open: told to the others who draft it, and to nobody else.

    A row says when they were last seen there, and nothing of what they did.
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="presences")
    section = models.CharField(max_length=1000)
    person = models.ForeignKey("directory.Person", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["person"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "section", "person"], name="person_seen_once_in_a_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reply_id}: {self.section}"


class Answer(models.Model):
    """What was answered to one question, from one moment to another.

    Rows are never changed: a new answer ends the one before (`ended_at`), and an answer taken away
    is one with no value. So any day can be looked at as it was.
    """

    #: Public and random: what codings, figures and addresses point to.
    key = models.CharField(max_length=16, unique=True)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="answers")
    path = models.CharField(max_length=1000)
    #: Which of each repeat it stands in, outermost first; empty where it is asked once.
    position = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    #: 1, 2, 3 … for each place.
    revision = models.PositiveIntegerField()
    #: As the form writes it: digits 0-9, dates as 2026-11-22, chosen values apart by a blank.
    value = models.TextField(blank=True)
    #: For the Secretariat only; kept out of everything that others see.
    is_confidential = models.BooleanField(default=False)
    how = models.CharField(max_length=12, choices=How.choices)
    #: Why it was updated; required once the reply was sent.
    reason = models.TextField(blank=True)
    #: The answer it was taken over from, as a reader would say it: questionnaire and date.
    origin = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: When the next answer took its place; empty for the one that holds.
    ended_at = models.DateTimeField(null=True, blank=True)
    #: Stems of answers in words, made by `marsad.arabic.terms`; empty for choices and numbers.
    terms = SearchVectorField(null=True)

    class Meta:
        ordering = ["reply", "path", "position", "revision"]
        indexes = [
            models.Index(
                fields=["reply", "path"],
                condition=Q(ended_at__isnull=True),
                name="answer_that_holds",
            ),
            GinIndex(fields=["terms"], name="answer_terms"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "path", "position", "revision"], name="answer_revised_in_order"
            ),
            models.UniqueConstraint(
                fields=["reply", "path", "position"],
                condition=Q(ended_at__isnull=True),
                name="one_answer_holds",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Remark(models.Model):
    """Something said about an answer; it stays on record."""

    key = models.CharField(max_length=16, unique=True)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="remarks")
    #: The question it is about; the section, where it is about all of it.
    path = models.CharField(max_length=1000)
    kind = models.CharField(max_length=13, choices=RemarkKind.choices)
    text = models.TextField()
    #: What it responds to.
    on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: When it was settled, and by whom.
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["reply", "path"], name="remark_on_a_question")]

    def __str__(self) -> str:
        return self.key


class Upload(models.Model):
    """A workbook that came back, and what it would change: shown before any of it is taken in."""

    key = models.CharField(max_length=16, unique=True)
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: [{"path", "position", "was", "becomes", "base", "is_conflict", "is_confidential"}]
    changes = models.JSONField(default=list)
    taken_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.key
