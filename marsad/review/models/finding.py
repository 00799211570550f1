"""Findings: themes, passages coded by analysts, statements, good practices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from marsad.review.models.reply import Answer
from marsad.review.models.round import Invitation, Round
from marsad.review.words import Effect, FindingKind, PracticeState


class Theme(models.Model):
    """A subject of the findings of a round; the list can grow while people code."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="themes")
    #: Short and stable: `a`, `a.use-of-services`.
    code = models.SlugField(max_length=60)
    #: By language code.
    labels = models.JSONField(default=dict)
    #: The theme it belongs under.
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    #: Path of the section of the form whose answers it is about, where there is one.
    section = models.CharField(max_length=1000, blank=True)
    ordinal = models.PositiveIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "ordinal", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="theme_coded_once_in_a_round")
        ]

    def __str__(self) -> str:
        return self.code


class Coding(models.Model):
    """A passage of an answer that an analyst gave a theme."""

    key = models.CharField(max_length=16, unique=True)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="codings")
    #: Characters of the answer's value: first, and first after.
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="codings")
    analyst = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: Whether it was suggested from earlier coding, and a person confirmed it.
    was_suggested = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["answer", "start", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "start", "end", "theme", "analyst"],
                condition=Q(removed_at__isnull=True),
                name="passage_coded_once_by_an_analyst",
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="coding_has_a_passage"),
        ]

    def __str__(self) -> str:
        return self.key


class Finding(models.Model):
    """What the analysts found: a figure from the answers, or a statement in words."""

    key = models.CharField(max_length=16, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="findings")
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    kind = models.CharField(max_length=14, choices=FindingKind.choices)
    #: By language code; a place for a live figure is written `{name}`.
    words = models.JSONField(default=dict)
    #: Figures by name, each a query as data: see `types.figure.Query`.
    figures = models.JSONField(default=dict, blank=True)
    #: Where a report says it, for what was not found here.
    source_document = models.ForeignKey(
        "library.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_anchor = models.CharField(max_length=60, blank=True)
    ordinal = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    #: Where this is only what a finding said when a report was published: the finding.
    earlier_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="earlier"
    )

    class Meta:
        ordering = ["round", "ordinal", "id"]

    def __str__(self) -> str:
        return self.key


class Practice(models.Model):
    """A good practice on its way to the library: proposed by an analyst, verified by its State."""

    key = models.CharField(max_length=16, unique=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="practices")
    #: The answer it was taken from.
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="practices"
    )
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="practices"
    )
    #: Title and text, by language code.
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    effect = models.CharField(max_length=10, choices=Effect.choices, default=Effect.NOT_STATED)
    #: What shows the effect, by language code.
    evidence = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=9, choices=PracticeState.choices, default=PracticeState.PROPOSED
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: When the State verified or declined it, and who for the State.
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    declined_because = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    #: Key of the practice in the library's compendium, once it is there.
    library_key = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["invitation", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PracticeState.PROPOSED) | Q(decided_at__isnull=False),
                name="practice_past_proposal_was_decided",
            ),
            # Nothing is published that its State has not verified.
            models.CheckConstraint(
                condition=~Q(state=PracticeState.PUBLISHED)
                | (
                    Q(published_at__isnull=False, decided_at__lte=F("published_at"))
                    & ~Q(library_key="")
                ),
                name="practice_published_was_verified",
            ),
        ]

    def __str__(self) -> str:
        return self.key
