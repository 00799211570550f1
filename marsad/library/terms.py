"""Words of a text as PostgreSQL keeps them, and words of a question as it asks for them.

Stems come from `marsad.arabic.terms`, on both sides alike, so that «الاتجار», «اتجار» and
«بالاتجار» are one term; PostgreSQL only stores, matches and ranks them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marsad import arabic

#: PostgreSQL keeps no larger position, and at most 256 of one term, in a tsvector.
LAST_POSITION = 16_383
MOST_POSITIONS = 255
#: Longest term kept, in characters; PostgreSQL refuses terms over 2,046 bytes.
LONGEST_TERM = 200


def vector(text: str, *, heading: str = "") -> str:
    """A tsvector literal: the terms of `text` with their places, and those of its heading.

    Words of the text weigh more (A) than words of the heading it stands under (D). A word that can
    be read in two ways stands at its place twice.
    """
    places: dict[str, list[str]] = {}
    position = 0
    for words, weight in ((text, "A"), (heading, "D")):
        for term in arabic.terms(words):
            position = min(position + 1, LAST_POSITION)
            for reading in _readings(term):
                kept = places.setdefault(reading, [])
                if len(kept) < MOST_POSITIONS:
                    kept.append(f"{position}{weight}")
        position = min(position + 10, LAST_POSITION)  # no phrase runs from a text into its heading
    return " ".join(f"{_quoted(term)}:{','.join(where)}" for term, where in places.items())


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a reader typed, taken apart."""

    #: A tsquery literal; empty when nothing that can be searched for was typed.
    tsquery: str
    #: Every stem asked for, to mark hits with.
    terms: frozenset[str]


#: Words that stand in any text, whatever it is about; folded.
_COMMON = frozenset(
    arabic.fold(
        """
        من في على إلى عن مع أن إن أنّ أو أي ما لا لم لن ليس ليست كل بعد قبل بين عند هو هي كان كانت قد
        هذا هذه ذلك تلك التي الذي الذين كما ثم و
        a an the of and or in on at to for from by with as is are was were be been it its this that
        these those which who whom not no what how
        """
    ).split()
)
_PHRASE = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')


def question(typed: str) -> Question:
    """Read a question: all words must occur; "quoted" words in that order; -word must not.

    Articles, prepositions and the like are left out, unless nothing else was typed or they are
    quoted.

    >>> question('"forced labour" -children').terms == frozenset({"forc", "labor"})
    True
    """
    parts: list[str] = []
    asked: set[str] = set()
    rest = typed
    for match in _PHRASE.finditer(typed):
        words = arabic.terms(next(group for group in match.groups() if group is not None))
        if words:
            parts.append(_together(words))
            asked.update(_all_readings(words))
        rest = rest.replace(match.group(), " ", 1)
    loose = [_Loose.read(word) for word in rest.split()]
    loose = [word for word in loose if word.terms]
    telling = [word for word in loose if not word.is_common]
    for word in telling if telling or parts else loose:
        joined = _together(word.terms)
        parts.append(f"!{joined}" if word.is_unwanted else joined)
        if not word.is_unwanted:
            asked.update(_all_readings(word.terms))
    return Question(tsquery=" & ".join(parts) if asked else "", terms=frozenset(asked))


@dataclass(frozen=True, kw_only=True)
class _Loose:
    """A word outside quotation marks; a symbol or «word-word» has several terms."""

    terms: Sequence[arabic.Term]
    is_unwanted: bool
    #: So common in any text that asking for it says nothing.
    is_common: bool

    @classmethod
    def read(cls, word: str) -> _Loose:
        unwanted = word.startswith("-") and len(word) > 1
        return cls(
            terms=arabic.terms(word[1:] if unwanted else word),
            is_unwanted=unwanted,
            is_common=not unwanted and arabic.fold(word) in _COMMON,
        )


def _together(words: Sequence[arabic.Term]) -> str:
    """A tsquery of words one after another, each in any of its readings."""
    return "(" + " <-> ".join(map(_either, words)) + ")"


def _either(word: arabic.Term) -> str:
    readings = [_quoted(reading) for reading in _readings(word)]
    return readings[0] if len(readings) == 1 else "(" + " | ".join(readings) + ")"


def _readings(word: arabic.Term) -> list[str]:
    """The terms a word is kept and asked for under: one, or two where it is ambiguous."""
    return [reading[:LONGEST_TERM] for reading in (word.term, word.also) if reading]


def _all_readings(words: Sequence[arabic.Term]) -> set[str]:
    return {reading for word in words for reading in _readings(word)}


def snippet(text: str, *, asked: frozenset[str], length: int = 240) -> Sequence[tuple[str, bool]]:
    """The stretch of `text` with most of the words asked for, cut into (piece, is a hit)."""
    hits = [term for term in arabic.terms(text) if not asked.isdisjoint(_readings(term))]
    start, end = _window(text, starts=[hit.start for hit in hits], length=length)
    parts: list[tuple[str, bool]] = []
    position = start
    for hit in hits:
        if hit.start < position or hit.end > end:
            continue
        parts += [(text[position : hit.start], False), (text[hit.start : hit.end], True)]
        position = hit.end
    parts.append((text[position:end], False))
    if start > 0:
        parts.insert(0, ("… ", False))
    if end < len(text):
        parts.append((" …", False))
    return [part for part in parts if part[0]]


def _window(text: str, *, starts: Sequence[int], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    best = max(
        starts or [0],
        key=lambda first: sum(first <= other < first + length for other in starts),
    )
    start = max(0, min(best - length // 6, len(text) - length))
    end = min(len(text), start + length)
    # Cut between words.
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
