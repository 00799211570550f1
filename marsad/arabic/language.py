"""Which lines of a text are Arabic, for only those are repaired.

Persian, Urdu and others are written in Arabic letters and some of their own: «گزارش», «کمیٹی».
What holds for Arabic words would tear theirs apart, so their lines are left as they came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from marsad.arabic.letters import TATWEEL, is_private

ARABIC, PERSIAN, URDU, OTHER = "ar", "fa", "ur", "other"

#: Letters that Arabic does not have. Persian ی and ک also come out of bad Arabic fonts.
_URDU: Final = re.compile("[ٹڈڑںھہۂۃےۓ]")
_PERSIAN: Final = re.compile("[پچژگ]")
_LOOSE: Final = re.compile("[یک]")
_FOREIGN: Final = re.compile("[\u0671-\u06d3]")
_LETTERS: Final = re.compile("[\u0620-\u063f\u0641-\u064a\u0671-\u06d3]")
#: Persian typed on an Arabic keyboard has no letter of its own; three of these tell it.
_PERSIAN_WORDS: Final = frozenset(
    re.findall(
        r"\S+", "است شود شده کرد كرد که كه برای براي این اين نیز نيز باید بايد های هاي را هستند"
    )
)
_LATIN: Final = re.compile("[A-Za-zÀ-ÿА-я]")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")

#: Letters foreign to Arabic, and their share, from which a text is not Arabic: Persian has 0.15, a
#: report in Arabic with names of places and firms («ڤيينا») 0.002.
_LEAST: Final = 3
_SHARE: Final = 0.05
_WORDS: Final = 0.12
#: Below this a line says too little about itself.
_ENOUGH: Final = 12


def language_of(text: str) -> str:
    """Tell the language of a text in Arabic letters; `OTHER` for none of the three.

    >>> language_of("تقرير الفريق العامل"), language_of("گزارش کارگروه درباره پیشگیری")
    ('ar', 'fa')
    """
    text = text.replace(TATWEEL, "")
    letters = len(_LETTERS.findall(text))
    if not letters:
        return OTHER
    if len(_FOREIGN.findall(text)) < max(_LEAST, _SHARE * letters):
        return PERSIAN if _says_persian(text) else ARABIC
    persian, urdu = len(_PERSIAN.findall(text)), len(_URDU.findall(text))
    known = persian + urdu + len(_LOOSE.findall(text))
    if 2 * known < len(_FOREIGN.findall(text)):
        return OTHER
    if urdu > persian / 2:
        return URDU
    # ی and ک without any of پچژگ are Arabic from a font that names them so
    return PERSIAN if persian >= _SHARE / 10 * letters or _says_persian(text) else ARABIC


def _says_persian(text: str) -> bool:
    words = _WORD.findall(text)
    known = [word for word in words if word in _PERSIAN_WORDS]
    return len(set(known)) >= 3 and len(known) >= _WORDS * len(words)


def foreign_lines(pages: Sequence[Sequence[str]]) -> list[bool]:
    """Tell of each line, page by page, whether it is in another language than Arabic.

    A line that says too little goes with its page; Latin lines count when two or more follow one
    another, for an address alone is part of the Arabic around it.
    """
    none = not any(_LETTERS.search(line) for page in pages for line in page)
    foreign: list[bool] = []
    for page in pages:
        whole = language_of("\n".join(page)) in (PERSIAN, URDU)
        latin = [_is_latin(line) for line in page]
        for place, line in enumerate(page):
            near = any(latin[max(0, place - 2) : place]) or any(latin[place + 1 : place + 3])
            alone = none and not any(map(is_private, line))
            foreign.append(alone or (latin[place] and near) or _is_foreign(line, whole))
    return foreign


def _is_latin(line: str) -> bool:
    return len(_LATIN.findall(line)) > 2 * _ENOUGH and not _LETTERS.search(line)


def _is_foreign(line: str, whole: bool) -> bool:
    letters = len(_LETTERS.findall(line))
    if letters < _ENOUGH:
        return whole and letters > 0
    return language_of(line) != ARABIC or (whole and _FOREIGN.search(line) is not None)
