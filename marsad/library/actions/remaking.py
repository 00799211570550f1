"""A text is made anew: a person ruled about it, a copy arrived, or the engine has become better.

Called by the worker. The slow part runs outside any transaction; what was decided meanwhile asks
for the next making, so nothing is lost and nobody waits.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from traceback import extract_tb

from django.db import InterfaceError, OperationalError, connection, transaction

from marsad import arabic
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import knowing
from marsad.library.actions import ruling, shelf, teaching
from marsad.library.intake import EXTRACTIONS, Help, Source, Understood, read_file, understand_text
from marsad.library.models import Document, Version
from marsad.library.queries import rights
from marsad.library.queries.theme import published_themes
from marsad.library.words import Stage
from marsad.problems import Problem

log = logging.getLogger("marsad.library")

#: A text that stopped its worker so often is left as it was.
MOST_ATTEMPTS = 3
#: Seconds between two notes of progress.
PROGRESS_PAUSE = 0.3
#: How much of the whole each stage is: where on the bar it begins.
_BEGINS = {Stage.READING: 0, Stage.REPAIRING: 20, Stage.STRUCTURING: 85}


@transaction.atomic
def ask(*, document: str, by: Reader, at: datetime) -> Document:
    """Ask for every copy of a document to be read and repaired again, by today's engine.

    :raises NotALibrarian: if the person may not.
    :raises NoSuchDocument: if there is none, or it is not open to the person.
    """
    rights.require_curator(by)
    found = rights.document_for(by, key=document)
    shelf.want_anew(found.versions.all(), at=at, with_reading=True)
    journal.record(action="library.document.ask_again", on=found, by=rights.person_of(by), at=at)
    return found


@dataclass(frozen=True, kw_only=True)
class Reread:
    """What came of reading a document again."""

    key: str
    title: str
    #: How many texts were made anew.
    made: int
    #: What broke in one of them, whose text stands as it was; empty when nothing did.
    fault: str


def read_again(*, document: str, by: Reader, at: datetime) -> Reread:
    """Read every copy of a document again, at once and without a worker.

    :raises NotALibrarian, NoSuchDocument: as `ask`.
    """
    found = ask(document=document, by=by, at=at)
    made = make_anew(document_id=found.pk, at=at)
    teaching.learn_anew(at=at)
    versions = list(found.versions.order_by("-is_shown", "pk"))
    return Reread(
        key=found.key,
        title=versions[0].title if versions else "",
        made=made,
        fault=next((each.made_fault for each in versions if each.made_fault), ""),
    )


def make_anew(*, document_id: int, at: datetime) -> int:
    """Make every text of a document that waits for it; returns how many were made.

    Delivered twice, or after a faster worker, it finds nothing to do.
    """
    made = 0
    with _alone(document_id):
        while version := _next(document_id):
            made += _make(version, at=at)
        if made:
            document = Document.objects.filter(pk=document_id).first()
            if document is not None:
                journal.record(action="library.document.made_anew", on=document, by=None, at=at)
    return made


def _next(document_id: int) -> Version | None:
    return (
        Version.objects.filter(document_id=document_id, wanted_at__isnull=False)
        .select_related("document", "original")
        .order_by("pk")
        .first()
    )


@contextmanager
def _alone(document_id: int) -> Iterator[None]:
    """Let nobody else make this document's texts meanwhile; falls with a worker that dies."""
    lock = "hashtext('marsad.library.making'), %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({lock})", [document_id])
        try:
            yield
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock({lock})", [document_id])


def _make(version: Version, *, at: datetime) -> int:
    wanted = version.wanted_at
    Version.objects.filter(pk=version.pk).update(made_attempts=version.made_attempts + 1)
    fault = "the worker stopped" if version.made_attempts >= MOST_ATTEMPTS else ""
    understood = None
    if not fault:
        try:
            understood = _understood(version)
        except (OperationalError, InterfaceError):
            raise  # the database stumbled, not the text: the job is tried again
        except Problem as problem:
            fault = problem.code
        except Exception as unforeseen:
            fault = type(unforeseen).__name__
            _log_fault(unforeseen, key=version.key)
    with transaction.atomic():
        shelf.hold()
        stored = understood is not None and _store(version, understood, at=at)
        # What was asked for meanwhile stays asked for.
        Version.objects.filter(pk=version.pk, wanted_at=wanted).update(
            wanted_at=None, wants_reading=False, made_percent=100, made_attempts=0
        )
        Version.objects.filter(pk=version.pk).update(made_fault=fault)
        if stored and _carry(version.pk):
            shelf.want_anew(Version.objects.filter(pk=version.pk), at=at)
    return int(stored)


def _carry(version: int) -> int:
    """Carry rulings of other copies to the version as it is stored; the shelf is held."""
    now = Version.objects.filter(pk=version).first()
    return ruling.carry(now) if now is not None else 0


def _log_fault(fault: Exception, *, key: str) -> None:
    """Where it broke, and not what it said: a message may carry words of a restricted text."""
    frame = extract_tb(fault.__traceback__)[-1]
    log.error(
        "making version %s anew: %s at %s:%s",
        key,
        type(fault).__name__,
        frame.filename,
        frame.lineno,
    )


def _understood(version: Version) -> Understood:
    noting = _Noting(version)
    source = _source(version, noting=noting)
    if source.text == version.source_text:  # otherwise once text and source belong together again
        with transaction.atomic():
            shelf.hold()
            _carry(version.pk)
    return understand_text(
        source,
        language=version.language,
        themes=published_themes(),
        leaning_on=Help(
            knowledge=knowledge_for(version),
            copies=copies_of(version),
            decisions=ruling.decisions(version, source=source.text),
        ),
        progress=noting,
    )


def _source(version: Version, *, noting: _Noting) -> Source:
    if version.wants_reading:
        return read_file(bytes(version.original.data), name=version.file_name, progress=noting)
    return Source(
        kind=version.kind,
        media_type=version.media_type,
        layer=version.layer,
        notes=version.notes,
        text=version.source_text,
    )


def copies_of(version: Version) -> list[arabic.Copy]:
    """The other copies of its document in its language, as they came: the same people see them."""
    others = Version.objects.filter(
        document=version.document_id, language=version.language
    ).exclude(pk=version.pk)
    return [
        arabic.Copy(text=text, name=name, extraction=EXTRACTIONS.get(layer, ""))
        for text, name, layer in others.order_by("-soundness", "pk").values_list(
            "source_text", "file_name", "layer"
        )
    ]


def knowledge_for(version: Version) -> arabic.Knowledge | None:
    """What the shelf has taught, without what this very document taught."""
    known = teaching.knowledge()
    if known is None or version.language != "ar":
        return None
    own = [
        teaching.lesson_of(each)
        for each in teaching.teachers().filter(document=version.document_id)
    ]
    return knowing.without_own(known, own=own) if own else known


def _store(version: Version, understood: Understood, *, at: datetime) -> bool:
    now = Version.objects.select_related("document", "original").filter(pk=version.pk).first()
    if now is None or now.language != understood.language:
        return False  # taken away meanwhile; or its text, made anew, is taken for another language
    # Also what was ruled while the text was being made: it is tied to the source still stored.
    ruling.place_anew(now, source=understood.source_text)
    shelf.restock(now, understood, at=at)
    return True


class _Noting:
    """Writes progress on the version, at most a few times a second."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.noted_at = 0.0

    def __call__(self, stage: Stage, percent: int) -> None:
        now = monotonic()
        if now - self.noted_at < PROGRESS_PAUSE:
            return
        self.noted_at = now
        begins = _BEGINS.get(stage, 0)
        ends = min((each for each in _BEGINS.values() if each > begins), default=100)
        done = begins + (ends - begins) * percent // 100
        Version.objects.filter(pk=self.version.pk).update(made_percent=done)
