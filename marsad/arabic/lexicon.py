"""How likely an Arabic word is, and how likely after the word before it.

Known words come from our own lists in `data/` with the clitics and endings Arabic adds to them,
and from the text being repaired: a word that stands again and again inside its runs is a word,
whatever the lists say. Costs are in nats, so that sums of costs compare readings of a line.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from marsad.arabic.atoms import number_key
from marsad.arabic.data import lines, words
from marsad.arabic.letters import is_word_character, without_marks

_PARTICLE_COST = 5.0
_WORD_COST = 8.5
_LETTER_NAME_COST = 12.0
_DERIVED_COST = 0.6
_LEARNED_COST = 9.5
_UNKNOWN_COST = 12.0
_SEEN_TRIGRAM, _NEW_TRIGRAM = 1.6, 3.4

#: Several words run together are no word: each letter beyond a long word costs.
_LONG_WORD, _LETTER_TOO_MANY = 12, 2.5

#: What a sign, a number or a Latin phrase costs, and a sign that is not in the list.
_SIGN_COSTS = {
    "،": 3.0,
    ".": 3.5,
    ")": 3.0,
    "(": 4.5,
    "؛": 5.0,
    ":": 5.0,
    '"': 4.0,
    "/": 5.0,
    "#": 4.5,
    "##": 5.0,
    "#/#": 6.0,
    "@": 6.0,
}
_OTHER_SIGN_COST = 6.0

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")
_PLAIN = tuple(c + p for c in _CONJUNCTIONS for p in _PREPOSITIONS)
_DEFINITE = tuple(c + p for c in _CONJUNCTIONS for p in ("ال", "بال", "كال", "لل"))
_VERBAL = tuple(
    c + p for c in _CONJUNCTIONS for p in ("ي", "ت", "ن", "أ", "سي", "ست", "سن", "لي", "لت")
)
_PRONOUNS = ("ها", "ه", "هم", "هن", "هما", "نا")
_NOUN_ENDINGS = frozenset(
    (
        "",
        "ة",
        "ات",
        "ين",
        "ون",
        "ان",
        "ي",
        "ية",
        "يين",
        "يون",
        "يات",
        "تين",
        "تان",
        "يتين",
    )
)
_OPEN_ENDINGS = frozenset(
    (
        *_NOUN_ENDINGS,
        "ا",
        "و",
        "يا",
        "تي",
        "تا",
        *(t + p for t in ("", "ت", "ات", "ي", "ا", "ئ") for p in _PRONOUNS),
    )
)
_PERFECT_ENDINGS = frozenset(("", "ت", "وا", "نا", "ا", "تا", *_PRONOUNS, "ته", "تها", "تهم"))
_IMPERFECT_ENDINGS = frozenset(
    (
        "",
        "ون",
        "وا",
        "ان",
        "ن",
        "ا",
        *(e + p for e in ("", "ون", "و", "ان") for p in _PRONOUNS),
    )
)
_LONGEST_ENDING = 5
#: A longer string of letters is two words or none.
_LONGEST_WORD = 16
_CLASS_ENDINGS = ("ات", "ين", "ون", "ية", "ة", "ي", "ها", "هم")
#: One token of a formula: a word, a number or a sign.
_TOKEN = re.compile(r"[ء-ي]+|[0-9]+(?:/[0-9]+)*|[^\sء-ي0-9]")


@cache
def _particles() -> frozenset[str]:
    return frozenset(without_marks(word) for word in words("particles.txt"))


@cache
def _letter_names() -> frozenset[str]:
    """Names of letters count sections: «دال- الحضور»; in a sentence they are pieces of words."""
    return frozenset(word for word in words("ordinals.txt")[10:] if word not in ("ألف", "عين"))


@cache
def _stems() -> frozenset[str]:
    names = ("words.txt", "places.txt", "months.txt")
    plain = {without_marks(word) for name in names for word in words(name)}
    bare = {word[2:] for word in plain if word.startswith("ال") and len(word) > 4}
    return frozenset(plain | bare | {word for word in _particles() if len(word) >= 4})


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    pairs = [without_marks(line).split() for line in lines("verbs.txt")]
    perfect = {pair[0] for pair in pairs}
    imperfect = {pair[1] for pair in pairs}
    # the weak last letter goes or changes before an ending: «يدعو، يدعى، يدعوا»
    imperfect |= {stem[:-1] + "ى" for stem in imperfect if stem[-1] in "وي"}
    imperfect |= {stem[:-1] for stem in imperfect if stem[-1] in "ىوي" and len(stem) > 3}
    return frozenset(perfect), frozenset(imperfect)


@lru_cache(maxsize=65536)
def listed_cost(word: str) -> float | None:
    """Return the cost of a word our lists know, with its clitics and endings; else None.

    >>> listed_cost("وبالاتجار") is not None, listed_cost("تفاقية") is None
    (True, True)
    """
    if word in _letter_names():
        return _LETTER_NAME_COST
    if word in _particles():
        return _PARTICLE_COST
    if word in _stems():
        return _WORD_COST
    if len(word) > _LONGEST_WORD:
        return None
    best = min(
        _noun_cost(word, _DEFINITE, _NOUN_ENDINGS),
        _noun_cost(word, _PLAIN, _OPEN_ENDINGS),
        _particle_cost(word),
        _verb_cost(word),
    )
    return best if best < math.inf else None


def _noun_cost(word: str, prefixes: Sequence[str], endings: frozenset[str]) -> float:
    best = math.inf
    for prefix in prefixes:
        if not word.startswith(prefix):
            continue
        rest = word[len(prefix) :]
        for stem, ending in _split(rest, endings, shortest=2):
            if _is_stem(stem, ending):
                cost = _WORD_COST + _DERIVED_COST * (bool(prefix) + bool(ending))
                best = min(best, cost)
    return best


def _split(rest: str, endings: frozenset[str], *, shortest: int) -> Iterator[tuple[str, str]]:
    """Yield every way to part a word into a stem and one of the endings."""
    for place in range(max(shortest, len(rest) - _LONGEST_ENDING), len(rest) + 1):
        if rest[place:] in endings:
            yield rest[:place], rest[place:]


def _is_stem(stem: str, ending: str) -> bool:
    if ending[:1] in ("ت", "ا", "ي") and stem + "ة" in _stems():
        return True
    if len(stem) < 3 and ending:
        return False
    return stem in _stems()


def _particle_cost(word: str) -> float:
    for ending in _PRONOUNS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: len(word) - len(ending)]
            if stem in _particles() or (stem[:1] in "وبل" and stem[1:] in _particles()):
                return _PARTICLE_COST + 3 * _DERIVED_COST
    for prefix in _PLAIN:
        if prefix and word.startswith(prefix) and word[len(prefix) :] in _particles():
            rest = len(word) - len(prefix)
            if rest >= 3 or (prefix in ("و", "ف") and rest == 2):
                return _PARTICLE_COST + 2 * _DERIVED_COST
    return math.inf


def _verb_cost(word: str) -> float:
    perfect, imperfect = _verbs()
    cost = _WORD_COST + 2 * _DERIVED_COST
    for conjunction in _CONJUNCTIONS:
        if word.startswith(conjunction):
            rest = word[len(conjunction) :]
            if any(stem in perfect for stem, _ in _split(rest, _PERFECT_ENDINGS, shortest=3)):
                return cost
    for prefix in _VERBAL:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            if any(stem in imperfect for stem, _ in _split(rest, _IMPERFECT_ENDINGS, shortest=2)):
                return cost
    return math.inf


@cache
def _listed_trigrams() -> frozenset[str]:
    known = _stems() | _particles()
    framed = [f"^{word}$" for word in known] + [f"^ال{word}$" for word in known]
    return frozenset(word[p : p + 3] for word in framed for p in range(len(word) - 2))


@cache
def shipped() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Return the words and the pairs of words of our own formulas and sentences."""
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for name, before in (("formulas.txt", ""), ("register.txt", ".")):
        for line in lines(name):
            tokens = [
                number_key(t) if t[0].isdigit() else t for t in _TOKEN.findall(without_marks(line))
            ]
            counts.update(token for token in tokens if is_word_character(token[0]))
            pairs.update(pairwise([before, *tokens] if before else tokens))
    return counts, pairs


class Lexicon:
    """What is known of words: the lists, and what a text has taught."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._costs: dict[str, float] = {}
        self._pair_costs: dict[tuple[str, str], float] = {}
        self._aside: Counter[tuple[str, str]] = Counter()
        self._taught: tuple[Counter[str], Counter[tuple[str, str]]] = (Counter(), Counter())
        self.learn(counts=Counter(), pairs=Counter())

    def teach(self, *, counts: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
        """Add what other texts taught; it stays when this text is learned anew."""
        self._taught = counts, pairs

    def learn(self, *, counts: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
        """Replace what was learned from the text at hand."""
        base_counts, base_pairs = shipped()
        self._own = frozenset(counts)
        self._counts = counts + base_counts + self._taught[0]
        self._pairs = pairs + base_pairs + self._taught[1]
        self._after_word: Counter[str] = Counter()
        self._kinds_after: Counter[str] = Counter()
        self._classes: Counter[tuple[str, str]] = Counter()
        self._class_after: Counter[str] = Counter()
        self._class_counts: Counter[str] = Counter()
        for (before, word), count in self._pairs.items():
            self._after_word[before] += count
            self._kinds_after[before] += 1
            kinds, seen = (class_of(before), class_of(word)), min(count, 3)
            self._classes[kinds] += seen
            self._class_after[kinds[0]] += seen
            self._class_counts[kinds[1]] += seen
        self._class_total = sum(self._class_counts.values())
        self._costs.clear()
        self._pair_costs.clear()

    def set_aside(self, pairs: Counter[tuple[str, str]]) -> None:
        """Leave out what the line now being read has itself taught."""
        self._aside = pairs

    def knows(self, word: str) -> bool:
        """Tell whether a word (without marks) is listed or learned."""
        return listed_cost(word) is not None or word in self._counts

    def count(self, word: str) -> int:
        """Return how often the text used the word."""
        return self._counts[word]

    def learned(self) -> Iterable[str]:
        """Return the words the text has taught."""
        return self._own

    def cost(self, word: str) -> float:
        """Return the cost of a word without marks, by itself."""
        found = self._costs.get(word)
        if found is None:
            found = self._costs[word] = self._cost(word)
        return found

    def _cost(self, word: str) -> float:
        if not word or not is_word_character(word[0]):
            return _SIGN_COSTS.get(word, _OTHER_SIGN_COST)
        count = self._counts[word]
        learned = _LEARNED_COST - 0.8 * math.log(count) if count else math.inf
        listed = listed_cost(word)
        if listed is not None:
            return max(2.0, min(learned, listed - 0.5 * math.log(1 + count)))
        if count:
            return max(2.0, learned)
        if word == "و":
            return _PARTICLE_COST + 4
        framed = f"^{word}$"
        seen = _listed_trigrams()
        return (
            _UNKNOWN_COST
            + _LETTER_TOO_MANY * max(0, len(word) - _LONG_WORD)
            + sum(
                _SEEN_TRIGRAM if framed[p : p + 3] in seen else _NEW_TRIGRAM
                for p in range(len(framed) - 2)
            )
        )

    def pair_cost(self, before: str, word: str) -> float:
        """Return the cost of a word after another (or after a number or a sign)."""
        key = (before, word)
        if key in self._aside:
            return self._pair_cost(key)
        found = self._pair_costs.get(key)
        if found is None:
            found = self._pair_costs[key] = self._pair_cost(key)
        return found

    def _agreement(self, key: tuple[str, str]) -> float:
        """How much dearer or cheaper the kind of word makes it after the kind before it."""
        before, after = class_of(key[0]), class_of(key[1])
        total = self._class_total
        seen = self._class_after[before]
        if total < 200 or seen < 5 or not self._class_counts[after]:
            return 0.0
        usual = self._class_counts[after] / total
        here = (self._classes[before, after] + 4 * usual) / (seen + 4)
        return max(-2.5, min(2.5, math.log(usual / here)))

    def _pair_cost(self, key: tuple[str, str]) -> float:
        before, word = key
        alone = max(0.5, self.cost(word) + self._agreement(key))
        if before not in self._after_word and before[:1] in ("و", "ف") and len(before) > 3:
            # «وإضافة إلى» as «إضافة إلى»
            before = before[1:]
        seen = self._after_word[before]
        if not seen:
            return alone
        kinds = self._kinds_after[before]
        own = self._aside[before, word]
        if seen <= own:
            return alone
        share = max(0, self._pairs[before, word] - own) / (seen + kinds)
        return -math.log(share + kinds / (seen + kinds) * math.exp(-alone))


@lru_cache(maxsize=65536)
def class_of(word: str) -> str:
    """Return what kind of word it is by its outside, to learn which kinds follow which.

    >>> class_of("في"), class_of("المتحدة"), class_of("تدابير")
    ('في', 'الة', 'N')
    """
    if word in _particles() or not word or not is_word_character(word[0]):
        return word
    if _verb_cost(word) < math.inf:
        return "V"
    article = next((p for p in _DEFINITE if word.startswith(p) and len(word) > len(p) + 2), "")
    ending = next(
        (e for e in ("ات", "ين", "ون", "ية", "ة", "ي", "ها", "هم") if word.endswith(e)), ""
    )
    return (("ال" if article.endswith("ال") else article) or "N") + ending


@cache
def common_forms() -> frozenset[str]:
    """Return listed words as they usually stand: bare, with article, with a preposition."""
    bare = _stems() | _particles()
    nouns = [word for word in _stems() if len(word) > 3]
    prefixes = ("ال", "وال", "بال", "لل", "و", "ل", "ب")
    ended = [word[:-1] + "ت" if word.endswith("ة") else word for word in nouns]
    suffixed = {word + ending for word in ended for ending in ("ها", "هم", "ه")}
    return bare | {prefix + word for prefix in prefixes for word in nouns} | suffixed
