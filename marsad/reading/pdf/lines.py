"""The glyphs of a page in, its lines in reading order out."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from marsad.reading.pdf.columns import parted
from marsad.reading.pdf.doubles import drawn_once
from marsad.reading.pdf.glyphs import Glyph
from marsad.reading.pdf.ligatures import is_mark, spell
from marsad.reading.pdf.order import Direction, Sign, direction_of, read_line

#: Air between two words, in heights of type; justified lines squeeze it to about 0.15.
_WORD_GAP: Final = 0.12
#: The same where a blank was drawn.
_DRAWN_GAP: Final = 0.03
#: Air that parts columns or cells, in heights of type.
_WIDE_GAP: Final = 2.5
#: How far below one another two glyphs of one line may stand, in heights of type.
_SAME_LINE: Final = 0.25
#: Line distance, against the usual one of the page, from which a paragraph ends.
_PARAGRAPH: Final = 1.35
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACE: Final = Sign(text=" ", direction=Direction.NEUTRAL)
_WIDE_SPACE: Final = Sign(text="   ", direction=Direction.NEUTRAL)


@dataclass(slots=True)
class Line:
    base: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)
    #: Where blanks were drawn on it, from left to right.
    blanks: list[tuple[float, float]] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(glyph.left for glyph in self.glyphs)

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs)


def text_of(glyphs: list[Glyph]) -> str:
    """The lines of a page, a blank one between paragraphs; turned text comes after the upright."""
    spell(glyphs)
    turns = Counter(glyph.turns for glyph in glyphs)
    return "\n\n".join(
        text
        for turn, _count in turns.most_common()
        if (text := _upright([glyph for glyph in glyphs if glyph.turns == turn])).strip()
    )


def _upright(glyphs: list[Glyph]) -> str:
    glyphs = drawn_once(glyphs)
    from_right = _runs_from_right(glyphs)
    lines = _lines(glyphs)
    blocks = parted(lines, from_right=from_right)
    if len(blocks) > 1:
        blanks = [glyph for glyph in glyphs if glyph.text.isspace()]
        return "\n\n".join(_block(_lines([*each, *blanks]), from_right) for each in blocks)
    return _block(lines, from_right)


def _block(lines: Sequence[Line], from_right: bool) -> str:
    """One column, a blank line between paragraphs."""
    steps = [above.base - below.base for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    text: list[str] = []
    for number, line in enumerate(lines):
        if number and steps[number - 1] > _PARAGRAPH * usual:
            text.append("")
        text.append(_text(line, page_from_right=from_right))
    return "\n".join(text)


def _runs_from_right(glyphs: Iterable[Glyph]) -> bool:
    directions = Counter(direction_of(glyph.text) for glyph in glyphs)
    return directions[Direction.RIGHT] > 0.4 * directions[Direction.LEFT]


def _lines(glyphs: list[Glyph]) -> list[Line]:
    """Glyphs gathered into lines, from the top of the page."""
    standing = [g for g in glyphs if not g.text.isspace() and not is_mark(g.text)]
    lines: list[Line] = []
    for glyph in sorted(standing, key=lambda g: -g.base):
        last = lines[-1] if lines else None
        if last is None or last.base - glyph.base > _SAME_LINE * min(last.size, glyph.size):
            lines.append(Line(base=glyph.base, size=glyph.size))
        lines[-1].base = glyph.base
        lines[-1].size = max(lines[-1].size, glyph.size)
        lines[-1].glyphs.append(glyph)
    lines = _without_raised(lines)
    _lay_blanks([g for g in glyphs if g.text.isspace()], lines)
    _hang_marks([g for g in glyphs if is_mark(g.text)], lines)
    return lines


def _without_raised(lines: list[Line]) -> list[Line]:
    """Raised footnote marks and lowered figures brought back into the line they belong to."""
    kept: list[Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        if above is not None and _belongs(above, line):
            _merge(small=above, line=line, raised=True)
            kept[-1] = line
        elif above is not None and _belongs(line, above):
            _merge(small=line, line=above, raised=False)
        else:
            kept.append(line)
    return kept


def _belongs(small: Line, line: Line) -> bool:
    if small.size > 0.85 * line.size or abs(small.base - line.base) > 0.7 * line.size:
        return False
    return all(
        glyph.right - other.left < 0.2 * line.size or other.right - glyph.left < 0.2 * line.size
        for glyph in small.glyphs
        for other in line.glyphs
        if not (other.right < glyph.left or glyph.right < other.left)
    )


def _merge(*, small: Line, line: Line, raised: bool) -> None:
    for glyph in small.glyphs:
        if raised:
            glyph.text = glyph.text.translate(_RAISED)
    line.glyphs.extend(small.glyphs)


def _lay_blanks(blanks: Sequence[Glyph], lines: Sequence[Line]) -> None:
    places = [-line.base for line in lines]
    for blank in blanks:
        at = bisect_left(places, -blank.base)
        for line in lines[max(0, at - 1) : at + 1]:
            if abs(line.base - blank.base) < _SAME_LINE * line.size:
                line.blanks.append((blank.left, blank.right))
    for line in lines:
        line.blanks.sort()


def _hang_marks(marks: Sequence[Glyph], lines: list[Line]) -> None:
    """Marks go to the line whose letters they are drawn over, whatever height they were given."""
    for mark in marks:
        near = [line for line in lines if abs(line.base - mark.base) < 1.2 * line.size]
        if near:
            min(near, key=lambda line: abs(line.base - mark.base)).glyphs.append(mark)


def _text(line: Line, *, page_from_right: bool) -> str:
    signs = _signs(line)
    directions = Counter(sign.direction for sign in signs)
    right, left = directions[Direction.RIGHT], directions[Direction.LEFT]
    numbers_only = directions[Direction.ARABIC_FIGURE] > 0 and left == 0
    from_right = right > 0 or numbers_only if page_from_right else right > left
    return read_line(signs, from_right=from_right).strip()


def _signs(line: Line) -> list[Sign]:
    """The line from left to right, blanks put where there is air."""
    letters = sorted((g for g in line.glyphs if not is_mark(g.text)), key=lambda g: g.start)
    texts = [letter.text for letter in letters]
    for mark in sorted((g for g in line.glyphs if is_mark(g.text)), key=lambda g: g.index):
        at = _under(mark, letters)
        if not texts[at].endswith(mark.text):
            texts[at] += mark.text
    signs: list[Sign] = []
    reached: float | None = None
    for glyph, text in zip(letters, texts, strict=True):
        if reached is not None:
            gap = (glyph.start - reached) / max(glyph.size, 0.1)
            signs.extend(_air(gap, word_gap=_word_gap(line, reached, glyph.start)))
        signs.append(Sign(text=text, direction=direction_of(text)))
        reached = glyph.right if reached is None else max(reached, glyph.right)
    return signs


def _word_gap(line: Line, left: float, right: float) -> float:
    """How much air parts two words here; a blank that was drawn there needs little."""
    at = bisect_left(line.blanks, ((left + right) / 2, 0.0))
    near = line.blanks[max(0, at - 1) : at + 1]
    slack = 0.1 * line.size
    drawn = any(start < right + slack and end > left - slack for start, end in near)
    return _DRAWN_GAP if drawn else _WORD_GAP


def _air(gap: float, *, word_gap: float) -> list[Sign]:
    if gap > _WIDE_GAP:
        return [_WIDE_SPACE]
    return [_SPACE] if gap > word_gap else []


def _under(mark: Glyph, letters: Sequence[Glyph]) -> int:
    """The place of the letter over which a mark is drawn."""
    middle = (mark.left + mark.right) / 2
    return min(
        range(len(letters)),
        key=lambda at: abs((letters[at].left + letters[at].right) / 2 - middle),
    )
