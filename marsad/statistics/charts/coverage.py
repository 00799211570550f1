"""Who told anything: States in each year, by region or place by place.

Of regions each cell says how many of their States told; of places it says that they did.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext, override

from marsad.statistics.charts import bars, rows
from marsad.statistics.charts.frame import Plot
from marsad.statistics.charts.grid import Grid
from marsad.statistics.charts.paper import Paper
from marsad.statistics.charts.signs import Key, lanes, places
from marsad.statistics.types.picture import Picture

#: On a phone more columns than these have no room for numbers.
_MOST = 7


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """States of each year, in one row of bars or in a grid."""
    drawn = lanes(picture)
    if [lane.code for lane in drawn] == [""]:
        return bars.plot(picture, paper=paper)
    who = [(lane.code, lane.label) for lane in drawn]
    years = list((rows.years(picture) or places(picture)).items())
    turned = paper.is_compact and len(who) <= _MOST
    grid = Grid(
        paper=paper,
        down=years if turned else who,
        across=who if turned else years,
        cells={
            (mark.x, mark.series) if turned else (mark.series, mark.x): mark
            for mark in picture.marks
        },
        tall=26,
    )
    if any(mark.high > 1 for mark in picture.marks) and grid.has_room:
        return replace(grid.plot(), lead=picture.y_title)
    squares = replace(
        grid,
        down=who,
        across=years,
        cells={(mark.series, mark.x): mark for mark in picture.marks},
        is_told=False,
        tall=18,
    )
    with override(picture.language):
        key = Key(label=gettext("a figure was reported for the year"))
    return replace(squares.plot(), keys=[key], lead=picture.x_title)
