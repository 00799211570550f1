"""A plot becomes a specification: Vega-Lite that others can draw, with what we set around it.

Vega draws the plot alone: bars, lines, axes. Title, legend and sentences are set by `setting`,
because Vega puts the sign of a legend at its left and breaks no line. They stand in the
specification all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext, override

from marsad.design import charting
from marsad.design.charting import FACE, INK, LINE, PAPER, QUIET
from marsad.statistics import invented
from marsad.statistics.charts.paper import Paper
from marsad.statistics.charts.signs import Key
from marsad.statistics.types.picture import Picture

#: Size of what stands at the axes.
SMALLER = 12


class Margins(NamedTuple):
    """Room around a plot for what stands at its axes, from where reading begins."""

    top: float = 6
    end: float = 0
    bottom: float = 6
    start: float = 0


_PLAIN = Margins()


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """What one kind of picture asks Vega to draw, and what is set around it."""

    height: float
    #: Every mark of the picture, one row each, with its range.
    rows: Sequence[Mapping[str, Any]]
    layers: Sequence[Mapping[str, Any]]
    #: Marks that are drawn as part of a sum.
    folded: Sequence[Mapping[str, Any]] = ()
    encoding: Mapping[str, Any] = field(default_factory=dict)
    projection: Mapping[str, Any] | None = None
    margins: Margins = _PLAIN
    keys: Sequence[Key] = ()
    #: What its signs mean and what it leaves out.
    notes: Sequence[str] = ()
    #: Colours with a texture over them.
    textures: Mapping[str, str] = field(default_factory=dict)
    #: What stands above the plot, and at its foot: titles of the axes.
    lead: str = ""
    foot: str = ""


def width_of(margins: Margins, *, paper: Paper) -> float:
    """How wide a plot is between its margins."""
    return paper.room - margins.start - margins.end


def specification(picture: Picture, plot: Plot, *, paper: Paper) -> dict[str, Any]:
    """The picture as Vega-Lite: what JSON carries, and what is drawn from."""
    with override(picture.language):
        warning = str(invented.SENTENCE) if picture.is_invented else ""
    rtl = paper.is_rtl
    told: dict[str, Any] = {
        "$schema": charting.SCHEMA,
        "description": " ".join([picture.title, *picture.sentences, *plot.notes]),
        "title": {
            "text": paper.text(picture.title),
            "subtitle": [paper.text(line) for line in (warning, *picture.sentences) if line],
            "anchor": "end" if rtl else "start",
        },
        "width": width_of(plot.margins, paper=paper),
        "height": plot.height,
        "background": PAPER,
        "data": {"values": list(plot.rows)},
        "encoding": dict(plot.encoding),
        "layer": list(plot.layers),
        "config": {
            "font": FACE,
            "aria": False,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": SMALLER,
                "labelColor": QUIET,
                "domainColor": QUIET,
                "gridColor": LINE,
                "ticks": False,
                "labelPadding": 6,
                "labelLimit": 400,
                "labelOverlap": False,
                "title": None,
            },
            "text": {"fontSize": SMALLER, "fill": INK},
        },
        "usermeta": {
            "marsad": {
                "language": picture.language,
                "width": paper.width,
                "gutter": paper.gutter,
                "margins": list(plot.margins),
                "title": picture.title,
                "warning": warning,
                "sentences": list(picture.sentences),
                "lead": plot.lead,
                "foot": plot.foot,
                "keys": [key.told() for key in plot.keys],
                "notes": list(plot.notes),
                "textures": dict(plot.textures),
            }
        },
    }
    if plot.folded:
        told["datasets"] = {"folded": list(plot.folded)}
    if plot.projection:
        told["projection"] = dict(plot.projection)
    return told


def without_figures(picture: Picture, *, paper: Paper) -> Plot:
    """What is drawn where nothing was reported: that sentence, and no axis."""
    with override(picture.language):
        says = gettext("No figures were reported for what was chosen.")
    middle = {"x": {"value": paper.room / 2}, "y": {"value": 60}}
    return Plot(
        height=120,
        rows=[],
        layers=[
            {
                "data": {"values": [{"says": paper.text(says)}]},
                "mark": {"type": "text", "fontSize": 14, "align": "center"},
                "encoding": {**middle, "text": {"field": "says", "type": "nominal"}},
            }
        ],
    )
