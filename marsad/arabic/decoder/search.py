"""The best reading of a line that was written out in reverse once.

A beam search over the units of the line from its right end, where the reading begins, to its left:
`beams[k]` holds the best readings of all units from k on, and grows by every run that ends there.
"""

from __future__ import annotations

from operator import attrgetter

from marsad.arabic.decoder.placing import Hypothesis, Placing
from marsad.arabic.decoder.reading import Reading
from marsad.arabic.decoder.seams import NEVER

_BEAM = 10
#: A hypothesis this much dearer than the best at its place is not followed.
_SLACK = 10.0

#: Units from one place to another.
Span = tuple[int, int]


def best_in_reverse(placing: Placing) -> Reading:
    """Return the best reading whose runs go from the right end of the line to the left."""
    count = len(placing.units)
    beams: list[list[Hypothesis]] = [[] for _ in range(count + 1)]
    bounds = [1e9] * (count + 1)
    beams[count] = [placing.begin()]
    for stop in range(count, 0, -1):
        beam = _pruned(beams[stop])
        if not beam:
            continue
        for hypothesis in beam:
            placing.open(hypothesis)
        cheapest = min(hypothesis.cost for hypothesis in beam)
        for start in range(stop - 1, -1, -1):
            if placing.units[start].cut >= NEVER:
                continue
            if cheapest + placing.at_least(start, stop) > bounds[start] + _SLACK:
                continue
            if cheapest + placing.run(start, stop).least <= bounds[start] + _SLACK:
                bounds[start] = _grown(placing, beam, (start, stop), beams[start], bounds[start])
    return placing.reading(beams[0])


def _grown(
    placing: Placing, beam: list[Hypothesis], run: Span, into: list[Hypothesis], bound: float
) -> float:
    """Put one run behind every hypothesis of a beam; return the rank of the best made so far."""
    placed = placing.run(*run)
    least = placed.least
    for old in beam:
        if old.cost + least > bound + _SLACK:
            continue
        for new in placing.placed(old, placed, 0.0, bound + _SLACK):
            into.append(new)
            bound = min(bound, new.rank)
    return bound


def _pruned(beam: list[Hypothesis]) -> list[Hypothesis]:
    beam.sort(key=attrgetter("rank"))
    kept: list[Hypothesis] = []
    seen: set[tuple[str, str, bool]] = set()
    for hypothesis in beam:
        if hypothesis.rank > beam[0].rank + _SLACK or len(kept) == _BEAM:
            break
        state = (hypothesis.before, hypothesis.last, hypothesis.mended)
        if state not in seen:
            seen.add(state)
            kept.append(hypothesis)
    return kept
