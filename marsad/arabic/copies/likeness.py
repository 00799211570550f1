"""Whether two texts are copies of one document."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from marsad.arabic.fold import fold

#: Letters in a row that two copies share. Runs written in reverse are mostly longer.
_SHINGLE = 12
#: Copies of one report share 0.62 of their shingles, two reports of one body 0.07 at the most.
_COPIES = 0.25
#: Texts of fewer letters than this are compared letter by letter.
_SHORT = 60
_SHORT_COPIES = 80.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """How much two texts have in common."""

    #: Share of the first text's shingles (twelve folded letters in a row) the second holds.
    of_first: float
    #: Share of the second text's shingles the first holds.
    of_second: float
    #: Whether they are copies of one document, or one is a copy of a part of the other.
    copies: bool


def compare(first: str, second: str) -> Likeness:
    """Measure how much two texts have in common, whatever their spaces, marks and line breaks.

    >>> compare("تعقد الدول اجتماعا", "تعقد الـدول اجتماعـا").copies
    True
    >>> compare("تعقد الدول اجتماعا", "المساعدة القانونية").copies
    False
    """
    one, two = _letters(first), _letters(second)
    shortest = min(len(one), len(two))
    if shortest < _SHORT:
        alike = fuzz.ratio(one, two) if shortest else 0.0
        share = round(alike / 100, 3)
        return Likeness(of_first=share, of_second=share, copies=alike >= _SHORT_COPIES)
    ones, twos = _shingles(one), _shingles(two)
    shared = len(ones & twos)
    return Likeness(
        of_first=round(shared / len(ones), 3),
        of_second=round(shared / len(twos), 3),
        copies=shared / min(len(ones), len(twos)) >= _COPIES,
    )


def are_copies(first: str, second: str) -> bool:
    """Tell whether two texts are copies of one document, or one a copy of a part of the other."""
    return compare(first, second).copies


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _shingles(letters: str) -> set[str]:
    return {letters[place : place + _SHINGLE] for place in range(len(letters) - _SHINGLE + 1)}
