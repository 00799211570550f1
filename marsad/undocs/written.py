"""A document that we wrote ourselves: its parts are known, and only what it names is looked up.

Nothing of it is read back from text: headings, paragraphs, footnotes and recommendations come as
records from whoever wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .assemble import Assembled
from .mentions import (
    articles_cited,
    dates_named,
    decisions_cited,
    passages_of,
    symbols_cited,
    treaty_series,
)
from .recommending import Recommending
from .themes import Theme
from .types import Recommendation, Section, Strength, Structure


@dataclass(frozen=True, kw_only=True)
class Said:
    """What its author said about a recommendation; what is empty is read from its words."""

    addressees: tuple[str, ...] = ()
    strength: Strength | None = None
    themes: tuple[str, ...] = ()


def complete(
    structure: Structure,
    *,
    recommending: Mapping[str, Said],
    themes: Iterable[Theme] | None = None,
) -> Structure:
    """Add what the passages name, and the recommendations that some of them are.

    :param recommending: by id of the paragraph, what its author said of the recommendation. Every
        one of them is a recommendation, whatever its words are; no other paragraph is.
    :param themes: the list recommendations are sorted by; the shipped one when None.
    """
    built = Assembled(
        paragraphs=list(structure.paragraphs),
        loose=list(structure.loose),
        headings=dict(_headings(structure.sections, above=())),
    )
    passages = passages_of(built, structure.footnotes)
    language = structure.language
    meeting = structure.meeting
    days = (meeting.start, meeting.end) if meeting.start and meeting.end else None
    dates = dates_named(passages, language, days)
    reader = Recommending(built, language, themes)
    return replace(
        structure,
        recommendations=tuple(
            _as_said(found, recommending[paragraph.id])
            for paragraph in structure.paragraphs
            if paragraph.id in recommending
            for found in reader.of_recommending(paragraph)
        ),
        symbols_cited=symbols_cited(passages, [structure.symbol or ""]),
        decisions_cited=decisions_cited(passages, language),
        treaty_series=treaty_series(passages),
        articles=articles_cited(passages, language),
        dates=tuple(date for date in dates if not date.start.startswith("-")),
        partial_dates=tuple(date for date in dates if date.start.startswith("-")),
    )


def _headings(
    sections: Iterable[Section], *, above: tuple[str, ...]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    for section in sections:
        path = (*above, section.heading)
        yield section.id, path
        yield from _headings(section.sections, above=path)


def _as_said(found: Recommendation, said: Said) -> Recommendation:
    return replace(
        found,
        addressees=said.addressees or found.addressees,
        strength=said.strength or found.strength,
        themes=said.themes or found.themes,
    )
