"""PDF by Typst: the templates are fixed, the content is data and never markup."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from marsad.design.formatting import Formatter
from marsad.design.printing.direction import is_rtl
from marsad.design.printing.pdf import direction, line, typeset
from marsad.library.exports.layout import Entry, Layout, Note
from marsad.library.exports.whole import Block, Whole

TEMPLATES = Path(__file__).parent / "templates"


def write(layout: Layout, *, day: date, formatter: Formatter) -> bytes:
    """The compilation by groups, then the index."""
    rtl = is_rtl(layout.language)
    content = {
        "subtitle": line(layout.subtitle, rtl=rtl),
        "colophon": line(layout.colophon, rtl=rtl),
        "sample_notice": line(layout.sample_notice, rtl=rtl),
        "chosen_heading": layout.chosen_heading,
        "chosen": _notes(layout.chosen, rtl=rtl),
        "nothing": layout.nothing,
        "groups": [
            {
                "heading": line(group.heading, rtl=rtl),
                "count": group.count,
                "entries": [_entry(entry, rtl=rtl) for entry in group.entries],
            }
            for group in layout.groups
        ],
        "index_heading": layout.index_heading,
        "index_header": layout.index_header,
        "index_rows": [[line(cell, rtl=rtl) for cell in row] for row in layout.index_rows],
    }
    return typeset(
        TEMPLATES / "compilation.typ",
        content,
        language=layout.language,
        title=layout.title,
        head=layout.title,
        page_words=layout.page_words,
        day=day,
        formatter=formatter,
    )


def write_whole(whole: Whole, *, day: date | None, formatter: Formatter) -> bytes:
    """A whole document with hanging numbers, and footnotes at the foot of their page."""
    rtl = is_rtl(whole.language)
    content = {
        "leading": [line(each, rtl=rtl) for each in whole.leading],
        "trailing": [line(each, rtl=rtl) for each in whole.trailing],
        "meta": [line(each, rtl=rtl) for each in whole.meta],
        "sample_notice": line(whole.sample_notice, rtl=rtl),
        "colophon": line(whole.colophon, rtl=rtl),
        "blocks": [_block(block, rtl=rtl) for block in whole.blocks],
        "stray_heading": whole.stray_heading,
        "stray": [{"marker": marker, "note": line(note, rtl=rtl)} for marker, note in whole.stray],
    }
    return typeset(
        TEMPLATES / "document.typ",
        content,
        language=whole.language,
        title=whole.title,
        head=whole.head,
        page_words=whole.page_words,
        day=day,
        formatter=formatter,
    )


def _block(block: Block, *, rtl: bool) -> dict[str, Any]:
    pieces = [
        {
            "text": line(piece.text, rtl=rtl),
            "marker": piece.marker,
            "note": line(piece.note, rtl=rtl),
        }
        for piece in block.pieces
    ]
    return {"kind": block.kind, "level": block.level, "number": block.number, "pieces": pieces}


def _notes(notes: Sequence[Note], *, rtl: bool) -> list[dict[str, Any]]:
    return [{"label": note.label, "value": line(note.value, rtl=rtl)} for note in notes]


def _entry(entry: Entry, *, rtl: bool) -> dict[str, Any]:
    own = is_rtl(entry.language)
    return {
        "number": entry.number,
        "sample": entry.sample,
        "language": entry.language,
        "direction": direction(own),
        "lines": [line(each, rtl=own) for each in entry.lines],
        "citation": line(entry.citation, rtl=rtl),
        "source": line(entry.source, rtl=rtl),
        "notes": _notes(entry.notes, rtl=rtl),
    }
