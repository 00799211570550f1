"""A State verifies its figures; then the public sees them. What was wrong is put right again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marsad.directory.types import Person, Reader
from marsad.journal import actions as journal
from marsad.statistics import problems
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import question as questions
from marsad.statistics.actions import standing
from marsad.statistics.models import Edition, Source
from marsad.statistics.queries import record_counts, rights


@transaction.atomic
def verify(*, key: str, by: Person, at: datetime) -> Edition:
    """Say for the State that an edition of its figures is right: it is in force from now on.

    :raises NoSuchEdition: if there is none that this person may verify.
    :raises AlreadyDecided: if it was verified before.
    :raises NotTheNewest: if a newer edition has taken its place, or it was withdrawn.
    :raises ReleaseOutdated: if it is a release beside figures that were withdrawn since.
    :raises TellsTogether: if records could be told from it and from what they released before.
    """
    edition = _held(key)
    if edition is None or not rights.may_verify(by, edition.source):
        raise problems.NoSuchEdition
    if edition.published_at:
        raise problems.AlreadyVerified
    if edition.withdrawn_at or edition.pk != _newest(edition).pk:
        raise problems.NotTheNewest
    record_counts.check_public(edition)
    edition.published_at = at
    edition.verified_by = by
    edition.save(update_fields=["published_at", "verified_by"])
    journal.record(action="statistics.edition.verify", on=edition, by=by, at=at)
    standing.renew(at=at)
    return edition


@transaction.atomic
def restore(*, key: str, by: Reader, at: datetime) -> Edition:
    """Make an earlier edition stand again: a new edition with the figures of the earlier one.

    Of a State it is in force at once if the focal point does it and it was verified before, else
    once they verified it.

    :raises NoSuchEdition: if there is none of a source that this reader brings figures in for.
    :raises StandsAlready: if it is what stands.
    :raises ReleaseOutdated: if it is a release beside figures that were withdrawn since.
    """
    # Two that come at once stand one after the other. The source is held before the edition, as a
    # release does it: otherwise each could wait for the other.
    Source.objects.select_for_update(of=("self",), no_key=True).filter(editions__key=key).first()
    earlier = _own(key, by=by)
    person = rights.person_of(by)
    verifies = person is not None and rights.may_verify(by, earlier.source)
    was_verified = earlier.published_at is not None
    newest = _newest(earlier)
    waits = newest.published_at is None
    same = newest.digest == earlier.digest and newest.withdrawn_at is None
    if same and not (waits and verifies and was_verified):
        raise problems.StandsAlready
    edition = arrivals.next_edition(
        earlier.arrival,
        digest=earlier.digest,
        rows=earlier.rows,
        by=by,
        at=at,
        restores=earlier,
    )
    questions.ask(edition, at=at)
    # What nobody ever verified waits to be verified: standing again says nothing of its figures.
    if verifies and was_verified:
        record_counts.check_public(edition)
        edition.published_at, edition.verified_by = at, person
        edition.save(update_fields=["published_at", "verified_by"])
    journal.record(
        action="statistics.edition.restore",
        on=edition,
        by=person,
        at=at,
        details={"number": edition.number, "restores": earlier.number},
    )
    if edition.published_at:
        standing.renew(at=at)
    return edition


@transaction.atomic
def withdraw(*, key: str, by: Reader, at: datetime) -> Edition:
    """Have what a source published last count no more, or the newest edition that waits.

    Nothing of the source counts where its published edition was withdrawn, whatever waits. It stays
    readable, and can be made to stand again.

    :raises NoSuchEdition: if there is none of a source that this reader brings figures in for.
    :raises NotTheNewest: if a newer edition has taken its place, or it was withdrawn before.
    """
    edition = _own(key, by=by)
    if (
        edition.published_at
        and edition.source.state_id
        and not rights.may_verify(by, edition.source)
    ):
        raise problems.NoSuchEdition
    of = Edition.objects.filter(source=edition.source_id)
    # What waits, or was withdrawn while it waited, takes the place of nothing that is public.
    rivals = of.filter(published_at__isnull=False) if edition.published_at else of
    if edition.withdrawn_at or edition.pk != rivals.latest("number").pk:
        raise problems.NotTheNewest
    edition.withdrawn_at = at
    edition.withdrawn_by = rights.person_of(by)
    edition.save(update_fields=["withdrawn_at", "withdrawn_by"])
    journal.record(action="statistics.edition.withdraw", on=edition, by=rights.person_of(by), at=at)
    if edition.published_at:
        standing.renew(at=at)
    return edition


def _own(key: str, *, by: Reader) -> Edition:
    edition = _held(key)
    if edition is None or not rights.may_bring(by, edition.source):
        raise problems.NoSuchEdition
    return edition


def _held(key: str) -> Edition | None:
    # `no_key`: what stands refers to every edition in force. Who puts that together would wait for
    # this edition at the end, and this transaction for them.
    return (
        Edition.objects.select_for_update(of=("self",), no_key=True)
        .select_related("source", "arrival__source")
        .filter(key=key)
        .first()
    )


def _newest(edition: Edition) -> Edition:
    return Edition.objects.filter(source=edition.source_id).latest("number")
