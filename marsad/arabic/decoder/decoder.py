"""The door of the decoder: one line in, its best reading out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from marsad.arabic.atoms import WORD
from marsad.arabic.decoder.collecting import UNCOLLECTED
from marsad.arabic.decoder.layers import best_in_layers, looks_layered
from marsad.arabic.decoder.placing import Placing
from marsad.arabic.decoder.reading import Context, Reading
from marsad.arabic.decoder.seams import Seams
from marsad.arabic.decoder.search import best_in_reverse
from marsad.arabic.likelihood import Lexicon

#: A longer line is no line of a page: it is left as it stands.
_MOST_UNITS = 300
#: What the first cut costs in a line that shows no sign of a seam.
_UNPROVOKED = 2.0
#: What it costs beyond that to carry the end of a sentence away from the end of such a line.
_SENTENCE_MOVED = 4.0
#: Two words of which the second costs so much more behind the first may have met at a seam.
_ILL_MATCHED = 0.0


class Decoder:
    """Find the reading of a line under a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(
        self,
        text: str,
        *,
        tied_before: set[int],
        tied_after: set[int],
        context: Context,
        layers: bool = True,
        marker: int | None = None,
    ) -> Reading | None:
        """Return the best reading of a line, or None where there is nothing to decide.

        :param tied_before: offsets of letters that a kashida ties to the letter before them.
        :param tied_after: offsets of letters that a kashida ties to the letter after them.
        :param context: the words of the lines around, where they are known.
        :param layers: look also for runs written in several layers, which takes longer.
        :param marker: where in the line the marker stood that was brought to its front.
        """
        seams = Seams(text, self._lexicon, tied_before, tied_after)
        inside = marker is not None and 0 < marker < len(text)
        if not 1 < len(seams.units) <= _MOST_UNITS or (self._is_plain(seams) and not inside):
            return None
        with UNCOLLECTED:
            return self._best(Placing(seams, self._lexicon, context), layers, marker, inside=inside)

    @staticmethod
    def _best(placing: Placing, layers: bool, marker: int | None, *, inside: bool) -> Reading:
        """Return the best reading of a line in which there is something to decide."""
        seams = placing.seams
        reading = best_in_reverse(placing)
        if len(reading.pieces) > 1 and not reading.broken:
            whole = seams.atoms[-1].key == "." and seams.atoms[-1].start == seams.atoms[-2].end
            unlikely = _UNPROVOKED + _SENTENCE_MOVED * whole
            reading = replace(reading, standing=reading.standing - unlikely)
        if marker == len(seams.text) or not (inside or looks_layered(placing, reading)):
            return reading
        if not layers:
            return replace(reading, layered=True)
        return best_in_layers(placing, reading, marker if inside else None)

    def _is_plain(self, seams: Seams) -> bool:
        """Tell whether nothing speaks for a cut, not even two words that do not go together."""
        if not seams.shows_none() or any(atom.key in ".:؛" for atom in seams.atoms[:-1]):
            return False
        lexicon = self._lexicon
        return all(
            lexicon.knows(atom.key) for atom in seams.atoms if atom.kind == WORD
        ) and not any(
            lexicon.pair_cost(before.key, after.key) > lexicon.cost(after.key) + _ILL_MATCHED
            for before, after in pairwise(seams.atoms)
        )
