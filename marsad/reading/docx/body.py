"""The body of a DOCX in reading order: paragraphs, tables, footnotes, the header of page one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from marsad.reading import errors
from marsad.reading.archive import Archive
from marsad.reading.docx.names import attribute, child, children, is_on, local, relation
from marsad.reading.docx.numbering import Numbering, read_numbering
from marsad.reading.result import Limits

_MAIN: Final = "word/document.xml"
#: What was deleted or moved away, and what is said twice for older programs.
_SKIPPED: Final = frozenset(
    [
        "del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rPr", "pPr",
        "sectPr", "tblPr", "tcPr", "trPr", "sdtPr", "sdtEndPr", "drawing", "pict", "object",
        "annotationRef", "footnoteRef", "endnoteRef", "oMathPara",
    ]
)  # fmt: skip
_SIGNS: Final = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_KINDS: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass
class _Notes:
    """Footnotes as they are met: each gets its number where it is first called."""

    parts: dict[str, dict[str, etree._Element]]
    called: list[tuple[str, etree._Element]] = field(default_factory=list)
    _count: int = 0

    def call(self, reference: etree._Element) -> str:
        """The mark that stands in the text for this reference."""
        note = self.parts[_NOTE_KINDS[local(reference)]].get(attribute(reference, "id") or "")
        if note is None:
            return ""
        if is_on_attribute(reference, "customMarkFollows"):
            self.called.append(("", note))  # its sign, often *, is written out in both places
            return ""
        self._count += 1
        self.called.append((f"({self._count})", note))
        return f"⁽{self._count}⁾".translate(_RAISED)


def is_on_attribute(element: etree._Element, name: str) -> bool:
    """Whether an on/off attribute of `element` is on."""
    return attribute(element, name) in ("1", "true", "on")


class _Body:
    def __init__(self, *, numbering: Numbering, notes: _Notes) -> None:
        self._numbering = numbering
        self._notes = notes
        self._boxes: list[etree._Element] = []

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        """Each paragraph, and each table as one block with a line for every cell's paragraph."""
        for element in _unwrapped(parent):
            if local(element) == "p":
                yield from self._paragraph(element)
            elif local(element) == "tbl":
                yield "\n".join(self._table(element))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        label = self._numbering.label(paragraph)
        text = "".join(self._text(paragraph))
        # An empty paragraph of a list is counted by Word, yet there is nothing to read in it.
        yield f"{label}{text.strip(' ')}" if text.strip() else text
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _table(self, table: etree._Element) -> Iterator[str]:
        for row in _unwrapped(table):
            if local(row) != "tr":
                continue
            for cell in _unwrapped(row):
                if local(cell) == "tc":
                    yield from (text for text in self.blocks(cell) if text.strip())

    def _text(self, element: etree._Element) -> Iterator[str]:
        for each in element:
            name = local(each)
            if name == "txbxContent":
                self._boxes.append(each)
            elif name in ("drawing", "pict"):
                self._boxes.extend(_text_boxes(each))
            elif name == "r" and is_on(child(each, "rPr", "vanish")):
                continue
            elif name not in _SKIPPED:
                yield from self._piece(each, name)

    def _piece(self, element: etree._Element, name: str) -> Iterator[str]:
        if name == "t":
            yield (element.text or "").replace("\n", " ")
        elif name == "br" and attribute(element, "type") == "page":
            yield "\f"
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield _symbol(element)
        elif name in _NOTE_KINDS:
            yield self._notes.call(element)
        else:
            yield from self._text(element)


def _text_boxes(drawing: etree._Element) -> list[etree._Element]:
    return [each for each in drawing.iter() if local(each) == "txbxContent"]


def _symbol(element: etree._Element) -> str:
    """A sign given by its place in a symbol font; those places are private ones of Unicode."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code <= 0xFFFF and not 0xD800 <= code < 0xE000 else ""


def _unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """The children, those in content controls and in tracked insertions included."""
    pending = list(reversed(parent))
    while pending:
        element = pending.pop()
        if local(element) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            pending.extend(reversed(element))
        else:
            yield element


def read_docx(data: bytes, *, name: str, limits: Limits) -> str:
    """The text of a DOCX: a blank line between paragraphs, footnotes at the end as `(1) …`.

    A footnote's mark in the text is raised, "Protocol⁽¹⁾", so that no one takes it for an item.
    """
    archive = Archive(data, name=name, limits=limits, format_name="DOCX")
    if _MAIN not in archive:
        raise errors.Damaged(name=name, format="DOCX")
    document = archive.xml(_MAIN)
    main = child(document, "body")
    if main is None:
        raise errors.Damaged(name=name, format="DOCX")
    numbering = read_numbering(
        _optional(archive, "word/numbering.xml"), _optional(archive, "word/styles.xml")
    )
    parts = {kind: _notes_of(archive, kind) for kind in _NOTE_KINDS.values()}
    notes = _Notes(parts=parts)
    body = _Body(numbering=numbering, notes=notes)
    try:
        blocks = [*_first_header(archive, main, body), *body.blocks(main)]
        blocks += _note_lines(notes, body)
    except RecursionError as error:
        raise errors.Damaged(name=name, format="DOCX") from error
    return "\n\n".join(block for block in blocks if block.strip(" \n"))


def _optional(archive: Archive, part: str) -> etree._Element | None:
    return archive.xml(part) if part in archive else None


def _notes_of(archive: Archive, kind: str) -> dict[str, etree._Element]:
    root = _optional(archive, f"word/{kind}.xml")
    if root is None:
        return {}
    return {attribute(note, "id") or "": note for note in root if attribute(note, "type") is None}


def _note_lines(notes: _Notes, body: _Body) -> Iterator[str]:
    for mark, note in notes.called:  # a note may itself call one; it is then read after the rest
        text = " ".join(" ".join(block.split()) for block in body.blocks(note))
        if text.strip():
            yield f"{mark} {text.strip()}".strip()


def _first_header(archive: Archive, main: etree._Element, body: _Body) -> Iterator[str]:
    """What stands over the first page, where many documents carry their symbol."""
    section = next((each for each in main.iter() if local(each) == "sectPr"), None)
    if section is None:
        return
    wanted = "first" if is_on(child(section, "titlePg")) else "default"
    for reference in children(section, "headerReference"):
        if (attribute(reference, "type") or "default") == wanted:
            part = _target(archive, relation(reference))
            if part is not None and part in archive:
                yield from body.blocks(archive.xml(part))
            return


def _target(archive: Archive, relation_id: str | None) -> str | None:
    relations = _optional(archive, "word/_rels/document.xml.rels")
    if relations is None or relation_id is None:
        return None
    for each in relations:
        if each.get("Id") == relation_id and each.get("TargetMode") != "External":
            return posixpath.normpath(posixpath.join("word", each.get("Target") or ""))
    return None
