"""How likely a word is between its neighbours.

Counts of words, pairs and triples of words come from three sources: our own corpus of the
register, what other texts of the library taught (`Knowledge`), and the text at hand, where
«معايير للاهتداء إلى الضحايا» in one paragraph tells how «معايير للاهتمام إلى الضحايا» in another
should read. Chances back off from triples to pairs, from a pair to the pair without the clitics of
its first word («وتحسين تنفيذ» is as good as «تحسين تنفيذ»), and then to how common the word is in
Arabic at all. All costs are in nats.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from marsad.arabic import data
from marsad.arabic.atoms import Atom, atoms_of
from marsad.arabic.dictionary import commonness
from marsad.arabic.frequencies import spelling_cost
from marsad.arabic.knowledge import Knowledge

#: What stands before the first and after the last word of a line or a sentence.
EDGE = "."

#: What is taken off every count and given to what was not met (Ney's absolute discounting).
_DISCOUNT = 0.75
#: The chance of a valid word that no source has met.
_UNMET = 3e-9
#: Shares of Arabic at large, of the register and of the text at hand in how common a word is.
_LARGE, _REGISTER, _HERE = 0.4, 0.4, 0.2
#: How often a word takes «و» or a preposition; «ومصادرة» need not be listed to be likely.
_CLITICS = {"و": 0.06, "ف": 0.004, "ب": 0.015, "ل": 0.02, "ك": 0.002, "لل": 0.03, "بال": 0.03}
#: A string that is no known word: how rare such are (13 in 10,000 words of clean text, names for
#: the most part), and the most that each letter costs; most names cost 2.8 to 4 by their letters.
_FOREIGN, _FOREIGN_LETTER = 6.5, 2.9

#: No step costs less, in nats. Where `_mixed` is given a chance up to c, and of n tokens at most
#: n + 1 kinds, it gives (n + (0.75 (n + 1) + 1) c) / (n + 1) at most: 1.75, then 4.1, then 8.1.
LEAST_STEP = -math.log(8.2)
_ENDS = frozenset(".؛:؟!")


class Counts:
    """Words, pairs and triples that stood in a row."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.triples: Counter[tuple[str, str, str]] = Counter()
        self.after: Counter[str] = Counter()
        self.bare_pairs: Counter[tuple[str, str]] = Counter()
        self.after_bare: Counter[str] = Counter()
        #: How many different words were met behind one.
        self.kinds: Counter[str] = Counter()
        self.kinds_bare: Counter[str] = Counter()
        self.kinds_pair: Counter[tuple[str, str]] = Counter()

    def add(self, keys: Sequence[str]) -> None:
        """Count one line of keys."""
        self.words.update(key for key in keys if key != EDGE)
        framed = (EDGE, *keys, EDGE)
        for one, two in pairwise(framed):
            self.add_pair(one, two, 1)
        for triple in zip(framed, framed[1:], framed[2:], strict=False):
            self.kinds_pair[triple[:2]] += triple not in self.triples
            self.triples[triple] += 1

    def add_pair(self, one: str, two: str, count: int) -> None:
        """Count two keys side by side."""
        self.kinds[one] += (one, two) not in self.pairs
        self.pairs[one, two] += count
        self.after[one] += count
        bare = without_clitics(one)
        self.kinds_bare[bare] += (bare, two) not in self.bare_pairs
        self.bare_pairs[bare, two] += count
        self.after_bare[bare] += count


def key_of(atom: Atom) -> str:
    """Return how a piece of a line is counted; what ends a sentence is an edge."""
    return EDGE if atom.key in _ENDS else atom.key


def keys_of(line: str) -> list[str]:
    """Return the words, numbers and signs of a line as they are counted."""
    return [key_of(atom) for atom in atoms_of(line)]


@lru_cache(maxsize=65536)
def clitics(word: str) -> tuple[str, str]:
    """Part a word into what may be written before any word, and the rest.

    >>> clitics("وبالسبل"), clitics("ولد")
    (('وب', 'السبل'), ('', 'ولد'))
    """
    taken, rest = "", word
    if len(rest) > 3 and rest[0] in "وف" and _detached(rest):
        taken, rest = rest[0], rest[1:]
    if rest.startswith("لل") and len(rest) > 4:
        return taken + "ل", "ال" + rest[2:]
    if len(rest) > 3 and rest[0] in "بلك" and _detached(rest):
        taken, rest = taken + rest[0], rest[1:]
    return taken, rest


def _detached(word: str) -> bool:
    """Tell whether the first letter of a word is written before it rather than part of it."""
    return commonness(word[1:]) > commonness(word) or (
        word.startswith("ال", 1) and len(word) > 6 and not commonness(word)
    )


@lru_cache(maxsize=65536)
def without_clitics(word: str) -> str:
    """Return a word without what may be written before any word."""
    return clitics(word)[1]


def corpus() -> Iterator[str]:
    """Yield the lines of our own texts."""
    for line in Path(__file__).with_name("collocations.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line
    yield from data.lines("formulas.txt")
    yield from data.lines("register.txt")
    for path in sorted((Path(data.__file__).parent / "corpus").glob("*.txt")):
        yield from data.lines(f"corpus/{path.name}")


def stem_of(word: str) -> str:
    """Return a word without clitics and without the article."""
    rest = without_clitics(word)
    return rest[2:] if rest.startswith("ال") and len(rest) > 5 else rest


@cache
def stems() -> frozenset[str]:
    """Return the words of our own texts without clitics and article."""
    return frozenset(stem_of(word) for word in shipped().words)


@cache
def shipped() -> Counts:
    """Return what our own texts teach; read once."""
    counts = Counts()
    for line in corpus():
        counts.add(keys_of(line))
    return counts


class Context:
    """What is known of words and their neighbours, for one text."""

    def __init__(self, *, knowledge: Knowledge, lines: Iterable[str]) -> None:
        """Count the text at hand and what other texts taught, beside our own."""
        own, taught = Counts(), Counts()
        for line in lines:
            own.add(keys_of(line))
        taught.words.update({word: n for word, n in knowledge.words.items() if n > 0})
        for pair, count in knowledge.pairs.items():
            one, _, two = pair.partition(" ")
            if count > 0:
                taught.add_pair(one, two, count)
        self._own, self._taught = own, taught
        self._length = sum(own.words.values())
        # most texts come without what others taught
        self._sources = tuple(source for source in (shipped(), taught, own) if source.pairs)
        self._clean = (shipped(), taught)
        self._total = sum(sum(source.words.values()) for source in self._clean)
        self.chance = lru_cache(maxsize=None)(self._chance)

    def words(self) -> Iterator[str]:
        """Yield every word of this text and of other texts."""
        yield from self._taught.words
        yield from self._own.words

    def taught(self, word: str) -> int:
        """Return how often texts other than this one used a word."""
        return sum(source.words.get(word, 0) for source in self._clean)

    def own(self, word: str) -> int:
        """Return how often this text uses a word."""
        return self._own.words[word]

    def met(self, one: str, two: str) -> int:
        """Return how often two words were met side by side, in all sources."""
        return sum(source.pairs.get((one, two), 0) for source in self._sources)

    def meets(self, before: str, word: str, after: str) -> bool:
        """Tell whether a word, with clitics or without, was met beside one of two neighbours."""
        bare = without_clitics(word)
        return any(
            (before, word) in source.pairs
            or (word, after) in source.pairs
            or (bare, after) in source.bare_pairs
            for source in self._sources
        )

    def begins(self, word: str) -> bool:
        """Tell whether a word was met at the beginning of a sentence elsewhere."""
        met = sum(source.pairs[EDGE, word] for source in self._clean)
        return met > 0 or self._own.pairs[EDGE, word] > 1

    def _chance(self, word: str) -> float:
        """Return the share of a known word, or of a sign, among all words."""
        if not word[:1].isalpha():
            met = sum(source.words[word] for source in self._clean)
            return (met + 0.5) / (self._total + 1)
        share = self._share(word)
        before, rest = clitics(word)
        often = 1.0
        for clitic in before:
            often *= _CLITICS[clitic]
        return max(share, often * self._share(rest))

    def _share(self, word: str) -> float:
        share = _LARGE * max(_UNMET, commonness(word) / 1_000_000)
        taught = self.taught(word)
        share += _REGISTER * taught / max(1, self._total)
        if not taught and not commonness(word):
            # a slip may come again and again
            return share
        return share + _HERE * max(0, self.own(word) - 1) / max(200, self._length)

    def foreign(self, word: str) -> float:
        """Return the cost of a string that is no known word.

        Letters that no Arabic word has in a row («الذعم», «مستفتض») cost more than those that
        many have.
        """
        return _FOREIGN + min(spelling_cost(word), _FOREIGN_LETTER * len(word))

    def step(
        self,
        one: str,
        two: str,
        three: str,
        *,
        bare_less: int = 0,
        pair_less: int = 0,
        triple_less: int = 0,
    ) -> float:
        """Return the cost of a known word, a number or a sign after two others.

        :param bare_less: how often this very place taught the pair without the clitics of its
            first word; it must not speak for itself.
        :param pair_less: the same for the pair as it is.
        :param triple_less: the same for all three.
        """
        chance = self.chance(three)
        bare = without_clitics(two)
        met = seen = kinds = 0
        for source in self._sources:
            if count := source.after_bare.get(bare):
                seen += count
                kinds += source.kinds_bare[bare]
                met += source.bare_pairs.get((bare, three), 0)
        chance = _mixed(met - bare_less, seen - bare_less, kinds, chance)
        if bare != two:
            met = seen = kinds = 0
            for source in self._sources:
                if count := source.after.get(two):
                    seen += count
                    kinds += source.kinds[two]
                    met += source.pairs.get((two, three), 0)
            chance = _mixed(met - pair_less, seen - pair_less, kinds, chance)
        met = -triple_less
        for source in self._sources:
            met += source.triples.get((one, two, three), 0)
        if met > 0:
            seen = max(met, self.met(one, two) - triple_less)
            kinds = sum(source.kinds_pair.get((one, two), 0) for source in self._sources)
            chance = _mixed(met, seen, kinds, chance)
        return -math.log(chance)


def _mixed(met: int, seen: int, kinds: int, chance: float) -> float:
    """Return the share met, mixed with what a shorter context says."""
    share = max(0.0, met - _DISCOUNT)
    return (share + (_DISCOUNT * kinds + 1) * chance) / (max(0, seen) + 1)
