"""What the category of a row stands for: a form, a country, nationals, a whole, nobody knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from marsad import countries

from .words import folded, known_word, read_data

#: What a program writes for a letter it could not read: "M�xico".
_LOST = "\ufffd"


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """What a printed category means."""

    #: "total", "form", "country", "empty", "unread", or a kind of `data/categories.csv`.
    kind: str
    #: The country it means, as ISO code; "" where it means none.
    citizenship: str = ""
    #: As kept where it is a word of ours ("Forced labour"), otherwise "": as printed.
    word: str = ""
    #: Codes of the remarks it deserves.
    labels: tuple[str, ...] = ()
    #: What may have been meant, for a person to accept.
    perhaps: tuple[str, ...] = ()


FORM = "by form of exploitation"
CITIZENSHIP = "by citizenship"

_EMPTY = Category(kind="empty", labels=("empty-category",))
#: Dimensions whose categories are places that people come from or go to.
PEOPLE = (CITIZENSHIP, "by country of repatriation")


@lru_cache(maxsize=65_536)
def category_of(dimension: str, printed: str) -> Category:
    """Return what a printed category of a dimension means.

    >>> category_of("by citizenship", "Ugandans").citizenship
    'UGA'
    >>> category_of("by country of repatriation", "Abroad").kind
    'whole'
    """
    if not printed.strip():
        return _EMPTY
    word = known_word("category", printed)
    if word and word.code == "total":
        in_total = dimension == "Total"
        return Category(kind="total", word=word.word) if in_total else Category(kind="whole")
    if dimension not in PEOPLE:
        return Category(kind="form", word=word.word) if word else _unread(dimension, printed)
    return _of_people(printed) or _unread(dimension, printed)


def is_form(printed: str) -> bool:
    """Whether a printed category is a form of exploitation and nothing else."""
    word = known_word("category", printed)
    return word is not None and word.code != "total"


def _of_people(printed: str) -> Category | None:
    mended = _unmangled(printed)
    labels = ("broken-letters",) if mended != printed or _LOST in printed else ()
    if _LOST in mended:
        found = _with_lost_letters(folded(mended.replace(_LOST, "\u0001")))
        return found and Category(kind=found.kind, citizenship=found.citizenship, labels=labels)
    found = _known().get(folded(_without_remark(mended))) or _known().get(folded(mended))
    if found is None and (country := countries.match(mended)):
        found = Category(kind="country", citizenship=country.iso3 or "")
    return found and Category(kind=found.kind, citizenship=found.citizenship, labels=labels)


def _without_remark(printed: str) -> str:
    # "Netherlands (own country)", "Domestic (Myanmar)": what stands in brackets or before them.
    for part in re.split(r"[()]", printed):
        if (known := _known().get(folded(part))) and known.kind == "nationals":
            return part
    return printed


def _unmangled(printed: str) -> str:
    # "CÃ´te": UTF-8 that was once read as if it were Windows-1252.
    try:
        return printed.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return printed


@lru_cache(maxsize=1024)
def _with_lost_letters(pattern: str) -> Category | None:
    # `folded` turned the lost letters into spaces: any letters, or none, may have stood there.
    looked = re.compile(r".{0,2}".join(re.escape(part) for part in pattern.split(" ")) + r".{0,2}")
    meant = {found for name, found in _names_of_all().items() if looked.fullmatch(name)}
    return meant.pop() if len(meant) == 1 else None


def _unread(dimension: str, printed: str) -> Category:
    perhaps: tuple[str, ...] = ()
    if dimension in PEOPLE:
        perhaps = tuple(near.country.name("en") for near in countries.suggest(printed, limit=2))
    return Category(kind="unread", labels=("unread-category",), perhaps=perhaps)


@cache
def _known() -> dict[str, Category]:
    known = {}
    for row in read_data("citizens.csv"):
        for spelling in row["spellings"].split("|"):
            known[folded(spelling)] = Category(kind="country", citizenship=row["iso3"])
    for row in read_data("categories.csv"):
        for spelling in row["spellings"].split("|"):
            known[folded(spelling)] = Category(kind=row["kind"])
    for row in read_data("places.csv"):
        if row["kind"] == "other_place":
            for spelling in row["printed"].split("|"):
                known[folded(spelling)] = Category(kind="other_place", citizenship=row["code"])
    return known


@cache
def _names_of_all() -> dict[str, Category]:
    named = dict(_known())
    for country in countries.all():
        for language in ("en", "es", "fr"):
            named[folded(country.name(language))] = Category(
                kind="country", citizenship=country.iso3 or ""
            )
    return named


@cache
def kinds() -> dict[str, str]:
    """Return what every kind of category of people says, in English."""
    return {row["kind"]: row["says"] for row in read_data("categories.csv")}
