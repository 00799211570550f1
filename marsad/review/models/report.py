"""The report of a round: blocks of prose and of live figures, frozen once it is published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from marsad.review.models.round import Round
from marsad.review.words import BlockKind


class Report(models.Model):
    """A report on the answers of a round."""

    key = models.CharField(max_length=16, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    #: By language code.
    titles = models.JSONField(default=dict)
    #: As it is printed on the first page: `CTOC/COP/WG.4/2026/2`; empty until it has one.
    symbol = models.CharField(max_length=60, blank=True)
    #: What else stands on the first page: see `types.report.Front`.
    front = models.JSONField(default=dict, blank=True)
    #: The moment whose answers it speaks of: the end of the cut-off day.
    as_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Counts every change of a block.
    revision = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Where it lies in the library, once it is published.
    document = models.ForeignKey(
        "library.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(document__isnull=False),
                name="report_published_lies_in_the_library",
            )
        ]

    def __str__(self) -> str:
        return self.key


class Block(models.Model):
    """One block of a report."""

    key = models.CharField(max_length=16, unique=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="blocks")
    ordinal = models.PositiveIntegerField()
    #: Counts the changes of its words, so that two who edit it at once are told.
    revision = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=14, choices=BlockKind.choices)
    #: By language code; a place for a live figure is written `{name}`.
    words = models.JSONField(default=dict)
    #: Figures by name, each a query as data: see `types.figure.Query`.
    figures = models.JSONField(default=dict, blank=True)
    #: What else the kind needs: the path a chart is of, the key of an extract's answer.
    about = models.JSONField(default=dict, blank=True)
    #: Footnotes by mark, each with its words by language code.
    notes = models.JSONField(default=dict, blank=True)
    #: What the figures were when the report was published: by name, `types.figure.Figure` as data.
    frozen = models.JSONField(default=dict, blank=True)
    #: When it was taken out; it can be put back.
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "ordinal", "id"]

    def __str__(self) -> str:
        return self.key
