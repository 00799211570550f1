"""Reports: their blocks, and the same composed in a language, as every door prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from marsad.review.types.figure import Figure


# ── what stands on the first page ────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Front:
    """The first page of a report. What is in words is kept by language code."""

    #: The body it is written for, and the one above it.
    body: Mapping[str, str] = field(default_factory=dict)
    parent_body: Mapping[str, str] = field(default_factory=dict)
    #: Number of the session; none where it has none.
    session: int | None = None
    place: Mapping[str, str] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    agenda_item: str = ""
    agenda_item_title: Mapping[str, str] = field(default_factory=dict)
    distribution: str = "general"
    dated_on: date | None = None
    #: Code of the language it was first written in.
    original_language: str = "en"

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "body": dict(self.body),
            "parent_body": dict(self.parent_body),
            "session": self.session,
            "place": dict(self.place),
            "starts_on": self.starts_on.isoformat() if self.starts_on else "",
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
            "agenda_item": self.agenda_item,
            "agenda_item_title": dict(self.agenda_item_title),
            "distribution": self.distribution,
            "dated_on": self.dated_on.isoformat() if self.dated_on else "",
            "original_language": self.original_language,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Front:
        """The first page that `as_data` wrote; what is missing is left empty."""

        def day(name: str) -> date | None:
            return date.fromisoformat(data[name]) if data.get(name) else None

        return cls(
            body=data.get("body") or {},
            parent_body=data.get("parent_body") or {},
            session=data.get("session"),
            place=data.get("place") or {},
            starts_on=day("starts_on"),
            ends_on=day("ends_on"),
            agenda_item=data.get("agenda_item") or "",
            agenda_item_title=data.get("agenda_item_title") or {},
            distribution=data.get("distribution") or "general",
            dated_on=day("dated_on"),
            original_language=data.get("original_language") or "en",
        )


# ── warnings ─────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something in the words of a block that the answers do not carry.

    `number`: a number typed by hand that no live figure of the block has. `unknown`: a place that
    names no figure. `part`: a part of a figure that there is not. `unused`: a figure that the words
    do not use. `typed`: a count of States in words that have no live figure at all.
    """

    kind: str
    #: The number, the place or the name, as typed.
    said: str
    #: Where it stands in the words; both 0 for a figure that is not used.
    start: int = 0
    end: int = 0
    #: What the live figures of the block say, the nearest first.
    values: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Caution:
    """A warning about a block, as a page shows it and as whoever publishes must have seen it."""

    block: str
    #: Of the words.
    language: str
    kind: str
    #: One sentence, in the reader's language.
    says: str
    #: Number of the paragraph it stands in; empty where it has none.
    paragraph: str = ""


# ── a report composed in one language ────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Note:
    """A footnote."""

    #: In Latin digits: "1", or "*" on the first page.
    marker: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Span:
    """Some words of a passage: plain ones, or those that a live figure wrote."""

    text: str
    #: Name of the figure in its block; empty for plain words.
    name: str = ""
    figure: Figure | None = None
    #: The footnote that follows.
    note: Note | None = None


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A line of a chart: an answer and how many States gave it."""

    label: str
    count: int
    #: `answer`, or `not_known`, or `withheld`: what is not known is drawn as its own part.
    kind: str = "answer"
    figure: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart, drawn from figures; its table says the same in words."""

    title: str
    language: str
    bars: Sequence[Bar]
    #: Of how many States.
    of: int
    #: Heading of the column of answers, and that of the counts.
    answers_heading: str
    count_heading: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the annex: a figure in words."""

    #: Where it stands: number of the paragraph.
    paragraph: str
    words: str
    figure: Figure


@dataclass(frozen=True, kw_only=True)
class Item:
    """A lettered part of a paragraph."""

    letter: str
    #: As the language prints it.
    printed: str
    spans: Sequence[Span]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A block as it is printed, in reading order."""

    #: Key of the block it was made of.
    block: str
    #: `chapter`, `section`, `paragraph`, `recommendation`, `states`, `extract`, `chart`, `annex`.
    kind: str
    #: Anchor that is the same in every language: `sec-2-a`, `para-7`, `figure-1`.
    anchor: str
    #: Number or letter as the language prints it: «ثانياً», "II", "7".
    printed: str = ""
    number: int | None = None
    spans: Sequence[Span] = ()
    items: Sequence[Item] = ()
    #: The language of the words, where an extract stands in that of its State.
    language: str = ""
    #: For an extract: the State, its question, and the key of the answer.
    source: str = ""
    #: ISO codes, for a list of States; in the order of the language.
    states: Sequence[str] = ()
    chart: Chart | None = None
    rows: Sequence[Row] = ()
    #: What the analyst said about a recommendation: addressees, strength, themes.
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A report in one language, every word chosen: page, Word, PDF, JSON and library print this."""

    key: str
    round_key: str
    language: str
    title: str
    symbol: str
    front: Front
    #: The moment whose answers it speaks of.
    as_at: datetime
    #: None while it is a draft.
    published_at: datetime | None
    is_invented: bool
    passages: Sequence[Passage]
    #: All footnotes in order.
    notes: Sequence[Note]
    #: Lines under the title: place and days, agenda item, whose report it is.
    author: str = ""


# ── lists and the editor ─────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class ReportCard:
    """A report in a list."""

    key: str
    round_key: str
    title: str
    symbol: str
    as_at: datetime
    made_at: datetime
    revision: int
    published_at: datetime | None
    #: Key of the document in the library, once it is published.
    document_key: str
    languages: Sequence[str]
    is_invented: bool
    may_edit: bool
    may_publish: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """A live figure of a block, as the editor lists it: what to type, and what it writes now."""

    name: str
    #: “7 of the 33 States that replied”, and what it counts.
    words: str
    asks: str
    figure: Figure | None


@dataclass(frozen=True, kw_only=True)
class BlockView:
    """A block in the editor."""

    key: str
    kind: str
    kind_label: str
    revision: int
    #: Number or letter as the reader's language prints it; empty for what has none.
    printed: str
    words: Mapping[str, str]
    about: Mapping[str, Any]
    notes: Mapping[str, Any]
    places: Sequence[Place]
    cautions: Sequence[Caution]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A figure of a published report that has another value today."""

    paragraph: str
    words: str
    was: Figure
    now: Figure


@dataclass(frozen=True, kw_only=True)
class Unquotable:
    """An extract of a published report whose answer its State has since kept to itself.

    Without its words: who reads this may not be among those who may still read the answer.
    """

    #: Number of the paragraph that it follows; empty at the front.
    paragraph: str
    state_name: str
    question: str


@dataclass(frozen=True, kw_only=True)
class Extractable:
    """A passage that may be quoted: public, not confidential, held at the report's date."""

    answer: str
    state: str
    state_name: str
    path: str
    question: str
    text: str


__all__ = [
    "Bar",
    "BlockView",
    "Caution",
    "Changed",
    "Chart",
    "Composed",
    "Doubt",
    "Extractable",
    "Front",
    "Item",
    "Note",
    "Passage",
    "Place",
    "ReportCard",
    "Row",
    "Span",
    "Unquotable",
]
