"""Words of a question as PostgreSQL keeps them, and words somebody looks for.

Stems come from `marsad.arabic.terms`, on both sides alike; PostgreSQL only stores and matches them.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad import arabic

#: PostgreSQL keeps no larger position in a tsvector.
_LAST = 16_383
_LONGEST = 200
_COMMON = frozenset(
    arabic.fold("من في على إلى عن مع أن أو هل ما a an the of and or in to is").split()
)


def vector(texts: Iterable[str]) -> str:
    """A tsvector literal of several texts; a word that can be read in two ways stands twice."""
    places: dict[str, list[str]] = {}
    position = 0
    for text in texts:
        for term in arabic.terms(text):
            position = min(position + 1, _LAST)
            for reading in _readings(term):
                kept = places.setdefault(reading, [])
                if len(kept) < 200:
                    kept.append(str(position))
    return " ".join(f"{_quoted(term)}:{','.join(where)}" for term, where in places.items())


def question(typed: str) -> str:
    """A tsquery literal: every word must occur; empty where no word was typed.

    >>> question("victims of trafficking")
    "'victim' & 'traffick'"
    """
    words = [word for word in typed.split() if arabic.terms(word)]
    telling = [word for word in words if arabic.fold(word) not in _COMMON]
    parts = []
    for word in telling or words:
        for term in arabic.terms(word):
            readings = [_quoted(reading) for reading in _readings(term)]
            parts.append(readings[0] if len(readings) == 1 else f"({' | '.join(readings)})")
    return " & ".join(parts)


def _readings(term: arabic.Term) -> list[str]:
    return [reading[:_LONGEST] for reading in (term.term, term.also) if reading]


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
