"""The letters of a page with their places, as PDFium finds them.

What PDFium says of the *order* of letters is not used: it guesses direction run by run, turns
ligatures round and mirrors brackets. What it says of their *places* is exact.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from math import atan2, hypot, pi
from typing import Any

import pypdfium2.raw as raw


@dataclass(slots=True)
class Glyph:
    """One drawn sign: usually a character, several for a ligature such as «لا»."""

    text: str
    #: From where to where it reaches along its line, with the air its maker gave it, in points.
    left: float
    right: float
    #: Where along the line its maker drew it from; what is drawn may hang over to either side.
    start: float
    #: The line it stands on, from the bottom of the page.
    base: float
    #: Height of its type, in points.
    size: float
    #: The point its maker drew it from, before the page was turned.
    origin: tuple[float, float]
    #: Quarter turns against the upright page: 0, 1, 2 or 3.
    turns: int
    #: Whether its maker wrote its characters out in their order.
    certain: bool = False
    #: Where PDFium listed the last of its characters.
    index: int = 0


class _Measure:
    """PDFium's answers about one page, through variables that are made once."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._box = raw.FS_RECTF()
        self._x = ctypes.c_double()
        self._y = ctypes.c_double()
        self._matrix = raw.FS_MATRIX()

    def glyph(self, index: int) -> Glyph | None:
        code = raw.FPDFText_GetUnicode(self._page, index)
        if code == 0 or raw.FPDFText_IsGenerated(self._page, index) == 1:
            return None
        if not raw.FPDFText_GetLooseCharBox(self._page, index, self._box):
            return None
        raw.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        size, turns = self._type(index)
        glyph = turned(chr(code), self._box, self._x.value, self._y.value, size, turns)
        glyph.index = index
        return glyph

    def _type(self, index: int) -> tuple[float, int]:
        """Height of the type after all scaling, and how it is turned."""
        size = float(raw.FPDFText_GetFontSize(self._page, index))
        if not raw.FPDFText_GetMatrix(self._page, index, self._matrix):
            return size, 0
        matrix = self._matrix
        scaled = size * hypot(matrix.c, matrix.d)
        return scaled or size, round(atan2(matrix.b, matrix.a) / (pi / 2)) % 4


def turned(text: str, box: Any, x: float, y: float, size: float, turns: int) -> Glyph:
    """The glyph as it stands when the page is turned so that it is upright."""
    edges = {
        0: (box.left, box.right, x, y),
        1: (box.bottom, box.top, y, -x),
        2: (-box.right, -box.left, -x, -y),
        3: (-box.top, -box.bottom, -y, x),
    }[turns]
    left, right, start, base = edges
    return Glyph(
        text=text,
        left=left,
        right=right,
        start=start,
        base=base,
        size=size,
        origin=(x, y),
        turns=turns,
    )


def glyphs_of(text_page: Any) -> list[Glyph]:
    """Every sign that was drawn on the page; the blanks and line ends PDFium guesses are not."""
    measure = _Measure(text_page.raw)
    glyphs: list[Glyph] = []
    at_origin: dict[tuple[float, float], Glyph] = {}
    for index in range(max(0, raw.FPDFText_CountChars(text_page.raw))):
        glyph = measure.glyph(index)
        if glyph is None or (glyph.text.isspace() and glyph.right - glyph.left < 0.01):
            continue
        # The characters of one ligature are drawn from one point.
        known = at_origin.get(glyph.origin)
        if known is None or glyph.text.isspace() or known.text.isspace():
            at_origin[glyph.origin] = glyph
            glyphs.append(glyph)
        else:
            _join(known, glyph)
    return glyphs


def _join(known: Glyph, more: Glyph) -> None:
    # The same letter again, and not at once ("ff" in one ligature), is printed twice to look bold.
    if more.text == known.text[-1] and more.index > known.index + 1:
        return
    known.text += more.text
    known.left = min(known.left, more.left)
    known.right = max(known.right, more.right)
    known.index = more.index
