"""The fixed lists of the library, each code with its words.

Codes are what the `undocs` engine writes; labels are what a reader sees, translated on use.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """Who may know that a document exists."""

    PUBLIC = "public", _("Open to everyone")
    RESTRICTED = "restricted", _("Restricted to named roles")


class Addressee(models.TextChoices):
    """To whom a recommendation speaks."""

    STATES_PARTIES = "states_parties", _("States parties")
    STATES = "states", _("States")
    STATES_NOT_PARTIES = "states_not_parties", _("States not yet parties")
    SECRETARIAT = "secretariat", _("Secretariat")
    CONFERENCE = "conference", _("Conference of the Parties")
    WORKING_GROUP = "working_group", _("Working Group")
    INTERNATIONAL_ORGANIZATIONS = "international_organizations", _("International organisations")
    OTHER = "other", _("Others")


class Strength(models.TextChoices):
    """How strongly a recommendation binds, strongest first, in the words of the texts."""

    SHALL = "shall", _("shall")
    SHOULD = "should", _("should")
    SHOULD_CONSIDER = "should_consider", _("should consider")
    IS_ENCOURAGED = "is_encouraged", _("is encouraged to")
    MAY = "may", _("may")


class PracticeEffect(models.TextChoices):
    """What is known of the effect of a good practice: most reports tell of none."""

    NOT_STATED = "not_stated", _("No evidence of effect was given")
    CLAIMED = "claimed", _("The State says so, without evidence")
    SHOWN = "shown", _("Evidence was given")
    EVALUATED = "evaluated", _("An independent evaluation was given")


class Stage(models.TextChoices):
    """How far a file that arrived has come."""

    WAITING = "waiting", _("Waiting")
    READING = "reading", _("Reading the file")
    REPAIRING = "repairing", _("Repairing the text")
    STRUCTURING = "structuring", _("Finding the structure")
    SHELVING = "shelving", _("Putting it on the shelf")
    DONE = "done", _("In the library")
    FAILED = "failed", _("Not taken")


class PassageKind(models.TextChoices):
    """What sort of passage it is."""

    FRONT = "front", _("Front matter")
    HEADING = "heading", _("Heading")
    PARAGRAPH = "paragraph", _("Paragraph")
    ITEM = "item", _("Lettered item")
    RECOMMENDATION = "recommendation", _("Recommendation")
    FOOTNOTE = "footnote", _("Footnote")


class StateRole(models.TextChoices):
    """In what role a document names a State."""

    PARTY = "party", _("State party")
    SIGNATORY = "signatory", _("Signatory")
    OBSERVER = "observer", _("Observer")
    SPOKE = "spoke", _("Spoke")
    REPLIED = "replied", _("Replied")
    MENTIONED = "mentioned", _("Mentioned")


class LikenessState(models.TextChoices):
    """Whether two recommendations were found to say the same."""

    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Not the same")


#: What readers call the instruments; the codes are those that `undocs` writes.
INSTRUMENTS = {
    "TIP Protocol": _("Trafficking in Persons Protocol"),
    "Smuggling Protocol": _("Smuggling of Migrants Protocol"),
    "Firearms Protocol": _("Firearms Protocol"),
    "UNTOC": _("Organized Crime Convention"),
    "UNCAC": _("Convention against Corruption"),
    "CRC": _("Convention on the Rights of the Child"),
    "Rules of procedure": _("Rules of procedure"),
}


def instrument_name(code: str) -> str:
    """The instrument in the reader's language; one that the list lacks keeps its own name."""
    return str(INSTRUMENTS.get(code, code))


def instrument_code(name: str) -> str:
    """The code of an instrument that somebody named by code or in words, else the name itself."""
    wanted = name.strip().casefold()
    spoken = {str(label).casefold(): code for code, label in INSTRUMENTS.items()}
    spoken |= {code.casefold(): code for code in INSTRUMENTS}
    return spoken.get(wanted, name.strip())


class Verdict(models.TextChoices):
    """What a person said about a place of a text."""

    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Kept as it came")
    CORRECTED = "corrected", _("Corrected")


class Place(models.IntegerChoices):
    """Where a doubtful place stands, dearest first: recommendations before lists of States."""

    RECOMMENDATION = 1, _("Recommendation")
    PARAGRAPH = 2, _("Paragraph")
    HEADING = 3, _("Heading")
    FOOTNOTE = 4, _("Footnote")
    STATES = 5, _("List of States")
    FRONT = 6, _("Front matter")


class LessonKind(models.TextChoices):
    """What the shelf teaches the engine."""

    WORD = "word", _("Word")
    CODE = "code", _("Font code")
    CONFUSION = "confusion", _("Misreading")


def distribution_name(said: str) -> str:
    """To whom a document is given, in the reader's language; as it is said where not known."""
    known = {"General": _("General"), "Limited": _("Limited"), "Restricted": _("Restricted")}
    return str(known.get(said, said))
