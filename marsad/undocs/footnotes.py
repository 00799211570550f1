"""Footnote blocks: found at the foot of pages, taken out of the paragraphs they cut."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from .fold import fold
from .lines import Line
from .markers import is_marker
from .symbols import SYMBOL
from .words import Words

#: "* CTOC/COP/2008/1.", "** Reissued for technical reasons."
_STARRED = re.compile(r"^(\*{1,3})\s*(?=[^\s*])")
#: "(1) United Nations …", "(٢) المرجع نفسه", "⁽³⁾ …", "^(4) …"
_BRACKETED = re.compile(r"^\^?[(（]\s*(\d{1,3})\s*[)）]\s*(?=\S)")
#: "1 See General Assembly resolution …", "1/ See …"
_BARE = re.compile(r"^(\d{1,3})\s*/?\s+(?=[^\s\d.\-–—)])")
#: "¹ See …", "⁽¹⁾ …": a raised number opens nothing else.
_RAISED = re.compile(r"^[⁽]?[¹²³⁰⁴⁵⁶⁷⁸⁹]")
#: What ends a sentence, with what may close behind it.
_STOP = re.compile(r"[.。؟?!][\"”»)’\]]*$")
#: A mark inside a line, after a word or a stop: "…عبر الوطنية،(1)", "… الوطنية.^(2)".
_MARK = re.compile(r"(?<=[^\s(])\s?\^?[(（](\d{1,3})[)）]")
_STAR_MARK = re.compile(r"[^\s*]\s?\*{1,3}(?=\s|$)")
_LONGEST = 15


@dataclass(frozen=True, kw_only=True)
class Note:
    """A footnote before it is tied to its mark."""

    #: "1", "*".
    marker: str
    #: Its lines.
    lines: tuple[Line, ...]
    #: Its opening words, the marker taken off.
    first: str

    @property
    def text(self) -> str:
        """The whole text."""
        return " ".join([self.first.rstrip(" *"), *(line.text for line in self.lines[1:])]).strip()


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does."""
    return _STOP.search(text) is not None


def marks_in(lines: list[Line]) -> set[str]:
    """Markers that stand within lines, sending the reader to a footnote: "…,(1)", "…⁽³⁾", "…*"."""
    marks: set[str] = set()
    for line in lines:
        marks.update(found[1] for found in _MARK.finditer(line.plain))
        if _STAR_MARK.search(line.text):
            marks.add("*")
    return marks


def part_footnotes(
    lines: list[Line], rules: set[int], words: Words
) -> tuple[list[Line], list[Note]]:
    """Part running text from footnotes; the text that a footnote cut closes up again."""
    body: list[Line] = []
    notes: list[Note] = []
    marks = marks_in(lines)
    last = 0
    index = 0
    ordered_rules = sorted(rules)
    while index < len(lines):
        line = lines[index]
        after_rule = _rule_between(ordered_rules, lines, index) or (
            bool(notes) and index > 0 and notes[-1].lines[-1] is lines[index - 1]
        )
        opening = _opening(line, last, after_rule, words, marks)
        if opening is None:
            body.append(line)
            index += 1
            continue
        marker, length = opening
        taken = _extent(lines, index, cut=bool(body) and not ends_sentence(body[-1].text))
        notes.append(Note(marker=marker, lines=tuple(taken), first=line.text[length:].strip()))
        last = int(marker) if marker.isdigit() else last
        index += len(taken)
    return body, notes


def _rule_between(rules: list[int], lines: list[Line], index: int) -> bool:
    if not rules:
        return False
    before = lines[index - 1].at if index else -1
    return any(before < rule < lines[index].at for rule in _near(rules, lines[index].at))


def _near(rules: list[int], at: int) -> list[int]:
    place = bisect_left(rules, at)
    return rules[max(0, place - 1) : place]


def _opening(
    line: Line, last: int, after_rule: bool, words: Words, marks: set[str]
) -> tuple[str, int] | None:
    """The marker a footnote opens with and its length; None where the line opens no footnote."""
    plain = line.plain
    starred = _STARRED.match(plain)
    if (
        starred
        and plain.count("*") == len(starred[1])
        and ("*" in marks or _is_symbol(plain[starred.end() :].rstrip(".")))
    ):
        return starred[1], starred.end()
    for shape in (_BRACKETED, _BARE):
        found = shape.match(plain)
        if found is None:
            continue
        number = int(found[1])
        told = words.footnote.search(fold(plain[found.end() :])) is not None
        marked = bool(_RAISED.match(line.text)) or (shape is _BRACKETED and str(number) in marks)
        if (number == last + 1 and (told or after_rule or marked)) or (after_rule and told):
            return str(number), found.end()
    if after_rule and plain.rstrip(" *") != plain.rstrip(" *.") and _is_symbol(plain.strip(" *.")):
        # the star of "* CTOC/COP/2012/1." went to the end of its line, or was lost with its font
        return "*", 0
    return None


def _is_symbol(text: str) -> bool:
    return SYMBOL.fullmatch(text.strip()) is not None


def _extent(lines: list[Line], start: int, *, cut: bool) -> list[Line]:
    """The lines of the footnote that opens at `start`.

    It ends with the line that ends a sentence; where the paragraph before it was whole (not `cut`),
    sentences that follow without a gap are its own too.
    """
    taken = [lines[start]]
    while len(taken) < _LONGEST and start + len(taken) < len(lines):
        following = lines[start + len(taken)]
        if is_marker(following) or following.opens_page or _opens_like_note(following):
            break
        if ends_sentence(taken[-1].text) and (cut or following.apart):
            break
        taken.append(following)
    return taken


def _opens_like_note(line: Line) -> bool:
    return bool(
        _BRACKETED.match(line.plain) or _STARRED.match(line.plain) or _RAISED.match(line.text)
    )
