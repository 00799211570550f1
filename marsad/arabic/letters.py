"""The characters of Arabic writing, by what they do.

Nothing here knows about files or stages: only which characters are letters, marks, digits or
private codes, and which letters join the letter after them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

TATWEEL = "\u0640"

#: Harakat, tanwin, shadda, sukun, the small Quranic signs and the dagger alef.
MARKS = frozenset(chr(code) for code in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670))

ARABIC_DIGITS = frozenset("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
DIGITS = ARABIC_DIGITS | frozenset("0123456789")

#: Letters that never join the letter after them.
NON_JOINING = frozenset("اأإآٱدذرزوؤىةء")

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


_SHADDA = "\u0651"
_DOUBLED = re.compile(rf"[ء-ي][{''.join(sorted(MARKS - {_SHADDA}))}]*{_SHADDA}")


def begins_doubled(text: str, place: int) -> bool:
    """Tell whether the letter at a place is doubled: the rest of a word begins so, «تِّجار»."""
    return _DOUBLED.match(text, place) is not None


def is_private(character: str) -> bool:
    """Tell whether a character is a font's own glyph code, which prints as nothing elsewhere."""
    return _PRIVATE.match(character) is not None


def is_arabic_letter(character: str) -> bool:
    """Tell whether a character is a letter of the Arabic script (tatweel and marks are not)."""
    return (
        "\u0620" <= character <= "\u06d3"
        and character != TATWEEL
        and character not in MARKS
        and unicodedata.category(character) == "Lo"
    )


def is_word_character(character: str) -> bool:
    """Tell whether a character may stand inside an Arabic word as written."""
    return character == TATWEEL or character in MARKS or is_arabic_letter(character)


def without_marks(text: str) -> str:
    """Return `text` without tatweel and without any Arabic mark."""
    return "".join(c for c in text if c != TATWEEL and c not in MARKS)


def letters_and_digits(text: str) -> Counter[str]:
    """Count the letters and digits that no decoding or reordering may add or lose."""
    return Counter(c for c in text if c.isalnum() and c != TATWEEL)
