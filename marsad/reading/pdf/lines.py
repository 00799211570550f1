"""Glyphs in, lines of text in reading order out."""

from __future__ import annotations

from marsad.reading.pdf.glyphs import Glyph


def text_of(glyphs: list[Glyph]) -> str:
    """The lines of a page."""
    lines: list[str] = []
    previous: Glyph | None = None
    for glyph in glyphs:
        if previous is None or abs(glyph.base - previous.base) > 0.5 * max(glyph.size, 1):
            lines.append("")
        lines[-1] += glyph.text
        previous = glyph
    return "\n".join(lines)
