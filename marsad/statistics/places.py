"""Places that figures are of: those everybody knows, and invented States in a demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marsad.directory import queries as directory
from marsad.directory.types import UnGroup
from marsad.tabulation.places import NamedPlace, place_names
from marsad.tabulation.types import Place

#: The region that an invented State reports from; those of the United Nations need not be one.
_REGIONS: Mapping[str, str] = {
    UnGroup.AFRICA.value: "Africa",
    UnGroup.ASIA_PACIFIC.value: "Asia",
    UnGroup.EASTERN_EUROPE.value: "Europe",
    UnGroup.LATIN_AMERICA_CARIBBEAN.value: "Americas",
    UnGroup.WESTERN_EUROPE_OTHERS.value: "Europe",
}


def names() -> Mapping[str, Mapping[str, str]]:
    """What every place code means, by code and language: `names()["JOR"]["ar"]`.

    Invented States are among them in a demonstration, and nowhere else.
    """
    return {**place_names(), **{each.iso3: each.names for each in directory.invented_states()}}


def name_of(code: str, *, language: str) -> str:
    """What a place is called in a language; its code where nobody has named it."""
    named = names().get(code, {})
    return named.get(language) or named.get("en") or code


def invented() -> Sequence[NamedPlace]:
    """The invented States as the reading of a file takes them; none outside a demonstration."""
    return [
        NamedPlace(
            place=Place(
                code=each.iso3, kind="state", region=_REGIONS.get(each.un_group, ""), subregion=""
            ),
            names=(each.iso2, *each.names.values()),
        )
        for each in directory.invented_states()
        if each.iso3
    ]
