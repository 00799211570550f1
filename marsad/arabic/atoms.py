"""The unbreakable pieces of a line: words, numbers, signs, Latin phrases, and the gaps between.

A gap of several spaces («المستويات   من») and a digit glued to a letter («٢٠١٢أكتوبر») are
where two runs of a badly extracted line met; the decoder asks here where it may cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from marsad.arabic.letters import MARKS, without_marks

WORD, NUMBER, LATIN, SIGN, MARKER = "word", "number", "latin", "sign", "marker"

_MARKS = "".join(sorted(MARKS))
_DIGIT = "0-9٠-٩۰-۹"
_PATTERN = re.compile(
    # «(أ)», «(1)»: a marker in its brackets is one piece
    rf"(?P<marker>\((?:[ء-ي]ـ?|[{_DIGIT}]{{1,2}})\))"
    # «CTOC/COP/WG.4/2019/6», «How to Prevent Human Trafficking», an address
    r"|(?P<latin>[A-Za-z](?:[\x21\x23-\x27\x2a-\x7e]|(?<=[A-Za-z0-9.,:;]) (?=[A-Za-z0-9]))*"
    r"[A-Za-z0-9/]|[A-Za-z])"
    # «٣/٣», «٦ ٠٠٠»
    rf"|(?P<number>[{_DIGIT}]{{1,3}}(?: [{_DIGIT}]{{3}})+(?![{_DIGIT}])"
    rf"|[{_DIGIT}]+(?:[/.,٫٬][{_DIGIT}]+)*)"
    rf"|(?P<word>[ء-غف-يٱ-ۓ\ue000-\uf8ff{_MARKS}]+)"
    r"|(?P<sign>\S)"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of a line that is never cut, save a word the lexicon does not know."""

    #: `WORD`, `NUMBER`, `LATIN`, `SIGN` or `MARKER`.
    kind: str
    #: Offset in the line.
    start: int
    #: One past its last character.
    end: int
    #: As the lexicon looks it up: a word without marks, a number as «#» or «##», else as it is.
    key: str


def atoms_of(text: str) -> list[Atom]:
    """Split a line into its atoms; white space is what lies between them."""
    return [
        Atom(str(match.lastgroup), match.start(), match.end(), _key(match))
        for match in _PATTERN.finditer(text)
    ]


def number_key(number: str) -> str:
    """Return what stands for a number: a year, a number with a stroke («٤/٤») or any other.

    >>> number_key("٢٠١٢"), number_key("4/4"), number_key("15")
    ('##', '#/#', '#')
    """
    if "/" in number:
        return "#/#"
    year = len(number) == 4 and number.isdigit() and 1900 <= int(number) < 2100
    return "##" if year else "#"


def _key(match: re.Match[str]) -> str:
    if match.lastgroup == WORD:
        return without_marks(match.group())
    if match.lastgroup == NUMBER:
        return number_key(match.group())
    if match.lastgroup == LATIN:
        return "@"
    return match.group()
