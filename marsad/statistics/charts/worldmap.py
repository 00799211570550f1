"""Figures on the map of the world, in classes; a map is not turned where reading is.

A place without a figure is hatched, not left white: nobody told is not nobody there. Small States
are points. Where there is no map, because the set-up could not fetch it or because the States were
made up, each State is a tile with its name and figure.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext, gettext_noop, override

from marsad.design.charting import INK, PAPER, QUIET, STEPS
from marsad.statistics.charts import outlines, rows
from marsad.statistics.charts.frame import Margins, Plot, width_of
from marsad.statistics.charts.paper import Paper
from marsad.statistics.charts.signs import DOTS, NOT_REPORTED, Key, places
from marsad.statistics.types.picture import Mark, Picture

#: Classes end at such numbers.
_ROUND = tuple(factor * 10**power for power in range(8) for factor in (1, 2, 5))
_SHARES = (0.2, 0.4, 0.6, 0.8)
#: A shape that takes less room than this, in square pixels, is drawn as a point.
_SMALL, _SMALL_OF_PHONE = 14.0, 4.0
_EDGE = "#6d7a86"
#: Classes on which words are set in the colour of paper.
_DARK = 3
_LETTER = 12
#: So many tiles carry names; more carry codes.
_MANY = 60
#: So many tiles are drawn; a sentence says how many places with less are in the table alone.
_MOST = 250
_NOT_DRAWN = gettext_noop("Places with the smallest figures are not drawn: {count}. See the table.")


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """The map, or tiles."""
    with override(picture.language):
        classes = _classes(picture, paper=paper)
        if not outlines.are_there():
            return _Tiles(picture=picture, paper=paper, classes=classes).plot(
                notes=[
                    gettext(
                        "The outlines of States were not fetched when Marsad was set up, so each "
                        "is a tile. `python tools/frontend.py` fetches them."
                    )
                ]
            )
        world = outlines.world(paper.room)
        if picture.is_invented or not any(mark.x in world.middles for mark in picture.marks):
            return _Tiles(picture=picture, paper=paper, classes=classes).plot(notes=[])
        return _Map(picture=picture, paper=paper, classes=classes, world=world).plot()


@dataclass(frozen=True, kw_only=True)
class _Classes:
    """From few to many, each with a colour."""

    #: Where each begins.
    begin: Sequence[float]
    labels: Sequence[str]

    def of(self, mark: Mark) -> int:
        """The class of the lowest that a figure can be."""
        return max(0, bisect_right(self.begin, mark.low) - 1)

    def colour(self, place: int, *, ranged: bool = False) -> str:
        """Its colour; of ranges one step aside, which tells them apart where a texture is drawn."""
        step = STEPS[round(place * (len(STEPS) - 1) / max(len(self.begin) - 1, 1))]
        return f"#{int(step[1:], 16) - 1:06x}" if ranged else step

    def is_dark(self, mark: Mark) -> bool:
        """Whether words on it must be light."""
        return self.colour(self.of(mark)) in STEPS[_DARK:]

    def keys(self) -> list[Key]:
        return [
            Key(label=label, colour=self.colour(place), is_edged=True)
            for place, label in enumerate(self.labels)
        ]


def _classes(picture: Picture, *, paper: Paper) -> _Classes:
    """Five at the most, which hold about as many places each and end at round numbers."""
    lows = sorted(mark.low for mark in picture.marks)
    if picture.is_share and lows[-1] <= 1:
        limits: list[float] = [limit for limit in _SHARES if lows[0] < limit <= lows[-1]]
    else:
        wanted = (lows[len(lows) * part // len(STEPS)] for part in range(1, len(STEPS)))
        limits = sorted({_rounded(limit) for limit in wanted if limit > 0})
        limits = [limit for limit in limits if lows[0] < limit <= lows[-1]]
    first = 0.0 if picture.is_share or lows[0] < 1 else 1.0
    begin = [first, *(limit for limit in limits if limit > first)]
    whole = all(mark.low == int(mark.low) for mark in picture.marks) and not picture.is_share
    return _Classes(begin=begin, labels=_labels(begin, whole=whole, paper=paper))


def _rounded(limit: float) -> float:
    return max((number for number in _ROUND if number <= limit), default=1)


def _labels(begin: Sequence[float], *, whole: bool, paper: Paper) -> list[str]:
    found = []
    for low, following in pairwise(begin):
        high = following - 1 if whole else following
        told = paper.between(low, high)
        found.append(
            told
            if whole
            else gettext("{low} to less than {high}").format(
                low=paper.amount(low), high=paper.amount(following)
            )
        )
    return [*found, gettext("{low} or more").format(low=paper.amount(begin[-1]))]


def _not_reported() -> Key:
    return Key(label=gettext("no figure reported"), colour=NOT_REPORTED)


@dataclass(frozen=True, kw_only=True)
class _Map:
    picture: Picture
    paper: Paper
    classes: _Classes
    world: outlines.World

    def plot(self) -> Plot:
        shown = [mark for mark in self.picture.marks if mark.x in self.world.middles]
        shapes = [mark for mark in shown if not self._is_small(mark.x)]
        points = [mark for mark in shown if self._is_small(mark.x)]
        told = {mark.x for mark in shown}
        without = [
            code
            for code in places(self.picture)
            if code in self.world.middles and code not in told and self._is_small(code)
        ]
        keys = [*self.classes.keys(), _not_reported()]
        ranged = [mark for mark in shown if rows.is_range(mark)]
        if ranged:
            keys.append(
                Key(
                    label=gettext("a range, in the class of its lowest (small States: a square)"),
                    colour=self.classes.colour(0, ranged=True),
                    is_edged=True,
                )
            )
        return Plot(
            height=round(self.world.height),
            rows=[self._shape(mark) for mark in shapes],
            layers=[
                self._land(told),
                {
                    "mark": {"type": "geoshape", "stroke": _EDGE, "strokeWidth": 0.5},
                    "encoding": {"fill": _as_is()},
                },
                *self._points(points, without=without),
            ],
            # As it lies already: left alone, Vega would fit it and points would lie beside.
            projection={"type": "identity", "scale": 1, "translate": [0, 0]},
            keys=keys,
            notes=self._notes(),
            textures={
                self.classes.colour(place, ranged=True): DOTS
                for place in sorted({self.classes.of(mark) for mark in ranged} | {0})
            }
            if ranged
            else {},
            lead=self.picture.y_title,
            folded=[rows.row(mark) for mark in self.picture.marks if mark.x not in told],
        )

    def _is_small(self, code: str) -> bool:
        small = _SMALL_OF_PHONE if self.paper.is_compact else _SMALL
        return self.world.sizes.get(code, 0) < small

    def _tint(self, mark: Mark) -> str:
        return self.classes.colour(self.classes.of(mark), ranged=rows.is_range(mark))

    def _shape(self, mark: Mark) -> dict[str, Any]:
        shape = self.world.shapes[mark.x]
        return rows.row(mark, type="Feature", geometry=shape, tint=self._tint(mark))

    def _point(self, mark: Mark) -> dict[str, Any]:
        across, down = self.world.middles[mark.x]
        tint = self.classes.colour(self.classes.of(mark))
        shape = "square" if rows.is_range(mark) else "circle"
        return rows.row(mark, across=round(across, 1), down=round(down, 1), tint=tint, shape=shape)

    def _land(self, told: Set[str]) -> dict[str, Any]:
        """All places that told nothing, hatched, as one shape: it is drawn in half the time."""
        pieces = [
            piece
            for code, shape in self.world.shapes.items()
            if code not in told or self._is_small(code)
            for piece in shape["coordinates"]
        ]
        land = {"type": "MultiPolygon", "coordinates": pieces}
        return {
            "data": {"values": [{"type": "Feature", "geometry": land}] if pieces else []},
            "mark": {
                "type": "geoshape",
                "fill": NOT_REPORTED,
                "stroke": _EDGE,
                "strokeWidth": 0.5,
            },
        }

    def _points(self, points: Sequence[Mark], *, without: Sequence[str]) -> list[dict[str, Any]]:
        """Places too small for a shape: filled with their class, or empty where nobody told."""
        width = width_of(Margins(), paper=self.paper)
        size = 20 if self.paper.is_compact else 46
        where = {
            name: {
                "field": field,
                "type": "quantitative",
                "scale": {"domain": [0, far], "range": [0, far], "nice": False},
                "axis": None,
            }
            for name, field, far in (
                ("x", "across", width),
                ("y", "down", round(self.world.height)),
            )
        }
        empty = [
            {"place": code, "across": round(across, 1), "down": round(down, 1)}
            for code, (across, down) in ((code, self.world.middles[code]) for code in without)
        ]
        point = {"type": "point", "size": size, "stroke": _EDGE, "strokeWidth": 0.7, "opacity": 1}
        return [
            {
                "data": {"values": empty},
                "mark": {**point, "size": size / 2, "fill": NOT_REPORTED},
                "encoding": where,
            },
            {
                "data": {"values": [self._point(mark) for mark in points]},
                "mark": {**point, "stroke": INK},
                "encoding": {**where, "fill": _as_is(), "shape": _as_is("shape")},
            },
        ]

    def _notes(self) -> list[str]:
        found = []
        missing = [mark for mark in self.picture.marks if mark.x not in self.world.middles]
        if missing:
            told = (
                f"{mark.x_label} ({self.paper.between(mark.low, mark.high)})" for mark in missing
            )
            listed = self.paper.formatter.listed(told)
            found.append(gettext("Not on the map: {places}.").format(places=listed))
        return [
            *found,
            gettext(
                "The boundaries and names shown and the designations used on this map do not imply "
                "official endorsement or acceptance. Outlines: Natural Earth."
            ),
        ]


def _as_is(field: str = "tint") -> dict[str, Any]:
    """A row says itself how it is drawn."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


@dataclass(frozen=True, kw_only=True)
class _Tiles:
    """A tile for each State, in the order of the list, as reading runs."""

    picture: Picture
    paper: Paper
    classes: _Classes

    def plot(self, *, notes: Sequence[str]) -> Plot:
        width = width_of(Margins(), paper=self.paper)
        named = self._named()
        left_out = len(places(self.picture)) - len(named)
        if left_out:
            told = gettext(
                "Places with the smallest figures are not drawn: {count}. See the table."
            )
            notes = [*notes, told.format(count=self.paper.amount(left_out))]
        many = len(named) > _MANY
        wanted, tall = (62, 46) if many else (104, 66)
        columns = max(1, int(width // wanted))
        each = width / columns
        drawn = {code for code, _label in named}
        marks = {mark.x: mark for mark in self.picture.marks}
        found: list[dict[str, Any]] = []
        empty: list[dict[str, Any]] = []
        words: list[dict[str, Any]] = []
        for number, (code, label) in enumerate(named):
            left, top = number % columns * each, number // columns * tall
            tile = {
                "left": left + 2,
                "right": left + each - 2,
                "top": top + 2,
                "bottom": top + tall - 2,
            }
            mark = marks.get(code)
            if mark is None:
                empty.append({"place": code, **tile})
            else:
                tint = self.classes.colour(self.classes.of(mark))
                found.append(rows.row(mark, **tile, tint=tint))
            lines = self._lines(code, label, mark, room=each - 12, is_short=many)
            light = mark is not None and self.classes.is_dark(mark)
            words += [
                {
                    "line": line,
                    "across": left + each / 2,
                    "down": top + tall / 2 + (place - (len(lines) - 1) / 2) * 15,
                    "tint": PAPER if light else INK,
                }
                for place, line in enumerate(lines)
            ]
        height = -(-len(named) // columns) * tall
        keys = [*self.classes.keys(), *([_without()] if empty else [])]
        return Plot(
            height=height,
            rows=found,
            layers=self._layers(empty, words),
            encoding={
                name: {
                    "field": field,
                    "type": "quantitative",
                    "scale": {"domain": [0, far], "range": span, "nice": False},
                    "axis": None,
                }
                for name, field, far, span in (
                    ("x", "left", width, self.paper.span(0, width, width=width)),
                    ("y", "top", height, [0, height]),
                )
            },
            keys=keys,
            notes=notes,
            lead=self.picture.y_title,
            folded=[rows.row(mark) for mark in self.picture.marks if mark.x not in drawn],
        )

    def _named(self) -> list[tuple[str, str]]:
        """Codes and names of the places that are drawn, as they are listed."""
        every = list(places(self.picture).items())
        if len(every) <= _MOST:
            return every
        most = heapq.nlargest(_MOST, self.picture.marks, key=lambda mark: mark.low)
        kept = {mark.x for mark in most}
        return [(code, label) for code, label in every if code in kept]

    def _lines(
        self, code: str, label: str, mark: Mark | None, *, room: float, is_short: bool
    ) -> list[str]:
        """The name of a State and its figure; where there are many, its code."""
        figure = [self.paper.between(mark.low, mark.high)] if mark else []
        if is_short:
            return [self.paper.wrapped(code, room=room, size=_LETTER, most=1)[0], *figure]
        return [*self.paper.wrapped(label, room=room, size=_LETTER, most=2), *figure]

    def _layers(
        self, empty: Sequence[Mapping[str, Any]], words: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        corners = {"x2": {"field": "right"}, "y2": {"field": "bottom"}}
        return [
            {
                "data": {"values": list(empty)},
                "mark": {"type": "rect", "fill": PAPER, "stroke": QUIET, "strokeDash": [3, 3]},
                "encoding": corners,
            },
            {
                "mark": {"type": "rect", "stroke": _EDGE, "strokeWidth": 0.8},
                "encoding": {**corners, "fill": _as_is()},
            },
            {
                "data": {"values": list(words)},
                "mark": {
                    "type": "text",
                    "align": "center",
                    "baseline": "middle",
                    "fontSize": _LETTER,
                },
                "encoding": {
                    "x": {"field": "across", "type": "quantitative"},
                    "y": {"field": "down", "type": "quantitative"},
                    "text": {"field": "line", "type": "nominal"},
                    "fill": _as_is(),
                },
            },
        ]


def _without() -> Key:
    """Of tiles: an empty one with a broken edge."""
    return Key(label=gettext("no figure reported"), swatch="empty", colour=QUIET)
