"""What of a State's records may be released: counted, with small counts hidden."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

from marsad.directory.types import Reader
from marsad.problems import digits
from marsad.statistics import problems, store
from marsad.statistics.models import Edition, Holding, RecordEdition, Release
from marsad.statistics.queries import record_codes, record_rights, record_secret
from marsad.statistics.records import counting, keeping, together
from marsad.statistics.records.counting import Counted, People, Wanted
from marsad.statistics.records.together import Told
from marsad.statistics.secret import VARIABLE

SUFFIX = ".records.parquet"


def standing(*, state: str) -> Sequence[RecordEdition]:
    """The newest edition of records of every body of a State."""
    found = []
    for holding in Holding.objects.filter(state_id=state).order_by("pk"):
        newest = holding.editions.order_by("-number").first()
        if newest is not None and newest.rows:
            found.append(newest)
    return found


def count(
    *,
    state: str,
    wanted: Wanted,
    reader: Reader,
    of: Sequence[RecordEdition] | None = None,
) -> Counted:
    """The figures of a State's records as they would be released; true counts are not in it.

    :param of: the records that are counted, where somebody holds them; else those that stand.
    :raises NotYoursToRelease: if the reader does not release for that State.
    :raises NoReasonToRelease: if nothing is wanted.
    :raises YearsTurned: if the first year is after the last.
    :raises NoRecords: if there are none of these years.
    :raises SecretsDiffer: if not all were read with the same secret.
    :raises ReleasedByAnotherSecret: if some of these years were released with another secret.
    :raises TellsTogether: if it would tell too much beside what was released before.
    :raises marsad.privacy.ThresholdTooLow: if the threshold is below 3.
    """
    if not record_rights.may_release(reader, state=state):
        raise problems.NotYoursToRelease
    if not wanted.indicators:
        raise problems.NoReasonToRelease
    if wanted.first_year and wanted.last_year and wanted.first_year > wanted.last_year:
        raise problems.YearsTurned
    editions = standing(state=state) if of is None else of
    hashed = record_secret.prints(editions)
    if len(hashed) > 1:
        raise problems.SecretsDiffer
    counted = counting.count(_records(editions), books=record_codes.books(), wanted=wanted)
    if not counted.cells:
        raise problems.NoRecords
    said = counting.from_rows(counting.as_rows(counted, state=state, source="", wanted=wanted))
    newest = Told(people=_people(editions, wanted), cells=list(said), wanted=wanted)
    _check(newest, hashed=hashed, state=state)
    return counted


def _records(editions: Sequence[RecordEdition], *, as_at: int | None = None) -> Any:
    files = [store.get(each.digest, suffix=SUFFIX) for each in editions]
    return keeping.load(files, counting.NEEDED, as_at=as_at)


def _people(
    editions: Sequence[RecordEdition], wanted: Wanted, *, as_at: int | None = None
) -> People:
    records = _records(editions, as_at=as_at)
    return counting.people(records, books=record_codes.books(), wanted=wanted)[0]


# ── beside what was public before ────────────────────────────────────────────────────────────────
def check_public(edition: Edition) -> None:
    """See to it that a release may become public; other figures are not looked at.

    It was looked at when it was made; another may have become public since, and what stands beside
    it may have been withdrawn.

    :raises ConsentWithdrawnSince: if it counts somebody who withdrew consent since.
    :raises ReleaseOutdated: if figures would become public again that were withdrawn.
    :raises TellsTogether: if it would tell too much beside what was released before.
    """
    release = Release.objects.filter(edition__arrival=edition.arrival_id).first()
    if release is None:
        return
    if release.before is not None and _was_withdrawn(release.before):
        raise problems.ReleaseOutdated
    if not _was_public(release):
        if release.record_editions.filter(cleared_at__gt=release.made_at).exists():
            raise problems.ConsentWithdrawnSince
        hashed = record_secret.prints(release.record_editions.all())
        _check(_told(release), hashed=hashed, state=str(release.state_id))


def _was_withdrawn(figures: Edition) -> bool:
    """Whether figures count no more, though they may have been made to stand again meanwhile."""
    same = Edition.objects.filter(source=figures.source_id, digest=figures.digest)
    published = same.filter(published_at__isnull=False).order_by("-number").first()
    return published is not None and published.withdrawn_at is not None


def _check(newest: Told, *, hashed: frozenset[str], state: str) -> None:
    years = {year for _indicator, year in newest.people}
    public = [each for each in Release.objects.filter(state_id=state) if _was_public(each)]
    earlier = []
    for release in public:
        told = _told(release)
        both = sorted(years & {year for _indicator, year in told.people})
        if both and hashed and record_secret.prints(release.record_editions.all()) - hashed:
            raise problems.ReleasedByAnotherSecret(
                name=VARIABLE, years=digits(", ".join(map(str, both)))
            )
        if both:
            earlier.append(told)
    if telling := together.telling(newest, earlier):
        raise problems.TellsTogether(years=digits(", ".join(str(year) for year in telling)))


def _was_public(release: Release) -> bool:
    """Whether a release was ever published, also as one that was made to stand again."""
    published = Edition.objects.filter(published_at__isnull=False)
    return published.filter(arrival=release.edition.arrival_id).exists()


def _told(release: Release) -> Told:
    """A release as it was: whom it counted, and what its file says."""
    wanted = Wanted(**release.wanted)
    arrival = release.edition.arrival
    file = store.get(arrival.file_digest, suffix=store.suffix_of(arrival.file_name))
    with file.open(encoding="utf-8", newline="") as lines:
        cells = list(counting.from_rows(csv.DictReader(lines)))
    return Told(
        people=_people(
            list(release.record_editions.order_by("holding_id")),
            wanted,
            as_at=int(release.made_at.timestamp() * 1000),
        ),
        cells=cells,
        wanted=wanted,
    )
