"""Charts from figures: Vega-Lite as data, drawn without a browser as SVG and PNG.

One bar for each answer, in the order of the questionnaire and never by size; what is not known is
a bar of its own, hollow and dashed, so that it is told apart without colour. The scale runs to all
the States that the share is of. In Arabic the bars grow from right to left and the axis stands on
the right. A picture always has its table beside it. No State is in a chart, only counts.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import vl_convert

import marsad.design
from marsad.design.formatting import Formatter, lang_dir
from marsad.review.types.report import Bar, Chart

FONTS = Path(marsad.design.__file__).parent / "static" / "design" / "fonts"
FACE = "IBM Plex Sans Arabic"
#: Of Vega-Lite: the newest that this vl-convert brings.
_VERSION = "5.20"
_INK, _QUIET, _LINE, _ACCENT, _PAPER = "#1a2128", "#4a5661", "#d7dde2", "#0b4f7a", "#ffffff"
#: Letters of a label before it goes on in the next line.
_LINE_OF_LABEL = 34
#: From one line of a label to the next.
_LEADING = 14
#: An embedding: a mark alone does not turn a line that begins with a digit.
_RIGHT_TO_LEFT, _POP = "\u202b", "\u202c"
#: Dots for each unit of the picture: sharp in print at the width of a page.
_SCALE = 3.0


def specification(chart: Chart, *, formatter: Formatter) -> dict[str, Any]:
    """The chart as Vega-Lite: what JSON exports carry, and what both pictures are drawn from."""
    rtl = lang_dir(chart.language) == "rtl"
    labels = [_lines(bar, formatter=formatter) for bar in chart.bars]
    tallest = max(map(len, labels), default=1)
    scale = {"domain": [0, max(chart.of, 1)], "nice": False, "zero": True, "reverse": rtl}
    vertical = {
        "field": "place",
        "type": "ordinal",
        "title": None,
        "axis": {
            "orient": "right" if rtl else "left",
            "labels": False,
            "ticks": False,
            "domainColor": _QUIET,
        },
    }
    horizontal = {
        "field": "count",
        "type": "quantitative",
        "title": chart.count_heading,
        "scale": scale,
        "axis": {
            "values": sorted({0, chart.of}),
            "labelExpr": f"datum.value == 0 ? '{formatter.number(0)}' : "
            f"'{formatter.number(chart.of)}'",
            "grid": True,
            "gridColor": _LINE,
            "domain": False,
            "ticks": False,
            "titleFontWeight": "normal",
            "titleColor": _QUIET,
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": chart.title,
        "width": 300,
        "height": {"step": max(34, tallest * _LEADING + 8)},
        "background": _PAPER,
        "data": {"values": list(_rows(chart, formatter=formatter))},
        "encoding": {"y": vertical, "x": horizontal},
        "layer": [
            {
                "transform": [{"filter": "datum.kind == 'answer'"}],
                "mark": {"type": "bar", "height": 18, "color": _ACCENT},
            },
            {
                "transform": [{"filter": "datum.kind != 'answer'"}],
                "mark": {
                    "type": "bar",
                    "height": 18,
                    "color": _PAPER,
                    "stroke": _QUIET,
                    "strokeDash": [4, 3],
                    "strokeWidth": 1.2,
                },
            },
            {
                "mark": {
                    "type": "text",
                    "align": "right" if rtl else "left",
                    "dx": -6 if rtl else 6,
                    "color": _INK,
                    "fontWeight": 500,
                },
                "encoding": {"text": {"field": "shown", "type": "nominal"}},
            },
            *_labels(tallest, rtl=rtl),
        ],
        "config": {
            "font": FACE,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": _INK},
            "text": {"fontSize": 13},
        },
    }


def _rows(chart: Chart, *, formatter: Formatter) -> Iterator[dict[str, Any]]:
    for place, bar in enumerate(chart.bars):
        yield {
            "place": place,
            "answer": bar.label,
            "lines": _lines(bar, formatter=formatter),
            "count": bar.count,
            "shown": formatter.number(bar.count),
            "kind": bar.kind,
        }


def _lines(bar: Bar, *, formatter: Formatter) -> list[str]:
    lines = textwrap.wrap(formatter.text(bar.label), _LINE_OF_LABEL) or [" "]
    if lang_dir(formatter.language) == "rtl":  # each line runs the way its language does
        lines = [f"{_RIGHT_TO_LEFT}{line}{_POP}" for line in lines]
    return lines


def _labels(tallest: int, *, rtl: bool) -> Iterator[dict[str, Any]]:
    """The words beside the bars, each line a text of its own.

    Lines of one text would be put in order together where they run from right to left, and land on
    one another.
    """
    for count in range(1, tallest + 1):
        for line in range(count):
            yield {
                "transform": [
                    {"filter": f"length(datum.lines) == {count}"},
                    {"calculate": f"datum.lines[{line}]", "as": "line"},
                ],
                "mark": {
                    "type": "text",
                    "align": "left" if rtl else "right",
                    "dx": 8 if rtl else -8,
                    "dy": (line - (count - 1) / 2) * _LEADING,
                    "fontSize": 12,
                    "color": _INK,
                },
                "encoding": {"x": {"datum": 0}, "text": {"field": "line", "type": "nominal"}},
            }


@lru_cache(maxsize=1)
def _faces() -> None:
    """Let the drawing find the typefaces of the house; once in a process."""
    if FONTS.is_dir():
        vl_convert.register_font_directory(str(FONTS))


def svg(chart: Chart, *, formatter: Formatter) -> str:
    """The picture for a page and for PDF; its letters stay letters."""
    return _svg(json.dumps(specification(chart, formatter=formatter)))


def png(chart: Chart, *, formatter: Formatter) -> bytes:
    """The picture for Word."""
    return _png(json.dumps(specification(chart, formatter=formatter)))


@lru_cache(maxsize=256)
def _svg(chart: str) -> str:
    # The same numbers give the same picture, and one takes a tenth of a second to draw.
    _faces()
    drawn: str = vl_convert.vegalite_to_svg(chart, vl_version=_VERSION)
    return drawn


@lru_cache(maxsize=64)
def _png(chart: str) -> bytes:
    _faces()
    drawn: bytes = vl_convert.vegalite_to_png(chart, vl_version=_VERSION, scale=_SCALE)
    return drawn


def table(chart: Chart, *, formatter: Formatter) -> list[tuple[str, str]]:
    """What the chart says, line by line: the alternative for whoever does not see it."""
    return [(bar.label, formatter.number(bar.count)) for bar in chart.bars]


__all__ = ["FACE", "png", "specification", "svg", "table"]
