"""Pieces of one word that stand side by side, with a gap between them.

Reads: a line without tatweel and its ties, e.g. «في قضايا الاتجـ   ار، وتوفير»: the tatweel says
that the piece goes on, and the next piece is the rest of the word.
Writes: the word closed, where the two pieces together are a known word and one of them is none.
Pieces that stand elsewhere in the line are left to `RunOrder`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from marsad.arabic.atoms import WORD, Atom, atoms_of
from marsad.arabic.letters import NON_JOINING
from marsad.arabic.lexicon import listed_cost
from marsad.arabic.pipeline import Draft, Line, Mended


class Ties:
    """Close the gap inside a word that a tatweel ties together."""

    name: ClassVar[str] = "ties"
    conserves: ClassVar[bool] = True

    def study(self, draft: Draft) -> None:
        """Nothing to learn: the ties are on the lines."""

    def mend(self, line: Line) -> Iterator[Mended]:
        """Close the gaps of a line, the last one first."""
        if not (line.tied_before or line.tied_after):
            return
        for before, after in reversed(list(pairwise(atoms_of(line.text.text)))):
            if not _one_word(line, before, after):
                continue
            text = line.text
            closed = text[: before.end] + text[after.start :]
            yield Mended(
                text=closed,
                kind="tie",
                before=text[before.start : after.end],
                after=closed.text[before.start : before.end + after.end - after.start],
                confidence=0.95,
                evidence="a tatweel ties the two pieces, and together they are a known word",
            )


def _one_word(line: Line, before: Atom, after: Atom) -> bool:
    if before.kind != WORD or after.kind != WORD or after.start == before.end:
        return False
    origins = line.text.origins
    tied = origins[after.start] in line.tied_before or origins[before.end - 1] in line.tied_after
    if not tied or before.key[-1:] in NON_JOINING:
        return False
    whole = listed_cost(before.key + after.key) is not None
    return whole and (listed_cost(before.key) is None or listed_cost(after.key) is None)
