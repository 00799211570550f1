"""Read a line whose runs were written out in reverse.

A badly extracted line holds its runs from the left edge of the page to the right: the last run
first, each run readable inside («أو الخدمات أو الأعمالعلى لطلب ل التصدِّيفي»). The decoder looks
for the cuts that, with the runs put back in order, make the most likely words: a beam search over
the line from its right end, where every hypothesis carries its last word open so that a torn word
(«لا» … «تفاقية») can still close across the seam.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from marsad.arabic.atoms import NUMBER, SIGN, WORD, Atom, atoms_of
from marsad.arabic.letters import MARKS, NON_JOINING, is_private, without_marks
from marsad.arabic.lexicon import Lexicon

_BEAM = 6
#: A hypothesis this much dearer than the best at its place is not followed.
_SLACK = 9.0
#: The search in layers is dear: few pieces only.
_MOST_CHUNKS = 22
_LAYERED_BEAM = 24
#: What it costs there to pass over pieces left for later, and to go back up to them.
_STEP_DOWN, _STEP_UP = 1.5, 2.0
#: A longer line is no line of a page: it is left as it stands.
_MOST_UNITS = 300
#: How much the first word of the next line, itself only a guess, counts.
_CONTINUITY = 0.7
#: What the first cut costs in a line that shows no sign of a seam.
_UNPROVOKED = 4.0
#: What the search takes for a sign of a seam.
_STRONG_CUT = 1.2
#: What follows a comma that a cut set free: it is a run of its own.
_FREED_COMMA = 2.6
#: What a member of a list costs that stands before one the alphabet puts first.
_OUT_OF_ORDER = 3.0
#: What the first word of a line follows: nothing known, or the end of a sentence.
LINE_START, SENTENCE_START = "^", "."

_ALEFS = str.maketrans("أإآٱ", "اااا")
_STOPS = frozenset("،.؛:")
_CLOSING = frozenset(".،؛:)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the line in its place in the reading."""

    #: Offset in the line.
    start: int
    #: One past its last character.
    end: int
    #: Whether it completes the last word of the piece before it.
    joined: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The best reading of a line."""

    #: The runs in reading order.
    pieces: tuple[Piece, ...]
    #: Its cost in nats.
    cost: float
    #: The cost of the line as it stands.
    standing: float
    #: The cost of the best other reading.
    runner_up: float


@dataclass(slots=True)
class _Hypothesis:
    cost: float
    prev: str
    last: str
    last_is_word: bool
    last_end: int
    depth: int
    back: _Hypothesis | None
    start: int
    end: int
    joined: bool
    #: Whether the last word was put together from several pieces.
    mended: bool = False
    #: The cost with what the open word is likely to cost, to compare hypotheses by.
    rank: float = 0.0
    #: What it costs to close the last word.
    closing: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """A run of units, with all that does not depend on what is read before it."""

    start: int
    end: int
    cost: float
    net: int
    alone: bool
    head: str
    is_word: bool
    second: str
    before_tail: str
    tail: str
    tail_is_word: bool
    #: What the open last word is likely to cost.
    outlook: float


@dataclass(frozen=True, slots=True)
class _Unit:
    """An atom, or a part of a word between two places where it may be cut."""

    start: int
    end: int
    atom: int
    cut: float


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
        context: str = LINE_START,
        following: str = "",
        layers: bool = False,
    ) -> Reading | None:
        """Return the best reading of a line, or None where there is nothing to decide.

        :param layers: look also for runs written in several layers, which takes longer.
        :param context: the last word of the line before, where the sentence goes on.
        :param following: the first word of the line after, where it is known.
        :param tied_before: offsets of letters that a kashida ties to the letter before them.
        :param tied_after: offsets of letters that a kashida ties to the letter after them.
        """
        search = _Search(text, self._lexicon, tied_before, tied_after, context)
        search.following = following
        if not 1 < len(search.units) <= _MOST_UNITS or search.is_plain():
            return None
        reading = search.best()
        if len(reading.pieces) > 1 and search.shows_no_seam():
            reading = replace(reading, cost=reading.cost + _UNPROVOKED)
        if layers and search.looks_layered(reading):
            return search.best_in_layers(reading)
        return reading


class _Search:
    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        tied_before: set[int],
        tied_after: set[int],
        context: str,
    ) -> None:
        self.context = context
        self.following = ""
        self.text = text
        self.lexicon = lexicon
        self.tied_before = tied_before
        self.tied_after = tied_after
        self.atoms = atoms_of(text)
        self.is_list = text.count("،") * 4 >= len(self.atoms) and text.count("،") >= 4
        self.mirrored = self._mirrored()
        self.loose = {atom for pair in self.mirrored for atom in pair}
        self.keys: dict[tuple[int, int], str] = {}
        self.units = self._units()
        self.inner = self._inner_costs()
        self.nets = self._nets()
        self.runs: dict[tuple[int, int], _Run] = {}

    # what is known before the search

    def _units(self) -> list[_Unit]:
        units: list[_Unit] = []
        for place, atom in enumerate(self.atoms):
            cut = self._cut_between(self.atoms[place - 1], atom) if place else 0.0
            if place in self.loose or place - 1 in self.loose:
                cut = 0.2
            inside = self._cuts_inside(atom)
            starts = [atom.start, *inside]
            for start, end in zip(starts, [*inside, atom.end], strict=True):
                units.append(_Unit(start, end, place, cut))
                cut = self._cut_inside(atom, end)
        return units

    def _cut_inside(self, atom: Atom, place: int) -> float:
        if place in self.tied_before or place - 1 in self.tied_after:
            return 0.0
        parts = (self._key(atom.start, place), self._key(place, atom.end))
        if all(len(part) >= 2 and self.lexicon.knows(part) for part in parts):
            return 3.5
        return 6.0

    def _cuts_inside(self, atom: Atom) -> list[int]:
        if atom.kind != WORD or any(map(is_private, atom.key)):
            return []
        ties = {p for p in range(atom.start + 1, atom.end) if p in self.tied_before}
        ties |= {p + 1 for p in range(atom.start, atom.end - 1) if p in self.tied_after}
        if self.lexicon.knows(atom.key) and not ties:
            return []
        return [
            place
            for place in range(atom.start + 1, atom.end)
            if self.text[place] not in MARKS and (place in ties or self._worth_cutting(atom, place))
        ]

    def _worth_cutting(self, atom: Atom, place: int) -> bool:
        if len(atom.key) <= 3:
            return True
        left = without_marks(self.text[atom.start : place])
        right = without_marks(self.text[place : atom.end])
        # «فادورالسل»: two runs of one word, the second first
        if self.lexicon.knows(right + left):
            return True
        return any(len(part) >= 2 and self.lexicon.knows(part) for part in (left, right))

    def _cut_between(self, before: Atom, after: Atom) -> float:
        if after.start in self.tied_before or before.end - 1 in self.tied_after:
            return 0.0
        gap = after.start - before.end
        if gap >= 2:
            return 0.1
        if before.key in _STOPS and self._stands_free(before):
            return 0.2
        if gap == 1:
            if before.kind == WORD and after.kind == WORD:
                return 2.6
            if before.key == "،":
                return 3.2
            if after.key in _STOPS or before.key in _STOPS:
                return 0.4 if after.key in _STOPS else 1.5
            return 0.5 if NUMBER in (before.kind, after.kind) else 1.0
        return self._cut_where_touching(before, after)

    def _stands_free(self, stop: Atom) -> bool:
        """Tell whether a stop is a run of its own: in «لذلك . الصغرى» it ends «الصغرى»."""
        return stop.start == 0 or self.text[stop.start - 1].isspace()

    def _cut_where_touching(self, before: Atom, after: Atom) -> float:
        if before.kind != SIGN and after.kind != SIGN:
            return 0.5
        if before.key in _CLOSING:
            return 0.6
        if before.kind == WORD and after.key in _STOPS:
            return 3.0
        if before.key == "(" or after.key == ")":
            return 2.5
        return 1.0

    def _junction(self, before: Atom, after: Atom) -> float:
        """What it costs to read two atoms on, as they stand."""
        if after.start in self.tied_before or before.end - 1 in self.tied_after:
            return 12.0
        gap = after.start - before.end
        cost = 3.5 if gap >= 2 else 0.0
        if before.key in _STOPS and gap < 2 and self._stands_free(before):
            cost += 3.0
        if gap == 0 and before.kind != SIGN and after.kind != SIGN:
            return cost + 8.0
        if NUMBER in (before.kind, after.kind) and WORD in (before.kind, after.kind):
            # digits run the other way and are always a run of their own
            cost += 1.5
        if after.key in _CLOSING and gap:
            cost += 6.0
        if gap == 0 and after.kind != SIGN and before.key in ".،؛:)":
            cost += 3.5
        if gap == 0 and after.key == "(" and before.kind != SIGN:
            cost += 3.0
        if before.key == "(" and gap:
            cost += 1.0
        return cost

    def _inner_costs(self) -> list[float]:
        """Running sums: cost of atom k after atom k-1, and of standing beside it."""
        sums = [0.0]
        for place, (before, after) in enumerate(pairwise(self.atoms)):
            cost = self._after(before.key, after.key) + self._junction(before, after)
            if place in self.loose or place + 1 in self.loose:
                cost += 6.0
            sums.append(sums[-1] + cost)
        return sums

    def _nets(self) -> list[int]:
        sums = [0]
        for unit in self.units:
            key = self.atoms[unit.atom].key
            sums.append(sums[-1] + (key == "(") - (key == ")"))
        return sums

    def _mirrored(self) -> list[tuple[int, int]]:
        """Pairs of atoms «)» … «(»: brackets the wrong way round if read as they stand."""
        pairs = []
        closed = -1
        for place, atom in enumerate(self.atoms):
            if atom.key == ")":
                closed = place
            elif atom.key == "(":
                if closed >= 0 and place - closed <= 8:
                    pairs.append((closed, place))
                closed = -1
        return pairs

    def _after(self, before: str, word: str) -> float:
        cost = self.lexicon.pair_cost(before, word)
        if word in _CLOSING and (before in _STOPS or before == "("):
            cost += 5.0
        if word in _CLOSING and before == LINE_START:
            cost += 6.0
        return cost

    def _closed(self, hypothesis: _Hypothesis) -> float:
        """Cost of the open word, now that it is known to be complete."""
        cost = self._after(hypothesis.prev, hypothesis.last)
        if hypothesis.mended and not self.lexicon.knows(hypothesis.last):
            cost += 7.0
        return cost

    def _key(self, start: int, end: int) -> str:
        found = self.keys.get((start, end))
        if found is None:
            found = self.keys[start, end] = without_marks(self.text[start:end])
        return found

    # the search

    def best(self) -> Reading:
        """Search from the right end of the line to its left."""
        count = len(self.units)
        beams: list[list[_Hypothesis]] = [[] for _ in range(count + 1)]
        beams[count] = [_Hypothesis(0.0, LINE_START, self.context, False, -1, 0, None, 0, 0, False)]
        for stop in range(count, 0, -1):
            beam = self._pruned(beams[stop])
            for hypothesis in beam:
                hypothesis.closing = self._closed(hypothesis) if hypothesis.back else 0.0
            for start in range(stop - 1, -1, -1):
                into = beams[start]
                limit = min((h.rank for h in into), default=1e9) + _SLACK
                self._extend(beam, start, stop, into, limit)
        return self._reading(beams[0])

    def _pruned(self, beam: list[_Hypothesis]) -> list[_Hypothesis]:
        beam.sort(key=attrgetter("rank"))
        kept: list[_Hypothesis] = []
        seen: set[tuple[str, str]] = set()
        for hypothesis in beam:
            if hypothesis.rank > beam[0].rank + _SLACK or len(kept) == _BEAM:
                break
            state = (hypothesis.prev, hypothesis.last)
            if state not in seen:
                seen.add(state)
                kept.append(hypothesis)
        return kept

    def _extend(
        self,
        beam: list[_Hypothesis],
        start: int,
        stop: int,
        into: list[_Hypothesis],
        limit: float,
    ) -> None:
        """Append the run of units start..stop to hypotheses, with and without a space."""
        run = self._run(start, stop)
        if beam[0].cost + run.cost > limit:
            return
        for old in beam:
            base = old.cost + run.cost
            depth = old.depth + run.net
            if old.back is None and run.head in _CLOSING:
                base += 8.0
            if depth < 0:
                base += 5.0
                depth = 0
            if base > limit:
                continue
            new: _Hypothesis | None
            if run.alone:
                into.extend(
                    new
                    for new in self._placed_alone(old, run, base, depth, (start, stop))
                    if new.rank <= limit
                )
            else:
                new = self._placed(old, run, base, depth, (start, stop), limit)
                if new is not None:
                    into.append(new)
                    limit = min(limit, new.rank)

    def _ways(
        self, old: _Hypothesis, run: _Run, base: float, depth: int, units: tuple[int, int]
    ) -> Iterator[_Hypothesis]:
        if run.alone:
            yield from self._placed_alone(old, run, base, depth, units)
        else:
            new = self._placed(old, run, base, depth, units, 1e9)
            if new is not None:
                yield new

    def _placed_alone(
        self, old: _Hypothesis, run: _Run, base: float, depth: int, units: tuple[int, int]
    ) -> Iterator[_Hypothesis]:
        """Put a run of one piece behind a hypothesis, with a space and without."""
        for joined, seam in self._joins(old, run.start, is_word=run.is_word):
            word, prev, cost = run.head, old.last, base + seam
            if joined:
                word, prev = old.last + run.head, old.prev
            else:
                cost += old.closing
            new = _Hypothesis(
                cost, prev, word, run.tail_is_word, run.end, depth, old, *units, joined
            )
            new.mended = joined
            new.rank = cost + self._outlook(word, mended=joined, is_word=run.tail_is_word)
            yield new

    def _placed(
        self,
        old: _Hypothesis,
        run: _Run,
        base: float,
        depth: int,
        units: tuple[int, int],
        limit: float,
    ) -> _Hypothesis | None:
        """Put a run of several pieces behind a hypothesis, the better of with and without space."""
        best, best_joined = limit - run.outlook, False
        found = False
        for joined, seam in self._joins(old, run.start, is_word=run.is_word):
            cost = base + seam
            if joined:
                word = old.last + run.head
                cost += self._after(old.prev, word)
                if not self.lexicon.knows(word):
                    cost += 7.0
            else:
                word = run.head
                cost += old.closing + self._after(old.last, word)
            if cost < best and run.second:
                cost += self._after(word, run.second)
            if cost < best:
                best, best_joined, found = cost, joined, True
                prev = run.before_tail or word
        if not found:
            return None
        new = _Hypothesis(
            best, prev, run.tail, run.tail_is_word, run.end, depth, old, *units, best_joined
        )
        new.rank = best + run.outlook
        return new

    def _run(self, start: int, stop: int) -> _Run:
        found = self.runs.get((start, stop))
        if found is None:
            found = self.runs[start, stop] = self._make_run(start, stop)
        return found

    def _make_run(self, start: int, stop: int) -> _Run:
        first, last = self.units[start], self.units[stop - 1]
        a, b = first.atom, last.atom
        alone = a == b
        head_atom, tail_atom = self.atoms[a], self.atoms[b]
        is_word, tail_is_word = head_atom.kind == WORD, tail_atom.kind == WORD
        head_end = last.end if alone else head_atom.end
        head = self._key(first.start, head_end) if is_word else head_atom.key
        tail = self._key(tail_atom.start, last.end) if tail_is_word else tail_atom.key
        cost = self.units[stop].cut if stop < len(self.units) else 0.0
        if not alone:
            cost += self._inside(a, b)
        elif head == "،" and start > 0 and stop < len(self.units):
            cost -= min(_FREED_COMMA, cost)
        return _Run(
            start=first.start,
            end=last.end,
            cost=cost,
            net=self.nets[stop] - self.nets[start],
            alone=alone,
            head=head,
            is_word=is_word,
            second=self.atoms[a + 1].key if b > a + 1 else "",
            before_tail=self.atoms[b - 1].key if b > a + 1 else "",
            tail=head if alone else tail,
            tail_is_word=tail_is_word,
            outlook=self._outlook(tail, mended=False, is_word=tail_is_word),
        )

    def _outlook(self, word: str, *, mended: bool, is_word: bool) -> float:
        """Guess what an open word will cost: a piece may yet become a word, or may not."""
        if not is_word or self.lexicon.knows(word):
            return self.lexicon.cost(word)
        return 0.6 * (self.lexicon.cost(word) + 7.0 * mended)

    def _inside(self, first: int, last: int) -> float:
        """Cost of what lies between the first and the last atom of a run."""
        cost = self._junction_sum(first, last)
        for closed, opened in self.mirrored:
            if first <= closed and opened <= last:
                cost += 9.0
        return cost

    def _junction_sum(self, first: int, last: int) -> float:
        # the sums hold pair costs too; those at the edges are replaced in `_tail`
        atoms = self.atoms
        cost = self.inner[last] - self.inner[first]
        cost -= self._after(atoms[first].key, atoms[first + 1].key)
        if last > first + 1:
            cost -= self._after(atoms[last - 1].key, atoms[last].key)
        return cost

    def _joins(
        self, old: _Hypothesis, start: int, *, is_word: bool
    ) -> tuple[tuple[bool, float], ...]:
        """Ways to put a run behind the open word: joined or not, and what the seam costs."""
        tied = start in self.tied_before or old.last_end - 1 in self.tied_after
        if not (is_word and old.last_is_word):
            # a tied piece has nothing to be tied to: only the start of a line may be so
            return ((False, 6.0 if tied and old.back else 0.0),)
        if tied:
            return ((True, 8.0 if old.last[-1:] in NON_JOINING else 0.0),)
        if self.text[start - 1 : start].isspace() or self._space_after(old.last_end):
            return ((False, 0.0), (True, 1.0))
        return ((False, 1.5), (True, 0.0))

    def _space_after(self, place: int) -> bool:
        return self.text[place : place + 1].isspace()

    # the search in layers

    def is_plain(self) -> bool:
        """Tell whether every word is known and nothing speaks for a cut: such lines are in order.

        Of the 57 lines of this kind in the report that has a reference, 56 were.
        """
        if any(atom.key == "." for atom in self.atoms[:-1]):
            return False
        return self.shows_no_seam() and all(
            self.lexicon.knows(atom.key) for atom in self.atoms if atom.kind == WORD
        )

    def shows_no_seam(self) -> bool:
        """Tell whether nothing but the words themselves speaks for a cut."""
        return not self.mirrored and all(unit.cut > _STRONG_CUT for unit in self.units[1:])

    def looks_layered(self, reading: Reading) -> bool:
        """Tell whether the plain reading left pieces that are no words."""
        if len(reading.pieces) == 1:
            return False
        if self.tied_before or self.tied_after:
            return True
        atoms = atoms_of(self._text_of(reading.pieces))
        glued = any(
            a.end == b.start and {a.kind, b.kind} == {WORD, NUMBER} for a, b in pairwise(atoms)
        )
        doubtful = sum(a.kind == WORD and not self.lexicon.knows(a.key) for a in atoms)
        return glued or doubtful >= 1

    def _chunks(self, plain: Reading) -> list[tuple[int, int]]:
        """Units between strong cuts, and between those that the plain reading made."""
        made = {piece.start for piece in plain.pieces}
        edges = [
            place
            for place, unit in enumerate(self.units)
            if place == 0
            or unit.cut <= _STRONG_CUT
            or unit.start in made
            or self._parts_words(place)
        ]
        return list(zip(edges, [*edges[1:], len(self.units)], strict=True))

    def _parts_words(self, place: int) -> bool:
        """Tell whether a cut inside an unknown word parts two: «تجار|كانت»."""
        unit, before = self.units[place], self.units[place - 1]
        if unit.atom != before.atom:
            return False
        atom = self.atoms[unit.atom]
        parts = (self._key(atom.start, unit.start), self._key(unit.start, atom.end))
        return all(len(part) >= 3 for part in parts) and any(map(self.lexicon.knows, parts))

    def _text_of(self, pieces: tuple[Piece, ...]) -> str:
        parts: list[str] = []
        for piece in pieces:
            if parts and not piece.joined:
                parts.append(" ")
            parts.append(self.text[piece.start : piece.end])
        return "".join(parts)

    def best_in_layers(self, plain: Reading) -> Reading:
        """Search for a reading that goes through the line from right to left several times.

        Kashida pieces make a line of several layers («٤- … وإضافة إلى ذل|ك، توفِّ|ر ع|دة»), each
        written in reverse. A step down over pieces left for later, and a step back up, cost.
        """
        chunks = self._chunks(plain)
        count = len(chunks)
        if not 3 <= count <= _MOST_CHUNKS:
            return plain
        begin = _Hypothesis(0.0, LINE_START, self.context, False, -1, 0, None, 0, 0, False)
        layer: list[tuple[int, int, _Hypothesis]] = [(0, count, begin)]
        for _ in range(count):
            following: list[tuple[int, int, _Hypothesis]] = []
            for mask, place, old in self._best_masks(layer):
                old.closing = self._closed(old) if old.back else 0.0
                following.extend(self._stepped(mask, place, old, chunks, plain.cost))
            layer = following
        if not layer:
            return plain
        layered = self._reading([hypothesis for _, _, hypothesis in layer])
        if layered.cost >= plain.cost - 1.0:
            return plain
        return layered

    def _stepped(
        self,
        mask: int,
        place: int,
        old: _Hypothesis,
        chunks: list[tuple[int, int]],
        ceiling: float,
    ) -> Iterator[tuple[int, int, _Hypothesis]]:
        """Put every chunk that is left behind a hypothesis: the next one below for nothing."""
        nearest = place - 1
        while nearest >= 0 and mask >> nearest & 1:
            nearest -= 1
        for number, (start, stop) in enumerate(chunks):
            if mask >> number & 1:
                continue
            step = 0.0 if number == nearest else _STEP_DOWN if number < place else _STEP_UP
            run = self._run(start, stop)
            depth = old.depth + run.net
            base = old.cost + run.cost + step + (5.0 if depth < 0 else 0.0)
            if old.back is None and run.head in _CLOSING:
                base += 8.0
            if base > ceiling:
                continue
            for new in self._ways(old, run, base, max(depth, 0), (start, stop)):
                if new.rank <= ceiling:
                    yield mask | 1 << number, number, new

    def _best_masks(
        self, layer: list[tuple[int, int, _Hypothesis]]
    ) -> list[tuple[int, int, _Hypothesis]]:
        layer.sort(key=lambda entry: entry[2].rank)
        kept: list[tuple[int, int, _Hypothesis]] = []
        seen: set[tuple[int, int, str]] = set()
        for mask, place, hypothesis in layer:
            state = (mask, place, hypothesis.last)
            if state not in seen:
                seen.add(state)
                kept.append((mask, place, hypothesis))
                if len(kept) == _LAYERED_BEAM:
                    break
        return kept

    # the answer

    def _reading(self, beam: list[_Hypothesis]) -> Reading:
        ends = sorted((self._ended(h), n) for n, h in enumerate(beam))
        cost, place = ends[0]
        best = self._pieces(beam[place])
        runner_up = next((c for c, n in ends[1:] if self._pieces(beam[n]) != best), cost + _SLACK)
        return Reading(best, cost, self._standing(), runner_up)

    def _pieces(self, end: _Hypothesis) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        here: _Hypothesis | None = end
        while here is not None and here.back is not None:
            first, last = self.units[here.start], self.units[here.end - 1]
            pieces.append(Piece(first.start, last.end, here.joined))
            here = here.back
        return tuple(reversed(pieces))

    def _standing(self) -> float:
        into: list[_Hypothesis] = []
        begin = _Hypothesis(0.0, LINE_START, self.context, False, -1, 0, None, 0, 0, False)
        self._extend([begin], 0, len(self.units), into, 1e9)
        return self._ended(into[0])

    def _ended(self, hypothesis: _Hypothesis) -> float:
        """Cost of a whole reading, with how well the next line goes on from it."""
        cost = hypothesis.cost + self._closed(hypothesis) + 1.0 * hypothesis.depth
        if self.following:
            pair = self.lexicon.pair_cost(hypothesis.last, self.following)
            cost += _CONTINUITY * (pair - self.lexicon.cost(self.following))
        if self.is_list:
            cost += _OUT_OF_ORDER * self._inversions(self._pieces(hypothesis))
        return cost

    def _inversions(self, pieces: tuple[Piece, ...]) -> int:
        """Count the members of a list of names that stand before one they should follow.

        The first and the last member may be parts of names that go on in another line.
        """
        names = self._text_of(pieces).split("،")[0 if self.context == "،" else 1 : -1]
        initials = [_initial(name) for name in names]
        return sum(before > after for before, after in pairwise(initials) if before and after)


def _initial(name: str) -> str:
    """Return the letter a name is sorted by: «الأردن» by its alef, «المغرب» by its mim."""
    plain = without_marks(name).strip().translate(_ALEFS)
    return plain.removeprefix("ال")[:1] if len(plain) > 4 else plain[:1]
