"""A composed report as Word, PDF or JSON: the same words, numbers and footnotes in each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marsad.design.formatting import Formatter, reading_as
from marsad.design.printing.direction import is_rtl
from marsad.design.printing.formats import FORMATS
from marsad.design.printing.made import Exported, file_stem
from marsad.design.printing.pdf import direction, line, typeset
from marsad.design.printing.word import Paper, Words
from marsad.review import charts, invented, problems
from marsad.review.composing import last_day
from marsad.review.exports.front import FirstPage, first_page
from marsad.review.types.report import Composed, Item, Note, Passage, Span

#: What a report can be taken away as, in the order a page offers it.
OFFERED = ("docx", "pdf", "json")
TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
#: Shares of the line that the columns of the annex and of a chart's table have.
_ANNEX_WIDTHS = (14, 56, 10, 10, 10)
_CHART_WIDTHS = (80, 20)
#: Width of a chart in Word, in millimetres.
_PICTURE = 130


def write(report: Composed, *, format: str) -> Exported:  # noqa: A002
    """Write a report as one of `OFFERED`, in its language and with the digits of that language.

    :raises UnknownReportFormat: if `format` is none of them.
    """
    if format not in OFFERED:
        raise problems.UnknownReportFormat(given=format, choices=", ".join(OFFERED))
    kind = FORMATS[format]
    with reading_as(language=report.language) as formatter:
        data = _WRITERS[format](report, formatter)
    stem = file_stem(report.symbol or f"marsad-report-{report.key}")
    name = f"{stem}-{report.language}.{kind.extension}"
    return Exported(
        data=data,
        media_type=kind.media_type,
        file_name=invented.file_name(name, is_invented=report.is_invented),
    )


def heading_of(passage: Passage, *, language: str) -> str:
    """A number or letter as it stands before a heading."""
    if not passage.printed:
        return ""
    return f"{passage.printed} – " if language == "ar" else f"{passage.printed}. "


def annex_header() -> list[str]:
    """The columns of the annex."""
    return [
        pgettext("figure", "Place"),
        _("What was counted"),
        pgettext("figure", "Number"),
        pgettext("figure", "Of"),
        _("Not known"),
    ]


def annex_rows(passage: Passage, *, formatter: Formatter) -> list[list[str]]:
    """Every figure of the report, line by line."""
    return [
        [
            row.paragraph,
            formatter.text(row.words),
            formatter.number(row.figure.n),
            formatter.number(row.figure.of),
            formatter.number(row.figure.not_known),
        ]
        for row in passage.rows
    ]


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────
def _word(report: Composed, formatter: Formatter) -> bytes:
    page = first_page(report, formatter=formatter)
    paper = Paper(language=report.language, title=report.title, subject=page.head)
    paper.running(head=page.head, foot="Marsad", page_words=page.page_words)
    for mark in page.marks:
        paper.paragraph(mark, style="Sample Notice")
    paper.masthead(page.leading or ["Marsad"], page.trailing)
    for said in page.lines[:-1] if report.author else page.lines:
        paper.paragraph(said, style="Subtitle")
    paper.paragraph(report.title, style="Title")
    if report.author:
        paper.paragraph(report.author, style="Subtitle")
    for passage in report.passages:
        _WORD[passage.kind](paper, passage, formatter)
    paper.paragraph(page.colophon, style="Small")
    return paper.save(day=_day(report))


def _runs(spans: Sequence[Span], *, formatter: Formatter) -> Iterator[Words]:
    for span in spans:
        note: Note | None = span.note
        yield Words(
            text=span.text,
            marker=formatter.text(note.marker) if note else "",
            note=note.text if note else "",
        )


def _word_heading(level: int) -> Any:
    def put(paper: Paper, passage: Passage, formatter: Formatter) -> None:
        number = Words(text=heading_of(passage, language=paper.language))
        paper.paragraph(
            number, *_runs(passage.spans, formatter=formatter), style=f"Heading {level}"
        )
        if passage.rows:
            rows = annex_rows(passage, formatter=formatter)
            paper.table(rows, header=annex_header(), widths=_ANNEX_WIDTHS)

    return put


def _word_paragraph(paper: Paper, passage: Passage, formatter: Formatter) -> None:
    stop = "-" if paper.language == "ar" else "."
    number = Words(text=f"{passage.printed}{stop}\t")
    paper.paragraph(number, *_runs(passage.spans, formatter=formatter), style="Numbered Paragraph")
    for item in passage.items:
        letter = Words(text=f"({item.printed})\t")
        paper.paragraph(letter, *_runs(item.spans, formatter=formatter), style="Lettered Item")


def _word_extract(paper: Paper, passage: Passage, formatter: Formatter) -> None:
    opens, closes = _quotes(passage.language)
    runs = list(_runs(passage.spans, formatter=formatter))
    last = runs[-1] if runs else Words(text="")
    runs[-1:] = [Words(text=f"{last.text}{closes}", marker=last.marker, note=last.note)]
    paper.paragraph(Words(text=opens), *runs, style="Extract", language=passage.language)
    if passage.source:
        paper.paragraph(passage.source, style="Extract Source")


def _quotes(language: str) -> tuple[str, str]:
    return ("«", "»") if is_rtl(language) else ("“", "”")


def _word_chart(paper: Paper, passage: Passage, formatter: Formatter) -> None:
    number = Words(text=heading_of(passage, language=paper.language))
    paper.paragraph(number, *_runs(passage.spans, formatter=formatter), style="Figure Title")
    if passage.chart is None:
        return
    rows = charts.table(passage.chart, formatter=formatter)
    said = "; ".join(f"{label}: {count}" for label, count in rows)
    paper.picture(charts.png(passage.chart, formatter=formatter), width=_PICTURE, says=said)
    header = (passage.chart.answers_heading, passage.chart.count_heading)
    paper.table(rows, header=header, widths=_CHART_WIDTHS)


_WORD = {
    "chapter": _word_heading(1),
    "annex": _word_heading(1),
    "section": _word_heading(2),
    "paragraph": _word_paragraph,
    "states": _word_paragraph,
    "recommendation": _word_paragraph,
    "extract": _word_extract,
    "chart": _word_chart,
}


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────
def _pdf(report: Composed, formatter: Formatter) -> bytes:
    page = first_page(report, formatter=formatter)
    rtl = is_rtl(report.language)
    content = {
        **_front(page, rtl=rtl),
        # Whole, where a running head is cut otherwise: the mark of what is invented stays readable.
        "head": line(page.head, rtl=rtl),
        "passages": [
            _passage(each, language=report.language, formatter=formatter)
            for each in report.passages
        ],
        "annex_header": annex_header(),
    }
    return typeset(
        TEMPLATE,
        content,
        language=report.language,
        title=report.title,
        head=page.head,
        page_words=page.page_words,
        day=_day(report),
        formatter=formatter,
    )


def _front(page: FirstPage, *, rtl: bool) -> dict[str, Any]:
    return {
        "leading": [line(each, rtl=rtl) for each in page.leading],
        "trailing": [line(each, rtl=rtl) for each in page.trailing],
        "lines": [line(each, rtl=rtl) for each in page.lines],
        "marks": [line(each, rtl=rtl) for each in page.marks],
        "colophon": line(page.colophon, rtl=rtl),
    }


def _passage(passage: Passage, *, language: str, formatter: Formatter) -> dict[str, Any]:
    rtl = is_rtl(passage.language or language)
    number = passage.printed
    if passage.kind in ("chapter", "section", "chart", "annex"):
        number = heading_of(passage, language=language)
    said: dict[str, Any] = {
        "kind": passage.kind,
        "number": number + ("-" if language == "ar" else ".") if passage.number else number,
        "direction": direction(rtl),
        "pieces": _pieces(passage.spans, rtl=rtl, formatter=formatter),
        "items": [_item(item, rtl=rtl, formatter=formatter) for item in passage.items],
        "source": line(passage.source, rtl=is_rtl(language)),
        "quotes": _quotes(passage.language),
        "rows": [
            [line(cell, rtl=is_rtl(language)) for cell in row]
            for row in annex_rows(passage, formatter=formatter)
        ],
        "picture": "",
        "table": [],
    }
    if passage.chart is not None:
        said["picture"] = charts.svg(passage.chart, formatter=formatter)
        said["table"] = [
            [line(label, rtl=is_rtl(language)), count]
            for label, count in charts.table(passage.chart, formatter=formatter)
        ]
        said["table_header"] = [passage.chart.answers_heading, passage.chart.count_heading]
        said["alt"] = passage.chart.title
    return said


def _item(item: Item, *, rtl: bool, formatter: Formatter) -> dict[str, Any]:
    pieces = _pieces(item.spans, rtl=rtl, formatter=formatter)
    return {"number": f"({item.printed})", "pieces": pieces}


def _pieces(spans: Sequence[Span], *, rtl: bool, formatter: Formatter) -> list[dict[str, Any]]:
    return [
        {
            "text": line(span.text, rtl=rtl),
            "marker": formatter.text(span.note.marker) if span.note else "",
            "note": line(span.note.text, rtl=is_rtl(formatter.language)) if span.note else [],
        }
        for span in spans
    ]


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────
def _json(report: Composed, formatter: Formatter) -> bytes:
    return json.dumps(as_data(report, formatter=formatter), ensure_ascii=False, indent=1).encode()


def as_data(report: Composed, *, formatter: Formatter) -> dict[str, Any]:
    """The whole report as data: each figure with its query, its moment and what is not known."""
    return {
        "key": report.key,
        "round": report.round_key,
        "language": report.language,
        "title": report.title,
        "symbol": report.symbol,
        "front": report.front.as_data(),
        "as_at": report.as_at.isoformat(),
        "last_day": last_day(report.as_at).isoformat(),
        "published_at": report.published_at.isoformat() if report.published_at else None,
        "is_invented": report.is_invented,
        "marks": list(first_page(report, formatter=formatter).marks),
        "passages": [_passage_data(each, formatter=formatter) for each in report.passages],
        "notes": [{"marker": note.marker, "text": note.text} for note in report.notes],
    }


def _passage_data(passage: Passage, *, formatter: Formatter) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": passage.kind,
        "anchor": passage.anchor,
        "number": passage.number,
        "printed": passage.printed,
        "language": passage.language,
        "text": "".join(span.text for span in passage.spans),
        "figures": _figures(passage),
        "notes": [span.note.marker for span in passage.spans if span.note],
    }
    if passage.items:
        data["items"] = [
            {"letter": item.letter, "text": "".join(span.text for span in item.spans)}
            for item in passage.items
        ]
    if passage.states:
        data["states"] = list(passage.states)
    if passage.source:
        data["source"] = passage.source
    if passage.about:
        data["about"] = dict(passage.about)
    if passage.rows:
        data["rows"] = [
            {"place": row.paragraph, "words": row.words, "figure": row.figure.as_data()}
            for row in passage.rows
        ]
    if passage.chart:
        data["chart"] = charts.specification(passage.chart, formatter=formatter)
        data["bars"] = [
            {
                "label": bar.label,
                "count": bar.count,
                "kind": bar.kind,
                "figure": bar.figure.as_data() if bar.figure else None,
            }
            for bar in passage.chart.bars
        ]
    return data


def _figures(passage: Passage) -> dict[str, Any]:
    spans = [*passage.spans, *(span for item in passage.items for span in item.spans)]
    return {span.name: span.figure.as_data() for span in spans if span.figure}


def _day(report: Composed) -> Any:
    # The day in Vienna, as on the page.
    published = report.published_at
    return timezone.localdate(published) if published else last_day(report.as_at)


_WRITERS = {"docx": _word, "pdf": _pdf, "json": _json}

__all__ = ["OFFERED", "annex_header", "annex_rows", "as_data", "heading_of", "write"]
