"""The body of a document: which lines open what, and which lines belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from .fold import fold
from .footnotes import ends_sentence
from .lines import Line, as_ranges
from .markers import Head, displaced_number_of, head_of, number_of, recommendation_of
from .types import Lines
from .words import Words

Kind = Literal["front", "annex", "head", "paragraph", "recommendation", "agenda", "loose"]

_CJK = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
#: How many numbers may be missing from the run of paragraphs (a page lost, a digit misread).
_WIDEST_GAP = 4
_GAP_COST = 0.6
_DISPLACED = 0.9
#: Languages that show the start of a heading by a capital letter.
_CASED = frozenset({"en", "fr", "es", "ru"})
_BARE_HEAD = 110
#: A heading runs over few lines.
_HEAD_LINES = 6
_HEAD_LENGTH = 420


@dataclass(kw_only=True)
class Block:
    """Lines that belong together, under what opens them."""

    #: What it is.
    kind: Kind
    #: Number of the paragraph, recommendation or agenda item; of an annex, its place.
    number: int = 0
    #: For a heading: how deep, its place and as printed.
    level: int = 0
    place: int = 0
    printed: str = ""
    #: Its lines, and what of their words belongs to it.
    pieces: list[tuple[Line, str]] = field(default_factory=list)

    @property
    def lines(self) -> Lines:
        """Ranges of lines it was read from."""
        return as_ranges(line for line, _ in self.pieces)

    def text(self) -> tuple[str, list[tuple[int, Line]]]:
        """All its words, and where in them each line begins: (offset, line)."""
        return join(self.pieces)


def join(pieces: list[tuple[Line, str]]) -> tuple[str, list[tuple[int, Line]]]:
    """Join lines with a space, Chinese ones without, and say where each begins."""
    parts: list[str] = []
    starts: list[tuple[int, Line]] = []
    length = 0
    for line, text in pieces:
        if not text:
            continue
        if parts:
            closed = _CJK.match(parts[-1][-1]) and _CJK.match(text[0])
            hyphened = parts[-1][-1] == "-" and parts[-1][-2:-1].islower() and text[0].islower()
            if not (closed or hyphened):
                parts.append(" ")
                length += 1
        starts.append((length, line))
        parts.append(text)
        length += len(text)
    return "".join(parts), starts


@dataclass(frozen=True, kw_only=True)
class _Opening:
    """What a line opens, and the words left of the line."""

    kind: Kind
    text: str
    number: int = 0
    level: int = 0
    place: int = 0
    printed: str = ""
    weight: float = 1.0


def part_blocks(lines: list[Line], words: Words, language: str) -> list[Block]:
    """Part a document into front matter, headings, paragraphs, recommendations and agenda."""
    openings = _openings(lines, words, language)
    if language in _CASED:
        _bare_heads(lines, openings)
    return _gather(lines, openings)


def _openings(lines: list[Line], words: Words, language: str) -> list[_Opening | None]:
    """What each line opens, None for a line that goes on."""
    openings: list[_Opening | None] = [None] * len(lines)
    start = 0
    annexes = 0
    for index, line in enumerate(lines):
        if line.apart and len(line.text) < 40 and words.annex.match(fold(line.text)):
            _open_part(lines, openings, (start, index), words, language)
            annexes += 1
            openings[index] = _Opening(
                kind="annex", text="", number=annexes, level=1, printed=line.text
            )
            start = index + 1
    _open_part(lines, openings, (start, len(lines)), words, language)
    return openings


def _bare_heads(lines: list[Line], openings: list[_Opening | None]) -> None:
    """Headings without a number: a line by itself, between a whole sentence and a new paragraph."""
    first = next((at for at, opening in enumerate(openings) if opening is not None), len(lines))
    for index in range(first + 1, len(lines) - 1):
        line, following = lines[index], openings[index + 1]
        if openings[index] is not None or following is None:
            continue
        alone = line.apart and lines[index + 1].apart and len(line.text) <= _BARE_HEAD
        opens_text = following.kind in ("paragraph", "recommendation")
        if not (alone and opens_text and line.text[0].isupper() and line.text[-1].isalpha()):
            continue
        if ends_sentence(lines[index - 1].text):
            openings[index] = _Opening(kind="head", text=line.text, level=3)


def _open_part(
    lines: list[Line],
    openings: list[_Opening | None],
    span: tuple[int, int],
    words: Words,
    language: str,
) -> None:
    """Find what opens within one part: headings first, then the best run of numbers."""
    heads = _Heads()
    agenda = _Agenda(words)
    numbered: list[tuple[int, _Opening]] = []
    for index in range(*span):
        line = lines[index]
        opened = _recommendation(line, language) or heads.read(line)
        if opened is None:
            opened = _number(line, language)
            if opened is not None:
                opened = agenda.claim(opened)
                if opened.kind == "paragraph":
                    numbered.append((index, opened))
                    opened = None
        else:
            agenda.close()
        openings[index] = opened
        agenda.hear(line)
    for index, opening in _best_run(numbered):
        openings[index] = opening


def _recommendation(line: Line, language: str) -> _Opening | None:
    found = recommendation_of(line, language)
    if found is None:
        return None
    return _Opening(kind="recommendation", text=found[1], number=found[0])


def _number(line: Line, language: str) -> _Opening | None:
    found = number_of(line)
    if found is not None:
        number, length = found
        weight = 1.0 if line.apart else 0.98
        return _Opening(
            kind="paragraph", text=line.text[length:].strip(), number=number, weight=weight
        )
    displaced = displaced_number_of(line) if language == "ar" else None
    if displaced is None:
        return None
    number, rest = displaced
    return _Opening(
        kind="paragraph", text=line.text[rest].strip(), number=number, weight=_DISPLACED
    )


class _Heads:
    """Headings in their order: a line is one only where its number or letter comes next."""

    def __init__(self) -> None:
        self.chapter = 0
        self.letter = 0

    def read(self, line: Line) -> _Opening | None:
        head = head_of(line)
        if head is None or len(line.text) > 300 or line.text.endswith((";", "؛", "；")):
            return None
        level = self._level(head)
        if level is None:
            return None
        if level == 1:
            self.chapter, self.letter = head.chapter or 0, 0
        else:
            self.letter = head.letter or 0
        return _Opening(
            kind="head",
            text=line.text[head.length :].strip(),
            level=level,
            place=self.letter if level == 2 else self.chapter,
            printed=head.printed,
        )

    def _level(self, head: Head) -> int | None:
        if head.letter == self.letter + 1 and (self.letter or head.chapter is None):
            return 2
        if head.chapter == self.chapter + 1:
            return 1
        if head.chapter and self.chapter < head.chapter <= self.chapter + 3:
            return 1
        if head.letter and self.letter < head.letter <= self.letter + 3:
            return 2
        return None


class _Agenda:
    """The items of an adopted agenda are numbered from 1 too, and are no paragraphs."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._next = 0
        self._tail: list[str] = []

    def hear(self, line: Line) -> None:
        self._tail = [*self._tail[-7:], line.text]

    def close(self) -> None:
        self._next = 0

    def claim(self, opened: _Opening) -> _Opening:
        """Say whether a number is an agenda item rather than a paragraph."""
        if opened.number == 1 and self._follows():
            self._next = 1
        if self._next == 0 or opened.number != self._next:
            return opened
        self._next += 1
        return _Opening(kind="agenda", text=opened.text, number=opened.number)

    def _follows(self) -> bool:
        tail = " ".join(self._tail).rstrip()
        if not tail.endswith((":", "：")):
            return False
        return self._words.agenda_follows.search(fold(tail[-700:])) is not None


def _best_run(numbered: list[tuple[int, _Opening]]) -> list[tuple[int, _Opening]]:
    """The longest run of numbers rising by one, a few missing ones forgiven.

    Numbers inside paragraphs (a list of two points, a wrapped figure) fall out because the run
    through the real paragraphs is longer.
    """
    best: dict[int, tuple[float, int]] = {}
    came_from: list[int | None] = []
    finish: tuple[float, int] | None = None
    for place, (_, opening) in enumerate(numbered):
        score, before = opening.weight - 0.01 * min(opening.number - 1, 50), None
        for gap in range(1, _WIDEST_GAP + 1):
            known = best.get(opening.number - gap)
            if known is None:
                continue
            reached = known[0] + opening.weight - _GAP_COST * (gap - 1)
            if reached >= score:
                score, before = reached, known[1]
        came_from.append(before)
        held = best.get(opening.number)
        if held is None or score >= held[0]:
            best[opening.number] = (score, place)
        if finish is None or score > finish[0]:
            finish = (score, place)
    run: list[tuple[int, _Opening]] = []
    place_now = finish[1] if finish else None
    while place_now is not None:
        run.append(numbered[place_now])
        place_now = came_from[place_now]
    run.reverse()
    return run if len(run) > 1 or (run and run[0][1].number == 1) else []


def _gather(lines: list[Line], openings: list[_Opening | None]) -> list[Block]:
    """Give every line to the block it belongs to."""
    blocks = [Block(kind="front")]
    next_opening = _next_openings(openings)
    skip_until = 0
    for index, (line, opening) in enumerate(zip(lines, openings, strict=True)):
        if index < skip_until:
            continue
        if opening is None:
            _continue(blocks, line)
            continue
        block = Block(
            kind=opening.kind,
            number=opening.number,
            level=opening.level,
            place=opening.place,
            printed=opening.printed,
        )
        block.pieces.append((line, opening.text))
        blocks.append(block)
        if opening.kind in ("head", "annex"):
            skip_until = _absorb(block, lines, index, next_opening[index])
    return blocks


def _continue(blocks: list[Block], line: Line) -> None:
    if blocks[-1].kind in ("head", "annex"):
        blocks.append(Block(kind="loose"))
    blocks[-1].pieces.append((line, line.text))


def _next_openings(openings: list[_Opening | None]) -> list[int]:
    """For each line, the next line that opens something."""
    following = len(openings)
    answer = [0] * len(openings)
    for index in range(len(openings) - 1, -1, -1):
        answer[index] = following
        if openings[index] is not None:
            following = index
    return answer


def _absorb(block: Block, lines: list[Line], index: int, until: int) -> int:
    """Take the further lines of a heading; return the first line that is not one."""
    rest = lines[index + 1 : min(until, index + 1 + _HEAD_LINES)]
    whole = index + 1 + len(rest) == until
    length = sum(len(line.text) for line in rest)
    if rest and whole and length <= _HEAD_LENGTH and not ends_sentence(rest[-1].text):
        block.pieces.extend((line, line.text) for line in rest)
        return until
    return index + 1
