"""What of a State's records may be released: counted, with small counts hidden."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.directory.types import Reader
from marsad.statistics import problems, store
from marsad.statistics.models import Holding, RecordEdition
from marsad.statistics.queries import record_codes, record_rights
from marsad.statistics.records import counting, keeping
from marsad.statistics.records.counting import Counted, Wanted

SUFFIX = ".records.parquet"


def standing(*, state: str) -> Sequence[RecordEdition]:
    """The newest edition of records of every body of a State."""
    found = []
    for holding in Holding.objects.filter(state_id=state).order_by("pk"):
        newest = holding.editions.order_by("-number").first()
        if newest is not None and newest.rows:
            found.append(newest)
    return found


def count(*, state: str, wanted: Wanted, reader: Reader) -> Counted:
    """The figures of a State's records as they would be released; true counts are not in it.

    :raises NotYoursToRelease: if the reader does not release for that State.
    :raises NoReasonToRelease: if nothing is wanted.
    :raises YearsTurned: if the first year is after the last.
    :raises NoRecords: if there are none of these years.
    :raises marsad.privacy.ThresholdTooLow: if the threshold is below 3.
    """
    if not record_rights.may_release(reader, state=state):
        raise problems.NotYoursToRelease
    if not wanted.indicators:
        raise problems.NoReasonToRelease
    if wanted.first_year and wanted.last_year and wanted.first_year > wanted.last_year:
        raise problems.YearsTurned
    files = [store.get(each.digest, suffix=SUFFIX) for each in standing(state=state)]
    records = keeping.load(files, counting.NEEDED)
    counted = counting.count(records, books=record_codes.books(), wanted=wanted)
    if not counted.cells:
        raise problems.NoRecords
    return counted
