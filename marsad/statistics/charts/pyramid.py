"""Women and girls at one side, men and boys at the other, by age; whose sex is not known, beside.

Where reading begins stands the first of the two. All sides have one scale. An age that is not known
is a line of its own below the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.design.charting import INK
from marsad.statistics.charts import bars, rows
from marsad.statistics.charts.frame import Margins, Plot, width_of
from marsad.statistics.charts.paper import Paper, widest
from marsad.statistics.charts.signs import Lane, lanes, places, textures
from marsad.statistics.types.picture import Picture

_SIZE, _LEADING = 12.5, 16
_ROW, _GAP, _THICK = 40, 8, 22
#: On a phone an age stands above its bars.
_ROW_OF_PHONE, _BELOW, _BETWEEN = 48, 10, 12
#: The heading of a side.
_HEAD = 26
_UNKNOWN = "unknown"


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """The sides, and beside or under them what belongs to neither."""
    return _Pyramid(picture=picture, paper=paper).plot()


@dataclass(kw_only=True)
class _Side:
    """Where one series is drawn, in pixels from where reading begins."""

    lane: Lane
    begins: float
    #: Of the longest bar; below nothing where bars grow towards where reading begins.
    length: float
    top: float


@dataclass(kw_only=True)
class _Pyramid:
    picture: Picture
    paper: Paper

    def plot(self) -> Plot:
        width = width_of(Margins(), paper=self.paper)
        sides = self._sides(width=width)
        found = [row for side in sides for row in self._rows(side)]
        height = max(side.top for side in sides) + self._tall()
        scale = {"domain": [0, width], "range": self.paper.span(0, width, width=width)}
        drawn = [side.lane for side in sides]
        return Plot(
            height=height,
            rows=found,
            layers=[
                self._bars(drawn),
                *_whiskers(),
                *self._numbers(),
                self._words(sides, width=width),
            ],
            encoding={
                "x": {
                    "field": "from",
                    "type": "quantitative",
                    "scale": {**scale, "nice": False},
                    "axis": None,
                },
                "y": {
                    "field": "middle",
                    "type": "quantitative",
                    "scale": {"domain": [0, height], "range": [0, height], "nice": False},
                    "axis": None,
                },
                "color": bars.colours(drawn),
            },
            keys=[key for key in bars.keys(self.picture, drawn) if key.swatch == "range"],
            textures=textures(drawn),
            lead=self.picture.y_title,
        )

    def _bands(self) -> list[tuple[str, str]]:
        named = places(self.picture).items()
        known = [band for band in named if band[0] != _UNKNOWN]
        return [*known, *(band for band in named if band[0] == _UNKNOWN)]

    def _each(self) -> float:
        return _ROW_OF_PHONE if self.paper.is_compact else _ROW

    def _tall(self) -> float:
        return _HEAD + self._each() * len(self._bands()) + _GAP

    def _labels(self) -> float:
        """Room for the ages between the sides."""
        if self.paper.is_compact:
            return _BETWEEN
        wide = widest((self.paper.text(label) for _, label in self._bands()), size=_SIZE)
        return min(wide, self.paper.room * 0.24) + 20

    def _number(self) -> float:
        """Room for the number at the end of a bar."""
        told = (self.paper.between(mark.low, mark.high) for mark in self.picture.marks)
        return widest(told, size=_SIZE) + 10

    def _sides(self, *, width: float) -> list[_Side]:
        """The two sides around the ages; what is of neither, beside them or, on a phone, below."""
        found = {lane.code: lane for lane in lanes(self.picture)}
        pair = [found.pop(code) for code in ("female", "male") if code in found]
        others = list(found.values())
        if len(pair) < 2:
            pair, others = [*pair, *others][:2], [*pair, *others][2:]
        ages, number, beside = self._labels(), self._number(), len(others)
        if self.paper.is_compact:  # numbers stand above their bars
            number, beside = 0, 0
        length = (width - ages * (1 + beside) - number * (2 + beside)) / (2 + beside)
        length = max(length, 20)
        middle = number + length
        sides = [_Side(lane=pair[0], begins=middle, length=-length, top=0)]
        if len(pair) > 1:
            sides.append(_Side(lane=pair[1], begins=middle + ages, length=length, top=0))
        at = middle + ages + length + number
        for place, lane in enumerate(others, start=1):
            if self.paper.is_compact:
                top = place * self._tall()
                sides.append(_Side(lane=lane, begins=0, length=length, top=top))
            else:
                sides.append(_Side(lane=lane, begins=at + ages, length=length, top=0))
                at += ages + length + number
        return sides

    def _rows(self, side: _Side) -> list[dict[str, Any]]:
        top = max((mark.high for mark in self.picture.marks), default=0) or 1
        line = {code: place for place, (code, _) in enumerate(self._bands())}
        found = []
        for mark in self.picture.marks:
            if mark.series != side.lane.code:
                continue
            middle = self._middle(side.top, line[mark.x])
            ends = side.begins + side.length * mark.high / top
            found.append(
                rows.row(
                    mark,
                    **{"from": side.begins, "to": side.begins + side.length * mark.low / top},
                    ends=ends,
                    top=middle - _THICK / 2,
                    middle=middle,
                    bottom=middle + _THICK / 2,
                    is_range=rows.is_range(mark),
                    **self._number_of(side, ends=ends, middle=middle),
                    shown=self.paper.between(mark.low, mark.high),
                )
            )
        return found

    def _number_of(self, side: _Side, *, ends: float, middle: float) -> dict[str, Any]:
        """Where the number of a bar stands: beyond its end; on a phone above, at the outer edge."""
        grows = 1 if side.length > 0 else -1
        if self.paper.is_compact and side.top == 0:
            align = self.paper.end if grows > 0 else self.paper.start
            at = side.begins + side.length
            return {"number_at": at, "number_line": middle - _THICK, "align": align}
        align = self.paper.start if grows > 0 else self.paper.end
        return {"number_at": ends + 6 * grows, "number_line": middle, "align": align}

    def _middle(self, top: float, line: int) -> float:
        """The middle of a bar, from the top."""
        below = _BELOW if self.paper.is_compact else 0
        return top + _HEAD + (line + 0.5) * self._each() + below

    def _bars(self, drawn: Sequence[Lane]) -> dict[str, Any]:
        return {
            "mark": {"type": "rect", "strokeWidth": 1},
            "encoding": {
                "stroke": {**bars.colours(drawn), "legend": None},
                "x2": {"field": "to"},
                "y": {"field": "top", "type": "quantitative"},
                "y2": {"field": "bottom"},
            },
        }

    def _numbers(self) -> list[dict[str, Any]]:
        """The number of each bar."""
        return [
            {
                "transform": [{"filter": f"datum.align == '{align}'"}],
                "mark": {
                    "type": "text",
                    "align": align,
                    "baseline": "middle",
                    "fontSize": _SIZE,
                },
                "encoding": {
                    "x": {"field": "number_at", "type": "quantitative"},
                    "y": {"field": "number_line", "type": "quantitative"},
                    "text": {"field": "shown", "type": "nominal"},
                    "color": {"value": INK},
                },
            }
            for align in ("left", "right")
        ]

    def _words(self, sides: Sequence[_Side], *, width: float) -> dict[str, Any]:
        """Ages between the sides and before what stands alone, and over each side what it is."""
        return {
            "data": {"values": [*self._ages(sides), *self._heads(sides, width=width)]},
            "layer": [
                {
                    "transform": [{"filter": f"datum.align == '{align}'"}],
                    "mark": {
                        "type": "text",
                        "align": align,
                        "baseline": "middle",
                        "fontSize": _SIZE,
                    },
                    "encoding": {
                        "x": {"field": "at", "type": "quantitative"},
                        "y": {"field": "line_at", "type": "quantitative"},
                        "text": {"field": "line", "type": "nominal"},
                        "color": {"value": INK},
                    },
                }
                for align in ("left", "center", "right")
            ],
        }

    def _ages(self, sides: Sequence[_Side]) -> list[Mapping[str, Any]]:
        ages, paper, compact = self._labels(), self.paper, self.paper.is_compact
        found: list[Mapping[str, Any]] = []
        for side in [side for side in sides if side.length > 0] or sides[:1]:
            between = side.begins - ages / 2 if side.length > 0 else side.begins + ages / 2
            alone = compact and side.top > 0
            for place, (_, label) in enumerate(self._bands()):
                room = paper.room - 2 * self._number() if compact else ages - 12
                lines = paper.wrapped(label, room=room, size=_SIZE, most=1 if compact else 2)
                middle = self._middle(side.top, place) - (_THICK if compact else 0)
                found += [
                    {
                        "at": 0 if alone else between,
                        "line_at": middle + (number - (len(lines) - 1) / 2) * _LEADING,
                        "line": line,
                        "align": paper.start if alone else "center",
                    }
                    for number, line in enumerate(lines)
                ]
        return found

    def _heads(self, sides: Sequence[_Side], *, width: float) -> list[Mapping[str, Any]]:
        paper = self.paper
        return [
            {
                "at": side.begins,
                "line_at": side.top + _HEAD / 2,
                "line": paper.wrapped(
                    side.lane.label, room=abs(side.length) + self._number(), size=_SIZE, most=1
                )[0],
                "align": paper.end if side.length < 0 else paper.start,
            }
            for side in sides
        ]


def _whiskers() -> list[dict[str, Any]]:
    """From the lowest to the highest, as the bars have it."""
    ranged = [{"filter": "datum.is_range"}]
    return [
        {
            "transform": ranged,
            "mark": {"type": "rule", "strokeWidth": 1.6},
            "encoding": {
                "x": {"field": "to", "type": "quantitative"},
                "x2": {"field": "ends"},
                "color": {"value": INK},
            },
        },
        *(
            {
                "transform": ranged,
                "mark": {"type": "tick", "orient": "vertical", "size": 9, "thickness": 1.6},
                "encoding": {
                    "x": {"field": end, "type": "quantitative"},
                    "color": {"value": INK},
                },
            }
            for end in ("to", "ends")
        ),
    ]
