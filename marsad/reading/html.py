"""The text of a web page: what a reader would see of it, and nothing that could run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from marsad.reading import errors
from marsad.reading.decoding import decode

#: Never text for the reader, whatever stands in it.
_DROPPED: Final = frozenset(
    [
        "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg",
        "math", "canvas", "audio", "video", "head", "select", "option", "button", "input",
        "textarea", "datalist", "meta", "link", "frame", "frameset", "noframes",
    ]
)  # fmt: skip
_BLOCKS: Final = frozenset(
    [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
        "table", "tr", "caption", "thead", "tbody", "tfoot", "section", "article", "header",
        "footer", "main", "aside", "nav", "blockquote", "pre", "address", "figure",
        "figcaption", "hr", "form", "fieldset", "center", "body", "html", "details",
        "summary",
    ]
)  # fmt: skip
#: Blocks with air around them: a blank line in the text.
_PARAGRAPHS: Final = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "dl", "pre", "hr"]
)
#: Edges of blocks while the page is walked; edges that touch count once.
_NEW_LINE: Final = "\x01"
_BLANK_LINE: Final = "\x02"
_GAP: Final = re.compile("[ \n\x01\x02]+")
_SPACED: Final = frozenset(["td", "th"])
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_NAMES: Final = frozenset(
    [
        "utf-8", "windows-1256", "cp1256", "iso-8859-6", "windows-1252", "iso-8859-1",
        "iso-8859-15", "windows-1251", "koi8-r", "gb18030", "gbk", "gb2312", "big5",
    ]
)  # fmt: skip


def read_html(data: bytes, *, name: str) -> tuple[str, str]:
    """The visible text of a page and the encoding it was written in.

    >>> read_html("<p>١٣- <b>قرّر</b></p><script>alert(1)</script>".encode(), name="a.html")
    ('١٣- قرّر', 'utf-8')
    """
    source, encoding = _source(data, name)
    # A declaration of encoding inside decoded text is an error to the parser.
    source = re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", re.sub("[\0\x01\x02]", "", source))
    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise errors.Damaged(name=name, format="HTML") from error
    if root is None:
        raise errors.Empty(name=name)
    if any("depth" in entry.message for entry in parser.error_log):
        raise errors.Damaged(name=name, format="HTML")  # the parser went no further in
    return _lines("".join(_pieces(root))), encoding


def _source(data: bytes, name: str) -> tuple[str, str]:
    declared = _DECLARED.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = declared[1].decode("ascii").lower()
        if encoding in _NAMES:
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                pass  # the declaration was wrong; the bytes decide
    found = decode(data, name=name)
    return found.text, found.encoding


def _pieces(root: etree._Element) -> Iterator[str]:
    """The text in reading order, walked without recursion: a page may be as deep as it likes."""
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipped is None:
            if event == "start" and _is_hidden(element):
                skipped = element
            else:
                yield from _inside(element, event)
        elif event == "end" and element is skipped:
            skipped = None
            yield _edge(element)
        if event == "end" and skipped is None and element is not root:
            yield _flat(element.tail)


def _inside(element: etree._Element, event: str) -> Iterator[str]:
    if element.tag == "br":
        yield "\n" if event == "start" else ""
        return
    yield _edge(element)
    if event == "start":
        yield element.text or "" if element.tag == "pre" else _flat(element.text)


def _edge(element: etree._Element) -> str:
    if element.tag in _PARAGRAPHS:
        return _BLANK_LINE
    if element.tag in _BLOCKS:
        return _NEW_LINE
    return " " if element.tag in _SPACED else ""


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _is_hidden(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    hidden = "hidden" in element.attrib
    return hidden or bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def _lines(text: str) -> str:
    return _GAP.sub(_gap, text).strip()


def _gap(found: re.Match[str]) -> str:
    gap = found[0]
    if _BLANK_LINE in gap or gap.count("\n") > 1:
        return "\n\n"
    return "\n" if _NEW_LINE in gap or "\n" in gap else " "
