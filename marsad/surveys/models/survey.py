"""Surveys, and the responses that count."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Survey(models.Model):
    """A questionnaire put before the people of a body."""

    #: Public and random: what addresses use.
    key = models.CharField(max_length=16, unique=True)
    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="+")
    #: By language code.
    titles = models.JSONField(default=dict)
    #: What it is for, told to those who are asked.
    purpose = models.TextField(blank=True)
    #: Which roles of the body are asked; all its people while empty.
    open_to_roles = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    #: Whether names stand beside answers; told before anybody answers, and never changed.
    shows_names = models.BooleanField(default=False)
    #: Whether a person answers once only; a correction of it is not another answer.
    once_each = models.BooleanField(default=True)
    #: Key of the version of the questionnaire.
    form_key = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    #: The moment from which no answer is taken; none while nobody has set one.
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.key


class Response(models.Model):
    """One filled form, as the survey counts it."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    submission = models.OneToOneField(
        "questionnaires.Submission", on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()
    #: False once its author corrected it.
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["survey", "by"], condition=Q(is_current=True), name="response_of_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.pk}"
