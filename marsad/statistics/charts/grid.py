"""A grid: rows down, columns across, in each cell what was told, in words and as a tint.

Nothing is drawn in a cell that nobody told. Rows and columns keep the order they are given in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marsad.design.charting import ACCENT, INK, LINE, PAPER, QUIET
from marsad.statistics.charts import rows
from marsad.statistics.charts.frame import Margins, Plot, width_of
from marsad.statistics.charts.paper import Paper, thinned, widest
from marsad.statistics.types.picture import Mark

_SIZE, _SIZE_OF_PHONE, _LEADING = 12, 10, 15
#: Of the width, so much at the most is for the names of rows.
_NAMES, _NAMES_OF_PHONE = 0.24, 0.34
#: From a light tint to one that ink can still be read on.
_LIGHTEST, _DARKEST = (234, 242, 248), (143, 187, 217)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """What stands in a grid."""

    paper: Paper
    #: Code and label.
    down: Sequence[tuple[str, str]]
    across: Sequence[tuple[str, str]]
    #: By row and column.
    cells: Mapping[tuple[str, str], Mark]
    #: Over the names of rows.
    corner: str = ""
    #: Whether cells say their figure; else each is a square that says that there is one.
    is_told: bool = True
    tall: float = 28
    #: Cells that stand for several.
    sums: Sequence[tuple[str, str]] = field(default=())

    def plot(self) -> Plot:
        """The grid as it is drawn; keys and notes are the kind's own."""
        width = width_of(Margins(), paper=self.paper)
        head = self._head(width)
        height = head + self.tall * len(self.down) + 2
        cells = list(self._cells(width, head=head))
        return Plot(
            height=height,
            rows=cells,
            layers=[
                self._rules(width, head=head),
                *(self._told() if self.is_told else self._squares(cells)),
                *self._names(width, head=head),
            ],
            encoding={
                "x": {
                    "field": "left",
                    "type": "quantitative",
                    "scale": {
                        "domain": [0, width],
                        "range": self.paper.span(0, width, width=width),
                        "nice": False,
                    },
                    "axis": None,
                },
                "y": {
                    "field": "top",
                    "type": "quantitative",
                    "scale": {"domain": [0, height], "range": [0, height], "nice": False},
                    "axis": None,
                },
            },
        )

    @property
    def has_room(self) -> bool:
        """Whether every figure fits its cell."""
        told = (self.paper.between(mark.low, mark.high) for mark in self.cells.values())
        width = width_of(Margins(), paper=self.paper)
        return widest(told, size=_SIZE) + 6 <= self._column(width)

    def _column(self, width: float) -> float:
        """How wide a column is."""
        return (width - self._room()) / max(len(self.across), 1)

    def _room(self) -> float:
        """How wide the names of rows are."""
        most = _NAMES_OF_PHONE if self.paper.is_compact else _NAMES
        wide = widest((self.paper.text(label) for _, label in self.down), size=_SIZE)
        return min(wide, self.paper.room * most) + 10

    def _heads(self, width: float) -> dict[str, list[str]]:
        """The lines over each column; where all are short and have no room, as many as have."""
        paper, wide = self.paper, self._column(width)
        labels = {code: paper.text(label) for code, label in self.across}
        if all(len(label) <= 8 for _, label in self.across):
            each = widest(labels.values(), size=_SIZE) + 8
            shown = thinned(list(labels), each=each, room=wide * len(labels))
            return {code: [labels[code]] for code in shown}
        return {
            code: paper.wrapped(label, room=wide - 3, size=self._head_size(width), most=6)
            for code, label in self.across
        }

    def _head_size(self, width: float) -> float:
        """Smaller where a word of a heading is wider than its column."""
        longest = widest(
            (self.paper.text(word) for _, label in self.across for word in label.split()),
            size=_SIZE,
        )
        return _SIZE if longest <= self._column(width) - 3 else _SIZE_OF_PHONE

    def _head(self, width: float) -> float:
        tallest = max((len(lines) for lines in self._heads(width).values()), default=1)
        return tallest * _LEADING + 8

    def _cells(self, width: float, *, head: float) -> Iterator[dict[str, Any]]:
        wide, room = self._column(width), self._room()
        most = max((mark.high for mark in self.cells.values()), default=0) or 1
        for line, (down, _) in enumerate(self.down):
            for column, (across, _) in enumerate(self.across):
                mark = self.cells.get((down, across))
                if mark is not None:
                    left, top = round(room + column * wide, 1), head + line * self.tall
                    right = round(room + (column + 1) * wide, 1)
                    yield rows.row(
                        mark,
                        left=round(left + 1, 1),
                        centre=(left + right) / 2,
                        right=round(right - 1, 1),
                        top=top + 1,
                        middle=top + self.tall / 2,
                        bottom=top + self.tall - 1,
                        tint=_tint(mark.high / most),
                        shown=self.paper.between(mark.low, mark.high) if self.is_told else "",
                        is_range=rows.is_range(mark),
                        is_sum=(down, across) in self.sums,
                    )

    def _told(self) -> list[dict[str, Any]]:
        return [
            {
                "mark": {"type": "rect"},
                "encoding": {
                    "x2": {"field": "right"},
                    "y2": {"field": "bottom"},
                    "color": {"field": "tint", "type": "nominal", "scale": None, "legend": None},
                },
            },
            {
                "mark": {
                    "type": "text",
                    "align": "center",
                    "baseline": "middle",
                    "fontSize": _SIZE,
                },
                "encoding": {
                    "x": {"field": "centre", "type": "quantitative"},
                    "y": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "shown", "type": "nominal"},
                    "color": {"value": INK},
                },
            },
        ]

    def _squares(self, cells: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Neighbours in one piece, with lines of paper between them: a tenth of what is drawn."""
        pieces: list[dict[str, Any]] = []
        for cell in cells:
            before = pieces[-1] if pieces else {"top": None, "right": 0.0}
            if before["top"] == cell["top"] and cell["left"] - before["right"] < 2.5:
                pieces[-1]["right"] = cell["right"]
            else:
                pieces.append({name: cell[name] for name in ("left", "right", "top", "bottom")})
        between = sorted({cell["left"] - 1 for cell in cells})
        return [
            {
                "data": {"values": pieces},
                "mark": {"type": "rect"},
                "encoding": {
                    "x2": {"field": "right"},
                    "y2": {"field": "bottom"},
                    "color": {"value": ACCENT},
                },
            },
            {
                "data": {"values": [{"left": left} for left in between]},
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {
                    "y": {"value": min((cell["top"] for cell in cells), default=0)},
                    "y2": {"value": max((cell["bottom"] for cell in cells), default=0)},
                    "color": {"value": PAPER},
                },
            },
        ]

    def _rules(self, width: float, *, head: float) -> dict[str, Any]:
        """A line under each row, for the eye to run along."""
        found = [{"at": head + line * self.tall} for line in range(len(self.down) + 1)]
        return {
            "data": {"values": found},
            "mark": {"type": "rule", "strokeWidth": 1},
            "encoding": {
                "x": {"value": 0},
                "x2": {"value": width},
                "y": {"field": "at", "type": "quantitative"},
                "color": {"value": LINE},
            },
        }

    def _names(self, width: float, *, head: float) -> list[dict[str, Any]]:
        paper, room, wide = self.paper, self._room(), self._column(width)
        down = []
        for line, (_, label) in enumerate(self.down):
            lines = paper.wrapped(
                label, room=room - 10, size=_SIZE, most=max(1, int(self.tall // _LEADING))
            )
            middle = head + (line + 0.5) * self.tall
            down += _lines(lines, at=0, middle=middle)
        if self.corner:
            lines = paper.wrapped(self.corner, room=room - 10, size=_SIZE, most=2)
            down += _lines(lines, at=0, middle=head - 4 - len(lines) * _LEADING / 2)
        place = {code: number for number, (code, _) in enumerate(self.across)}
        across = []
        for code, lines in self._heads(width).items():
            middle = head - 4 - len(lines) * _LEADING / 2
            across += _lines(lines, at=room + (place[code] + 0.5) * wide, middle=middle)
        return [
            _texts(down, align=paper.start, colour=INK, size=_SIZE),
            _texts(across, align="center", colour=QUIET, size=self._head_size(width)),
        ]


def _tint(share: float) -> str:
    """The further a figure from nothing, the darker; by its root, so that few are seen as well."""
    far = min(1.0, max(0.0, share)) ** 0.5
    mixed = (
        round(light + (dark - light) * far) for light, dark in zip(_LIGHTEST, _DARKEST, strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _lines(lines: Sequence[str], *, at: float, middle: float) -> list[dict[str, Any]]:
    return [
        {"at": at, "line_at": middle + (number - (len(lines) - 1) / 2) * _LEADING, "line": line}
        for number, line in enumerate(lines)
    ]


def _texts(
    found: Sequence[Mapping[str, Any]], *, align: str, colour: str, size: float
) -> dict[str, Any]:
    return {
        "data": {"values": list(found)},
        "mark": {"type": "text", "align": align, "baseline": "middle", "fontSize": size},
        "encoding": {
            "x": {"field": "at", "type": "quantitative"},
            "y": {"field": "line_at", "type": "quantitative"},
            "text": {"field": "line", "type": "nominal"},
            "color": {"value": colour},
        },
    }
