"""A copy of a document, and how its text was come by: that decides what it is believed about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.arabic.gauge import looks_damaged

#: Taken from the text layer of a PDF: every letter is right, the order may not be.
TEXT_LAYER = "text_layer"
#: Read from a picture: order and spaces are right, a letter here and there is not.
SCAN = "scan"
#: Neither can be seen on it.
PLAIN = "plain"

#: Markdown that programs for optical reading write, none of which a text layer holds: «^(1)^»,
#: raised digits, «**bold**», «<http://…>», «## heading», rows of a table.
_MARKDOWN = re.compile(
    r"\^\(|[⁰¹²³⁴-⁹]|\*\*?\w[^*\n]{3,80}\*\*?|<https?:|(?m:^#{1,4} )|(?m:^\|.*\|\s*$)|\\[_*#.-]"
)
#: Paragraphs in one line each, as no page sets them.
_LONG_LINE, _LONG_LINES = 240, 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """Another copy of a document, as it came."""

    #: Its text, unrepaired.
    text: str
    #: What the record calls it: a file name, a version; empty for “the other copy”.
    name: str = ""
    #: `TEXT_LAYER`, `SCAN` or `PLAIN` where the caller knows; empty to have it told from the text.
    extraction: str = ""

    @property
    def kind(self) -> str:
        """How its text was come by."""
        return self.extraction or extraction_of(self.text)


def as_copies(given: Sequence[str | Copy]) -> list[Copy]:
    """Return every copy with a name; blank ones go."""
    copies = [copy if isinstance(copy, Copy) else Copy(text=copy) for copy in given]
    kept = [copy for copy in copies if copy.text.strip()]
    alone = len(kept) == 1
    return [
        Copy(
            text=copy.text,
            name=copy.name or ("the other copy" if alone else f"copy {place}"),
            extraction=copy.kind,
        )
        for place, copy in enumerate(kept, start=2)
    ]


def extraction_of(text: str) -> str:
    """Tell from its damage how a text was come by.

    >>> extraction_of("مقدمة  -أولا"), extraction_of("اتفق الخبراء،^(١) على")
    ('text_layer', 'scan')
    """
    if looks_damaged(text).damaged:
        return TEXT_LAYER
    lines = [line for line in text.splitlines() if line.strip()]
    long = sum(1 for line in lines if len(line) > _LONG_LINE)
    if _MARKDOWN.search(text) or long > _LONG_LINES * max(len(lines), 10):
        return SCAN
    return PLAIN
