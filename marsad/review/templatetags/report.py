"""What the pages of reports need beside the components."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from marsad.design.formatting import for_reader, reading_as
from marsad.review import charts
from marsad.review.exports.report import annex_rows, heading_of
from marsad.review.queries import finding
from marsad.review.types.figure import Figure
from marsad.review.types.report import Chart, Composed, Passage

register = template.Library()


@register.simple_tag
def figure_url(report: Composed, figure: Figure) -> str:
    """The page with the query and the answers behind a figure, at the moment of the report."""
    return finding.address(report.round_key, figure.query, at=report.as_at)


@register.filter
def digits_in(text: str, language: str) -> str:
    """Digits as the reader chose them, where the page is in that language; else as it has them."""
    if language == (get_language() or "")[:2]:
        return for_reader().text(str(text))
    with reading_as(language=language) as formatter:
        return formatter.text(str(text))


@register.simple_tag
def chart_svg(chart: Chart) -> SafeString:
    """The picture itself: drawn by us from numbers and escaped words, without script or style."""
    with reading_as(language=chart.language) as formatter:
        return mark_safe(charts.svg(chart, formatter=formatter))  # noqa: S308


@register.simple_tag
def chart_rows(chart: Chart) -> list[tuple[str, str]]:
    """The table beside a chart."""
    with reading_as(language=chart.language) as formatter:
        return charts.table(chart, formatter=formatter)


@register.simple_tag
def rows_of(passage: Passage, language: str) -> list[list[str]]:
    """The lines of the annex."""
    with reading_as(language=language) as formatter:
        return annex_rows(passage, formatter=formatter)


@register.simple_tag
def before_heading(passage: Passage, language: str) -> SafeString:
    """The number of a heading, as its language prints it."""
    return format_html("{}", heading_of(passage, language=language))
