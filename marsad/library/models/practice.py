"""The compendium of good practices: each from a State, verified by it before it came here."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from marsad.library.models.recommendation import Theme
from marsad.library.words import PracticeEffect


class Practice(models.Model):
    """A good practice, in whatever languages it was given."""

    key = models.CharField(max_length=16, unique=True)
    #: The State it comes from.
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    #: By language code.
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    effect = models.CharField(
        max_length=10, choices=PracticeEffect.choices, default=PracticeEffect.NOT_STATED
    )
    #: What shows the effect, by language code.
    evidence = models.JSONField(default=dict, blank=True)
    themes = models.ManyToManyField(Theme, related_name="practices", blank=True)
    #: What it was reported in, by language code, and the page of that in this house.
    source_titles = models.JSONField(default=dict)
    source_address = models.CharField(max_length=200, blank=True)
    #: When the State verified it: nothing lies here that no State has.
    verified_at = models.DateTimeField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Taken out: seen by curators only, who can put it back.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    #: Taken back by the round it came from, for its State: only that round publishes it again.
    is_taken_back = models.BooleanField(default=False)
    #: Of an invented State: marked so wherever it shows.
    is_invented = models.BooleanField(default=False)
    #: Stems of titles, texts and evidence, made by `marsad.arabic.terms`.
    terms = SearchVectorField(null=True)

    class Meta:
        ordering = ["state", "id"]
        indexes = [GinIndex(fields=["terms"], name="practice_terms")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_at__lte=F("published_at")),
                name="practice_verified_before_it_is_published",
            ),
            models.CheckConstraint(
                condition=Q(is_taken_back=False) | Q(withdrawn_at__isnull=False),
                name="practice_taken_back_stays_out",
            ),
        ]

    def __str__(self) -> str:
        return self.key
