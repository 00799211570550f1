"""Who may read and bring records: those of the body that holds them, and nobody above them.

Neither the Secretariat nor another body of the same State reads them. The focal point of a State
counts over all of them, and sees of the counts only what may be released.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from marsad.directory import queries as directory
from marsad.directory.types import Membership, Operator, Reader, Role
from marsad.statistics import problems
from marsad.statistics.models import Edition, Holding, RecordArrival, RecordEdition, Release
from marsad.statistics.queries.rights import OF_A_STATE


def memberships(reader: Reader) -> Sequence[Membership]:
    """In which bodies of States the reader works with figures."""
    wanted = {role.value for role in OF_A_STATE}
    held = directory.memberships_of(reader)
    return [each for each in held if each.body.state_id and each.role in wanted]


def states_released_by(reader: Reader) -> Sequence[str]:
    """The States for which the reader may release figures."""
    held = memberships(reader)
    return sorted({str(each.body.state_id) for each in held if each.role == Role.FOCAL_POINT.value})


def may_release(reader: Reader, *, state: str) -> bool:
    """Whether the reader may release figures of a State's records."""
    # The operator of the machine stands in for a State that asks by mail; its focal point verifies.
    return isinstance(reader, Operator) or state in states_released_by(reader)


def may_hold(reader: Reader, *, state: str, body_id: int | None) -> bool:
    """Whether the reader may bring and read the records of a body, or of a State as a whole."""
    if isinstance(reader, Operator):
        return True
    if body_id is None:
        return state in states_released_by(reader)
    return any(each.body_id == body_id for each in memberships(reader))


def holdings(reader: Reader) -> QuerySet[Holding]:
    """The records that the reader brings and reads."""
    if isinstance(reader, Operator):
        return Holding.objects.all()
    bodies = [each.body_id for each in memberships(reader)]
    whole = Q(body__isnull=True, state__in=states_released_by(reader))
    return Holding.objects.filter(Q(body__in=bodies) | whole)


def arrivals(reader: Reader) -> QuerySet[RecordArrival]:
    """Files of records that came in for what the reader holds."""
    return RecordArrival.objects.filter(holding__in=holdings(reader))


def arrival_for(reader: Reader, *, key: str) -> RecordArrival:
    """:raises NoSuchRecordArrival: if there is none, or it is none of the reader's."""
    found = arrivals(reader).select_related("holding__state", "holding__body").filter(key=key)
    arrival = found.first()
    if arrival is None:
        raise problems.NoSuchRecordArrival
    return arrival


def edition_for(reader: Reader, *, key: str) -> RecordEdition:
    """:raises NoSuchRecordEdition: if there is none, or it is none of the reader's."""
    found = RecordEdition.objects.filter(holding__in=holdings(reader), key=key)
    edition = found.select_related("holding").first()
    if edition is None:
        raise problems.NoSuchRecordEdition
    return edition


def releases(reader: Reader) -> QuerySet[Release]:
    """What was released of the States for which the reader works."""
    if isinstance(reader, Operator):
        return Release.objects.all()
    states = {str(each.body.state_id) for each in memberships(reader)}
    return Release.objects.filter(state__in=states)


def release_for(reader: Reader, *, key: str) -> Release:
    """:raises NoSuchRelease: if there is none, or it is none of the reader's State."""
    found = releases(reader).select_related("state", "edition", "before").filter(key=key).first()
    if found is None:
        raise problems.NoSuchRelease
    return found


def stands(release: Release) -> bool:
    """Whether a release is what its State published last, or waits and nothing newer came."""
    edition = release.edition
    rivals = Edition.objects.filter(source=edition.source_id)
    if edition.published_at:
        rivals = rivals.filter(published_at__isnull=False)
    return edition.withdrawn_at is None and rivals.latest("number").pk == edition.pk
