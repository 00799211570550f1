"""Questions: what the bank finds, and what answers are read by."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from marsad.questionnaires.models.questionnaire import QuestionnaireVersion
from marsad.questionnaires.words import Obligation


class ChoiceList(models.Model):
    """What can be chosen: one list of a version."""

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="choice_lists"
    )
    name = models.CharField(max_length=200)
    #: [{"value": …, "labels": {language: text}}], in order.
    choices = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="list_named_once_in_a_version")
        ]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question of a version; groups are not questions, they stand in the tree."""

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions"
    )
    ordinal = models.PositiveIntegerField()
    #: From the root: `/data/victims/age`.
    path = models.CharField(max_length=1000)
    name = models.CharField(max_length=200)
    #: `integer`, `select_one`, `text`, `file` …; see `compiling.KINDS`.
    kind = models.CharField(max_length=30)
    #: By language code.
    labels = models.JSONField(default=dict)
    hints = models.JSONField(default=dict)
    choice_list = models.ForeignKey(
        ChoiceList, null=True, on_delete=models.CASCADE, related_name="questions"
    )
    is_required = models.BooleanField(default=False)
    #: Path of the repeat it stands in; empty where it is asked once.
    repeat = models.CharField(max_length=1000, blank=True)
    #: [{"instrument": "TIP", "article": "6", "paragraph": "3 (a)"}]
    provisions = models.JSONField(default=list)
    obligation = models.CharField(max_length=12, choices=Obligation.choices, blank=True)
    themes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    #: Two questions of one concept ask the same thing, in whatever questionnaire.
    concept = models.CharField(max_length=120, blank=True)
    #: Stems of labels, hints and choices, made by `marsad.arabic.terms`.
    terms = SearchVectorField()

    class Meta:
        ordering = ["version", "ordinal"]
        indexes = [
            GinIndex(fields=["terms"], name="question_terms"),
            GinIndex(fields=["themes"], name="question_themes"),
            models.Index(fields=["concept"], name="question_concept"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "path"], name="question_stands_once")
        ]

    def __str__(self) -> str:
        return self.path
