"""Signs as they stand from left to right, put into the order in which they are read.

The part of the Unicode bidirectional algorithm that UN documents need, run backwards: from the
places on the page to the sequence of writing. Arabic runs from the right; Latin words, and
numbers with their separators, keep their own direction inside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Direction(Enum):
    """How a sign takes part in the order of a line."""

    RIGHT = "written from the right"
    LEFT = "written from the left"
    #: Figures 0-9: after a Latin word they belong to it.
    FIGURE = "figure"
    #: Figures ٠-٩: a number of their own wherever they stand.
    ARABIC_FIGURE = "Arabic figure"
    NEUTRAL = "goes with its surroundings"


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of a line that is never cut."""

    text: str
    direction: Direction


_KINDS: Final = {
    "R": Direction.RIGHT,
    "AL": Direction.RIGHT,
    "L": Direction.LEFT,
    "EN": Direction.FIGURE,
    "AN": Direction.ARABIC_FIGURE,
}
_FIGURES: Final = (Direction.FIGURE, Direction.ARABIC_FIGURE)
#: A single one of these between two figures is part of the number: "٢٠٠٨/١٢", "1,5".
_SEPARATORS: Final = frozenset(",./:\u00a0،٫٬")
#: What may stand inside an address or a symbol, and so at its end where a line breaks it.
_INSIDE_LATIN: Final = frozenset("./-_:")
_OPENING: Final = {")": "(", "]": "[", "}": "{", "»": "«", "›": "‹", "”": "“"}
_CLOSING: Final = {opening: closing for closing, opening in _OPENING.items()}
_BRACKETS: Final = frozenset(_OPENING) | frozenset(_CLOSING)


def direction_of(text: str) -> Direction:
    """The direction of the first character that has one.

    >>> direction_of("٣"), direction_of("(")
    (<Direction.ARABIC_FIGURE: 'Arabic figure'>, <Direction.NEUTRAL: 'goes with its surroundings'>)
    """
    for character in text:
        kind = _KINDS.get(unicodedata.bidirectional(character))
        if "۰" <= character <= "۹":  # Persian figures count as European, and are read as Arabic
            return Direction.ARABIC_FIGURE
        if kind is not None:
            return kind
    return Direction.NEUTRAL


def read_line(signs: Sequence[Sign], *, from_right: bool) -> str:
    """The text of a line whose signs are given from left to right."""
    if not from_right:
        return _from_left(signs)
    return turn_brackets("".join(sign.text for sign in _from_right(signs)))


def _from_left(signs: Sequence[Sign]) -> str:
    """A Latin line, in which Arabic passages are read from their right end."""
    read: list[str] = []
    at = 0
    while at < len(signs):
        if signs[at].direction in (Direction.RIGHT, Direction.ARABIC_FIGURE):
            end = _arabic_end(signs, at)
            read.append(turn_brackets("".join(s.text for s in _from_right(signs[at:end]))))
            at = end
        else:
            read.append(signs[at].text)
            at += 1
    return "".join(read)


def _arabic_end(signs: Sequence[Sign], start: int) -> int:
    end = start + 1
    for at in range(start + 1, len(signs)):
        if signs[at].direction is Direction.LEFT:
            break
        if signs[at].direction in (Direction.RIGHT, Direction.ARABIC_FIGURE):
            end = at + 1
    return end


def _from_right(signs: Sequence[Sign]) -> list[Sign]:
    read: list[Sign] = []
    end = len(signs)
    while end > 0:
        last = signs[end - 1]
        if last.direction in (Direction.RIGHT, Direction.NEUTRAL) and not _ends_latin(
            signs, end - 1, read
        ):
            read.append(last)
            end -= 1
            continue
        start = _run_start(signs, end - 1 - (last.direction is Direction.NEUTRAL))
        run = list(signs[start:end])
        # "word (x)" on an Arabic line: the bracket at the right end closes what the run opened.
        if read and read[-1].text in _BRACKETS and _open_brackets(run) % 2:
            run.append(read.pop())
        read.extend(run)
        end = start
    return read


def _ends_latin(signs: Sequence[Sign], at: int, read: Sequence[Sign]) -> bool:
    """Whether a stop is the last sign of a Latin piece cut at the end of its line.

    «الموقع www.example.» goes on with «org»: no stop opens a word in Arabic.
    """
    if signs[at].text not in _INSIDE_LATIN or at == 0 or (read and read[-1].text != " "):
        return False
    if signs[at - 1].direction not in (Direction.LEFT, Direction.FIGURE):
        return False
    return _latin_before(signs, at) is not None and _run_start(signs, at - 1) == 0


def _open_brackets(run: Sequence[Sign]) -> int:
    return sum(sign.text in _BRACKETS for sign in run)


def _run_start(signs: Sequence[Sign], at: int) -> int:
    """Where the Latin or the number that ends at `at` begins."""
    start = at
    if signs[at].direction is Direction.FIGURE:
        latin = _latin_before(signs, at)
        start = _number_start(signs, at) if latin is None else latin
    elif signs[at].direction is Direction.ARABIC_FIGURE:
        return _number_start(signs, at)
    while (further := _latin_before(signs, start)) is not None:
        start = further
    # "3D": a figure that touches the Latin letter goes with it
    while start > 0 and signs[start - 1].direction is Direction.FIGURE:
        start -= 1
    return start


def _latin_before(signs: Sequence[Sign], at: int) -> int | None:
    """The nearest Latin letter to the left with nothing Arabic between."""
    for place in range(at - 1, -1, -1):
        if signs[place].direction is Direction.LEFT:
            return place
        if signs[place].direction in (Direction.RIGHT, Direction.ARABIC_FIGURE):
            return None
    return None


def _number_start(signs: Sequence[Sign], at: int) -> int:
    start = at
    while start > 0:
        if signs[start - 1].direction in _FIGURES:
            start -= 1
        elif (
            start > 1
            and signs[start - 1].text in _SEPARATORS
            and signs[start - 2].direction in _FIGURES
        ):
            start -= 2
        else:
            break
    return start


def turn_brackets(text: str) -> str:
    """Brackets turned so that they open before what they enclose.

    A PDF may name a bracket by its meaning or by its shape, and PDFium mirrors some of them, so
    the sign itself tells nothing. Where it stands does: «البند ٢ )د(» can only be «البند ٢ (د)».

    >>> turn_brackets("البند ٢ )د( من")
    'البند ٢ (د) من'
    """
    if not _BRACKETS.intersection(text):
        return text
    turned = list(text)
    unclosed: list[str] = []
    for at, sign in enumerate(turned):
        if sign not in _BRACKETS:
            continue
        opening = _OPENING.get(sign, sign)
        if _opens(turned, at, opening, unclosed):
            unclosed.append(opening)
            turned[at] = opening
        else:
            if opening in unclosed:
                unclosed.remove(opening)
            turned[at] = _CLOSING[opening]
    return "".join(turned)


def _opens(text: Sequence[str], at: int, opening: str, unclosed: Sequence[str]) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    free_before = before.isspace() or before in _CLOSING
    free_after = after.isspace() or after in ".،؛:,;؟"
    if free_before != free_after:
        return free_before
    return opening not in unclosed
