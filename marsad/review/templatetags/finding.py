"""Figures in templates: a bar, “n of N”, the page behind a figure."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marsad.design.formatting import for_reader
from marsad.review.queries.finding import address
from marsad.review.types.figure import Figure, Query

register = template.Library()


@register.simple_tag
def bar(n: int, of: int) -> SafeString:
    """How much of the whole: beside a number always, so that it says nothing by itself."""
    return format_html(
        '<meter min="0" max="{}" value="{}" aria-hidden="true"></meter>', max(of, 1), n
    )


@register.simple_tag
def n_of(figure: Figure) -> str:
    """“7 of 33”."""
    reading = for_reader()
    return _("{n} of {of}").format(n=reading.number(figure.n), of=reading.number(figure.of))


@register.simple_tag
def figure_url(round_key: str, query: Query) -> str:
    """The page of a figure."""
    return address(round_key, query)
