"""Figures over time: a line for each series, never drawn across a year without a figure.

A range is a band around its line; where a year stands alone, a bar. In Arabic time runs from right
to left and the numbers stand at the right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext, override

from marsad.design.charting import PAPER
from marsad.statistics.charts import rows
from marsad.statistics.charts.frame import SMALLER, Margins, Plot, width_of
from marsad.statistics.charts.paper import Paper, thinned, widest
from marsad.statistics.charts.signs import Key, Lane, lanes, places
from marsad.statistics.types.picture import Mark, Picture

_HEIGHT, _HEIGHT_OF_PHONE = 360, 260


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """Lines over the years."""
    years = rows.years(picture) or places(picture)
    drawn = lanes(picture)
    ticks = rows.scale_of(picture.marks, picture=picture, about=4 if paper.is_compact else 6)
    labels = rows.tick_labels(ticks, paper=paper)
    wide = widest(labels, size=SMALLER)
    margins = Margins(top=10, bottom=28, start=wide + 10, end=14)
    width = width_of(margins, paper=paper)
    shown = _labelled(years, paper=paper, room=width)
    told = _rows(picture, years=list(years))
    height = _HEIGHT_OF_PHONE if paper.is_compact else _HEIGHT
    return Plot(
        height=height,
        rows=told,
        layers=_layers(drawn, told),
        encoding={
            "x": {
                "field": "x",
                "type": "ordinal",
                "scale": {
                    "type": "point",
                    "domain": list(years),
                    "range": paper.span(0, width, width=width),
                    "padding": 0.3,
                },
                "axis": {
                    "values": shown,
                    "labelExpr": rows.looked_up({code: paper.text(years[code]) for code in shown}),
                    "labelAngle": 0,
                    "grid": False,
                },
            },
            "y": {
                "field": "middle",
                "type": "quantitative",
                "scale": {"domain": [0, ticks[-1]], "nice": False, "zero": True},
                "axis": {
                    "orient": "right" if paper.is_rtl else "left",
                    "values": ticks,
                    "labelExpr": rows.at_ticks(ticks, labels),
                    "domain": False,
                    "grid": True,
                },
            },
            "detail": {"field": "piece", "type": "nominal"},
            **_told_apart(drawn),
        },
        margins=margins,
        keys=_keys(drawn),
        notes=_notes(picture),
        lead=picture.y_title,
        foot="" if rows.years(picture) else picture.x_title,
    )


def _labelled(years: dict[str, str], *, paper: Paper, room: float) -> list[str]:
    each = widest(map(paper.text, years.values()), size=SMALLER) + 12
    return thinned(list(years), each=each, room=room)


def _rows(picture: Picture, *, years: list[str]) -> list[dict[str, Any]]:
    """Every mark, and which piece of its line it belongs to: a year without a figure ends one."""
    place = {code: number for number, code in enumerate(years)}
    found = []
    for lane in lanes(picture):
        marks = sorted(
            (mark for mark in picture.marks if mark.series == lane.code),
            key=lambda mark: place[mark.x],
        )
        pieces = _pieces(marks, place=place)
        for piece, members in enumerate(pieces):
            for mark in members:
                found.append(
                    rows.row(
                        mark,
                        middle=(mark.low + mark.high) / 2,
                        piece=f"{lane.code}/{piece}",
                        alone=len(members) == 1,
                        is_range=rows.is_range(mark),
                    )
                )
    return found


def _pieces(marks: Sequence[Mark], *, place: dict[str, int]) -> list[list[Mark]]:
    pieces = [[mark] for mark in marks[:1]]
    for before, mark in pairwise(marks):
        if place[mark.x] == place[before.x] + 1:
            pieces[-1].append(mark)
        else:
            pieces.append([mark])
    return pieces


def _layers(drawn: Sequence[Lane], told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Bands, bars of years that stand alone, lines and signs: as many layers as are needed."""
    between = {
        "y": {"field": "low", "type": "quantitative"},
        "y2": {"field": "high"},
        "strokeDash": None,
        "shape": None,
    }
    found = []
    if any(row["is_range"] and not row["alone"] for row in told):
        band = {"type": "area", "opacity": 0.22, "line": False}
        together = [{"filter": "!datum.alone"}]
        found.append({"transform": together, "mark": band, "encoding": between})
    if any(row["is_range"] and row["alone"] for row in told):
        bar = {"type": "rule", "strokeWidth": 6, "opacity": 0.4}
        alone = [{"filter": "datum.alone && datum.is_range"}]
        found.append({"transform": alone, "mark": bar, "encoding": between})
    sign = {"type": "point", "filled": False, "size": 46, "opacity": 1, "strokeWidth": 1.6}
    hollow = {
        "condition": {"test": "datum.is_range", "value": PAPER},
        "field": "series",
        "type": "nominal",
        "legend": None,
        "scale": _told_apart(drawn)["color"]["scale"],
    }
    return [
        *found,
        {
            "mark": {"type": "line", "strokeWidth": 2.2, "strokeJoin": "round"},
            "encoding": {"shape": None},
        },
        {"mark": sign, "encoding": {"strokeDash": None, "fill": hollow}},
    ]


def _told_apart(drawn: Sequence[Lane]) -> dict[str, Any]:
    codes = [lane.code for lane in drawn]
    named = rows.looked_up({lane.code: lane.label for lane in drawn})
    legend: dict[str, Any] | None = {"title": None, "labelExpr": named} if len(drawn) > 1 else None
    said = {"field": "series", "type": "nominal", "legend": legend}
    return {
        "color": {**said, "scale": {"domain": codes, "range": [lane.colour for lane in drawn]}},
        "strokeDash": {
            **said,
            "scale": {"domain": codes, "range": [list(lane.dash) or [1, 0] for lane in drawn]},
        },
        "shape": {**said, "scale": {"domain": codes, "range": [lane.shape for lane in drawn]}},
    }


def _keys(drawn: Sequence[Lane]) -> list[Key]:
    if len(drawn) < 2 and not any(lane.label for lane in drawn):
        return []
    return [
        Key(label=lane.label, swatch="line", colour=lane.colour, dash=lane.dash, shape=lane.shape)
        for lane in drawn
    ]


def _notes(picture: Picture) -> list[str]:
    with override(picture.language):
        if not any(map(rows.is_range, picture.marks)):
            return []
        return [
            gettext(
                "A hollow sign is a range: its band runs from the lowest to the highest that the "
                "figure can be, and the line through the middle."
            )
        ]
