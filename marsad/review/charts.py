"""Charts from figures: Vega-Lite as data, drawn without a browser as SVG and PNG.

One bar for each answer, in the order of the questionnaire and never by size; what is not known is
a bar of its own, hollow and dashed, so that it is told apart without colour. The scale runs to all
the States that the share is of. In Arabic the bars grow from right to left and the axis stands on
the right. A picture always has its table beside it. No State is in a chart, only counts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from marsad.design import charting
from marsad.design.charting import ACCENT, FACE, INK, LINE, PAPER, QUIET
from marsad.design.formatting import Formatter, lang_dir
from marsad.review.types.report import Bar, Chart

#: Letters of a label before it goes on in the next line.
_LINE_OF_LABEL = 34
#: From one line of a label to the next.
_LEADING = 14


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
            "domainColor": QUIET,
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
            "gridColor": LINE,
            "domain": False,
            "ticks": False,
            "titleFontWeight": "normal",
            "titleColor": QUIET,
        },
    }
    return {
        "$schema": charting.SCHEMA,
        "description": chart.title,
        "width": 300,
        "height": {"step": max(34, tallest * _LEADING + 8)},
        "background": PAPER,
        "data": {"values": list(_rows(chart, formatter=formatter))},
        "encoding": {"y": vertical, "x": horizontal},
        "layer": [
            {
                "transform": [{"filter": "datum.kind == 'answer'"}],
                "mark": {"type": "bar", "height": 18, "color": ACCENT},
            },
            {
                "transform": [{"filter": "datum.kind != 'answer'"}],
                "mark": {
                    "type": "bar",
                    "height": 18,
                    "color": PAPER,
                    "stroke": QUIET,
                    "strokeDash": [4, 3],
                    "strokeWidth": 1.2,
                },
            },
            {
                "mark": {
                    "type": "text",
                    "align": "right" if rtl else "left",
                    "dx": -6 if rtl else 6,
                    "color": INK,
                    "fontWeight": 500,
                },
                "encoding": {"text": {"field": "shown", "type": "nominal"}},
            },
            *_labels(tallest, rtl=rtl),
        ],
        "config": {
            "font": FACE,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK},
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
    return [charting.run(line, language=formatter.language) for line in lines]


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
                    "color": INK,
                },
                "encoding": {"x": {"datum": 0}, "text": {"field": "line", "type": "nominal"}},
            }


def svg(chart: Chart, *, formatter: Formatter) -> str:
    """The picture for a page and for PDF; its letters stay letters."""
    return charting.svg(specification(chart, formatter=formatter))


def png(chart: Chart, *, formatter: Formatter) -> bytes:
    """The picture for Word."""
    return charting.png(specification(chart, formatter=formatter))


def table(chart: Chart, *, formatter: Formatter) -> list[tuple[str, str]]:
    """What the chart says, line by line: the alternative for whoever does not see it."""
    return [(bar.label, formatter.number(bar.count)) for bar in chart.bars]


__all__ = ["png", "specification", "svg", "table"]
