"""What a picture is drawn on: its width, its direction, its words and how much room they take."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont

from marsad.design import charting
from marsad.design.formatting import Formatter, lang_dir

#: Widths that pages use: a column of text, and a phone.
WIDE, NARROW = 900, 360
#: Below this a picture is drawn for a phone.
_COMPACT = 560
#: Free at either side of everything.
_GUTTER, _GUTTER_OF_PHONE = 20, 12
#: Height of a line of text, in its size.
LEADING = 1.45
_FILES = {400: "ibm-plex-sans-arabic-400.ttf", 700: "ibm-plex-sans-arabic-700.ttf"}
#: Width of a letter in its size, where the typeface is not there to be measured.
_LETTER = 0.58
#: Below this a number is drawn as nothing.
_NOTHING = 1e-9
#: From one tick to the next: these, times a power of ten.
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A sheet of a given width, in the language and the digits of its reader."""

    #: All of it, in pixels of a page.
    width: int
    formatter: Formatter
    #: Whether its numbers are shares of 0 to 1.
    is_share: bool = False

    @property
    def is_rtl(self) -> bool:
        """Whether it is read from right to left."""
        return lang_dir(self.formatter.language) == "rtl"

    @property
    def is_compact(self) -> bool:
        """Whether it is as narrow as a phone."""
        return self.width < _COMPACT

    @property
    def gutter(self) -> int:
        """What stays free at either side."""
        return _GUTTER_OF_PHONE if self.is_compact else _GUTTER

    @property
    def room(self) -> int:
        """What is left between the gutters."""
        return self.width - 2 * self.gutter

    @property
    def start(self) -> str:
        """How text is aligned that begins where reading begins."""
        return "right" if self.is_rtl else "left"

    @property
    def end(self) -> str:
        """How text is aligned that ends where reading ends."""
        return "left" if self.is_rtl else "right"

    def span(self, first: float, last: float, *, width: float) -> list[float]:
        """A range of pixels, counted from where reading begins, as a scale needs it."""
        return [width - first, width - last] if self.is_rtl else [first, last]

    def across(self, pixels: float) -> float:
        """So many pixels in the direction of reading."""
        return -pixels if self.is_rtl else pixels

    def text(self, text: str) -> str:
        """Words in the reader's digits, running the way the language does."""
        return charting.run(self.formatter.text(text), language=self.formatter.language)

    def amount(self, value: float) -> str:
        """A number as it is read: a count, or a share as per cent."""
        return _amount(value, formatter=self.formatter, is_share=self.is_share)

    def between(self, low: float, high: float) -> str:
        """A figure that lies between two limits, or a number where they are one."""
        if self.is_share:
            least, most = self.formatter.percents(low, high)
        else:
            least, most = self.amount(low), self.amount(high)
        return charting.run(
            least if least == most else f"{least}–{most}", language=self.formatter.language
        )

    def wrapped(
        self, text: str, *, room: float, size: float, weight: int = 400, most: int | None = None
    ) -> list[str]:
        """Words in lines that fit, in the reader's digits.

        :param most: so many lines at the most; the last then ends in an ellipsis.
        """
        lines: list[str] = []
        for word in self.formatter.text(text).split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and measured(longer, size=size, weight=weight) <= room + 0.5:
                lines[-1] = longer
            else:
                lines.append(word)
        if most is not None and len(lines) > most:
            lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
        fitting = [_shortened(line, room=room, size=size, weight=weight) for line in lines]
        return [charting.run(line, language=self.formatter.language) for line in fitting] or [""]


@lru_cache(maxsize=8192)
def _amount(value: float, *, formatter: Formatter, is_share: bool) -> str:
    # A grid has hundreds of them, and many are the same.
    if is_share:
        few = 0 < value < 0.01 or 0.99 < value < 1
        return formatter.percent(value, decimals=1 if few else 0)
    if abs(value - round(value)) < _NOTHING:
        return formatter.number(round(value))
    return formatter.number(value, decimals=2 if value < 1 else 1)


def _shortened(line: str, *, room: float, size: float, weight: int) -> str:
    if measured(line, size=size, weight=weight) <= room + 0.5:
        return line
    while len(line) > 1 and measured(f"{line}…", size=size, weight=weight) > room:
        line = line[:-1].rstrip()
    return f"{line}…"


@lru_cache(maxsize=8192)
def measured(text: str, *, size: float, weight: int = 400) -> float:
    """How wide a line of text will be."""
    face = _face(700 if weight >= 600 else 400)
    if face is None:
        return len(text) * size * _LETTER
    return face.getlength(text) * size / 100


def widest(texts: Iterable[str], *, size: float, weight: int = 400) -> float:
    """How wide the widest of them will be."""
    return max((measured(text, size=size, weight=weight) for text in texts), default=0.0)


@lru_cache(maxsize=2)
def _face(weight: int) -> ImageFont.FreeTypeFont | None:
    path = charting.FONTS / _FILES[weight]
    return ImageFont.truetype(str(path), 100) if path.is_file() else None


def ticks(top: float, *, about: int, whole: bool) -> list[float]:
    """Round numbers from nothing to at least `top`.

    >>> ticks(1282, about=4, whole=True)
    [0.0, 500.0, 1000.0, 1500.0]
    """
    if top <= _NOTHING:
        return [0.0, 1.0]
    size = 10.0 ** math.floor(math.log10(top / about))
    steps = (factor * size for factor in _STEPS)
    step = next(found for found in steps if found * about >= top * (1 - 1e-9))
    if whole:
        step = max(1.0, math.ceil(step))
    count = math.ceil(top / step - 1e-9)
    return [round(place * step, 10) for place in range(count + 1)]


def thinned(places: Sequence[str], *, each: float, room: float) -> list[str]:
    """As many of them as have room beside each other; the last is always among them."""
    every = max(1, math.ceil(each * len(places) / max(room, 1)))
    return list(places[::-1][::every])[::-1]
