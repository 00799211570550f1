"""Doubtful places of a text, what people ruled about them, and what the shelf has taught."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from marsad.library.models.document import Version
from marsad.library.words import LessonKind, Place, Verdict


class Ruling(models.Model):
    """How a person reads a piece of a version. Their word is final until they take it back.

    It is tied to the characters of the source, not to the repaired text, so that it holds
    whatever a better engine makes of the line.
    """

    #: Public and random: what addresses use.
    key = models.CharField(max_length=16, unique=True)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="rulings")
    #: Offsets in the version's source text.
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    #: The characters of the source there.
    source = models.TextField()
    #: How the place read when it was settled.
    before = models.TextField()
    #: How the person reads it.
    after = models.TextField()
    #: A few words around it, by which the place is known in another copy.
    words_before = models.CharField(max_length=100, blank=True)
    words_after = models.CharField(max_length=100, blank=True)
    #: The kind of change or doubt it settled, as the engine calls it; empty for none.
    kind = models.CharField(max_length=30, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    #: The ruling about another copy that this one repeats here.
    carried_from = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="carried_to"
    )
    #: False when the file was read anew and the place could not be found again.
    is_placed = models.BooleanField(default=True)
    taken_back_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="ruling_has_a_place"),
            models.UniqueConstraint(
                fields=["version", "carried_from"], name="ruling_carried_once_to_a_version"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Doubt(models.Model):
    """A place of which the engine is not sure. Made anew with the text, like its passages."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="doubts")
    #: Of the source, from 1.
    line = models.PositiveIntegerField()
    #: Offsets in the source, so that the place keeps its address when the text is made anew.
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    #: Where in the document it stands; the lower, the more a mistake there costs.
    place = models.PositiveSmallIntegerField(choices=Place.choices)
    #: Of the passage it stands in; empty in front matter.
    anchor = models.CharField(max_length=60, blank=True)
    #: How it reads now.
    reads = models.TextField()
    #: How it would read if the machine had left it alone.
    as_it_came = models.TextField()
    #: Other readings, likeliest first.
    candidates = models.JSONField(default=list)
    #: Whether the machine changed it all the same.
    is_applied = models.BooleanField()
    confidence = models.FloatField()
    evidence = models.TextField()
    ruling = models.ForeignKey(Ruling, null=True, on_delete=models.SET_NULL, related_name="settles")

    class Meta:
        ordering = ["place", "version_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["version", "start", "end"], name="doubted_once"),
        ]
        indexes = [models.Index(fields=["place", "version", "start"], name="doubt_in_order")]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.start}-{self.end}"


class Taught(models.Model):
    """What the public shelf has taught the engine: one row, made anew when the shelf changes."""

    #: As `arabic.Knowledge.to_json` writes it.
    knowledge = models.TextField()
    #: What a person can look at: [{kind, what, means, count, documents: [key]}].
    lessons = models.JSONField(default=list)
    #: Of all it was learned from; the same again needs no learning.
    fingerprint = models.CharField(max_length=64)
    learned_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "taught"

    def __str__(self) -> str:
        return self.fingerprint[:12]


class Forgotten(models.Model):
    """A lesson that a person does not want used; deleting the row brings it back."""

    kind = models.CharField(max_length=10, choices=LessonKind.choices)
    what = models.CharField(max_length=200)
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "forgotten"
        ordering = ["kind", "what"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "what"], name="forgotten_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.what}"
