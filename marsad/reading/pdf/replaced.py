"""Words that a PDF gives as replacement text, and that PDFium leaves out.

A maker may say what a drawing means ("ActualText"). PDFium takes a drawing for a repetition when
its replacement text equals the one before, however far apart they stand: two «و» drawn this way
in one line come out as one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from math import atan2, hypot, pi
from typing import Any, Final

import pypdfium2.raw as raw

from marsad.reading.pdf.glyphs import Glyph, turned

#: Characters of replacement text that are looked at; longer ones replace whole passages.
_LONGEST: Final = 8
_KEY: Final = b"ActualText"


def left_out(page: Any, text_page: Any) -> list[Glyph]:
    """The signs of a page that have replacement text, and none in PDFium's list."""
    named = {_address(obj): (obj, text) for obj, text in _replaced(page.raw)}
    if not named:
        return []
    for index in range(max(0, raw.FPDFText_CountChars(text_page.raw))):
        obj = raw.FPDFText_GetTextObject(text_page.raw, index)
        named.pop(_address(obj) if obj else 0, None)
    return [glyph for obj, text in named.values() if (glyph := _glyph(obj, text)) is not None]


def _address(obj: Any) -> int:
    return ctypes.cast(obj, ctypes.c_void_p).value or 0


def _replaced(page: Any) -> Iterator[tuple[Any, str]]:
    for number in range(max(0, raw.FPDFPage_CountObjects(page))):
        obj = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(obj) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        for place in range(max(0, raw.FPDFPageObj_CountMarks(obj))):
            text = _actual_text(raw.FPDFPageObj_GetMark(obj, place))
            if text:
                yield obj, text


def _actual_text(mark: Any) -> str:
    units = (ctypes.c_ushort * (_LONGEST + 1))()
    size = ctypes.c_ulong()
    room = ctypes.sizeof(units)
    found = raw.FPDFPageObjMark_GetParamStringValue(mark, _KEY, units, room, size)
    if not found or not 2 < size.value <= room:
        return ""
    text = bytes(units)[: size.value - 2].decode("utf-16-le", "ignore")
    # PDFium gives UTF-16 back byte for byte: "\x06H" is «و».
    if any(character < " " for character in text) and all(c <= "\xff" for c in text):
        text = text.encode("latin-1").removeprefix(b"\xfe\xff").decode("utf-16-be", "ignore")
    return text.strip("\0 ")


def _glyph(obj: Any, text: str) -> Glyph | None:
    edges = [ctypes.c_float() for _ in range(4)]
    matrix = raw.FS_MATRIX()
    size = ctypes.c_float()
    if not (
        raw.FPDFPageObj_GetBounds(obj, *edges)
        and raw.FPDFPageObj_GetMatrix(obj, matrix)
        and raw.FPDFTextObj_GetFontSize(obj, size)
    ):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    glyph = turned(
        text,
        raw.FS_RECTF(left=left, right=right, bottom=bottom, top=top),
        matrix.e,
        matrix.f,
        size.value * hypot(matrix.c, matrix.d) or size.value,
        round(atan2(matrix.b, matrix.a) / (pi / 2)) % 4,
    )
    glyph.certain = True
    return glyph
