"""Rounds, the States they invite, and the notes verbales that go out."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Round(models.Model):
    """One time that the Secretariat asks every State."""

    #: Public and random: what addresses use.
    key = models.CharField(max_length=16, unique=True)
    #: What it is called, by language code.
    titles = models.JSONField(default=dict)
    #: On whose decision it is held, in words by language code.
    mandate = models.JSONField(default=dict, blank=True)
    #: The decision itself, where the library has it, and the anchor of its passage there.
    mandate_document = models.ForeignKey(
        "library.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mandate_anchor = models.CharField(max_length=60, blank=True)
    #: Key of the version of the questionnaire; empty for a round that is only told.
    form_key = models.CharField(max_length=16, blank=True)
    #: Codes of the languages that notes are written in and replies are given in.
    languages = ArrayField(models.CharField(max_length=5), default=list)
    #: Days in Vienna, each to its end: the first deadline, the one of the second note, the last on
    #: which a late reply is taken.
    due_on = models.DateField(null=True, blank=True)
    second_due_on = models.DateField(null=True, blank=True)
    cut_off_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: When States were let in; none while it is prepared.
    opened_at = models.DateTimeField(null=True, blank=True)
    #: When it was ended before its cut-off, or after it.
    closed_at = models.DateTimeField(null=True, blank=True)
    #: Where its page is reached, as whoever sent its notes saw it: begins the links in mails.
    address = models.CharField(max_length=300, blank=True)
    #: Made of invented States: marked so on every page and in every export.
    is_invented = models.BooleanField(default=False)
    #: The report that tells of this round, where Marsad did not hold it: it has a register and
    #: findings, and never an answer.
    told_by = models.ForeignKey(
        "library.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: The days that report tells: [{"what", "on", "anchor"}], what being `note_verbale`, `deadline`
    #: or `replies_until`.
    told_days = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True)
                | Q(cut_off_on__isnull=True)
                | Q(cut_off_on__gte=F("due_on")),
                name="round_is_cut_off_no_sooner_than_due",
            ),
            models.CheckConstraint(
                condition=Q(told_by__isnull=True) | Q(form_key=""), name="round_told_asks_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Analyst(models.Model):
    """A person who analyses the answers of a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="analysts")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="analyst_once_in_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.person_id}"


class Invitation(models.Model):
    """A line of the register: one State in one round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations")
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    #: When the first note was sent, when somebody of the State first looked, wrote, and answered.
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    #: Whether it answered after the deadline that held for it.
    is_late = models.BooleanField(default=False)
    declined_at = models.DateTimeField(null=True, blank=True)
    #: The State's words, where it gave any.
    declined_because = models.TextField(blank=True)
    #: The deadline that it was last reminded of: at most one reminder for each.
    reminded_of = models.DateField(null=True, blank=True)
    #: Where the report that tells of the round names this State: the anchor of its passage.
    told_at_anchor = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["round", "state"]
        constraints = [
            models.UniqueConstraint(fields=["round", "state"], name="state_invited_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(declined_at__isnull=True),
                name="invitation_answered_or_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.state_id}"


class Note(models.Model):
    """A note verbale to one State, as it went out; its words never change."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="notes")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="notes")
    key = models.CharField(max_length=16, unique=True)
    #: 1 for the first, 2 for the second with its new deadline, and so on.
    ordinal = models.PositiveSmallIntegerField()
    #: As printed: `NV/2026/17`.
    number = models.CharField(max_length=40, unique=True)
    language = models.CharField(max_length=5)
    dated_on = models.DateField()
    due_on = models.DateField()
    #: To whom it is written, as printed.
    addressee = models.CharField(max_length=300)
    #: Its paragraphs, as printed.
    paragraphs = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "directory.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Who was written to, and when the mail was handed over; none where it goes by hand.
    mailed_to = models.ManyToManyField("directory.Person", related_name="+", blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    #: What kept a mail from going out, in the words of the problem; empty where nothing did.
    mail_problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["round", "ordinal", "invitation"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "ordinal", "language"], name="note_sent_once_in_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.number
