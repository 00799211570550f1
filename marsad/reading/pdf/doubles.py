"""Signs that stand in a PDF twice, though a reader sees them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import combining

from marsad.reading.pdf.glyphs import Glyph
from marsad.reading.pdf.ligatures import is_right_to_left

#: Points along and across the page within which glyphs are gathered to be compared.
_SQUARE: Final = 24.0


def drawn_once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without their doubles.

    Some makers compose «ث» of its body and its dots, or «تِ» of the letter and its mark, and name
    *both* pieces by the whole; others draw a letter again a hair further to make it bold.
    """
    bases = Counter(round(glyph.base, 1) for glyph in glyphs)
    kept: dict[int, Glyph] = {}
    #: The glyphs kept so far by their text and the square of the page they start in.
    near: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        twin = next((one for one in _around(glyph, near) if _same(one, glyph)), None)
        if twin is not None and _rank(glyph, bases) <= _rank(twin, bases):
            _widen(twin, glyph)
            continue
        if twin is not None:
            _widen(glyph, twin)
            del kept[id(twin)]
            near[_square(twin)].remove(twin)
        kept[id(glyph)] = glyph
        near.setdefault(_square(glyph), []).append(glyph)
    return list(kept.values())


def _square(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.text, int(glyph.start // _SQUARE), int(glyph.base // _SQUARE)


def _around(glyph: Glyph, near: dict[tuple[str, int, int], list[Glyph]]) -> Iterator[Glyph]:
    text, across, up = _square(glyph)
    reach = 1 + int(glyph.size // _SQUARE)
    for x in range(across - reach, across + reach + 1):
        for y in range(up - reach, up + reach + 1):
            yield from near.get((text, x, y), ())


def _rank(glyph: Glyph, bases: Counter[float]) -> tuple[int, float]:
    """The body of a letter stands on the line of the others, and is wider than its dots."""
    return bases[round(glyph.base, 1)], glyph.right - glyph.left


def _same(one: Glyph, other: Glyph) -> bool:
    if one.text.isspace() or one.turns != other.turns:
        return False
    size = max(one.size, other.size)
    above = abs(one.base - other.base)
    shared = min(one.right, other.right) - max(one.left, other.left)
    if len(one.text) > 1 and any(map(combining, one.text)):
        return above < 0.9 * size and shared > -0.25 * size  # a mark may hang beside its letter
    if above < 0.002 * size:
        # a piece of «ك» that its maker named by the whole stands inside it
        if one.certain != other.certain and _narrow(one, other, shared):
            return True
        return abs(one.start - other.start) < 0.08 * size
    if above > 0.9 * size or not is_right_to_left(one.text):
        return False
    return shared > 0.3 * min(one.right - one.left, other.right - other.left)


def _narrow(one: Glyph, other: Glyph, shared: float) -> bool:
    """Whether the narrower of two glyphs shares much of its width with the other."""
    widths = (one.right - one.left, other.right - other.left)
    return shared > 0.3 * min(widths) and min(widths) < 0.7 * max(widths)


def _widen(kept: Glyph, dropped: Glyph) -> None:
    """The whole reaches as far as its pieces: no air is between it and the next letter."""
    if kept.base == dropped.base and kept.certain != dropped.certain:
        kept.left = min(kept.left, dropped.left)
        kept.right = max(kept.right, dropped.right)
