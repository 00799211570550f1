"""A composed report as the library keeps documents: its lines, and their structure. Pure.

Every heading, paragraph, recommendation and footnote is put where it was composed; nothing is read
back from the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from marsad.design.formatting import Digits, Formatter
from marsad.review.composing import last_day
from marsad.review.types.report import Composed, Passage, Span
from marsad.review.words import BlockKind
from marsad.undocs import (
    Footnote,
    FootnoteMark,
    Item,
    LooseText,
    Meeting,
    Paragraph,
    Said,
    Section,
    StatesList,
    Structure,
    normalise_symbol,
)

_Lines = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What `library.actions.publishing` takes, but for the file."""

    text: str
    structure: Structure
    #: By id of a paragraph that recommends.
    recommending: dict[str, Said]


@dataclass
class _Open:
    """A section that goes on."""

    id: str
    level: int
    passage: Passage
    lines: _Lines
    paragraphs: list[str] = field(default_factory=list)
    below: list[_Open] = field(default_factory=list)

    def close(self) -> Section:
        return Section(
            id=self.id,
            level=self.level,
            printed=self.passage.printed,
            heading=_text(self.passage.spans),
            paragraphs=tuple(self.paragraphs),
            sections=tuple(each.close() for each in self.below),
            lines=self.lines,
            marks=_marks(self.passage.spans),
        )


def structured(report: Composed) -> Written:
    """The lines of a report and its structure."""
    return _Builder(report).build()


class _Builder:
    def __init__(self, report: Composed) -> None:
        self.report = report
        language = report.language
        self.formatter = Formatter(language=language, digits=Digits.default_for(language))
        self.lines: list[str] = []
        self.chapters: list[_Open] = []
        self.paragraphs: list[Paragraph] = []
        self.loose: list[LooseText] = []
        self.footnotes: list[Footnote] = []
        self.states: list[StatesList] = []
        self.recommending: dict[str, Said] = {}

    def build(self) -> Written:
        report, front = self.report, self.report.front
        language = report.language
        symbol = normalise_symbol(report.symbol) if report.symbol else None
        for line in (symbol, front.parent_body.get(language), front.body.get(language)):
            if line:
                self._line(line)
        self._line(report.title)
        for passage in report.passages:
            _ADD[passage.kind](self, passage)
        published = report.published_at
        dated = front.dated_on or (
            timezone.localdate(published) if published else last_day(report.as_at)
        )
        last = front.ends_on or front.starts_on
        structure = Structure(
            language=language,
            symbol=symbol,
            distribution=front.distribution.capitalize() or None,
            document_date=dated.isoformat(),
            original_language=front.original_language or None,
            body=front.body.get(language) or None,
            parent_body=front.parent_body.get(language) or None,
            session=front.session,
            meeting=Meeting(
                place=front.place.get(language) or None,
                start=front.starts_on.isoformat() if front.starts_on else None,
                end=last.isoformat() if last else None,
            ),
            agenda_item=front.agenda_item or None,
            agenda_item_title=front.agenda_item_title.get(language) or None,
            title=report.title,
            author=report.author or None,
            sections=tuple(each.close() for each in self.chapters),
            paragraphs=tuple(self.paragraphs),
            loose=tuple(self.loose),
            footnotes=tuple(
                replace(note, lines=self._line(f"({note.marker}) {note.text}"))
                for note in self.footnotes
            ),
            states=tuple(self.states),
        )
        return Written(
            text="\n".join(self.lines), structure=structure, recommending=self.recommending
        )

    # -- one passage each ----------------------------------------------------------------------

    def chapter(self, passage: Passage) -> None:
        """A chapter, or an annex."""
        lines = self._line(f"{passage.printed} - {_text(passage.spans)}")
        self.chapters.append(_Open(id=passage.anchor, level=1, passage=passage, lines=lines))
        self._note(passage.spans, anchor=passage.anchor, paragraph=None)
        for place, row in enumerate(passage.rows, start=1):
            n, of = map(self.formatter.number, (row.figure.n, row.figure.of))
            said = f"{row.paragraph} | {row.words}: {n} / {of}"
            self._loosen(f"{passage.anchor}-text-{place}", said)

    def section(self, passage: Passage) -> None:
        lines = self._line(f"{passage.printed} - {_text(passage.spans)}")
        opened = _Open(id=passage.anchor, level=2, passage=passage, lines=lines)
        (self.chapters[-1].below if self.chapters else self.chapters).append(opened)
        self._note(passage.spans, anchor=passage.anchor, paragraph=None)

    def paragraph(self, passage: Passage) -> None:
        number = passage.number or 0
        text = _text(passage.spans)
        lines = self._line(f"{passage.printed}- {text}")
        items = tuple(
            Item(
                letter=item.letter,
                printed=item.printed,
                id=f"{passage.anchor}-{item.letter}",
                text=_text(item.spans),
                lines=self._line(f"({item.printed}) {_text(item.spans)}"),
                marks=_marks(item.spans),
            )
            for item in passage.items
        )
        self.paragraphs.append(
            Paragraph(
                number=number,
                id=passage.anchor,
                text=text,
                items=items,
                section=self._here.id if self._here else None,
                lines=lines,
                marks=_marks(passage.spans),
            )
        )
        if self._here:
            self._here.paragraphs.append(passage.anchor)
        self._note(passage.spans, anchor=passage.anchor, paragraph=number)
        for item in passage.items:
            anchor = f"{passage.anchor}-{item.letter}"
            self._note(item.spans, anchor=anchor, paragraph=number)
        if passage.kind == BlockKind.STATES:
            iso2 = tuple(passage.states)
            self.states.append(StatesList(paragraph=number, role="replied", iso2=iso2, lines=lines))
        if passage.kind == BlockKind.RECOMMENDATION:
            self.recommending[passage.anchor] = Said(
                addressees=tuple(passage.about.get("addressees") or ()),
                strength=passage.about.get("strength") or None,
                themes=tuple(passage.about.get("themes") or ()),
            )

    def extract(self, passage: Passage) -> None:
        said = f"“{_text(passage.spans)}”"
        if self.report.language == "ar":
            said = f"«{_text(passage.spans)}»"
        self._loosen(passage.anchor, f"{said} ({passage.source})" if passage.source else said)
        self._note(passage.spans, anchor=passage.anchor, paragraph=None)

    def chart(self, passage: Passage) -> None:
        said = f"{passage.printed}: {_text(passage.spans)}"
        if passage.chart:
            semicolon = "؛ " if self.report.language == "ar" else "; "
            said += " – " + semicolon.join(
                f"{bar.label}: {self.formatter.number(bar.count)}" for bar in passage.chart.bars
            )
        self._loosen(passage.anchor, said)
        self._note(passage.spans, anchor=passage.anchor, paragraph=None)

    # -- pieces --------------------------------------------------------------------------------

    @property
    def _here(self) -> _Open | None:
        """The section that passages stand in now."""
        if not self.chapters:
            return None
        chapter = self.chapters[-1]
        return chapter.below[-1] if chapter.below else chapter

    def _line(self, text: str) -> _Lines:
        """Put a line at the end, and say where it is."""
        self.lines.append(" ".join(text.split()))
        place = len(self.lines) - 1
        return ((place, place),)

    def _loosen(self, ident: str, text: str) -> None:
        self.loose.append(
            LooseText(
                id=ident,
                text=" ".join(text.split()),
                section=self._here.id if self._here else None,
                lines=self._line(text),
            )
        )

    def _note(self, spans: Iterable[Span], *, anchor: str, paragraph: int | None) -> None:
        self.footnotes += [
            Footnote(
                marker=span.note.marker, text=span.note.text, paragraph=paragraph, anchor=anchor
            )
            for span in spans
            if span.note
        ]


_ADD = {
    "chapter": _Builder.chapter,
    "annex": _Builder.chapter,
    "section": _Builder.section,
    "paragraph": _Builder.paragraph,
    "states": _Builder.paragraph,
    "recommendation": _Builder.paragraph,
    "extract": _Builder.extract,
    "chart": _Builder.chart,
}


def _text(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


def _marks(spans: Sequence[Span]) -> tuple[FootnoteMark, ...]:
    found: list[FootnoteMark] = []
    at = 0
    for span in spans:
        at += len(span.text)
        if span.note:
            found.append(FootnoteMark(marker=span.note.marker, at=at))
    return tuple(found)


__all__ = ["Written", "structured"]
