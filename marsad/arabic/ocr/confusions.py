"""How optical reading goes wrong: which letters it takes for which, and how easily.

A cost is in nats: the negative logarithm of the chance that a word on the page is read as another.
Letters of one shape differ by dots only («الابتحار» for «الاتجار»: a tooth too many, ج without its
dot); a tooth, an alef or a lam is soon lost or seen twice; a hamza is a speck.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz.distance import Levenshtein

#: Letters that share a shape, and what it costs to take one for another.
_SHAPES: tuple[tuple[str, float], ...] = (
    ("بتثنيئ", 6.0),
    ("جحخ", 6.0),
    ("دذ", 6.0),
    ("رزو", 6.5),
    ("سش", 6.0),
    ("صض", 6.0),
    ("طظ", 6.0),
    ("عغ", 6.0),
    ("فق", 6.0),
    ("ةه", 5.5),
    ("ةت", 6.0),
    ("هت", 7.0),
    ("اأإآ", 5.0),
    ("ىي", 5.0),
    ("ىئ", 6.5),
    ("وؤ", 5.0),
    ("ءئ", 6.5),
    # met when pages of our own, printed in three fonts, were read by Tesseract: ـهـ as ـيـ or ـبـ
    ("هي", 6.5),
    ("هب", 6.5),
    ("قت", 7.5),
    ("نر", 7.5),
    # ـهـ, ـلـ and ـمـ in small type; د and ر at the end of a word; ن and ز, «المترل»
    ("هلم", 7.0),
    ("در", 7.5),
    ("نز", 7.5),
    ("كل", 7.5),
    ("ال", 7.5),
    ("فغ", 7.5),
    ("عح", 7.5),
    ("قغ", 7.5),
    ("فع", 7.5),
)

#: Any other letter for any other.
_OTHER = 10.5
#: A letter seen where there is none, or not seen: a tooth, an upright stroke, any other.
_TOOTH, _STROKE, _LETTER = 7.0, 7.0, 9.5
_TEETH, _STROKES = frozenset("بتثنيئ"), frozenset("الةهور")
#: A hamza seen where there is none: a speck, or the comma behind the word («المهاجرينء»).
_COMMA = 6.0
#: A letter seen twice or two seen as one.
_TWICE = 6.0
#: Two letters in the wrong order.
_SWAPPED = 9.5
#: A space too many, or one too few.
SPACE = 7.5

#: Second slips in one word are looked for among the likely ones only.
_LIKELY = 7.6
_ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىةئؤء"


def _substitutions() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for shapes, cost in _SHAPES:
        for one in shapes:
            for other in shapes:
                if one != other:
                    costs[one, other] = min(cost, costs.get((one, other), math.inf))
    return costs


_SHAPED: Mapping[tuple[str, str], float] = MappingProxyType(_substitutions())


#: Letters, and what a slip costs for each.
_Priced = tuple[list[str], list[float]]


@dataclass(frozen=True, slots=True)
class _Tables:
    """What each slip of one letter costs."""

    #: For each letter what it may stand for.
    replaced: Mapping[str, _Priced]
    #: Letters that may be lost.
    lost: _Priced
    #: Letters that may be seen where there are none.
    seen: Mapping[str, float]


def _plain(read: str, right: str) -> float:
    """Return the cost of one slip by our own table."""
    if read and right:
        return _SHAPED.get((read, right), _OTHER)
    letter = read or right
    if read == "ء":
        return _COMMA
    if letter in _TEETH:
        return _TOOTH
    return _STROKE if letter in _STROKES else _LETTER


class Channel:
    """What each slip costs, by our own table and by what was learned.

    >>> Channel().cost("الابتحار", "الاتجار")
    13.0
    """

    def __init__(self, learned: Mapping[str, int] | None = None) -> None:
        """Start from our own table.

        :param learned: how often «read>right» was met, a letter or nothing on either side.
        """
        self._learned = dict(learned or {})
        self._met = sum(self._learned.values())
        self._cost = lru_cache(maxsize=4096)(self._slip)
        if not self._learned:
            self._all, self._likely = _plain_tables()
        else:
            self._all, self._likely = self._tables(math.inf), self._tables(_LIKELY)

    def slip(self, read: str, right: str, *, twice: bool = False) -> float:
        """Return the cost of one slip: a letter for a letter, or for nothing, or nothing for one.

        :param twice: whether the same letter stands beside it.
        """
        return min(self._cost(read, right), _TWICE if twice else math.inf)

    def _slip(self, read: str, right: str) -> float:
        cost = _plain(read, right)
        met = self._learned.get(f"{read}>{right}", 0)
        if not met:
            return cost
        # what was met is weighed against thirty slips that our table would expect
        share = (met + 30 * math.exp(3.0 - cost)) / (self._met + 30)
        return max(4.0, min(cost, 3.0 - math.log(share)))

    def cost(self, read: str, right: str) -> float:
        """Return what it costs to read one word as the other, along the shortest way."""
        total = 0.0
        for edit in Levenshtein.editops(read, right):
            there = read[edit.src_pos : edit.src_pos + 1]
            here = right[edit.dest_pos : edit.dest_pos + 1]
            if edit.tag == "replace":
                total += self.slip(there, here)
            elif edit.tag == "delete":
                total += self.slip(there, "", twice=_beside(read, edit.src_pos))
            else:
                total += self.slip("", here, twice=_beside(right, edit.dest_pos))
        return total

    def near(self, read: str, *, likely: bool = False) -> tuple[list[str], list[float]]:
        """Return every string one slip away, and what each slip costs; some come twice.

        :param likely: only the slips that are likely beside another one.
        """
        tables = self._likely if likely else self._all
        strings: list[str] = []
        costs: list[float] = []
        for place, letter in enumerate(read):
            before, after = read[:place], read[place + 1 :]
            if _beside(read, place):
                strings.append(before + after)
                costs.append(_TWICE)
            elif letter in tables.seen:
                strings.append(before + after)
                costs.append(tables.seen[letter])
            if letter in tables.replaced:
                others, prices = tables.replaced[letter]
                strings += [f"{before}{other}{after}" for other in others]
                costs += prices
            if not likely and after and after[0] != letter:
                strings.append(before + after[0] + letter + after[1:])
                costs.append(_SWAPPED)
            strings.append(before + letter + read[place:])
            costs.append(_TWICE)
        others, prices = tables.lost
        for place in range(len(read) + 1):
            before, after = read[:place], read[place:]
            strings += [f"{before}{other}{after}" for other in others]
            costs += prices
        return strings, costs

    def _tables(self, most: float) -> _Tables:
        return _tabled(self.slip, most)

    def around(self, read: str, *, deep: bool) -> dict[str, float]:
        """Return the strings a slip away, or (deep) two likely ones, and their least cost."""
        found: dict[str, float] = {}
        for word, cost in zip(*self.near(read), strict=True):
            if cost < found.get(word, math.inf):
                found[word] = cost
        if deep:
            likely = [(word, cost) for word, cost in found.items() if cost <= _LIKELY]
            for word, first in likely:
                for further, second in zip(*self.near(word, likely=True), strict=True):
                    if first + second < found.get(further, math.inf):
                        found[further] = first + second
        found.pop(read, None)
        return found

    def words_around(self, read: str, words: Callable[[set[str]], Set[str]]) -> dict[str, float]:
        """Return the strings a slip away that are words, and their least cost.

        Some four hundred strings are a slip away, and ten of them are words: only for these the
        costs are compared.

        :param words: picks the words out of the strings.
        """
        strings, costs = self.near(read)
        picked = words(set(strings))
        found: dict[str, float] = {}
        for word, cost in zip(strings, costs, strict=True):
            if word in picked and cost < found.get(word, math.inf):
                found[word] = cost
        found.pop(read, None)
        return found


def _beside(word: str, place: int) -> bool:
    """Tell whether the letter at a place stands beside its like."""
    letter = word[place]
    return letter in (word[max(0, place - 1) : place], word[place + 1 : place + 2])


def _tabled(slip: Callable[[str, str], float], most: float) -> _Tables:
    def priced(slips: Iterable[tuple[str, float]]) -> _Priced:
        kept = [(letter, cost) for letter, cost in slips if cost <= most]
        return [letter for letter, _cost in kept], [cost for _letter, cost in kept]

    return _Tables(
        replaced={
            letter: priced((other, slip(letter, other)) for other in _ALPHABET if other != letter)
            for letter in _ALPHABET
        },
        lost=priced((other, slip("", other)) for other in _ALPHABET),
        seen={other: cost for other in _ALPHABET if (cost := slip(other, "")) <= most},
    )


@cache
def _plain_tables() -> tuple[_Tables, _Tables]:
    """Return what our own table says of all slips, and of the likely ones; made once."""
    return _tabled(_plain, math.inf), _tabled(_plain, _LIKELY)


def slips_between(read: str, right: str) -> Iterator[str]:
    """Yield the slips that lead from one word to the other, as a `Channel` learns them.

    >>> list(slips_between("الابتحار", "الاتجار"))
    ['ب>', 'ح>ج']
    """
    for edit in Levenshtein.editops(read, right):
        there = "" if edit.tag == "insert" else read[edit.src_pos]
        here = "" if edit.tag == "delete" else right[edit.dest_pos]
        yield f"{there}>{here}"
