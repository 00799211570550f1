"""Everything a document names: symbols, decisions, dates, States, officers, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from marsad import countries

from .assemble import Assembled
from .citations import Articles, FoundDecision, find_decisions, find_treaty_series, in_order
from .dates import FoundDate, find_dates
from .digits import from_chinese
from .fold import fold
from .roles import read_roles
from .symbols import find_symbols
from .types import (
    ArticleCited,
    DateMention,
    Decision,
    DocumentListed,
    Footnote,
    Lines,
    Officer,
    OrganisationMention,
    Paragraph,
    StateMention,
    StatesList,
    SymbolCited,
    TreatySeries,
)
from .words import WORDS

_DATA = json.loads((files(__package__) / "data" / "reports.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of text and where it stands."""

    #: Number of the paragraph, None outside paragraphs.
    paragraph: int | None
    #: Marker of the footnote, if it is one.
    footnote: str | None
    #: The words.
    text: str
    #: The words, folded.
    folded: str
    #: Where it was read.
    lines: Lines = ()


def passages_of(built: Assembled, footnotes: Iterable[Footnote]) -> list[Passage]:
    """All texts of the body in order: paragraphs with their items, recommendations; footnotes."""
    texts: list[tuple[int | None, str | None, str, Lines]] = []
    for paragraph in built.paragraphs:
        whole = " ".join([paragraph.text, *(item.text for item in paragraph.items)])
        texts.append((paragraph.number, None, whole, paragraph.lines))
    for headed in built.headed:
        whole = " ".join([headed.text, *(item.text for item in headed.items)])
        texts.append((headed.paragraph, None, whole, headed.lines))
    texts += [(None, None, loose.text, loose.lines) for loose in built.loose]
    texts.sort(key=lambda entry: entry[3][0][0] if entry[3] else 0)
    texts += [(None, note.marker, note.text, note.lines) for note in footnotes]
    return [
        Passage(paragraph=number, footnote=marker, text=text, folded=fold(text), lines=lines)
        for number, marker, text, lines in texts
    ]


#: "held its ninth meeting", «عُقد الاجتماع التاسع»: the number of the meeting reported on.
_HELD = {language: re.compile(pattern) for language, pattern in _DATA["held"].items()}


def session_held(passages: Iterable[Passage], language: str) -> int | None:
    """The number of the meeting that the body says was held."""
    shape = _HELD[language]
    ordinals = WORDS[language].ordinals
    for passage in passages:
        found = shape.search(passage.folded)
        word = next((group for group in found.groups() if group), "") if found else ""
        for candidate in (word, word.split(" ")[0]):
            number = ordinals.get(candidate) or from_chinese(candidate)
            if number:
                return number
    return None


def symbols_cited(passages: Sequence[Passage], own: Iterable[str]) -> tuple[SymbolCited, ...]:
    """Symbols of other documents, each once, in order of first mention."""
    mine = set(own)
    found: dict[str, tuple[dict[int, None], dict[str, None]]] = {}
    for passage in passages:
        for symbol in find_symbols(passage.text):
            if symbol in mine:
                continue
            paragraphs, notes = found.setdefault(symbol, ({}, {}))
            if passage.paragraph is not None:
                paragraphs[passage.paragraph] = None
            if passage.footnote is not None:
                notes[passage.footnote] = None
    return tuple(
        SymbolCited(symbol=symbol, paragraphs=tuple(paragraphs), footnotes=tuple(notes))
        for symbol, (paragraphs, notes) in found.items()
    )


def decisions_cited(passages: Sequence[Passage], language: str) -> tuple[Decision, ...]:
    """Decisions and resolutions, each once; a body named once holds for the bare mentions."""
    met: list[tuple[FoundDecision, int | None]] = [
        (found, passage.paragraph)
        for passage in passages
        for found in find_decisions(passage.folded, language)
    ]
    bodies = {(found.kind, found.printed): found.body for found, _ in met if found.body}
    found_all: dict[tuple[str, str, str | None], tuple[tuple[int, int], bool, dict[int, None]]] = {}
    sessions = _sessions(met)
    for found, paragraph in met:
        body = found.body or bodies.get((found.kind, found.printed))
        number, guessed = in_order(found.printed, body, sessions)
        _, _, paragraphs = found_all.setdefault(
            (found.kind, number, body), (found.printed, guessed, {})
        )
        if paragraph is not None:
            paragraphs[paragraph] = None
    return tuple(
        Decision(
            kind=kind,
            number=number,
            printed=f"{printed[0]}/{printed[1]}",
            body=body,
            paragraphs=tuple(paragraphs),
            order_uncertain=guessed,
        )
        for (kind, number, body), (printed, guessed, paragraphs) in found_all.items()
    )


def _sessions(met: Iterable[tuple[FoundDecision, int | None]]) -> set[int]:
    """Sessions that decisions of the Conference are surely of: both numbers the same, as in 4/4."""
    return {
        found.printed[0]
        for found, _ in met
        if found.body == "Conference" and found.printed[0] == found.printed[1]
    }


def treaty_series(passages: Sequence[Passage]) -> tuple[TreatySeries, ...]:
    """References to the Treaty Series in order."""
    return tuple(
        TreatySeries(volume=volume, number=number, footnote=passage.footnote)
        for passage in passages
        for volume, number in find_treaty_series(passage.folded)
    )


def articles_cited(passages: Sequence[Passage], language: str) -> tuple[ArticleCited, ...]:
    """Articles of instruments in order."""
    reader = Articles(language)
    return tuple(
        ArticleCited(
            instrument=found.instrument,
            article=found.article,
            article_paragraph=found.paragraph,
            paragraph=passage.paragraph,
        )
        for passage in passages
        for found in reader.read(passage.folded)
    )


def states_and_bodies(
    passages: Sequence[Passage], language: str
) -> tuple[tuple[StatesList, ...], tuple[OrganisationMention, ...]]:
    """Lists of States by role, and organisations by role."""
    lists: list[StatesList] = []
    bodies: list[OrganisationMention] = []
    for passage in passages:
        if passage.paragraph is None:
            continue
        for read in read_roles(passage.text, language):
            if read.iso2:
                lists.append(
                    StatesList(
                        paragraph=passage.paragraph,
                        role=read.role,
                        iso2=read.iso2,
                        agenda_items=read.agenda_items,
                        reordered=read.reordered,
                        unknown=read.unknown,
                        lines=passage.lines,
                    )
                )
            bodies += [
                OrganisationMention(
                    paragraph=passage.paragraph, role=read.role, name=name, code=code
                )
                for name, code in read.organisations
            ]
    return tuple(lists), tuple(bodies)


def states_mentioned(passages: Sequence[Passage]) -> tuple[StateMention, ...]:
    """Every State by paragraph, each once in it."""
    found: dict[tuple[int, str], None] = {}
    for passage in passages:
        if passage.paragraph is None:
            continue
        for one in countries.find(passage.text):
            if one.iso2 != "EU":
                found[(passage.paragraph, one.iso2)] = None
    return tuple(StateMention(paragraph=number, iso2=iso2) for number, iso2 in found)


#: What a date is the date of, by words shortly before it or in its sentence; the first that fits.
_KINDS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (record["what"], record["where"], re.compile("|".join(record["patterns"])))
    for record in _DATA["kinds"]
)
_NEAR = 60


def dates_named(
    passages: Sequence[Passage], language: str, meeting: tuple[str, str] | None
) -> list[DateMention]:
    """Every date of the body and what it is."""
    mentions = []
    for passage in passages:
        for found in find_dates(passage.folded, language):
            what = _what(passage.folded, found)
            if meeting and (found.start, found.end) == meeting and what in (None, "sitting"):
                what = "meeting"
            mentions.append(
                DateMention(
                    start=found.start,
                    end=found.end,
                    what=what,
                    text=found.text,
                    paragraph=passage.paragraph,
                )
            )
    return mentions


def _what(folded: str, found: FoundDate) -> str | None:
    start, end = found.span
    opens = max((folded.rfind(stop, max(0, start - 600), start) for stop in ".。"), default=-1) + 1
    opens = max(opens, start - 600, 0)
    closes = min(
        (at for stop in ".。" if (at := folded.find(stop, end, end + 400)) >= 0), default=-1
    )
    sentence = folded[opens : closes if closes >= 0 else end + 400]
    before = folded[max(opens, start - _NEAR) : start]
    for what, where, pattern in _KINDS:
        if pattern.search(before if where == "before" else sentence):
            return what
    return None


_CHAIRS = {language: re.compile(pattern) for language, pattern in _DATA["chair"].items()}
_NAMED = re.compile(r"([^.،,;:؛()（）。，]{2,120}?)\s*[(（]([^()（）]{2,60})[)）]")
#: Words that may stand right before a name and are no part of it.
_NOT_NAMES = frozenset(
    {
        *("الاجتماع", "اجتماع", "العامل", "الفريق", "الدوره", "الموتمر", "الجلسه", "السيد"),
        *("السيده", "رييس", "رييسه", "نايب", "نايبه", "by", "was", "the", "chaired", "chair"),
        *("meeting", "session", "group", "working", "presided", "over", "opened", "vice-chair"),
        *("chairperson", "mr.", "ms.", "mrs.", "m.", "mme", "sr.", "sra.", "par", "por", "и"),
        *("presidida", "presidee", "preside", "г-н", "г-жа", "председательствовал"),
        *("председателя", "исполняла", "исполнял", "председательствовала"),
    }
)
_SENTENCES = re.compile(r"(?<=[.。])\s+|(?<=。)")


def officers(passages: Sequence[Passage], language: str) -> tuple[Officer, ...]:
    """Who chaired: a name with its State in brackets, in a sentence about the chair."""
    found: list[Officer] = []
    for passage in passages:
        if passage.paragraph is None:
            continue
        if _CHAIRS[language].search(passage.folded):
            found += _chairs_named(passage, language)
        elif language == "ar" and _OPENED.match(passage.folded):
            found += _chair_of_torn_line(passage)
    return tuple(found)


def _chairs_named(passage: Passage, language: str) -> list[Officer]:
    found = []
    for sentence in _SENTENCES.split(passage.text):
        if not _CHAIRS[language].search(fold(sentence)):
            continue
        for match in _NAMED.finditer(sentence):
            states = countries.find(match[2], strict=False)
            name = _name(match[1])
            if len(states) == 1 and name:
                found.append(_chair(name, states[0].iso2, passage))
                break
    return found


#: «(فيجي)، رئيسة الفريق … وافتتحت الاجتماع»: the parts of the sentence, in whatever order.
_OPENED = re.compile(
    r"(?=.{0,400}افتتح\S*\s+(?:الاجتماع|الدوره))(?=.{0,400}رييس\S*\s+(?:الفريق|الموتمر))"
)


def _chair_of_torn_line(passage: Passage) -> list[Officer]:
    """The State in brackets, where the line is damaged and the name not to be trusted."""
    states = [
        one.iso2
        for bracket in re.findall(r"[(（]([^()（）]{2,60})[)）]", passage.text)
        for one in countries.find(bracket, strict=False)
    ]
    return [_chair(None, states[0], passage)] if len(states) == 1 else []


def _chair(name: str | None, iso2: str, passage: Passage) -> Officer:
    return Officer(name=name, role="chair", iso2=iso2, paragraph=passage.paragraph)


def _name(text: str) -> str:
    words: list[str] = []
    for word in reversed(text.split()):
        if fold(word) in _NOT_NAMES or len(words) == 6:
            break
        words.insert(0, word)
    return " ".join(words)


def documents_listed(paragraphs: Iterable[Paragraph], language: str) -> tuple[DocumentListed, ...]:
    """Documents that were before the meeting."""
    listed: list[DocumentListed] = []
    for paragraph in paragraphs:
        if not WORDS[language].documents.search(fold(paragraph.text)):
            continue
        parts: list[tuple[str | None, str]]
        parts = [(item.letter, item.text) for item in paragraph.items] or [(None, paragraph.text)]
        for letter, text in parts:
            symbols = find_symbols(text)
            if symbols:
                listed.append(
                    DocumentListed(
                        title=text,
                        symbols=tuple(symbols),
                        paragraph=paragraph.number,
                        letter=letter,
                    )
                )
    return tuple(listed)
