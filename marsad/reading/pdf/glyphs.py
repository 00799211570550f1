"""The letters of a page with their places, as PDFium finds them."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw


@dataclass(slots=True)
class Glyph:
    """One character and the box it fills on the page, in points from its lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    #: The line it stands on.
    base: float
    size: float
    #: Its place in the order PDFium gives.
    order: int


def glyphs_of(text_page: Any) -> list[Glyph]:
    """Every character that a producer put on the page; those PDFium guesses are left out."""
    page = text_page.raw
    count = raw.FPDFText_CountChars(page)
    box = [ctypes.c_double() for _ in range(4)]
    origin = [ctypes.c_double() for _ in range(2)]
    glyphs: list[Glyph] = []
    for index in range(max(0, count)):
        code = raw.FPDFText_GetUnicode(page, index)
        if code == 0 or raw.FPDFText_IsGenerated(page, index) == 1:
            continue
        left, right, bottom, top = box
        if not raw.FPDFText_GetCharBox(page, index, left, right, bottom, top):
            continue
        raw.FPDFText_GetCharOrigin(page, index, *origin)
        glyphs.append(
            Glyph(
                text=chr(code) if code <= 0x10FFFF else "\ufffd",
                left=left.value,
                right=right.value,
                bottom=bottom.value,
                top=top.value,
                base=origin[1].value,
                size=raw.FPDFText_GetFontSize(page, index),
                order=index,
            )
        )
    return glyphs
