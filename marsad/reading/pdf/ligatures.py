"""The characters of one drawn sign, put into the order in which they are spelled.

PDFium turns whole runs of Arabic round, and with them the characters of each ligature: «لا» comes
as «ال», «في» as «يف». Ligatures that have a code of their own it leaves as they are. Which of the
two happened can be seen: «في» is a ligature of Unicode and «يف» is none.
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


def _ligatures() -> frozenset[str]:
    """Every sequence of letters for which Unicode knows one joined shape."""
    shapes = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
    spelled = (unicodedata.normalize("NFKC", chr(code)).replace(" ", "") for code in shapes)
    return frozenset(letters for letters in spelled if len(letters) > 1)


_LIGATURES: Final = _ligatures()


def _is_backwards(text: str) -> bool:
    """Whether the characters of a ligature come last one first."""
    if unicodedata.combining(text[0]):
        return True
    if unicodedata.combining(text[-1]):
        return False
    letters = "".join(c for c in text if not unicodedata.combining(c))
    if letters[0] in _ALEFS and letters[-1] == _LAM:
        return True
    # «ني» and «ين» are both ligatures: what PDFium does by rule decides.
    return letters not in _LIGATURES or letters[::-1] in _LIGATURES


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
    for glyph in glyphs:
        if len(glyph.text) > 1 and not glyph.certain and is_right_to_left(glyph.text):
            glyph.text = glyph.text[::-1] if _is_backwards(glyph.text) else glyph.text
        glyph.text = unicodedata.normalize("NFC", plain_letters(glyph.text))
