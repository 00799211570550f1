"""Words of the room's codes, for templates."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django import template

register = template.Library()


@register.filter
def language_itself(code: str) -> str:
    """A language by its own name; a code that is not known stays itself."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return str(name or code)
