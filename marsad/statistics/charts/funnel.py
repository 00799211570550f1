"""The stages of justice: counts of each over the States that reported all of them.

They are bars of counts one under another, not a funnel that narrows: offences are not persons, and
who is convicted in a year was seldom suspected in it. No stage is divided by another.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext, override

from marsad.statistics.charts import bars
from marsad.statistics.charts.frame import Plot
from marsad.statistics.charts.paper import Paper
from marsad.statistics.types.picture import Picture


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """A bar for each stage, in their order."""
    with override(picture.language):
        note = gettext(
            "Only States that reported every stage are counted. Offences are not persons, and a "
            "conviction may belong to a case of an earlier year."
        )
    drawn = bars.lying(picture, paper=paper)
    return replace(drawn, notes=[*drawn.notes, note])
