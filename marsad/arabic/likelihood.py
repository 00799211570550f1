"""How likely a word is, and how likely after the words before it: the language model.

The chance of a word by itself is a mixture of what is known of it,

    P(w) = (1 - m) * (0.6 * corpus + 0.4 * frequency) + m * own + listed + strange

its share of our own corpus and of Arabic at large, its share `own` of the text at hand (with more
weight m the longer the text is), a floor for words that our lists make out of stems and clitics,
and the chance of its letters for a word that nobody knows. What follows what is in `ngrams.py`.
All costs are -ln of chances, so that sums of costs compare readings of a line.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from marsad.arabic.frequencies import frequency, is_common, spelling_cost, used
from marsad.arabic.letters import is_word_character
from marsad.arabic.lexicon import common_forms, listed_cost
from marsad.arabic.ngrams import DISCOUNT, MOST_GAIN, shipped

#: Shares of our corpus and of Arabic at large in the chance of a word.
_CORPUS, _AT_LARGE = 0.6, 0.4
#: The text at hand weighs m = n / (n + _HALF), n its words, at most _MOST_OWN.
_HALF, _MOST_OWN = 4000, 0.3
#: A word of the lists costs this much more than the lists say, by themselves.
_LISTED = 2.5
#: What a word costs that nobody knows, beside its letters.
_STRANGE = 7.0
#: Several words run together are no word: each letter beyond a long word costs.
_LONG_WORD, _LETTER_TOO_MANY = 12, 2.0
#: How much a form of Arabic at large counts that no list knows, by its length.
_UNLISTED = {1: 0.0, 2: 0.0005, 3: 0.02}
_UNLISTED_LONGER = 0.5

#: A form met as often as this may be what a torn piece begins.
_BEGUN = 1e-7

#: What a sign, a number or a Latin phrase costs, and a sign that is not in the list.
_SIGN_COSTS = {
    "،": 3.0,
    ".": 3.5,
    ")": 3.5,
    "(": 4.5,
    "؛": 5.0,
    ":": 5.0,
    '"': 4.0,
    "/": 5.0,
    "#": 4.5,
    "##": 5.0,
    "#/#": 6.0,
    "@": 6.0,
    "(#)": 5.0,
}
_OTHER_SIGN_COST = 6.0

Pair = tuple[str, str]
Triple = tuple[str, str, str]


class Lexicon:
    """What is known of words: the lists, the corpus, and what a text has taught."""

    def __init__(self) -> None:
        self._base, self._base_fit = shipped()
        self._base_total = max(1, self._base.words.total())
        self._known: dict[str, bool] = {}
        self._costs: dict[str, float] = {}
        self._pair_costs: dict[Pair, float] = {}
        self._triple_costs: dict[Triple, float] = {}
        self._gains: dict[Pair, float] = {}
        self._aside: Counter[Pair] = Counter()
        self._taught: tuple[Counter[str], Counter[Pair]] = (Counter(), Counter())
        self.learn(counts=Counter(), pairs=Counter())

    # what it learns

    def teach(self, *, counts: Counter[str], pairs: Counter[Pair]) -> None:
        """Add what other texts taught; it stays when this text is learned anew."""
        self._taught = counts, pairs

    def learn(
        self,
        *,
        counts: Counter[str],
        pairs: Counter[Pair],
        triples: Counter[Triple] | None = None,
    ) -> None:
        """Replace what was learned from the text at hand."""
        self._learned = frozenset(counts)
        own_pairs = pairs + self._taught[1]
        self._own = counts + self._taught[0]
        self._own_total = self._own.total()
        self._counts = self._base.copy()
        for pair, count in own_pairs.items():
            self._counts.add_pair(pair, count)
        for triple, count in (triples or Counter()).items():
            self._counts.add_triple(triple, count)
        self._fit = self._base_fit.copy()
        self._fit.add(own_pairs)
        for costs in (self._costs, self._pair_costs, self._triple_costs, self._gains):
            costs.clear()
        self._known.clear()

    def set_aside(self, pairs: Counter[Pair]) -> None:
        """Leave out what the line now being read has itself taught."""
        self._aside = pairs

    # what it knows

    def knows(self, word: str) -> bool:
        """Tell whether a word (without marks) is listed, learned or common in Arabic at large."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = (len(word) > 2 and word in self._own) or is_word(word)
        return found

    def count(self, word: str) -> int:
        """Return how often the text, or what was taught before it, used the word."""
        return self._own[word] + self._base.words[word]

    def learned(self) -> Iterable[str]:
        """Return the words the text has taught."""
        return self._learned

    # what it costs

    def cost(self, word: str) -> float:
        """Return the cost of a word without marks, by itself."""
        found = self._costs.get(word)
        if found is None:
            found = self._costs[word] = self._cost(word)
        return found

    def _cost(self, word: str) -> float:
        weight = min(_MOST_OWN, self._own_total / (self._own_total + _HALF))
        own = weight * self._own.get(word, 0) / max(1, self._own_total)
        corpus = (1 - weight) * self._base.words.get(word, 0) / self._base_total
        if not word or not is_word_character(word[0]):
            if word[:1] == "(" and len(word) > 1:
                word = "(#)"
            sign = math.exp(-_SIGN_COSTS.get(word, _OTHER_SIGN_COST))
            return -math.log(0.7 * (corpus + own) + 0.3 * sign)
        at_large, floor = _whatever_the_text(word)
        share = _CORPUS * corpus + (1 - weight) * _AT_LARGE * at_large + own
        return -math.log(share + floor)

    def least_cost(self, before: str, word: str) -> float:
        """Return a cost, quickly told, that a word behind another does not go below."""
        pairs = self._counts.pairs
        if (before, word) in pairs or (before[1:], word) in pairs:
            return 0.0
        return self.cost(word) - MOST_GAIN

    def pair_cost(self, before: str, word: str) -> float:
        """Return the cost of a word after another (or after a number or a sign)."""
        key = (before, word)
        if key in self._aside:
            return self._pair_cost(key)
        found = self._pair_costs.get(key)
        if found is None:
            found = self._pair_costs[key] = self._pair_cost(key)
        return found

    def _pair_cost(self, key: Pair) -> float:
        before, word = key
        gain = self._gains.get(key)
        if gain is None:
            gain = self._gains[key] = self._fit.gain(before, word)
        alone = max(0.3, self.cost(word) - gain)
        after = self._counts.after
        if before not in after and before[:1] in ("و", "ف") and len(before) > 3:
            # «وإضافة إلى» as «إضافة إلى»
            before = before[1:]
            key = (before, word)
        aside = self._aside.get(key, 0)
        seen = after.get(before, 0) - aside
        if seen <= 0:
            return alone
        chance = max(0.0, self._counts.pairs.get(key, 0) - aside - DISCOUNT) / seen
        rest = min(1.0, DISCOUNT * self._counts.kinds[before] / seen)
        return -math.log(chance + rest * math.exp(-alone))

    def cost_after(self, first: str, before: str, word: str) -> float:
        """Return the cost of a word after the two before it."""
        pair = (first, before)
        if pair not in self._counts.after_pair:
            last = (before, word)
            if last in self._aside:
                return self._pair_cost(last)
            cost = self._pair_costs.get(last)
            if cost is None:
                cost = self._pair_costs[last] = self._pair_cost(last)
            return cost
        key = (first, before, word)
        if pair in self._aside or (before, word) in self._aside:
            return self._triple_cost(key)
        found = self._triple_costs.get(key)
        if found is None:
            found = self._triple_costs[key] = self._triple_cost(key)
        return found

    def _triple_cost(self, key: Triple) -> float:
        first, before, word = key
        pair = (first, before)
        shorter = self.pair_cost(before, word)
        # a triple of the line itself is as often in what it taught as both of its pairs
        own = min(self._aside.get(pair, 0), self._aside.get((before, word), 0))
        seen = self._counts.after_pair[pair] - own
        if seen <= 0:
            return shorter
        chance = max(0.0, self._counts.triples.get(key, 0) - own - DISCOUNT) / seen
        rest = min(1.0, DISCOUNT * self._counts.kinds_pair[pair] / seen)
        return -math.log(chance + rest * math.exp(-shorter))


@lru_cache(maxsize=1 << 17)
def is_word(word: str) -> bool:
    """Tell whether a word is listed or common, or stands in our corpus, whatever the text at hand.

    >>> is_word("مكافحة"), is_word("كافحةم")
    (True, False)
    """
    return (
        is_common(word)
        or (len(word) > 2 and word in shipped()[0].words)
        or listed_cost(word) is not None
    )


@cache
def _forms() -> list[str]:
    """Every word that is used now and then, or listed, or stands in our corpus, in order."""
    return sorted({*used(_BEGUN), *common_forms(), *shipped()[0].words})


@lru_cache(maxsize=1 << 16)
def may_go_on(piece: str) -> bool:
    """Tell whether a word begins with a piece, be it behind a conjunction or a preposition.

    >>> may_go_on("الات"), may_go_on("التحقيقاتة")
    (True, False)
    """
    forms = _forms()
    return any(
        start < len(forms) and forms[start].startswith(rest)
        for rest in (piece, piece[1:] if len(piece) > 2 and piece[0] in "وفبلك" else piece)
        for start in (bisect_left(forms, rest),)
    )


@lru_cache(maxsize=1 << 17)
def _whatever_the_text(word: str) -> tuple[float, float]:
    """The share of a word in Arabic at large, and what it is worth that no count knows."""
    return _at_large(word), _floor(word)


def _at_large(word: str) -> float:
    share = frequency(word)
    if share and listed_cost(word) is None:
        share *= _UNLISTED.get(len(word), _UNLISTED_LONGER)
    return share


def _floor(word: str) -> float:
    """What a word is worth that no count knows: by the lists, or by its letters alone."""
    listed = listed_cost(word)
    if listed is not None:
        return math.exp(-listed - _LISTED)
    too_long = _LETTER_TOO_MANY * max(0, len(word) - _LONG_WORD)
    return math.exp(-_STRANGE - spelling_cost(word) - too_long)
