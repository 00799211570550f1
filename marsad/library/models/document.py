"""Documents (the work) and their versions (a copy, a translation of it)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from marsad.library.models.arrival import Original
from marsad.library.words import Access


class Document(models.Model):
    """What was agreed or reported, in whatever languages and copies it has reached us."""

    key = models.CharField(max_length=16, unique=True)
    #: Stated by the document itself; empty where it states none, never guessed.
    symbol = models.CharField(max_length=60, null=True)
    body = models.CharField(max_length=300, blank=True)
    session = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    meeting_start_date = models.DateField(null=True)
    meeting_end_date = models.DateField(null=True)
    document_date = models.DateField(null=True)
    #: Of the document, else of the meeting: what a list sorts and filters by.
    year = models.PositiveSmallIntegerField(null=True)
    access = models.CharField(max_length=12, choices=Access.choices, default=Access.PUBLIC)
    #: Codes of the roles that may see a restricted document.
    open_to_roles = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    is_sample = models.BooleanField(default=False)
    accepted_at = models.DateTimeField()
    #: Taken off the shelf: seen by librarians only, who can put it back.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year", "symbol", "id"]
        indexes = [
            models.Index(fields=["access"], name="document_access"),
            models.Index(fields=["symbol"], name="document_symbol"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(symbol__isnull=True) | ~Q(symbol=""), name="document_symbol_or_none"
            ),
            # Not once in all: that a symbol is taken would tell of a document one may not see.
            models.UniqueConstraint(
                fields=["symbol", "access", "open_to_roles"],
                condition=Q(withdrawn_at__isnull=True),
                name="document_symbol_once_for_the_same_readers",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.key


class Version(models.Model):
    """One copy of a document in one language: its source text, the repaired one, its structure."""

    key = models.CharField(max_length=16, unique=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="versions")
    file_name = models.CharField(max_length=255)
    language = models.CharField(max_length=2)
    job_number = models.CharField(max_length=30, blank=True)
    title = models.TextField()
    #: pdf, docx, txt, html or scan.
    kind = models.CharField(max_length=10)
    media_type = models.CharField(max_length=100)
    #: What the text was taken from: plain, glyphs or ocr.
    layer = models.CharField(max_length=10)
    #: Things a person should know about the reading, in English message ids.
    notes = models.JSONField(default=list)
    source_text = models.TextField()
    #: The repaired text, line by line beside the source.
    text = models.TextField()
    #: Line of `source_text`, from 0, that each line of `text` was made of.
    source_lines = models.JSONField(default=list)
    #: Where each character of `text` stood in the source: for each line runs of [offset, count],
    #: the offset -1 for what was put in; empty for a version read before this was kept.
    origins = models.JSONField(default=list)
    #: Records of the repair engine, one object a change.
    changes = models.JSONField(default=list)
    #: What the engine says of the text as a whole: [{code, says, details}], told as problems are.
    remarks = models.JSONField(default=list)
    #: How many words are in doubt, before and after, and what each stage did; see `quality.py`.
    quality = models.JSONField(default=dict)
    #: What `undocs` found, as the command `python -m marsad.undocs` prints it.
    structure = models.JSONField(default=dict)
    #: 0 (hopeless) to 1 (clean): how sound the text that arrived was; the soundest is shown.
    soundness = models.FloatField()
    #: A person chose this one; their word outranks the gauge.
    is_chosen = models.BooleanField(default=False)
    #: One version of each language is shown; the others stay one click away.
    is_shown = models.BooleanField(default=False)
    #: Smallest hashes of the word pairs in it: two copies of one document share most of them.
    sketch = ArrayField(models.BigIntegerField(), default=list)
    added_at = models.DateTimeField()
    #: Since when the text waits to be made anew: a person ruled, or another copy arrived.
    wanted_at = models.DateTimeField(null=True)
    #: Whether its file is to be read again too, not only its text repaired.
    wants_reading = models.BooleanField(default=False)
    #: How much of the making is done, 0 to 100.
    made_percent = models.PositiveSmallIntegerField(default=0)
    #: How often a worker began; a text that stops its worker is left as it was.
    made_attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    #: Why the last making failed: what broke, in a word; empty when it did not.
    made_fault = models.CharField(max_length=100, blank=True)
    #: Anchors that passages had before the text was made anew, and where those passages are now:
    #: an address that somebody has cited leads on.
    former_anchors = models.JSONField(default=dict)

    class Meta:
        ordering = ["-is_shown", "-is_chosen", "-soundness", "id"]
        indexes = [GinIndex(fields=["sketch"], name="version_sketch")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language"],
                condition=Q(is_shown=True),
                name="one_version_shown_in_a_language",
            ),
            models.UniqueConstraint(fields=["original"], name="the_same_bytes_stand_once"),
        ]

    def __str__(self) -> str:
        return self.key
