"""What is asked of the figures: one value that every expression takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .errors import BadYears, UnknownBreakdown
from .words import folded, known_word, words

#: What figures can be laid out by, beside the year.
BREAKDOWNS = (
    "dimension",
    "category",
    "sex",
    "age",
    "citizenship",
    "country",
    "region",
    "subregion",
)
_SPAN = re.compile(r"(\d{4})(?:\s*(?:-|–|:|to)\s*(\d{4}))?")


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which figures, and laid out by what."""

    #: As kept: "Detected trafficking victims". "" for all of them, each by itself.
    indicator: str
    #: Some of `BREAKDOWNS`; the year always comes first.
    by: tuple[str, ...] = ()
    #: One dimension and no other: adding two counts the same people twice.
    dimension: str = "Total"
    #: One category of that dimension; None for all.
    category: str | None = None
    sex: str = "Total"
    age: str = "Total"
    #: First and last year; None for all there are.
    years: tuple[int, int] | None = None
    #: Codes of places; none for all.
    places: tuple[str, ...] = ()
    #: Leave out territories, regional groups and other places.
    states_only: bool = False


def ask(
    indicator: str,
    *,
    by: str | Sequence[str] = (),
    dimension: str = "Total",
    category: str | None = None,
    sex: str = "Total",
    age: str = "Total",
    years: str | tuple[int, int] | None = None,
    places: Sequence[str] = (),
    states_only: bool = False,
) -> Question:
    """Return a question asked in any of the words of the field.

    >>> ask("victims", by="sex", years="2017-2020").years
    (2017, 2020)
    >>> ask("victims", by="by form of exploitation").dimension
    'by form of exploitation'

    :raises UnknownBreakdown: where figures cannot be laid out so.
    """
    dimension = _canonical("dimension", dimension)
    breakdowns: list[str] = []
    for given in [by] if isinstance(by, str) else by:
        breakdown, of = _breakdown(given)
        dimension = of or dimension
        breakdowns.append(breakdown)
    return Question(
        indicator=_canonical("indicator", indicator),
        by=tuple(dict.fromkeys(breakdowns)),
        dimension=dimension,
        category=None if category is None else _canonical("category", category),
        sex=_canonical("sex", sex),
        age=_canonical("age", age),
        years=span(years) if isinstance(years, str) else years,
        places=tuple(code.upper() for code in places),
        states_only=states_only,
    )


def _canonical(field: str, given: str) -> str:
    word = known_word(field, given)
    return word.word if word else given


def _breakdown(given: str) -> tuple[str, str]:
    """A breakdown, and the dimension it means where it means one."""
    plain = folded(given)
    if plain in BREAKDOWNS and plain != "citizenship":
        return plain, ""
    dimension = known_word("dimension", given)
    if dimension and dimension.code != "total":
        return "category", dimension.word
    others = {"place": "country", "form": "category", "state": "country"}
    if plain in others:
        return others[plain], ""
    raise UnknownBreakdown(
        given=given,
        known=", ".join([*BREAKDOWNS, *(word.word for word in words("dimension")[1:])]),
    )


def span(given: str) -> tuple[int, int]:
    """Return the first and last year of "2019" or "2017-2020".

    :raises BadYears: where it is neither.
    """
    found = _SPAN.fullmatch(given.strip())
    if not found:
        raise BadYears(given=given)
    first, last = int(found[1]), int(found[2] or found[1])
    if first > last:
        raise BadYears(given=given)
    return first, last
