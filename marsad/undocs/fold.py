"""A folded form of words, for matching only: never shown, never cited."""

from __future__ import annotations

import re
import unicodedata

from .digits import to_latin

#: Arabic vowel marks, the superscript alef and the tatweel.
_MARKS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]"
)
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ё": "е"})


def fold(text: str) -> str:
    """Lower case, without marks and tatweel, alef, ya and ta marbuta levelled, digits Latin.

    >>> fold("الاتِّجـار بالنساءِ")
    'الاتجار بالنساء'
    """
    bare = to_latin(_MARKS.sub("", text)).translate(_ALIKE).lower()
    if bare.isascii():
        return bare
    parts = unicodedata.normalize("NFD", bare)
    return "".join(sign for sign in parts if not _latin_mark(sign))


def _latin_mark(sign: str) -> bool:
    return "\u0300" <= sign <= "\u036f"
