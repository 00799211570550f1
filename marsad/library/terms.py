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

    Words of the text weigh more (A) than words of the heading it stands under (D).
    """
    places: dict[str, list[str]] = {}
    position = 0
    for words, weight in ((text, "A"), (heading, "D")):
        for term in arabic.terms(words):
            position = min(position + 1, LAST_POSITION)
            kept = places.setdefault(term.term[:LONGEST_TERM], [])
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


_PHRASE = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')


def question(typed: str) -> Question:
    """Read a question: all words must occur; "quoted" words in that order; -word must not.

    >>> question('"forced labour" -children').terms == frozenset({"forc", "labour"})
    True
    """
    parts: list[str] = []
    asked: set[str] = set()
    rest = typed
    for match in _PHRASE.finditer(typed):
        stems = _stems(next(group for group in match.groups() if group is not None))
        if stems:
            parts.append("(" + " <-> ".join(map(_quoted, stems)) + ")")
            asked.update(stems)
        rest = rest.replace(match.group(), " ", 1)
    for word in rest.split():
        unwanted = word.startswith("-") and len(word) > 1
        stems = _stems(word[1:] if unwanted else word)
        if not stems:
            continue
        joined = "(" + " <-> ".join(map(_quoted, stems)) + ")"
        parts.append(f"!{joined}" if unwanted else joined)
        if not unwanted:
            asked.update(stems)
    return Question(tsquery=" & ".join(parts) if asked else "", terms=frozenset(asked))


def snippet(text: str, *, asked: frozenset[str], length: int = 240) -> Sequence[tuple[str, bool]]:
    """The stretch of `text` with most of the words asked for, cut into (piece, is a hit)."""
    hits = [term for term in arabic.terms(text) if term.term in asked]
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


def _stems(words: str) -> list[str]:
    return [term.term[:LONGEST_TERM] for term in arabic.terms(words)]


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
