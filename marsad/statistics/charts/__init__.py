"""Pictures drawn: a `types.picture.Picture` in, Vega-Lite, SVG and PNG out.

    charts.svg(picture, formatter=formatter, words=False)      in a page that prints its words
    charts.svg(picture, formatter=formatter, width=NARROW)     the same on a phone
    charts.svg(picture, formatter=formatter, embedded=True)    to take away: with its typeface
    charts.png(picture, formatter=formatter)                   for Word

Every kind has a module; `paper` is what it is drawn on, `signs` how lines are told apart, `frame`
and `setting` what is around the plot, `outlines` the map of the world. The same picture gives the
same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from marsad.design import charting
from marsad.design.formatting import Formatter
from marsad.statistics.charts import (
    bars,
    classes,
    coverage,
    flows,
    frame,
    funnel,
    line,
    pyramid,
    setting,
    worldmap,
)
from marsad.statistics.charts.frame import Plot
from marsad.statistics.charts.paper import NARROW, WIDE, Paper
from marsad.statistics.types.picture import Kind, Picture

_PLOTS: Mapping[Kind, Callable[..., Plot]] = {
    "line": line.plot,
    "bars": bars.plot,
    "funnel": funnel.plot,
    "pyramid": pyramid.plot,
    "map": worldmap.plot,
    "flows": flows.plot,
    "classes": classes.plot,
    "coverage": coverage.plot,
}


def specification(picture: Picture, *, formatter: Formatter, width: int = WIDE) -> dict[str, Any]:
    """The picture as Vega-Lite: every figure in it with its range, and every word around it."""
    paper = _paper(picture, formatter=formatter, width=width)
    plot = _PLOTS[picture.kind] if picture.marks else frame.without_figures
    return frame.specification(picture, plot(picture, paper=paper), paper=paper)


def svg(
    picture: Picture,
    *,
    formatter: Formatter,
    width: int = WIDE,
    words: bool = True,
    embedded: bool = False,
) -> str:
    """The picture as SVG, on white paper by day and by night.

    :param width: how wide in pixels; `NARROW` for a phone.
    :param words: whether title and sentences are set in it; a page that prints them says False.
        They are its name and description in any case, and that figures were made up always shows.
    :param embedded: whether the file carries the typeface, for whoever takes it away.
    """
    told = specification(picture, formatter=formatter, width=width)
    paper = _paper(picture, formatter=formatter, width=width)
    return setting.drawn(json.dumps(told), paper=paper, words=words, embedded=embedded)


def png(
    picture: Picture,
    *,
    formatter: Formatter,
    width: int = WIDE,
    words: bool = True,
    scale: float = charting.SCALE,
) -> bytes:
    """The picture as dots, `scale` for each pixel of a page."""
    return charting.png_of(svg(picture, formatter=formatter, width=width, words=words), scale=scale)


def _paper(picture: Picture, *, formatter: Formatter, width: int) -> Paper:
    return Paper(
        width=width,
        formatter=Formatter(language=picture.language, digits=formatter.digits),
        is_share=picture.is_share,
    )


__all__ = ["NARROW", "WIDE", "png", "specification", "svg"]
