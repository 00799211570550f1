"""Sources, what arrived from them, their editions: the catalogue of what lies in the data root."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from marsad.statistics.words import Stage


class Source(models.Model):
    """Who gives figures: an international collection, or a State."""

    #: Short and stable: `glotip`, `state-jo`.
    code = models.SlugField(max_length=40, unique=True)
    #: By language code.
    names = models.JSONField(default=dict)
    #: The State whose own figures these are; none for a collection over many States.
    state = models.OneToOneField(
        "directory.State", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Whether they were published before they came here, so that no State need verify them.
    is_public = models.BooleanField(default=False)
    #: Whether its figures were made up for the demonstration: they never stand beside real ones.
    is_invented = models.BooleanField(default=False)
    #: How its columns were mapped the last time: a mapping of `tabulation`, as data.
    mapping = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=True) | Q(is_public=False),
                name="figures_of_a_state_are_verified_first",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Arrival(models.Model):
    """A file of figures as it was understood, before any of it counts."""

    key = models.CharField(max_length=16, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="arrivals")
    file_name = models.CharField(max_length=255)
    #: SHA-256 of the file, and of the Parquet that was made of it; both lie under the data root.
    file_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, blank=True)
    #: Rows that were understood, doubted ones among them.
    rows = models.PositiveIntegerField(default=0)
    #: What was remarked: `counts` by code, `first` some of each with their places.
    remarks = models.JSONField(default=dict)
    doubted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    #: For whoever looks through it before it counts: SHA-256 of the Parquet of all rows that were
    #: understood, of all remarks, and of the JSON of what its State would be asked.
    rows_digest = models.CharField(max_length=64, blank=True)
    remarks_digest = models.CharField(max_length=64, blank=True)
    doubts_digest = models.CharField(max_length=64, blank=True)
    #: How its columns are to be read; once it was read, how they were: a mapping of `tabulation`.
    mapping = models.JSONField(default=dict, blank=True)
    #: Its columns: `header`, `field` (what it is taken for), `samples`.
    columns = models.JSONField(default=list, blank=True)
    #: One of `Stage`.
    stage = models.CharField(max_length=20, default=Stage.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    #: How often its reading was begun: a file that stops its worker is given up.
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Why it could not be read at all: the code, the sentence and what the sentence needs.
    problem_code = models.CharField(max_length=60, blank=True)
    problem_says = models.TextField(blank=True)
    problem_details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    #: When its reading ended, well or not.
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: When it became an edition, or was put aside.
    taken_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.key


class Edition(models.Model):
    """The figures of a source as they stood from one moment on. It never changes."""

    key = models.CharField(max_length=16, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="editions")
    #: 1, 2, 3 … of the source.
    number = models.PositiveIntegerField()
    #: The file it came in. An earlier edition that was made to stand again shares its file.
    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="editions")
    #: The earlier edition whose figures these are again.
    restores = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: SHA-256 of its Parquet, which is the name of the file under the data root.
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: From when on the public may see it: at once for what was public before, else once its State
    #: verified it.
    published_at = models.DateTimeField(null=True, blank=True)
    #: Who verified it for the State.
    verified_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: From when on it counts no more, and nothing of its source until another edition is made.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["source", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "number"], name="edition_numbered_once_in_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Question(models.Model):
    """Something about the figures of a State that does not fit, for the State to answer."""

    key = models.CharField(max_length=16, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="questions")
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    #: Code of the check, as `tabulation` names it, and what its sentence needs.
    check_code = models.CharField(max_length=60)
    details = models.JSONField(default=dict)
    #: "ask", "warn" or "note", as `tabulation` has it.
    severity = models.CharField(max_length=10, default="ask")
    #: Code of the place, the indicator and the year it is about.
    place = models.CharField(max_length=20, default="")
    indicator = models.CharField(max_length=300, default="")
    year = models.PositiveSmallIntegerField(default=0)
    #: SHA-256 of what is asked: the same doubt about the next edition has the same.
    fingerprint = models.CharField(max_length=64, default="")
    asked_at = models.DateTimeField()
    #: One of `AnswerKind`; empty while it is open.
    answer_kind = models.CharField(max_length=20, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    #: The question to an earlier edition whose answer this took over.
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["edition", "id"]
        indexes = [models.Index(fields=["state", "fingerprint"], name="question_asked_before")]

    def __str__(self) -> str:
        return self.key


class Standing(models.Model):
    """What was in force from one moment on: editions put together, each row from one of them."""

    #: Empty where everything was withdrawn.
    digest = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField()
    editions = models.ManyToManyField(Edition, related_name="+")
    from_at = models.DateTimeField(unique=True)

    class Meta:
        ordering = ["-from_at"]

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d %H:%M} {self.digest[:12]}"


class Prepared(models.Model):
    """Figures put together before they are in force, for an edition that waits to be verified.

    Only `actions/standing.py` reads it; what is not asked for is forgotten with its file.
    """

    #: SHA-256 of what they are put together from, and by which code.
    key = models.CharField(max_length=64, unique=True)
    #: SHA-256 of their Parquet.
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]
