"""A compilation as a Word file."""

from __future__ import annotations

from datetime import date

from marsad.design.printing.palette import WARNING
from marsad.design.printing.word import Paper, Words
from marsad.library.exports.layout import Entry, Layout
from marsad.library.exports.whole import Block, Piece, Whole

_INDEX_WIDTHS = (6, 30, 22, 16, 26)


def write(layout: Layout, *, day: date) -> bytes:
    """The compilation by groups, then the index."""
    paper = Paper(language=layout.language, title=layout.title, subject=layout.subtitle)
    paper.running(head=layout.title, foot="Marsad", page_words=layout.page_words)
    paper.paragraph(layout.title, style="Title")
    paper.paragraph(layout.subtitle, style="Subtitle")
    if layout.sample_notice:
        paper.paragraph(layout.sample_notice, style="Sample Notice")
    paper.paragraph(layout.chosen_heading, style="Table Head")
    paper.table([(note.label, note.value) for note in layout.chosen], widths=(28, 72))
    paper.paragraph(layout.colophon, style="Small")
    if layout.nothing:
        paper.paragraph(layout.nothing)
    for group in layout.groups:
        if group.heading:
            paper.paragraph(f"{group.heading} ({group.count})", style="Heading 1")
        for entry in group.entries:
            _entry(paper, entry)
    if layout.index_rows:
        paper.paragraph(layout.index_heading, style="Heading 1")
        paper.table(layout.index_rows, header=layout.index_header, widths=_INDEX_WIDTHS)
    return paper.save(day=day)


def _entry(paper: Paper, entry: Entry) -> None:
    sample = [Words(text=f"[{entry.sample}] ", bold=True, colour=WARNING)] if entry.sample else []
    first, *others = entry.lines or [""]
    number = Words(text=f"{entry.number}.\t", language=paper.language)
    words = Words(text=first, language=entry.language)
    paper.paragraph(number, *sample, words, style="Recommendation", language=entry.language)
    for line in others:
        paper.paragraph(line, style="Recommendation Part", language=entry.language)
    paper.paragraph(f"[{entry.citation}]", style="Citation")
    paper.paragraph(entry.source, style="Note")
    facts: list[Words | str] = []
    for note in entry.notes:
        facts += [" · "] if facts else []
        facts += [Words(text=f"{note.label}: ", bold=True), note.value]
    paper.paragraph(*facts, style="Note")


def write_whole(whole: Whole, *, day: date | None) -> bytes:
    """A whole document with headings, hanging numbers and real footnotes."""
    paper = Paper(language=whole.language, title=whole.title, subject=whole.head)
    paper.running(head=whole.head, foot="Marsad", page_words=whole.page_words)
    if whole.sample_notice:
        paper.paragraph(whole.sample_notice, style="Sample Notice")
    if whole.leading or whole.trailing:
        paper.masthead(whole.leading, whole.trailing)
    paper.paragraph(whole.title, style="Title")
    for line in whole.meta:
        paper.paragraph(line, style="Subtitle")
    for block in whole.blocks:
        _block(paper, block)
    if whole.stray:
        paper.paragraph(whole.stray_heading, style="Heading 3")
    for marker, note in whole.stray:
        paper.paragraph(f"{marker}\t{note}", style="Numbered Paragraph")
    paper.paragraph(whole.colophon, style="Small")
    return paper.save(day=day)


def _block(paper: Paper, block: Block) -> None:
    words = [_piece(piece) for piece in block.pieces]
    if block.kind == "heading":
        paper.paragraph(*words, style=f"Heading {block.level}")
    elif block.kind == "recommendation":
        paper.paragraph(*words, style="Heading 3")
    elif block.kind == "item":
        paper.paragraph(f"{block.number}\t", *words, style="Lettered Item")
    elif block.number:
        paper.paragraph(f"{block.number}\t", *words, style="Numbered Paragraph")
    else:
        paper.paragraph(*words, style="Body Text")


def _piece(piece: Piece) -> Words:
    if not piece.marker:
        return Words(text=piece.text)
    return Words(text=piece.text, marker=piece.marker, note=piece.note)
