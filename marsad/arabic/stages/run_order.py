"""Runs of a line put back in order.

Reads: a line without tatweel, its runs written out in reverse from the left edge of the page, e.g.
«أو الخدمات أو الأعمالعلى لطلب ل التصدِّيفي أفضل الممارسات», and the kashida ties of `Tatweel`.
Writes: the same letters in reading order, torn words closed, a space at every seam that needs one
(taken from a neighbouring space of the source where there is one, else recorded as inserted).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import ClassVar

from marsad.arabic.atoms import NUMBER, WORD, atoms_of
from marsad.arabic.decoder import Context, Decoder, Order, Piece, Reading
from marsad.arabic.learning import learn_from
from marsad.arabic.likelihood import Lexicon
from marsad.arabic.ngrams import HEADING_START, LINE_START, SENTENCE_START
from marsad.arabic.pipeline import AT_END, Draft, Line, Mended
from marsad.arabic.stages.markers import LEADING
from marsad.arabic.traced import INSERTED, Traced

#: How many nats better than the line as it stands a reading must be, in a text that shows signs
#: of reversed runs and in one that does not.
_MARGIN_DAMAGED = 0.7
_MARGIN_CLEAN = 12.0
#: In a few lines by themselves, where a line is broken or holds a word that nobody knows.
_MARGIN_BROKEN, _MARGIN_STRANGE = 4.0, 5.0
#: A reading this much better than the next, all of known words, is not looked at again.
_SURE = 5.0
#: A line of fewer characters does not run on into the next.
_SHORT = 35
#: Other readings shown to a person.
_CANDIDATES = 3
#: How much too sure the model is of what it finds, and the share of lines whose right order is
#: found at all: near the least log loss on damage with known truth in a text kept from the model.
#: On another such text 71 of the 102 orders it was surest of were right
#: (`benchmarks/arabic.py --only confidence`).
_TEMPERATURE, _FOUND = 1.5, 0.7
#: An order less sure than this is not written but shown: the line stays as it came.
_LEAST_SURE = 0.2
#: What the first word of a text follows, and of a sentence.
_NOTHING = (LINE_START, LINE_START)
_AT_START = (LINE_START, SENTENCE_START)


class RunOrder:
    """Decode the order of the runs of a line."""

    name: ClassVar[str] = "run_order"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._lexicon = Lexicon()
        self._decoder = Decoder(self._lexicon)
        self._margin = _MARGIN_CLEAN
        self._active = True
        self._context = _NOTHING
        self._readings: dict[int, Reading | None] = {}
        self._sure: set[int] = set()
        self._following: dict[int, tuple[str, ...]] = {}
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
        self._layers = self._active

    def _read_all(self, draft: Draft) -> dict[int, Reading | None]:
        readings: dict[int, Reading | None] = {}
        for line in draft.lines:
            readings[line.number] = None if line.settled else self._read(line)
            self._context = _last_words(
                self._ordered_by(line, self._chosen(readings[line.number])), self._context
            )
        self._context = _NOTHING
        return readings

    def _first_words_after(self, draft: Draft, ordered: list[Traced]) -> dict[int, tuple[str, ...]]:
        """Return, for each line whose sentence may go on, the first word of the next."""
        found: dict[int, tuple[str, ...]] = {}
        first: tuple[str, ...] = ()
        for line, text in zip(reversed(draft.lines), reversed(ordered), strict=True):
            atoms = atoms_of(text.text)
            found[line.number] = first
            if not atoms:
                continue
            known = atoms[0].kind == NUMBER or self._lexicon.knows(atoms[0].key)
            first = (atoms[0].key,) if known and not LEADING.match(text.text) else ()
        return found

    def _is_sure(self, line: Line, ordered: Traced) -> bool:
        reading = self._readings[line.number]
        if line.tied_before or line.tied_after:
            return False
        if reading is not None and (reading.lead < _SURE or reading.layered):
            return False
        return all(
            self._lexicon.knows(atom.key) for atom in atoms_of(ordered.text) if atom.kind == WORD
        )

    def _ordered(self, line: Line) -> Traced:
        return self._ordered_by(line, self._chosen(self._readings[line.number]))

    def _ordered_by(self, line: Line, order: Order | None) -> Traced:
        if order is None:
            return line.text
        start = _after_marker(line)
        return line.text[:start] + put_in_order(line.text[start:], order.pieces)

    def _read(self, line: Line) -> Reading | None:
        start = _after_marker(line)
        rest = line.text[start:]
        self._lexicon.set_aside(self._own[line.number - 1])
        places = {origin: place for place, origin in enumerate(rest.origins)}
        return self._decoder.read(
            rest.text,
            tied_before={places[o] for o in line.tied_before if o in places},
            tied_after={places[o] for o in line.tied_after if o in places},
            context=Context(
                before=_behind_marker(line.text.text[:start]) if start else self._context,
                after=self._following.get(line.number, ()),
            ),
            layers=self._layers,
            marker=_marker(line, places, len(rest)),
        )

    def mend(self, line: Line) -> Iterator[Mended]:
        """Put the runs of one line in order, or say how it might read."""
        reading = None
        if self._active and not line.settled:
            known = line.number in self._sure
            reading = self._readings[line.number] if known else self._read(line)
        order = self._chosen(reading)
        after = self._ordered_by(line, order)
        self._context = _last_words(after, self._context)
        if reading is None:
            return
        if order is not None:
            yield self._mended(line, reading, order, after)
        elif reading.gain > 0 and len(reading.pieces) > 1:
            yield self._flagged(line, reading)

    def _chosen(self, reading: Reading | None) -> Order | None:
        """Return the likeliest order that leaves fewer strange words than the line has, or none.

        A line of which half is unreadable as it came is not served by leaving it so because one
        word of the best order is still unknown.
        """
        if reading is None:
            return None
        for order in (reading.best, *reading.others):
            if reading.standing - order.cost < self._needed(reading):
                return None
            if order.made_up == 0 or order.made_up < reading.strange:
                sure = _confidence(reading.standing - order.cost, _close(reading, order), order)
                return order if len(order.pieces) > 1 and sure >= _LEAST_SURE else None
        return None

    def _needed(self, reading: Reading) -> float:
        """How much better an order must be: less where the line itself shows that it is broken."""
        if self._margin == _MARGIN_CLEAN and (reading.broken or reading.strange):
            return _MARGIN_BROKEN if reading.broken else _MARGIN_STRANGE
        return self._margin

    def _mended(self, line: Line, reading: Reading, order: Order, after: Traced) -> Mended:
        close = _close(reading, order)
        gain = reading.standing - order.cost
        lead = min((abs(other.cost - order.cost) for other in close), default=_SURE)
        return Mended(
            text=after,
            kind="run_order",
            before=line.text,
            after=after.text,
            confidence=_confidence(gain, close, order),
            evidence=(
                f"{len(order.pieces)} runs put in order; {gain:.1f} nats likelier than the line "
                f"as it stood, {lead:.1f} or more than any other reading"
            ),
            candidates=self._candidates(line, close),
        )

    def _flagged(self, line: Line, reading: Reading) -> Mended:
        return Mended(
            text=line.text,
            kind="run_order",
            before=line.text,
            after=line.text.text,
            confidence=_confidence(reading.gain, reading.others, reading.best) / 2,
            evidence=f"another order is {reading.gain:.1f} nats likelier, too little to be sure",
            applied=False,
            candidates=self._candidates(line, (reading.best, *reading.others)),
        )

    def _candidates(self, line: Line, orders: Sequence[Order]) -> tuple[str, ...]:
        found = [self._ordered_by(line, order).text for order in orders if not order.made_up]
        texts = [" ".join(text.split()) for text in found]
        return tuple(dict.fromkeys(texts))[:_CANDIDATES]


def _after_marker(line: Line) -> int:
    marker = LEADING.match(line.text.text)
    return marker.end() if marker else 0


def _marker(line: Line, places: dict[int, int], length: int) -> int | None:
    """Where in the text behind its marker the marker stood: at its end, inside, or not at all."""
    return length if line.behind_marker == AT_END else places.get(line.behind_marker)


def _behind_marker(marker: str) -> tuple[str, str]:
    """A number or a letter opens a sentence, «أولا-» a heading."""
    counted = any(map(str.isdigit, marker)) or "(" in marker
    return _AT_START if counted else (LINE_START, HEADING_START)


def _last_words(text: Traced, before: tuple[str, str]) -> tuple[str, str]:
    """Return what a sentence that goes on in the next line goes on from; blank lines hide none."""
    keys = [atom.key for atom in atoms_of(text.text)]
    if not keys:
        return before
    # a short line that no comma ends is a heading, or the last of its paragraph
    if keys[-1] in ".:؛" or (len(text.text.strip()) < _SHORT and keys[-1] != "،"):
        return _AT_START
    return (keys[-2] if len(keys) > 1 else LINE_START, keys[-1])


def _close(reading: Reading, order: Order) -> tuple[Order, ...]:
    """The other orders that cost little more than one."""
    others = (other for other in (reading.best, *reading.others) if other != order)
    return tuple(other for other in others if other.cost - order.cost < _SURE)


def _confidence(gain: float, others: Sequence[Order], order: Order) -> float:
    """The chance of an order among the line as it stands and the other orders found."""
    more = [gain, *(other.cost - order.cost for other in others)]
    return round(_FOUND * chance(more, _TEMPERATURE), 3)


def chance(more: Sequence[float], temperature: float) -> float:
    """The chance of a reading beside others that cost d more each: 1 / (1 + sum of e^-(d / T))."""
    return 1 / (1 + sum(math.exp(-max(-20.0, d) / temperature) for d in more))


def put_in_order(text: Traced, pieces: tuple[Piece, ...]) -> Traced:
    """Join runs in reading order with one space at every seam that is not inside a word."""
    used: set[int] = set()
    out: list[Traced] = []
    before = Piece(0, 0, joined=False)
    for piece in pieces:
        part = text[piece.start : piece.end]
        apart = out and not piece.joined and _needs_space(out[-1].text, part.text)
        if apart and not _is_written_to(text.text, before, piece):
            out.append(_space(text, piece.start - 1, used))
        out.append(part)
        before = piece
    return Traced.joined(out)


def _is_written_to(text: str, before: Piece, piece: Piece) -> bool:
    """Tell whether «و» belongs to a symbol that touches it in the line: «وCTOC/COP/2010/1»."""
    touching = before.start == piece.end and text[piece.start].isascii()
    return touching and text[before.start : before.end] == "و"


def _needs_space(before: str, after: str) -> bool:
    if after[0] in "،؛؟.:)/" or before[-1] in "(/":
        return after[0] in ".:" and len(after) > 1 and after[1].isalnum()
    return True


def _space(text: Traced, place: int, used: set[int]) -> Traced:
    if place >= 0 and text.text[place] == " " and place not in used:
        used.add(place)
        return text[place : place + 1]
    return Traced(" ", (INSERTED,))
