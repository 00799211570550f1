"""Bring a file of figures in: read and shown first, counted once somebody takes it."""

from __future__ import annotations

import secrets
import tempfile
from datetime import datetime
from pathlib import Path

from django.db import transaction

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.statistics import problems, store
from marsad.statistics.actions import standing
from marsad.statistics.models import Arrival, Edition, Source
from marsad.statistics.queries import rights
from marsad.statistics.types.arriving import Stage
from marsad.tabulation import keeping
from marsad.tabulation import mapping as mappings
from marsad.tabulation.errors import RowsRefused
from marsad.tabulation.mapping import ColumnMapping
from marsad.tabulation.reader import Preview, Reading

PARQUET = ".parquet"
#: Remarks that are kept with an arrival; all of them are counted.
_MOST_REMARKS = 500


def read(
    path: Path,
    *,
    source: str,
    by: Reader,
    at: datetime,
    file_name: str = "",
    mapping: ColumnMapping | None = None,
) -> Arrival:
    """Read a file of a source and keep what was understood of it; nothing of it counts yet.

    The reading is slow and stands outside any transaction.

    :raises NoSuchSource: if it is none of this reader's.
    :raises marsad.tabulation.errors.CannotTabulate: if the file is no table of figures.
    """
    of = rights.source_for(by, code=source)
    name = file_name or path.name
    with tempfile.TemporaryDirectory(prefix="marsad-figures-") as folder:
        digest, preview = _understood(path, Path(folder), name=name, mapping=mapping or _kept(of))
    arrival = Arrival.objects.create(
        key=secrets.token_hex(8),
        source=of,
        file_name=name,
        file_digest=store.put(path, suffix=path.suffix.lower()),
        digest=digest,
        rows=preview.understood + preview.doubted,
        remarks={
            "counts": dict(preview.counts.most_common()),
            "first": [remark.as_json() for remark in preview.remarks[:_MOST_REMARKS]],
        },
        refused=preview.refused,
        stage=Stage.READ,
        percent=100,
        at=at,
        ended_at=at,
        by=rights.person_of(by),
    )
    journal.record(
        action="statistics.arrival.read",
        on=arrival,
        by=rights.person_of(by),
        at=at,
        details={"source": of.code, "rows": arrival.rows, "refused": arrival.refused},
    )
    return arrival


def _understood(
    path: Path, folder: Path, *, name: str, mapping: ColumnMapping | None
) -> tuple[str, Preview]:
    """The digest of the rows as they are kept, empty where some were refused; and the preview."""
    reading = Reading(path, mapping=mapping, name=name)
    try:
        kept = keeping.keep_rows(reading, folder, preview=reading.preview)
    except RowsRefused:
        return "", reading.preview
    return store.put(Path(kept.path), suffix=PARQUET), reading.preview


def _kept(source: Source) -> ColumnMapping | None:
    """How the columns of this source were read the last time."""
    return mappings.from_json(source.mapping) if source.mapping else None


@transaction.atomic
def take(*, key: str, by: Reader, at: datetime) -> Edition:
    """Make a file that was read the next edition of its source.

    What was public before is in force at once; a State's own once it verified it.

    :raises NoSuchArrival: if there is none of this reader's.
    :raises RowsRefused: if some rows could not be understood.
    :raises AlreadyDecided: if it was taken or put aside.
    """
    rights.arrival_for(by, key=key)
    arrival = Arrival.objects.select_for_update(of=("self",)).select_related("source").get(key=key)
    if arrival.taken_at or arrival.dropped_at:
        raise problems.AlreadyDecided
    if arrival.refused or not arrival.digest:
        first = next(
            (each["sentence"] for each in arrival.remarks["first"] if each["level"] == "refused"),
            "",
        )
        raise problems.RowsRefused(count=arrival.refused, name=arrival.file_name, first=first)
    arrival.taken_at = at
    arrival.save(update_fields=["taken_at"])
    last = arrival.source.editions.order_by("-number").first()
    edition = Edition.objects.create(
        key=secrets.token_hex(8),
        source=arrival.source,
        number=1 if last is None else last.number + 1,
        arrival=arrival,
        digest=arrival.digest,
        rows=arrival.rows,
        made_at=at,
        made_by=rights.person_of(by),
        published_at=at if arrival.source.is_public else None,
    )
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


@transaction.atomic
def put_aside(*, key: str, by: Reader, at: datetime) -> None:
    """Count nothing of a file that was read.

    :raises NoSuchArrival: if there is none of this reader's.
    :raises AlreadyDecided: if it was taken or put aside.
    """
    rights.arrival_for(by, key=key)
    arrival = Arrival.objects.select_for_update().get(key=key)
    if arrival.taken_at or arrival.dropped_at:
        raise problems.AlreadyDecided
    arrival.dropped_at = at
    arrival.save(update_fields=["dropped_at"])
    journal.record(
        action="statistics.arrival.put_aside", on=arrival, by=rights.person_of(by), at=at
    )
