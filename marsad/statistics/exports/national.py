"""A national report as Word, PDF or JSON: the same words, figures and pictures in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter, reading_as
from marsad.design.printing.direction import is_rtl
from marsad.design.printing.formats import FORMATS
from marsad.design.printing.made import INVENTED_PREFIX, Exported
from marsad.design.printing.pdf import line, typeset
from marsad.design.printing.word import Paper
from marsad.statistics import charts, problems
from marsad.statistics.types.national import NationalReport, NationalSection, NationalTable

#: What a report can be taken away as, in the order a page offers it.
OFFERED = ("pdf", "docx", "json")
TEMPLATE = Path(__file__).parent / "templates" / "national.typ"
#: Width of a picture in Word, in millimetres.
_PICTURE = 150
#: Shares of the line: the first column holds words, all others figures.
_FIRST, _OTHER = 24, 14


def write(report: NationalReport, *, format: str) -> Exported:  # noqa: A002
    """A report as one of `OFFERED`, in its language and with the digits of that language.

    :raises UnknownFormat: if `format` is none of them.
    """
    if format not in OFFERED:
        raise problems.UnknownFormat(given=format, choices=", ".join(OFFERED))
    kind = FORMATS[format]
    with reading_as(language=report.language) as formatter:
        data = _WRITERS[format](report, formatter)
    prefix = INVENTED_PREFIX if report.is_invented else ""
    code = report.code.lower().replace("+", "-")
    return Exported(
        data=data,
        media_type=kind.media_type,
        file_name=f"{prefix}national-report-{code}-{report.language}.{kind.extension}",
    )


def front(report: NationalReport) -> list[str]:
    """What stands under the title: source and date."""
    return list(report.sources)


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────
def _word(report: NationalReport, formatter: Formatter) -> bytes:
    paper = Paper(language=report.language, title=report.title, subject=report.name)
    paper.running(
        head=" · ".join([report.title, *report.marks]),
        foot="Marsad",
        page_words=_("Page {page} of {pages}"),
    )
    for mark in report.marks:
        paper.paragraph(mark, style="Sample Notice")
    paper.paragraph(report.title, style="Title")
    for said in front(report):
        paper.paragraph(formatter.text(said), style="Subtitle")
    for said in report.summary:
        paper.paragraph(formatter.text(said))
    for section in report.sections:
        _word_section(paper, section, formatter)
    return paper.save(day=timezone.localdate(report.at))


def _word_section(paper: Paper, section: NationalSection, formatter: Formatter) -> None:
    paper.paragraph(section.title, style="Heading 1")
    for said in (*section.sentences, *section.untold):
        paper.paragraph(formatter.text(said))
    if section.picture is not None:
        told = section.picture
        paper.paragraph(told.title, style="Figure Title")
        drawn = charts.png(told, formatter=formatter, words=False)
        paper.picture(drawn, width=_PICTURE, says=f"{told.title}. {' '.join(told.sentences)}")
        for said in told.sentences:
            paper.paragraph(said, style="Note")
    if section.table is not None:
        table = section.table
        paper.table(
            [[cell.text for cell in row] for row in table.rows],
            header=[formatter.text(heading) for heading in table.header],
            widths=[_FIRST, *[_OTHER] * (len(table.header) - 1)],
        )


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────
def _pdf(report: NationalReport, formatter: Formatter) -> bytes:
    rtl = is_rtl(report.language)

    def lines(said: Any) -> list[Any]:
        return [line(formatter.text(each), rtl=rtl) for each in said]

    content = {
        "marks": lines(report.marks),
        "front": lines(front(report)),
        "summary": lines(report.summary),
        "sections": [
            {
                "title": line(section.title, rtl=rtl),
                "sentences": lines((*section.sentences, *section.untold)),
                "picture": _drawn(section, formatter),
                "alt": section.picture.title if section.picture else "",
                "picture_title": line(section.picture.title, rtl=rtl) if section.picture else [],
                "notes": lines(section.picture.sentences) if section.picture else [],
                "header": lines(section.table.header) if section.table else [],
                "rows": _rows(section.table, rtl=rtl),
            }
            for section in report.sections
        ],
    }
    return typeset(
        TEMPLATE,
        content,
        language=report.language,
        title=report.title,
        head=" · ".join([report.title, *report.marks]),
        page_words=_("Page {page} of {pages}"),
        day=timezone.localdate(report.at),
        formatter=formatter,
    )


def _drawn(section: NationalSection, formatter: Formatter) -> str:
    if section.picture is None:
        return ""
    return charts.svg(section.picture, formatter=formatter, words=False)


def _rows(table: NationalTable | None, *, rtl: bool) -> list[list[dict[str, Any]]]:
    if table is None:
        return []
    return [
        [{"text": line(cell.text, rtl=rtl), "untold": cell.is_untold} for cell in row]
        for row in table.rows
    ]


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────
def _json(report: NationalReport, _formatter: Formatter) -> bytes:
    return json.dumps(asdict(report), ensure_ascii=False, indent=1, default=str).encode()


_WRITERS: Mapping[str, Callable[[NationalReport, Formatter], bytes]] = {
    "docx": _word,
    "pdf": _pdf,
    "json": _json,
}

__all__ = ["OFFERED", "front", "write"]
