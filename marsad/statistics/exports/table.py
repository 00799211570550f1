"""A named table as CSV, Excel, JSON, Word or SDMX, with its definition on top in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import lang_dir, reading_as
from marsad.design.printing.made import INVENTED_PREFIX, Exported
from marsad.design.printing.word import Paper
from marsad.statistics import invented, places, problems
from marsad.statistics.queries import tables as queries
from marsad.statistics.types.table import TableView
from marsad.tabulation import labels, sdmx, writing

#: What a table can be taken away as, and what a reader calls that.
FORMATS: Mapping[str, str | Promise] = {
    "xlsx": "Excel",
    "docx": _("Word"),
    "csv": "CSV",
    "json": "JSON",
    "sdmx": "SDMX",
}
#: What cannot be printed into a terminal.
BINARY = frozenset(("xlsx", "docx"))
#: Word grows slow with what is longer, and nobody reads it.
MOST_IN_WORD = 2_000
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA = {
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "sdmx": "application/vnd.sdmx.data+csv; charset=utf-8; version=2.0.0",
}
_ENDS = {"sdmx": "sdmx.csv"}
#: Words get more of the line than numbers do.
_WIDE, _NARROW = 16, 10


def write(
    view: TableView,
    *,
    format: str,  # noqa: A002
    origins: Sequence[Any] | None = None,
    marked: bool = False,
) -> Exported:
    """A table in one of `FORMATS`, in its language.

    :param origins: where each line comes from; goes into JSON.
    :param marked: open text with the byte-order mark that spreadsheets need to see Arabic.
    :raises UnknownFormat: for another format.
    :raises TooLongForWord: where a Word file would never end.
    """
    if format not in FORMATS:
        raise problems.UnknownFormat(given=format, choices=", ".join(FORMATS))
    data = _json(view, origins) if format == "json" else _WRITERS[format](view)
    if marked and format == "csv":
        data = b"\xef\xbb\xbf" + data
    name = f"{view.choice.name}-{view.language}.{_ENDS.get(format, format)}"
    prefix = INVENTED_PREFIX if view.is_invented else ""
    return Exported(data=data, media_type=_MEDIA[format], file_name=f"{prefix}{name}")


def above(view: TableView) -> list[str]:
    """What stands above the table in every format."""
    with reading_as(language=view.language):
        marks = [str(invented.SENTENCE)] if view.is_invented else []
    return [*marks, *view.above]


def _csv(view: TableView) -> bytes:
    return writing.to_csv(view.records, above=above(view)).encode()


def _xlsx(view: TableView) -> bytes:
    told = labels.in_words(view.records, view.language, named=places.names())
    return writing.to_xlsx(
        told,
        above=above(view),
        title=view.title,
        right_to_left=lang_dir(view.language) == "rtl",
    )


def _sdmx(view: TableView) -> bytes:
    text = sdmx.table_as_sdmx(
        view.records, name=view.choice.name, above=above(view), sdg=view.is_sdg
    )
    return text.encode()


def _json(view: TableView, origins: Sequence[Any] | None) -> bytes:
    records = [dict(one) for one in view.records]
    if origins is not None:
        records = [one | {"origin": origin} for one, origin in zip(records, origins, strict=True)]
    columns = list(view.records[0]) if view.records else []
    told = {
        "name": view.choice.name,
        "title": view.title,
        "language": view.language,
        "above": above(view),
        "at": view.at.isoformat(),
        "sources": list(view.sources),
        "is_invented": view.is_invented,
        "columns": [
            {"name": name, "label": labels.heading(name, view.language)} for name in columns
        ],
        "records": records,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _docx(view: TableView) -> bytes:
    if len(view.records) > MOST_IN_WORD:
        raise problems.TooLongForWord(count=len(view.records), most=MOST_IN_WORD)
    with reading_as(language=view.language) as write:
        paper = Paper(language=view.language, title=view.title, subject=view.above[1])
        paper.running(head=view.title, foot="Marsad", page_words=str(_("Page {page} of {pages}")))
        if view.is_invented:
            paper.paragraph(str(invented.SENTENCE), style="Sample Notice")
        paper.paragraph(view.title, style="Title")
        for said in view.above[1:]:
            paper.paragraph(write.text(said), style="Small")
        if view.records:
            paper.table(
                [[cell.text for cell in line] for line in queries.lines(view)],
                header=[column.label for column in view.columns],
                widths=[_NARROW if column.is_number else _WIDE for column in view.columns],
            )
        else:
            paper.paragraph(str(_("No figures were reported for this choice.")))
        return paper.save(day=view.at.date())


_WRITERS: Mapping[str, Callable[[TableView], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "docx": _docx,
    "sdmx": _sdmx,
}
