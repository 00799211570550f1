"""The fixed lists of the room, each code with its words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How far a State has come in a round: what the register says."""

    INVITED = "invited", _("Invited, nothing sent yet")
    SENT = "sent", _("Note verbale sent")
    SEEN = "seen", _("Seen")
    STARTED = "started", _("Started")
    ANSWERED = "answered", _("Answered")
    LATE = "late", _("Answered late")
    DECLINED = "declined", _("Declined")


class How(models.TextChoices):
    """How an answer came to be what it is."""

    TYPED = "typed", _("Typed on the page")
    TAKEN_OVER = "taken_over", _("Taken over from an earlier answer")
    WORKBOOK = "workbook", _("Uploaded in a workbook")
    UPDATED = "updated", _("Updated after the reply was sent")
    UNDONE = "undone", _("An earlier answer put back")


class RemarkKind(models.TextChoices):
    """Who says something about an answer, to whom."""

    REMARK = "remark", _("Remark among those who draft")
    CLARIFICATION = "clarification", _("Question of the Secretariat")
    RESPONSE = "response", _("The State's response")


class FindingKind(models.TextChoices):
    """What sort of statement a finding makes."""

    FIGURE = "figure", _("A figure from the answers")
    STATEMENT = "statement", _("A statement in words")
    CONCLUSION = "conclusion", _("A conclusion")
    RECOMMENDATION = "recommendation", _("A recommendation")


class Effect(models.TextChoices):
    """What is known of the effect of a practice: the 2012 report found that most tell of none."""

    NOT_STATED = "not_stated", _("No evidence of effect was given")
    CLAIMED = "claimed", _("The State says so, without evidence")
    SHOWN = "shown", _("Evidence was given")
    EVALUATED = "evaluated", _("An independent evaluation was given")


class PracticeState(models.TextChoices):
    """How far a proposed good practice has come."""

    PROPOSED = "proposed", _("Waits for the State to verify it")
    VERIFIED = "verified", _("Verified by the State")
    DECLINED = "declined", _("The State does not want it published")
    PUBLISHED = "published", _("Published in the library")


class BlockKind(models.TextChoices):
    """What a block of a report is."""

    CHAPTER = "chapter", _("Chapter heading")
    SECTION = "section", _("Section heading")
    PARAGRAPH = "paragraph", _("Numbered paragraph")
    STATES = "states", _("List of the States that answered")
    FIGURE = "figure", _("Figure from the answers")
    CHART = "chart", _("Chart")
    EXTRACT = "extract", _("Extract from a reply")
    CONCLUSION = "conclusion", _("Conclusion")
    RECOMMENDATION = "recommendation", _("Recommendation")
    ANNEX = "annex", _("Annex of figures")
