"""What a United Nations document is made of, as plain records.

Everything here is frozen and carries where it was read: `lines` are ranges of 0-based line numbers,
both ends included, in the text that was given, so that a page can show the source beside it. A
paragraph cut by the foot of a page has two ranges or more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

#: Ranges of line numbers in the text that was given, first and last, both included.
Lines = tuple[tuple[int, int], ...]

#: How strongly a recommendation is put, from the strongest down.
Strength = Literal["shall", "should", "should_consider", "is_encouraged", "may"]
#: Where a provision of a recommendation is known from: named in its text, or served by its theme.
Basis = Literal["text", "theme"]


@dataclass(frozen=True, kw_only=True)
class FootnoteMark:
    """The place where a text sends the reader to a footnote."""

    #: The marker as the footnote bears it, digits in Latin form: "1", "*".
    marker: str
    #: How many characters of the text stand before it (the marker itself is taken out).
    at: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """A lettered part of a paragraph or of a recommendation."""

    #: Latin letter, whatever script it is printed in: "a".
    letter: str
    #: The letter as printed: "أ".
    printed: str
    #: Stable id: "para-13-a", "rec-17-c".
    id: str
    #: Its text without the letter.
    text: str
    #: Where it was read.
    lines: Lines = ()
    #: Marks of footnotes in its text.
    marks: tuple[FootnoteMark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A numbered paragraph."""

    #: Its number.
    number: int
    #: Stable id: "para-13"; "annex-1-para-2" in an annex.
    id: str
    #: Its own words: without number, lettered items, footnotes and page furniture.
    text: str
    #: Its lettered items.
    items: tuple[Item, ...] = ()
    #: Id of the section it stands in, None before the first heading.
    section: str | None = None
    #: Where it was read.
    lines: Lines = ()
    #: Marks of footnotes in its text.
    marks: tuple[FootnoteMark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it."""

    #: Stable id by place, not by language: "sec-1", "sec-1-a", "annex-1".
    id: str
    #: 1 for a chapter, 2 for a lettered section, 3 below it.
    level: int
    #: The number or letter as printed: "أولاً", "ألف", "IV", "B".
    printed: str
    #: The words of the heading, without that number.
    heading: str
    #: Ids of the paragraphs directly under it.
    paragraphs: tuple[str, ...] = ()
    #: Sections under it.
    sections: tuple[Section, ...] = ()
    #: Where the heading was read.
    lines: Lines = ()
    #: Marks of footnotes in the heading.
    marks: tuple[FootnoteMark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LooseText:
    """Text of the body that belongs to no numbered paragraph (kept, so that nothing is lost)."""

    #: Stable id: "text-1".
    id: str
    #: The words.
    text: str
    #: Id of the section it stands in.
    section: str | None = None
    #: Where it was read.
    lines: Lines = ()


@dataclass(frozen=True, kw_only=True)
class Footnote:
    """A footnote, taken out of the paragraph it cut."""

    #: Its marker, digits in Latin form: "1", "*".
    marker: str
    #: Its text.
    text: str
    #: Number of the paragraph that carries its mark; None in front matter, or where none is found.
    paragraph: int | None = None
    #: Where the mark stands: id of a paragraph, item or section, "front", or None if not found.
    anchor: str | None = None
    #: Where it was read.
    lines: Lines = ()


@dataclass(frozen=True, kw_only=True)
class Provision:
    """An article of an instrument that a recommendation serves."""

    #: Code of the instrument: "TIP Protocol", "UNTOC".
    instrument: str
    #: Number of the article: "9".
    article: str
    #: Number of the paragraph of that article, where the text names it: "5".
    paragraph: str | None = None
    #: Whether the text names it or its theme brings it.
    basis: Basis = "theme"


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """One thing that somebody is asked to do."""

    #: Its id in the document, as people cite it: "6(a)", "17".
    id: str
    #: Stable id: "para-6-a", "rec-17".
    stable_id: str
    #: Number of the paragraph it stands in.
    paragraph: int | None
    #: Id of the section.
    section: str | None
    #: Heading of that section.
    section_heading: str | None
    #: Whether it has a heading of its own, as in "Recommendation 17".
    headed: bool
    #: Codes of those it is addressed to, in the order of the text: "states_parties", "secretariat".
    addressees: tuple[str, ...]
    #: How strongly it is put; None where the text has no word for it.
    strength: Strength | None
    #: Codes of themes.
    themes: tuple[str, ...]
    #: Articles it serves.
    provisions: tuple[Provision, ...]
    #: Its own words.
    text: str
    #: What a lettered item hangs on: the words of its paragraph before the items.
    lead: str | None = None
    #: Lettered items of a recommendation that is one whole.
    items: tuple[Item, ...] = ()
    #: Where it was read.
    lines: Lines = ()
    #: Marks of footnotes in its text.
    marks: tuple[FootnoteMark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StatesList:
    """States that a paragraph gives one role to."""

    #: Number of the paragraph.
    paragraph: int
    #: "party", "signatory", "observer", "spoke" or "replied".
    role: str
    #: ISO 3166 alpha-2 codes in reading order.
    iso2: tuple[str, ...]
    #: Numbers of the agenda items they spoke on, where the text says.
    agenda_items: tuple[str, ...] = ()
    #: Whether damaged lines had shuffled it, and it was put back into the order of the alphabet.
    reordered: bool = False
    #: What stood in the list and was recognised as neither a State nor an organisation.
    unknown: tuple[str, ...] = ()
    #: Where it was read.
    lines: Lines = ()


@dataclass(frozen=True, kw_only=True)
class OrganisationMention:
    """An organisation that a paragraph gives a role to."""

    #: Number of the paragraph.
    paragraph: int
    #: "party", "observer" or "spoke".
    role: str
    #: Its name as printed.
    name: str
    #: Our code where it is a known one ("EU", "IOM"); None otherwise.
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class StateMention:
    """A State named in a paragraph, in whatever way."""

    #: Number of the paragraph.
    paragraph: int
    #: ISO 3166 alpha-2 code.
    iso2: str


@dataclass(frozen=True, kw_only=True)
class SymbolCited:
    """Another document named by its symbol."""

    #: Canonical symbol: "CTOC/COP/WG.4/2019/L.1/Add.3".
    symbol: str
    #: Numbers of the paragraphs that name it, in order; empty for front matter and footnotes.
    paragraphs: tuple[int, ...] = ()
    #: Markers of the footnotes that name it.
    footnotes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision or resolution named in the text."""

    #: "decision" or "resolution".
    kind: str
    #: Number in canonical order, session first where only one order is possible: "63/194".
    number: str
    #: Number as printed, digits in Latin form: "194/63".
    printed: str
    #: "Conference", "General Assembly", "Economic and Social Council" or None where it is not said.
    body: str | None
    #: Numbers of the paragraphs that name it.
    paragraphs: tuple[int, ...] = ()
    #: Whether the order of the two numbers is a guess: "1/4" read as 4/1.
    order_uncertain: bool = False


@dataclass(frozen=True, kw_only=True)
class TreatySeries:
    """A reference to the United Nations Treaty Series."""

    #: Volume: 2237.
    volume: int
    #: Registration number: 39574.
    number: int
    #: Marker of the footnote it stands in, if any.
    footnote: str | None = None


@dataclass(frozen=True, kw_only=True)
class DateMention:
    """A date or a span of days."""

    #: First day, ISO 8601; only the year and month where the text has no day: "2009-05".
    start: str
    #: Last day; equal to `start` for one day ("--04-14" has no year).
    end: str
    #: What it is where the text says: "document", "meeting", "deadline", "note_verbale", …
    what: str | None
    #: The words.
    text: str
    #: Number of the paragraph; None in front matter and footnotes.
    paragraph: int | None = None


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """An item of the agenda that the meeting adopted."""

    #: Its number: "2".
    number: str
    #: Stable id: "agenda-2".
    id: str
    #: Its title.
    title: str
    #: Lettered parts.
    items: tuple[Item, ...] = ()
    #: Number of the paragraph that introduces the agenda.
    paragraph: int | None = None
    #: Where it was read.
    lines: Lines = ()


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Where and when the meeting was held."""

    #: Place as printed: "فيينا".
    place: str | None = None
    #: First day, ISO 8601.
    start: str | None = None
    #: Last day, ISO 8601.
    end: str | None = None


@dataclass(frozen=True, kw_only=True)
class Officer:
    """Who chaired, as the text says."""

    #: The name as printed; None where a damaged line does not give it whole.
    name: str | None
    #: "chair".
    role: str
    #: ISO 3166 alpha-2 code of the State in brackets after the name.
    iso2: str | None = None
    #: Number of the paragraph.
    paragraph: int | None = None


@dataclass(frozen=True, kw_only=True)
class ArticleCited:
    """An article of an instrument named in the text."""

    #: Code of the instrument; None where the text does not say which.
    instrument: str | None
    #: Number of the article.
    article: str
    #: Number of the paragraph of the article, where named.
    article_paragraph: str | None = None
    #: Number of the paragraph of the document.
    paragraph: int | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentListed:
    """A document that the meeting had before it."""

    #: What it is, as printed.
    title: str
    #: Its symbols.
    symbols: tuple[str, ...]
    #: Number of the paragraph that lists it.
    paragraph: int
    #: Letter of the item, if any.
    letter: str | None = None


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something in the document that does not fit, kept as it is and pointed out."""

    #: Stable code: "paragraph-missing", "footnote-without-mark".
    code: str
    #: One English sentence.
    says: str
    #: Number of the paragraph.
    paragraph: int | None = None


@dataclass(frozen=True, kw_only=True)
class Structure:
    """What one document says about itself and how it is built."""

    #: Language of the text: "ar", "en", "fr", "es", "ru", "zh".
    language: str
    #: Its own symbol, only where the text states it.
    symbol: str | None = None
    #: Further symbols of its own (a second series).
    other_symbols: tuple[str, ...] = ()
    #: Job number: "V.19-09715".
    job_number: str | None = None
    #: Distribution: "General", "Limited".
    distribution: str | None = None
    #: ISO date at its head.
    document_date: str | None = None
    #: Language it was first written in, as a code.
    original_language: str | None = None
    #: The body it belongs to, as printed: the working group where there is one.
    body: str | None = None
    #: "working_group", "conference", "general_assembly" or "other"; from the title if need be.
    body_code: str | None = None
    #: The body above that one, as printed.
    parent_body: str | None = None
    #: Number of the session or meeting.
    session: int | None = None
    #: Place and days.
    meeting: Meeting = field(default_factory=Meeting)
    #: The agenda item it was written for: "2(d)".
    agenda_item: str | None = None
    #: Title of that agenda item.
    agenda_item_title: str | None = None
    #: Title.
    title: str | None = None
    #: The line under the title that says whose report it is.
    author: str | None = None
    #: Headings as a tree.
    sections: tuple[Section, ...] = ()
    #: Numbered paragraphs in order.
    paragraphs: tuple[Paragraph, ...] = ()
    #: Body text outside numbered paragraphs.
    loose: tuple[LooseText, ...] = ()
    #: Footnotes in order.
    footnotes: tuple[Footnote, ...] = ()
    #: Recommendations in order.
    recommendations: tuple[Recommendation, ...] = ()
    #: Lists of States by role.
    states: tuple[StatesList, ...] = ()
    #: Every State named, by paragraph.
    states_mentioned: tuple[StateMention, ...] = ()
    #: Organisations by role.
    organisations: tuple[OrganisationMention, ...] = ()
    #: Documents named by symbol.
    symbols_cited: tuple[SymbolCited, ...] = ()
    #: Decisions and resolutions.
    decisions_cited: tuple[Decision, ...] = ()
    #: Treaty series.
    treaty_series: tuple[TreatySeries, ...] = ()
    #: Articles of instruments.
    articles: tuple[ArticleCited, ...] = ()
    #: Dates: days, spans of days, and months ("2009-05") where no day is said.
    dates: tuple[DateMention, ...] = ()
    #: Days whose year is left to the context ("--04-14").
    partial_dates: tuple[DateMention, ...] = ()
    #: The agenda adopted.
    agenda: tuple[AgendaItem, ...] = ()
    #: Who chaired.
    officers: tuple[Officer, ...] = ()
    #: Documents before the meeting.
    documents: tuple[DocumentListed, ...] = ()
    #: What does not fit.
    doubts: tuple[Doubt, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Everything as plain lists and dictionaries, ready for `json.dumps`."""
        from .plain import structure_as_json

        return structure_as_json(self)
