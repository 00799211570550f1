"""Bring records in: read and shown first, kept once somebody takes them, put back if need be.

The file itself is never kept: what lies in the data root has keyed hashes for identifiers, bands
for ages, years and months for dates, and nothing that was left aside.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Max

from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.statistics import problems, store
from marsad.statistics.models import Holding, RecordArrival, RecordEdition, Release
from marsad.statistics.queries import (
    record_codes,
    record_counts,
    record_rights,
    record_secret,
    rights,
)
from marsad.statistics.records import columns, counting, keeping
from marsad.statistics.records.columns import RecordMapping
from marsad.statistics.records.pseudonyms import key_of_state
from marsad.statistics.records.reading import RecordPreview, RecordReading
from marsad.statistics.records.remarks import RecordRemark
from marsad.statistics.scratch import scratch
from marsad.statistics.secret import VARIABLE, print_of, records_secret

SUFFIX = ".records.parquet"
#: Remarks that are kept with an arrival; all of them are counted.
_MOST_REMARKS = 200
_GRACE = timedelta(hours=1)


def reading(
    path: Path,
    *,
    state: str,
    name: str = "",
    mapping: RecordMapping | None = None,
    kind: str = "",
    this_year: int | None = None,
) -> RecordReading:
    """The records of a file of a State, as they would be kept; nothing is kept by reading them."""
    return RecordReading(
        path,
        book=record_codes.current(),
        key=key_of_state(records_secret(), state),
        mapping=mapping,
        kind=kind,
        name=name or path.name,
        this_year=this_year,
    )


def read(
    path: Path,
    *,
    state: str,
    body_id: int | None,
    by: Reader,
    at: datetime,
    file_name: str = "",
    mapping: RecordMapping | None = None,
    kind: str = "",
    replaces: bool = False,
) -> RecordArrival:
    """Read a file of records and keep what was understood of it; none of it counts yet.

    :param state: the ISO code of two letters of the State whose records they are.
    :param body_id: the body that holds them; None: the State as a whole.
    :param replaces: whether they take the place of what was there before, or are added to it.
    :raises NoSuchHolding: if the reader does not work for that body or State.
    :raises AnotherSecret: if they are added to records that were read with another secret.
    :raises marsad.statistics.records.errors.TellsWho: if something tells who a person is.
    :raises marsad.tabulation.errors.CannotTabulate: if the file is no table.
    """
    holding = _holding(state=state, body_id=body_id, by=by, at=at)
    if not replaces:
        _check_secret(print_of(records_secret()), state=state)
    given = mapping or (columns.from_json(holding.mapping) if holding.mapping else None)
    records = reading(
        path, state=state, name=file_name, mapping=given, kind=kind, this_year=at.year
    )
    with scratch() as folder:
        kept = folder / "records.parquet"
        keeping.write(records, kept, book=records.book, part=int(at.timestamp() * 1000))
        preview = records.preview
        digest = store.put(kept, suffix=SUFFIX) if preview.may_be_kept else ""
    return _arrived(
        preview, holding=holding, digest=digest, replaces=replaces, kind=kind, by=by, at=at
    )


def _check_secret(secret: str, *, state: str) -> None:
    """Records are added to others of their State only if whoever is in both is known again."""
    if record_secret.prints(record_counts.standing(state=state)) - {secret}:
        raise problems.AnotherSecret(name=VARIABLE)


@transaction.atomic
def _arrived(
    preview: RecordPreview,
    *,
    holding: Holding,
    digest: str,
    replaces: bool,
    kind: str,
    by: Reader,
    at: datetime,
) -> RecordArrival:
    arrival = RecordArrival.objects.create(
        key=secrets.token_hex(8),
        holding=holding,
        file_name=preview.name[-255:],
        file_digest=preview.file,
        digest=digest,
        codes=preview.version,
        mapping={**preview.mapping.as_json(), "kind": kind or preview.mapping.kind},
        rows=preview.understood + preview.doubted,
        refused=preview.refused,
        kinds=dict(preview.kinds),
        remarks={
            "counts": dict(preview.counts.most_common()),
            "first": [each.as_json() for each in preview.remarks[:_MOST_REMARKS]],
            "columns": [vars(each) for each in preview.columns],
            "left_aside": preview.left_aside,
            "doubted": preview.doubted,
            "secret": print_of(records_secret()),
        },
        replaces=replaces,
        at=at,
        by=rights.person_of(by),
    )
    journal.record(
        action="statistics.records.read",
        on=arrival,
        by=rights.person_of(by),
        at=at,
        # Neither the name of the file nor its digest: both may tell more than they should.
        details={"rows": arrival.rows, "refused": arrival.refused, "codes": arrival.codes},
    )
    return arrival


def _holding(*, state: str, body_id: int | None, by: Reader, at: datetime) -> Holding:
    """The records of a body or State, made at their first use."""
    if not record_rights.may_hold(by, state=state, body_id=body_id):
        raise problems.NoSuchHolding
    if body_id is not None and not any(
        each.pk == body_id and each.state_id == state for each in directory.bodies()
    ):
        raise problems.NoSuchHolding
    of = directory.state(iso2=state, language="en")
    known = Holding.objects.filter(state_id=of.iso2)
    known = known.filter(body=body_id) if body_id else known.filter(body__isnull=True)
    try:
        with transaction.atomic():
            return known.first() or Holding.objects.create(
                state_id=of.iso2, body_id=body_id, made_at=at
            )
    except IntegrityError:  # somebody was faster
        return known.get()


@transaction.atomic
def take(*, key: str, by: Reader, at: datetime) -> RecordEdition:
    """Make records that were read the next edition of what the body holds.

    :raises NoSuchRecordArrival: if there are none of this reader's.
    :raises RecordsRefused: if some rows or columns could not be understood.
    :raises RecordsDecided: if they were taken or put aside.
    :raises AnotherSecret: if others came meanwhile that were read with another secret.
    """
    arrival = _open(key, by=by)
    if arrival.refused or not arrival.digest:
        raise problems.RecordsRefused(
            count=arrival.refused, name=arrival.file_name, first=_first_refused(arrival)
        )
    holding = Holding.objects.select_for_update().get(pk=arrival.holding_id)
    if not arrival.replaces:
        _check_secret(arrival.remarks.get("secret", ""), state=str(holding.state_id))
    last = holding.editions.order_by("-number").first()
    parts = [arrival.digest] if arrival.replaces or last is None else [last.digest, arrival.digest]
    digest, kinds = _joined(parts, without=[last.digest] if last else [])
    arrival.taken_at = at
    arrival.save(update_fields=["taken_at"])
    holding.mapping = arrival.mapping
    holding.save(update_fields=["mapping"])
    edition = RecordEdition.objects.create(
        key=secrets.token_hex(8),
        holding=holding,
        number=1 if last is None else last.number + 1,
        arrival=arrival,
        digest=digest,
        rows=sum(kinds.values()),
        kinds=dict(kinds),
        made_at=at,
        made_by=rights.person_of(by),
    )
    journal.record(
        action="statistics.records.take",
        on=edition,
        by=rights.person_of(by),
        at=at,
        details={"number": edition.number, "rows": edition.rows},
    )
    _clear(holding, of=arrival.digest, by=by, at=at)
    _forget_later(arrival.digest)
    return edition


def _joined(parts: Sequence[str], *, without: Sequence[str]) -> tuple[str, Mapping[str, int]]:
    """Files of records as one, without whoever withdrew consent; how many there are by kind."""
    with scratch() as folder:
        joined = folder / "records.parquet"
        files, others = ([store.get(each, suffix=SUFFIX) for each in of] for of in (parts, without))
        kinds = keeping.join(files, joined, without=others)
        return store.put(joined, suffix=SUFFIX), kinds


# ── consent is withdrawn ─────────────────────────────────────────────────────────────────────────
def _clear(holding: Holding, *, of: str, by: Reader, at: datetime) -> None:
    """Take whoever withdrew consent in a file out of every edition of those records.

    Of a record that a release counted stays what it was counted by, and nothing else: what was
    published can be made again, and a later release be held against it. It is never held again.
    """
    asked = store.get(of, suffix=SUFFIX)
    if not keeping.withdrawals(asked):
        return
    releases = Release.objects.filter(record_editions__holding=holding)
    counted = set(releases.values_list("record_editions", flat=True))
    # Whoever waited for a release to be counted read the clock before it: it counted them still.
    newest = releases.aggregate(at=Max("made_at"))["at"]
    at = max(at, newest + timedelta(milliseconds=1)) if newest else at
    out = 0
    for edition in holding.editions.all():
        file = store.get(edition.digest, suffix=SUFFIX)
        kept = counting.NEEDED if edition.pk in counted else ()
        with scratch() as folder:
            cleared = folder / "records.parquet"
            moment = int(at.timestamp() * 1000)
            many = keeping.clear(file, cleared, of=asked, at=moment, kept=kept)
            if not many:
                continue
            before, edition.digest = edition.digest, store.put(cleared, suffix=SUFFIX)
        edition.kinds = keeping.counted(store.get(edition.digest, suffix=SUFFIX))
        edition.rows = sum(edition.kinds.values())
        edition.taken_out += many
        edition.cleared_at = at
        edition.save(update_fields=["digest", "kinds", "rows", "taken_out", "cleared_at"])
        out += many
        _forget_later(before)
    journal.record(
        action="statistics.records.clear",
        on=holding,
        by=rights.person_of(by),
        at=at,
        details={"records": out},
    )


@transaction.atomic
def put_aside(*, key: str, by: Reader, at: datetime) -> None:
    """Keep nothing of records that were read.

    :raises NoSuchRecordArrival: if there are none of this reader's.
    :raises RecordsDecided: if they were taken or put aside.
    """
    arrival = _open(key, by=by)
    digest, arrival.digest = arrival.digest, ""
    arrival.dropped_at = at
    arrival.save(update_fields=["dropped_at", "digest"])
    journal.record(
        action="statistics.records.put_aside", on=arrival, by=rights.person_of(by), at=at
    )
    _forget_later(digest)


@transaction.atomic
def restore(*, key: str, by: Reader, at: datetime) -> RecordEdition:
    """Make an earlier edition of records stand again, as a new edition.

    :raises NoSuchRecordEdition: if there is none of this reader's.
    :raises RecordsDecided: if it is what stands.
    """
    earlier = record_rights.edition_for(by, key=key)
    holding = Holding.objects.select_for_update().get(pk=earlier.holding_id)
    last = holding.editions.latest("number")
    # Whoever withdrew consent since does not come back.
    digest, kinds = _joined([earlier.digest], without=[last.digest])
    if digest == last.digest or earlier.digest == last.digest:
        raise problems.RecordsDecided
    edition = RecordEdition.objects.create(
        key=secrets.token_hex(8),
        holding=holding,
        number=last.number + 1,
        restores=earlier,
        digest=digest,
        rows=sum(kinds.values()),
        kinds=dict(kinds),
        made_at=at,
        made_by=rights.person_of(by),
    )
    journal.record(
        action="statistics.records.restore",
        on=edition,
        by=rights.person_of(by),
        at=at,
        details={"number": edition.number, "restores": earlier.number},
    )
    return edition


def _open(key: str, *, by: Reader) -> RecordArrival:
    record_rights.arrival_for(by, key=key)
    arrival = RecordArrival.objects.select_for_update().get(key=key)
    if arrival.taken_at or arrival.dropped_at:
        raise problems.RecordsDecided
    return arrival


def _first_refused(arrival: RecordArrival) -> str:
    remarks = (RecordRemark.of(each) for each in arrival.remarks["first"])
    return next((each.sentence for each in remarks if each.level == "refused"), "")


def _forget_later(digest: str) -> None:
    """Take records out of the data root once it is settled that nothing speaks of them."""
    transaction.on_commit(partial(_forget, digest), robust=True)


def forget_left(*, at: datetime) -> None:
    """Take out what should have been taken out and was not, as where a process was stopped then.

    What came within the last hour is let be: somebody may be about to speak of it.
    """
    for digest in store.digests(suffix=SUFFIX, before=at - _GRACE):
        _forget(digest)


def _forget(digest: str) -> None:
    """Take records out of the data root that no edition and no open arrival speaks of."""
    wanted = (
        RecordEdition.objects.filter(digest=digest).exists()
        or RecordArrival.objects.filter(
            digest=digest, taken_at__isnull=True, dropped_at__isnull=True
        ).exists()
    )
    if digest and not wanted:
        store.remove(digest, suffix=SUFFIX)
