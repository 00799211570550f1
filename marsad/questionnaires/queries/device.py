"""Phones, as their owners and the door for phones ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from marsad.directory.types import Person
from marsad.questionnaires.models import Device
from marsad.questionnaires.types import DeviceView


def of_person(*, person: Person) -> Sequence[DeviceView]:
    """A person's phones, the newest first."""
    return [
        DeviceView(
            key=device.key,
            name=device.name,
            made_at=device.made_at,
            used_at=device.used_at,
            revoked_at=device.revoked_at,
        )
        for device in Device.objects.filter(person=person)
    ]


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def with_secret(*, secret: str) -> Device | None:
    """The phone that knows this secret; none where it was shut out, or its owner was."""
    device = Device.objects.select_related("person").filter(digest=digest_of(secret)).first()
    if device is None or device.revoked_at is not None or not device.person.is_active:
        return None
    return device
