"""Read the structure of a document from its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .assemble import Assembled, Assembler, Marks, tie_footnotes
from .body import Block, part_blocks
from .errors import UnknownLanguage
from .footnotes import part_footnotes
from .front import Front, read_front
from .lines import Furniture, Line, split_lines, without_furniture
from .mentions import (
    Passage,
    articles_cited,
    dates_named,
    decisions_cited,
    documents_listed,
    officers,
    passages_of,
    session_held,
    states_and_bodies,
    states_mentioned,
    symbols_cited,
    treaty_series,
)
from .recommending import Recommending
from .themes import Theme
from .types import DateMention, Footnote, Meeting, Structure
from .words import LANGUAGES, WORDS, guess_language


def read_structure(
    text: str, language: str | None = None, *, themes: Iterable[Theme] | None = None
) -> Structure:
    """Read the structure of a document.

    :param text: repaired text: lines ended by a line feed, pages by a form feed.
    :param language: "ar", "en", "fr", "es", "ru" or "zh"; guessed when None.
    :param themes: the list recommendations are sorted by; the shipped one when None.

    >>> read_structure("1. The Working Group met in Vienna.").paragraphs[0].text
    'The Working Group met in Vienna.'
    """
    tongue = language or guess_language(text)
    if tongue not in WORDS:
        raise UnknownLanguage(language=tongue, known=", ".join(LANGUAGES))
    lines, furniture = without_furniture(split_lines(text))
    body, notes = part_footnotes(lines, furniture.rules, WORDS[tongue])
    blocks = part_blocks(body, WORDS[tongue], tongue)
    front_lines = _front_lines(body, blocks)
    front = read_front(front_lines, tongue)
    marks = Marks(known=frozenset(note.marker for note in notes))
    marks.note_front(front_lines)
    assembler = Assembler(marks)
    for block in blocks[1:]:
        assembler.add(block)
    built = assembler.built
    footnotes, doubts = tie_footnotes(notes, marks, built)
    built.doubts += doubts
    passages = passages_of(built, footnotes)
    return _structure(tongue, front, furniture, built, footnotes, passages, themes)


def _front_lines(body: list[Line], blocks: list[Block]) -> list[Line]:
    wanted = {line.at for line, _ in blocks[0].pieces}
    return [line for line in body if line.at in wanted]


def _structure(
    language: str,
    front: Front,
    furniture: Furniture,
    built: Assembled,
    footnotes: Sequence[Footnote],
    passages: Sequence[Passage],
    themes: Iterable[Theme] | None,
) -> Structure:
    symbol, others = _own_symbols(front, furniture)
    meeting = _meeting(front)
    dates = _front_dates(front) + dates_named(passages, language, _days(meeting))
    states, organisations = states_and_bodies(passages, language)
    return Structure(
        language=language,
        symbol=symbol,
        other_symbols=tuple(others),
        job_number=next(iter(furniture.job_numbers), None),
        distribution=front.distribution,
        document_date=front.document_date.start if front.document_date else None,
        original_language=front.original_language,
        body=front.body,
        body_code=front.body_code,
        parent_body=front.parent_body,
        session=front.session or session_held(passages, language),
        meeting=_meeting_of(meeting, dates),
        agenda_item=front.agenda_item,
        agenda_item_title=front.agenda_item_title,
        title=front.title,
        author=front.author,
        sections=tuple(section.close() for section in built.sections),
        paragraphs=tuple(built.paragraphs),
        loose=tuple(built.loose),
        footnotes=tuple(footnotes),
        recommendations=Recommending(built, language, themes).read(),
        states=states,
        states_mentioned=states_mentioned(passages),
        organisations=organisations,
        symbols_cited=symbols_cited(passages, [symbol or "", *others]),
        decisions_cited=decisions_cited(passages, language),
        treaty_series=treaty_series(passages),
        articles=articles_cited(passages, language),
        dates=tuple(date for date in dates if _is_whole(date)),
        partial_dates=tuple(date for date in dates if not _is_whole(date)),
        agenda=tuple(built.agenda),
        officers=officers(passages, language),
        documents=documents_listed(built.paragraphs, language),
        doubts=tuple(built.doubts),
    )


def _own_symbols(front: Front, furniture: Furniture) -> tuple[str | None, list[str]]:
    """The symbol at the head of the front page or of the others; a starred one is of another."""
    own = list(dict.fromkeys([front.symbol or "", *front.other_symbols, *furniture.symbols]))
    own = [symbol for symbol in own if symbol]
    return (own[0] if own else None), own[1:]


def _meeting(front: Front) -> Meeting:
    days = front.meeting
    if days is None:
        return Meeting(place=front.place)
    return Meeting(place=front.place, start=days.start, end=days.end)


def _days(meeting: Meeting) -> tuple[str, str] | None:
    return (meeting.start, meeting.end) if meeting.start and meeting.end else None


def _meeting_of(meeting: Meeting, dates: Iterable[DateMention]) -> Meeting:
    """The meeting of the front page, or else the first one the body says was held."""
    if meeting.start is not None:
        return meeting
    for date in dates:
        if date.what == "meeting" and len(date.start) == len("2009-04-14"):
            return Meeting(place=meeting.place, start=date.start, end=date.end)
    return meeting


def _is_whole(date: DateMention) -> bool:
    return not date.start.startswith("-")


def _front_dates(front: Front) -> list[DateMention]:
    said = [(front.document_date, "document"), (front.meeting, "meeting")]
    return [
        DateMention(start=date.start, end=date.end, what=what, text=date.text)
        for date, what in said
        if date is not None
    ]
