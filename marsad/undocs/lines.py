"""The lines of a text, and which of them are furniture of the page rather than text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .digits import lower_raised, to_latin
from .fold import fold
from .symbols import SYMBOL, normalise_symbol
from .types import Lines

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\uf02a]")
_SPACES = re.compile(r"[^\S\n]+")
_END = re.compile("[\n\f]")
#: A list sign that text recognition put before a number or letter: "- ١٤- …", "* (a) …".
_BULLET = re.compile(r"^[-*•·]\s+(?=\d|[(（]\s*\S{1,3}\s*[)）])")
#: A heading sign of Markdown: "## I. Introduction".
_HASHES = re.compile(r"^#{1,6}\s+")

#: "V.19-09715", "V.08-55589 (A)", "GE.20-01234".
JOB_NUMBER = re.compile(r"(?<![\w/.])[A-Z]{1,3}\.\d{2}-\d{4,6}(?![\d-])")
_BARCODE = re.compile(r"^\*\d{6,9}\*$")
_PAGE = re.compile(
    r"^(?:\d{1,3}/\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—]|(?:page|pagina|стр\.?|страница|الصفحه|صفحه)\s+\d{1,3}"
    r"(?:\s*/\s*\d{1,3})?|第\s*\d{1,3}\s*页)$"
)
_TOKEN = re.compile(
    r"^(?:\d{1,3}/\d{1,3}|\d{6}|\([A-Z]\)|\*\d{6,9}\*|[A-Z]{1,3}\.\d{2}-\d{4,6}|/…|/\.\.\.|\d{1,3})$"
)
_RULE = re.compile(r"^[─━═_\-—–=]{5,}$")
_RECYCLE = re.compile(
    r"please recycle|^/\s?(?:\.\.\.|…)$|^united nations$|^nations unies$|^الامم المتحده$"
)
_CONTENTS = re.compile(
    r"^(?:table of )?contents$|^المحتويات$|^table des matieres$|^indice$|^содержание$|^目\s?录$"
)
#: A line of a table of contents: "I. Introduction ........ 3", "أولا- مقدمة … ٣".
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d{0,3}\s*$|…{2,}\s*\d{0,3}\s*$")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line that may hold text."""

    #: Its number in the text given, from 0.
    at: int
    #: Its text without invisible signs, list signs and doubled spaces.
    text: str
    #: Number of the last line before it that is not empty, furniture and notes counted; -1 if none.
    after: int = -1
    #: Whether an empty line or the start of a page stands before it.
    apart: bool
    #: Whether it is the first of its page.
    opens_page: bool = False
    #: Whether a list sign stood before it.
    bulleted: bool = False

    @property
    def plain(self) -> str:
        """The text with Latin digits; every character keeps its place."""
        return to_latin(lower_raised(self.text))


@dataclass(kw_only=True)
class Furniture:
    """What the furniture of the pages said."""

    #: Job numbers, in order.
    job_numbers: list[str] = field(default_factory=list)
    #: Symbols that stood alone at the head of a page, in order.
    symbols: list[str] = field(default_factory=list)
    #: Numbers of lines that are a rule between text and footnotes.
    rules: set[int] = field(default_factory=set)


def split_lines(text: str) -> list[Line]:
    """Every line that is not empty, with its number; a page break ends a line as a line break does.

    The repair engine and the library count lines in the same way.
    """
    lines: list[Line] = []
    apart = opens_page = True
    last = -1
    ends = [None, *(found.group() for found in _END.finditer(text))]
    for at, (end_before, raw) in enumerate(zip(ends, _END.split(text), strict=True)):
        if end_before == "\f":
            apart = opens_page = True
        starred = raw.replace("\uf02a", "*")
        bare = _SPACES.sub(" ", _INVISIBLE.sub("", starred)).strip()
        bare = _HASHES.sub("", bare)
        if not bare:
            apart = True
            continue
        plain = to_latin(bare)
        shorter = len(plain) - len(_BULLET.sub("", plain))
        lines.append(
            Line(
                at=at,
                text=bare[shorter:],
                after=last,
                apart=apart,
                opens_page=opens_page,
                bulleted=shorter > 0,
            )
        )
        apart = opens_page = False
        last = at
    return lines


def as_ranges(lines: Iterable[Line]) -> Lines:
    """The numbers of lines as ranges; only empty lines may stand within one."""
    ranges: list[tuple[int, int]] = []
    for line in sorted(set(lines), key=lambda one: one.at):
        if ranges and line.after == ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], line.at)
        else:
            ranges.append((line.at, line.at))
    return tuple(ranges)


def without_furniture(lines: list[Line]) -> tuple[list[Line], Furniture]:
    """Part the text from page headers, page numbers, job numbers, bar codes and contents tables."""
    found = Furniture()
    lines = _without_contents(lines)
    repeated = _running_heads(lines)
    sure = [_is_sure_furniture(line, repeated) for line in lines]
    kept: list[Line] = []
    for index, line in enumerate(lines):
        if sure[index]:
            _note(line, found)
        elif _is_header_symbol(lines, sure, index):
            found.symbols.append(normalise_symbol(line.plain))
        elif _is_bare_page_number(lines, sure, index):
            continue
        else:
            kept.append(line)
    return kept, found


def _without_contents(lines: list[Line]) -> list[Line]:
    """Leave out a table of contents: from its title to where its first entry comes again."""
    titles = (
        place
        for place, line in enumerate(lines[:200])
        if len(line.text) < 30 and _CONTENTS.match(fold(line.text))
    )
    index = next(titles, None)
    if index is None:
        return lines
    entries = [_entry(line) for line in lines[index + 1 : index + 300]]
    for place, entry in enumerate(entries[:5]):
        again = entries.index(entry, place + 1) if entries.count(entry) > 1 else None
        if entry and again is not None:
            return lines[:index] + lines[index + 1 + again :]
    return lines


def _entry(line: Line) -> str:
    """A line of a table of contents without its page number."""
    bare = re.sub(r"[\s.…\d-]+$", "", fold(line.plain))
    return re.sub(r"[\s.…-]+", " ", bare) if len(bare) > 6 else ""


def _note(line: Line, found: Furniture) -> None:
    if _RULE.match(line.plain):
        found.rules.add(line.at)
    for match in JOB_NUMBER.finditer(line.plain):
        if match.group() not in found.job_numbers:
            found.job_numbers.append(match.group())
    for match in SYMBOL.finditer(line.plain):
        found.symbols.append(normalise_symbol(match.group()))


def _running_heads(lines: list[Line]) -> set[str]:
    heads = Counter(line.text for line in lines if line.opens_page and len(line.text) < 120)
    return {text for text, times in heads.items() if times >= 3 and not text[0].isdigit()}


def _is_sure_furniture(line: Line, repeated: set[str]) -> bool:
    plain = line.plain
    if _RULE.match(plain) or _BARCODE.match(plain) or _LEADERS.search(plain):
        return True
    if line.opens_page and line.text in repeated:
        return True
    if len(plain) > 120:
        return False
    folded = fold(plain)
    return bool(_PAGE.match(folded) or _RECYCLE.search(folded)) or _all_furniture_tokens(plain)


def _all_furniture_tokens(plain: str) -> bool:
    """Whether a line is a job number with what stands beside it: "V.19-09715 7/17"."""
    tokens = plain.split()
    if not any(JOB_NUMBER.fullmatch(token) for token in tokens):
        return False
    return all(_TOKEN.match(token) or SYMBOL.fullmatch(token) for token in tokens)


def _is_header_symbol(lines: list[Line], sure: list[bool], index: int) -> bool:
    """A symbol alone on its line, at the head of a page or beside other furniture."""
    line = lines[index]
    if not SYMBOL.fullmatch(line.plain):
        return False
    beside = any(sure[max(0, index - 2) : index]) or any(sure[index + 1 : index + 3])
    after_rule = index > 0 and bool(_RULE.match(lines[index - 1].plain))
    return (line.opens_page or beside) and not after_rule


def _is_bare_page_number(lines: list[Line], sure: list[bool], index: int) -> bool:
    if not re.fullmatch(r"\d{1,3}", lines[index].plain):
        return False
    beside = any(sure[max(0, index - 1) : index]) or any(sure[index + 1 : index + 2])
    next_opens = index + 1 == len(lines) or lines[index + 1].opens_page
    return beside or next_opens or lines[index].opens_page
