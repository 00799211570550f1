"""What a person should be told about a text as a whole: sentences, never raised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from marsad.arabic.errors import LineTooLong, NotArabic, NotWriting, PartlyForeign, WordTooLong
from marsad.arabic.letters import TATWEEL
from marsad.problems import Problem

#: Control characters but tab and line ends, halves of characters, and the sign for lost bytes.
_NOT_WRITING: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd]")
#: A page sets some 120 letters in a line, a program that joins lines a few thousand.
_LONG_LINE: Final = 10_000
_WORD: Final = re.compile(r"\w+")
#: Letters a word may have, by far; an unknown word is tried at every place, so longer ones cost.
LONGEST_WORD: Final = 100


class _Line(Protocol):
    number: int
    source: str
    foreign: bool


def longest_word(text: str) -> int:
    """Count the letters of the longest word, tatweel apart."""
    if len(text) <= LONGEST_WORD:
        return len(text)
    return max(map(len, _WORD.findall(text.replace(TATWEEL, ""))), default=0)


def notices(lines: Sequence[_Line]) -> Iterator[Problem]:
    """Yield what is to be said of the lines of a text."""
    written = [line for line in lines if any(map(str.isalpha, line.source.replace(TATWEEL, "")))]
    endless = [line for line in written if longest_word(line.source) > LONGEST_WORD]
    too_long = {line.number for line in endless}
    foreign = [line for line in written if line.foreign and line.number not in too_long]
    if foreign and len(foreign) == len(written):
        yield NotArabic()
    elif foreign:
        yield PartlyForeign(lines=len(foreign), first=foreign[0].number)
    long = next((line for line in lines if len(line.source) > _LONG_LINE), None)
    if long is not None and not long.foreign:
        yield LineTooLong(line=long.number, letters=len(long.source))
    if endless:
        first = endless[0]
        yield WordTooLong(line=first.number, letters=longest_word(first.source))
    counts = [(line, len(_NOT_WRITING.findall(line.source))) for line in lines]
    strange = [(line, count) for line, count in counts if count]
    if strange:
        yield NotWriting(count=sum(count for _line, count in strange), line=strange[0][0].number)
