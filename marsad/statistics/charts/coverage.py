"""Who told anything: States in each year, or place by place the years with a figure."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext, override

from marsad.statistics.charts import bars
from marsad.statistics.charts.frame import Plot
from marsad.statistics.charts.grid import Grid
from marsad.statistics.charts.paper import Paper
from marsad.statistics.charts.signs import Key, lanes, places
from marsad.statistics.types.picture import Picture


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """States of each year, or a square for each year that a place told of."""
    drawn = lanes(picture)
    if [lane.code for lane in drawn] == [""]:
        return bars.plot(picture, paper=paper)
    grid = Grid(
        paper=paper,
        down=[(lane.code, lane.label) for lane in drawn],
        across=list(places(picture).items()),
        cells={(mark.series, mark.x): mark for mark in picture.marks},
        is_told=False,
        tall=18,
    )
    with override(picture.language):
        key = Key(label=gettext("a figure was reported for the year"))
    return replace(grid.plot(), keys=[key], lead=picture.x_title)
