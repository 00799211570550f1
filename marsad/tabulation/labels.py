"""What stands in a table, in the words of a reader: headings of columns and values in them.

Figures are kept in the words of the sources and in codes; `data/labels.csv` and the other lists of
words say what each is called in Arabic and in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from marsad import countries

from .places import place_names
from .words import read_data, words

LANGUAGES = ("ar", "en")
#: What places are called, by code and language.
Named = Mapping[str, Mapping[str, str]]
#: Columns that hold the code of a place.
_PLACES = ("place", "origin")
#: Columns whose words stand in `words.csv`.
_WORDS = ("indicator", "dimension", "sex", "age", "category")


def heading(column: str, language: str) -> str:
    """Return what stands above a column.

    >>> heading("year", "en")
    'Year'
    """
    return _told().get(("column", column), {}).get(language, column)


def label(column: str, value: Any, language: str, *, named: Named | None = None) -> str:
    """Return a value of a column in the words of a reader; as it is where there are none.

    :param named: what places are called, where not as everybody calls them.

    >>> label("sex", "Female", "ar")
    'أنثى'
    >>> label("band", "11-50", "en"), label("place", "JOR", "en")
    ('11–50', 'Jordan')
    """
    text = str(value)
    if column == "not_states_named":
        return "; ".join(label("place", code, language, named=named) for code in value)
    told = _told().get((column, text))
    if told:
        return told[language]
    if column in _PLACES:
        return _place(text, language, named)
    if column == "REF_AREA":
        return _by_number(text, language)
    if column in ("region", "subregion"):
        return _regions().get(text, {}).get(language, text)
    if column == "band":
        return _band(text, language)
    if column == "stage":
        return _word("indicator", language).get(text, text)
    if column in _WORDS:
        found = _word(column, language).get(text)
        return found or (_place(text, language, named) if column == "category" else text)
    return text


#: Categories that name themselves: a form of exploitation, a country.
_NAMED_KINDS = ("form", "country", "total", "whole", "empty")


def category(printed: str, kind: str, language: str, *, named: Named | None = None) -> str:
    """Return a category in words; one that is no form and no country with what it is.

    >>> category("otros", "other", "en"), category("MEX", "country", "en")
    ('Others, not named: “otros”', 'Mexico')
    """
    if kind in _NAMED_KINDS:
        return label("category", printed, language, named=named)
    opens, closes = ("«", "»") if language == "ar" else ("“", "”")
    return f"{label('category_kind', kind, language)}: {opens}{printed}{closes}"


def in_words(
    found: Iterable[Mapping[str, Any]], language: str, *, named: Named | None = None
) -> list[dict[str, Any]]:
    """Return lines of a table with headings and words in a language; numbers stay numbers."""
    return [
        {
            heading(column, language): value
            if value is None or isinstance(value, int | float)
            else label(column, value, language, named=named)
            for column, value in one.items()
        }
        for one in found
    ]


_OVER = {"en": "over {}", "ar": "أكثر من {}"}


def _band(band: str, language: str) -> str:
    """ "11-50" or "51+": a class of counts in words."""
    if band.endswith("+"):
        return _OVER[language].format(int(band[:-1]) - 1)
    return band.replace("-", "–")


def _place(code: str, language: str, named: Named | None) -> str:
    if not code:
        return _told()["category", ""][language]
    return (named or place_names()).get(code, {}).get(language) or code


def _by_number(m49: str, language: str) -> str:
    try:
        return countries.get(m49.zfill(3)).name(language)
    except countries.UnknownCode:
        return m49


@cache
def _told() -> dict[tuple[str, str], dict[str, str]]:
    return {
        (row["field"], row["value"]): {language: row[language] for language in LANGUAGES}
        for row in read_data("labels.csv")
    }


@cache
def _word(field: str, language: str) -> dict[str, str]:
    """The words of a column in a language, by what is kept and by their short names."""
    found = {}
    for word in words(field):
        said = word.ar if language == "ar" else word.word
        found[word.code] = found[word.word] = said
    return found


@cache
def _regions() -> dict[str, dict[str, str]]:
    return {region.names["en"]: dict(region.names) for region in countries.regions().values()}
