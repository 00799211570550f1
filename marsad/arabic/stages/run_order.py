"""Runs of a line put back in order.

Reads: a line without tatweel, its runs written out in reverse from the left edge of the page, e.g.
«أو الخدمات أو الأعمالعلى لطلب ل التصدِّيفي أفضل الممارسات», and the kashida ties of `Tatweel`.
Writes: the same letters in reading order, torn words closed, a space at every seam that needs one
(taken from a neighbouring space of the source where there is one, else recorded as inserted).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.decoder import Decoder, Piece, Reading
from marsad.arabic.learning import learn_from
from marsad.arabic.lexicon import Lexicon
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.traced import INSERTED, Traced

#: How many nats better than the line as it stands a reading must be, in a text that shows signs
#: of reversed runs and in one that does not.
_MARGIN_DAMAGED = 2.0
_MARGIN_CLEAN = 12.0


class RunOrder:
    """Decode the order of the runs of a line."""

    name: ClassVar[str] = "run_order"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._lexicon = Lexicon()
        self._decoder = Decoder(self._lexicon)
        self._margin = _MARGIN_CLEAN
        self._active = True

    def study(self, draft: Draft) -> None:
        """Learn words and pairs of words from the readable spans of the text."""
        damage = draft.damage
        self._active = damage.damaged or damage.lines <= 3
        if damage.damaged:
            self._margin = _MARGIN_DAMAGED
        learn_from([line.text.text for line in draft.lines], self._lexicon)

    def mend(self, line: Line) -> Iterator[Mended]:
        """Put the runs of one line in order."""
        if not self._active:
            return
        places = {origin: place for place, origin in enumerate(line.text.origins)}
        reading = self._decoder.read(
            line.text.text,
            tied_before={places[o] for o in line.tied_before if o in places},
            tied_after={places[o] for o in line.tied_after if o in places},
        )
        if reading is None or len(reading.pieces) == 1:
            return
        gain = reading.standing - reading.cost
        if gain < self._margin:
            return
        after = put_in_order(line.text, reading.pieces)
        yield Mended(
            text=after,
            kind="run_order",
            before=line.text,
            after=after.text,
            confidence=_confidence(reading),
            evidence=(
                f"{len(reading.pieces)} runs put in order; {gain:.1f} nats likelier than the line "
                f"as it stood, {reading.runner_up - reading.cost:.1f} than the next reading"
            ),
        )


def _confidence(reading: Reading) -> float:
    margin = min(reading.runner_up, reading.standing) - reading.cost
    return round(1 / (1 + math.exp(-margin)), 3)


def put_in_order(text: Traced, pieces: tuple[Piece, ...]) -> Traced:
    """Join runs in reading order with one space at every seam that is not inside a word."""
    used: set[int] = set()
    out: list[Traced] = []
    for piece in pieces:
        part = text[piece.start : piece.end]
        if out and not piece.joined and _needs_space(out[-1].text, part.text):
            out.append(_space(text, piece.start - 1, used))
        out.append(part)
    return Traced.joined(out)


def _needs_space(before: str, after: str) -> bool:
    if after[0] in "،؛؟.:)/" or before[-1] in "(/":
        return after[0] in ".:" and len(after) > 1 and after[1].isalnum()
    return True


def _space(text: Traced, place: int, used: set[int]) -> Traced:
    if place >= 0 and text.text[place] == " " and place not in used:
        used.add(place)
        return text[place : place + 1]
    return Traced(" ", (INSERTED,))
