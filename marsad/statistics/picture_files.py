"""A picture as a file to take away: drawn, as a table, or as data with the query itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marsad.design.formatting import Formatter
from marsad.design.printing.made import INVENTED_PREFIX, Exported
from marsad.design.printing.sheets import Sheet, write
from marsad.design.printing.tables import Cell
from marsad.statistics import charts, invented
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.picture import Mark, Picture

#: In the order in which a page offers them.
FORMATS: Mapping[str, str] = {
    "png": "PNG",
    "svg": "SVG",
    "csv": "CSV",
    "xlsx": "Excel",
    "sdmx": "SDMX-CSV",
    "json": "JSON",
}
_MEDIA = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "sdmx": "text/csv; charset=utf-8",
}
#: Widths that a picture may be drawn in: of a page, and of a phone.
WIDTHS = {"": charts.WIDE, "wide": charts.WIDE, "narrow": charts.NARROW}


def drawn(
    picture: Picture,
    *,
    format: str,  # noqa: A002
    formatter: Formatter,
    width: str = "",
    words: bool = True,
) -> Exported:
    """The picture as SVG or PNG.

    :param words: whether title and sentences are set in it.
    """
    pixels = WIDTHS.get(width, charts.WIDE)
    if format == "svg":
        data = charts.svg(
            picture, formatter=formatter, width=pixels, words=words, embedded=True
        ).encode()
    else:
        data = charts.png(picture, formatter=formatter, width=pixels, words=words)
    return Exported(data=data, media_type=_MEDIA[format], file_name=_name(picture, format))


def tabled(picture: Picture, *, choice: Choice, format: str, address: str) -> Exported:  # noqa: A002
    """The picture as CSV, as a sheet of Excel, or as JSON with the query itself."""
    sheet = Sheet(
        name="statistics",
        title=picture.title,
        language=picture.language,
        headings=headings(picture),
        lines=[_line(mark, picture=picture) for mark in picture.marks],
        notes=[*(told for told in picture.sentences if told not in picture.withdrawn), address],
        marks=[*([str(invented.SENTENCE)] if picture.is_invented else []), *picture.withdrawn],
        mark=pgettext("between sources", "; ").join(_marks(picture)),
        at=picture.at or datetime.now(UTC),
        data=as_data(picture, choice=choice, address=address),
    )
    return write(sheet, format=format, file_name=_name(picture, format))


def _marks(picture: Picture) -> Sequence[str]:
    """What each line of a CSV says of itself."""
    told = [(picture.is_invented, _("made up")), (bool(picture.withdrawn), _("withdrawn since"))]
    return [word for holds, word in told if holds]


def sdmx(text: str, *, picture: Picture) -> Exported:
    """Observations as SDMX-CSV."""
    return Exported(
        data=text.encode(), media_type=_MEDIA["sdmx"], file_name=_name(picture, "sdmx.csv")
    )


def as_data(picture: Picture, *, choice: Choice, address: str) -> dict[str, Any]:
    """The picture for programs: every mark with its range, and the query that made it."""
    return {
        "kind": picture.kind,
        "language": picture.language,
        "title": picture.title,
        "sentences": list(picture.sentences),
        "is_share": picture.is_share,
        "is_invented": picture.is_invented,
        "as_at": picture.at.isoformat() if picture.at else None,
        "years": list(picture.years) if picture.years else None,
        "places": list(picture.places),
        "x_title": picture.x_title,
        "y_title": picture.y_title,
        "series": [{"code": code, "label": label} for code, label in picture.series],
        "order": [{"code": code, "label": label} for code, label in picture.order],
        "marks": [asdict(mark) for mark in picture.marks],
        "query": {**_asked(choice), "address": address},
    }


def _asked(choice: Choice) -> dict[str, Any]:
    told = asdict(choice)
    told["at"] = choice.at.isoformat() if choice.at else None
    return told


def headings(picture: Picture) -> Sequence[str]:
    """Of the columns of its table."""
    return [
        picture.x_title,
        *([side_title(picture)] if has_sides(picture) else []),
        *(
            [picture.y_title]
            if _counts_places(picture)
            else [
                _("{what}, at least").format(what=picture.y_title),
                _("{what}, at most").format(what=picture.y_title),
                _("Cells given as limits"),
                _("States and places"),
            ]
        ),
    ]


def has_sides(picture: Picture) -> bool:
    """Whether its marks belong to lines or sides."""
    return any(mark.series for mark in picture.marks)


def side_title(picture: Picture) -> str:
    """What stands over the column of lines or sides."""
    return _("Detected or convicted in") if picture.kind == "flows" else _("Of which")


def _counts_places(picture: Picture) -> bool:
    return picture.kind in ("classes", "coverage")


#: Of a picture over the years; a year in a file is a number, whatever digits the reader likes.
_YEAR = re.compile(r"(?a:\d{4})")


def _line(mark: Mark, *, picture: Picture) -> Sequence[Cell]:
    one: Callable[[float], Cell] = (
        (lambda value: round(value, 4)) if picture.is_share else (lambda value: int(value))
    )
    side: Sequence[Cell] = [mark.series_label] if has_sides(picture) else []
    where: Cell = int(mark.x) if _YEAR.fullmatch(mark.x) else mark.x_label
    if _counts_places(picture):
        return [where, *side, mark.states]
    return [
        where,
        *side,
        one(mark.low),
        one(mark.high),
        mark.censored,
        mark.states,
    ]


def _name(picture: Picture, extension: str) -> str:
    years = "-".join(map(str, dict.fromkeys(picture.years or ())))
    parts = ["statistics", picture.kind, years, picture.language]
    name = f"{'-'.join(part for part in parts if part)}.{extension}"
    return f"{INVENTED_PREFIX}{name}" if picture.is_invented else name


__all__ = [
    "FORMATS",
    "WIDTHS",
    "as_data",
    "drawn",
    "has_sides",
    "headings",
    "sdmx",
    "side_title",
    "tabled",
]
