"""Figures and measures in templates: a bar, “n of N”, the page behind a figure, a name."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marsad.design.formatting import for_reader, lang_dir
from marsad.review.measures import Measure
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


@register.simple_tag
def in_words(words: Mapping[str, str]) -> SafeString:
    """Words in the reader's language, else in one they have, marked as such."""
    language = (get_language() or "ar")[:2]
    spoken_in = language if words.get(language) else next(iter(words), language)
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', spoken_in, lang_dir(spoken_in), words[spoken_in]
    )


@register.simple_tag
def measure_name(measure: Measure) -> SafeString:
    """The publisher's name of a measure; an Arabic one that is only ours stands beside it."""
    english = format_html('<cite lang="en" dir="ltr">{}</cite>', measure.names["en"])
    if (get_language() or "")[:2] != "ar":
        return english
    arabic = format_html('<cite lang="ar" dir="rtl">{}</cite>', measure.names["ar"])
    if measure.arabic_is_official:
        return arabic
    return format_html("{} ({}: {})", arabic, _("published as"), english)
