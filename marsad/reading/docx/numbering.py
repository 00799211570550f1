"""The numbers Word counts by itself: they stand nowhere in the text, yet every citation needs them.

UN reports number their paragraphs automatically; read without this, "13. Decides …" arrives as
"Decides …".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from marsad.reading.docx.names import attribute, child, children, local, value, whole

_LEVELS: Final = 9
_ABJAD: Final = list("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ")
_ALPHA: Final = list("أبتثجحخدذرزسشصضطظعغفقكلمنهوي")
_LATIN: Final = list("abcdefghijklmnopqrstuvwxyz")
_RUSSIAN: Final = list("абвгдежзиклмнопрстуфхцчшщыэюя")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHINESE: Final = "〇一二三四五六七八九"
_PLACE: Final = re.compile("%([1-9])")


def _lettered(number: int, letters: list[str]) -> str:
    """Word repeats a letter after the end of its alphabet: … y, z, aa, bb."""
    if not 0 < number <= 50 * len(letters):
        return str(number)
    times, place = divmod(number - 1, len(letters))
    return letters[place] * (times + 1)


def _roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    parts = []
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        parts.append(sign * times)
    return "".join(parts)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _CHINESE[tens]) + "十"
    return head + (_CHINESE[ones] if ones else "")


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimalZero": lambda n: f"{n:02}",
    "lowerLetter": lambda n: _lettered(n, _LATIN),
    "upperLetter": lambda n: _lettered(n, _LATIN).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "arabicAlpha": lambda n: _lettered(n, _ALPHA),
    "arabicAbjad": lambda n: _lettered(n, _ABJAD),
    "russianLower": lambda n: _lettered(n, _RUSSIAN),
    "russianUpper": lambda n: _lettered(n, _RUSSIAN).upper(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "numberInDash": lambda n: f"- {n} -",
    "none": lambda n: "",
}


def written(number: int, format_name: str) -> str:
    """A number as Word writes it in that format.

    >>> written(4, "arabicAbjad"), written(4, "arabicAlpha"), written(4, "lowerRoman")
    ('د', 'ث', 'iv')
    """
    return _FORMATS.get(format_name, str)(number)


@dataclass(frozen=True, kw_only=True)
class Level:
    """How one level of a list counts and writes its number."""

    start: int
    format: str
    #: What stands before the paragraph, with `%1` to `%9` for the numbers: "%1." or "(%2)".
    text: str
    suffix: str
    #: After which level's step this one begins anew; none for "any higher one".
    restart: int | None
    #: All numbers of the label in plain figures, as laws do.
    legal: bool


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    #: Levels of each list, by the id paragraphs give.
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    #: Which lists count together.
    counters_of: dict[str, str] = field(default_factory=dict)
    #: List and level that a paragraph style brings along.
    styles: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[str] = field(default_factory=set)

    def label(self, paragraph: etree._Element) -> str:
        """The number before this paragraph, with its space; empty if it has none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, depth = place
        levels = self.lists.get(list_id)
        if not levels or depth not in levels:
            return ""
        counts = self._step(list_id, depth, levels)
        level = levels[depth]
        label = "•" if level.format == "bullet" else _fill(level, counts, levels)
        if not label or level.suffix == "nothing":
            return label
        return label + " "

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = child(paragraph, "pPr")
        style_list, depth = self.styles.get(value(properties, "pStyle") or "", (None, 0))
        own = child(properties, "numPr")
        list_id = value(own, "numId") or style_list
        depth = whole(value(own, "ilvl"), depth)
        if list_id is None or list_id == "0" or not 0 <= depth < _LEVELS:
            return None
        return list_id, depth

    def _step(self, list_id: str, depth: int, levels: dict[int, Level]) -> list[int | None]:
        key = self.counters_of.get(list_id, list_id)
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        if list_id not in self._started:
            self._started.add(list_id)
            if key == list_id:
                counts[:] = [None] * _LEVELS
        current = counts[depth]
        counts[depth] = levels[depth].start if current is None else current + 1
        for above in range(depth):
            if counts[above] is None:
                counts[above] = levels[above].start if above in levels else 1
        for below in range(depth + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or depth < restart:
                counts[below] = None
        return counts


def _fill(level: Level, counts: list[int | None], levels: dict[int, Level]) -> str:
    def number(place: re.Match[str]) -> str:
        depth = int(place[1]) - 1
        count = counts[depth]
        of = levels.get(depth)
        if count is None or of is None:
            return ""
        return str(count) if level.legal else written(count, of.format)

    return _PLACE.sub(number, level.text).strip()


def read_numbering(root: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists declared in `numbering.xml` and the styles that belong to them."""
    numbering = Numbering()
    if styles is not None:
        numbering.styles = _style_lists(styles)
    if root is None:
        return numbering
    abstract = {
        attribute(each, "abstractNumId") or "": each for each in children(root, "abstractNum")
    }
    for num in children(root, "num"):
        _add_list(numbering, num, abstract)
    return numbering


def _add_list(
    numbering: Numbering, num: etree._Element, abstract: dict[str, etree._Element]
) -> None:
    list_id = attribute(num, "numId") or ""
    base_id = value(num, "abstractNumId") or ""
    base = abstract.get(base_id)
    if base is None:
        return
    levels = {whole(attribute(each, "ilvl"), -1): _level(each) for each in children(base, "lvl")}
    restarted = False
    for override in children(num, "lvlOverride"):
        depth = whole(attribute(override, "ilvl"), -1)
        own = child(override, "lvl")
        if own is not None:
            levels[depth] = _level(own)
        start = value(override, "startOverride")
        if start is not None and depth in levels:
            restarted = True
            old = levels[depth]
            levels[depth] = Level(
                start=whole(start, 1), format=old.format, text=old.text, suffix=old.suffix,
                restart=old.restart, legal=old.legal,
            )  # fmt: skip
    numbering.lists[list_id] = levels
    # Lists of one abstract list go on counting where the other stopped, unless told to restart.
    numbering.counters_of[list_id] = list_id if restarted else f"abstract {base_id}"


def _level(element: etree._Element) -> Level:
    restart = value(element, "lvlRestart")
    return Level(
        start=whole(value(element, "start"), 0 if child(element, "start") is None else 1),
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        restart=None if restart is None else whole(restart, 0),
        legal=child(element, "isLgl") is not None,
    )


def _style_lists(styles: etree._Element) -> dict[str, tuple[str | None, int]]:
    """List and level of each paragraph style, its own or that of the style it is based on."""
    own: dict[str, tuple[str | None, str | None]] = {}
    based: dict[str, str | None] = {}
    for style in styles:
        if local(style) != "style":
            continue
        name = attribute(style, "styleId") or ""
        numbers = child(style, "pPr", "numPr")
        own[name] = (value(numbers, "numId"), value(numbers, "ilvl"))
        based[name] = value(style, "basedOn")
    return {name: _inherited(name, own, based) for name in own}


def _inherited(
    name: str,
    own: dict[str, tuple[str | None, str | None]],
    based: dict[str, str | None],
) -> tuple[str | None, int]:
    list_id: str | None = None
    depth: str | None = None
    current: str | None = name
    for _step in range(20):  # styles may be based on each other in a ring
        if current is None or current not in own:
            break
        list_id = list_id or own[current][0]
        depth = depth or own[current][1]
        current = based[current]
    return list_id, whole(depth, 0)
