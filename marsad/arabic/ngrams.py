"""Which word follows which: counts of words, pairs and triples, and what they make likely.

The chance of w after u v is interpolated from the longest context down, each step with absolute
discounting (Ney's), D = 0.7:

    P(w | u v) = max(c(uvw) - D, 0) / c(uv)  +  D N(uv.) / c(uv) * P(w | v)
    P(w | v)   = max(c(vw) - D, 0) / c(v)    +  D N(v.) / c(v) * P'(w | v)
    P'(w | v)  = P(w) * fit(v, w)

where N(v.) counts the different words met after v, P(w) comes from the lexicon, and fit(v, w) says
how well the stem of w goes with the stem of v and the kind of w with the kind of v, so that
«لمكافحة اتجار» profits from «بمكافحة الاتجار».
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

from marsad.arabic.atoms import atoms_of
from marsad.arabic.data import corpus, lines
from marsad.arabic.letters import is_word_character
from marsad.arabic.lexicon import class_of
from marsad.arabic.terms import term_of

#: What the first word of a line follows: nothing known, the end of a sentence, or the number of a
#: heading.
LINE_START, SENTENCE_START, HEADING_START = "^", ".", "§"
#: What a sentence or an item ends with, and a heading does not.
_ENDS = frozenset(".:؛؟،")

Key = TypeVar("Key")

DISCOUNT = 0.7
#: A stem or a kind met less often says nothing of what follows it.
_FEW = 5
#: The least and the most that stems, and that kinds, may do to a cost.
_WORST_STEM, _BEST_STEM, _MOST_CLASS = -0.7, 4.0, 1.5
MOST_GAIN = _BEST_STEM + _MOST_CLASS
#: «١٢- », «(ب) »: what counts a paragraph or an item.
_COUNTED = re.compile(r"^(?:[0-9٠-٩]{1,3}- |\([ء-ي]\) )")


@lru_cache(maxsize=1 << 17)
def stem_of(key: str) -> str:
    """Return the stem of a word, and anything else as it is."""
    return term_of(key) if key and is_word_character(key[0]) else key


class Counts:
    """Words, pairs and triples of words, and how many followed what.

    Plain dictionaries: a `Counter` is slower to ask for what it does not hold, and Python's garbage
    collector goes through it again and again.
    """

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: dict[tuple[str, str], int] = {}
        self.triples: dict[tuple[str, str, str], int] = {}
        #: Tokens met after a word, and different ones; the same after a pair.
        self.after: dict[str, int] = {}
        self.kinds: dict[str, int] = {}
        self.after_pair: dict[tuple[str, str], int] = {}
        self.kinds_pair: dict[tuple[str, str], int] = {}

    def copy(self) -> Counts:
        """Return counts that can be added to without touching these."""
        new = Counts()
        for name, counter in vars(self).items():
            setattr(new, name, counter.copy())
        return new

    def add(self, keys: Sequence[str]) -> None:
        """Count the words of one sentence or heading that stands in order."""
        self.words.update(keys)
        for pair in pairwise(keys):
            self.add_pair(pair)
        for place in range(2, len(keys)):
            self.add_triple((keys[place - 2], keys[place - 1], keys[place]))

    def add_pair(self, pair: tuple[str, str], count: int = 1) -> None:
        """Count two words that follow one another."""
        _add(self.kinds, pair[0], pair not in self.pairs)
        _add(self.after, pair[0], count)
        _add(self.pairs, pair, count)

    def add_triple(self, triple: tuple[str, str, str], count: int = 1) -> None:
        """Count three words that follow one another."""
        _add(self.kinds_pair, triple[:2], triple not in self.triples)
        _add(self.after_pair, triple[:2], count)
        _add(self.triples, triple, count)


def _add(counts: dict[Key, int], key: Key, count: int) -> None:
    counts[key] = counts.get(key, 0) + count


class Fit:
    """Which stems go with which, and which kinds of words follow which."""

    def __init__(self) -> None:
        self.stems: dict[tuple[str, str], int] = {}
        self.after_stem: dict[str, int] = {}
        self.stem_kinds: dict[str, int] = {}
        self.single_stems: dict[str, int] = {}
        self.classes: dict[tuple[str, str], int] = {}
        self.after_class: dict[str, int] = {}
        self.single_classes: dict[str, int] = {}
        self.total = self.class_total = 0
        self._class_gains: dict[tuple[str, str], float] = {}

    def copy(self) -> Fit:
        """Return a fit that can be added to without touching this one."""
        new = Fit()
        for name, value in vars(self).items():
            setattr(new, name, value.copy() if isinstance(value, dict) else value)
        return new

    def add(self, pairs: Mapping[tuple[str, str], int]) -> None:
        """Count pairs of words by their stems and their kinds."""
        for (before, word), count in pairs.items():
            one, two = stem_of(before), stem_of(word)
            _add(self.stem_kinds, one, (one, two) not in self.stems)
            _add(self.stems, (one, two), count)
            _add(self.after_stem, one, count)
            _add(self.single_stems, two, count)
            one, two, seen = class_of(before), class_of(word), min(count, 3)
            _add(self.classes, (one, two), seen)
            _add(self.after_class, one, seen)
            _add(self.single_classes, two, seen)
        self._class_gains.clear()
        self.total = sum(self.single_stems.values())
        self.class_total = sum(self.single_classes.values())

    def gain(self, before: str, word: str) -> float:
        """Return how much likelier the word is behind `before` than anywhere, in nats."""
        key = (class_of(before), class_of(word))
        kinds = self._class_gains.get(key)
        if kinds is None:
            kinds = self._class_gains[key] = self._class_gain(*key)
        return self._stem_gain(stem_of(before), stem_of(word)) + kinds

    def _stem_gain(self, one: str, two: str) -> float:
        seen = self.after_stem.get(one, 0)
        if seen < _FEW:
            return 0.0
        usual = max(self.single_stems.get(two, 0), 1) / self.total
        together = max(0.0, self.stems.get((one, two), 0) - DISCOUNT)
        here = (together + DISCOUNT * self.stem_kinds[one] * usual) / seen
        return max(_WORST_STEM, min(_BEST_STEM, math.log(here / usual)))

    def _class_gain(self, one: str, two: str) -> float:
        seen, single = self.after_class.get(one, 0), self.single_classes.get(two, 0)
        if seen < _FEW or not single:
            return 0.0
        usual = single / self.class_total
        here = (self.classes.get((one, two), 0) + 4 * usual) / (seen + 4)
        return max(-_MOST_CLASS, min(_MOST_CLASS, math.log(here / usual)))


def keys_of(line: str) -> list[str]:
    """Return the words, numbers and signs of a clean line without the number that counts it."""
    return [atom.key for atom in atoms_of(_COUNTED.sub("", line))]


@cache
def shipped() -> tuple[Counts, Fit]:
    """Return what our own formulas, sentences and invented reports teach."""
    counts, fit = Counts(), Fit()
    for line in lines("formulas.txt"):
        counts.add(keys_of(line))
    for line in (*lines("register.txt"), *corpus()):
        first = SENTENCE_START if line[-1] in _ENDS else HEADING_START
        counts.add([first, *keys_of(line)])
    fit.add(counts.pairs)
    return counts, fit
