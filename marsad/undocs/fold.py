"""A folded form of words, for matching only: never shown, never cited."""

from __future__ import annotations

import re
import unicodedata

from .digits import to_latin

#: Arabic vowel marks, the superscript alef, the tatweel, and signs that only steer direction.
_MARKS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]"
)
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "’": "'"})
#: What is left of accents and of the hamza once a letter is taken apart: é, й, ؤ, ئ.
_ACCENTS = re.compile("[\u0300-\u036f\u0653-\u0655]")


def fold(text: str) -> str:
    """Lower case, without accents, marks and tatweel; alef, ya, hamza levelled; Latin digits.

    >>> fold("الاتِّجـار بالنساءِ")
    'الاتجار بالنساء'
    >>> fold("États parties")
    'etats parties'
    """
    bare = to_latin(_MARKS.sub("", text)).translate(_ALIKE).lower()
    if bare.isascii():
        return bare
    return _ACCENTS.sub("", unicodedata.normalize("NFD", bare))


def without_marks(text: str) -> str:
    """The text without vowel marks, tatweel and signs that only steer direction."""
    return _MARKS.sub("", text)
