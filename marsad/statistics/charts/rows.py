"""Marks as rows of a specification, and the little that all kinds ask of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from marsad.statistics.charts.paper import Paper, ticks
from marsad.statistics.charts.signs import places
from marsad.statistics.types.picture import Mark, Picture


def row(mark: Mark, **more: Any) -> dict[str, Any]:
    """A mark with its range, and where it is drawn."""
    return {
        "x": mark.x,
        "x_label": mark.x_label,
        "series": mark.series,
        "series_label": mark.series_label,
        "low": mark.low,
        "high": mark.high,
        "censored": mark.censored,
        "states": mark.states,
        **more,
    }


def is_range(mark: Mark) -> bool:
    """Whether the figure lies between two limits rather than being one number."""
    return mark.high > mark.low


def years(picture: Picture) -> dict[str, str]:
    """The axis where it is one of years, each between the first and the last: a gap must be seen.

    Nothing where it is one of something else.
    """
    named = places(picture)
    if not all(code.isascii() and code.isdecimal() and len(code) == 4 for code in named):
        return {}
    numbers = sorted(map(int, named))
    every = range(numbers[0], numbers[-1] + 1)
    return {f"{year:04}": named.get(f"{year:04}", f"{year:04}") for year in every}


def scale_of(marks: Sequence[Mark], *, picture: Picture, about: int) -> list[float]:
    """Ticks of the axis of numbers, from nothing to above the highest."""
    top = max((mark.high for mark in marks), default=0.0)
    whole = not picture.is_share and all(
        mark.low == int(mark.low) and mark.high == int(mark.high) for mark in marks
    )
    found = ticks(top, about=about, whole=whole)
    if picture.is_share:  # nothing is more than all
        found = [tick for tick in found if tick <= 1] if top <= 1 else found
        return found if found[-1] >= top else [*found, 1.0]
    return found


def reach(picture: Picture, *, about: int) -> tuple[float, list[float]]:
    """How far an axis of numbers runs that ends with its longest bar, and the ticks on its way."""
    top = max((mark.high for mark in picture.marks), default=0.0)
    ticks = scale_of(picture.marks, picture=picture, about=about)
    return (top, [tick for tick in ticks if tick <= top]) if top > 0 else (1.0, [0.0])


def looked_up(labels: Mapping[str, str]) -> str:
    """An expression of Vega for what stands at a code."""
    return f"({json.dumps(dict(labels))})[datum.label]"


def at_ticks(values: Sequence[float], labels: Sequence[str]) -> str:
    """An expression of Vega for what stands at each tick of an axis of numbers."""
    return f"{json.dumps(labels)}[indexof({json.dumps(values)}, datum.value)]"


def tick_labels(values: Sequence[float], *, paper: Paper) -> list[str]:
    """What stands at each tick."""
    return [paper.text(paper.amount(value)) for value in values]
