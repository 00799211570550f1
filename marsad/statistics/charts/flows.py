"""From where to where: whose citizens were detected in which place.

As a grid of the largest, places of citizenship down and of detection across, because arcs that
cross cannot be read; on a phone as bars, one for each flow. What is small is added up, and it is
said how much. Rows and columns go by name: nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext, ngettext, override

from marsad.statistics.charts import bars, rows
from marsad.statistics.charts.frame import Plot
from marsad.statistics.charts.grid import Grid
from marsad.statistics.charts.paper import Paper
from marsad.statistics.charts.signs import lanes, places
from marsad.statistics.types.picture import Mark, Picture

#: So many rows and columns, and bars on a phone, stand for themselves.
_ROWS, _COLUMNS, _BARS = 14, 8, 14
#: The code of what is added up; no place has it.
_OTHERS = "*"


def plot(picture: Picture, *, paper: Paper) -> Plot:
    """The largest flows by name, the others together."""
    with override(picture.language):
        return _list(picture, paper=paper) if paper.is_compact else _grid(picture, paper=paper)


def _grid(picture: Picture, *, paper: Paper) -> Plot:
    others = gettext("Other places")
    origins = dict(places(picture))
    reached = {lane.code: lane.label for lane in lanes(picture)}
    from_ = _kept(origins, ((mark.x, mark) for mark in picture.marks), most=_ROWS)
    to = _kept(reached, ((mark.series, mark) for mark in picture.marks), most=_COLUMNS)
    cells: dict[tuple[str, str], list[Mark]] = {}
    for mark in picture.marks:
        row = mark.x if mark.x in from_ else _OTHERS
        column = mark.series if mark.series in to else _OTHERS
        cells.setdefault((row, column), []).append(mark)
    sums = [place for place in cells if _OTHERS in place]
    down = [(code, origins[code]) for code in from_]
    across = [(code, reached[code]) for code in to]
    grid = Grid(
        paper=paper,
        down=[*down, (_OTHERS, others)] if len(down) < len(origins) else down,
        across=[*across, (_OTHERS, others)] if len(across) < len(reached) else across,
        cells={
            place: _sum(
                marks,
                x=(place[0], origins.get(place[0], others)),
                series=(place[1], reached.get(place[1], others)),
            )
            for place, marks in cells.items()
        },
        corner=picture.x_title,
        tall=32,
        sums=sums,
    )
    folded = [mark for place in sums for mark in cells[place]]
    return replace(
        grid.plot(),
        lead=gettext("{what}; columns: where they were detected").format(what=picture.y_title),
        notes=_notes(len(folded)),
        folded=[rows.row(mark) for mark in folded],
    )


def _list(picture: Picture, *, paper: Paper) -> Plot:
    marks = [mark for mark in picture.marks if mark.high > 0] or list(picture.marks)
    largest = sorted(marks, key=lambda mark: (-mark.high, mark.x, mark.series))
    shown = largest if len(largest) <= _BARS + 1 else largest[:_BARS]
    kept = {(mark.x, mark.series) for mark in shown}
    order = {code: number for number, code in enumerate(places(picture))}
    reached = {lane.code: number for number, lane in enumerate(lanes(picture))}
    by_name = sorted(shown, key=lambda mark: (order[mark.x], reached[mark.series]))
    arrow = "←" if paper.is_rtl else "→"
    bare = [
        replace(
            mark, x=f"{mark.x}>{mark.series}", x_label=f"{mark.x_label} {arrow} {mark.series_label}"
        )
        for mark in by_name
    ]
    folded = [mark for mark in picture.marks if (mark.x, mark.series) not in kept]
    plain = replace(
        picture,
        marks=[replace(mark, series="", series_label="") for mark in bare],
        series=(),
        order=[(mark.x, mark.x_label) for mark in bare],
    )
    drawn = bars.lying(plain, paper=paper)
    return replace(
        drawn,
        lead=gettext("{what}: citizenship, and where they were detected").format(
            what=picture.y_title
        ),
        notes=_left_out(folded, paper=paper),
        folded=[rows.row(mark) for mark in folded],
    )


def _left_out(folded: Sequence[Mark], *, paper: Paper) -> list[str]:
    """What is said of flows that have no bar: drawn together they would dwarf all others."""
    if not folded:
        return []
    told = _sum(folded, x=("", ""), series=("", ""))
    return [
        ngettext(
            "{count} smaller flow has no bar: {between}.",
            "{count} smaller flows have no bar; together: {between}.",
            len(folded),
        ).format(count=len(folded), between=paper.between(told.low, told.high))
    ]


def _kept(named: Mapping[str, str], told: Iterable[tuple[str, Mark]], *, most: int) -> list[str]:
    """Those with the largest flows, in the order they are named in; all where they are few."""
    if len(named) <= most + 1:
        return list(named)
    sizes = dict.fromkeys(named, 0.0)
    for code, mark in told:
        sizes[code] += mark.high
    largest = sorted(named, key=lambda code: (-sizes[code], code))[:most]
    return [code for code in named if code in largest]


def _sum(marks: Sequence[Mark], *, x: tuple[str, str], series: tuple[str, str]) -> Mark:
    """Several flows as one: of ranges the lowest are added, and the highest."""
    return Mark(
        x=x[0],
        x_label=x[1],
        series=series[0],
        series_label=series[1],
        low=sum(mark.low for mark in marks),
        high=sum(mark.high for mark in marks),
        censored=sum(mark.censored for mark in marks),
        # Of several together nobody said on how many States they stand.
        states=marks[0].states if len(marks) == 1 else 0,
    )


def _notes(count: int) -> list[str]:
    if not count:
        return []
    return [
        ngettext(
            "{count} smaller flow is counted in “Other places”.",
            "{count} smaller flows are added up in “Other places”.",
            count,
        ).format(count=count)
    ]
