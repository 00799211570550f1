"""A file arrives, is read by a worker, and reaches the shelf or is refused with a sentence."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from traceback import extract_tb
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from marsad import reading
from marsad.directory.types import Reader, Role
from marsad.journal import actions as journal
from marsad.library import problems
from marsad.library.actions import shelf, teaching
from marsad.library.intake import Help, understand
from marsad.library.models import Arrival, Original, Version
from marsad.library.queries import rights
from marsad.library.queries.theme import published_themes
from marsad.library.words import Access, Stage
from marsad.problems import Problem

log = logging.getLogger("marsad.library")

#: The languages of the United Nations: those that are read.
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
#: A file that stopped its worker so often is given up.
MOST_ATTEMPTS = 3
#: Seconds between two notes of progress, so that a long file does not drown the database.
PROGRESS_PAUSE = 0.3


@transaction.atomic
def receive(
    *,
    data: bytes,
    name: str,
    by: Reader,
    at: datetime,
    language: str = "",
    access: str = Access.PUBLIC,
    open_to_roles: Iterable[str] = (),
    is_sample: bool = False,
) -> Arrival:
    """Take a file in and put it in the queue; a worker reads it.

    :param language: two letters; empty lets the text tell.
    :raises NotALibrarian: if the person may not add documents.
    :raises AlreadyHere: if the same bytes are in the library.
    :raises OnItsWay: if the same bytes are being read.
    :raises RestrictedToNobody: if restricted without a role that may read it.
    :raises marsad.reading.errors.TooLarge: before anything is stored.
    """
    rights.require_curator(by)
    roles = checked_roles(access=access, open_to_roles=open_to_roles)
    _check_language(language)
    reading.check_size(len(data), name=name)
    digest = hashlib.sha256(data).hexdigest()
    shelf.hold(digest)
    _refuse_the_same_bytes(digest, name=name)
    original = kept(digest, data)
    arrival = Arrival.objects.create(
        key=secrets.token_hex(8),
        original=original,
        sha256=digest,
        file_name=name[-255:],
        language=language,
        access=access,
        open_to_roles=roles,
        is_sample=is_sample,
        by=rights.person_of(by),
        arrived_at=at,
    )
    journal.record(
        action="library.arrival.receive",
        on=arrival,
        by=rights.person_of(by),
        at=at,
        details={"sha256": digest, "size": len(data)},
    )
    return arrival


def kept(digest: str, data: bytes) -> Original:
    """Keep the bytes, sent as they are: Django would spell them out within the statement, and 49 MB
    would take 400 MB of memory.
    """
    originals = Original.objects.defer("data")
    found = originals.filter(sha256=digest).first()
    if found is not None:
        return found
    with connection.wrap_database_errors:
        psycopg.Cursor(connection.connection).execute(
            "INSERT INTO library_original (sha256, data, size) VALUES (%s, %b, %s)",
            (digest, data, len(data)),
        )
    return originals.get(sha256=digest)


def _check_language(language: str) -> None:
    if language and language not in LANGUAGES:
        raise problems.UnknownChoice(
            given=language, what=_("language"), choices=", ".join(LANGUAGES)
        )


def checked_roles(*, access: str, open_to_roles: Iterable[str]) -> list[str]:
    roles = sorted(set(open_to_roles))
    if access not in Access.values:
        raise problems.UnknownChoice(
            given=access, what=_("access"), choices=", ".join(Access.values)
        )
    unknown = [role for role in roles if role not in Role.values]
    if unknown:
        raise problems.UnknownChoice(
            given=unknown[0], what=_("role"), choices=", ".join(Role.values)
        )
    if access == Access.RESTRICTED and not roles:
        raise problems.RestrictedToNobody
    return roles if access == Access.RESTRICTED else []


def _refuse_the_same_bytes(digest: str, *, name: str) -> None:
    version = Version.objects.filter(original_id=digest).select_related("document").first()
    if version is not None:
        raise problems.AlreadyHere(name=name, title=version.title, document=version.document.key)
    if Arrival.objects.filter(sha256=digest, ended_at__isnull=True).exists():
        raise problems.OnItsWay(name=name)


def receive_and_read(*, data: bytes, name: str, by: Reader, at: datetime, **said: Any) -> Arrival:
    """Take a file in and read it at once, without waiting for a worker.

    :param said: what else `receive` takes.
    :raises Problem: what `receive` refuses; what reading meets ends on the arrival.
    """
    arrival = receive(data=data, name=name, by=by, at=at, **said)
    return read(arrival_id=arrival.pk, at=at)


def read(*, arrival_id: int, at: datetime) -> Arrival:
    """Read an arrival and shelve it; called by the worker, again after a worker died.

    Whatever goes wrong ends in a sentence on the arrival, with nothing else stored.

    :raises NoSuchArrival: if there is none with that id.
    """
    with _alone(arrival_id):
        arrival = Arrival.objects.select_related("original", "by").filter(pk=arrival_id).first()
        if arrival is None:
            raise problems.NoSuchArrival(arrival=arrival_id)
        if arrival.ended_at is not None:
            return arrival  # delivered twice, or a worker was faster: the work is done
        return _read(arrival, at=at)


@contextmanager
def _alone(arrival_id: int) -> Iterator[None]:
    """Let nobody else read this arrival meanwhile: the command line and a worker may both try.

    A lock of the session, not a mark in the row: it falls with the connection of a worker that
    dies, so that the next one can begin.
    """
    lock = "hashtext('marsad.library.arrival'), %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({lock})", [arrival_id])
        try:
            yield
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock({lock})", [arrival_id])


def _read(arrival: Arrival, *, at: datetime) -> Arrival:
    Arrival.objects.filter(pk=arrival.pk).update(attempts=F("attempts") + 1)
    try:
        if arrival.attempts >= MOST_ATTEMPTS or arrival.original is None:
            raise problems.GivenUp(name=arrival.file_name, times=arrival.attempts)
        return _read_and_shelve(arrival, at=at)
    except Problem as problem:
        return _fail(arrival, problem=problem, at=at)
    except (OperationalError, InterfaceError):
        raise  # the database stumbled, not the file: the job is tried again
    except Exception as fault:
        _log_fault(fault, key=arrival.key)
        unforeseen = problems.Unforeseen(name=arrival.file_name, fault=type(fault).__name__)
        return _fail(arrival, problem=unforeseen, at=at)


def _log_fault(fault: Exception, *, key: str) -> None:
    """Where it broke, and not what it said: a message may carry words of a restricted text."""
    frame = extract_tb(fault.__traceback__)[-1]
    log.error(
        "reading arrival %s: %s at %s:%s", key, type(fault).__name__, frame.filename, frame.lineno
    )


def _read_and_shelve(arrival: Arrival, *, at: datetime) -> Arrival:
    assert arrival.original is not None
    understood = understand(
        bytes(arrival.original.data),
        name=arrival.file_name,
        language=arrival.language,
        themes=published_themes(),
        leaning_on=Help(knowledge=teaching.knowledge()),
        progress=_Noting(arrival),
    )
    _Noting(arrival)(Stage.SHELVING, 0)
    with transaction.atomic():
        shelf.hold()
        version = shelf.shelve(understood, arrival=arrival, at=at)
        arrival.version = version
        arrival.stage = Stage.DONE
        arrival.percent = 100
        arrival.ended_at = at
        arrival.save(update_fields=["version", "stage", "percent", "ended_at"])
    return arrival


class _Noting:
    """Writes progress on the arrival, at most a few times a second."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.last: tuple[str, float] = ("", 0.0)

    def __call__(self, stage: Stage, percent: int) -> None:
        stage_before, noted_at = self.last
        now = monotonic()
        if stage == stage_before and now - noted_at < PROGRESS_PAUSE:
            return
        self.last = (stage, now)
        Arrival.objects.filter(pk=self.arrival.pk, ended_at__isnull=True).update(
            stage=stage, percent=percent
        )


def _fail(arrival: Arrival, *, problem: Problem, at: datetime) -> Arrival:
    """Keep the sentence, drop the bytes: half of nothing is stored."""
    with transaction.atomic():
        original, arrival.original = arrival.original, None
        arrival.stage = Stage.FAILED
        arrival.problem_code = problem.code
        arrival.problem_says = str(problem.says)
        arrival.problem_details = {
            name: value if isinstance(value, int | float) else str(value)
            for name, value in problem.details.items()
        }
        arrival.ended_at = at
        arrival.save()
        _drop_if_unused(original)
        journal.record(
            action="library.arrival.fail",
            on=arrival,
            by=arrival.by,
            at=at,
            details={"code": problem.code},
        )
    return arrival


def _drop_if_unused(original: Original | None) -> None:
    if original is not None and not (original.versions.exists() or original.arrivals.exists()):
        original.delete()


def dismiss(*, key: str, by: Reader, at: datetime) -> None:
    """Clear away the notice of a file that was refused.

    :raises NoSuchArrival: if it is not there or is still being read.
    """
    rights.require_curator(by)
    with transaction.atomic():
        arrival = Arrival.objects.filter(key=key, ended_at__isnull=False).first()
        if arrival is None:
            raise problems.NoSuchArrival(arrival=key)
        journal.record(action="library.arrival.dismiss", on=arrival, by=rights.person_of(by), at=at)
        arrival.delete()


__all__ = ["checked_roles", "dismiss", "kept", "read", "receive", "receive_and_read"]
