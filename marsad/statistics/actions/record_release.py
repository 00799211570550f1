"""Release figures of a State's records: they go the way of any file that a State uploads."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.statistics import problems, store
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import source as sources
from marsad.statistics.models import (
    Arrival,
    Edition,
    Holding,
    RecordEdition,
    Release,
    Source,
)
from marsad.statistics.queries import record_counts, record_rights, rights
from marsad.statistics.records import counting
from marsad.statistics.records.counting import Counted, Wanted
from marsad.statistics.scratch import scratch
from marsad.tabulation import mapping as mappings
from marsad.tabulation.combining import combine

PARQUET = ".parquet"


@transaction.atomic
def release(*, state: str, wanted: Wanted, by: Reader, at: datetime) -> Release:
    """Make an edition of a State's figures from its records; its focal point verifies it then.

    It holds all that stood before, but for the indicators and years that are counted here. A later
    release takes the place of an earlier one.

    All of it is one transaction: figures of records that are no release could be taken as any
    other, and nobody would see to it that they tell of no person.

    :raises NotYoursToRelease: if the reader does not release for that State.
    :raises NoRecords: if there is nothing to count.
    """
    if not record_rights.may_release(by, state=state):
        raise problems.NotYoursToRelease
    source = sources.of_state(iso2=state, at=at)
    # Two that come at once are numbered one after the other.
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    held = _held(state)
    counted = record_counts.count(state=state, wanted=wanted, reader=by, of=held)
    number = Release.objects.filter(state_id=state).count() + 1
    before = _uploaded(source)
    with scratch() as folder:
        file = folder / f"records-release-{number}.csv"
        _write(counted, file, state=state, number=number, wanted=wanted)
        arrival = arrivals.read(
            file, source=source.code, by=by, at=at, mapping=mappings.known("plain"), asks=False
        )
        if before is not None and arrival.digest:
            _beside(arrival, before, folder)
    return _released(
        arrival, counted, of=held, before=before, number=number, wanted=wanted, by=by, at=at
    )


def _held(state: str) -> Sequence[RecordEdition]:
    """The records that stand, held as they are until it is written down what was counted.

    A withdrawal of consent that comes meanwhile waits, and is known to have come after.
    """
    holdings = Holding.objects.filter(state_id=state).order_by("pk")
    list(holdings.select_for_update(no_key=True))
    return record_counts.standing(state=state)


def _write(counted: Counted, file: Path, *, state: str, number: int, wanted: Wanted) -> None:
    iso3 = directory.state(iso2=state, language="en").iso3
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, counting.HEADINGS)
        rows.writeheader()
        rows.writerows(
            counting.as_rows(
                counted,
                state=iso3,
                source=f"Records of the State, release {number}",
                wanted=wanted,
            )
        )


def _uploaded(source: Source) -> Edition | None:
    """The newest published edition of the State that was not made from records, if it counts."""
    released = Release.objects.filter(state_id=source.state_id).values("edition__arrival")
    published = source.editions.filter(published_at__isnull=False)
    # What stands again shares the file of what stood: by it a release is known for good.
    newest = published.exclude(arrival__in=released).order_by("-number").first()
    return newest if newest is not None and newest.withdrawn_at is None else None


def _beside(arrival: Arrival, before: Edition, folder: Path) -> None:
    """Put the figures that stood before beside what was counted.

    Whoever verifies is shown all of them, for all of them become public.
    """
    kept = combine(
        [store.get(before.digest, suffix=PARQUET)],
        [store.get(arrival.digest, suffix=PARQUET)],
        folder,
    )
    arrival.digest = arrival.rows_digest = store.put(Path(kept.path), suffix=PARQUET)
    arrival.rows = kept.rows
    arrival.save(update_fields=["digest", "rows_digest", "rows"])


def _released(
    arrival: Arrival,
    counted: Counted,
    *,
    of: Sequence[RecordEdition],
    before: Edition | None,
    number: int,
    wanted: Wanted,
    by: Reader,
    at: datetime,
) -> Release:
    source = arrival.source
    edition = arrivals.take(key=arrival.key, by=by, at=at)
    # How the State's own files are read is not how ours is.
    Source.objects.filter(pk=source.pk).update(mapping=source.mapping)
    release = Release.objects.create(
        key=secrets.token_hex(8),
        state_id=str(source.state_id),
        number=number,
        edition=edition,
        before=before,
        wanted=wanted.as_json(),
        tally={**_tally(counted), "joined": counted.joined},
        made_at=at,
        made_by=rights.person_of(by),
    )
    release.record_editions.set(of)
    journal.record(
        action="statistics.records.release",
        on=release,
        by=rights.person_of(by),
        at=at,
        details={"number": number, "threshold": wanted.threshold, **_tally(counted)},
    )
    return release


def _tally(counted: Counted) -> dict[str, int]:
    return {str(kind): count for kind, count in counted.tally().items()}


@transaction.atomic
def withdraw(*, key: str, by: Reader, at: datetime) -> Release:
    """Have a release count no more: what was published before stands again, as a new edition.

    Of a release that nobody verified nothing is public, and what is public stays.

    :raises NoSuchRelease: if there is none of this reader's State.
    :raises NotYoursToRelease: if the reader does not release for that State.
    :raises ReleaseNotInForce: if it was withdrawn, or newer figures have taken its place.
    """
    release = record_rights.release_for(by, key=key)
    if release.state_id not in record_rights.states_released_by(by):
        raise problems.NotYoursToRelease
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.withdrawn_at or not record_rights.stands(release):
        raise problems.ReleaseNotInForce
    before = release.before
    if release.edition.published_at and before and _counts(before):
        editions.restore(key=before.key, by=by, at=at)
    else:
        editions.withdraw(key=release.edition.key, by=by, at=at)
    release.withdrawn_at = at
    release.withdrawn_by = rights.person_of(by)
    release.save(update_fields=["withdrawn_at", "withdrawn_by"])
    journal.record(
        action="statistics.records.withdraw",
        on=release,
        by=rights.person_of(by),
        at=at,
        details={"number": release.number},
    )
    return release


def _counts(edition: Edition) -> bool:
    """Whether its State published it and did not withdraw it."""
    return edition.published_at is not None and edition.withdrawn_at is None
