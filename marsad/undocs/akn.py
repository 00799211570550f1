"""The structure as Akoma Ntoso 3.0.

One work in the sense of the standard has an address without language; each language is an
expression of it. Identifiers of parts (`eId`) are made of numbers and Latin letters only, so that
`para_13__item_d` is the same place in Arabic and in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from .types import (
    AgendaItem,
    Footnote,
    FootnoteMark,
    Item,
    LooseText,
    Paragraph,
    Recommendation,
    Section,
    Structure,
)

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_ISO3 = {"ar": "ara", "en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "zh": "zho"}
_NO_DATE = "1000-01-01"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SOURCE = "#marsad"


def to_akn(structure: Structure) -> bytes:
    """Write `structure` as an Akoma Ntoso document.

    >>> from marsad.undocs import read_structure
    >>> b"akomaNtoso" in to_akn(read_structure("1. The Working Group met."))
    True
    """
    return _Writer(structure).write()


def work_uri(structure: Structure) -> str:
    """The address of the work, without language: "/akn/un/doc/2019/ctoc-cop-wg-4-2019-6"."""
    date = structure.document_date or structure.meeting.end
    year = _year(structure)
    name = structure.symbol or structure.job_number or f"undated-{date or year or 'unknown'}"
    return f"/akn/un/doc/{year or 'nd'}/{_slug(name)}"


def _year(structure: Structure) -> str | None:
    """The year in the symbol, since it is the same in every language and extraction."""
    found = re.search(r"/((?:19|20)\d\d)(?:/|$)", structure.symbol or "")
    if found:
        return found[1]
    date = structure.document_date or structure.meeting.end
    return date[:4] if date else None


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "unnamed"


def _eid(key: str) -> str:
    """ "para-13-d" as an identifier of the standard: "para_13__item_d"."""
    annex = re.match(r"annex-(\d+)-(?=.)", key)
    stem = f"annex_{annex[1]}__" if annex else ""
    parts = key[annex.end() :].split("-") if annex else key.split("-")
    if parts[0] in ("para", "rec", "agenda") and len(parts) >= 3 and parts[2].isalpha():
        return f"{stem}{parts[0]}_{parts[1]}__item_{'_'.join(parts[2:])}"
    return stem + "_".join(parts)


class _Writer:
    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._paragraphs = {paragraph.id: paragraph for paragraph in structure.paragraphs}
        self._notes = {note.marker: note for note in structure.footnotes}
        self._notes_written: set[str] = set()
        self._headed: dict[tuple[str | None, int | None], list[Recommendation]] = {}
        for recommendation in structure.recommendations:
            if recommendation.headed:
                place = (recommendation.section, recommendation.paragraph)
                self._headed.setdefault(place, []).append(recommendation)
        self._agenda: dict[int | None, list[AgendaItem]] = {}
        for item in structure.agenda:
            self._agenda.setdefault(item.paragraph, []).append(item)
        self._loose: dict[str | None, list[LooseText]] = {}
        for loose in structure.loose:
            self._loose.setdefault(loose.section, []).append(loose)

    def write(self) -> bytes:
        root = etree.Element(_tag("akomaNtoso"), nsmap=cast("dict[str, str]", {None: NAMESPACE}))
        document = _sub(root, "doc", name="report")
        self._meta(document)
        self._preface(document)
        self._main(document)
        written: bytes = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", pretty_print=True
        )
        return written

    # -- what the document is ------------------------------------------------------------------

    def _meta(self, document: etree._Element) -> None:
        meta = _sub(document, "meta")
        identification = _sub(meta, "identification", source=_SOURCE)
        work = work_uri(self._structure)
        language = _ISO3[self._structure.language]
        date = self._structure.document_date or self._structure.meeting.end or _NO_DATE
        self._work(identification, work, date)
        self._expression(identification, f"{work}/{language}@{date}", language, date)
        self._manifestation(identification, f"{work}/{language}@{date}", date)
        references = _sub(meta, "references", source=_SOURCE)
        _sub(references, "TLCOrganization", eId="un", href="/ontology/organization/un", showAs="UN")
        _sub(
            references,
            "TLCOrganization",
            eId="marsad",
            href="/ontology/organization/marsad",
            showAs="Marsad",
        )
        for index, cited in enumerate(self._structure.symbols_cited, 1):
            _sub(
                references,
                "passiveRef",
                eId=f"ref_{index}",
                href=f"/akn/un/doc/nd/{_slug(cited.symbol)}",
                showAs=cited.symbol,
            )

    def _work(self, identification: etree._Element, uri: str, date: str) -> None:
        work = _sub(identification, "FRBRWork")
        _sub(work, "FRBRthis", value=f"{uri}/!main")
        _sub(work, "FRBRuri", value=uri)
        _sub(work, "FRBRdate", date=date, name="Generation")
        _sub(work, "FRBRauthor", href="#un")
        _sub(work, "FRBRcountry", value="un")
        if self._structure.symbol:
            _sub(work, "FRBRnumber", value=self._structure.symbol)

    def _expression(
        self, identification: etree._Element, uri: str, language: str, date: str
    ) -> None:
        expression = _sub(identification, "FRBRExpression")
        _sub(expression, "FRBRthis", value=f"{uri}/!main")
        _sub(expression, "FRBRuri", value=uri)
        _sub(expression, "FRBRdate", date=date, name="Generation")
        _sub(expression, "FRBRauthor", href="#un")
        _sub(expression, "FRBRlanguage", language=language)

    def _manifestation(self, identification: etree._Element, uri: str, date: str) -> None:
        manifestation = _sub(identification, "FRBRManifestation")
        _sub(manifestation, "FRBRthis", value=f"{uri}/!main.xml")
        _sub(manifestation, "FRBRuri", value=f"{uri}.xml")
        _sub(manifestation, "FRBRdate", date=date, name="Generation")
        _sub(manifestation, "FRBRauthor", href="#marsad")

    def _preface(self, document: etree._Element) -> None:
        structure = self._structure
        said = [
            ("docNumber", structure.symbol),
            ("docProponent", structure.parent_body),
            ("docProponent", structure.body),
            ("docTitle", structure.title),
            ("docAuthority", structure.author),
        ]
        if not any(value for _, value in said):
            return
        preface = _sub(document, "preface", eId="preface")
        for name, value in said:
            if value:
                _sub(_sub(preface, "p"), name).text = _clean(value)

    # -- the text ------------------------------------------------------------------------------

    def _main(self, document: etree._Element) -> None:
        main = _sub(document, "mainBody", eId="body")
        self._loose_under(main, None)
        for item in self._agenda.pop(None, []):
            self._agenda_item(main, item)
        for paragraph in self._structure.paragraphs:
            if paragraph.section is None:
                self._paragraph(main, paragraph)
        self._recommendations(main, (None, None))
        for section in self._structure.sections:
            self._section(main, section)
        if len(main) == 0:
            _sub(main, "p")

    def _section(self, parent: etree._Element, section: Section) -> None:
        name = _LEVELS.get(section.level, "level")
        if section.id.startswith("annex-") and section.id.count("-") == 1:
            name = "part"
        element = _sub(parent, name, eId=_eid(section.id))
        if section.printed:
            _sub(element, "num").text = _clean(section.printed)
        heading = _sub(element, "heading")
        self._marked(heading, section.heading, section.marks)
        before = len(element)
        self._loose_under(element, section.id)
        self._recommendations(element, (section.id, None))
        for key in section.paragraphs:
            self._paragraph(element, self._paragraphs[key])
        for below in section.sections:
            self._section(element, below)
        if len(element) == before:
            _sub(_sub(element, "content"), "p")

    def _loose_under(self, parent: etree._Element, section: str | None) -> None:
        for loose in self._loose.get(section, ()):
            element = _sub(parent, "hcontainer", name="text", eId=_eid(loose.id))
            _sub(_sub(element, "content"), "p").text = _clean(loose.text)

    def _paragraph(self, parent: etree._Element, paragraph: Paragraph) -> None:
        element = _sub(parent, "paragraph", eId=_eid(paragraph.id))
        _sub(element, "num").text = str(paragraph.number)
        self._text_and_items(element, paragraph.text, paragraph.marks, paragraph.items)
        agenda = self._agenda.pop(paragraph.number, [])
        for item in agenda:
            self._agenda_item(parent, item)
        place = (paragraph.section, paragraph.number)
        self._recommendations(parent, place)

    def _text_and_items(
        self,
        element: etree._Element,
        text: str,
        marks: tuple[FootnoteMark, ...],
        items: tuple[Item, ...],
    ) -> None:
        if not items:
            self._marked(_sub(_sub(element, "content"), "p"), text, marks)
            return
        self._marked(_sub(_sub(element, "intro"), "p"), text, marks)
        for item in items:
            below = _sub(element, "point", eId=_eid(item.id))
            _sub(below, "num").text = _clean(f"({item.printed})")
            self._marked(_sub(_sub(below, "content"), "p"), item.text, item.marks)

    def _recommendations(
        self, parent: etree._Element, place: tuple[str | None, int | None]
    ) -> None:
        for recommendation in self._headed.pop(place, []):
            element = _sub(
                parent, "hcontainer", name="recommendation", eId=_eid(recommendation.stable_id)
            )
            _sub(element, "num").text = recommendation.id
            self._text_and_items(
                element, recommendation.text, recommendation.marks, recommendation.items
            )

    def _agenda_item(self, parent: etree._Element, item: AgendaItem) -> None:
        element = _sub(parent, "hcontainer", name="agendaItem", eId=_eid(item.id))
        _sub(element, "num").text = item.number
        self._text_and_items(element, item.title, (), item.items)

    def _marked(self, element: etree._Element, text: str, marks: tuple[FootnoteMark, ...]) -> None:
        """Write a text with the footnotes at their marks."""
        last: etree._Element | None = None
        done = 0
        for mark, note in self._noted(marks):
            _append(element, last, text[done : mark.at])
            done = mark.at
            if note.marker in self._notes_written:
                last = _sub(element, "noteRef", href=f"#{_note_id(note)}", marker=note.marker)
                continue
            self._notes_written.add(note.marker)
            last = _sub(
                element, "authorialNote", marker=note.marker, placement="bottom", eId=_note_id(note)
            )
            _sub(last, "p").text = _clean(note.text)
        _append(element, last, text[done:])

    def _noted(self, marks: tuple[FootnoteMark, ...]) -> Iterator[tuple[FootnoteMark, Footnote]]:
        for mark in marks:
            if mark.marker in self._notes:
                yield mark, self._notes[mark.marker]


_LEVELS = {1: "chapter", 2: "section", 3: "subsection"}


def _note_id(note: Footnote) -> str:
    stars = note.marker.count("*")
    return f"note_{note.marker}" if not stars else f"note_star_{stars}"


def _append(element: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + _clean(text)
    else:
        last.tail = (last.tail or "") + _clean(text)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _sub(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    element: etree._Element = etree.SubElement(parent, _tag(name))
    for key, value in attributes.items():
        element.set(key, _clean(value))
    return element


def _clean(text: str) -> str:
    """Without signs that XML does not allow."""
    return _NOT_XML.sub("", text)
