"""The fixed lists of the room, each code with its words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a version of a questionnaire has come."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Access(models.TextChoices):
    """Who may know of a published questionnaire."""

    PUBLIC = "public", _("Open to everyone")
    RESTRICTED = "restricted", _("The owner's people, and named roles")


class Obligation(models.TextChoices):
    """How strongly the provision that a question serves binds."""

    MANDATORY = "mandatory", _("Mandatory")
    OPTIONAL = "optional", _("Optional")


#: What readers call the instruments; the codes are those that authors write in
#: `bind::marsad:provision`. Another code is kept, and shown as it is.
INSTRUMENTS = {
    "TIP": _("Trafficking in Persons Protocol"),
    "UNTOC": _("Organized Crime Convention"),
    "SOM": _("Smuggling of Migrants Protocol"),
    "FIREARMS": _("Firearms Protocol"),
    "UNCAC": _("Convention against Corruption"),
    "CRC": _("Convention on the Rights of the Child"),
}


def instrument_name(code: str) -> str:
    """The instrument in the reader's language; one that the list lacks keeps its own name."""
    return str(INSTRUMENTS.get(code, code))
