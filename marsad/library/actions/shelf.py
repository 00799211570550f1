"""Put what was understood on the shelf: find its document, store its passages, choose a copy."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from marsad.directory import queries as directory
from marsad.journal import actions as journal
from marsad.library.actions import doubting, recommending
from marsad.library.intake import Understood, resemblance
from marsad.library.models import (
    Arrival,
    Citation,
    Document,
    Passage,
    StateMention,
    Version,
)
from marsad.library.terms import vector
from marsad.library.words import PassageKind, StateRole
from marsad.undocs import Section, Structure

#: Two texts that share this much of their word pairs are copies of one document. Measured: copies
#: share a half or more even when one is badly extracted; reports of one series share under a tenth.
COPY_RESEMBLANCE = 0.25


#: The layer of a text that was not read from a file: `publishing` put it here.
WRITTEN = "written"

#: «١- » before the first paragraph of a text without a title.
_MARKER = re.compile(r"^\(?\d{1,3}\)?\s?[-–.)]\s*")
#: A word of three letters or more: «AM» and «p.» are none.
_WORDS = re.compile(r"[^\W\d_]{3,}")


def shelve(understood: Understood, *, arrival: Arrival, at: datetime) -> Version:
    """Store a version under its document, new or known. Runs inside the caller's transaction."""
    document = _home_of(understood, arrival=arrival)
    is_new = document is None
    if document is None:
        document = _new_document(arrival=arrival, at=at)
    version = place(
        understood,
        document=document,
        sha256=arrival.sha256,
        file_name=arrival.file_name,
        at=at,
    )
    settle(document)
    want_copies_anew(document, language=version.language, at=at)
    journal.record(
        action="library.document.accept" if is_new else "library.version.accept",
        on=document,
        by=arrival.by,
        at=at,
        details={"version": version.key, "sha256": arrival.sha256},
    )
    return version


def place(
    understood: Understood, *, document: Document, sha256: str, file_name: str, at: datetime
) -> Version:
    """Store a version with all that was understood of it; `settle` its document afterwards."""
    version = Version.objects.create(
        key=secrets.token_hex(8),
        document=document,
        original_id=sha256,
        file_name=file_name,
        added_at=at,
        made_at=at,
        **_facts_of(understood, file_name=file_name),
    )
    _store_passages(version, structure=understood.structure)
    _store_mentions(version, structure=understood.structure)
    recommending.store(version, structure=understood.structure)
    doubting.store(version)
    return version


def restock(version: Version, understood: Understood, *, at: datetime) -> None:
    """Put a version's text, made anew, in the place of the old. Inside the caller's transaction.

    What people decided about its recommendations stays with them, and an anchor that somebody
    has cited leads on to where its passage is now.
    """
    before = dict(version.passages.values_list("anchor", "text"))
    facts = _facts_of(understood, file_name=version.file_name)
    for name, value in facts.items():
        setattr(version, name, value)
    version.made_at = at
    version.passages.all().delete()
    version.state_mentions.all().delete()
    version.citations.all().delete()
    _store_passages(version, structure=understood.structure)
    _store_mentions(version, structure=understood.structure)
    after = dict(version.passages.values_list("anchor", "text"))
    version.former_anchors = moved(version.former_anchors, before=before, after=after)
    # Not the whole row: that somebody asked for the next making meanwhile must stay.
    version.save(update_fields=[*facts, "made_at", "former_anchors"])
    recommending.restock(version, structure=understood.structure)
    doubting.store(version)
    settle(version.document)


def moved(
    known: Mapping[str, str], *, before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, str]:
    """Where passages are now whose anchors are no longer there.

    >>> moved({}, before={"para-3": "a b c d"}, after={"para-2": "a b c e"})
    {'para-3': 'para-2'}
    """
    gone = {anchor: text for anchor, text in before.items() if anchor not in after}
    found = {anchor: recommending.heir(text, among=after) for anchor, text in gone.items()}
    kept = {old: found.get(new) or new for old, new in known.items() if old not in after}
    kept |= {old: new for old, new in found.items() if new}
    return {old: new for old, new in kept.items() if new in after}


def want_copies_anew(document: Document, *, language: str, at: datetime) -> None:
    """Ask for the copies in one language to be made anew, each with the others beside it."""
    copies = document.versions.filter(language=language)
    if copies.count() > 1:
        want_anew(copies, at=at)


def want_anew(versions: QuerySet[Version], *, at: datetime, with_reading: bool = False) -> None:
    """Ask for texts to be made anew; `remaking.make_anew` does it, in a worker.

    A text that Marsad wrote is what it is: there is nothing to read or to repair.
    """
    asked: dict[str, Any] = {"wanted_at": at, "made_percent": 0, "made_attempts": 0}
    versions.exclude(layer=WRITTEN).update(
        **asked, **({"wants_reading": True} if with_reading else {})
    )


def hold(what: str = "shelf") -> None:
    """Let nobody else change the shelf until this transaction ends.

    Two copies read side by side must find each other, and a worker that has read for minutes must
    not write over what a librarian decided meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('marsad.library'), hashtext(%s))", [what]
        )


def settle(document: Document) -> None:
    """Show the soundest version of each language, and take every fact from the versions shown.

    A version that a person chose (`actions.document.show`) comes before the soundest.
    """
    best_of: dict[str, Version] = {}
    versions = list(document.versions.order_by("-is_chosen", "-soundness", "id"))
    for version in versions:
        best_of.setdefault(version.language, version)
    document.versions.filter(is_shown=True).exclude(
        pk__in=[version.pk for version in best_of.values()]
    ).update(is_shown=False)
    for version in versions:
        version.is_shown = best_of[version.language] is version
        if version.is_shown:
            version.save(update_fields=["is_shown"])
    _take_facts(document, structures=[version.structure for version in versions])
    recommending.settle(document, shown=[each for each in versions if each.is_shown])


#: What a document takes from its versions; who may see it is never among them.
FACTS = (
    "symbol",
    "body",
    "session",
    "place",
    "meeting_start_date",
    "meeting_end_date",
    "document_date",
    "year",
)


def of_the_same_readers(document: Document) -> QuerySet[Document]:
    """The other documents on the shelf that exactly the same people may see."""
    return Document.objects.filter(
        withdrawn_at__isnull=True, access=document.access, open_to_roles=document.open_to_roles
    ).exclude(pk=document.pk)


def _take_facts(document: Document, *, structures: list[dict[str, object]]) -> None:
    """Fill each fact of the document from the soundest version that states it."""

    def stated(*path: str) -> str:
        for structure in structures:
            value: object = structure
            for name in path:
                value = value.get(name) if isinstance(value, dict) else None
            if value not in (None, ""):
                return str(value)
        return ""

    symbol = stated("symbol")
    if symbol and not of_the_same_readers(document).filter(symbol=symbol).exists():
        document.symbol = symbol
    document.body = stated("body")[:300]
    document.session = stated("session")[:200]
    document.place = stated("meeting", "place")[:200]
    document.meeting_start_date = _day(stated("meeting", "start"))
    document.meeting_end_date = _day(stated("meeting", "end"))
    document.document_date = _day(stated("document_date"))
    dated = document.document_date or document.meeting_start_date
    document.year = dated.year if dated else _year_of(document.symbol)
    document.save(update_fields=FACTS)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _year_of(symbol: str | None) -> int | None:
    """The year a symbol carries: CTOC/COP/WG.4/2019/6 → 2019."""
    found = re.search(r"/((?:19|20)\d\d)(?:/|$)", symbol or "")
    return int(found.group(1)) if found else None


def _home_of(understood: Understood, *, arrival: Arrival) -> Document | None:
    """The document this is another copy or language of, if it is on the shelf.

    By its own symbol first. Without one, by resemblance to a version in the same language. A
    restricted arrival never joins a public document, nor the other way round: joining would show
    what was to be hidden, or hide what was public. A person may join them.
    """
    alike = Document.objects.filter(
        withdrawn_at__isnull=True,
        access=arrival.access,
        open_to_roles=arrival.open_to_roles,
        is_sample=arrival.is_sample,
    )
    symbol = understood.structure.symbol
    if symbol:
        named = alike.filter(symbol=symbol).first()
        if named is not None:
            return named
    candidates = (
        Version.objects.filter(
            document__in=alike,
            language=understood.language,
            sketch__overlap=list(understood.sketch),
        )
        .select_related("document")
        .only("sketch", "document")  # most reports share a pair of words; none needs its text here
    )
    scored = [
        (resemblance(understood.sketch, candidate.sketch), candidate.document)
        for candidate in candidates
        if not (symbol and candidate.document.symbol)  # two symbols are two documents
    ]
    best, home = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return home if best >= COPY_RESEMBLANCE else None


def _new_document(*, arrival: Arrival, at: datetime) -> Document:
    """Empty as yet; `settle` takes its facts from its versions."""
    return Document.objects.create(
        key=secrets.token_hex(8),
        access=arrival.access,
        open_to_roles=arrival.open_to_roles,
        is_sample=arrival.is_sample,
        accepted_at=at,
    )


def _facts_of(understood: Understood, *, file_name: str) -> dict[str, Any]:
    """What a version takes from what was understood, the first time and whenever it is made."""
    structure = understood.structure
    return {
        "language": understood.language,
        "job_number": structure.job_number or "",
        "title": structure.title or _first_words(understood.text) or file_name,
        "kind": understood.kind,
        "media_type": understood.media_type,
        "layer": understood.layer,
        "notes": list(understood.notes),
        "source_text": understood.source_text,
        "text": understood.text,
        "source_lines": list(understood.source_lines),
        "origins": list(understood.origins),
        "changes": list(understood.changes),
        "remarks": list(understood.remarks),
        "quality": dict(understood.quality),
        "structure": structure.as_json(),
        "soundness": understood.soundness,
        "sketch": list(understood.sketch),
    }


def _first_words(text: str) -> str:
    """The first line with words in it: what to call a document that states no title.

    Not «1/3 11/22/26, 9:59 AM», which a browser prints over a page; without the number a
    paragraph begins with.
    """
    lines = (_MARKER.sub("", line.strip()) for line in text.splitlines())
    return next((line[:200] for line in lines if len(_WORDS.findall(line)) > 1), "")


def sections_of(structure: Structure) -> dict[str, Section]:
    """Every section of the tree by its id."""

    def walk(sections: Iterable[Section]) -> Iterator[Section]:
        for section in sections:
            yield section
            yield from walk(section.sections)

    return {section.id: section for section in walk(structure.sections)}


def _store_passages(version: Version, *, structure: Structure) -> None:
    found = enumerate(_passages(structure))
    Passage.objects.bulk_create(
        Passage(
            version=version,
            ordinal=ordinal,
            kind=kind,
            anchor=anchor,
            number=number,
            section=section[:500],
            text=text,
            terms=vector(text, heading=section),
        )
        for ordinal, (kind, anchor, number, section, text) in found
    )


#: Kind, anchor, number, heading of the section, text.
_Found = tuple[str, str, str, str, str]


def _passages(structure: Structure) -> Iterator[_Found]:
    """Everything a person might search for, each text once, in reading order."""
    sections = sections_of(structure)
    headings = {section_id: section.heading for section_id, section in sections.items()}
    if structure.title:
        yield PassageKind.FRONT, "top", "", "", structure.title
    for section in sections.values():
        yield PassageKind.HEADING, section.id, section.printed, "", section.heading
    headed = {
        recommendation.stable_id
        for recommendation in structure.recommendations
        if recommendation.headed
    }
    for paragraph in structure.paragraphs:
        heading = headings.get(paragraph.section or "", "")
        yield PassageKind.PARAGRAPH, paragraph.id, str(paragraph.number), heading, paragraph.text
        for item in paragraph.items:
            number = f"{paragraph.number} ({item.letter})"
            yield PassageKind.ITEM, item.id, number, heading, item.text
    for recommendation in structure.recommendations:
        if recommendation.stable_id in headed:
            yield (
                PassageKind.RECOMMENDATION,
                recommendation.stable_id,
                recommendation.id,
                recommendation.section_heading or "",
                recommending.wording(recommendation.text, recommendation.items),
            )
    for loose in structure.loose:
        yield PassageKind.PARAGRAPH, loose.id, "", headings.get(loose.section or "", ""), loose.text
    for footnote in structure.footnotes:
        anchor = f"note-{footnote.marker}"
        yield PassageKind.FOOTNOTE, anchor, footnote.marker, "", footnote.text


def _store_mentions(version: Version, *, structure: Structure) -> None:
    # Invented States too: no text names them, but a report of a demonstration is about them.
    known = set(directory.state_names(language="en"))
    StateMention.objects.bulk_create(
        StateMention(
            version=version,
            paragraph=str(states.paragraph),
            role=states.role if states.role in StateRole.values else StateRole.MENTIONED,
            state_id=iso2,
            position=position,
        )
        for states in structure.states
        for position, iso2 in enumerate(states.iso2)
        if iso2 in known
    )
    Citation.objects.bulk_create(
        (Citation(version=version, symbol=cited.symbol[:60]) for cited in structure.symbols_cited),
        ignore_conflicts=True,
    )


def new_document_like(model: Document, *, at: datetime) -> Document:
    """An empty document that the same people may see as `model`."""
    return Document.objects.create(
        key=secrets.token_hex(8),
        access=model.access,
        open_to_roles=model.open_to_roles,
        is_sample=model.is_sample,
        accepted_at=at,
    )


__all__ = [
    "WRITTEN",
    "hold",
    "new_document_like",
    "place",
    "restock",
    "sections_of",
    "settle",
    "shelve",
    "want_anew",
    "want_copies_anew",
]
