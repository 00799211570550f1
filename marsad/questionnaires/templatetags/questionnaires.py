"""Words of the room's codes, for templates."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django import template

from marsad.questionnaires.types import Provision
from marsad.questionnaires.words import provision_name

register = template.Library()


@register.filter
def provision(served: Provision) -> str:
    """A provision as a reader says it."""
    return provision_name(served.instrument, served.article, served.paragraph)


@register.filter
def language_itself(code: str) -> str:
    """A language by its own name; a code that is not known stays itself."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return str(name or code)
