"""An estimate of a hidden population, as a page tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.estimation import Bounds, Estimate


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A line of the way to the model."""

    round: int
    lists: tuple[str, str]
    overlap: int
    expected: str
    chance: str
    result: str
    population: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """Something that was looked at, and what was found."""

    label: str
    says: str
    #: "good", "warning" or "neutral".
    tone: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """An interval in the picture; positions in hundredths of its width."""

    label: str
    start: float
    end: float
    point: float
    #: Where its label stands: over its middle, and not out of the picture.
    middle: float
    says: str
    #: Whether it has no upper end.
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class HiddenView:
    """What the page shows of an estimate."""

    estimate: Estimate
    drawn: Bounds | None
    #: In sentences: how many, between which bounds, how many were seen.
    headline: str
    says: Sequence[str]
    #: The model in words.
    model: Sequence[str]
    checks: Sequence[Check]
    tried: Sequence[Tried]
    warnings: Sequence[str]
    bars: Sequence[Bar]
    #: Numbers along the axis, evenly spaced from its beginning to its end; and where those who were
    #: seen stand.
    axis: Sequence[str]
    seen_at: float
    #: To take away.
    json: str
    csv: str
