"""Lists of names in the order of the alphabet: «إسبانيا، أستراليا، إسرائيل، إكوادور»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from marsad.arabic.atoms import Atom
from marsad.arabic.letters import without_marks

#: So many commas, and one for so few pieces, make a list.
_FEWEST_COMMAS, _PIECES_PER_COMMA = 4, 4
_ALEFS = str.maketrans("أإآٱ", "اااا")


def is_list(atoms: Sequence[Atom]) -> bool:
    """Tell whether a line is made of names with commas between them."""
    commas = sum(atom.key == "،" for atom in atoms)
    return commas >= _FEWEST_COMMAS and commas * _PIECES_PER_COMMA >= len(atoms)


def inversions(text: str, *, goes_on: bool) -> int:
    """Count the members of a list that stand before one they should follow.

    The first and the last member may be parts of names that go on in another line.

    :param goes_on: whether the line before ended with a comma.
    """
    names = text.split("،")[0 if goes_on else 1 : -1]
    initials = [_initial(name) for name in names]
    return sum(before > after for before, after in pairwise(initials) if before and after)


def _initial(name: str) -> str:
    """Return the letter a name is sorted by: «الأردن» by its alef, «المغرب» by its mim."""
    plain = without_marks(name).strip().translate(_ALEFS)
    return plain.removeprefix("ال")[:1] if len(plain) > 4 else plain[:1]
