"""Put a published questionnaire before people, and stop."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from marsad.questionnaires import problems
from marsad.questionnaires.models import Asking
from marsad.questionnaires.types import FormContent
from marsad.questionnaires.words import State


@transaction.atomic
def open_asking(
    *,
    form: FormContent,
    kind: str,
    subject_id: str,
    titles: Mapping[str, str],
    at: datetime,
    closes_at: datetime | None = None,
    purpose: str = "",
    shows_names: bool = True,
) -> str:
    """Ask with a published version, on behalf of another room, and return the asking's key.

    The room that asks journals it, in the same transaction.

    :param purpose: what it is for, told before anybody answers.
    :param shows_names: whether whoever asks will see who answered; told likewise.

    :raises NotPublished: where the version is a draft or withdrawn.
    """
    if form.state != State.PUBLISHED:
        raise problems.NotPublished(version=form.version)
    asking = Asking.objects.create(
        key=secrets.token_hex(4),
        version_id=form.version_id,
        kind=kind,
        subject_id=subject_id,
        titles=dict(titles),
        purpose=purpose,
        shows_names=shows_names,
        opened_at=at,
        closes_at=closes_at,
    )
    return asking.key


@transaction.atomic
def close_at(*, key: str, moment: datetime | None) -> None:
    """Take no answers from this moment on; without one, take them again."""
    Asking.objects.filter(key=key).update(closes_at=moment)
