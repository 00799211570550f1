"""A specification drawn: the plot by Vega, title, legend and sentences set around it.

The picture is one SVG. Its letters stay letters, each line a text of its own that runs the way its
language does, and the page brings the typeface; a file that is taken away carries it (`embedded`).
There is neither script nor style in what stands in a page.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from marsad.design import charting
from marsad.design.charting import FACE, INK, PAPER, QUIET
from marsad.design.printing.made import clean
from marsad.statistics.charts import typeface
from marsad.statistics.charts.frame import SMALLER, Margins
from marsad.statistics.charts.paper import LEADING, Paper, widest
from marsad.statistics.charts.signs import NOT_REPORTED, Key

#: Asked for by name; where neither page nor machine has it, another that knows Arabic.
_FACES = f"{FACE}, 'Noto Sans Arabic', 'Segoe UI', Tahoma, sans-serif"
#: As tokens.css has them: what is said of figures that were made up.
_WARNING, _WARNING_SOFT = "#704400", "#fcf2df"
_SMALL, _TITLE, _TITLE_OF_PHONE = 12.5, 19, 16
#: From one line of a legend to the next, and between two signs of a line.
_LEADING_OF_KEYS, _BETWEEN_KEYS = 22, 18
#: From here on a colour is light.
_LIGHT = 135
_HATCH, _HATCHED = "M-1,7L7,-1M-1,1L1,-1M5,7L7,5", "#98a3ad"
# What Vega writes with seventeen digits: a hundredth of a pixel is enough.
_PLACED = re.compile(r'(?<= )(d|transform)="([^"]*)"')
_LONG = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")
_NEEDLESS = re.compile(r' (?:class|font-family|pointer-events)="[^"]*"')

#: What is not Vega's to draw.
_AROUND = ("title", "datasets", "usermeta")


@lru_cache(maxsize=256)
def drawn(written: str, *, paper: Paper, words: bool, embedded: bool) -> str:
    """A specification, as JSON, as one SVG in the width it was made for."""
    told = json.loads(written)
    about = told["usermeta"]["marsad"]
    # Tells its parts from those of other pictures on a page; the same for the same picture.
    name = "p" + hashlib.sha256(written.encode()).hexdigest()[:10]
    sheet = _Sheet(paper=paper, about=about, name=name)
    sheet.above(words=words)
    sheet.plot(_plot(told, rtl=paper.is_rtl), height=_height(told))
    sheet.below(words=words)
    return sheet.whole(says=str(told["description"]), embedded=embedded)


def _height(told: Mapping[str, Any]) -> float:
    margins = Margins(*told["usermeta"]["marsad"]["margins"])
    return float(told["height"]) + margins.top + margins.bottom


def _plot(told: Mapping[str, Any], *, rtl: bool) -> str:
    """What Vega draws, without its frame."""
    margins = Margins(*told["usermeta"]["marsad"]["margins"])
    bare = {name: said for name, said in told.items() if name not in _AROUND}
    if all("data" in layer for layer in told["layer"]):  # nothing is drawn from the rows
        bare["data"] = {"values": []}
    bare["autosize"] = {"type": "none"}
    bare["background"] = None
    bare["padding"] = {
        "top": margins.top,
        "bottom": margins.bottom,
        "left": margins.end if rtl else margins.start,
        "right": margins.start if rtl else margins.end,
    }
    bare["encoding"] = {
        channel: {**said, "legend": None} if "legend" in said else said
        for channel, said in told["encoding"].items()
    }
    svg = charting.svg(bare)
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    inner = _PLACED.sub(lambda found: f'{found[1]}="{_LONG.sub(_shorter, found[2])}"', inner)
    return _NEEDLESS.sub("", inner)


def _shorter(found: re.Match[str]) -> str:
    short = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


@dataclass(kw_only=True)
class _Sheet:
    """What is set on the paper so far, from top to bottom."""

    paper: Paper
    about: Mapping[str, Any]
    name: str
    parts: list[str] = field(default_factory=list)
    #: Where the next thing begins.
    y: float = 0

    def above(self, *, words: bool) -> None:
        """Everything over the plot."""
        self.y = self.paper.gutter - 4 if words else 4
        if words:
            size = _TITLE_OF_PHONE if self.paper.is_compact else _TITLE
            self._say(self.about["title"], size=size, weight=700)
        if self.about["warning"]:
            self._warn(self.about["warning"])
        self._say(self.about["lead"], colour=QUIET)
        self._legend()

    def plot(self, plot: str, *, height: float) -> None:
        """The plot, with what stands for a texture drawn as one."""
        for colour in self._textures():
            plot = plot.replace(f'fill="{colour}"', f'fill="{self._fill(colour)}"')
        self.parts.append(f'<g transform="translate({self.paper.gutter},{self.y:g})">{plot}</g>')
        self.y += height

    def below(self, *, words: bool) -> None:
        """Everything under it."""
        self._say(self.about["foot"], size=SMALLER, colour=QUIET)
        for note in self.about["notes"]:
            self._say(note, size=SMALLER, colour=QUIET)
        if words:
            self.y += 4
            for sentence in self.about["sentences"]:
                self._say(sentence, colour=QUIET)

    def whole(self, *, says: str, embedded: bool) -> str:
        """All of it, with its name and what it says for whoever does not see it."""
        width, height = self.paper.width, round(self.y + (8 if self.about["notes"] else 4))
        inner = "".join(self.parts)
        style = typeface.style() if embedded else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img" lang="{self.about["language"]}" '
            f'direction="ltr" aria-labelledby="{self.name}-title" '
            f'aria-describedby="{self.name}-desc" font-family="{_FACES}">'
            f'<title id="{self.name}-title">{_escaped(self.about["title"])}</title>'
            f'<desc id="{self.name}-desc">{_escaped(says)}</desc>'
            f"<defs>{style}{''.join(self._patterns(inner))}</defs>"
            f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{inner}</svg>'
        )

    def _say(
        self, text: str, *, size: float = _SMALL, colour: str = INK, weight: int = 400
    ) -> None:
        """Words in as many lines as they need."""
        if not text:
            return
        for line in self.paper.wrapped(text, room=self.paper.room, size=size, weight=weight):
            self.y += size * LEADING
            self._line(line, x=0, y=self.y - size * 0.35, size=size, colour=colour, weight=weight)
        self.y += 4

    def _line(
        self, line: str, *, x: float, y: float, size: float, colour: str, weight: int = 400
    ) -> None:
        """A line of words, `x` counted from where reading begins."""
        at = self._left(x)
        anchor = ' text-anchor="end"' if self.paper.is_rtl else ""
        heavy = f' font-weight="{weight}"' if weight != 400 else ""
        self.parts.append(
            f'<text x="{at:g}" y="{y:.1f}" font-size="{size:g}px" fill="{colour}"{anchor}{heavy}>'
            f"{_escaped(line)}</text>"
        )

    def _left(self, x: float, *, wide: float = 0) -> float:
        """Where something lies, counted from the left."""
        at = self.paper.gutter + x
        return self.paper.width - at - wide if self.paper.is_rtl else at

    def _warn(self, text: str) -> None:
        top, behind = self.y + 2, len(self.parts)
        self.y += 4
        self._say(text, colour=_WARNING, weight=700)
        ground = (
            f'<rect x="{self.paper.gutter - 6}" y="{top:g}" width="{self.paper.room + 12}" '
            f'height="{self.y - top + 2:.1f}" fill="{_WARNING_SOFT}"/>'
        )
        self.parts.insert(behind, ground)
        self.y += 8

    def _legend(self) -> None:
        """Signs and what they mean, each sign where reading begins, in lines that fit."""
        x, room = 0.0, self.paper.room
        keys = [Key(**said) for said in self.about["keys"]]
        for key in keys:
            sign = _WIDTHS[key.swatch] + 6
            lines = self.paper.wrapped(key.label, room=room - sign, size=_SMALL)
            wide = sign + widest(lines, size=_SMALL)
            if x and (x + wide > room or len(lines) > 1):
                x, self.y = 0.0, self.y + _LEADING_OF_KEYS
            self._sign(key, x=x)
            middle = self.y + _LEADING_OF_KEYS / 2
            for number, line in enumerate(lines):
                below = middle + 4.5 + number * _SMALL * LEADING
                self._line(line, x=x + sign, y=below, size=_SMALL, colour=INK)
            self.y += (len(lines) - 1) * _SMALL * LEADING
            x += wide + _BETWEEN_KEYS
        self.y += _LEADING_OF_KEYS + 6 if keys else 4

    def _sign(self, key: Key, *, x: float) -> None:
        wide = _WIDTHS[key.swatch]
        left, middle = self._left(x, wide=wide), self.y + _LEADING_OF_KEYS / 2
        inner = _SIGNS[key.swatch](key, self._fill(key.colour))
        self.parts.append(f'<g transform="translate({left:.1f},{middle:.1f})">{inner}</g>')

    def _textures(self) -> dict[str, str]:
        """Colours that are drawn with something over them, and its path."""
        return {NOT_REPORTED: _HATCH, **self.about["textures"]}

    def _fill(self, colour: str) -> str:
        textured = list(self._textures())
        return f"url(#{self.name}-{textured.index(colour)})" if colour in textured else colour

    def _patterns(self, inner: str) -> Iterator[str]:
        for place, (colour, path) in enumerate(self._textures().items()):
            if f"#{self.name}-{place})" in inner:
                over = _HATCHED if colour == NOT_REPORTED else _over(colour)
                yield (
                    f'<pattern id="{self.name}-{place}" width="6" height="6" '
                    f'patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{colour}"/>'
                    f'<path d="{path}" stroke="{over}" fill="none"/></pattern>'
                )


def _over(colour: str) -> str:
    """What shows on a colour: paper, on a light one the quiet ink."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return QUIET if 0.3 * red + 0.59 * green + 0.11 * blue > _LIGHT else PAPER


def _escaped(text: str) -> str:
    return escape(clean(text))


def _line_sign(key: Key, _fill: str) -> str:
    dash = f' stroke-dasharray="{",".join(map(str, key.dash))}"' if key.dash else ""
    return (
        f'<path d="M0,0H30" stroke="{key.colour}" stroke-width="2.2" fill="none"{dash}/>'
        f'<path d="{key.shape}" transform="translate(15,0) scale(4)" fill="{key.colour}"/>'
    )


def _fill_sign(key: Key, fill: str) -> str:
    edge = QUIET if key.colour == NOT_REPORTED or key.is_edged else key.colour
    return f'<rect y="-7" width="14" height="14" fill="{fill}" stroke="{edge}"/>'


def _empty_sign(key: Key, _fill: str) -> str:
    return (
        f'<rect y="-7" width="14" height="14" fill="{PAPER}" stroke="{key.colour}" '
        'stroke-dasharray="3,3"/>'
    )


def _range_sign(key: Key, _fill: str) -> str:
    return (
        f'<path d="M0,0H22M0,-5V5M22,-5V5" stroke="{key.colour}" stroke-width="1.6" fill="none"/>'
    )


#: How wide each sign is, and how it is drawn around the middle of its line.
_WIDTHS = {"line": 30, "fill": 14, "empty": 14, "range": 22}
_SIGNS: dict[str, Callable[[Key, str], str]] = {
    "line": _line_sign,
    "fill": _fill_sign,
    "empty": _empty_sign,
    "range": _range_sign,
}
