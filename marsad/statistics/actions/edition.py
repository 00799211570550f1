"""A State verifies its figures; then the public sees them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marsad.directory.types import Person
from marsad.journal import actions as journal
from marsad.statistics import problems
from marsad.statistics.actions import standing
from marsad.statistics.models import Edition
from marsad.statistics.queries import rights


@transaction.atomic
def verify(*, key: str, by: Person, at: datetime) -> Edition:
    """Say for the State that an edition of its figures is right: it is in force from now on.

    :raises NoSuchEdition: if there is none that this person may verify.
    :raises AlreadyDecided: if it was verified before.
    """
    edition = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("source")
        .filter(key=key)
        .first()
    )
    if edition is None or not rights.may_verify(by, edition.source):
        raise problems.NoSuchEdition
    if edition.published_at:
        raise problems.AlreadyDecided
    edition.published_at = at
    edition.verified_by = by
    edition.save(update_fields=["published_at", "verified_by"])
    journal.record(action="statistics.edition.verify", on=edition, by=by, at=at)
    standing.renew(at=at)
    return edition
