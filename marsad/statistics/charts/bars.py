"""Counts or shares: a bar to the lowest that a figure can be, a whisker to the highest.

Bars lie, so that their labels can be read, and begin where reading begins; only years stand. What
belongs together stands together, told apart by texture as well as by colour. Nothing is stacked: of
two ranges the sum is not a place on an axis.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, override

from marsad.design.charting import INK
from marsad.statistics.charts import rows
from marsad.statistics.charts.frame import SMALLER, Margins, Plot, width_of
from marsad.statistics.charts.paper import Paper, thinned, widest
from marsad.statistics.charts.signs import Key, Lane, lanes, places, textures
from marsad.statistics.types.picture import Mark, Picture

#: Of a label and of the number at a bar.
_SIZE = 12.5
_LEADING = 17
#: Between two groups of bars, and from a label to its bar.
_GAP, _BESIDE = 12, 10
#: Of the width, so much at the most is for labels that stand beside their bars.
_LABELS = 0.36
_STANDING, _STANDING_OF_PHONE = 320, 240
#: A bar that stands is no thinner.
_THINNEST = 7
#: What its axis takes, about.
_AXIS = 60


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """Bars, in the order they are given."""
    years = rows.years(picture)
    each = max(len(lanes(picture)), 1) * _THINNEST
    if years and len(years) * each <= paper.room - _AXIS:
        return _standing(picture, paper=paper)
    return lying(picture, paper=paper)


def lying(picture: Picture, *, paper: Paper) -> Plot:
    """Bars that lie, whatever they are of."""
    return _Lying(picture=picture, paper=paper).plot()


def keys(picture: Picture, drawn: Sequence[Lane]) -> list[Key]:
    """What the colours mean, and the whisker where there is one."""
    found = [Key(label=lane.label, colour=lane.colour) for lane in drawn if lane.label]
    found = found if len(drawn) > 1 or found else []
    if any(map(rows.is_range, picture.marks)):
        with override(picture.language):
            label = gettext("lowest to highest that the figure can be")
        found.append(Key(label=label, swatch="range", colour=INK))
    return found


def colours(drawn: Sequence[Lane]) -> dict[str, Any]:
    """The encoding that gives each series its colour."""
    codes = [lane.code for lane in drawn]
    named = rows.looked_up({lane.code: lane.label for lane in drawn})
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": codes, "range": [lane.colour for lane in drawn]},
        "legend": {"title": None, "labelExpr": named} if len(drawn) > 1 else None,
    }


def whiskers(*, lying: bool) -> list[dict[str, Any]]:
    """A line from the lowest to the highest, with an end at each: ink on a margin of paper."""
    along, across = ("x", "y") if lying else ("y", "x")
    between: dict[str, Any] = {
        along: {"field": "low", "type": "quantitative"},
        f"{along}2": {"field": "high"},
    }
    middle: dict[str, Any] = {}
    if lying:
        middle[across] = {"field": "middle", "type": "quantitative"}
    ink: dict[str, Any] = {"color": {"value": INK}}
    ranged = [{"filter": "datum.is_range"}]
    ends: list[dict[str, Any]] = [
        {
            "transform": ranged,
            "mark": {
                "type": "tick",
                "orient": "vertical" if lying else "horizontal",
                "size": 9,
                "thickness": 1.6,
            },
            "encoding": {along: {"field": end, "type": "quantitative"}, **middle, **ink},
        }
        for end in ("low", "high")
    ]
    line: dict[str, Any] = {
        "transform": ranged,
        "mark": {"type": "rule", "strokeWidth": 1.6},
        "encoding": {**between, **middle, **ink},
    }
    return [line, *ends]


@dataclass(kw_only=True)
class _Lying:
    """Bars that lie, each group with its label beside it, on a phone above it."""

    picture: Picture
    paper: Paper

    def plot(self) -> Plot:
        paper, picture = self.paper, self.picture
        drawn = lanes(picture)
        found, labels, height = self._rows(drawn)
        top, ticks = rows.reach(picture, about=3 if paper.is_compact else 5)
        margins = Margins(top=4, bottom=4 if paper.is_compact else 26)
        width = width_of(margins, paper=paper)
        beyond = widest((str(row["shown"]) for row in found), size=_SIZE) + 10
        begins = 0.0 if paper.is_compact else self._label_room()
        return Plot(
            height=height,
            rows=found,
            layers=[
                self._bars(),
                *whiskers(lying=True),
                self._numbers(),
                self._labels(labels, width=width),
            ],
            encoding={
                "x": {
                    "field": "high",
                    "type": "quantitative",
                    "scale": {
                        "domain": [0, top],
                        "range": paper.span(begins, width - beyond, width=width),
                        "nice": False,
                    },
                    "axis": self._axis(ticks),
                },
                "y": {
                    "field": "middle",
                    "type": "quantitative",
                    "scale": {"domain": [0, height], "range": [0, height], "nice": False},
                    "axis": None,
                },
                "color": colours(drawn),
            },
            margins=margins,
            keys=keys(picture, drawn),
            textures=textures(drawn),
            lead=picture.y_title,
        )

    def _axis(self, ticks: Sequence[float]) -> dict[str, Any] | None:
        """None on a phone: every bar has its number, and lines would cross what stands above."""
        if self.paper.is_compact:
            return None
        return {
            "values": list(ticks),
            "labelExpr": rows.at_ticks(ticks, rows.tick_labels(ticks, paper=self.paper)),
            "domain": False,
            "grid": True,
            "labelFlush": True,
        }

    def _label_room(self) -> float:
        paper = self.paper
        wide = widest(map(paper.text, places(self.picture).values()), size=_SIZE)
        return min(wide, paper.room * _LABELS) + _BESIDE

    def _rows(
        self, drawn: Sequence[Lane]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
        """Where every bar and every line of a label lies, from top to bottom."""
        paper, thick = self.paper, 18 if len(drawn) < 3 else 14
        room = paper.room if paper.is_compact else self._label_room() - _BESIDE
        found: list[dict[str, Any]] = []
        labels: list[dict[str, Any]] = []
        top = _GAP / 2
        for code, label in places(self.picture).items():
            marks = [
                m
                for lane in drawn
                for m in self.picture.marks
                if (m.x, m.series) == (code, lane.code)
            ]
            lines = paper.wrapped(label, room=room, size=_SIZE, most=3)
            bars = max(len(marks), 1) * (thick + 2)
            block = bars if paper.is_compact else max(bars, len(lines) * _LEADING)
            if paper.is_compact:
                first, top = top + _LEADING / 2, top + len(lines) * _LEADING + 2
            else:
                first = top + block / 2 - (len(lines) - 1) * _LEADING / 2
            labels += [{"line": line, "at": first + n * _LEADING} for n, line in enumerate(lines)]
            begins = top + (block - bars) / 2
            found += self._placed(marks, begins=begins, thick=thick)
            top += block + _GAP
        return found, labels, top - _GAP / 2

    def _placed(
        self, marks: Sequence[Mark], *, begins: float, thick: float
    ) -> Iterator[dict[str, Any]]:
        for place, mark in enumerate(marks):
            top = begins + place * (thick + 2) + 1
            yield rows.row(
                mark,
                top=top,
                middle=top + thick / 2,
                bottom=top + thick,
                is_range=rows.is_range(mark),
                shown=self.paper.between(mark.low, mark.high),
            )

    def _bars(self) -> dict[str, Any]:
        return {
            "mark": {"type": "rect", "strokeWidth": 1},
            "encoding": {
                "stroke": {**colours(lanes(self.picture)), "legend": None},
                "x": {"datum": 0},
                "x2": {"field": "low"},
                "y": {"field": "top", "type": "quantitative"},
                "y2": {"field": "bottom"},
            },
        }

    def _numbers(self) -> dict[str, Any]:
        return {
            "mark": {
                "type": "text",
                "align": self.paper.start,
                "dx": self.paper.across(6),
                "baseline": "middle",
                "fontSize": _SIZE,
            },
            "encoding": {
                "text": {"field": "shown", "type": "nominal"},
                "color": {"value": INK},
            },
        }

    def _labels(self, labels: Sequence[Mapping[str, Any]], *, width: float) -> dict[str, Any]:
        begins = self.paper.span(0, 0, width=width)[0]
        return {
            "data": {"values": list(labels)},
            "mark": {
                "type": "text",
                "align": self.paper.start,
                "baseline": "middle",
                "fontSize": _SIZE,
            },
            "encoding": {
                "x": {"value": begins},
                "y": {"field": "at", "type": "quantitative"},
                "text": {"field": "line", "type": "nominal"},
                "color": {"value": INK},
            },
        }


def _standing(picture: Picture, *, paper: Paper) -> Plot:
    """Bars over the years, time running as reading does."""
    years, drawn = rows.years(picture), lanes(picture)
    ticks = rows.scale_of(picture.marks, picture=picture, about=4 if paper.is_compact else 5)
    labels = rows.tick_labels(ticks, paper=paper)
    margins = Margins(top=10, bottom=28, start=widest(labels, size=SMALLER) + 10, end=4)
    width = width_of(margins, paper=paper)
    each = widest(map(paper.text, years.values()), size=SMALLER) + 10
    shown = thinned(list(years), each=each, room=width)
    order = [lane.code for lane in drawn]
    beside = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": order[::-1] if paper.is_rtl else order},
    }
    return Plot(
        height=_STANDING_OF_PHONE if paper.is_compact else _STANDING,
        rows=[rows.row(mark, is_range=rows.is_range(mark)) for mark in picture.marks],
        layers=[
            {"mark": {"type": "bar"}, "encoding": {"y": {"datum": 0}, "y2": {"field": "low"}}},
            *whiskers(lying=False),
        ],
        encoding={
            "x": {
                "field": "x",
                "type": "ordinal",
                "scale": {
                    "type": "band",
                    "domain": list(years),
                    "range": paper.span(0, width, width=width),
                    "paddingInner": 0.28,
                    "paddingOuter": 0.14,
                },
                "axis": {
                    "values": shown,
                    "labelExpr": rows.looked_up({code: paper.text(years[code]) for code in shown}),
                    "labelAngle": 0,
                },
            },
            **({"xOffset": beside} if len(drawn) > 1 else {}),
            "y": {
                "field": "low",
                "type": "quantitative",
                "scale": {"domain": [0, ticks[-1]], "nice": False},
                "axis": {
                    "orient": "right" if paper.is_rtl else "left",
                    "values": ticks,
                    "labelExpr": rows.at_ticks(ticks, labels),
                    "domain": False,
                    "grid": True,
                },
            },
            "color": colours(drawn),
        },
        margins=margins,
        keys=keys(picture, drawn),
        textures=textures(drawn),
        lead=picture.y_title,
    )
