"""Signs of a mark-up language around words.

Reads: a line that some reader of scans wrote down as Markdown: «*How to Help*» for words in
italics, «<http://a.example>» for an address. Writes: the words without the signs. A lone star stays
(it may be a footnote's), as do stars around a number (a bar code's) and footnote marks «^(١)»,
which the structure of the document needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.pipeline import Draft, Line, Mended

#: «*How to Help*», «**Help**», «<http://a.example>»: the words in the middle.
_WRAPPED = re.compile(
    r"(?<!\*)(?P<star>\*{1,2})(?=[^\s*])(?P<words>[^*]*[^\W\d_][^*]*)(?<=[^\s*])(?P=star)(?!\*)"
    r"|<(?P<address>(?:https?://|www\.)[^\s<>]+)>"
)


class Markup:
    """Take the signs of a mark-up language away, and keep the words."""

    name: ClassVar[str] = "markup"
    conserves: ClassVar[bool] = True

    def study(self, draft: Draft) -> None:
        """Nothing is needed from the rest of the text."""

    def mend(self, line: Line) -> Iterator[Mended]:
        """Take out the signs around words of this line."""
        signs = {place for found in _WRAPPED.finditer(line.text.text) for place in _outside(found)}
        if not signs:
            return
        after = line.text.keeping(p for p in range(len(line.text)) if p not in signs)
        yield Mended(
            text=after,
            kind="markup",
            before=line.text,
            after=after.text,
            confidence=1.0,
            evidence=f"{len(signs)} signs of a mark-up language around words",
        )


def _outside(found: re.Match[str]) -> Iterator[int]:
    """Yield the places of the signs: what lies around the words."""
    start, end = found.span("address" if found["address"] else "words")
    yield from range(found.start(), start)
    yield from range(end, found.end())
