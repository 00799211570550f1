"""One name in, one country out; and for a near miss, what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from marsad.countries import tables
from marsad.countries.folding import words
from marsad.countries.names import (
    Name,
    by_letters,
    by_word,
    by_word_set,
    letters_key,
    plain_names,
    small_words,
    tree,
)
from marsad.countries.tables import Country

#: Words that may stand in front of a name without being part of it.
_ARTICLES = small_words("article")
#: Below this likeness (of 100) a name is not worth proposing.
_LEAST_LIKENESS = 72.0
_JUMBLED_LIKENESS = 95.0
_PART_LIKENESS = 85.0
_LONGEST_SMALL_WORD = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A country that may have been meant; for a person to accept or refuse."""

    #: The country.
    country: Country
    #: The name of it that came nearest.
    name: str
    #: How alike the two are, of 100.
    likeness: float


def match(name: str) -> Country | None:
    """Return the country a name means, or None; never the nearest one.

    Spelling habits (hamza, marks, stretching, accents, case), brackets, dashes and the order of
    the words do not count; every letter does.

    >>> match("إيران )الإسلامية- جمهورية(").iso2
    'IR'
    >>> match("Jordann") is None
    True
    """
    path = tuple(word for word in words(name) if word)
    for some in _with_and_without_article(path):
        known = _exact(some) or by_word_set().get(" ".join(sorted(some)))
        if known and known.iso2:
            return tables.get(known.iso2)
    return None


def _with_and_without_article(path: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    if path:
        yield path
    if len(path) > 1 and path[0] in _ARTICLES:
        yield path[1:]


def _exact(path: tuple[str, ...]) -> Name | None:
    node = tree()
    for word in path:
        following = node.next.get(word)
        if following is None:
            return None
        node = following
    owners = {name.iso2 for name in node.ends}
    return node.ends[0] if len(owners) == 1 else None


def _containing(path: tuple[str, ...]) -> Iterator[Name]:
    """Yield the names that hold all these words and more: «كوريا» is part of two."""
    wanted = [by_word().get(word, frozenset()) for word in path if len(word) > _LONGEST_SMALL_WORD]
    if wanted:
        for spelling in sorted(frozenset.intersection(*wanted)):
            yield plain_names()[spelling]


def suggest(name: str, *, limit: int = 3) -> list[Candidate]:
    """Return the countries a misspelt name may mean, the most likely first.

    >>> [candidate.country.iso2 for candidate in suggest("الارجنين")]
    ['AR']
    """
    path = words(name)
    known = plain_names()
    alike = process.extract(
        " ".join(path), known.keys(), scorer=fuzz.ratio, limit=None, score_cutoff=_LEAST_LIKENESS
    )
    names = [(known[spelling], likeness) for spelling, likeness, _ in alike]
    if jumbled := by_letters().get(letters_key(path)):
        names.append((jumbled, _JUMBLED_LIKENESS))
    names += [(longer, _PART_LIKENESS) for longer in _containing(path)]
    nearest: dict[str, Candidate] = {}
    for name_of, likeness in sorted(names, key=lambda one: -one[1]):
        if name_of.iso2 and name_of.iso2 not in nearest:
            nearest[name_of.iso2] = Candidate(
                country=tables.get(name_of.iso2), name=name_of.text, likeness=likeness
            )
    return list(nearest.values())[:limit]
