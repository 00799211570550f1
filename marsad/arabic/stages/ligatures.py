"""Ligatures that a font decoded as other letters.

Reads: a line in order in which one glyph was taken for another, e.g. «المترل» where the page has
«المنزل» (the joined «نز» looks like «تر»).
Writes: the word our lists know, where the word as it stands is unknown and only one exchange of a
known pair makes it known. Letters are replaced here, so the change says so (`text_changed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.atoms import WORD, Atom, atoms_of
from marsad.arabic.lexicon import listed_cost
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.traced import Traced

#: What stands in the text, and the pair of letters whose ligature looks the same.
_CONFUSED = (("تر", "نز"), ("تز", "نز"), ("ير", "نز"))


class Ligatures:
    """Put right a word whose ligature was decoded as other letters."""

    name: ClassVar[str] = "ligatures"
    conserves: ClassVar[bool] = False

    def __init__(self) -> None:
        self._active = False

    def study(self, draft: Draft) -> None:
        """Clean texts, and texts that are only a few words, have their own spelling."""
        self._active = draft.damage.damaged or draft.damage.letters < 12

    def mend(self, line: Line) -> Iterator[Mended]:
        """Exchange one pair of letters in an unknown word that becomes a known one."""
        if not self._active:
            return
        text = line.text
        for atom in atoms_of(text.text):
            found = _exchange(atom, text.text)
            if found is None:
                continue
            place, letters = found
            new = Traced(letters, text.origins[place : place + len(letters)])
            after = text[:place] + new + text[place + len(letters) :]
            yield Mended(
                text=after,
                kind="ligature",
                before=text[atom.start : atom.end],
                after=after.text[atom.start : atom.end],
                confidence=0.8,
                evidence="no known word as it stands; the one exchange that makes it a known word",
                text_changed=True,
            )
            text = after


def _exchange(atom: Atom, text: str) -> tuple[int, str] | None:
    if atom.kind != WORD or len(atom.key) < 5 or listed_cost(atom.key) is not None:
        return None
    found: list[tuple[int, str]] = []
    for wrong, right in _CONFUSED:
        word = text[atom.start : atom.end]
        place = word.find(wrong)
        if place >= 0 and listed_cost(atom.key.replace(wrong, right, 1)) is not None:
            found.append((atom.start + place, right))
    return found[0] if len(found) == 1 else None
