"""How often a word is used in Arabic at large, and how likely a strange one is by its letters.

The figures come from `wordfreq` (books, news, encyclopaedias, subtitles: 620,000 forms). Its tail
holds misspellings and words run together, so a form counts by how often it was met, and a very
short one, likelier a torn piece or an initial than a word, hardly counts at all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

#: A form met as often as this is a word, whatever our lists say (one in a million).
COMMON = 1e-6
#: Shorter forms in the tail are pieces of words more often than words.
_SHORTEST = 4
#: The letters of this many of the commonest forms teach what words look like.
_TAUGHT_BY = 30_000
#: Letters follow one another this likely at least: 1 / (letters of the alphabet and their seats).
_ANY_LETTER = 1 / 36


@cache
def _frequencies() -> dict[str, float]:
    try:
        from wordfreq import get_frequency_dict, get_frequency_list
    except ImportError:  # the engine works with less where the package is missing
        return {}
    found: dict[str, float] = get_frequency_dict("ar")
    # the lists it was made of are kept there too, and each walk of the garbage collector goes
    # through every word of them
    get_frequency_list.cache_clear()
    return found


def frequency(word: str) -> float:
    """Return the share of a word (without marks) among the words of Arabic at large.

    >>> frequency("الدولة") > frequency("المجاورة") > frequency("تفاقية")
    True
    """
    return _frequencies().get(word, 0.0)


def used(least: float) -> Iterator[str]:
    """Yield the forms that make up at least such a share of Arabic at large."""
    return (form for form, share in _frequencies().items() if share >= least)


def is_common(word: str) -> bool:
    """Tell whether a word is used often enough to be taken for one without being listed.

    >>> is_common("الأمثلة"), is_common("يانات"), is_common("با")
    (True, False, False)
    """
    return len(word) >= _SHORTEST and frequency(word) >= COMMON


@cache
def _letter_counts() -> tuple[Counter[str], Counter[str]]:
    """Count each three letters in a row, and each two that a third follows."""
    triples: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word in list(_frequencies())[:_TAUGHT_BY]:
        framed = f"^^{word}$"
        for place in range(len(framed) - 2):
            triples[framed[place : place + 3]] += 1
            pairs[framed[place : place + 2]] += 1
    return triples, pairs


@lru_cache(maxsize=65536)
def spelling_cost(word: str) -> float:
    """Return what the letters of a word cost in nats, one after the two before it.

    With counts c over the commonest forms, each letter costs -ln of
    (c(abc) + 4/36) / (c(ab) + 4).

    >>> spelling_cost("المكتبات") < spelling_cost("تالمبكات")
    True
    """
    framed = f"^^{word}$"
    return sum(_letter_cost(framed[place : place + 3]) for place in range(len(framed) - 2))


@cache
def _letter_cost(three: str) -> float:
    """Return what the last of three letters costs behind the two before it."""
    triples, pairs = _letter_counts()
    return -math.log((triples[three] + 4 * _ANY_LETTER) / (pairs[three[:2]] + 4))
