"""Numbers as the six languages print them."""

from __future__ import annotations

import re

_TO_LATIN = {ord(digit): str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
_TO_LATIN |= {ord(digit): str(value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")}
_TO_LATIN |= {ord(digit): str(value) for value, digit in enumerate("０１２３４５６７８９")}

_RAISED = {ord(digit): str(value) for value, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_RAISED |= {ord("⁽"): "(", ord("⁾"): ")"}

_CHINESE = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_SHAPE = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")


def to_latin(text: str) -> str:
    """Arabic-Indic, Persian and full-width digits as Latin ones; lengths do not change.

    >>> to_latin("٢٠١٩")
    '2019'
    """
    return text.translate(_TO_LATIN)


def lower_raised(text: str) -> str:
    """Superscript digits and brackets as ordinary ones; lengths do not change.

    >>> lower_raised("⁽³⁾")
    '(3)'
    """
    return text.translate(_RAISED)


def from_roman(text: str) -> int | None:
    """The value of a Roman numeral up to 39, None for anything else.

    >>> from_roman("XIV")
    14
    """
    if not text or not _ROMAN_SHAPE.fullmatch(text):
        return None
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def from_chinese(text: str) -> int | None:
    """The value of a Chinese numeral up to 99, None for anything else.

    >>> from_chinese("十二")
    12
    """
    if not text or any(sign not in _CHINESE and sign != "十" for sign in text):
        return None
    if "十" not in text:
        return int("".join(str(_CHINESE[sign]) for sign in text)) if len(text) <= 4 else None
    if text.count("十") > 1 or len(text) > 3:
        return None
    before, after = text.split("十")
    if len(before) > 1 or len(after) > 1:
        return None
    tens = _CHINESE[before] if before else 1
    return tens * 10 + (_CHINESE[after] if after else 0)
