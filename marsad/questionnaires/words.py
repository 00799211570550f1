"""The fixed lists of the room, each code with its words."""

from __future__ import annotations

import re

from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import for_reader


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


#: Lettered paragraphs, as the Arabic texts of the treaties letter them.
_LETTERS = dict(zip("abcdefghij", ["أ", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ي"], strict=True))
_LETTER = re.compile(r"\((?P<letter>[a-j])\)")


def provision_name(instrument: str, article: str, paragraph: str) -> str:
    """A provision as a reader says it: “Trafficking in Persons Protocol, art. 6 3 (a)”."""
    name = instrument_name(instrument)
    if not article:
        return name
    place = paragraph
    if (get_language() or "").startswith("ar"):
        place = _LETTER.sub(lambda found: f"({_LETTERS[found['letter']]})", paragraph)
    place = for_reader().text(place)
    article = for_reader().text(article)
    if not place:
        return gettext("{instrument}, article {article}").format(instrument=name, article=article)
    return gettext("{instrument}, article {article}, paragraph {paragraph}").format(
        instrument=name, article=article, paragraph=place
    )
