"""Where each line of a scrambled text stands in a copy that is in order.

A line keeps its letters however its runs are shuffled, so it answers to the window of the copy
that has the same letters the same number of times. Windows are looked for where rows of five
letters point to, and of several the ones are taken that follow one another as the lines do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.arabic.copies.reference import GRAM, Reference

#: Places looked at for a line, and windows kept at each.
_PLACES, _KEPT = 4, 6
#: Share of the rows of the best place that must point to another.
_WORTH = 0.4
#: Share of its letters that may be others before a window is none of this line's.
_MOST_UNLIKE = 0.2
#: Letters by which a window may be longer or shorter than its line.
_SLACK = 3
#: What it costs to cut a word, and to leave a line without a window.
_CUT, _NONE = 1.5, 5.0
#: Lines of fewer letters than this are found by their neighbours only.
_SHORT = 8
#: Share of letters unlike above which a footnote may have cut the line, and how long one may be.
_DOUBTFUL, _BETWEEN = 0.06, 900


@dataclass(frozen=True, slots=True)
class Window:
    """Letters of a copy that are the letters of a line."""

    #: The first of them.
    first: int
    #: One past the last.
    last: int
    #: Letters that one has and the other lacks, and words cut.
    cost: float
    #: Where footnotes of the copy cut the passage: all its letters one by one, else empty.
    spread: tuple[int, ...] = ()

    @property
    def letters(self) -> Sequence[int]:
        """The letters, as places in the row of letters of the copy."""
        return self.spread or range(self.first, self.last)


def windows(lines: Sequence[str], copy: Reference) -> list[Window | None]:
    """Find for each line, given as its folded letters, its window in a copy.

    >>> copy = Reference(name="", kind="plain", text="تعقد الدول الأطراف اجتماعا كل سنة")
    >>> [(w.first, w.last) for w in windows(["اجتماعاتعقدالدولالاطراف"], copy) if w]
    [(0, 23)]
    """
    candidates = [_candidates(line, copy) for line in lines]
    chosen = _chain(lines, candidates)
    _fill_gaps(lines, chosen, copy)
    return chosen


def _candidates(line: str, copy: Reference) -> list[Window]:
    if len(line) < _SHORT:
        return []
    found: dict[tuple[int, int], float] = {}
    for place in _pointed_at(line, copy):
        for window in _near(line, place, copy):
            found[window.first, window.last] = window.cost
    return [Window(first, last, cost) for (first, last), cost in found.items()]


def _pointed_at(line: str, copy: Reference) -> list[int]:
    """Return the places of the copy that most rows of letters of the line point to."""
    rows = {line[at : at + GRAM] for at in range(len(line) - GRAM + 1)}
    points = sorted(place for row in rows for place in copy.grams.get(row, ()))
    places: list[int] = []
    most = 0
    for _ in range(_PLACES):
        best, start = _densest(points, len(line))
        most = max(most, best)
        if best < max(2, len(line) // 12, _WORTH * most):
            break
        places.append(start)
        points = [at for at in points if not start <= at < start + len(line)]
    return places


def _densest(points: list[int], width: int) -> tuple[int, int]:
    best, start, low = 0, 0, 0
    for high, point in enumerate(points):
        while points[low] <= point - width:
            low += 1
        if high - low + 1 > best:
            best, start = high - low + 1, points[low]
    return best, start


def _near(line: str, place: int, copy: Reference) -> list[Window]:
    """Slide windows of the line's length over a place and keep the likest."""
    size = min(len(line), len(copy.letters))
    low = max(0, min(place - size, len(copy.letters) - size))
    high = max(low, min(place + size, len(copy.letters) - size))
    unlike = _unlike(line, copy.letters[low : low + size])
    away = sum(map(abs, unlike.values()))
    scored: list[tuple[float, int]] = []
    for first in range(low, high + 1):
        scored.append((away + _cuts(copy, first, first + size), first))
        if first < high:
            away += _exchange(unlike, copy.letters[first], copy.letters[first + size])
    scored.sort()
    most = max(2.0, 2 * _MOST_UNLIKE * size)
    kept: list[Window] = []
    for cost, first in scored[:_KEPT]:
        if cost <= most:
            kept.extend(_stretched(line, first, copy))
    return kept


def _unlike(line: str, letters: str) -> Counter[str]:
    unlike = Counter(letters)
    unlike.subtract(Counter(line))
    return unlike


def _exchange(unlike: Counter[str], out: str, into: str) -> int:
    """Move a window on by one letter and return by how much more it is unlike."""
    change = 0
    for letter, step in ((out, -1), (into, 1)):
        before = unlike[letter]
        unlike[letter] = before + step
        change += abs(before + step) - abs(before)
    return change


def _cuts(copy: Reference, first: int, last: int) -> float:
    return (not copy.starts[first]) * _CUT + (not copy.starts[last]) * _CUT


def _stretched(line: str, first: int, copy: Reference) -> list[Window]:
    """Return the window with its ends moved to the ends of words, where they are near."""
    size = min(len(line), len(copy.letters) - first)
    firsts = {at for at in _around(first, copy) if copy.starts[at]} or {first}
    lasts = {at for at in _around(first + size, copy) if copy.starts[at]} or {first + size}
    found = []
    for one in {*firsts, first}:
        for two in {*lasts, first + size}:
            if one < two:
                away = sum(map(abs, _unlike(line, copy.letters[one:two]).values()))
                found.append(Window(one, two, away + _cuts(copy, one, two)))
    return found


def _around(place: int, copy: Reference) -> range:
    return range(max(0, place - _SLACK), min(len(copy.letters), place + _SLACK) + 1)


@dataclass(frozen=True, slots=True)
class _State:
    cost: float
    end: int
    window: Window | None
    before: _State | None


def _chain(lines: Sequence[str], candidates: list[list[Window]]) -> list[Window | None]:
    """Choose one window per line, or none, so that they follow one another."""
    states = [_State(0.0, 0, None, None)]
    for line, offered in zip(lines, candidates, strict=True):
        new = []
        for window in offered:
            before = min(states, key=lambda state: state.cost + _jump(state.end, window.first))
            cost = before.cost + _jump(before.end, window.first) + window.cost
            new.append(_State(cost, window.last, window, before))
        best = min(states, key=lambda state: state.cost)
        without = _NONE + 0.35 * len(line) if line else 0.0
        new.append(_State(best.cost + without, best.end + len(line), None, best))
        states = new
    state: _State | None = min(states, key=lambda state: state.cost)
    chosen: list[Window | None] = []
    while state is not None and state.before is not None:
        chosen.append(state.window)
        state = state.before
    return _without_doubles(chosen[::-1])


def _jump(end: int, first: int) -> float:
    gap = first - end
    if gap == 0:
        return 0.0
    if abs(gap) <= _SLACK:
        return 0.5 * abs(gap)
    return 2.0 + 0.7 * math.log(abs(gap)) + (2.0 if gap < 0 else 0.0)


def _without_doubles(chosen: list[Window | None]) -> list[Window | None]:
    """Of two lines that claim one passage of the copy the worse is left without."""
    by_place = sorted((w.first, at) for at, w in enumerate(chosen) if w is not None)
    out = list(chosen)
    last: int | None = None
    for _, at in by_place:
        window, before = out[at], out[last] if last is not None else None
        if window is not None and before is not None and last is not None:
            shared = min(before.last, window.last) - window.first
            if shared > _SLACK:
                worse = at if window.cost >= before.cost else last
                out[worse] = None
                last = at if worse == last else last
                continue
        last = at
    return out


def _fill_gaps(lines: Sequence[str], chosen: list[Window | None], copy: Reference) -> None:
    """Give a line between two that were found what no other line claims between them."""
    claimed = bytearray(len(copy.letters))
    for window in chosen:
        if window is not None:
            claimed[window.first : window.last] = b"\1" * (window.last - window.first)
    ends, end = [], 0
    for window in chosen:
        ends.append(end)
        end = window.last if window is not None else end
    first = len(copy.letters)
    for at in range(len(lines) - 1, -1, -1):
        window, line = chosen[at], lines[at]
        if line and (window is None or window.cost > max(3.0, _DOUBTFUL * len(line))):
            own = range(window.first, window.last) if window is not None else range(0)
            if ends[at] < first <= ends[at] + _BETWEEN + len(line):
                free = [n for n in range(ends[at], first) if n in own or not claimed[n]]
                chosen[at] = _better(_filling(line, free, copy), window)
        found = chosen[at]
        if found is not None:
            first = found.first


def _better(new: Window | None, old: Window | None) -> Window | None:
    if new is None or old is None:
        return new or old
    return new if new.cost < old.cost else old


def _filling(line: str, free: list[int], copy: Reference) -> Window | None:
    """Return the letters of a line among those left, without a footnote that cuts it in two."""
    if len(free) < len(line) - _SLACK:
        return None
    out = max(0, len(free) - len(line))
    unlike = _unlike(line, "".join(copy.letters[n] for n in free[out:]))
    away = sum(map(abs, unlike.values()))
    best, cut = (away, 0)
    for at in range(len(free) - out if out > _SLACK else 0):
        away += _exchange(unlike, copy.letters[free[at + out]], copy.letters[free[at]])
        if away < best:
            best, cut = away, at + 1
    if best > (0.1 * len(line) if len(line) >= _SHORT else 0):
        return None
    kept = (*free[:cut], *free[cut + out :]) if out > _SLACK else tuple(free)
    return Window(kept[0], kept[-1] + 1, float(best), kept)
