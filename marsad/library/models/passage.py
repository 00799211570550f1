"""Passages, the unit of search, and what they mention."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from marsad.library.models.document import Document, Version
from marsad.library.words import PassageKind, StateRole


class Passage(models.Model):
    """A heading, a numbered paragraph, a lettered item, a recommendation or a footnote."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="passages")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=15, choices=PassageKind.choices)
    #: Language-neutral id on the page: `para-13`, `para-13-d`, `rec-17`.
    anchor = models.CharField(max_length=60)
    number = models.CharField(max_length=30, blank=True)
    section = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    #: Stems in order with positions, made by `marsad.arabic.terms`, so that forms of a word meet.
    terms = SearchVectorField()

    class Meta:
        ordering = ["version", "ordinal"]
        indexes = [GinIndex(fields=["terms"], name="passage_terms")]
        constraints = [
            models.UniqueConstraint(fields=["version", "ordinal"], name="passage_has_its_place")
        ]

    def __str__(self) -> str:
        return self.anchor


class StateMention(models.Model):
    """A State that a document names, in which paragraph and in what role."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="state_mentions")
    paragraph = models.CharField(max_length=10)
    role = models.CharField(max_length=12, choices=StateRole.choices)
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    #: Place in the list, from 0.
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["version", "paragraph", "position"]

    def __str__(self) -> str:
        return f"{self.state_id} {self.role} {self.paragraph}"


class Citation(models.Model):
    """Another document that this one names by symbol."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="citations")
    symbol = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "symbol"], name="cited_once_in_a_version")
        ]
        indexes = [models.Index(fields=["symbol"], name="citation_symbol")]

    def __str__(self) -> str:
        return self.symbol


__all__ = ["Citation", "Document", "Passage", "StateMention"]
