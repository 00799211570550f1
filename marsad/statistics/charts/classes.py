"""How many States have so many convictions, class by class: no State is named.

With a bar for each class; where there are many years, a grid of numbers.
"""

from __future__ import annotations

from dataclasses import replace

from marsad.statistics.charts import bars
from marsad.statistics.charts.frame import Plot
from marsad.statistics.charts.grid import Grid
from marsad.statistics.charts.paper import Paper
from marsad.statistics.charts.signs import lanes, places
from marsad.statistics.types.picture import Picture

#: More bars in each class cannot be told apart.
_MOST = 4


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """Classes in their order, years across; on a phone years down."""
    drawn = lanes(picture)
    if len(drawn) <= _MOST:
        return bars.lying(picture, paper=paper)
    classes = list(places(picture).items())
    years = [(lane.code, lane.label) for lane in drawn]
    turned = paper.is_compact
    grid = Grid(
        paper=paper,
        down=years if turned else classes,
        across=classes if turned else years,
        cells={
            (mark.series, mark.x) if turned else (mark.x, mark.series): mark
            for mark in picture.marks
        },
        tall=24 if turned else 34,
    )
    return replace(grid.plot(), lead=picture.y_title)
