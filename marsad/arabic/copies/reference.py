"""A copy that has been repaired and stands in order: what the text at hand is held against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from marsad.arabic.copies.sources import TEXT_LAYER, Copy
from marsad.arabic.copies.verdict import letters_of
from marsad.arabic.copies.words import words_of
from marsad.arabic.fold import fold
from marsad.arabic.letters import MARKS, TATWEEL
from marsad.arabic.record import Repair

#: Letters in a row by which a line is found again.
GRAM = 5
#: A row of letters met more often than this says nothing about a place.
_COMMON = 60

_WITHOUT_SHAPE = MARKS | {TATWEEL, "\u200c", "\u200d", "\u200e", "\u200f", "\ufeff"}

_FOLDED: dict[str, str] = {}


def folded(sign: str) -> str:
    """Return the folded form of one character; empty for marks, tatweel and spaces."""
    found = _FOLDED.get(sign)
    if found is None:
        found = "" if sign in _WITHOUT_SHAPE or sign.isspace() else fold(sign).strip()
        if len(_FOLDED) < 20_000:
            _FOLDED[sign] = found
    return found


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A repaired copy, its letters in a row."""

    #: What the record calls it.
    name: str
    #: How its text was come by.
    kind: str
    #: The repaired text.
    text: str
    #: Lines whose order is itself a guess: first and one past the last offset of each.
    unsure: Sequence[tuple[int, int]] = ()

    @classmethod
    def of(cls, copy: Copy, repair: Repair) -> Reference:
        """Take a copy and its repair for a reference."""
        return cls(
            name=copy.name,
            kind=copy.kind,
            text=repair.text,
            unsure=tuple(_guessed(repair)) if copy.kind == TEXT_LAYER else (),
        )

    @cached_property
    def _stream(self) -> tuple[str, list[int]]:
        letters: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(self.text):
            for letter in folded(sign):
                if letter.isalnum():
                    letters.append(letter)
                    places.append(place)
        return "".join(letters), places

    @property
    def letters(self) -> str:
        """All letters and digits, folded."""
        return self._stream[0]

    @property
    def places(self) -> list[int]:
        """For each of the letters its offset in the text."""
        return self._stream[1]

    @cached_property
    def starts(self) -> bytearray:
        """For each place between letters whether a word starts or the text ends there."""
        text, places = self.text, self.places
        found = bytearray(len(places) + 1)
        found[0] = found[-1] = 1
        for at in range(1, len(places)):
            between = text[places[at - 1] + 1 : places[at]]
            if any(sign not in _WITHOUT_SHAPE for sign in between):
                found[at] = 1
        return found

    @cached_property
    def grams(self) -> dict[str, list[int]]:
        """Where rows of letters stand, without those that stand everywhere."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        letters = self.letters
        for at in range(len(letters) - GRAM + 1):
            found[letters[at : at + GRAM]].append(at)
        return {gram: places for gram, places in found.items() if len(places) <= _COMMON}

    @cached_property
    def met(self) -> Counter[str]:
        """How often each word is met, by its letters."""
        return Counter(letters_of(self.text[word.start : word.end]) for word in words_of(self.text))

    def is_sure(self, first: int, last: int) -> bool:
        """Tell whether the order of these letters is more than a guess of the decoder."""
        start, end = self.places[first], self.places[last - 1] + 1
        return not any(a < end and start < b for a, b in self.unsure)


def _guessed(repair: Repair) -> list[tuple[int, int]]:
    found = []
    start = 0
    for line in repair.lines:
        end = start + len(line.text)
        if any(c.kind == "run_order" and c.applied for c in line.changes):
            found.append((start, end))
        start = end + len(line.ending)
    return found
