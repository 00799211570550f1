"""What a text teaches about its own words.

Inside a run the words stand in order, whole and spaced: those are counted. A piece at the edge of
a run may be torn («لا» of «لاتفاقية»), so a piece that stands at edges more often than inside is
not taken for a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from marsad.arabic.atoms import SIGN, WORD, Atom, atoms_of
from marsad.arabic.letters import begins_doubled
from marsad.arabic.lexicon import listed_cost
from marsad.arabic.likelihood import Lexicon, is_word

_JOINING_SIGNS = frozenset("،/")


def learn_from(lines: Iterable[str], lexicon: Lexicon) -> list[Counter[tuple[str, str]]]:
    """Teach a lexicon the words and pairs of words of lines that may be scrambled.

    Returns the pairs each line gave, so that no line is judged by what it taught itself.
    """
    inside: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    given: list[Counter[tuple[str, str]]] = []
    for line in lines:
        pairs: Counter[tuple[str, str]] = Counter()
        for span in _spans(atoms_of(line)):
            torn = {atom for atom in span if begins_doubled(line, atom.start)}
            _count(span, torn, inside, edges, pairs)
        given.append(pairs)
    counts = Counter(
        {word: count for word, count in inside.items() if _is_word(word, count, edges[word])}
    )
    sure: Counter[tuple[str, str]] = Counter()
    for pairs in given:
        for pair in [pair for pair in pairs if not _sure(pair, counts)]:
            del pairs[pair]
        sure.update(pairs)
    lexicon.learn(counts=counts, pairs=sure)
    return given


def counted(line: str, words: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
    """Add the words and pairs of words of a line that stands in order."""
    atoms = atoms_of(line)
    words.update(atom.key for atom in atoms if atom.kind == WORD)
    pairs.update((before.key, after.key) for before, after in pairwise(atoms))


def _spans(atoms: list[Atom]) -> Iterable[list[Atom]]:
    span: list[Atom] = []
    for atom in atoms:
        if span and not _goes_on(span[-1], atom):
            yield span
            span = []
        if atom.kind != SIGN or atom.key in _JOINING_SIGNS:
            span.append(atom)
    if span:
        yield span


def _goes_on(before: Atom, after: Atom) -> bool:
    gap = after.start - before.end
    if after.kind == SIGN:
        return after.key in _JOINING_SIGNS and gap == 0
    return gap == 1 or (gap == 0 and before.key == "/")


def _count(
    span: list[Atom],
    torn: set[Atom],
    inside: Counter[str],
    edges: Counter[str],
    pairs: Counter[tuple[str, str]],
) -> None:
    for place, atom in enumerate(span):
        if atom.kind == WORD:
            # «تِّجارضحايا» may stand inside often, and is yet no word
            whole = 0 < place < len(span) - 1 and atom not in torn
            (inside if whole else edges)[atom.key] += 1
    for place in range(1, len(span) - 2):
        pairs[span[place].key, span[place + 1].key] += 1


def _is_word(word: str, inside: int, edges: int) -> bool:
    if listed_cost(word) is not None:
        return True
    often = inside >= 2 and inside >= edges and len(word) > 2
    return often and not _glued(word) and not _turned(word)


def _glued(word: str) -> bool:
    """Tell whether a word is likelier two: «الغيرتشجع»."""
    return any(
        listed_cost(word[:place]) is not None and listed_cost(word[place:]) is not None
        for place in range(2, len(word) - 1)
    )


def _turned(word: str) -> bool:
    """Tell whether a word is two pieces of one, the second first: «فادورالسل»."""
    return any(is_word(word[place:] + word[:place]) for place in range(1, len(word)))


def _sure(pair: tuple[str, str], counts: Counter[str]) -> bool:
    return all(len(key) == 1 or key in counts for key in pair)
