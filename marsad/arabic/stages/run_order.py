"""Runs of a line put back in order.

Reads: a line without tatweel, its runs written out in reverse from the left edge of the page, e.g.
«أو الخدمات أو الأعمالعلى لطلب ل التصدِّيفي أفضل الممارسات», and the kashida ties of `Tatweel`.
Writes: the same letters in reading order, torn words closed, a space at every seam that needs one
(taken from a neighbouring space of the source where there is one, else recorded as inserted).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.atoms import NUMBER, WORD, atoms_of
from marsad.arabic.decoder import LINE_START, SENTENCE_START, Decoder, Piece, Reading
from marsad.arabic.learning import learn_from
from marsad.arabic.lexicon import Lexicon
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.stages.markers import LEADING
from marsad.arabic.traced import INSERTED, Traced

#: How many nats better than the line as it stands a reading must be, in a text that shows signs
#: of reversed runs and in one that does not.
_MARGIN_DAMAGED = 2.0
_MARGIN_CLEAN = 12.0
#: A reading this much better than the next, all of known words, is not looked at again.
_SURE = 5.0


class RunOrder:
    """Decode the order of the runs of a line."""

    name: ClassVar[str] = "run_order"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._lexicon = Lexicon()
        self._decoder = Decoder(self._lexicon)
        self._margin = _MARGIN_CLEAN
        self._active = True
        self._context = LINE_START
        self._readings: dict[int, Reading | None] = {}
        self._sure: set[int] = set()
        self._following: dict[int, str] = {}
        self._own: list[Counter[tuple[str, str]]] = []
        self._layers = False

    def study(self, draft: Draft) -> None:
        """Learn words and pairs of words from the readable spans of the text."""
        damage = draft.damage
        self._active = damage.damaged or damage.lines <= 3
        if damage.damaged:
            self._margin = _MARGIN_DAMAGED
        known = draft.knowledge
        pairs = {tuple(pair.split(" ", 1)): count for pair, count in known.pairs.items()}
        self._lexicon.teach(
            counts=Counter(known.words),
            pairs=Counter({(key[0], key[-1]): count for key, count in pairs.items()}),
        )
        texts = [line.text.text for line in draft.lines]
        self._own = learn_from(texts, self._lexicon)
        if self._active and damage.damaged:
            # what was put in order teaches more than the scrambled lines
            self._readings = self._read_all(draft)
            ordered = [self._ordered(line) for line in draft.lines]
            self._own = learn_from([text.text for text in ordered], self._lexicon)
            self._following = self._first_words_after(draft, ordered)
            self._sure = {
                line.number
                for line, text in zip(draft.lines, ordered, strict=True)
                if self._is_sure(line, text)
            }
        self._layers = damage.damaged

    def _read_all(self, draft: Draft) -> dict[int, Reading | None]:
        readings: dict[int, Reading | None] = {}
        for line in draft.lines:
            readings[line.number] = None if line.settled else self._read(line)
            self._context = _last_word(self._ordered_by(line, readings[line.number]))
        self._context = LINE_START
        return readings

    def _first_words_after(self, draft: Draft, ordered: list[Traced]) -> dict[int, str]:
        """Return, for each line whose sentence may go on, the first word of the next."""
        found: dict[int, str] = {}
        first = ""
        for line, text in zip(reversed(draft.lines), reversed(ordered), strict=True):
            found[line.number] = first
            atoms = atoms_of(text.text)
            if not atoms or LEADING.match(text.text):
                first = ""
            elif atoms[0].kind == NUMBER or self._lexicon.knows(atoms[0].key):
                first = atoms[0].key
            else:
                first = ""
        return found

    def _is_sure(self, line: Line, ordered: Traced) -> bool:
        reading = self._readings[line.number]
        if reading is not None and reading.runner_up - reading.cost < _SURE:
            return False
        return all(
            self._lexicon.knows(atom.key) for atom in atoms_of(ordered.text) if atom.kind == WORD
        )

    def _ordered(self, line: Line) -> Traced:
        return self._ordered_by(line, self._readings[line.number])

    def _ordered_by(self, line: Line, reading: Reading | None) -> Traced:
        if reading is None or len(reading.pieces) == 1 or self._gain(reading) < self._margin:
            return line.text
        start = _after_marker(line)
        return line.text[:start] + put_in_order(line.text[start:], reading.pieces)

    def _gain(self, reading: Reading) -> float:
        return reading.standing - reading.cost

    def _read(self, line: Line) -> Reading | None:
        start = _after_marker(line)
        rest = line.text[start:]
        self._lexicon.set_aside(self._own[line.number - 1])
        places = {origin: place for place, origin in enumerate(rest.origins)}
        return self._decoder.read(
            rest.text,
            tied_before={places[o] for o in line.tied_before if o in places},
            tied_after={places[o] for o in line.tied_after if o in places},
            context=SENTENCE_START if start else self._context,
            following=self._following.get(line.number, ""),
            layers=self._layers,
        )

    def mend(self, line: Line) -> Iterator[Mended]:
        """Put the runs of one line in order."""
        if line.settled:
            self._context = _last_word(line.text)
        if not self._active or line.settled:
            return
        known = line.number in self._sure
        reading = self._readings[line.number] if known else self._read(line)
        after = self._ordered_by(line, reading)
        self._context = _last_word(after)
        if reading is None or after is line.text:
            return
        yield Mended(
            text=after,
            kind="run_order",
            before=line.text,
            after=after.text,
            confidence=_confidence(reading),
            evidence=(
                f"{len(reading.pieces)} runs put in order; {self._gain(reading):.1f} nats likelier "
                f"than the line as it stood, {reading.runner_up - reading.cost:.1f} than the next "
                "reading"
            ),
        )


def _after_marker(line: Line) -> int:
    marker = LEADING.match(line.text.text)
    return marker.end() if marker else 0


def _last_word(text: Traced) -> str:
    """Return what a sentence that goes on in the next line goes on from."""
    atoms = atoms_of(text.text)
    if not atoms:
        return LINE_START
    return SENTENCE_START if atoms[-1].key in ".:؛" else atoms[-1].key


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
