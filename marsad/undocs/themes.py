"""The published list of themes, and which of them a text is about.

The list is data (`data/themes.json`): a library may edit its own copy and pass it to `classify`,
`read_structure` and `provisions_served`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from .fold import fold


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One theme of the published list."""

    #: Stable code: "victim-protection".
    code: str
    #: Its name by language: {"ar": …, "en": …, "fr": …}.
    labels: Mapping[str, str]
    #: By language, what a text about it says; each a word or phrase, "*" standing for any ending.
    keywords: Mapping[str, Sequence[str]]
    #: Articles it serves: {"instrument": "TIP Protocol", "article": "9"}.
    provisions: Sequence[Mapping[str, str]]


def theme_from(record: Mapping[str, Any]) -> Theme:
    """Build a theme from one record of the data file (or of a library's own list)."""
    return Theme(
        code=record["code"],
        labels=dict(record["labels"]),
        keywords={language: tuple(words) for language, words in record["keywords"].items()},
        provisions=tuple(dict(provision) for provision in record.get("provisions", ())),
    )


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = (files(__package__) / "data" / "themes.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@lru_cache(maxsize=1)
def shipped() -> tuple[Theme, ...]:
    """The list that comes with Marsad."""
    return tuple(theme_from(record) for record in _data()["themes"])


def classify(text: str, language: str, themes: Iterable[Theme] | None = None) -> list[str]:
    """Codes of the themes `text` is about, in the order of the list.

    >>> classify("training for law enforcement officials", "en")
    ['training', 'law-enforcement']
    """
    folded = _without_ignored(fold(text), language)
    chosen = shipped() if themes is None else themes
    return [theme.code for theme in chosen if _speaks_of(theme, language, folded)]


def provisions_served(
    codes: Iterable[str], themes: Iterable[Theme] | None = None
) -> list[tuple[str, str]]:
    """Instrument and article of every provision that these themes serve, each once, in order."""
    chosen = {theme.code: theme for theme in (shipped() if themes is None else themes)}
    found: dict[tuple[str, str], None] = {}
    for code in codes:
        for provision in chosen[code].provisions if code in chosen else ():
            found.setdefault((provision["instrument"], provision["article"]), None)
    return list(found)


def _without_ignored(folded: str, language: str) -> str:
    """Leave out names of instruments: "… Especially Women and Children" says no theme."""
    phrases = _data()["ignored"].get(language, ())
    for phrase in phrases:
        folded = folded.replace(fold(phrase), " ")
    return folded


def _speaks_of(theme: Theme, language: str, folded: str) -> bool:
    words = tuple(theme.keywords.get(language, ()))
    return bool(words) and _pattern(words, language).search(folded) is not None


@lru_cache(maxsize=2048)
def _pattern(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    parts = [_word_pattern(word, language) for word in words if fold(word).strip(" *")]
    if not parts:
        return re.compile(r"(?!)")
    joined = "|".join(parts)
    if language == "zh":
        return re.compile(joined)
    # Arabic words carry «و», «ف», «ب», «ل», «ك» and the article in front: «وللضحايا».
    before = r"(?<!\w)[وف]?(?:[بك]?ال|لل|[بلك])?" if language == "ar" else r"(?<!\w)"
    return re.compile(rf"{before}(?:{joined})(?!\w)")


def _word_pattern(word: str, language: str) -> str:
    pieces = fold(word).split()
    if language == "ar" and pieces[0].startswith("ال") and len(pieces[0]) > 5:
        pieces[0] = pieces[0][2:]
    return r"\s+".join(re.escape(piece).replace(r"\*", r"\w*") for piece in pieces)
