"""Records of people and events: what arrived, its editions, the code lists, what was released.

The records themselves lie in the data root, without anything that tells who they speak of. Here is
only who brought how many of what.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CodeLists(models.Model):
    """A version of the code lists that was uploaded; those that come with Marsad are files."""

    version = models.CharField(max_length=40, unique=True)
    content = models.JSONField()
    #: From when on new records are read by it.
    from_at = models.DateTimeField()
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-from_at", "-id"]

    def __str__(self) -> str:
        return self.version


class Holding(models.Model):
    """The records of one body of a State, or of a State as a whole: nobody else reads them."""

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    #: None: of the State as a whole, for its focal points.
    body = models.ForeignKey(
        "directory.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: How its columns were read the last time.
    mapping = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["state", "body"]
        constraints = [
            models.UniqueConstraint(fields=["state", "body"], name="one_holding_of_a_body"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(body__isnull=True), name="one_holding_of_a_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id}-{self.body_id or 'state'}"


class RecordArrival(models.Model):
    """A file of records as it was understood. The file itself is not kept."""

    key = models.CharField(max_length=16, unique=True)
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="arrivals")
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    #: SHA-256 of the Parquet with its records; empty where none were kept.
    digest = models.CharField(max_length=64, blank=True)
    #: The version of the code lists it was read by, and the mapping of its columns.
    codes = models.CharField(max_length=40)
    mapping = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    #: Records by kind.
    kinds = models.JSONField(default=dict)
    #: `counts` by code, `first` some of each, `columns` and what they were read as.
    remarks = models.JSONField(default=dict)
    #: Whether it takes the place of what was there, rather than being added to it.
    replaces = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.key


class RecordEdition(models.Model):
    """All records of a holding as they stood from one moment on.

    It never changes, but that whoever withdraws consent leaves it.
    """

    key = models.CharField(max_length=16, unique=True)
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    #: What it came in; none where an earlier edition was made to stand again.
    arrival = models.OneToOneField(
        RecordArrival, null=True, on_delete=models.PROTECT, related_name="edition"
    )
    restores = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    kinds = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    #: Records that were taken out of it since, because consent was withdrawn; and when last.
    taken_out = models.PositiveIntegerField(default=0)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["holding", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["holding", "number"], name="record_edition_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Release(models.Model):
    """Figures that a State made of its records, with small counts hidden."""

    key = models.CharField(max_length=16, unique=True)
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    #: The editions of records it was counted from.
    record_editions = models.ManyToManyField(RecordEdition, related_name="+")
    #: The edition of figures it became, and the one that stood before.
    edition = models.OneToOneField("statistics.Edition", on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(
        "statistics.Edition", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: What was wanted: indicators, breakdowns, threshold.
    wanted = models.JSONField()
    #: How many cells are exact, small, withheld.
    tally = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["state", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["state", "number"], name="release_numbered_once")
        ]

    def __str__(self) -> str:
        return self.key
