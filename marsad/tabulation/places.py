"""From a printed country to the place it means, and whether that place is a State."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from marsad import countries

from .types import Place, PlaceKind
from .words import folded, read_data

_OF_COUNTRIES: dict[str, PlaceKind] = {
    "member": "state",
    "observer": "state",
    # Cook Islands and Niue report to the Conference and join treaties in their own right.
    "entity": "state",
    "territory": "territory",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class NoPlace:
    """Why no place could be found."""

    #: "no-country", "unknown-country" or "two-places".
    why: str
    #: What may have been meant, in English; may be empty.
    perhaps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedPlace:
    """A place that one reading knows besides those that everybody knows."""

    place: Place
    #: What it may be called in a file.
    names: tuple[str, ...]


def by_spelling(more: Iterable[NamedPlace]) -> Mapping[str, Place]:
    """Return further places by every way to write them, folded; their codes among them."""
    return {
        folded(written): each.place
        for each in more
        for written in (each.place.code, *each.names)
        if written
    }


@lru_cache(maxsize=16_384)
def place_of(code: str, name: str) -> Place | NoPlace:
    """Return the place that a printed code and name mean; either may be empty.

    >>> place_of("JOR", "").kind
    'state'
    >>> place_of("", "Sark").kind
    'other_place'
    """
    if not code.strip() and not name.strip():
        return NoPlace(why="no-country")
    ours = _ours().get(folded(code)) or _ours().get(folded(name))
    if ours is not None:
        return ours
    by_code = _country(code)
    by_name = _country(name)
    if by_code and by_name and by_code is not by_name:
        return NoPlace(why="two-places", perhaps=(by_code.name("en"), by_name.name("en")))
    found = by_code or by_name
    if found is None or (code.strip() and not by_code and len(code.strip()) <= 3):
        return NoPlace(why="unknown-country", perhaps=_perhaps(name or code))
    return _place(found)


def _country(printed: str) -> countries.Country | None:
    try:
        return countries.get(printed)
    except countries.UnknownCode:
        return countries.match(printed) if printed.strip() else None


def _perhaps(printed: str) -> tuple[str, ...]:
    return tuple(near.country.name("en") for near in countries.suggest(printed))


def _place(country: countries.Country) -> Place:
    return Place(
        code=country.iso3 or country.iso2,
        kind=_OF_COUNTRIES[country.kind] if country.iso2 != "EU" else "regional_group",
        region=country.region.names["en"] if country.region else "",
        subregion=_subregion(country.subregion),
    )


def _subregion(region: countries.Region | None) -> str:
    """The subregion that a country lies in.

    M49 divides two of its subregions once more: Eastern Africa is a part of Sub-Saharan Africa,
    South America one of Latin America and the Caribbean. Figures come by subregion.
    """
    if region is None:
        return ""
    above = countries.regions()[region.parent] if region.parent else None
    return (above if above and above.parent else region).names["en"]


@cache
def _ours() -> dict[str, Place]:
    known = {}
    for row in read_data("places.csv"):
        place = Place(
            code=row["code"],
            kind=_kind(row["kind"]),
            region=row["region"],
            subregion=row["subregion"],
        )
        for spelling in (row["code"], *row["printed"].split("|")):
            known[folded(spelling)] = place
    return known


def _kind(printed: str) -> PlaceKind:
    return "regional_group" if printed == "regional_group" else "other_place"


@cache
def place_names() -> dict[str, dict[str, str]]:
    """Return what every place code means, by code and language ("en", "ar")."""
    named = {
        country.iso3: {"en": country.name("en"), "ar": country.name("ar")}
        for country in countries.all()
        if country.iso3
    }
    for row in read_data("places.csv"):
        named[row["code"]] = {"en": row["en"], "ar": row["ar"]}
    return named


@cache
def all_places() -> tuple[Place, ...]:
    """Return every place that can report, States first in the order of their codes."""
    known = [_place(country) for country in countries.all() if country.iso2 != "EU"]
    return (*known, *{place.code: place for place in _ours().values()}.values())
