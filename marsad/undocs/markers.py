"""What a line opens with: the number of a paragraph, a chapter, a letter, a recommendation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .digits import from_chinese, from_roman
from .fold import fold
from .lines import Line
from .words import ABJAD, CHAPTERS_AR, CYRILLIC, SECTIONS_AR, WORDS

#: "12. The …", "١٢- وقد", "12) …", "12．"; not "1.5 million" and not "14-15 April".
_NUMBER = re.compile(r"^(\d{1,3})\s*[-–—.)．、]\s*(?![\d\-–—.)])")
#: The same where the runs of the line were reversed: "-12 …" or "… -12".
_NUMBER_BEFORE = re.compile(r"^[-–—]\s?(\d{1,3})\s+(?=\S)")
_NUMBER_AFTER = re.compile(r"(?<=\s)[-–—](\d{1,3})$")
#: "IV. Attendance", "B. Opening", «ثالثاً - تنظيم», «دال-».
_LATIN_HEAD = re.compile(r"^([IVX]{1,6}|[A-ZАВСЕНКМОРТ])[.．、]\s+(?=\S)")
_ARABIC_HEAD = re.compile(
    r"^([\u0621-\u0652]{3,10}(?:\s+عش[\u064b-\u0652]*ر[\u064b-\u0652]*ة?)?)\s*[-–—.]\s*(?=\S)"
)
_CHINESE_HEAD = re.compile(r"^([一二三四五六七八九十]{1,3})[、．.]\s*(?=\S)")
#: "(a) …", «(هـ) …», "a) …" in French, Spanish and Russian.
ITEM = re.compile(
    r"(?:(?<![\w(（^])[(（]\s*([a-zа-яء-يٱ]ـ?)\s*[)）]|(?<![\w(（^])([a-zа-я])[)）](?=\s))"
)
#: A numbered word, and text behind a colon or stop: "Recommendation 17: States parties …".
_RUN_ON = re.compile(r"^(\D{2,30}\d{1,3})\s*[:：.–—]\s*(?=\S)()")
_LOOKALIKES = str.maketrans("АВСЕНКМОРТасео", "ABCEHKMOPTaceo")


@dataclass(frozen=True, kw_only=True)
class Head:
    """What may be the opening of a heading."""

    #: As printed.
    printed: str
    #: Where the words of the heading begin.
    length: int
    #: Its place among chapters, if it can be one: «ثالثاً» is 3.
    chapter: int | None = None
    #: Its place among lettered sections, if it can be one: «جيم» is 3.
    letter: int | None = None


def number_of(line: Line) -> tuple[int, int] | None:
    """The number a line opens with and how long it is."""
    found = _NUMBER.match(line.plain)
    return (int(found[1]), found.end()) if found else None


def displaced_number_of(line: Line) -> tuple[int, slice] | None:
    """A number whose dash went to its wrong side, and the text that is left of the line."""
    found = _NUMBER_BEFORE.match(line.plain)
    if found:
        return int(found[1]), slice(found.end(), None)
    found = _NUMBER_AFTER.search(line.plain)
    return (int(found[1]), slice(0, found.start())) if found else None


def head_of(line: Line) -> Head | None:
    """What a line opens with, where it may be a heading."""
    for reader in (_latin_head, _arabic_head, _chinese_head):
        head = reader(line.text)
        if head is not None:
            return head
    return None


def _latin_head(text: str) -> Head | None:
    found = _LATIN_HEAD.match(text)
    if not found:
        return None
    sign = found[1].translate(_LOOKALIKES)
    return Head(
        printed=found[1],
        length=found.end(),
        chapter=from_roman(sign),
        letter=ord(sign) - ord("A") + 1 if len(sign) == 1 else None,
    )


def _arabic_head(text: str) -> Head | None:
    found = _ARABIC_HEAD.match(text)
    if not found:
        return None
    word = fold(found[1])
    chapter = CHAPTERS_AR.get(word)
    letter = SECTIONS_AR.index(word) + 1 if word in SECTIONS_AR else None
    if chapter is None and letter is None:
        return None
    return Head(printed=found[1], length=found.end(), chapter=chapter, letter=letter)


def _chinese_head(text: str) -> Head | None:
    found = _CHINESE_HEAD.match(text)
    chapter = from_chinese(found[1]) if found else None
    if found is None or chapter is None:
        return None
    return Head(printed=found[1], length=found.end(), chapter=chapter)


def recommendation_of(line: Line, language: str) -> tuple[int, str] | None:
    """The number of the recommendation that a line is the heading of, and the words behind it.

    "Recommendation 17" alone on its line, or "Recommendation 17: States parties should …".
    """
    head, rest = line.text, ""
    run_on = _RUN_ON.match(line.plain)
    if run_on:
        head, rest = line.text[: run_on.end(1)], line.text[run_on.start(2) :]
    if len(head) > 40:
        return None
    found = WORDS[language].recommendation.match(fold(head))
    return (int(found[1]), rest) if found else None


def is_marker(line: Line) -> bool:
    """Whether a line opens a heading, a numbered paragraph, an item or a recommendation."""
    if number_of(line) or head_of(line) or ITEM.match(line.plain):
        return True
    return any(recommendation_of(line, language) is not None for language in WORDS)


def item_places(letter: str) -> tuple[int, ...]:
    """The places in the order of letters that a printed letter may mean: (هـ) is 5, (c) is 3.

    A Cyrillic «с» may be meant for the Latin c or for its own place in the Russian order.
    """
    folded = fold(letter)
    if len(folded) != 1:
        return ()
    if folded in ABJAD:
        return (ABJAD.index(folded) + 1,)
    places = []
    latin = folded.translate(_LOOKALIKES)
    if "a" <= latin <= "z":
        places.append(ord(latin) - ord("a") + 1)
    if folded in CYRILLIC:
        places.append(CYRILLIC.index(folded) + 1)
    return tuple(places)


def letter_at(place: int) -> str:
    """The Latin letter of a place: 1 is a, 27 is aa."""
    turns, rest = divmod(place - 1, 26)
    return chr(ord("a") + rest) * (turns + 1)
