"""The best reading of a line that was written in several layers.

A line is made of portions (a text run of the page), and kashida or the font parts a portion into
pieces («ــك، توفِّ | ــب | وإضافة إلى ذل»). Such a line is written out portion by portion from its
beginning, each portion in reverse; but the pieces that meet where two portions do are in reverse
as well. With the portions 1 2 3 4 and 5 6 7 that is 4 3 2 1, 7 6 5 with 1 and 7 in reverse:

    4 3 2   7 1   6 5

A portion of one piece meets both neighbours, so a line of such portions is a plain reversal. The
number that counts a paragraph is a portion of its own, read first: where it stood tells where the
first runs are. With f the first, m the inner and l the last runs of portions, and s those between:

    written    l₀ s₀ m₁ l₁ s₁ f₁ m₂ l₂ s₂ f₂ … mₙ sₙ fₙ
    read       s₀  f₁ m₁ l₀  s₁  f₂ m₂ l₁  s₂ …  fₙ mₙ lₙ₋₁  sₙ

where all runs of one letter are read from the right to the left. This was found by comparing lines
with what they should read, and held for every one. The search keeps the best readings of as many
pieces, compared by what they cost beyond what these pieces cost at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import attrgetter

from marsad.arabic.atoms import SIGN, WORD, atoms_of
from marsad.arabic.decoder.placing import Hypothesis, Placing
from marsad.arabic.decoder.reading import Piece, Reading
from marsad.arabic.decoder.seams import NEVER, STRONG_CUT, glued

#: The search is dear: few pieces only.
_MOST_CHUNKS = 30
#: So many chunks may be read on as one run.
_MOST_JOINED = 24
#: A cut that costs more, by itself and by what the two words gain together, is not tried.
_UNLIKELY = 5.0
#: A cut that costs no more is made: a run never goes on over a gap, a tie or a number.
_NOT_READ_OVER = 0.5
_BEAM, _GROUP = 200, 8
#: A reading this much dearer than the best of as many pieces is not followed.
_SLACK = 22.0
#: What is left of a line may cost so much less than was thought; where a marker tells where the
#: first portion begins there is little to try, and more is tried.
_MISJUDGED, _MISJUDGED_WITH_MARKER = 4.0, 60.0
#: What a torn piece costs of the word it is a part of.
_PART_OF_WORD = 1.5
#: What it costs that a portion of the line was written in several pieces.
_PORTION = 1.0
#: What it costs to read a line as written once in reverse if its marker stood inside.
_MARKER_INSIDE = 8.0
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
    #: For each place the runs that end there: the first chunk of each.
    starts: tuple[tuple[int, ...], ...]
    #: Running sums of what each costs wherever it stands.
    alone: tuple[float, ...]
    #: Where the portion that is read first may begin.
    begins: tuple[int, ...]
    #: How much less than thought what is left of the line may cost.
    misjudged: float


#: Where a reading stands in the grammar of portions, see `_steps`.
State = tuple[int, ...]
#: A run of chunks, the state behind it, and whether it is an inner run of its portion.
Step = tuple[int, int, State, bool]


def looks_layered(placing: Placing, reading: Reading) -> bool:
    """Tell whether the plain reading left pieces that are no words."""
    if len(reading.pieces) == 1:
        return reading.strange > 1
    if placing.seams.tied_before or placing.seams.tied_after:
        return True
    if any(piece.joined for piece in reading.pieces):
        return True
    text = placing.text_of(reading.pieces)
    return glued(text) or any(
        atom.kind == WORD and not placing.lexicon.knows(atom.key) for atom in atoms_of(text)
    )


def best_in_layers(placing: Placing, plain: Reading, marker: int | None = None) -> Reading:
    """Return the best reading in layers, or the plain one where none is better.

    :param marker: where in the line its marker stood, if it stood inside.
    """
    chunks = _chunks(placing, plain.pieces, marker)
    count = len(chunks.spans)
    if count < 3:
        return plain
    layers: list[list[Hypothesis]] = [[] for _ in range(count + 1)]
    for place in chunks.begins:
        begun = placing.begin()
        begun.state = (0, place, place)
        layers[0].append(begun)
    bounds = [1e9] * count
    ceiling = plain.cost + (_MARKER_INSIDE if marker is not None else 0.0)
    for number, layer in enumerate(layers[:-1]):
        for old in _pruned(layer) if number else layer:
            placing.open(old)
            _step(placing, old, number, layers, bounds, chunks, ceiling=ceiling)
    if not layers[-1]:
        return plain
    layered = placing.reading(layers[-1])
    if marker is not None:
        worth = -_MARKER_INSIDE
    else:
        tied = placing.seams.tied_before or placing.seams.tied_after
        worth = _WORTH_TIED if tied else _WORTH
    return plain if layered.cost >= plain.cost - worth else layered


def _chunks(placing: Placing, pieces: tuple[Piece, ...], marker: int | None) -> _Chunks:
    """Part a line where a cut is likely, where the plain reading cut, and beside strange words."""
    units = placing.units
    spans = tuple(pairwise((*_edges(placing, pieces, marker), len(units))))
    alone = [0.0, *accumulate(_least_costs(placing, spans))]
    ends: list[tuple[int, ...]] = []
    for first in range(len(spans)):
        end = first + 1
        while end < len(spans) and units[spans[end][0]].cut > _NOT_READ_OVER:
            end += 1
        ends.append(tuple(range(first + 1, min(end, first + _MOST_JOINED) + 1)))
    starts = tuple(
        tuple(first for first in range(place) if place in ends[first])
        for place in range(len(spans) + 1)
    )
    begins = tuple(
        place
        for place in range(1, len(spans))
        if marker is None or units[spans[place][0]].start == marker
    )
    misjudged = _MISJUDGED if marker is None else _MISJUDGED_WITH_MARKER
    return _Chunks(spans, tuple(ends), starts, tuple(alone), begins, misjudged)


def _edges(placing: Placing, pieces: tuple[Piece, ...], marker: int | None) -> list[int]:
    """The units before which the line is parted: the likeliest cuts, as many as there may be."""
    units = placing.units
    made = {piece.start for piece in pieces}
    made.add(-1 if marker is None else marker)
    ranked = []
    for place, unit in enumerate(units[1:], start=1):
        if unit.cut <= STRONG_CUT or unit.start in made or _parts_words(placing, place):
            ranked.append((0.0, place))
        elif unit.cut < NEVER and unit.atom != units[place - 1].atom:
            unlikely = unit.cut + max(0.0, _gain(placing, place))
            if unlikely < _UNLIKELY:
                ranked.append((unlikely, place))
    ranked.sort()
    return [0, *sorted(place for _cut, place in ranked[: _MOST_CHUNKS - 1])]


def _gain(placing: Placing, place: int) -> float:
    """How much likelier the word at a place is behind the one before it than anywhere."""
    atoms, units = placing.seams.atoms, placing.units
    before, after = atoms[units[place - 1].atom], atoms[units[place].atom]
    if before.kind == SIGN:
        return 0.0
    return placing.lexicon.cost(after.key) - placing.lexicon.pair_cost(before.key, after.key)


def _parts_words(placing: Placing, place: int) -> bool:
    """Tell whether a cut inside an unknown word parts two: «تجار|كانت»."""
    unit, before = placing.units[place], placing.units[place - 1]
    if unit.atom != before.atom:
        return False
    atom = placing.seams.atoms[unit.atom]
    parts = (placing.seams.key(atom.start, unit.start), placing.seams.key(unit.start, atom.end))
    return all(len(part) >= 2 for part in parts) and any(
        len(part) >= 3 and placing.lexicon.knows(part) for part in parts
    )


def _least_costs(placing: Placing, spans: Sequence[Span]) -> Iterator[float]:
    """What each chunk costs at least, behind whichever of the others it is read.

    Readings of different chunks are compared by what they cost beyond that.
    """
    lexicon = placing.lexicon
    runs = [placing.run(*span) for span in spans]
    tails = {run.tail for run in runs if lexicon.knows(run.tail) or not run.tail_is_word}
    tails.add(placing.context.before[1])
    torn = {run.tail for run in runs if run.tail_is_word}
    for run, (first, stop) in zip(runs, spans, strict=True):
        cut = placing.units[stop].cut if stop < len(placing.units) else 0.0
        cost = run.cost - (cut if cut > STRONG_CUT else 0.0)
        whole = not run.is_word or (
            lexicon.knows(run.head) and not any(lexicon.knows(tail + run.head) for tail in torn)
        )
        head = min(lexicon.pair_cost(tail, run.head) for tail in tails)
        if not whole:
            head = min(head, _edge(placing, first))
        cost += head
        if not run.alone:
            if run.second:
                cost += lexicon.pair_cost(run.head, run.second)
            if run.tail_is_word and not lexicon.knows(run.tail):
                cost += _edge(placing, stop)
            elif run.before:
                cost += lexicon.cost_after(run.earlier or run.head, run.before, run.tail)
            else:
                cost += lexicon.pair_cost(run.head, run.tail)
        yield cost


def _edge(placing: Placing, place: int) -> float:
    """What a torn piece costs at least: nothing where its word may be read on as it stands."""
    units = placing.units
    inside = 0 < place < len(units) and units[place].atom == units[place - 1].atom
    return 0.0 if inside else _PART_OF_WORD


def _step(
    placing: Placing,
    old: Hypothesis,
    number: int,
    layers: Sequence[list[Hypothesis]],
    best: list[float],
    chunks: _Chunks,
    *,
    ceiling: float,
) -> None:
    """Put every run that may come next behind a reading of so many chunks.

    :param best: the excess of the best reading so far of each number of chunks but all.
    """
    alone, spans = chunks.alone, chunks.spans
    hopeful = ceiling + chunks.misjudged - alone[-1]
    last = len(best)
    excess = old.excess
    gone = excess - old.rank
    for first, end, state, inner in _steps(old.state, chunks):
        step = 0.0 if inner or len(state) == 3 else _PORTION
        paid = gone + alone[first] - alone[end]
        place = number + end - first
        if place < last:
            limit = min(hopeful, best[place] + _SLACK)
            if excess > limit:
                continue
            limit -= paid
        else:
            # a reading of all chunks is not compared by its excess
            limit = ceiling
        run = placing.run(spans[first][0], spans[end - 1][1])
        if old.cost + step + run.least > limit:
            continue
        for new in placing.placed(old, run, step, limit, inner=inner):
            new.state = state
            new.excess = new.rank + paid
            layers[place].append(new)
            if place < last and new.excess < best[place]:
                best[place] = new.excess


def _steps(state: State, chunks: _Chunks) -> Iterator[Step]:
    """Yield the runs that may be read next: in which order, the head of this file says.

    A state is (low, high, later) behind a portion: of what stands before `later`, only the chunks
    from `low` to `high` are left. Behind the first run of the next portion, which stands from
    `first` to `end`, it is (low, high, later, first, end), where low to high is now the last run of
    that portion; and (low, high, later, first, end, rest, place) where its inner runs, from `later`
    to `rest`, are read down to `place`.
    """
    if len(state) == 3:
        return _behind_portion(state, chunks)
    return _behind_first(state, chunks) if len(state) == 5 else _inside(state, chunks)


def _behind_portion(state: State, chunks: _Chunks) -> Iterator[Step]:
    low, high, later = state
    count = len(chunks.spans)
    for first in chunks.starts[high]:
        # what is left at last is the last run of the next portion
        if first > low or (first == low and later == count):
            yield first, high, (low, first, later), False
    if low < high and later < count and high in chunks.ends[low]:
        for first in range(later, count):
            for end in chunks.ends[first]:
                yield first, end, (low, high, later, first, end), False


def _behind_first(state: State, chunks: _Chunks) -> Iterator[Step]:
    low, high, later, first, end = state
    yield low, high, (later, first, end), True
    for rest in range(later + 1, first + 1):
        for start in chunks.starts[rest]:
            if start >= later:
                yield start, rest, (*state, rest, start), True


def _inside(state: State, chunks: _Chunks) -> Iterator[Step]:
    low, high, later, first, end, rest, place = state
    if place == later:
        yield low, high, (rest, first, end), True
    for start in chunks.starts[place]:
        if start >= later:
            yield start, place, (low, high, later, first, end, rest, start), True


def _pruned(layer: list[Hypothesis]) -> list[Hypothesis]:
    layer.sort(key=attrgetter("excess"))
    kept: list[Hypothesis] = []
    seen: set[tuple[State, str]] = set()
    groups: dict[State, int] = {}
    for hypothesis in layer:
        if hypothesis.excess > layer[0].excess + _SLACK:
            break
        key = (hypothesis.state, hypothesis.last)
        group = hypothesis.state[:5]
        if key not in seen and groups.get(group, 0) < _GROUP:
            seen.add(key)
            groups[group] = groups.get(group, 0) + 1
            kept.append(hypothesis)
            if len(kept) == _BEAM:
                break
    return kept
