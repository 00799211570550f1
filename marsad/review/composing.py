"""A report composed in one language: numbers given, live figures written, footnotes in their order.

Pure: what the database knows comes as `Material`, so that a draft (counted now) and a published
report (frozen) are composed by the same lines, and page, Word, PDF, JSON and library cannot differ.
Run it inside `reading_as(language=…)`: the words between come from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter
from marsad.review import prose
from marsad.review.types.figure import Figure, Query
from marsad.review.types.report import (
    Bar,
    Chart,
    Composed,
    Front,
    Item,
    Note,
    Passage,
    Row,
    Span,
)
from marsad.review.words import BlockKind

#: What is numbered as a paragraph, from the first to the last, across all chapters.
NUMBERED = frozenset(
    {
        BlockKind.PARAGRAPH,
        BlockKind.FIGURE,
        BlockKind.STATES,
        BlockKind.CONCLUSION,
        BlockKind.RECOMMENDATION,
    }
)
#: `[^law]` in the words of a block sends the reader to the footnote of that mark.
MARK = re.compile(r"\[\^(?P<mark>[a-z0-9_]{1,20})\]")

_CHAPTERS_AR = (
    *("أولاً", "ثانياً", "ثالثاً", "رابعاً", "خامساً", "سادساً", "سابعاً", "ثامناً", "تاسعاً", "عاشراً"),
    *("حادي عشر", "ثاني عشر", "ثالث عشر", "رابع عشر", "خامس عشر", "سادس عشر", "سابع عشر"),
    *("ثامن عشر", "تاسع عشر", "عشرون"),
)
_SECTIONS_AR = (
    *("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم"),
    *("نون", "سين", "عين", "فاء", "صاد", "قاف", "راء", "شين", "تاء", "ثاء", "خاء", "ذال", "ضاد"),
)
#: Letters of a list in Arabic, in the order of a, b, c.
ITEMS_AR = "أبجدهوزحطيكلمنسعفصقرشتثخذض"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


# ── what is known ────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a chart is drawn from: each choice of a question with its figure."""

    #: By language code.
    labels: Mapping[str, str]
    #: Of each choice: its words by language code, whether it says that one does not know, figure.
    rows: Sequence[tuple[Mapping[str, str], bool, Figure]]
    of: int
    no_answer: int
    withheld: int


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A passage of an answer, with whose it is."""

    answer: str
    text: str
    #: Of the text, where it could be told.
    language: str
    state: str
    #: The question, by language code.
    question: Mapping[str, str]
    on: date


@dataclass(frozen=True, kw_only=True)
class Material:
    """What one block stands on."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    choices: Choices | None = None
    #: ISO codes of the States that replied.
    states: Sequence[str] = ()
    quote: Quote | None = None
    #: What the themes that figures count are called, by code, each by language code.
    themes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A block as it is stored, without the database."""

    key: str
    kind: str
    words: Mapping[str, str]
    about: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    material: Material = field(default_factory=Material)


@dataclass(frozen=True, kw_only=True)
class Speech:
    """How things are called in the language of the report."""

    formatter: Formatter
    #: Names of States in the order of the language, and one by one.
    naming: prose.Naming
    name: Callable[[str], str]
    #: What a query counts: question and answers, as the language puts them.
    question: Callable[[Query], str]
    answers: Callable[[Query], str]
    #: The name of a body that asks: who wrote the report.
    author: str = ""


# ── composing ────────────────────────────────────────────────────────────────────────────────────
def compose(
    pieces: Iterable[Piece],
    *,
    speech: Speech,
    key: str,
    round_key: str,
    title: str,
    symbol: str,
    front: Front,
    as_at: datetime,
    published_at: datetime | None,
    is_invented: bool,
) -> Composed:
    """The whole report in one language."""
    composer = _Composer(speech=speech, as_at=as_at)
    passages = [passage for piece in pieces for passage in composer.passages(piece)]
    passages = [composer.with_rows(passage) for passage in passages]
    return Composed(
        key=key,
        round_key=round_key,
        language=speech.formatter.language,
        title=title,
        symbol=symbol,
        front=front,
        as_at=as_at,
        published_at=published_at,
        is_invented=is_invented,
        passages=passages,
        notes=composer.notes,
        author=speech.author,
    )


def last_day(as_at: datetime) -> date:
    """The last day whose answers count, in Vienna: a report as at midnight speaks of the day."""
    return timezone.localdate(as_at - timedelta(microseconds=1))


class _Composer:
    """Walks the blocks once, counting chapters, sections, paragraphs, charts and footnotes."""

    def __init__(self, *, speech: Speech, as_at: datetime) -> None:
        self.speech = speech
        self.formatter = speech.formatter
        self.as_at = as_at
        self.notes: list[Note] = []
        self.rows: list[Row] = []
        self._chapter = self._section = self._paragraph = self._chart = self._annex = 0
        self._quotes = 0

    @property
    def _is_arabic(self) -> bool:
        return self.formatter.language.split("-")[0] == "ar"

    def passages(self, piece: Piece) -> Iterator[Passage]:
        """What becomes of one block."""
        if piece.kind == BlockKind.CHAPTER:
            yield self._heading_of_chapter(piece)
        elif piece.kind == BlockKind.SECTION:
            yield self._heading_of_section(piece)
        elif piece.kind == BlockKind.CHART:
            yield self._chart_of(piece)
        elif piece.kind == BlockKind.EXTRACT:
            yield self._extract(piece)
        elif piece.kind == BlockKind.ANNEX:
            yield self._heading_of_annex(piece)
        else:
            yield self._numbered(piece)

    # -- headings ------------------------------------------------------------------------------

    def _heading_of_chapter(self, piece: Piece) -> Passage:
        self._chapter, self._section = self._chapter + 1, 0
        printed = _chapter_ar(self._chapter) if self._is_arabic else roman(self._chapter)
        return self._heading(piece, kind="chapter", anchor=f"sec-{self._chapter}", printed=printed)

    def _heading_of_section(self, piece: Piece) -> Passage:
        self._section += 1
        letter = letter_of(self._section)
        known = self._section <= len(_SECTIONS_AR)
        arabic = _SECTIONS_AR[self._section - 1] if known else letter.upper()
        return self._heading(
            piece,
            kind="section",
            anchor=f"sec-{self._chapter}-{letter}",
            printed=arabic if self._is_arabic else letter.upper(),
        )

    def _heading_of_annex(self, piece: Piece) -> Passage:
        self._annex += 1
        return self._heading(piece, kind="annex", anchor=f"annex-{self._annex}", printed=_("Annex"))

    def _heading(self, piece: Piece, *, kind: str, anchor: str, printed: str) -> Passage:
        return Passage(
            block=piece.key,
            kind=kind,
            anchor=anchor,
            printed=printed,
            spans=self._spans(piece, _words(piece, self.formatter)),
            language=self.formatter.language,
        )

    # -- paragraphs ----------------------------------------------------------------------------

    def _numbered(self, piece: Piece) -> Passage:
        self._paragraph += 1
        printed = self.formatter.number(self._paragraph)
        first, *others = _words(piece, self.formatter).split("\n")
        spans = self._spans(piece, first)
        states = self._in_order(piece.material.states)
        if piece.kind == BlockKind.STATES:
            spans = [*spans, Span(text=f" {self._named(states)}")]
        items = [
            Item(
                letter=letter_of(place),
                printed=self._item(place),
                spans=self._spans(piece, line),
            )
            for place, line in enumerate((line for line in others if line.strip()), start=1)
        ]
        spans, items = self._with_note_of_figures(piece, spans, items)
        self.rows += [
            Row(paragraph=printed, words=self._in_words(figure), figure=figure)
            for figure in self._used(piece)
        ]
        kinds = {BlockKind.RECOMMENDATION: "recommendation", BlockKind.STATES: "states"}
        return Passage(
            block=piece.key,
            kind=kinds.get(BlockKind(piece.kind), "paragraph"),
            anchor=f"para-{self._paragraph}",
            printed=printed,
            number=self._paragraph,
            spans=spans,
            items=items,
            language=self.formatter.language,
            states=states if piece.kind == BlockKind.STATES else (),
            about=piece.about,
        )

    def _item(self, place: int) -> str:
        if self._is_arabic and place <= len(ITEMS_AR):
            letter = ITEMS_AR[place - 1]
            return "هـ" if letter == "ه" else letter
        return letter_of(place)

    def _in_order(self, codes: Sequence[str]) -> list[str]:
        place = {name: index for index, name in enumerate(self.speech.naming(codes))}
        return sorted(codes, key=lambda iso2: place[self.speech.name(iso2)])

    def _named(self, codes: Sequence[str]) -> str:
        if not codes:
            return _("No State had replied.")
        return self.formatter.listed([self.speech.name(iso2) for iso2 in codes]) + "."

    def _spans(self, piece: Piece, words: str) -> list[Span]:
        """Words with their figures written and the footnotes that somebody wrote at their marks."""
        spans: list[Span] = []
        done = 0
        for found in MARK.finditer(words):
            note = self._noted(_said(piece.notes.get(found["mark"], {}), self.formatter))
            text = words[done : found.start()]
            done = found.end()
            if note is None:
                spans += self._rendered(piece, text)
                continue
            *before, last = self._rendered(piece, text)
            spans += [*before, replace(last, note=note)]
        rest = words[done:]
        return spans + (self._rendered(piece, rest) if rest or not spans else [])

    def _rendered(self, piece: Piece, words: str) -> list[Span]:
        """Words with their figures written, and the last day of the report where they name it."""
        rendered = prose.render(
            words.replace("{as_at}", self.formatter.date(last_day(self.as_at))),
            piece.material.figures,
            formatter=self.formatter,
            naming=self.speech.naming,
        )
        return [
            span if span.figure else replace(span, text=self.formatter.text(span.text))
            for span in rendered
        ]

    # -- footnotes -----------------------------------------------------------------------------

    def _noted(self, text: str) -> Note | None:
        if not text.strip():
            return None
        note = Note(marker=str(len(self.notes) + 1), text=self.formatter.text(text))
        self.notes.append(note)
        return note

    def _with_note_of_figures(
        self, piece: Piece, spans: list[Span], items: list[Item]
    ) -> tuple[list[Span], list[Item]]:
        """One footnote at the end of a paragraph: what was counted there, and as at which day."""
        used = self._used(piece)
        note = self._noted(self._sources(used)) if used else None
        if note is None:
            return spans, items
        if items:
            end = items[-1]
            noted = replace(end.spans[-1], note=note)
            return spans, [*items[:-1], replace(end, spans=[*end.spans[:-1], noted])]
        *before, last = spans
        if last.note is not None:  # two footnotes never stand at one place
            return [*spans, Span(text="", note=note)], items
        return [*before, replace(last, note=note)], items

    def _used(self, piece: Piece) -> list[Figure]:
        """The figures that the words use, in the order in which they are met in any language."""
        names = prose.used_names([_words(piece, self.formatter), *piece.words.values()])
        figures = piece.material.figures
        return [figures[name] for name in names if name in figures]

    def _sources(self, figures: Sequence[Figure]) -> str:
        """Where figures come from: each question once, with what was counted of its answers."""
        groups: dict[tuple[str, int], list[Figure]] = {}
        for figure in figures:
            groups.setdefault((self.speech.question(figure.query), figure.of), []).append(figure)
        sources = [self._source(question, same) for (question, _of), same in groups.items()]
        return _("{sources}. Answers as at {day}.").format(
            sources="; ".join(sources) if not self._is_arabic else "؛ ".join(sources),
            day=self.formatter.date(last_day(self.as_at)),
        )

    def _source(self, question: str, figures: Sequence[Figure]) -> str:
        counts = [
            _("{answers}: {count}").format(
                answers=self.speech.answers(figure.query), count=self.formatter.number(figure.n)
            )
            for figure in figures
        ]
        first = figures[0]
        beside = [_("of {count}").format(count=self.formatter.number(first.of))]
        if first.not_known:
            count = self.formatter.number(first.not_known)
            beside.append(_("not known {count}").format(count=count))
        if first.withheld:
            count = self.formatter.number(first.withheld)
            beside.append(_("withheld {count}").format(count=count))
        comma = "، " if self._is_arabic else ", "
        return _("{question}: {counts} ({beside})").format(
            question=question, counts=comma.join(counts), beside=comma.join(beside)
        )

    def _in_words(self, figure: Figure) -> str:
        return f"{self.speech.question(figure.query)}: {self.speech.answers(figure.query)}"

    # -- charts, extracts, the annex -----------------------------------------------------------

    def _chart_of(self, piece: Piece) -> Passage:
        self._chart += 1
        choices = piece.material.choices
        said = _words(piece, self.formatter) or _said(
            choices.labels if choices else {}, self.formatter
        )
        chart = self._drawn(choices, title=said) if choices else None
        if chart:
            self.rows += [
                Row(
                    paragraph=_("Figure {number}").format(number=self._chart_number()),
                    words=f"{said}: {bar.label}",
                    figure=bar.figure,
                )
                for bar in chart.bars
                if bar.figure
            ]
        spans = [Span(text=self.formatter.text(said))]
        note = self._noted(
            _("{sources}. Answers as at {day}.").format(
                sources=_("Question “{question}”").format(
                    question=_said(choices.labels, self.formatter)
                ),
                day=self.formatter.date(last_day(self.as_at)),
            )
            if choices
            else ""
        )
        if note:
            spans[-1] = replace(spans[-1], note=note)
        return Passage(
            block=piece.key,
            kind="chart",
            anchor=f"figure-{self._chart}",
            printed=_("Figure {number}").format(number=self._chart_number()),
            spans=spans,
            language=self.formatter.language,
            chart=chart,
        )

    def _chart_number(self) -> str:
        return self.formatter.number(self._chart) if self._is_arabic else roman(self._chart)

    def _drawn(self, choices: Choices, *, title: str) -> Chart:
        bars = [
            Bar(
                label=_said(labels, self.formatter),
                count=figure.n,
                kind="not_known" if is_unknown else "answer",
                figure=figure,
            )
            for labels, is_unknown, figure in choices.rows
        ]
        bars.append(Bar(label=_("No answer"), count=choices.no_answer, kind="not_known"))
        if choices.withheld:
            label = _("For the Secretariat only")
            bars.append(Bar(label=label, count=choices.withheld, kind="withheld"))
        among = choices.rows[0][2].query.among if choices.rows else "replied"
        counted = {
            "invited": _("Number of States, of all that were invited"),
            "replied": _("Number of States, of all that replied"),
            "asked": _("Number of States, of all that were asked"),
        }
        return Chart(
            title=title,
            language=self.formatter.language,
            bars=bars,
            of=choices.of,
            answers_heading=_("Answer"),
            count_heading=counted[among],
        )

    def _extract(self, piece: Piece) -> Passage:
        self._quotes += 1
        quote = piece.material.quote
        own = self.formatter.language.split("-")[0]
        translated = piece.words.get(own, "").strip()
        text = translated or (quote.text if quote else "")
        source = ""
        spans = [Span(text=text)]
        if quote:
            question = _said(quote.question, self.formatter)
            source = _("{state}, in reply to “{question}”").format(
                state=self.speech.name(quote.state), question=self.formatter.text(question)
            )
            note = self._noted(
                _("{source}. Answer of {day}{translated}.").format(
                    source=source,
                    day=self.formatter.date(quote.on),
                    translated=_("; translated") if translated and quote.language != own else "",
                )
            )
            spans = [Span(text=text, note=note)]
        return Passage(
            block=piece.key,
            kind="extract",
            anchor=f"text-{self._quotes}",
            spans=spans,
            language=own if translated or not quote else quote.language or own,
            source=source,
        )

    def with_rows(self, passage: Passage) -> Passage:
        """The annex gathers every figure of the report, once all are known."""
        return replace(passage, rows=tuple(self.rows)) if passage.kind == "annex" else passage


# ── small things ─────────────────────────────────────────────────────────────────────────────────
def _words(piece: Piece, formatter: Formatter) -> str:
    """The words in this language and no other: what is missing is to be seen."""
    return piece.words.get(formatter.language.split("-")[0], "").strip()


def _said(words: Mapping[str, str], formatter: Formatter) -> str:
    own = formatter.language.split("-")[0]
    return words.get(own) or next((said for said in words.values() if said), "")


def roman(number: int) -> str:
    """A number as chapters bear it.

    >>> roman(14)
    'XIV'
    """
    written = ""
    for value, sign in _ROMAN:
        while number >= value:
            written, number = written + sign, number - value
    return written


def _chapter_ar(number: int) -> str:
    return _CHAPTERS_AR[number - 1] if number <= len(_CHAPTERS_AR) else str(number)


def letter_of(place: int) -> str:
    """a, b … z, aa, ab …: what sections and items go by in addresses.

    >>> letter_of(1), letter_of(27)
    ('a', 'aa')
    """
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


__all__ = [
    "ITEMS_AR",
    "NUMBERED",
    "Choices",
    "Material",
    "Piece",
    "Quote",
    "Speech",
    "compose",
    "last_day",
    "letter_of",
    "roman",
]
