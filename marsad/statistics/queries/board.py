"""What came from where, when, who verified what, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from marsad.directory import queries as directory
from marsad.directory.types import Person, Reader
from marsad.problems import said
from marsad.statistics import problems
from marsad.statistics.models import Arrival, Edition, Source
from marsad.statistics.queries import rights
from marsad.statistics.types.board import (
    ArrivalCard,
    Board,
    EditionCard,
    EditionStanding,
    SourceCard,
)
from marsad.statistics.words import COLLECTIONS, Stage

_LATELY = 20
#: Severities that somebody should answer.
ASKED = ("ask", "warn")
#: Where each stage begins on the bar.
_BEGINS = {
    Stage.WAITING: 0,
    Stage.READING: 5,
    Stage.CHECKING: 85,
    Stage.READ: 100,
    Stage.FAILED: 100,
}


def board(*, reader: Reader, language: str) -> Board:
    """Every source that the reader may see, with where its figures stand.

    :raises NotForThem: where the reader neither brings figures in nor looks on for a State.
    """
    is_secretariat = rights.is_secretariat(reader)
    if not is_secretariat and not rights.states_of(reader):
        raise problems.NotForThem
    sources = [_source_card(each, reader, language) for each in _sources(reader)]
    arrivals = _arrivals(rights.visible_arrivals(reader))
    questions = rights.visible_questions(reader)
    return Board(
        is_secretariat=is_secretariat,
        may_bring=rights.brings_any(reader),
        sources=sorted(sources, key=lambda card: (card.is_of_state, card.name)),
        arrivals=[arrival_card(each, language=language) for each in arrivals[:_LATELY]],
        open_questions=_open(questions).count(),
    )


def choices(*, reader: Reader, language: str) -> list[tuple[str, str]]:
    """The sources that the reader may bring figures in for: code and name."""
    found = []
    if rights.is_secretariat(reader):
        found += [(code, _name(names, language)) for code, names in COLLECTIONS.items()]
    names = directory.state_names(language=language)
    for state in rights.states_brought_for(reader):
        found.append((f"state-{state.lower()}", names.get(state, state)))
    return found


def source(*, reader: Reader, code: str, language: str) -> tuple[SourceCard, list[EditionCard]]:
    """One source with every edition of it that the reader may see, newest first.

    :raises NoSuchSource: if there is none, or the reader may see nothing of it.
    """
    found = _sources(reader).filter(code=code).first()
    if found is None:
        raise problems.NoSuchSource(source=code)
    cards = edition_cards(rights.visible_editions(reader).filter(source=found), reader, language)
    return _source_card(found, reader, language), cards


def _sources(reader: Reader) -> QuerySet[Source]:
    """All of them for the Secretariat; for others those of their States."""
    found = Source.objects.select_related("state").prefetch_related(
        Prefetch("editions", queryset=_with_counts(Edition.objects.order_by("-number")))
    )
    if rights.is_secretariat(reader):
        return found
    return found.filter(state__in=rights.states_of(reader))


def _source_card(source: Source, reader: Reader, language: str) -> SourceCard:
    editions = list(source.editions.all())
    counting = in_force_of(editions)
    # A file with refused rows waits for nobody: nothing of it can be taken.
    waits = _arrivals(
        Arrival.objects.filter(source=source, taken_at=None, dropped_at=None, refused=0).exclude(
            stage=Stage.FAILED
        )
    ).first()
    return SourceCard(
        code=source.code,
        name=_name(source.names, language),
        is_of_state=source.state_id is not None,
        is_invented=source.is_invented,
        newest=edition_card(editions[0], editions, reader, language) if editions else None,
        in_force=edition_card(counting, editions, reader, language) if counting else None,
        waiting=arrival_card(waits, language=language) if waits else None,
    )


# ── editions ─────────────────────────────────────────────────────────────────────────────────────
def edition_cards(found: QuerySet[Edition], reader: Reader, language: str) -> list[EditionCard]:
    """Editions as the reader may see them, newest first."""
    editions = list(_with_counts(found).order_by("source_id", "-number"))
    every = list(
        Edition.objects.filter(source__in={each.source_id for each in editions}).order_by("-number")
    )
    return [edition_card(each, every, reader, language) for each in editions]


def _with_counts(found: QuerySet[Edition]) -> QuerySet[Edition]:
    asked = Q(questions__severity__in=ASKED)
    return found.select_related(
        "source__state", "arrival", "made_by", "verified_by", "restores"
    ).annotate(
        asked=Count("questions", filter=asked),
        unanswered=Count("questions", filter=asked & Q(questions__answer_kind="")),
    )


def newest_editions() -> QuerySet[Edition]:
    """The newest edition of every source, whether it counts or waits; withdrawn ones are passed."""
    found = Edition.objects.filter(withdrawn_at=None).order_by("source_id", "-number")
    return Edition.objects.filter(pk__in=found.distinct("source_id").values("pk"))


def _open(questions: QuerySet[Any]) -> QuerySet[Any]:
    """Those that somebody should answer still, about the newest edition of each source."""
    return questions.filter(severity__in=ASKED, answer_kind="", edition__in=newest_editions())


def in_force_of(editions: Iterable[Edition]) -> Edition | None:
    """Of the editions of one source the one that counts."""
    published = [each for each in editions if each.published_at is not None]
    newest = max(published, key=lambda each: each.number, default=None)
    return None if newest is None or newest.withdrawn_at else newest


def standing_of(edition: Edition, editions: Sequence[Edition]) -> EditionStanding:
    """Whether its figures count, among all editions of its source."""
    own = [each for each in editions if each.source_id == edition.source_id]
    if edition.withdrawn_at:
        return EditionStanding.WITHDRAWN
    counting = in_force_of(own)
    if counting is not None and counting.pk == edition.pk:
        return EditionStanding.IN_FORCE
    is_newest = all(each.number <= edition.number for each in own)
    if edition.published_at is None and is_newest:
        return EditionStanding.WAITING
    return EditionStanding.REPLACED


def edition_card(
    edition: Edition, editions: Sequence[Edition], reader: Reader, language: str
) -> EditionCard:
    """An edition in the reader's language, with what they may do with it."""
    own = [each for each in editions if each.source_id == edition.source_id]
    standing = standing_of(edition, own)
    brings, verifies = (
        rights.may_bring(reader, edition.source),
        rights.may_verify(reader, edition.source),
    )
    newest = max(own, key=lambda each: each.number, default=edition)
    stands_again = newest.digest != edition.digest or newest.withdrawn_at is not None
    is_own_to_withdraw = brings and (
        verifies or not edition.published_at or _is_collection(edition)
    )
    return EditionCard(
        key=edition.key,
        number=edition.number,
        source_code=edition.source.code,
        source_name=_name(edition.source.names, language),
        standing=standing,
        rows=edition.rows,
        file_name=edition.arrival.file_name,
        made_at=edition.made_at,
        made_by=name_of(edition.made_by),
        published_at=edition.published_at,
        verified_by=name_of(edition.verified_by),
        withdrawn_at=edition.withdrawn_at,
        restores=edition.restores.number if edition.restores else None,
        asked=getattr(edition, "asked", 0),
        open_questions=getattr(edition, "unanswered", 0),
        may_verify=verifies and standing == EditionStanding.WAITING,
        may_restore=brings and stands_again,
        # What counts, whatever waits; else the newest.
        may_withdraw=is_own_to_withdraw
        and standing in (EditionStanding.IN_FORCE, EditionStanding.WAITING),
        may_have_file=rights.may_have_file(reader, edition.source),
    )


def _is_collection(edition: Edition) -> bool:
    return edition.source.state_id is None


def name_of(person: Person | None) -> str:
    """Who did something; "" for the operator of the machine."""
    return person.name if person is not None else ""


# ── files ────────────────────────────────────────────────────────────────────────────────────────
def _arrivals(found: QuerySet[Arrival]) -> QuerySet[Arrival]:
    return (
        found.select_related("source", "by")
        .prefetch_related("editions")
        .defer("columns", "mapping")
    )


def arrival(*, reader: Reader, key: str, language: str) -> ArrivalCard:
    """:raises NoSuchArrival: if there is none, or the reader may not see it."""
    found = _arrivals(rights.visible_arrivals(reader)).filter(key=key).first()
    if found is None:
        raise problems.NoSuchArrival
    return arrival_card(found, language=language)


def arrival_card(found: Arrival, *, language: str) -> ArrivalCard:
    """A file in the reader's language."""
    stage = Stage(found.stage)
    made = min(found.editions.all(), key=lambda each: each.number, default=None)
    share = 80 * found.percent // 100 if stage == Stage.READING else 0
    return ArrivalCard(
        key=found.key,
        source_code=found.source.code,
        source_name=_name(found.source.names, language),
        file_name=found.file_name,
        stage=found.stage,
        stage_label=str(stage.label),
        progress=_BEGINS[stage] + share,
        is_over=found.ended_at is not None,
        at=found.at,
        by=name_of(found.by),
        rows=found.rows,
        doubted=found.doubted,
        refused=found.refused,
        problem=_problem_of(found),
        problem_code=found.problem_code,
        is_undecided=found.taken_at is None and found.dropped_at is None,
        dropped_at=found.dropped_at,
        edition_key=made.key if made else "",
        edition_number=made.number if made else 0,
    )


def _problem_of(found: Arrival) -> str:
    """What ended its reading. Names out of the file keep their own direction in Arabic."""
    if not found.problem_says:
        return ""
    kept = {name: _isolated(value) for name, value in found.problem_details.items()}
    return said(found.problem_says, kept)


def _isolated(value: Any) -> Any:
    if isinstance(value, list):
        return [_isolated(each) for each in value]
    return f"\u2068{value}\u2069" if isinstance(value, str) and value else value


def _name(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names.get("en") or ""
