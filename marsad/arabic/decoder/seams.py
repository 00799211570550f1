"""Where a line may be cut, what each cut costs, and what it costs to read on.

Every cost is in nats and says how unlikely the thing is: a cut at a gap of several spaces is cheap
and reading on over it dear; a cut between two words of one run is dear and reading on free.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from marsad.arabic.atoms import NUMBER, SIGN, WORD, Atom, atoms_of
from marsad.arabic.letters import MARKS, begins_doubled, is_private, without_marks
from marsad.arabic.likelihood import Lexicon
from marsad.arabic.ngrams import LINE_START

STOPS = frozenset("،.؛:")
CLOSING = frozenset(".،؛:)")

#: A cut that costs no more is provoked by something that looks like a seam.
STRONG_CUT = 1.2
_AT_TIE, _AT_GAP, _AT_STOP = 0.0, 0.1, 0.2
_BETWEEN_WORDS, _BEHIND_COMMA, _BEFORE_STOP, _BEHIND_STOP = 4.2, 4.5, 0.4, 1.5
_AT_NUMBER, _AT_SIGN = 0.5, 1.0
_BETWEEN_KNOWN_PARTS, _INSIDE_WORD, _INSIDE_UNPROVOKED = 1.5, 4.5, 8.0
_BEHIND_FREE_COMMA = 2.5
#: A cut between two words of which the first, the second or both are known to nobody: torn pieces
#: and pieces run together stand at seams.
_BESIDE_STRANGE = {(True, False): 2.1, (False, True): 3.0, (True, True): 1.3}
#: Two words that go together this much better than apart are never cut.
_INSEPARABLE, NEVER = 4.0, 99.0
#: An unknown word longer than this is cut only where a part of it is known.
_SHORT_WORD = 3
#: What it costs to read on over a tie, a gap, a stop set free, two pieces that touch.
_OVER_TIE, _OVER_GAP, _OVER_FREE_STOP, _OVER_TOUCH = 12.0, 3.5, 3.0, 8.0
_OVER_NUMBER, _GAP_BEFORE_STOP, _TOUCHING_STOP, _BRACKET_IN_WORD = 1.5, 6.0, 3.5, 3.0
_GAP_IN_BRACKET, _MIRRORED = 1.0, 9.0
#: What it costs that a word begins with a doubled letter.
DOUBLED_FIRST = 7.0
#: Brackets further apart than this are not taken for a mirrored pair.
_BRACKETED = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """An atom, or a part of a word between two places where it may be cut."""

    start: int
    end: int
    #: The atom it is, or is a part of.
    atom: int
    #: What it costs to cut before it.
    cut: float


class Seams:
    """The units of a line and the costs of what lies between them."""

    def __init__(
        self, text: str, lexicon: Lexicon, tied_before: set[int], tied_after: set[int]
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tied_before = tied_before
        self.tied_after = tied_after
        self.atoms = atoms_of(text)
        self.mirrored = self._mirrored()
        #: Where a word would begin with a doubled letter: it is the rest of one («تِّجار»).
        self.doubled = {
            atom.start
            for atom in self.atoms
            if atom.kind == WORD and begins_doubled(text, atom.start)
        }
        self._loose = {atom for pair in self.mirrored for atom in pair}
        self._keys: dict[tuple[int, int], str] = {}
        self.units = self._units()
        if self.shows_none():
            self.units = [self._unprovoked(unit) for unit in self.units]

    def key(self, start: int, end: int) -> str:
        """Return a part of the line as the lexicon looks it up."""
        found = self._keys.get((start, end))
        if found is None:
            found = self._keys[start, end] = without_marks(self.text[start:end])
        return found

    def spaces_behind(self, place: int) -> int:
        """Count the spaces behind a piece; at the end of the line nobody knows."""
        text, end = self.text, place
        while text[end : end + 1].isspace():
            end += 1
        return end - place if end < len(text) else 0

    def is_tied(self, before: int, after: int) -> bool:
        """Tell whether a kashida ties the letter at `after` to the one before, or at `before`."""
        return after in self.tied_before or before in self.tied_after

    def shows_none(self) -> bool:
        """Tell whether nothing but the words themselves speaks for a cut."""
        return not self.mirrored and all(unit.cut > STRONG_CUT for unit in self.units[1:])

    def is_broken(self) -> bool:
        """Tell whether the line looks as no one writes: gaps, ties, stops set free, touching."""
        if self.mirrored or self.doubled or self.tied_before or self.tied_after:
            return True
        return any(
            after.start - before.end >= 2
            or (before.key in STOPS and self._stands_free(before))
            or (before.end == after.start and SIGN not in (before.kind, after.kind))
            for before, after in pairwise(self.atoms)
        )

    # cuts

    @staticmethod
    def _unprovoked(unit: Unit) -> Unit:
        """Where nothing shows a seam, a strange word is likelier strange than torn."""
        return replace(unit, cut=_INSIDE_UNPROVOKED) if unit.cut == _INSIDE_WORD else unit

    def _units(self) -> list[Unit]:
        units: list[Unit] = []
        for place, atom in enumerate(self.atoms):
            inside = self._cuts_inside(atom)
            cut = self._cut_before(place)
            starts = [atom.start, *inside]
            for start, end in zip(starts, [*inside, atom.end], strict=True):
                units.append(Unit(start, end, place, cut))
                cut = self._cut_inside(atom, end)
        return units

    def _cut_before(self, place: int) -> float:
        if not place:
            return 0.0
        if place in self._loose or place - 1 in self._loose:
            return _AT_STOP
        return self._cut_between(self.atoms[place - 1], self.atoms[place])

    def _cut_inside(self, atom: Atom, place: int) -> float:
        if self.is_tied(place - 1, place):
            return _AT_TIE
        parts = (self.key(atom.start, place), self.key(place, atom.end))
        if all(len(part) >= 2 and self.lexicon.knows(part) for part in parts):
            return _BETWEEN_KNOWN_PARTS
        return _INSIDE_WORD

    def _cuts_inside(self, atom: Atom) -> list[int]:
        if atom.kind != WORD or any(map(is_private, atom.key)):
            return []
        places = range(atom.start + 1, atom.end)
        ties = {place for place in places if self.is_tied(place - 1, place)}
        # «تِّجاربين»: a word, were it not for the doubled letter it begins with
        if self.lexicon.knows(atom.key) and not ties and atom.start not in self.doubled:
            return []
        return [
            place
            for place in places
            if self.text[place] not in MARKS and (place in ties or self._worth_cutting(atom, place))
        ]

    def _worth_cutting(self, atom: Atom, place: int) -> bool:
        if len(atom.key) <= _SHORT_WORD:
            return True
        left, right = self.key(atom.start, place), self.key(place, atom.end)
        # «فادورالسل»: two runs of one word, the second first
        if self.lexicon.knows(right + left):
            return True
        return any(len(part) >= 2 and self.lexicon.knows(part) for part in (left, right))

    def _cut_between(self, before: Atom, after: Atom) -> float:
        if self.is_tied(before.end - 1, after.start):
            return _AT_TIE
        gap = after.start - before.end
        if gap >= 2 or after.start in self.doubled:
            return _AT_GAP
        if before.key in STOPS and self._stands_free(before):
            # «، توغو ، تايلند»: a comma set free belongs to what it stands before
            return _BEHIND_FREE_COMMA if before.key == "،" else _AT_STOP
        if gap == 1:
            return self._cut_at_space(before, after)
        return _cut_where_touching(before, after)

    def _cut_at_space(self, before: Atom, after: Atom) -> float:
        if before.kind == WORD and after.kind == WORD:
            lexicon = self.lexicon
            strange = (not lexicon.knows(before.key), not lexicon.knows(after.key))
            if any(strange):
                return _BESIDE_STRANGE[strange]
            gain = lexicon.cost(after.key) - lexicon.pair_cost(before.key, after.key)
            return NEVER if gain > _INSEPARABLE else _BETWEEN_WORDS
        if before.key == "،":
            return _BEHIND_COMMA
        if after.key in STOPS:
            return _BEFORE_STOP
        if before.key in STOPS:
            return _BEHIND_STOP
        return _AT_NUMBER if NUMBER in (before.kind, after.kind) else _AT_SIGN

    def _stands_free(self, stop: Atom) -> bool:
        """Tell whether a stop is a run of its own: in «لذلك . الصغرى» it ends «الصغرى»."""
        return stop.start == 0 or self.text[stop.start - 1].isspace()

    # reading on

    def junction(self, place: int) -> float:
        """What it costs to read from the atom before `place` on to the one there."""
        before, after = self.atoms[place - 1], self.atoms[place]
        if self.is_tied(before.end - 1, after.start):
            return _OVER_TIE
        gap = after.start - before.end
        cost = _OVER_GAP if gap >= 2 else 0.0
        if after.start in self.doubled:
            cost += DOUBLED_FIRST
        if before.key in STOPS and before.key != "،" and gap < 2 and self._stands_free(before):
            cost += _OVER_FREE_STOP
        if gap == 0 and before.kind != SIGN and after.kind != SIGN:
            return cost + _OVER_TOUCH
        if NUMBER in (before.kind, after.kind) and WORD in (before.kind, after.kind):
            # digits run the other way and are always a run of their own
            cost += _OVER_NUMBER
        cost += _at_signs(before, after, gap)
        if place in self._loose or place - 1 in self._loose:
            cost += _GAP_BEFORE_STOP
        return cost

    def over_mirrored(self, first: int, last: int) -> float:
        """What it costs that a run reads a closing bracket before its opening one."""
        return _MIRRORED * sum(
            first <= closed and opened <= last for closed, opened in self.mirrored
        )

    def _mirrored(self) -> list[tuple[int, int]]:
        """Pairs of atoms «)» … «(»: brackets the wrong way round if read as they stand."""
        pairs = []
        closed = -1
        for place, atom in enumerate(self.atoms):
            if atom.key == ")":
                closed = place
            elif atom.key == "(":
                if closed >= 0 and place - closed <= _BRACKETED:
                    pairs.append((closed, place))
                closed = -1
        return pairs


def _cut_where_touching(before: Atom, after: Atom) -> float:
    if before.kind != SIGN and after.kind != SIGN:
        return _AT_NUMBER
    if before.key in CLOSING:
        return 0.6
    if before.kind == WORD and after.key in STOPS:
        return 3.0
    if before.key == "(" or after.key == ")":
        return 2.5
    return _AT_SIGN


def _at_signs(before: Atom, after: Atom, gap: int) -> float:
    cost = 0.0
    if after.key in CLOSING and gap:
        cost += _GAP_BEFORE_STOP
    if gap == 0 and after.kind != SIGN and before.key in CLOSING:
        cost += _TOUCHING_STOP
    if gap == 0 and after.key == "(" and before.kind != SIGN:
        cost += _BRACKET_IN_WORD
    if before.key == "(" and gap:
        cost += _GAP_IN_BRACKET
    return cost


def glued(text: str) -> bool:
    """Tell whether a number touches a word in a reading: «١٢من»."""
    return any(
        one.end == two.start and {one.kind, two.kind} == {WORD, NUMBER}
        for one, two in pairwise(atoms_of(text))
    )


__all__ = ["CLOSING", "LINE_START", "NEVER", "STOPS", "STRONG_CUT", "Seams", "Unit", "glued"]
