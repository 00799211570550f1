"""Who asks, and who is asked. Every other query starts from here."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from marsad.directory.types import Membership, Operator, Person, Reader, Role
from marsad.surveys import problems
from marsad.surveys.models import Survey

#: Who may ask the people of their own body.
SURVEYORS = frozenset({Role.FOCAL_POINT, Role.SECRETARIAT_OFFICER, Role.ADMINISTRATOR})


def bodies_surveyed_by(reader: Reader, *, on: date | None = None) -> list[int]:
    """Ids of the bodies whose people the reader may ask."""
    roles = [role.value for role in SURVEYORS]
    return sorted({body for body, role in _held(reader, on=on) if role in roles})


def require_surveyor(reader: Reader, *, body_id: int) -> Person:
    """:raises NotASurveyor: if the reader may not ask the people of this body."""
    if not isinstance(reader, Person) or body_id not in bodies_surveyed_by(reader):
        raise problems.NotASurveyor()
    return reader


def managed(reader: Reader) -> QuerySet[Survey]:
    """The surveys whose answers the reader may read."""
    surveys = Survey.objects.select_related("body")
    if isinstance(reader, Operator):
        return surveys
    return surveys.filter(body__in=bodies_surveyed_by(reader))


def asked_of(reader: Reader, *, on: date | None = None) -> QuerySet[Survey]:
    """The surveys that ask the reader, open or closed."""
    held = _held(reader, on=on)
    if not held:
        return Survey.objects.none()
    among = Q()
    for body, role in held:
        among |= Q(body=body) & (Q(open_to_roles=[]) | Q(open_to_roles__contains=[role]))
    return Survey.objects.filter(among)


def _held(reader: Reader, *, on: date | None = None) -> list[tuple[int, str]]:
    """The bodies and roles of a reader."""
    if not isinstance(reader, Person) or not reader.is_active:
        return []
    held = Membership.objects.filter(person=reader).open_on(on or timezone.localdate())
    return list(held.values_list("body_id", "role"))
