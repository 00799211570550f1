"""Phones: let one in, shut one out."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from marsad.directory.types import Person
from marsad.journal import actions as journal
from marsad.questionnaires import problems
from marsad.questionnaires.models import Device
from marsad.questionnaires.queries.device import digest_of

#: As many as a person can look after.
MOST_DEVICES = 20
#: How exactly it is known when a phone called: not a row written for each request.
_USE_GRAIN = timedelta(minutes=5)


@transaction.atomic
def register(*, name: str, by: Person, at: datetime) -> tuple[str, str]:
    """Let a phone of this person in. Returns its key and its secret, which is told only now.

    :raises NamelessDevice: without a name, by which the person will know it again.
    :raises TooManyDevices: beyond `MOST_DEVICES` that are not shut out.
    """
    called = " ".join(name.split())[:100]
    if not called:
        raise problems.NamelessDevice()
    if Device.objects.filter(person=by, revoked_at__isnull=True).count() >= MOST_DEVICES:
        raise problems.TooManyDevices(most=MOST_DEVICES)
    secret = secrets.token_hex(32)
    device = Device.objects.create(
        key=secrets.token_hex(8), person=by, name=called, digest=digest_of(secret), made_at=at
    )
    journal.record(action="questionnaires.device.register", on=device, by=by, at=at)
    return device.key, secret


@transaction.atomic
def revoke(*, key: str, by: Person, at: datetime) -> None:
    """Shut a phone out, from its next request on.

    :raises NoSuchDevice: where it is none of this person's.
    """
    device = Device.objects.select_for_update().filter(key=key, person=by).first()
    if device is None:
        raise problems.NoSuchDevice()
    if device.revoked_at is None:
        device.revoked_at = at
        device.save(update_fields=["revoked_at"])
        journal.record(action="questionnaires.device.revoke", on=device, by=by, at=at)


def note_use(*, device: Device, at: datetime) -> None:
    """Remember when a phone last called."""
    if device.used_at is None or device.used_at < at - _USE_GRAIN:
        Device.objects.filter(pk=device.pk).update(used_at=at)
