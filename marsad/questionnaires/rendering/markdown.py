"""The little Markdown that XLSForm allows in labels and hints, made into elements, never into text.

What an author writes is always text: an element arises only here, from a fixed list, and an
address is kept only if it is one a reader may safely follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from marsad.questionnaires.rendering.tree import Element

#: Where a label may lead.
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# "**all** of it", "__all__ of it", "see *this*", "[the law](https://example.org)"; an underscore
# inside a word, as in "form_id", is none of these.
_MARK = re.compile(
    r"\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*"
    r"|(?<!\w)__(?P<strong2>[^\s_](?:[^\n]*?[^\s_])?)__(?!\w)"
    r"|\*(?P<em>[^\s*](?:[^*\n]*[^\s*])?)\*"
    r"|(?<!\w)_(?P<em2>[^\s_](?:[^_\n]*[^\s_])?)_(?!\w)"
    r"|\[(?P<text>[^\]\n]+)\]\((?P<address>[^()\s]+)\)"
)
_BULLET = re.compile(r"^\s*[-*+•]\s+(?P<text>.+)$")
_HEADING = re.compile(r"^\s*#{1,6}\s+(?P<text>.+?)\s*#*$")


def spans(text: str) -> Iterator[Element | str]:
    """The parts of one line: texts, and elements for what is marked.

    >>> [part if isinstance(part, str) else part.tag for part in spans("in **full**, please")]
    ['in ', 'strong', ', please']
    """
    at = 0
    for found in _MARK.finditer(text):
        made = _element(found)
        if made is None:
            continue
        if found.start() > at:
            yield text[at : found.start()]
        yield made
        at = found.end()
    if at < len(text):
        yield text[at:]


def _element(found: re.Match[str]) -> Element | None:
    if found["address"]:
        return _link(found["text"], found["address"])
    strong = found["strong"] or found["strong2"]
    made = etree.Element("strong" if strong else "em")
    made.text = strong or found["em"] or found["em2"]
    return made


def _link(text: str, address: str) -> Element | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in SAFE_SCHEMES:
        return None
    link = etree.Element("a", href=address, rel="noopener noreferrer", target="_blank")
    link.text = text
    return link


def has_marks(text: str) -> bool:
    """Whether there is anything to make an element of."""
    return "\n" in text.strip() or bool(
        _MARK.search(text) or _BULLET.match(text) or _HEADING.match(text)
    )


def render(span: Element) -> None:
    """Replace the text of a label by elements; what stands between its children alike.

    Values that are filled in later (`<span class="or-output">`) keep their places.
    """
    pieces: list[Element | str] = [span.text or ""]
    for child in list(span):
        tail, child.tail = child.tail or "", None
        span.remove(child)
        pieces += [child, tail]
    span.text = None
    writer = _Writer(span)
    for piece in pieces:
        if isinstance(piece, str):
            writer.write(piece)
        else:
            writer.put(piece)


class _Writer:
    """Puts texts and elements one after another, lines parted as they were written."""

    def __init__(self, root: Element) -> None:
        self.root = root

    def write(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self.root.append(etree.Element("br"))
            self._line(line)

    def _line(self, line: str) -> None:
        bullet = _BULLET.match(line)
        heading = _HEADING.match(line)
        if heading:
            # No heading inside a label: the page has its own order of headings.
            strong = etree.Element("strong")
            strong.text = heading["text"]
            self.put(strong)
            return
        for part in spans("• " + bullet["text"] if bullet else line):
            self.put(part)

    def put(self, part: Element | str) -> None:
        if not isinstance(part, str):
            self.root.append(part)
        elif len(self.root):
            self.root[-1].tail = (self.root[-1].tail or "") + part
        else:
            self.root.text = (self.root.text or "") + part
