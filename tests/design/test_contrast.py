"""Colours that text is set in, against WCAG 2.2 AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import marsad.design

TOKENS = Path(marsad.design.__file__).parent / "static" / "design" / "tokens.css"

#: What is set on what, for reading: at least 4.5 to 1.
TEXT = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "accent-soft"),
    ("ink-soft", "paper"),
    ("ink-soft", "ground"),
    ("ink-soft", "accent-soft"),
    ("accent", "paper"),
    ("accent", "ground"),
    ("accent", "accent-soft"),
    ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("good", "paper"),
    ("good", "good-soft"),
    ("warning", "warning-soft"),
    ("bad", "paper"),
    ("bad", "bad-soft"),
    ("inserted", "inserted-soft"),
    ("deleted", "deleted-soft"),
    ("on-hit", "hit-soft"),
]
#: Edges of fields and the ring around what has the focus: at least 3 to 1.
EDGES = [("line-strong", "paper"), ("focus", "paper"), ("focus", "ground"), ("bad", "paper")]


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme; the dark one overrides the light one."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if theme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_it_measures_black_on_white_as_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("above", "below", "least"), [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in EDGES]
)
def test_it_can_be_read(theme: str, above: str, below: str, least: float) -> None:
    colours = tokens(theme)
    assert contrast(colours[above], colours[below]) >= least


def test_it_changes_every_colour_in_the_dark() -> None:
    light, dark = tokens("light"), tokens("dark")
    assert {name for name in light if light[name] == dark[name]} == set()
