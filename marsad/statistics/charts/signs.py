"""How lines and sides are told apart: by colour, and without it by dash, shape or texture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from marsad.design.charting import PALETTE
from marsad.statistics.types.picture import Picture

DASHES: tuple[tuple[int, ...], ...] = ((), (7, 3), (2, 3), (9, 3, 2, 3), (13, 4))
#: Outlines in a square from -1 to 1, which Vega and our own legend both draw from.
SHAPES = (
    "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z",
    "M-0.9,-0.9L0.9,-0.9L0.9,0.9L-0.9,0.9Z",
    "M0,-1.1L1.1,0.9L-1.1,0.9Z",
    "M0,-1.25L1.1,0L0,1.25L-1.1,0Z",
    "M-0.4,-1.1L0.4,-1.1L0.4,-0.4L1.1,-0.4L1.1,0.4L0.4,0.4L0.4,1.1L-0.4,1.1L-0.4,0.4L-1.1,0.4"
    "L-1.1,-0.4L-0.4,-0.4Z",
    "M0,1.1L1.1,-0.9L-1.1,-0.9Z",
    "M-1.1,-0.45L1.1,-0.45L1.1,0.45L-1.1,0.45Z",
)
DOTS = "M2,3L4,3M2,2.5L4,2.5M2,3.5L4,3.5"
#: What is laid over a colour to tell it from the next: none, then lines and dots of paper.
TEXTURES = (
    "",
    "M-1,7L7,-1M-1,1L1,-1M5,7L7,5",
    DOTS,
    "M3,0L3,6",
    "M0,3L6,3",
    "M-1,-1L7,7M-1,5L1,7M5,-1L7,1",
    "M0,3L6,3M3,0L3,6",
    "M-1,7L7,-1M-1,-1L7,7",
)
#: Stands in a specification for places without a figure: grey there, hatched where we draw it.
NOT_REPORTED = "#eceff2"

Swatch = Literal["line", "fill", "empty", "range"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A line of the legend."""

    label: str
    swatch: Swatch = "fill"
    colour: str = PALETTE[0]
    #: Of a line.
    dash: Sequence[int] = ()
    shape: str = ""
    #: Whether it is too light to be seen without an edge.
    is_edged: bool = False

    def told(self) -> dict[str, Any]:
        """As it stands in a specification."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """A line or side of a picture, and how it is drawn."""

    code: str
    label: str
    colour: str
    dash: tuple[int, ...]
    shape: str


def lanes(picture: Picture) -> list[Lane]:
    """Its lines or sides in their order; those that only marks name come last."""
    named = dict(picture.series)
    for mark in picture.marks:
        named.setdefault(mark.series, mark.series_label)
    used = {mark.series for mark in picture.marks}
    return [
        Lane(
            code=code,
            label=label,
            colour=PALETTE[place % len(PALETTE)],
            dash=DASHES[place % len(DASHES)],
            shape=SHAPES[place % len(SHAPES)],
        )
        for place, (code, label) in enumerate(named.items())
        if code or code in used
    ]


def places(picture: Picture) -> dict[str, str]:
    """Places on the axis in their order, code and label; those that only marks name come last."""
    named = dict(picture.order)
    for mark in picture.marks:
        named.setdefault(mark.x, mark.x_label)
    return named


def textures(drawn: Sequence[Lane]) -> dict[str, str]:
    """Colours that are drawn with a texture over them, and which."""
    return {
        lane.colour: TEXTURES[place % len(TEXTURES)]
        for place, lane in enumerate(drawn)
        if TEXTURES[place % len(TEXTURES)]
    }
