"""The words of a first page and of every head, in the language a report is composed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter
from marsad.review import invented
from marsad.review.composing import ITEMS_AR, last_day
from marsad.review.types.report import Composed


@dataclass(frozen=True, kw_only=True)
class FirstPage:
    """What is printed before the text, and around it."""

    #: The two columns at the head: the bodies; symbol, distribution, date, original language.
    leading: Sequence[str]
    trailing: Sequence[str]
    #: Session, place and days, agenda item, whose report it is.
    lines: Sequence[str]
    #: The sentence that marks what is invented, and that a draft is one; empty for neither.
    marks: Sequence[str]
    #: Above every page.
    head: str
    #: `{page}` and `{pages}` are filled in by the writer.
    page_words: str
    colophon: str


def first_page(report: Composed, *, formatter: Formatter) -> FirstPage:
    """Call it in the language of the report."""
    language = report.language
    front = report.front
    marks = list(_marks(report))
    return FirstPage(
        leading=[
            line for line in (front.parent_body.get(language), front.body.get(language)) if line
        ],
        trailing=list(_trailing(report, formatter=formatter)),
        lines=list(_lines(report, formatter=formatter)),
        marks=marks,
        head=" · ".join([report.symbol or report.title, *marks]),
        page_words=_("Page {page} of {pages}"),
        colophon=_("Written with Marsad from the answers of States as at {day}.").format(
            day=formatter.date(last_day(report.as_at))
        ),
    )


def _marks(report: Composed) -> Iterator[str]:
    if report.is_invented:
        yield invented.sentence(report.language)
    if report.published_at is None:
        yield _("Draft: not published.")


def _trailing(report: Composed, *, formatter: Formatter) -> Iterator[str]:
    front = report.front
    if report.symbol:
        yield report.symbol
    named = {"general": _("General"), "limited": _("Limited"), "restricted": _("Restricted")}
    if front.distribution:
        how = named.get(front.distribution, front.distribution)
        yield _("Distribution: {how}").format(how=how)
    published = report.published_at
    day = front.dated_on or (timezone.localdate(published) if published else None)
    if day:
        yield formatter.date(day)
    languages = {"ar": _("Arabic"), "en": _("English")}
    written = languages.get(front.original_language)
    if written:
        yield _("Original: {language}").format(language=written)


def _lines(report: Composed, *, formatter: Formatter) -> Iterator[str]:
    front = report.front
    if front.session:
        yield _("Session {number}").format(number=formatter.number(front.session))
    place = front.place.get(report.language, "")
    days = ""
    if front.starts_on:
        days = formatter.date_range(front.starts_on, front.ends_on or front.starts_on)
    comma = "، " if report.language == "ar" else ", "
    when = comma.join(line for line in (place, days) if line)
    if when:
        yield when
    if front.agenda_item:
        place = agenda_place(front.agenda_item, formatter=formatter)
        item = _("Agenda item {number}").format(number=place)
        title = front.agenda_item_title.get(report.language, "")
        yield f"{item}: {title}" if title else item
    if report.author:
        yield report.author


def agenda_place(place: str, *, formatter: Formatter) -> str:
    """The place on the agenda as its language writes it: "2(d)" → "2 (d)", «٢ (د)»."""
    number, _bracket, letter = place.rstrip(")").partition("(")
    if formatter.language == "ar" and len(letter) == 1 and "a" <= letter <= "z":
        letter = ITEMS_AR[ord(letter) - ord("a")]
    return formatter.text(f"{number.strip()} ({letter})" if letter else number.strip())


__all__ = ["FirstPage", "agenda_place", "first_page"]
