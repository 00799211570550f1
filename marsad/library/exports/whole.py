"""A whole document as it is printed: the structure `undocs` found, back in reading order.

The structure keeps headings, paragraphs, recommendations with a heading of their own, agenda and
loose text apart; each knows the lines it was read from, and that is the order they are printed in.
Footnotes stand at their marks, under the marker the document gave them; one whose mark is nowhere
in the words stands at the end of the passage it belongs to, or at the end of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter
from marsad.design.printing.made import clean
from marsad.library.exports.layout import language_name, marks, page_words
from marsad.library.words import distribution_name

#: The letters that number the parts of a list in Arabic, in the order of a, b, c.
_ARABIC_LETTERS = "أبجدهوزحطيكلمنسعفصقرشتثخذض"

#: What the JSON of the structure holds for one passage.
Record = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words, and the footnote that follows them."""

    text: str
    #: Its marker; empty where no footnote follows.
    marker: str = ""
    #: Its text.
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One passage in reading order."""

    #: `heading`, `recommendation`, `paragraph`, `item` or `text`.
    kind: str
    #: Depth of a heading, from 1.
    level: int = 1
    #: What hangs before it: "13.", "(a)"; empty for most.
    number: str = ""
    pieces: Sequence[Piece]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The whole document as printed."""

    language: str
    title: str
    #: What stands above every page.
    head: str
    #: The two columns at the head: the bodies; symbol, distribution, date, original language.
    leading: Sequence[str]
    trailing: Sequence[str]
    #: Session, place and days, agenda item, whose report it is: one line each, under the title.
    meta: Sequence[str]
    sample_notice: str
    colophon: str
    page_words: str
    blocks: Sequence[Block]
    #: Footnotes whose mark is nowhere in the text: marker and text.
    stray: Sequence[tuple[str, str]]
    stray_heading: str


def lay_out_whole(
    structure: Record,
    *,
    language: str,
    title: str,
    symbol: str | None,
    is_sample: bool,
    formatter: Formatter,
) -> Whole:
    """Choose every word of the printed document and put it in order."""
    notes = _Notes(structure.get("footnotes") or (), formatter=formatter)
    blocks = list(_Order(structure, notes=notes, formatter=formatter).blocks())
    return Whole(
        language=language,
        title=clean(title),
        head=clean(symbol or title),
        leading=_present(structure.get("parent_body"), structure.get("body")),
        trailing=list(_trailing(structure, symbol=symbol, formatter=formatter)),
        meta=list(_meta(structure, formatter=formatter)),
        sample_notice=_sample_notice() if is_sample else "",
        colophon=_(
            "A reading copy made with Marsad. "
            "The document as issued by the United Nations remains the authentic text."
        ),
        page_words=page_words(),
        blocks=blocks,
        stray=notes.left(),
        stray_heading=_("Notes without a mark in the text"),
    )


def _sample_notice() -> str:
    return _("A sample written for demonstration: no body of the United Nations ever issued it.")


def _present(*lines: str | None) -> list[str]:
    return [clean(line) for line in lines if line]


def _trailing(structure: Record, *, symbol: str | None, formatter: Formatter) -> Iterator[str]:
    if symbol:
        yield clean(symbol)
    yield from _present(*(structure.get("other_symbols") or ()))
    if structure.get("distribution"):
        yield _("Distribution: {how}").format(
            how=clean(distribution_name(structure["distribution"]))
        )
    day = _day(structure.get("document_date"))
    if day:
        yield formatter.date(day)
    if structure.get("original_language"):
        name = language_name(structure["original_language"], reader=formatter.language)
        yield _("Original: {language}").format(language=name)


def _meta(structure: Record, *, formatter: Formatter) -> Iterator[str]:
    if structure.get("session"):
        yield _("Session {number}").format(number=formatter.number(structure["session"]))
    meeting = structure.get("meeting") or {}
    start, end = _day(meeting.get("start")), _day(meeting.get("end"))
    days = formatter.date_range(start, end or start) if start else ""
    when = _present(meeting.get("place"), days)
    if when:
        yield marks(formatter.language)[0].join(when)
    if structure.get("agenda_item"):
        place = _agenda_place(structure["agenda_item"], formatter=formatter)
        item = _("Agenda item {number}").format(number=place)
        yield ": ".join(_present(item, structure.get("agenda_item_title")))
    yield from _present(structure.get("author"))


def _agenda_place(place: str, *, formatter: Formatter) -> str:
    """The place on the agenda as its language writes it: "2(d)" → "2 (d)", «٢ (د)»."""
    number, _bracket, letter = place.rstrip(")").partition("(")
    if formatter.language.split("-")[0] == "ar" and "a" <= letter <= "z" and len(letter) == 1:
        letter = _ARABIC_LETTERS[ord(letter) - ord("a")]
    return formatter.text(f"{number.strip()} ({letter})" if letter else number.strip())


def _day(said: str | None) -> date | None:
    """The day an ISO date names; None for "2009-05" or nothing."""
    try:
        return date.fromisoformat(said or "")
    except ValueError:
        return None


class _Notes:
    """Hands out each footnote at its mark, once."""

    def __init__(self, footnotes: Sequence[Record], *, formatter: Formatter) -> None:
        self._formatter = formatter
        self._waiting = list(footnotes)

    def at(self, record: Record) -> list[Piece]:
        """The words of a passage, cut at its marks."""
        text = record.get("text") or record.get("heading") or record.get("title") or ""
        pieces: list[Piece] = []
        done = 0
        for mark in sorted(record.get("marks") or (), key=lambda mark: mark["at"]):
            note = self._take(mark["marker"], anchor=record.get("id"))
            pieces.append(self._piece(text[done : mark["at"]], marker=mark["marker"], note=note))
            done = mark["at"]
        pieces.append(Piece(text=clean(text[done:])))
        return pieces + [
            self._piece("", marker=note["marker"], note=note)
            for note in self._unmarked(record.get("id"))
        ]

    def left(self) -> list[tuple[str, str]]:
        """Those that no passage asked for."""
        return [
            (self._formatter.text(note["marker"]), clean(note["text"])) for note in self._waiting
        ]

    def _take(self, marker: str, *, anchor: str | None) -> Record | None:
        """The footnote with that marker, this passage's own first: markers may begin anew."""
        same = [note for note in self._waiting if note["marker"] == marker]
        own = [note for note in same if note.get("anchor") == anchor]
        for note in (*own, *same):
            self._waiting.remove(note)
            return note
        return None

    def _unmarked(self, anchor: str | None) -> list[Record]:
        found = [note for note in self._waiting if anchor and note.get("anchor") == anchor]
        for note in found:
            self._waiting.remove(note)
        return found

    def _piece(self, text: str, *, marker: str, note: Record | None) -> Piece:
        shown = self._formatter.text(marker)
        # A second mark of the same note repeats the marker and not the note.
        return Piece(text=clean(text), marker=shown, note=clean(note["text"]) if note else "")


#: The agenda hangs under the paragraph that introduces it, as lettered items do.
_KINDS = {"paragraph": "paragraph", "agenda": "item"}


class _Order:
    """Puts the passages of a structure into reading order."""

    def __init__(self, structure: Record, *, notes: _Notes, formatter: Formatter) -> None:
        self._notes = notes
        self._formatter = formatter
        self._sections: Sequence[Record] = structure.get("sections") or ()
        known = set(_section_ids(self._sections))
        self._loose: dict[str | None, list[tuple[str, Record]]] = {}
        passages = [
            *(("paragraph", each) for each in structure.get("paragraphs") or ()),
            *(("recommendation", each) for each in _headed(structure)),
            *(("text", each) for each in structure.get("loose") or ()),
            *(("agenda", each) for each in _agenda(structure)),
        ]
        for kind, passage in passages:
            section = passage.get("section")
            self._loose.setdefault(section if section in known else None, []).append(
                (kind, passage)
            )

    def blocks(self) -> Iterator[Block]:
        """Every passage, once."""
        yield from self._under(None, self._sections)

    def _under(self, section: str | None, below: Sequence[Record]) -> Iterator[Block]:
        found = [*self._loose.get(section, ()), *(("section", each) for each in below)]
        if all(each.get("lines") for _kind, each in found):
            found.sort(key=lambda passage: passage[1]["lines"][0][0])
        for kind, passage in found:
            if kind == "section":
                yield self._heading(passage)
                yield from self._under(passage["id"], passage.get("sections") or ())
            else:
                yield from self._passage(kind, passage)

    def _heading(self, section: Record) -> Block:
        pieces = self._notes.at(section)
        printed = clean(section.get("printed") or "")
        if printed:
            joint = " – " if self._formatter.language == "ar" else ". "
            pieces.insert(0, Piece(text=printed + joint))
        return Block(kind="heading", level=min(int(section.get("level") or 1), 3), pieces=pieces)

    def _passage(self, kind: str, passage: Record) -> Iterator[Block]:
        if kind == "recommendation":
            words = _("Recommendation {number}").format(
                number=self._formatter.text(str(passage["number"]))
            )
            yield Block(kind="recommendation", pieces=[Piece(text=words)])
        numbered = kind in ("paragraph", "agenda")
        number = self._formatter.text(f"{passage['number']}.") if numbered else ""
        yield Block(
            kind=_KINDS.get(kind, "text"),
            number=number,
            pieces=self._notes.at(passage),
        )
        for item in passage.get("items") or ():
            letter = clean(item.get("printed") or item["letter"])
            yield Block(kind="item", number=f"({letter})", pieces=self._notes.at(item))


def _section_ids(sections: Sequence[Record]) -> Iterator[str]:
    for section in sections:
        yield section["id"]
        yield from _section_ids(section.get("sections") or ())


def _headed(structure: Record) -> Iterator[Record]:
    """Recommendations that are not a part of a paragraph printed anyway."""
    for each in structure.get("recommendations") or ():
        if each.get("headed"):
            yield {**each, "number": each["id"], "id": each.get("stable_id", each["id"])}


def _agenda(structure: Record) -> Iterator[Record]:
    """Items of the agenda, under the section of the paragraph that introduces them."""
    sections = {
        each["number"]: each.get("section") for each in reversed(structure.get("paragraphs") or ())
    }
    for each in structure.get("agenda") or ():
        yield {**each, "section": sections.get(each.get("paragraph"))}
