"""A compilation as plain text, readable on a terminal eighty characters wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from marsad.design.printing.direction import is_rtl, isolated
from marsad.library.exports.layout import Entry, Layout
from marsad.library.exports.whole import Block, Whole

WIDTH = 80
_INDENT = "    "


def write(layout: Layout) -> bytes:
    """The whole compilation; an empty one says so."""
    return joined(_lines(layout), language=layout.language)


def joined(lines: Iterable[str], *, language: str) -> bytes:
    """The lines as a file, symbols fenced off where the language runs from right to left."""
    rtl = is_rtl(language)
    return "".join(f"{isolated(line, rtl=rtl)}\n" for line in lines).encode()


def wrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `WIDTH` characters; a symbol is never broken."""
    return textwrap.wrap(
        text,
        width=WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _lines(layout: Layout) -> Iterator[str]:
    yield from wrapped(layout.title)
    yield from wrapped(layout.subtitle)
    yield "=" * WIDTH
    if layout.sample_notice:
        yield from wrapped(f"! {layout.sample_notice}", rest="  ")
    yield f"{layout.chosen_heading}:"
    for note in layout.chosen:
        yield from wrapped(f"{note.label}: {note.value}", first="  ", rest=_INDENT)
    if layout.nothing:
        yield ""
        yield layout.nothing
    for group in layout.groups:
        if group.heading:
            yield ""
            yield from wrapped(f"{group.heading} ({group.count})")
            yield "-" * WIDTH
        for entry in group.entries:
            yield ""
            yield from _entry(entry)
    yield ""
    yield from wrapped(layout.colophon)


def _entry(entry: Entry) -> Iterator[str]:
    number = f"{entry.number}. ".ljust(len(_INDENT))
    sample = f"[{entry.sample}] " if entry.sample else ""
    for place, line in enumerate(entry.lines):
        start = number + sample if place == 0 else _INDENT
        yield from wrapped(line, first=start, rest=_INDENT)
    yield from wrapped(f"[{entry.citation}]", first=_INDENT, rest=_INDENT)
    yield from wrapped(entry.source, first=_INDENT, rest=_INDENT)
    for note in entry.notes:
        yield from wrapped(f"{note.label}: {note.value}", first=_INDENT, rest=_INDENT * 2)


def write_whole(whole: Whole) -> bytes:
    """A whole document; its footnotes follow the text."""
    return joined(_whole_lines(whole), language=whole.language)


def _whole_lines(whole: Whole) -> Iterator[str]:
    if whole.sample_notice:
        yield from wrapped(f"! {whole.sample_notice}", rest="  ")
        yield ""
    yield from (*whole.leading, *whole.trailing)
    yield "=" * WIDTH
    yield from wrapped(whole.title)
    for line in whole.meta:
        yield from wrapped(line)
    for block in whole.blocks:
        yield ""
        yield from _block(block)
    notes = [(piece.marker, piece.note) for block in whole.blocks for piece in block.pieces]
    notes = [*((marker, note) for marker, note in notes if note), *whole.stray]
    if notes:
        yield ""
        yield "-" * 20
    for marker, note in notes:
        yield from wrapped(f"[{marker}] {note}", rest=_INDENT)
    yield ""
    yield from wrapped(whole.colophon)


def _block(block: Block) -> Iterator[str]:
    text = "".join(
        piece.text + (f" [{piece.marker}]" if piece.marker else "") for piece in block.pieces
    )
    if block.kind in ("heading", "recommendation"):
        yield from wrapped(text)
        yield ("=" if block.level == 1 and block.kind == "heading" else "-") * min(len(text), WIDTH)
        return
    indent = _INDENT if block.kind == "item" else ""
    start = f"{block.number} " if block.number else ""
    yield from wrapped(text, first=indent + start, rest=indent)
