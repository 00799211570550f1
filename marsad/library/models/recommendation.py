"""Recommendations, their themes, and which of them say the same."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from marsad.library.models.document import Document, Version
from marsad.library.words import LikenessState, Strength


class Theme(models.Model):
    """One theme of the published list. Data, not code: a librarian edits it."""

    code = models.SlugField(max_length=60, primary_key=True)
    label_ar = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    label_fr = models.CharField(max_length=200, blank=True)
    #: Words that suggest the theme, by language code.
    keywords = models.JSONField(default=dict)
    #: Provisions it serves: [{"instrument": …, "article": …}].
    provisions = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class Recommendation(models.Model):
    """One recommendation, whatever languages its document has reached us in."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="recommendations")
    #: `6(a)` for a lettered item, `17` where headed on its own.
    ident = models.CharField(max_length=20)
    anchor = models.CharField(max_length=60)
    paragraph = models.CharField(max_length=10, blank=True)
    ordinal = models.PositiveIntegerField()
    addressees = ArrayField(models.CharField(max_length=30))
    #: Empty where the text has no word for it.
    strength = models.CharField(max_length=20, choices=Strength.choices, blank=True)
    #: [{"instrument": …, "article": …, "basis": "text"|"theme"}]
    provisions = models.JSONField(default=list)
    #: When a person decided the themes: none of them included, the machine leaves them alone.
    themes_decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "ident"], name="recommendation_named_once_in_a_document"
            )
        ]
        indexes = [GinIndex(fields=["addressees"], name="recommendation_addressees")]

    def __str__(self) -> str:
        return self.ident


class RecommendationText(models.Model):
    """The words of a recommendation in one version of its document."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="texts"
    )
    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="recommendation_texts"
    )
    section = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    terms = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "version"], name="recommendation_said_once_in_a_version"
            )
        ]
        indexes = [GinIndex(fields=["terms"], name="recommendation_terms")]

    def __str__(self) -> str:
        return f"text {self.pk}"


class ThemeOfRecommendation(models.Model):
    """That a recommendation belongs under a theme, and who says so."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="theme_links"
    )
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="recommendation_links")
    #: Empty when the machine found it by its words; a person's word is final.
    decided_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "theme"], name="theme_once_on_a_recommendation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} under {self.theme_id}"


class Likeness(models.Model):
    """Two recommendations of different meetings that may say the same."""

    first = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="likenesses")
    second = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="liked_by")
    #: Cosine of their weighted terms, 0 to 1.
    similarity = models.FloatField()
    state = models.CharField(
        max_length=10, choices=LikenessState.choices, default=LikenessState.SUGGESTED
    )
    decided_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-similarity"]
        verbose_name_plural = "likenesses"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_of_a_pair_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="likeness_in_one_direction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
