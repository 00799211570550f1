"""A picture of figures before it is drawn: what charts, tables and exports of it are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

#: What a picture can be.
Kind = Literal["line", "bars", "pyramid", "map", "flows", "funnel", "classes", "coverage"]
KINDS: tuple[Kind, ...] = (
    "line",
    "bars",
    "pyramid",
    "map",
    "flows",
    "funnel",
    "classes",
    "coverage",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One bar, one point, one place of a map, one flow."""

    #: Where it stands: a year, a band of age, a stage, a class; of a map and of a flow the ISO 3166
    #: code of the place (of a flow: where the people are citizens of).
    x: str
    #: The same in the reader's language.
    x_label: str
    #: Which line or side it belongs to; "" where there is one only. Of a flow: where they were
    #: detected.
    series: str = ""
    series_label: str = ""
    #: The figure lies between these two, which are drawn: counts, or shares of 0 to 1.
    low: float
    high: float
    #: Cells between limits that made it a range.
    censored: int = 0
    #: States and places it stands on.
    states: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """What a picture shows, and what must be said with it."""

    kind: Kind
    #: "ar" or "en": what every word in it is in.
    language: str
    title: str
    #: What it counts, on how many States it stands, how sure it is, its source and its date.
    sentences: Sequence[str]
    #: Those of them that say what was withdrawn since: no file may leave them out.
    withdrawn: Sequence[str] = ()
    x_title: str
    #: What the numbers count: "Detected victims".
    y_title: str
    marks: Sequence[Mark]
    #: Lines or sides in the order they are drawn: code and label.
    series: Sequence[tuple[str, str]] = field(default=())
    #: Places on the axis in their order, also those without a figure: code and label.
    order: Sequence[tuple[str, str]] = field(default=())
    #: Whether the numbers are shares of 0 to 1.
    is_share: bool = False
    #: Whether the figures were made up for the demonstration: the picture says so.
    is_invented: bool = False
    #: The moment whose figures it shows.
    at: datetime | None = None
    #: First and last year that it shows; None where nothing was reported.
    years: tuple[int, int] | None = None
    #: Codes of the places that it stands on, in alphabetical order.
    places: Sequence[str] = field(default=())
