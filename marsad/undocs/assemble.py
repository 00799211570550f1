"""Blocks become paragraphs, items, sections and notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from .body import Block
from .digits import lower_raised, to_latin
from .footnotes import Note
from .lines import Line, as_ranges
from .markers import ITEM, item_places, letter_at
from .types import (
    AgendaItem,
    Doubt,
    Footnote,
    FootnoteMark,
    Item,
    Lines,
    LooseText,
    Paragraph,
    Section,
)

#: What may stand before an item that runs on inside a line: "…: (a) …; (b) …; and (c) …".
_BEFORE_ITEM = re.compile(r"[:؛;.,،：；。，、]\s*(?:(?:و|and|or|et|y|o|и)\s*)?$")
_SEMICOLON = re.compile(r"[;؛；]")
#: A letter behind such a word is a reference: "subparagraph (b)", "item 2 (d)".
_REFERENCE = re.compile(
    r"(?:\d|فقر\S*|بند\S*|الفرعي\S*|paragraphs?|items?|alineas?|alinéas?|inciso|apartado|пункт\w*|第|项)"
    r"\s*$",
    re.IGNORECASE,
)
#: A mark set apart by a caret or raised: "^(1)", "⁽¹⁾", "¹".
_RAISED_MARK = re.compile(
    r"\s?(?:\^[(（]?(\d{1,3})[)）]?|[⁽]([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[⁾]|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))"
)
#: A mark in plain brackets after a word or a stop: "…عبر الوطنية،(1) …", ".(2)".
_BRACKET_MARK = re.compile(r"(?<=[^\s(（\d])\s?[(（](\d{1,3})[)）]")
#: A mark glued to a word, as it comes out of a Latin text layer: "Crime,1 and".
_GLUED_MARK = re.compile(r"(?<=[a-zà-ÿа-я”\")])[.,;:]?(\d{1,2})(?=[\s,.;:)]|$)")
_STAR = re.compile(r"(?<=[^\s*])\s?\*{1,3}(?=\s|$|[.,،])")


@dataclass(kw_only=True)
class Marks:
    """Takes footnote marks out of texts, in the order of the document."""

    #: Markers of the footnotes there are.
    known: frozenset[str]
    #: Every mark met: marker and where it stands.
    met: list[tuple[str, str]] = field(default_factory=list)
    #: The number of the last mark met.
    last: int = 0

    def take(self, text: str, anchor: str) -> tuple[str, tuple[FootnoteMark, ...]]:
        """The text without its marks, and the marks."""
        spans = sorted(
            [*self._raised(text), *self._bracketed(text), *self._glued(text), *self._starred(text)]
        )
        if not spans:
            return text.strip(), ()
        parts: list[str] = []
        marks: list[FootnoteMark] = []
        done = length = 0
        for start, end, marker in spans:
            if start < done:
                continue
            parts.append(text[done:start])
            length += start - done
            marks.append(FootnoteMark(marker=marker, at=length))
            self.met.append((marker, anchor))
            done = end
        parts.append(text[done:])
        return "".join(parts).strip(), tuple(marks)

    def _raised(self, text: str) -> list[tuple[int, int, str]]:
        found = []
        for match in _RAISED_MARK.finditer(to_latin(text)):
            marker = lower_raised(match[1] or match[2] or match[3])
            if marker in self.known:
                self.last = max(self.last, int(marker))
                found.append((match.start(), match.end(), marker))
        return found

    def _bracketed(self, text: str) -> list[tuple[int, int, str]]:
        return self._in_order(_BRACKET_MARK, to_latin(text))

    def _glued(self, text: str) -> list[tuple[int, int, str]]:
        return self._in_order(_GLUED_MARK, text)

    def _in_order(self, shape: re.Pattern[str], text: str) -> list[tuple[int, int, str]]:
        """Marks that could be figures count only where their number is the one due."""
        found = []
        for match in shape.finditer(text):
            marker = match[1]
            if marker not in self.known or not self.last <= int(marker) <= self.last + 1:
                continue
            word = text[max(0, match.start() - 12) : match.start()].rsplit(" ", 1)[-1]
            if shape is _GLUED_MARK and "/" in word:
                continue
            self.last = int(marker)
            start = match.start(1) if shape is _GLUED_MARK else match.start()
            found.append((start, match.end(), marker))
        return found

    def _starred(self, text: str) -> list[tuple[int, int, str]]:
        found = []
        for match in _STAR.finditer(text):
            marker = match.group().strip()
            if marker in self.known and not self._met(marker):
                found.append((match.start(), match.end(), marker))
        return found

    def _met(self, marker: str) -> bool:
        return any(marker == met for met, _ in self.met[:20])

    def note_front(self, lines: list[Line]) -> None:
        """Note stars on the front page, whose text is read elsewhere."""
        for line in lines:
            for match in _STAR.finditer(line.text):
                if match.group().strip() in self.known:
                    self.met.append((match.group().strip(), "front"))


def part_items(block: Block) -> tuple[str, list[tuple[str, str, int, int]], str]:
    """Part a block into its opening words and its lettered items.

    :return: opening words; printed letter, Latin letter, start and end of each item; whole text.
    """
    text, starts = block.text()
    plain = to_latin(text)
    opens = {offset for offset, _ in starts}
    found: list[tuple[str, str, int, int, int]] = []
    for match in ITEM.finditer(plain):
        due = len(found) + 1
        printed = match[1] or match[2]
        if due not in item_places(printed):
            continue
        before = plain[max(0, match.start() - 12) : match.start()]
        if (
            match.start() in opens
            or _BEFORE_ITEM.search(before)
            or (found and not _REFERENCE.search(before))
        ):
            found.append((printed, letter_at(due), match.start(), match.end(), 0))
    if len(found) < 2:
        return text, [], text
    ends = [start for _, _, start, _, _ in found[1:]] + [len(text)]
    items = [
        (printed, letter, begin, end)
        for (printed, letter, _, begin, _), end in zip(found, ends, strict=True)
    ]
    return text[: found[0][2]], _share(items, text), text


def _share(items: list[tuple[str, str, int, int]], text: str) -> list[tuple[str, str, int, int]]:
    """Where a damaged line put two letters side by side, part their text at its semicolon.

    "(a) (b) one thing; another" says (a) one thing; (b) another.
    """
    shared = list(items)
    for place in range(len(shared) - 1):
        printed, letter, begin, end = shared[place]
        after, its_letter, its_begin, its_end = shared[place + 1]
        if text[begin:end].strip():
            continue
        stop = _SEMICOLON.search(text, its_begin, its_end)
        if stop is not None and text[stop.end() : its_end].strip():
            shared[place] = (printed, letter, its_begin, stop.end())
            shared[place + 1] = (after, its_letter, stop.end(), its_end)
    return shared


def build_items(
    block: Block, stem: str, marks: Marks
) -> tuple[str, tuple[FootnoteMark, ...], tuple[Item, ...], Lines]:
    """The opening words of a block and its items, footnote marks taken out, and its lines."""
    opening, spans, whole = part_items(block)
    starts = block.text()[1]
    offsets = [offset for offset, _ in starts]
    text, own = marks.take(opening, stem)
    items = []
    for printed, letter, begin, end in spans:
        key = f"{stem}-{letter}"
        words, noted = marks.take(whole[begin:end], key)
        items.append(
            Item(
                letter=letter,
                printed=printed,
                id=key,
                text=words,
                lines=_lines_between(offsets, starts, begin, end),
                marks=noted,
            )
        )
    return text, own, tuple(items), block.lines


def _lines_between(
    offsets: list[int], starts: list[tuple[int, Line]], begin: int, end: int
) -> Lines:
    first = max(0, bisect_right(offsets, begin) - 1)
    last = max(first + 1, bisect_right(offsets, max(begin, end - 1)))
    return as_ranges(line for _, line in starts[first:last])


@dataclass(kw_only=True)
class _Open:
    """A section while it is being filled."""

    id: str
    level: int
    printed: str
    heading: str
    lines: Lines
    marks: tuple[FootnoteMark, ...]
    paragraphs: list[str] = field(default_factory=list)
    below: list[_Open] = field(default_factory=list)

    def close(self) -> Section:
        return Section(
            id=self.id,
            level=self.level,
            printed=self.printed,
            heading=self.heading,
            paragraphs=tuple(self.paragraphs),
            sections=tuple(section.close() for section in self.below),
            lines=self.lines,
            marks=self.marks,
        )


@dataclass(frozen=True, kw_only=True)
class HeadedRecommendation:
    """A recommendation with a heading of its own, before it is understood."""

    number: int
    stable_id: str
    text: str
    items: tuple[Item, ...]
    paragraph: int | None
    section: str | None
    lines: Lines
    marks: tuple[FootnoteMark, ...]


@dataclass(kw_only=True)
class Assembled:
    """The parts of the body, built."""

    sections: list[_Open] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    headed: list[HeadedRecommendation] = field(default_factory=list)
    agenda: list[AgendaItem] = field(default_factory=list)
    loose: list[LooseText] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    #: Section and heading words by section id, its own and those above it.
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Assembler:
    """Builds paragraphs and sections from blocks in order."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.built = Assembled()
        self._path: list[_Open] = []
        self._prefix = ""
        self._number: int | None = None
        #: The paragraph that what comes next stands in: none right under a heading.
        self._standing: int | None = None
        self._used: set[str] = set()

    def add(self, block: Block) -> None:
        """Take one block."""
        {
            "annex": self._annex,
            "head": self._head,
            "paragraph": self._paragraph,
            "recommendation": self._recommendation,
            "agenda": self._agenda,
            "loose": self._loose,
        }[block.kind](block)

    @property
    def _section(self) -> str | None:
        return self._path[-1].id if self._path else None

    def _annex(self, block: Block) -> None:
        self._prefix = f"annex-{block.number}-"
        self._number = None
        self._path = []
        self._open(block, f"annex-{block.number}")

    def _head(self, block: Block) -> None:
        while self._path and self._path[-1].level >= block.level and not self._annexed():
            self._path.pop()
        place = self._place(block)
        stem = self._path[-1].id if self._path else f"{self._prefix}sec"
        if self._annexed():
            stem = f"{self._prefix}sec"
        self._open(block, f"{stem}-{place}")

    def _place(self, block: Block) -> str:
        if block.printed == "":
            return (
                f"h{len(self._path[-1].below) + 1 if self._path else len(self.built.sections) + 1}"
            )
        return str(block.place) if block.level == 1 else letter_at(max(1, block.place))

    def _annexed(self) -> bool:
        return bool(self._path) and self._path[-1].id == self._prefix.rstrip("-")

    def _open(self, block: Block, key: str) -> None:
        self._standing = None
        key = self._unique(key)
        text, _ = block.text()
        heading, marks = self.marks.take(text, key)
        opened = _Open(
            id=key,
            level=block.level,
            printed=block.printed,
            heading=heading,
            lines=block.lines,
            marks=marks,
        )
        (self._path[-1].below if self._path else self.built.sections).append(opened)
        self._path.append(opened)
        self.built.headings[key] = tuple(section.heading for section in self._path)

    def _unique(self, key: str) -> str:
        candidate, times = key, 1
        while candidate in self._used:
            times += 1
            candidate = f"{key}-x{times}"
        self._used.add(candidate)
        return candidate

    def _paragraph(self, block: Block) -> None:
        key = self._unique(f"{self._prefix}para-{block.number}")
        text, marks, items, lines = build_items(block, key, self.marks)
        if self._number is not None and block.number != self._number + 1:
            self._doubt_gap(block.number)
        self._number = self._standing = block.number
        self.built.paragraphs.append(
            Paragraph(
                number=block.number,
                id=key,
                text=text,
                items=items,
                section=self._section,
                lines=lines,
                marks=marks,
            )
        )
        if self._path:
            self._path[-1].paragraphs.append(key)

    def _doubt_gap(self, number: int) -> None:
        self.built.doubts.append(
            Doubt(
                code="paragraph-missing",
                says=f"Paragraph {number} follows paragraph {self._number}.",
                paragraph=number,
            )
        )

    def _recommendation(self, block: Block) -> None:
        key = self._unique(f"{self._prefix}rec-{block.number}")
        text, marks, items, lines = build_items(block, key, self.marks)
        self.built.headed.append(
            HeadedRecommendation(
                number=block.number,
                stable_id=key,
                text=text,
                items=items,
                paragraph=self._standing,
                section=self._section,
                lines=lines,
                marks=marks,
            )
        )

    def _agenda(self, block: Block) -> None:
        key = self._unique(f"{self._prefix}agenda-{block.number}")
        text, _, items, lines = build_items(block, key, self.marks)
        self.built.agenda.append(
            AgendaItem(
                number=str(block.number),
                id=key,
                title=text,
                items=items,
                paragraph=self._standing,
                lines=lines,
            )
        )

    def _loose(self, block: Block) -> None:
        key = self._unique(f"{self._prefix}text-{len(self.built.loose) + 1}")
        text, _ = self.marks.take(block.text()[0], key)
        if text:
            self.built.loose.append(
                LooseText(id=key, text=text, section=self._section, lines=block.lines)
            )


def tie_footnotes(
    notes: list[Note], marks: Marks, built: Assembled
) -> tuple[list[Footnote], list[Doubt]]:
    """Tie every footnote to the place of its mark."""
    numbers: dict[str, int | None] = {}
    for paragraph in built.paragraphs:
        numbers[paragraph.id] = paragraph.number
        numbers |= {item.id: paragraph.number for item in paragraph.items}
    for headed in built.headed:
        numbers[headed.stable_id] = headed.paragraph
        numbers |= {item.id: headed.paragraph for item in headed.items}
    footnotes: list[Footnote] = []
    doubts: list[Doubt] = []
    for note in notes:
        anchor, misprinted = _anchor(note.marker, marks)
        footnotes.append(
            Footnote(
                marker=note.marker,
                text=note.text,
                paragraph=numbers.get(anchor or ""),
                anchor=anchor,
                lines=as_ranges(note.lines),
            )
        )
        if anchor is None or misprinted:
            doubts.append(_doubt(note.marker, anchor, numbers))
    return footnotes, doubts


def _anchor(marker: str, marks: Marks) -> tuple[str | None, bool]:
    for met, anchor in marks.met:
        if met == marker:
            return anchor, False
    if marker.startswith("*"):
        return "front", False
    # a second "1" where "2" was due
    before = [anchor for met, anchor in marks.met if met == str(int(marker) - 1)]
    return (before[1], True) if len(before) > 1 else (None, False)


def _doubt(marker: str, anchor: str | None, numbers: dict[str, int | None]) -> Doubt:
    if anchor is None:
        return Doubt(
            code="footnote-without-mark", says=f"No mark in the text sends to footnote {marker}."
        )
    return Doubt(
        code="footnote-mark-misprinted",
        says=f"The mark of footnote {marker} seems printed as {int(marker) - 1} a second time.",
        paragraph=numbers.get(anchor),
    )
