"""Words of the library's codes, for templates."""

from __future__ import annotations

from django import template

from marsad.library.forms.document import LANGUAGES
from marsad.library.words import PassageKind

register = template.Library()
_NAMES = {code: name for code, name in LANGUAGES if code}


@register.filter
def language_name(code: str) -> str:
    """A language by its own name."""
    return str(_NAMES.get(code, code))


@register.filter
def passage_kind(code: str) -> str:
    """What sort of passage it is, in the reader's language."""
    return str(PassageKind(code).label)
