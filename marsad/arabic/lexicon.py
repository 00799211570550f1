"""How likely an Arabic word is, and how likely after the word before it.

Known words come from our own lists in `data/` with the clitics and endings Arabic adds to them,
and from the text being repaired: a word that stands again and again inside its runs is a word,
whatever the lists say. Costs are in nats, so that sums of costs compare readings of a line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from marsad.arabic.data import lines, words
from marsad.arabic.frequencies import frequency
from marsad.arabic.letters import is_word_character, without_marks

_PARTICLE_COST = 5.0
_WORD_COST = 8.5
_LETTER_NAME_COST = 12.0
_DERIVED_COST = 0.6
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")
_PLAIN = tuple(c + p for c in _CONJUNCTIONS for p in _PREPOSITIONS)
_DEFINITE = tuple(c + p for c in _CONJUNCTIONS for p in ("ال", "بال", "كال", "لل"))
_VERBAL = tuple(
    c + p for c in _CONJUNCTIONS for p in ("ي", "ت", "ن", "أ", "سي", "ست", "سن", "لي", "لت")
)


def _by_initial(prefixes: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Sort prefixes by the letter they begin with: most words begin with no more than one."""
    found: dict[str, list[str]] = {}
    for prefix in prefixes:
        found.setdefault(prefix[:1], []).append(prefix)
    return found


_PLAIN_BY, _DEFINITE_BY, _VERBAL_BY = map(_by_initial, (_PLAIN, _DEFINITE, _VERBAL))
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


@lru_cache(maxsize=1 << 17)
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
        _noun_cost(word, _DEFINITE_BY, _NOUN_ENDINGS),
        _noun_cost(word, _PLAIN_BY, _OPEN_ENDINGS),
        _particle_cost(word),
        _verb_cost(word),
    )
    return best if best < math.inf else None


def _prefixes(word: str, sorted_by: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the prefixes that a word begins with, the empty one too if it is among them."""
    yield from sorted_by.get("", ())
    for prefix in sorted_by.get(word[:1], ()) if word else ():
        if word.startswith(prefix):
            yield prefix


def _noun_cost(word: str, prefixes: Mapping[str, Sequence[str]], endings: frozenset[str]) -> float:
    best = math.inf
    for prefix in _prefixes(word, prefixes):
        rest = word[len(prefix) :]
        if prefixes is _DEFINITE_BY and rest in _particles() and not frequency(word):
            continue  # «البعض» is one, «الينبغي» is not
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
    for prefix in _prefixes(word, _PLAIN_BY):
        if prefix and word[len(prefix) :] in _particles():
            rest = len(word) - len(prefix)
            if rest >= 3 or (prefix in ("و", "ف") and rest == 2):
                return _PARTICLE_COST + 2 * _DERIVED_COST
    return math.inf


@lru_cache(maxsize=1 << 17)
def _verb_cost(word: str) -> float:
    perfect, imperfect = _verbs()
    cost = _WORD_COST + 2 * _DERIVED_COST
    for conjunction in _CONJUNCTIONS:
        if word.startswith(conjunction):
            rest = word[len(conjunction) :]
            if any(stem in perfect for stem, _ in _split(rest, _PERFECT_ENDINGS, shortest=3)):
                return cost
    for prefix in _prefixes(word, _VERBAL_BY):
        rest = word[len(prefix) :]
        if any(stem in imperfect for stem, _ in _split(rest, _IMPERFECT_ENDINGS, shortest=2)):
            return cost
    return math.inf


@lru_cache(maxsize=1 << 17)
def class_of(word: str) -> str:
    """Return what kind of word it is by its outside, to learn which kinds follow which.

    >>> class_of("في"), class_of("المتحدة"), class_of("تدابير")
    ('في', 'الة', 'N')
    """
    if word in _particles() or not word or not is_word_character(word[0]):
        return word
    if word[0] in "وف" and len(word) > 3 and listed_cost(word[1:]) is not None:
        # a conjunction opens sentences and clauses whatever follows it
        return "و" + _bare_class(word[1:])
    return _bare_class(word)


def _bare_class(word: str) -> str:
    if word in _particles():
        return word
    if _verb_cost(word) < math.inf:
        return "V"
    article = next((p for p in _DEFINITE if word.startswith(p) and len(word) > len(p) + 2), "")
    ending = next((e for e in _CLASS_ENDINGS if word.endswith(e)), "")
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
