"""Columns of running text set side by side, told from the cells of a table.

A band without ink runs down between columns, line after line, and the text fills each side of it
from edge to edge. The lines of cells stop short, and are read across as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final, Protocol

from marsad.reading.pdf.glyphs import Glyph

#: The narrowest band, in heights of type, and the fewest lines that stand on both sides of it.
_BAND: Final = 1.0
_LINES: Final = 5
#: How much of its column the usual line fills.
_FULL: Final = 0.85

_Span = tuple[float, float]


class _Line(Protocol):
    size: float
    glyphs: list[Glyph]


def parted(lines: Sequence[_Line], *, from_right: bool) -> list[list[Glyph]]:
    """The glyphs of a page in blocks, in the order the blocks are read."""
    inked = [_inked(line) for line in lines]
    blocks: list[list[Glyph]] = [[]]
    at = 0
    while at < len(lines):
        end, middle = _region(lines, inked, at)
        if middle is None:
            blocks[-1].extend(lines[at].glyphs)
            at += 1
            continue
        glyphs = [glyph for line in lines[at:end] for glyph in line.glyphs]
        left = [glyph for glyph in glyphs if glyph.start < middle]
        right = [glyph for glyph in glyphs if glyph.start >= middle]
        blocks += [right, left, []] if from_right else [left, right, []]
        at = end
    return [block for block in blocks if block]


def _inked(line: _Line) -> list[_Span]:
    """Where a line has ink, from left to right; the air between words counts as ink."""
    spans: list[_Span] = []
    for glyph in sorted(line.glyphs, key=lambda g: g.left):
        if spans and glyph.left - spans[-1][1] < _BAND * line.size:
            spans[-1] = (spans[-1][0], max(spans[-1][1], glyph.right))
        else:
            spans.append((glyph.left, glyph.right))
    return spans


def _region(
    lines: Sequence[_Line], inked: Sequence[list[_Span]], start: int
) -> tuple[int, float | None]:
    """Where the columns that begin at this line end, and the middle of the band between them."""
    edges = (min(each[0][0] for each in inked), max(each[-1][1] for each in inked))
    free, end = [edges], start
    while end < len(lines):
        left = _without(free, inked[end], least=_BAND * lines[end].size)
        if not left:
            break
        free, end = left, end + 1
    for band in sorted(free, key=lambda gap: gap[0] - gap[1]):
        if edges[0] < band[0] and band[1] < edges[1] and _is_running(inked[start:end], band):
            return end, (band[0] + band[1]) / 2
    return start, None


def _without(free: Sequence[_Span], ink: Sequence[_Span], *, least: float) -> list[_Span]:
    """What stays free of ink, where it is wide enough."""
    kept = list(free)
    for left, right in ink:
        kept = [
            piece
            for start, end in kept
            for piece in ((start, min(end, left)), (max(start, right), end))
            if piece[1] - piece[0] >= least
        ]
    return kept


def _is_running(inked: Sequence[list[_Span]], band: _Span) -> bool:
    """Whether text runs on both sides, from edge to edge on most lines."""
    for on_left in (True, False):
        sides = [[span for span in each if (span[1] <= band[0]) == on_left] for each in inked]
        lines = [(side[0][0], side[-1][1]) for side in sides if side]
        if len(lines) < _LINES:
            return False
        width = max(right for _left, right in lines) - min(left for left, _right in lines)
        if median(right - left for left, right in lines) < _FULL * width:
            return False
    return True
