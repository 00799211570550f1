"""The mark of what is invented, for pages: `{% load invented %}`, `{% invented_badge %}`."""

from __future__ import annotations

from typing import Any

from django import template

from marsad.review import invented

register = template.Library()


@register.inclusion_tag("review/invented.html")
def invented_mark() -> Any:
    """The sentence, for the top of a page of a round that is invented."""
    return {"mark": invented.MARK, "sentence": invented.SENTENCE}


@register.inclusion_tag("design/badge.html")
def invented_badge() -> Any:
    """The one word, for a line of a list."""
    return {"label": invented.MARK, "tone": "warning"}
