"""The characters of one drawn sign, put into the order in which they are spelled.

PDFium turns whole runs of Arabic round, ligatures and all, so that «لا» comes as «ال»; other
makers of PDFs write them the right way. A ligature that can only be spelled one way tells which
it is, and the page's majority speaks for the rest.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from marsad.reading.pdf.glyphs import Glyph

_ALEFS: Final = frozenset("اأإآٱ")
_LAM: Final = "ل"


def is_mark(text: str) -> bool:
    """Whether it is drawn over or under another letter."""
    return bool(text) and all(map(unicodedata.combining, text))


def plain_letters(text: str) -> str:
    """Letters for the shapes they were drawn in: U+FEFB, one shape, becomes «لا».

    >>> plain_letters("\\ufefb")
    'لا'
    """
    # Other compatibility signs, such as ², say something by their shape and stay.
    return "".join(
        unicodedata.normalize("NFKC", c).replace(" ", "") if "\ufb00" <= c <= "\ufefc" else c
        for c in text
    )


def _direction(text: str) -> int:
    """1 if spelled forwards, -1 if backwards, 0 if it does not tell."""
    if unicodedata.combining(text[0]):
        return -1
    if unicodedata.combining(text[-1]):
        return 1
    letters = [c for c in text if not unicodedata.combining(c)]
    if letters[0] in _ALEFS and letters[-1] == _LAM:
        return -1
    return 1 if letters[0] == _LAM and letters[-1] in _ALEFS else 0


def is_right_to_left(text: str) -> bool:
    """Whether its first strong character runs right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def spell(glyphs: Iterable[Glyph]) -> None:
    """Put the characters of every ligature on a page into the order they are spelled in."""
    several = []
    for glyph in glyphs:
        glyph.text = plain_letters(glyph.text) if len(glyph.text) == 1 else glyph.text
        if len(glyph.text) > 1 and is_right_to_left(glyph.text):
            several.append(glyph)
    page = sum(_direction(glyph.text) for glyph in several)
    for glyph in several:
        direction = _direction(glyph.text) or (1 if page > 0 else -1)
        if direction < 0:
            glyph.text = glyph.text[::-1]
        glyph.text = plain_letters(glyph.text)
