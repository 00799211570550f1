"""From a printed value to the least and the most it can be.

A censored count is a range: «<5» is 1 to 4. It is never 0, never 5, and never dropped.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .types import Counted

#: Above this a count of people is surely a slip: nobody has ever counted so many in a year.
LARGEST = 10_000_000
#: No count and no range of counts needs more signs.
_LONGEST = 60

# Digits as typed in Arabic and Persian, and the separators that go with them.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫−–", "01234567890123456789,.--")
_PLAIN = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:([,\u00a0\u202f\u2009' ])\d{3})(?:\1\d{3})*")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_WHOLE = re.compile(r"(\d+)[.,]0+")
_FRACTION = re.compile(r"\d+[.,]\d+")
_BELOW = re.compile(r"(<=?|≤|less than|fewer than|under|أقل من)\s*(\d+)")
_BETWEEN = re.compile(r"(\d+)\s*(?:-|to|إلى)\s*(\d+)")
_NEGATIVE = re.compile(r"-\s*[\d.,]+|\(\s*[\d.,]+\s*\)")
_MISSING = {"", "..", "...", ":", "-", ".", "n/a", "na", "nan", "none", "not available", "unknown"}
_WITHHELD = {"c", "x", "conf", "confidential", "suppressed", "withheld"}


def counted(value: object) -> Counted | str:
    """Return what a value means, or the code of the remark that refuses it.

    >>> (counted("<5").low, counted("<5").high)
    (1, 4)
    >>> counted("-3")
    'negative'
    """
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return Counted(low=None, high=None, censoring="missing", label="missing-value")
        return _number(int(value)) if value == int(value) else "fraction"
    return _text(str(value))


def _number(number: int, label: str = "") -> Counted | str:
    if number < 0:
        return "negative"
    if number > LARGEST:
        return "too-many"
    return Counted(low=number, high=number, censoring="exact", label=label)


@lru_cache(maxsize=65_536)
def _text(printed: str) -> Counted | str:
    text = printed.translate(_DIGITS).strip().casefold()
    if len(text) > _LONGEST:
        return "not-a-count"
    if _PLAIN.fullmatch(text):
        return _number(int(text))
    if _GROUPED.fullmatch(text):
        return _number(int(re.sub(r"\D", "", text)), "thousands")
    if _DOTTED.fullmatch(text):
        return _number(int(text.replace(".", "")), "dotted")
    if text in _MISSING:
        return Counted(low=None, high=None, censoring="missing", label="missing-value")
    if text in _WITHHELD:
        return Counted(low=None, high=None, censoring="withheld", label="withheld")
    return _range(text) or _slip(text)


def _range(text: str) -> Counted | str | None:
    if below := _BELOW.fullmatch(text):
        limit = int(below[2])
        high = limit if below[1] in ("<=", "≤") else limit - 1
        return _between(1, high) if high >= 1 else None
    between = _BETWEEN.fullmatch(text)
    if between and int(between[1]) <= int(between[2]):
        return _between(int(between[1]), int(between[2]))
    return None


def _between(low: int, high: int) -> Counted | str:
    if high > LARGEST:
        return "too-many"
    return Counted(low=low, high=high, censoring="censored", label="censored")


def _slip(text: str) -> Counted | str:
    if whole := _WHOLE.fullmatch(text):
        return _number(int(whole[1]))
    if _FRACTION.fullmatch(text):
        return "fraction"
    return "negative" if _NEGATIVE.fullmatch(text) else "not-a-count"
