"""Be seen in a section that one has open."""

from __future__ import annotations

from datetime import datetime, timedelta

from marsad.directory.types import Person, Reader
from marsad.review.models import Presence, Reply
from marsad.review.queries import rights

#: Rows older than this are cleared away by whoever comes next.
_KEPT = timedelta(hours=1)


def be_seen(*, reply: Reply, section: str, by: Reader, at: datetime) -> None:
    """Say that somebody of the State has a section open; forgotten within the hour.

    Nothing is journaled: that somebody looked is no act.
    """
    if not isinstance(by, Person) or not rights.hand_of(by, reply).is_of_the_state:
        return
    Presence.objects.filter(reply=reply, seen_at__lt=at - _KEPT).delete()
    Presence.objects.update_or_create(
        reply=reply, section=section, person=by, defaults={"seen_at": at}
    )
