"""White space and the space before a stop.

Reads: a line whose words stand in order, e.g. «مدربين . وفي» or «الدول  الأطراف».
Writes: the line with one space between words, none before a stop, comma or closing bracket, none
at either end. Only damaged texts are touched: in a clean text the spaces are the author's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.pipeline import Draft, Line, Mended

_SPACE = "[ \t\u00a0]"
#: What goes: all but one of several spaces («الدول  الأطراف»), a space before a stop («الدول .»),
#: inside a bracket («( د )») and at the ends of the line.
_EXCESS = re.compile(
    rf"^{_SPACE}+|{_SPACE}+$|(?<={_SPACE}){_SPACE}+|(?<![-–]){_SPACE}+(?=[،؛؟.:](?:\s|$))"
    rf"|(?<=\(){_SPACE}+|{_SPACE}+(?=\))"
)


class Spacing:
    """Leave one space between words and none where none belongs."""

    name: ClassVar[str] = "spacing"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._damaged = False

    def study(self, draft: Draft) -> None:
        """See whether the text is damaged at all."""
        self._damaged = draft.damage.damaged

    def mend(self, line: Line) -> Iterator[Mended]:
        """Take out the excess white space of the line."""
        if not self._damaged and not line.steps:
            return
        excess = {
            place
            for match in _EXCESS.finditer(line.text.text)
            for place in range(match.start(), match.end())
        }
        if not excess:
            return
        after = line.text.keeping(p for p in range(len(line.text)) if p not in excess)
        yield Mended(
            text=after,
            kind="spaces",
            before=line.text,
            after=after.text,
            confidence=1.0,
            evidence=f"{len(excess)} spaces left over from the layout of the page",
        )
