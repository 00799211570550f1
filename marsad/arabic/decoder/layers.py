"""The best reading of a line that was written in several layers.

Kashida pieces make a line of several layers («ــك، توفِّ | ــب | وإضافة إلى ذل»), each written in
reverse: the reading goes through the line from right to left several times. A step down over
pieces left for later costs, and so does a step back up to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from marsad.arabic.atoms import WORD, atoms_of
from marsad.arabic.decoder.placing import Hypothesis, Placing, Run
from marsad.arabic.decoder.reading import Piece, Reading
from marsad.arabic.decoder.seams import NEVER, STRONG_CUT, glued

#: The search is dear: few pieces only.
_MOST_CHUNKS = 24
#: So many chunks may be read on as one run.
_MOST_JOINED = 3
_BEAM = 60
#: A reading this much dearer than the best of as many pieces is not followed.
_SLACK = 20.0
#: What a torn piece costs of the word it is a part of.
_PART_OF_WORD = 5.0
#: What it costs to pass over pieces left for later, and to go back up to them.
_STEP_DOWN, _STEP_UP = 1.5, 2.5
#: A layered reading must be this much better than the plain one, with ties on the line and without.
_WORTH_TIED, _WORTH = 1.0, 3.0

#: Units from one place to another.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Chunks:
    """The pieces of a line between which the layers may be parted."""

    #: Their units.
    spans: tuple[Span, ...]
    #: For each chunk the runs that begin with it: one past the last chunk of each.
    ends: tuple[tuple[int, ...], ...]
    #: Running sums of what each costs wherever it stands.
    alone: tuple[float, ...]

    def span(self, first: int, end: int) -> Span:
        """Return the units of the chunks from `first` up to `end`."""
        return self.spans[first][0], self.spans[end - 1][1]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A reading of some chunks: which, where the last run began, and how dear it is for them."""

    mask: int
    place: int
    rank: float
    hypothesis: Hypothesis


def looks_layered(placing: Placing, reading: Reading) -> bool:
    """Tell whether the plain reading left pieces that are no words."""
    if len(reading.pieces) == 1:
        return False
    if placing.seams.tied_before or placing.seams.tied_after:
        return True
    text = placing.text_of(reading.pieces)
    return glued(text) or any(
        atom.kind == WORD and not placing.lexicon.knows(atom.key) for atom in atoms_of(text)
    )


def best_in_layers(placing: Placing, plain: Reading) -> Reading:
    """Return the best reading in layers, or the plain one where none is better."""
    chunks = _chunks(placing, plain.pieces)
    count = len(chunks.spans)
    if not 3 <= count <= _MOST_CHUNKS:
        return plain
    layers: list[list[_Entry]] = [[] for _ in range(count + 1)]
    layers[0].append(_Entry(0, count, 0.0, placing.begin()))
    bounds = [1e9] * count
    for number, layer in enumerate(layers[:-1]):
        for entry in _pruned(layer):
            old = entry.hypothesis
            old.closing = placing.closed(old) if old.back else 0.0
            for more, new in _stepped(placing, entry, chunks, plain.cost, bounds[number + 1 :]):
                layers[number + more].append(new)
                if number + more < count:
                    bounds[number + more] = min(bounds[number + more], new.rank)
    if not layers[-1]:
        return plain
    layered = placing.reading(entry.hypothesis for entry in layers[-1])
    tied = placing.seams.tied_before or placing.seams.tied_after
    return plain if layered.cost >= plain.cost - (_WORTH_TIED if tied else _WORTH) else layered


def _chunks(placing: Placing, pieces: tuple[Piece, ...]) -> _Chunks:
    """Part a line where a cut is likely, where the plain reading cut, and beside strange words."""
    made = {piece.start for piece in pieces}
    units = placing.units
    edges = [
        place
        for place, unit in enumerate(units)
        if place == 0
        or unit.cut <= STRONG_CUT
        or unit.start in made
        or _parts_words(placing, place)
        or (unit.cut < NEVER and _is_beside_strange(placing, place))
    ]
    spans = tuple(pairwise((*edges, len(units))))
    alone = [0.0]
    ends: list[tuple[int, ...]] = []
    for first, span in enumerate(spans):
        alone.append(alone[-1] + _alone(placing, placing.run(*span)))
        end = first + 1
        while end < len(spans) and units[spans[end][0]].cut > STRONG_CUT:
            end += 1
        ends.append(tuple(range(first + 1, min(end, first + _MOST_JOINED) + 1)))
    return _Chunks(spans, tuple(ends), tuple(alone))


def _parts_words(placing: Placing, place: int) -> bool:
    """Tell whether a cut inside an unknown word parts two: «تجار|كانت»."""
    unit, before = placing.units[place], placing.units[place - 1]
    if unit.atom != before.atom:
        return False
    atom = placing.seams.atoms[unit.atom]
    parts = (placing.seams.key(atom.start, unit.start), placing.seams.key(unit.start, atom.end))
    return all(len(part) >= 3 for part in parts) and any(map(placing.lexicon.knows, parts))


def _is_beside_strange(placing: Placing, place: int) -> bool:
    """Tell whether a place between two words has one beside it that nobody knows: a torn one."""
    two, one = placing.units[place].atom, placing.units[place - 1].atom
    if one == two:
        return False
    atoms = (placing.seams.atoms[one], placing.seams.atoms[two])
    return all(atom.kind == WORD for atom in atoms) and not all(
        placing.lexicon.knows(atom.key) for atom in atoms
    )


def _alone(placing: Placing, run: Run) -> float:
    """What a chunk is likely to cost wherever it stands: readings are compared beyond that."""
    cost = run.cost + _edge(placing, run.head)
    if not run.alone:
        cost += _edge(placing, run.tail)
    if run.second:
        cost += placing.lexicon.pair_cost(run.head, run.second)
    return cost


def _edge(placing: Placing, word: str) -> float:
    """A torn piece will be a part of a word: it costs its share of one."""
    return placing.lexicon.cost(word) if placing.lexicon.knows(word) else _PART_OF_WORD


def _stepped(
    placing: Placing, entry: _Entry, chunks: _Chunks, ceiling: float, best: Sequence[float]
) -> Iterator[tuple[int, _Entry]]:
    """Put every run that is left behind a hypothesis: the next one below for nothing.

    :param best: the ranks of the best readings so far of one chunk more, of two, and so on.
    """
    old = entry.hypothesis
    mask, place = entry.mask, entry.place
    nearest = place - 1
    while nearest >= 0 and mask >> nearest & 1:
        nearest -= 1
    for first, ends in enumerate(chunks.ends):
        taken = 0
        for end in ends:
            bit = 1 << (end - 1)
            if mask & bit:
                break
            taken |= bit
            step = _STEP_UP if first > place else 0.0 if end - 1 == nearest else _STEP_DOWN
            paid = entry.rank - old.rank + chunks.alone[first] - chunks.alone[end]
            more = end - first
            # a reading of all chunks is not compared by its rank
            limit = min(ceiling, best[more - 1] + _SLACK - paid) if more <= len(best) else ceiling
            span = chunks.span(first, end)
            if old.cost + step + placing.run(*span).least > limit:
                continue
            for new in placing.placed(old, span, step, limit):
                yield more, _Entry(mask | taken, first, new.rank + paid, new)


def _pruned(layer: list[_Entry]) -> list[_Entry]:
    layer.sort(key=attrgetter("rank"))
    kept: list[_Entry] = []
    seen: set[tuple[int, int, str]] = set()
    for entry in layer:
        if entry.rank > layer[0].rank + _SLACK:
            break
        state = (entry.mask, entry.place, entry.hypothesis.last)
        if state not in seen:
            seen.add(state)
            kept.append(entry)
            if len(kept) == _BEAM:
                break
    return kept
