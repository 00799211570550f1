"""Doubtful places: the review list over the whole shelf, and the places of one passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Count, Q, QuerySet

from marsad import reading
from marsad.directory.types import Reader
from marsad.library import problems, spots
from marsad.library.models import Doubt, Ruling, Version
from marsad.library.queries import rights
from marsad.library.queries.document import document_and_version, ruling_card
from marsad.library.types import PlaceCard, RulingCard
from marsad.library.words import Place

#: Which doubts a list shows.
OPEN, SETTLED, ALL = "", "settled", "all"
#: Kinds of change that are not shown one by one: there are thousands, and each is certain.
QUIET = frozenset({"tatweel", "spaces"})


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What narrows the review list; empty means all."""

    document: str = ""
    kind: str = ""
    place: int | None = None
    state: str = OPEN
    #: The last one seen: key of its version, hyphen, offset. What comes after it is shown.
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Review:
    """A piece of the review list."""

    cards: Sequence[PlaceCard]
    #: Of all that the choice of document, kind and place leaves.
    settled: int
    total: int
    #: What to pass as `after` for the next piece; empty at the end.
    more: str


def review(*, reader: Reader, choice: Choice, most: int = 20) -> Review:
    """Doubtful places, dearest first.

    :raises NotALibrarian: if the reader may not settle them.
    """
    doubts = _chosen(reader, choice)
    counted = doubts.aggregate(total=Count("pk"), settled=Count("pk", filter=~Q(ruling=None)))
    found = list(_after(_in_state(doubts, choice.state), choice.after)[: most + 1])
    shown = found[:most]
    return Review(
        cards=_cards(shown),
        settled=counted["settled"],
        total=counted["total"],
        more=f"{shown[-1].version.key}-{shown[-1].start}" if len(found) > most else "",
    )


def progress(*, reader: Reader, choice: Choice) -> tuple[int, int]:
    """How many are settled, and of how many.

    :raises NotALibrarian: if the reader may not settle them.
    """
    counted = _chosen(reader, choice).aggregate(
        total=Count("pk"), settled=Count("pk", filter=~Q(ruling=None))
    )
    return counted["settled"], counted["total"]


def open_count(*, reader: Reader) -> int:
    """How many places wait for this reader to settle them; none for those who may not."""
    if not rights.may_curate(reader):
        return 0
    return _visible(reader).filter(ruling=None).count()


def _visible(reader: Reader) -> QuerySet[Doubt]:
    """Of the texts that readers see, in documents whose existence this reader may know of."""
    return Doubt.objects.filter(
        version__is_shown=True, version__document__in=rights.visible_documents(reader)
    )


def _chosen(reader: Reader, choice: Choice) -> QuerySet[Doubt]:
    rights.require_curator(reader)
    doubts = _visible(reader)
    if choice.document:
        document = rights.document_for(reader, key=choice.document)
        doubts = doubts.filter(version__document=document)
    if choice.kind:
        doubts = doubts.filter(kind=choice.kind)
    if choice.place is not None:
        doubts = doubts.filter(place=choice.place)
    return doubts.select_related("version__document", "ruling__by").order_by(
        "place", "version_id", "start", "end"
    )


def _in_state(doubts: QuerySet[Doubt], state: str) -> QuerySet[Doubt]:
    if state == ALL:
        return doubts
    return doubts.filter(ruling__isnull=state != SETTLED)


def _after(doubts: QuerySet[Doubt], after: str) -> QuerySet[Doubt]:
    key, _hyphen, offset = after.rpartition("-")
    if not key or not offset.isdecimal():
        return doubts
    seen = Doubt.objects.filter(version__key=key, start=int(offset[:9])).first()
    if seen is None:
        return doubts
    return doubts.filter(
        Q(place__gt=seen.place)
        | Q(place=seen.place, version_id__gt=seen.version_id)
        | Q(place=seen.place, version_id=seen.version_id, start__gt=seen.start)
    )


@dataclass(frozen=True, kw_only=True)
class ReviewChoices:
    """What the list can be narrowed by, each with how many are open."""

    #: (key, title, language, open)
    documents: Sequence[tuple[str, str, str, int]]
    kinds: Sequence[tuple[str, int]]
    places: Sequence[tuple[int, int]]


def choices(*, reader: Reader) -> ReviewChoices:
    """Documents, kinds and places that occur among the doubts the reader may settle."""
    rights.require_curator(reader)
    doubts = _visible(reader).order_by()
    is_open = Count("pk", filter=Q(ruling=None))
    by_document = doubts.values_list(
        "version__document__key", "version__title", "version__language"
    ).annotate(open=is_open)
    return ReviewChoices(
        documents=sorted(by_document, key=lambda row: (-row[3], row[1])),
        kinds=sorted(doubts.values_list("kind").annotate(open=is_open)),
        places=sorted(doubts.values_list("place").annotate(open=is_open)),
    )


def lost(*, reader: Reader) -> list[RulingCard]:
    """Rulings whose place was not found again when their file was read anew."""
    rights.require_curator(reader)
    found = Ruling.objects.filter(
        is_placed=False,
        taken_back_at__isnull=True,
        version__document__in=rights.visible_documents(reader),
    )
    return [ruling_card(each) for each in found.select_related("version__document", "by")]


# ── one place ────────────────────────────────────────────────────────────────────────────────────
def place(*, reader: Reader, document: str, version: str, start: int, end: int) -> PlaceCard:
    """One place as the list shows it, a doubt or any other piece of the text.

    :raises NotALibrarian: if the reader may not settle it.
    :raises NoSuchPlace: if the text has none such.
    """
    rights.require_curator(reader)
    found = document_and_version(reader=reader, key=document, version=version)
    doubt = (
        found.doubts.select_related("version__document", "ruling__by")
        .filter(start=start, end=end)
        .first()
    )
    if doubt is not None:
        return _cards([doubt])[0]
    text = _text(found)
    spot = text.spot(start, end)
    if spot is None:
        raise problems.NoSuchPlace
    return _spot_card(found, spot, text=text, rulings=_standing(found))


def places(
    *, reader: Reader, document: str, version: str, lines: Iterable[int]
) -> list[tuple[PlaceCard, Sequence[PlaceCard]]]:
    """The lines of a passage, each as a place of its own with the places in it.

    :param lines: numbers of lines, from 1.
    :raises NotALibrarian: if the reader may not settle them.
    """
    rights.require_curator(reader)
    found = document_and_version(reader=reader, key=document, version=version)
    text = _text(found)
    rulings = _standing(found)
    doubts = {
        (card.start, card.end): card
        for card in _cards(found.doubts.select_related("version__document", "ruling__by"))
    }
    changes: dict[int, list[Mapping[str, Any]]] = {}
    for change in found.changes:
        if change["kind"] not in QUIET and change["decided_by"] == "machine":
            changes.setdefault(change["line"], []).append(change)
    rows: list[tuple[PlaceCard, Sequence[PlaceCard]]] = []
    for number in lines:
        whole = text.whole_line(number - 1)
        if whole is None:
            continue
        inside: dict[tuple[int, int], PlaceCard] = {}
        for change in changes.get(number, ()):
            spot = text.of_change(change)
            if spot is None or (spot.start, spot.end) in inside:
                continue
            span = spot.start, spot.end
            inside[span] = doubts.get(span) or _spot_card(
                found, spot, text=text, rulings=rulings, change=change
            )
        line = inside.pop((whole.start, whole.end), None)
        if line is None:
            line = _spot_card(found, whole, text=text, rulings=rulings)
        rows.append((line, list(inside.values())))
    return rows


def _text(version: Version) -> spots.Text:
    return spots.Text(source=version.source_text, text=version.text, origins=version.origins)


def _standing(version: Version) -> list[Ruling]:
    return list(
        version.rulings.select_related("version__document", "by").filter(
            taken_back_at__isnull=True, is_placed=True
        )
    )


def _cards(doubts: Iterable[Doubt]) -> list[PlaceCard]:
    texts: dict[int, spots.Text] = {}
    cards = []
    for doubt in doubts:
        version = doubt.version
        text = texts.setdefault(version.pk, _text(version))
        spot = text.spot(doubt.start, doubt.end)
        if spot is None:
            continue
        cards.append(_card(version, spot, text=text, ruling=doubt.ruling, doubt=doubt))
    return cards


def _spot_card(
    version: Version,
    spot: spots.Spot,
    *,
    text: spots.Text,
    rulings: Iterable[Ruling],
    change: Mapping[str, Any] | None = None,
) -> PlaceCard:
    covering = [each for each in rulings if each.start <= spot.start and spot.end <= each.end]
    return _card(version, spot, text=text, ruling=covering[-1] if covering else None, change=change)


def _card(
    version: Version,
    spot: spots.Spot,
    *,
    text: spots.Text,
    ruling: Ruling | None,
    doubt: Doubt | None = None,
    change: Mapping[str, Any] | None = None,
) -> PlaceCard:
    line = text.lines[spot.line]
    return PlaceCard(
        document_key=version.document.key,
        document_symbol=version.document.symbol,
        document_title=version.title,
        is_restricted=version.document.access != "public",
        language=version.language,
        version_key=version.key,
        line=spot.line + 1,
        start=spot.start,
        end=spot.end,
        sign=spots.sign_of(text.source[spot.start : spot.end]),
        kind=doubt.kind if doubt else change["kind"] if change else "",
        place=Place(doubt.place) if doubt else None,
        anchor=doubt.anchor if doubt else "",
        source=_around(
            text.source_lines[spot.line],
            spot.start - text.starts[spot.line],
            spot.end - text.starts[spot.line],
        ),
        before=_end_of(line[: spot.first]),
        reads=spot.reads,
        after=_beginning_of(line[spot.last :]),
        as_it_came=doubt.as_it_came if doubt else spot.as_it_came,
        candidates=doubt.candidates if doubt else spot.candidates,
        is_doubt=doubt is not None,
        is_applied=doubt.is_applied if doubt else bool(change and change["applied"]),
        confidence=doubt.confidence if doubt else change["confidence"] if change else 1.0,
        evidence=doubt.evidence if doubt else change["evidence"] if change else "",
        line_above=_end_of(text.lines[spot.line - 1]) if spot.line else "",
        line_below=_beginning_of(text.lines[spot.line + 1])
        if spot.line + 1 < len(text.lines)
        else "",
        has_picture=version.kind in PICTURED,
        ruling=ruling_card(ruling) if ruling else None,
        being_made=version.wanted_at is not None,
    )


#: Some texts have a whole paragraph on a line: so much of it says where a place stands.
_AROUND = 160


def _end_of(words: str) -> str:
    if len(words) <= _AROUND:
        return words
    return "… " + words[-_AROUND:].partition(" ")[2]


def _beginning_of(words: str) -> str:
    if len(words) <= _AROUND:
        return words
    return words[:_AROUND].rpartition(" ")[0] + " …"


def _around(words: str, first: int, last: int) -> str:
    return _end_of(words[:first]) + words[first:last] + _beginning_of(words[last:])


# ── the picture ──────────────────────────────────────────────────────────────────────────────────
#: Files that have pages to show.
PICTURED = frozenset({reading.Kind.PDF.value, reading.Kind.SCAN.value})
#: Twenty places on a page ask for twenty pictures at once: they wait for one another.
_DRAWING = Lock()


def picture(*, reader: Reader, document: str, version: str, line: int) -> bytes:
    """The strip of the page on which a line stands, or the page, as PNG.

    Drawing takes much of a machine: it is for those who settle places, and one page at a time.

    :raises NotALibrarian: if the reader may not settle places.
    :raises NoSuchDocument: if it is not open to the reader.
    :raises NoPicture: if the original has no pages.
    """
    rights.require_curator(reader)
    found = document_and_version(reader=reader, key=document, version=version, with_bytes=True)
    source = found.source_text
    lines = spots.lines_of(source)
    if found.kind not in PICTURED or not 1 <= line <= len(lines):
        raise problems.NoPicture
    before = sum(len(each) + 1 for each in lines[: line - 1])
    with _DRAWING:
        drawn = reading.picture(
            bytes(found.original.data),
            name=found.file_name,
            page=source.count("\f", 0, before),
            line=lines[line - 1],
        )
    if drawn is None:
        raise problems.NoPicture
    return drawn
