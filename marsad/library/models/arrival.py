"""What comes in: the bytes as they were sent, and how far the reading of them has come."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from marsad.library.words import Access, Stage


class Original(models.Model):
    """The bytes of a file, kept once, named by their hash.

    They rest in the database so that they are stored in the same transaction as everything read
    from them, reach every worker on every machine, and are saved by one backup.
    """

    #: SHA-256 of the bytes, lower-case hexadecimal.
    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()
    #: In bytes.
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Arrival(models.Model):
    """A file somebody sent, on its way to the shelf."""

    #: Public and random, so that addresses count nothing.
    key = models.CharField(max_length=16, unique=True)
    #: Gone once the arrival failed: nothing half-stored.
    original = models.ForeignKey(
        Original, null=True, on_delete=models.SET_NULL, related_name="arrivals"
    )
    #: Kept after a failure too, so that the same bytes are told the same.
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    #: Language the sender named; empty lets the text tell.
    language = models.CharField(max_length=2, blank=True)
    access = models.CharField(max_length=12, choices=Access.choices, default=Access.PUBLIC)
    open_to_roles = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    is_sample = models.BooleanField(default=False)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.WAITING)
    #: How much of the present stage is done, 0 to 100.
    percent = models.PositiveSmallIntegerField(default=0)
    #: How often a worker began: a file that kills its worker is given up.
    attempts = models.PositiveSmallIntegerField(default=0)
    #: The problem that ended it: class path, and the details its sentence needs.
    problem_code = models.CharField(max_length=100, blank=True)
    problem_says = models.TextField(blank=True)
    problem_details = models.JSONField(default=dict)
    version = models.ForeignKey(
        "library.Version", null=True, on_delete=models.SET_NULL, related_name="arrivals"
    )
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    arrived_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-arrived_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(stage=Stage.DONE) | models.Q(ended_at__isnull=False),
                name="arrival_done_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.key
