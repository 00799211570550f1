"""Numbers and letters that count paragraphs and headings, brought home.

Reads: a line whose marker was written after its dash and left at the seam, e.g. «... -٤ ...»,
«مقدمة  -أولا», «التعاون الدولي - هاء», «افتتاح الاجتماع؛  (أ)», «… في   )(ه   …».
Writes: the marker in front, number before dash («٤- ...»), and a gap where it stood, so that the
run decoder still sees the seam.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.data import words
from marsad.arabic.letters import MARKS, without_marks
from marsad.arabic.pipeline import AT_END, Draft, Line, Mended
from marsad.arabic.traced import Traced

_MARK = "[" + "".join(sorted(MARKS)) + "]*"


def _with_marks(word: str) -> str:
    return "".join(re.escape(letter) + _MARK for letter in word)


_COUNTED = "|".join(_with_marks(word) for word in words("ordinals.txt"))
#: «-٤» standing free: not «١٥- ١٣», not «٢٠١٣-٢٠٢٠».
_NUMBER = re.compile(r"(?<!\S)(?P<dash>[-–])(?P<gap> ?)(?P<mark>[0-9٠-٩۰-۹]{1,3})(?=\s|$)")
#: «-أولا» at the end of a line, or all there is on it.
_HEADING = re.compile(rf"(?<!\S)(?P<dash>[-–])(?P<gap> ?)(?P<mark>{_COUNTED})(?=\s*$)")
#: «(أ)» or «)(ه» at the end of a line or between wide gaps: the letter of an item.
_ITEM = re.compile(r"(?<!\S)(?:\([ء-ي]ـ?\)|\)\([ء-ي]ـ?)(?=\s*$|\s{2,})")
#: The marker of a line, once it stands in front.
LEADING = re.compile(rf"\s*(?:(?:[0-9٠-٩۰-۹]{{1,3}}|{_COUNTED}) ?[-–]|\([ء-ي]ـ?\))(?=\s|$)\s*")


class Markers:
    """Bring the marker of a paragraph, heading or lettered item to the front of its line."""

    name: ClassVar[str] = "markers"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._active = False

    def study(self, draft: Draft) -> None:
        """Work only on texts whose runs are reversed."""
        self._active = draft.damage.reversed_runs

    def mend(self, line: Line) -> Iterator[Mended]:
        """Move the marker of a line, if it has one out of place."""
        if not self._active:
            return
        text = line.text.text
        match = _only(_NUMBER, text) or _HEADING.search(text)
        if match:
            marker = _dashed(line.text, match)
        else:
            match = _item(text)
            if match is None:
                return
            marker = _bracketed(line.text, match)
        rest = line.text[: match.start()] + line.text[match.end() :]
        space = Traced.inserted(" ")
        after = marker + space + rest.stripped() if rest.text.strip() else marker
        if after.text == text.strip():
            return
        behind = line.text[match.end() :].stripped()
        line.behind_marker = behind.origins[0] if behind.text else AT_END
        yield Mended(
            text=after,
            kind="marker",
            before=line.text,
            after=after.text,
            confidence=0.97,
            evidence=f"“{without_marks(marker.text)}” counts the paragraph or heading: it leads",
        )


def _only(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[0] if len(found) == 1 else None


def _item(text: str) -> re.Match[str] | None:
    found = _only(_ITEM, text)
    if found is None or not text[: found.start()].strip():
        return None if found is None or found.group().startswith("(") else found
    wide = text[: found.start()].endswith("  ")
    return found if wide else None


def _dashed(text: Traced, match: re.Match[str]) -> Traced:
    mark = text[match.start("mark") : match.end("mark")]
    return mark + text[match.start("dash") : match.end("dash")]


def _bracketed(text: Traced, match: re.Match[str]) -> Traced:
    piece = text[match.start() : match.end()]
    if piece.text.startswith("("):
        return piece
    return piece[1:] + piece[:1]
