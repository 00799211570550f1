"""What every chart of the house shares: its typeface, its colours, and how it is drawn.

A chart is Vega-Lite as data. It is drawn here without a browser, as SVG whose letters stay letters
and as PNG for Word. What it shows belongs to the room whose figures they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import vl_convert

import marsad.design
from marsad.design.formatting import lang_dir

FONTS = Path(marsad.design.__file__).parent / "static" / "design" / "fonts"
FACE = "IBM Plex Sans Arabic"
#: What a drawing is of: "$schema" of every specification.
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
#: Of Vega-Lite: the newest of its fifth version that this vl-convert brings without a warning.
_VERSION = "5.20"

# As tokens.css has them by day. A chart stands on light paper by night as well (`--canvas`), so
# that what is downloaded, printed and read on a page is the same picture.
INK, QUIET, LINE, ACCENT, PAPER = "#1a2128", "#4a5661", "#d7dde2", "#0b4f7a", "#ffffff"
#: Lines and sides in their order, after Okabe and Ito, each at least 3 to 1 against the paper. They
#: are told apart by readers of every kind of sight as far as colours can be; a chart adds a dash,
#: a shape or a texture, so that nobody needs the colour.
PALETTE = (
    ACCENT, "#d96a00", "#0f9160", "#8f1f4f", "#5589dc", "#6e5a00", INK, "#7f8890",
)  # fmt: skip
#: From few to many: classes of a map, in the light of the accent.
STEPS = ("#cfe2f0", "#8fbbd9", "#4b8fbd", "#0b5f94", "#06304d")

#: An embedding: a mark alone does not turn a line that begins with a digit.
_RIGHT_TO_LEFT, _POP = "\u202b", "\u202c"
#: Dots for each unit of the picture: sharp in print at the width of a page.
SCALE = 3.0


def run(text: str, *, language: str) -> str:
    """A line of text that runs the way its language does, wherever it stands in a drawing.

    >>> run("12", language="en")
    '12'
    """
    return f"{_RIGHT_TO_LEFT}{text}{_POP}" if lang_dir(language) == "rtl" else text


def svg(specification: Mapping[str, Any]) -> str:
    """The picture for a page and for PDF; its letters stay letters."""
    return _svg(json.dumps(specification))


def png(specification: Mapping[str, Any], *, scale: float = SCALE) -> bytes:
    """The picture for Word."""
    return _png(json.dumps(specification), scale)


def png_of(drawn: str, *, scale: float = SCALE) -> bytes:
    """An SVG picture as dots: for one that was put together around what Vega drew."""
    _faces()
    dots: bytes = vl_convert.svg_to_png(drawn, scale=scale)
    return dots


@lru_cache(maxsize=1)
def _faces() -> None:
    """Let the drawing find the typefaces of the house; once in a process."""
    if FONTS.is_dir():
        vl_convert.register_font_directory(str(FONTS))


@lru_cache(maxsize=256)
def _svg(specification: str) -> str:
    # The same numbers give the same picture, and one takes a tenth of a second to draw.
    _faces()
    drawn: str = vl_convert.vegalite_to_svg(specification, vl_version=_VERSION)
    return drawn


@lru_cache(maxsize=64)
def _png(specification: str, scale: float) -> bytes:
    _faces()
    drawn: bytes = vl_convert.vegalite_to_png(specification, vl_version=_VERSION, scale=scale)
    return drawn


__all__ = [
    "ACCENT",
    "FACE",
    "FONTS",
    "INK",
    "LINE",
    "PALETTE",
    "PAPER",
    "QUIET",
    "SCALE",
    "SCHEMA",
    "STEPS",
    "png",
    "png_of",
    "run",
    "svg",
]
