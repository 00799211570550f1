"""Which stretches of a line run against it: a symbol inside Arabic, say.

Word and Typst each have their own way to keep such a stretch in order; both are given the line
already cut. Plain text gets the invisible isolates of Unicode instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from marsad.design.formatting import lang_dir

# A symbol or a Latin phrase and what joins it: «CTOC/COP/WG.4/2009/2», "Add.3 (a)", an address.
_LATIN = re.compile(
    r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*"
    r"(?:[/.\-&'’_:?=#%~+@]+[A-Za-zÀ-ɏ0-9]+|[ \u00a0][A-Za-zÀ-ɏ0-9]+| ?\([A-Za-z0-9]{1,3}\))*"
)
# Arabic words and the spaces between them, as in a name quoted in an English sentence.
_ARABIC_LETTERS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_ARABIC = re.compile(rf"[{_ARABIC_LETTERS}]+(?:[\s.,\-/]+[{_ARABIC_LETTERS}]+)*")
_ARABIC_WORD = re.compile(f"[{_ARABIC_LETTERS}]*[\u0620-\u064a][{_ARABIC_LETTERS}]*")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][^\s،]*")

_LEFT_TO_RIGHT_ISOLATE = "\u2066"
_POP_ISOLATE = "\u2069"


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A piece of a line that runs in one direction."""

    text: str
    #: True where it runs from right to left.
    rtl: bool


def is_rtl(language: str) -> bool:
    """Whether `language` is written from right to left."""
    return lang_dir(language) == "rtl"


def has_arabic(text: str) -> bool:
    """Whether anything in `text` needs a face with Arabic letters.

    >>> has_arabic("para. 6 (a)"), has_arabic("الفقرة 6")
    (False, True)
    """
    return re.search(f"[{_ARABIC_LETTERS}]", text) is not None


def stretches(text: str, *, rtl: bool) -> list[Stretch]:
    """Cut a line that runs one way into what follows it and what runs against it.

    >>> [(s.text, s.rtl) for s in stretches("انظر A/58/422", rtl=True)]
    [('انظر ', True), ('A/58/422', False)]
    """
    if _runs_wholly_against(text, rtl=rtl):
        return [Stretch(text=text, rtl=not rtl)]
    cut: list[Stretch] = []
    done = 0
    for found in (_LATIN if rtl else _ARABIC).finditer(text):
        if found.start() > done:
            cut.append(Stretch(text=text[done : found.start()], rtl=rtl))
        cut.append(Stretch(text=found.group(), rtl=not rtl))
        done = found.end()
    if done < len(text):
        cut.append(Stretch(text=text[done:], rtl=rtl))
    return cut


def isolated(text: str, *, rtl: bool) -> str:
    """The line for plain text: symbols in a right-to-left line fenced off.

    A bare word or number keeps its order by itself and gets no invisible characters.
    """
    if not rtl or not has_arabic(text):
        return text
    return "".join(
        piece.text
        if piece.rtl or piece.text.isalnum()
        else f"{_LEFT_TO_RIGHT_ISOLATE}{piece.text}{_POP_ISOLATE}"
        for piece in stretches(text, rtl=True)
    )


def _runs_wholly_against(text: str, *, rtl: bool) -> bool:
    """Whether the line is one in the other direction: a citation or a title left in its language.

    In a line from left to right the words decide, because an Arabic citation opens with a symbol:
    «CTOC/COP/2019/4، الفقرة 3 (أ)».
    """
    arabic = len(_ARABIC_WORD.findall(text))
    latin = len(_LATIN_WORD.findall(text))
    return latin > 0 and arabic == 0 if rtl else arabic > latin
