"""The States and territories themselves: codes, places, groups and names.

Codes come from pycountry (ISO 3166), names that the United Nations writes like everybody else
from Babel (CLDR). What neither knows stands in `data/`: who is a member, which region and which
regional group (`countries.csv`, `regions.csv`), and the names the United Nations writes its own
way (`names.csv`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast, get_args

import pycountry
from babel import Locale

from marsad.countries.errors import UnknownCode, UnknownLanguage
from marsad.countries.order import sort_key

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]
Kind = Literal["member", "observer", "territory", "entity"]
Group = Literal[
    "africa",
    "asia-pacific",
    "eastern-europe",
    "latin-america-caribbean",
    "western-europe-others",
]

#: The six languages of the United Nations.
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A region or sub-region of the M49 standard."""

    #: Three digits: "002" is Africa.
    m49: str
    #: The region it lies in, or None for a continent.
    parent: str | None
    #: Its name in Arabic and English, by language.
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """A State, a territory, or a party to treaties that is neither."""

    #: ISO 3166-1 code of two letters ("EU", reserved there, for the European Union).
    iso2: str
    #: ISO 3166-1 code of three letters; None for the European Union.
    iso3: str | None
    #: M49 number, three digits; None for the European Union.
    m49: str | None
    #: "member" or "observer" State of the United Nations; "territory"; or "entity": not a member,
    #: yet party to treaties in its own right (the European Union, Cook Islands, Niue).
    kind: Kind
    #: Continent; None for Antarctica and the European Union.
    region: Region | None
    #: Part of the continent.
    subregion: Region | None
    #: The regional group of the United Nations it belongs to, or votes with.
    un_group: Group | None
    #: Short name as the United Nations writes it, in each of the six languages.
    names: Mapping[str, str]
    #: What to sort by in each of the six languages: strings whose plain order is the right one.
    sort_keys: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.iso2)

    def name(self, language: str) -> str:
        """Return the name in one of the six languages."""
        return self.names[known_language(language)]


def read_data(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of our tables."""
    table = (files("marsad.countries") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(table.splitlines())


def known_language(language: str) -> Language:
    """Return the language, or say that there are no names in it."""
    if language not in LANGUAGES:
        raise UnknownLanguage(given=language)
    return language


@cache
def regions() -> Mapping[str, Region]:
    """Return all M49 regions by number."""
    return MappingProxyType(
        {
            row["m49"]: Region(
                m49=row["m49"],
                parent=row["parent"] or None,
                names=MappingProxyType({"ar": row["ar"], "en": row["en"]}),
            )
            for row in read_data("regions.csv")
        }
    )


@cache
def cldr_names(language: str) -> Mapping[str, str]:
    """Return every name CLDR has for a territory in one language, by two-letter code."""
    return dict(Locale.parse(language).territories)


@cache
def by_iso2() -> Mapping[str, Country]:
    """Return every country by two-letter code, in the order of the codes."""
    ours = {row["iso2"]: row for row in read_data("names.csv")}
    codes = {entry.alpha_2: entry for entry in pycountry.countries}
    return MappingProxyType(
        {
            row["iso2"]: _country(row, ours.get(row["iso2"], {}), codes.get(row["iso2"]))
            for row in read_data("countries.csv")
        }
    )


def _country(row: dict[str, str], ours: dict[str, str], codes: object) -> Country:
    names: dict[str, str] = {
        language: ours.get(language) or cldr_names(language)[row["iso2"]] for language in LANGUAGES
    }
    return Country(
        iso2=row["iso2"],
        iso3=getattr(codes, "alpha_3", None),
        m49=getattr(codes, "numeric", None),
        kind=cast(Kind, row["kind"]),
        region=regions().get(row["region"]),
        subregion=regions().get(row["subregion"]),
        un_group=cast(Group, row["group"]) if row["group"] else None,
        names=MappingProxyType(names),
        sort_keys=MappingProxyType(
            {language: sort_key(name, language) for language, name in names.items()}
        ),
    )


@cache
def _by_code() -> Mapping[str, Country]:
    return {
        code: country
        for country in by_iso2().values()
        for code in (country.iso2, country.iso3, country.m49)
        if code
    }


def all() -> tuple[Country, ...]:  # noqa: A001 - read as countries.all()
    """Return every State and territory, in the order of their two-letter codes."""
    return tuple(by_iso2().values())


def get(code: str) -> Country:
    """Return the country of a code: two letters, three letters, or three digits.

    >>> get("JO") is get("jor") is get("400")
    True
    """
    country = _by_code().get(code.strip().upper())
    if country is None:
        raise UnknownCode(given=code)
    return country


def display_name(iso2: str, language: str) -> str:
    """Return the name of a country as the United Nations writes it in a language.

    >>> display_name("IR", "en")
    'Iran (Islamic Republic of)'
    """
    return get(iso2).name(language)


def sorted_in(language: str) -> tuple[Country, ...]:
    """Return every State and territory in the order lists are printed in a language."""
    known = known_language(language)
    return tuple(sorted(all(), key=lambda country: country.sort_keys[known]))
