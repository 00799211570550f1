"""Bring a file of figures in: read and shown first, counted once somebody takes it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from traceback import extract_tb
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.problems import Problem
from marsad.statistics import places, problems, store
from marsad.statistics.actions import question as questions
from marsad.statistics.actions import standing
from marsad.statistics.looking import PARQUET, Look, columns, doubts_of, look, other_places
from marsad.statistics.models import Arrival, Edition, Source
from marsad.statistics.queries import arrival as arrival_queries
from marsad.statistics.queries import rights
from marsad.statistics.queries.left_out import told_last
from marsad.statistics.scratch import scratch
from marsad.statistics.words import Stage
from marsad.tabulation import mapping as mappings
from marsad.tabulation.combining import combine
from marsad.tabulation.engine import rows_from
from marsad.tabulation.mapping import ColumnMapping
from marsad.tabulation.reader import Preview, Reading

log = logging.getLogger("marsad.statistics")

#: Remarks that are kept with an arrival; all of them lie in the data root.
_MOST_REMARKS = 500
#: A file that stopped its worker so often is given up.
MOST_ATTEMPTS = 3
#: What a reading writes of an arrival, and what one that failed does. Whatever else was decided
#: while it was read stays decided.
_OF_A_FAILURE = ("stage", "rows", "problem_code", "problem_says", "problem_details", "ended_at")
_OF_A_READING = (
    *_OF_A_FAILURE,
    *("columns", "mapping", "percent", "doubted", "refused", "remarks"),
    *("digest", "rows_digest", "remarks_digest", "doubts_digest"),
)
#: Seconds between two notes of progress.
_PAUSE = 0.3


# ── the file comes ───────────────────────────────────────────────────────────────────────────────
def receive(
    path: Path,
    *,
    source: str,
    by: Reader,
    at: datetime,
    file_name: str = "",
    mapping: ColumnMapping | None = None,
) -> Arrival:
    """Keep a file of a source and put it in the queue; a worker reads it.

    :raises NoSuchSource: if it is none of this reader's.
    """
    arrival = _kept(
        path, source=source, by=by, at=at, file_name=file_name or path.name, mapping=mapping
    )
    with transaction.atomic():
        arrival.save()
        journal.record(
            action="statistics.arrival.receive",
            on=arrival,
            by=rights.person_of(by),
            at=at,
            details={"source": arrival.source.code, "sha256": arrival.file_digest},
        )
    return arrival


def read(
    path: Path,
    *,
    source: str,
    by: Reader,
    at: datetime,
    file_name: str = "",
    mapping: ColumnMapping | None = None,
    asks: bool = True,
) -> Arrival:
    """Read a file of a source at once and keep what was understood of it; nothing counts yet.

    The reading is slow and stands outside any transaction.

    :param asks: whether what does not fit shall become questions to its States.
    :raises NoSuchSource: if it is none of this reader's.
    :raises marsad.tabulation.errors.CannotTabulate: if the file is no table of figures.
    """
    arrival = _kept(
        path, source=source, by=by, at=at, file_name=file_name or path.name, mapping=mapping
    )
    arrival.columns = columns(path, name=arrival.file_name, mapping=_mapping(arrival))
    _put(arrival, _looked(arrival, path, asks=asks), at=at)
    return arrival


def tried(path: Path, *, state: str, mapping: ColumnMapping | None) -> Preview:
    """What would be understood of a file; nothing at all is stored.

    :param state: code of the State whose own figures they are; "" for a collection.
    :raises marsad.tabulation.errors.CannotTabulate: if the file is no table of figures.
    :raises OfOtherPlaces: if it holds figures of a place that are not its State's to give.
    """
    of = directory.state(iso2=state.upper(), language="en") if state else None
    if of and mapping is None:
        known = Source.objects.filter(state_id=of.iso2).first()
        told = _as_last_time(known) if known else {}
        mapping = mappings.from_json(told) if told else None
    reading = Reading(
        path,
        mapping=_of_place(mapping, of.iso3) if of else mapping,
        places=places.invented() if of and of.is_invented else (),
    )
    others: dict[str, int] = {}
    for row in reading:
        if of and row.place != of.iso3:
            others.setdefault(row.country, row.row)
    if others:
        raise other_places(others, name=path.name)
    return reading.preview


def _kept(
    path: Path,
    *,
    source: str,
    by: Reader,
    at: datetime,
    file_name: str,
    mapping: ColumnMapping | None,
) -> Arrival:
    """An arrival whose file lies in the data root; it is not in the catalogue yet."""
    of = rights.source_for(by, code=source)
    name = file_name[-255:]
    return Arrival(
        key=secrets.token_hex(8),
        source=of,
        file_name=name,
        file_digest=store.put(path, suffix=store.suffix_of(name)),
        mapping=mapping.as_json() if mapping else _as_last_time(of),
        at=at,
        by=rights.person_of(by),
    )


# ── the worker reads it ──────────────────────────────────────────────────────────────────────────
def read_waiting(*, arrival_id: int, at: datetime) -> None:
    """Read an arrival that waits; called by the worker, again after a worker died.

    Whatever goes wrong ends in a sentence on the arrival.
    """
    with _alone(arrival_id):
        arrival = Arrival.objects.select_related("source", "by").filter(pk=arrival_id).first()
        if arrival is None or arrival.ended_at is not None:
            return  # delivered twice, or a worker was faster: the work is done
        told = arrival.mapping
        Arrival.objects.filter(pk=arrival_id).update(
            attempts=F("attempts") + 1, stage=Stage.READING, percent=0, rows=0
        )
        try:
            _read_waiting(arrival, told=told, at=at)
        except Problem as problem:
            _fail(arrival, told=told, problem=problem, at=at)
        except (OperationalError, InterfaceError):
            raise  # the database stumbled, not the file: the job is tried again
        except Exception as fault:
            _log_fault(fault, key=arrival.key)
            unreadable = problems.Unreadable(name=arrival.file_name)
            _fail(arrival, told=told, problem=unreadable, at=at)


def _read_waiting(arrival: Arrival, *, told: Mapping[str, Any], at: datetime) -> None:
    if arrival.attempts >= MOST_ATTEMPTS:
        raise problems.GivenUp(name=arrival.file_name, times=arrival.attempts)
    path = store.get(arrival.file_digest, suffix=store.suffix_of(arrival.file_name))
    given = _mapping(arrival)
    arrival.columns = columns(path, name=arrival.file_name, mapping=given)
    arrival.save(update_fields=["columns"])
    looked = _looked(arrival, path, noting=_Noting(arrival))
    with transaction.atomic():
        if not _was_told_anew(arrival, told=told):
            _put(arrival, looked, at=at)


def _was_told_anew(arrival: Arrival, *, told: Mapping[str, Any]) -> bool:
    """Whether somebody told its columns while it was read; another job reads it anew then.

    Its row is held from here on, so that nobody does so before what was read is written.
    """
    now = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
    return bool(now.mapping != told)


@contextmanager
def _alone(arrival_id: int) -> Iterator[None]:
    """Let nobody else read this arrival meanwhile. The lock falls with a worker that dies."""
    lock = "hashtext('marsad.statistics.arrival'), %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({lock})", [arrival_id])
        try:
            yield
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock({lock})", [arrival_id])


def _log_fault(fault: Exception, *, key: str) -> None:
    """Where it broke, and not what it said: a message may carry figures nobody has published."""
    frame = extract_tb(fault.__traceback__)[-1]
    log.error(
        "reading figures %s: %s at %s:%s", key, type(fault).__name__, frame.filename, frame.lineno
    )


class _Noting:
    """Writes progress on the arrival, at most a few times a second."""

    def __init__(self, arrival: Arrival) -> None:
        self._arrival = arrival
        self._last: tuple[str, float] = ("", 0.0)

    def __call__(self, stage: Stage, percent: int, rows: int) -> None:
        before, noted_at = self._last
        now = monotonic()
        if stage == before and now - noted_at < _PAUSE:
            return
        self._last = (stage, now)
        Arrival.objects.filter(pk=self._arrival.pk, ended_at__isnull=True).update(
            stage=stage, percent=percent, rows=rows
        )


def _fail(arrival: Arrival, *, told: Mapping[str, Any], problem: Problem, at: datetime) -> None:
    """Keep the sentence; the file stays, so that it can be read anew with its columns told."""
    arrival.stage, arrival.rows = Stage.FAILED, 0
    arrival.problem_code = problem.code
    arrival.problem_says = str(problem.says)
    arrival.problem_details = {
        name: value if isinstance(value, int | float | list) else str(value)
        for name, value in problem.details.items()
    }
    arrival.ended_at = at
    with transaction.atomic():
        if _was_told_anew(arrival, told=told):
            return
        arrival.save(update_fields=_OF_A_FAILURE)
        journal.record(
            action="statistics.arrival.fail",
            on=arrival,
            by=arrival.by,
            at=at,
            details={"code": problem.code},
        )


# ── what came of it ──────────────────────────────────────────────────────────────────────────────
def _looked(
    arrival: Arrival, path: Path, *, asks: bool = True, noting: _Noting | None = None
) -> Look:
    return look(
        path,
        name=arrival.file_name,
        mapping=_mapping(arrival),
        places=places.invented() if arrival.source.is_invented else (),
        only=_place_of(arrival.source),
        asks=asks,
        progress=noting,
    )


def _mapping(arrival: Arrival) -> ColumnMapping | None:
    """How its columns are to be read: as was said, or as usual.

    A State need not write into every row of its own file which State it is.
    """
    given = mappings.from_json(arrival.mapping) if arrival.mapping else None
    own = _place_of(arrival.source)
    return _of_place(given, own) if own else given


def _as_last_time(source: Source) -> dict[str, Any]:
    """How the next file of a source is read where nobody says so; nothing before its first."""
    return mappings.remembered(source.mapping, name=source.code) if source.mapping else {}


def _of_place(given: ColumnMapping | None, own: str) -> ColumnMapping:
    given = given or mappings.known("plain")
    return replace(given, constants={"code": own, **given.constants})


def _place_of(source: Source) -> str:
    """Code of the one place that a source gives figures of; "" for a collection."""
    return source.state.iso3 if source.state is not None else ""


def _put(arrival: Arrival, looked: Look, *, at: datetime) -> None:
    """Write down what came of looking through a file."""
    found = looked.preview
    arrival.digest = looked.digest
    arrival.rows_digest = looked.rows_digest
    arrival.remarks_digest = looked.remarks_digest
    arrival.doubts_digest = looked.doubts_digest
    arrival.rows = found.understood + found.doubted
    arrival.doubted = found.doubted
    arrival.refused = found.refused
    arrival.remarks = {
        "counts": dict(found.counts.most_common()),
        "first": [remark.as_json() for remark in found.remarks[:_MOST_REMARKS]],
        "left_aside": found.left_aside,
    }
    arrival.mapping = {**found.mapping.as_json(), "name": _name_of_mapping(arrival, found.mapping)}
    arrival.problem_code = arrival.problem_says = ""
    arrival.problem_details = {}
    arrival.stage, arrival.percent, arrival.ended_at = Stage.READ, 100, at
    with transaction.atomic():
        arrival.save(update_fields=_OF_A_READING if arrival.pk else None)
        journal.record(
            action="statistics.arrival.read",
            on=arrival,
            by=arrival.by,
            at=at,
            details={
                "source": arrival.source.code,
                "rows": arrival.rows,
                "refused": arrival.refused,
            },
        )


def _name_of_mapping(arrival: Arrival, mapping: ColumnMapping) -> str:
    """Its own name, for what came with the engine says of `plain` that it recognises others."""
    return arrival.source.code if mapping.name == "plain" else mapping.name


# ── somebody says how its columns are to be read ─────────────────────────────────────────────────
@transaction.atomic
def map_columns(*, key: str, mapping: Mapping[str, Any], by: Reader, at: datetime) -> Arrival:
    """Say how the columns of a file are to be read; it is read anew.

    :raises NoSuchArrival: if there is none of this reader's.
    :raises AlreadyDecided: if it was taken or put aside.
    :raises marsad.tabulation.errors.BadMapping: if the mapping cannot be understood.
    """
    arrival = _open(key, by=by)
    mappings.from_json(dict(mapping), name=arrival.source.code)
    arrival.mapping = dict(mapping)
    arrival.stage, arrival.percent = Stage.WAITING, 0
    arrival.ended_at = None
    arrival.attempts = 0
    arrival.problem_code = arrival.problem_says = arrival.digest = ""
    arrival.save()
    journal.record(action="statistics.arrival.map", on=arrival, by=rights.person_of(by), at=at)
    return arrival


def _open(key: str, *, by: Reader) -> Arrival:
    """An arrival that nobody has decided about, held until the end of the transaction."""
    rights.arrival_for(by, key=key)
    arrival = (
        Arrival.objects.select_for_update(of=("self",)).select_related("source__state").get(key=key)
    )
    if arrival.taken_at or arrival.dropped_at:
        raise problems.AlreadyDecided
    return arrival


# ── taken, or put aside ──────────────────────────────────────────────────────────────────────────
@transaction.atomic
def take(*, key: str, by: Reader, at: datetime, keeps: bool = False) -> Edition:
    """Make a file that was read the next edition of its source.

    What was public before is in force at once; a State's own once it verified it. What does not fit
    becomes questions to the States, and how its columns were read is remembered.

    :param keeps: whether what the source told last stays where this file says nothing of it; else
        the file stands alone.
    :raises NoSuchArrival: if there is none of this reader's.
    :raises NotReadYet: if it was not read, or could not be.
    :raises RowsRefused: if some rows could not be understood.
    :raises AlreadyDecided: if it was taken or put aside.
    """
    arrival = _open(key, by=by)
    _check_may_be_taken(arrival)
    arrival.taken_at = at
    arrival.save(update_fields=["taken_at"])
    _remember(arrival)
    source = Source.objects.select_for_update(no_key=True).get(pk=arrival.source_id)
    before = told_last(source) if keeps else None
    if before is None:
        digest, rows = arrival.digest, arrival.rows
    else:
        digest, rows = _beside(arrival, before)
    edition = next_edition(arrival, digest=digest, rows=rows, by=by, at=at)
    questions.ask(edition, at=at)
    journal.record(
        action="statistics.edition.take",
        on=edition,
        by=rights.person_of(by),
        at=at,
        details={"source": arrival.source.code, "number": edition.number},
    )
    if edition.published_at:
        standing.renew(at=at)
    return edition


def _check_may_be_taken(arrival: Arrival) -> None:
    if arrival.stage != Stage.READ:
        raise problems.NotReadYet(name=arrival.file_name)
    if arrival.refused or not arrival.digest:
        first = arrival_queries.first_refused(arrival)
        raise problems.RowsRefused(count=arrival.refused, name=arrival.file_name, first=first)


def _beside(arrival: Arrival, before: Edition) -> tuple[str, int]:
    """What was told last with the figures of a file in it: its digest, and how many figures.

    What is asked is asked of all of it, for nobody answers about the earlier edition any more.
    """
    own = _place_of(arrival.source)
    with scratch() as folder:
        files = [store.get(each, suffix=PARQUET) for each in (before.digest, arrival.digest)]
        kept = combine(files[:1], files[1:], folder)
        digest = store.put(Path(kept.path), suffix=PARQUET)
    rows = rows_from([store.get(digest, suffix=PARQUET)])
    arrival.doubts_digest = doubts_of(rows, places=[own] if own else [])
    arrival.save(update_fields=["doubts_digest"])
    return digest, kept.rows


def _remember(arrival: Arrival) -> None:
    Source.objects.filter(pk=arrival.source_id).update(mapping=arrival.mapping)


def next_edition(
    arrival: Arrival,
    *,
    digest: str,
    rows: int,
    by: Reader,
    at: datetime,
    restores: Edition | None = None,
) -> Edition:
    """The next edition of the source of an arrival; published at once where that is public."""
    # Two that come at once are numbered one after the other.
    Source.objects.select_for_update(no_key=True).get(pk=arrival.source_id)
    last = arrival.source.editions.order_by("-number").first()
    return Edition.objects.create(
        key=secrets.token_hex(8),
        source=arrival.source,
        number=1 if last is None else last.number + 1,
        arrival=arrival,
        restores=restores,
        digest=digest,
        rows=rows,
        made_at=at,
        made_by=rights.person_of(by),
        published_at=at if arrival.source.is_public else None,
    )


@transaction.atomic
def put_aside(*, key: str, by: Reader, at: datetime) -> None:
    """Count nothing of a file that was read.

    :raises NoSuchArrival: if there is none of this reader's.
    :raises AlreadyDecided: if it was taken or put aside.
    """
    arrival = _open(key, by=by)
    arrival.dropped_at = at
    arrival.save(update_fields=["dropped_at"])
    journal.record(
        action="statistics.arrival.put_aside", on=arrival, by=rights.person_of(by), at=at
    )


@transaction.atomic
def take_up(*, key: str, by: Reader, at: datetime) -> None:
    """Take up again a file that was put aside.

    :raises NoSuchArrival: if there is none of this reader's, or it was not put aside.
    """
    rights.arrival_for(by, key=key)
    arrival = Arrival.objects.select_for_update(of=("self",)).get(key=key)
    if arrival.dropped_at is None:
        raise problems.NoSuchArrival
    arrival.dropped_at = None
    arrival.save(update_fields=["dropped_at"])
    journal.record(action="statistics.arrival.take_up", on=arrival, by=rights.person_of(by), at=at)
