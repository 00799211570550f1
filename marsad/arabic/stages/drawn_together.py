"""Letters that are drawn together and were written down from the left.

Reads: words in which two letters that a font draws in one shape stand the wrong way round:
«االتجار» for «الاتجار», «إىل» for «إلى», «يف» for «في», «الخرباء» for «الخبراء».
Writes: the two letters exchanged, where the word is none as it stands and is one then. Which pairs
are meant the text itself tells: one that three words or more of it have, and half of the words
that are none, by itself or beside another pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import ClassVar

from marsad.arabic import dictionary
from marsad.arabic.atoms import WORD, atoms_of
from marsad.arabic.letters import MARKS
from marsad.arabic.likelihood import is_word
from marsad.arabic.pipeline import Draft, Line, Mended

#: Words that a pair must mend, and the share of words it is in.
_FEWEST, _SHARE = 3, 0.5
#: Of so many words of the text one must be mended.
_ONE_IN = 100
#: How much commoner a word must be than one that is a word too.
_COMMONER = 4
#: No word has more of them, and no longer word is looked at.
_MOST, _LONGEST = 3, 16


class DrawnTogether:
    """Exchange two letters of a word that were written down from the left."""

    name: ClassVar[str] = "drawn_together"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._right: dict[str, tuple[int, ...]] = {}

    def study(self, draft: Draft) -> None:
        """Learn from the words that are none which pairs stand the wrong way round."""
        words = Counter(
            atom.key
            for line in draft.lines
            if not line.foreign
            for atom in atoms_of(line.text.text)
            if atom.kind == WORD
        )
        short = [word for word in words if 1 < len(word) <= _LONGEST]
        strange = {word for word in short if not _is_any_word(word)}
        pairs = turned_pairs(strange)
        found = {word: places for word in short if (places := _exchanged(word, pairs))}
        if sum(words[word] for word in found.keys() & strange) * _ONE_IN >= words.total():
            self._right = {
                word: places
                for word, places in found.items()
                if word in strange or _is_commoner(_with(word, places), word)
            }

    def mend(self, line: Line) -> Iterator[Mended]:
        """Write the words right, the last one first."""
        if not self._right:
            return
        text = line.text
        for atom in reversed(atoms_of(text.text)):
            if atom.key not in self._right or atom.kind != WORD:
                continue
            word = text[atom.start : atom.end]
            places = [at for at, sign in enumerate(word.text) if sign not in MARKS]
            for at in self._right[atom.key]:
                places[at : at + 2] = places[at + 1], places[at]
            if len(places) < len(word):
                continue  # which letter a mark belongs to, nobody knows
            right = word.keeping(places)
            after = text[: atom.start] + right + text[atom.end :]
            yield Mended(
                text=after,
                kind="drawn_together",
                before=word,
                after=right.text,
                confidence=0.95,
                evidence="no word as it stands; letters that are drawn together, exchanged as in "
                "other words of the text, make it one",
            )
            text = after


def turned_pairs(strange: Iterable[str]) -> frozenset[str]:
    """Return the pairs of letters that stand the wrong way round in words that are none.

    >>> sorted(turned_pairs(["االتجار", "األمم", "االستغالل", "أوال"]))
    ['ال']
    """
    words = [word for word in strange if len(word) <= _LONGEST]
    have = Counter(pair for word in words for pair in _pairs(word))
    mended: Counter[str] = Counter()
    known: frozenset[str] = frozenset()
    for _round in range(2):
        # a word with two such pairs is mended once one of them is known
        mended.clear()
        for word in words:
            mended.update(
                {
                    _levelled(word[at : at + 2])
                    for at in range(len(word) - 1)
                    if _levelled(word[at : at + 2]) not in known
                    and _exchanged(word, known | {_levelled(word[at : at + 2])})
                }
            )
        known |= {
            pair
            for pair, count in mended.items()
            if count >= _FEWEST and count >= _SHARE * have[pair]
        }
    return known


def _levelled(pair: str) -> str:
    """An alef with a hamza is drawn together with a lam as one without is."""
    return pair.translate(_ALEFS)


_ALEFS = str.maketrans("أإآٱ", "اااا")


def _pairs(word: str) -> set[str]:
    return {_levelled(word[at : at + 2]) for at in range(len(word) - 1)}


def _exchanged(word: str, pairs: frozenset[str]) -> tuple[int, ...]:
    """Return where two letters of a word are to be exchanged; nowhere if that makes it no word."""
    at = [place for place in range(len(word) - 1) if _levelled(word[place : place + 2]) in pairs]
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for count in range(1, min(_MOST, len(at)) + 1):
        for places in combinations(at, count):
            if any(two - one < 2 for one, two in pairwise(places)):
                continue
            right = _with(word, places)
            if right != word and is_word(right):
                best = max(best, (dictionary.commonness(right) + 1e-9, places))
    return best[1]


def _with(word: str, places: Iterable[int]) -> str:
    letters = list(word)
    for at in places:
        letters[at : at + 2] = letters[at + 1], letters[at]
    return "".join(letters)


def _is_commoner(right: str, word: str) -> bool:
    """Tell whether a word that is one, too, is likelier the other turned: «اليت», «وال»."""
    return dictionary.commonness(right) >= _COMMONER * dictionary.commonness(word)


def _is_any_word(word: str) -> bool:
    return is_word(word) or dictionary.known(word)
