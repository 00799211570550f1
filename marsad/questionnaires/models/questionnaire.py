"""Questionnaires, and their versions: a published one never changes (a trigger sees to it)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from marsad.questionnaires.words import Access, State


class Questionnaire(models.Model):
    """A form with a name of its own, whatever versions there are of it."""

    #: Public and random: what addresses use.
    key = models.CharField(max_length=16, unique=True)
    #: The form's own id, as the spreadsheet's settings give it: what phones know it by.
    form_id = models.CharField(max_length=120, unique=True)
    #: Title by language code, of the newest version.
    titles = models.JSONField(default=dict)
    #: Whose it is: their authors may change it. None for those that come with Marsad.
    body = models.ForeignKey(
        "directory.Body", null=True, on_delete=models.PROTECT, related_name="+"
    )
    access = models.CharField(max_length=12, choices=Access.choices, default=Access.PUBLIC)
    #: Codes of the roles that a restricted one is open to, besides the people of `body`.
    open_to_roles = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    #: It comes with Marsad, and a new Marsad may bring a new version of it.
    is_shipped = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["form_id"]
        constraints = [
            models.CheckConstraint(condition=~Q(form_id=""), name="questionnaire_has_an_id"),
        ]

    def __str__(self) -> str:
        return self.form_id


class QuestionnaireVersion(models.Model):
    """One version, as the spreadsheet gave it and as it was compiled."""

    key = models.CharField(max_length=16, unique=True)
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="versions"
    )
    #: What the form calls this version; submissions name it.
    version = models.CharField(max_length=60)
    #: 1, 2, 3 … in the order they came.
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    file_name = models.CharField(max_length=255)
    #: The XLSForm as it came.
    workbook = models.BinaryField()
    #: SHA-256 of the workbook, lower-case hexadecimal.
    workbook_sha256 = models.CharField(max_length=64)
    #: The XForm, byte for byte as it is served.
    xform = models.BinaryField()
    #: MD5 of the XForm, as OpenRosa lists it, lower-case hexadecimal.
    xform_md5 = models.CharField(max_length=32)
    #: The tree of what is asked; see `compiling.Compiled.tree`.
    tree = models.JSONField(default=dict)
    titles = models.JSONField(default=dict)
    #: Codes, the default first.
    languages = ArrayField(models.CharField(max_length=20), default=list)
    question_count = models.PositiveIntegerField(default=0)
    #: What an author should know, as `Fault.as_data` writes it.
    warnings = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "version"], name="version_named_once_in_a_questionnaire"
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="version_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(state="draft"),
                name="one_draft_of_a_questionnaire",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | Q(~Q(state="draft"), published_at__isnull=False),
                name="version_published_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class MediaFile(models.Model):
    """A picture, sound or list of values that a version of a form shows or looks up."""

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="media"
    )
    #: As the form names it.
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    md5 = models.CharField(max_length=32)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"], name="media_named_once_in_a_version"
            )
        ]

    def __str__(self) -> str:
        return self.name
