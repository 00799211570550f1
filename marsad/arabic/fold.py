"""One spelling for searching: the folded form is never shown and never cited."""

from __future__ import annotations

import unicodedata

from marsad.arabic.letters import MARKS, TATWEEL

#: Each of these becomes exactly the one character beside it.
FOLDS = {
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    "ؤ": "و",
    "ئ": "ي",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ک": "ك",
    "ڪ": "ك",
    **{digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{digit: str(value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
}
_OFF = {ord(mark): None for mark in (*MARKS, TATWEEL, "\u200c", "\u200d", "\u200e", "\u200f")}
_TABLE: dict[int, str | None] = {**_OFF, **{ord(old): new for old, new in FOLDS.items()}}


def fold(text: str) -> str:
    """Return the search form of a text.

    Marks, tatweel and direction marks go; presentation forms become letters (NFKC); the hamza
    seats, alef maqsura and taa marbuta lose their difference; digits become ASCII; Latin letters
    become small. After NFKC every character gives one character or none.

    >>> fold("الاتِّجـار بالأشخاص، ٢٠١٩")
    'الاتجار بالاشخاص، 2019'
    """
    return unicodedata.normalize("NFKC", text).translate(_TABLE).casefold()
