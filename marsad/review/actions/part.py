"""Hand sections out to bodies of the State, take them away, and say that one is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marsad.design.formatting import for_reader
from marsad.directory import queries as directory
from marsad.directory.types import Body, Reader
from marsad.journal import actions as journal
from marsad.review import problems
from marsad.review.actions.answer import locked, require_open
from marsad.review.models import Part, Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import rights


@transaction.atomic
def assign(*, reply_key: str, section: str, body_id: int, by: Reader, at: datetime) -> Part:
    """Give a section to a body of the State; its experts write in it from now on.

    A section may be in several hands.

    :param section: path of the section in the form.
    :raises NotTheFocalPoint, NoSuchSection, BodyUnknown:
    """
    reply = _led(reply_key, by=by)
    outline = answers.outline_of(reply.invitation.round, language=answers.language_now())
    if section not in {each.path for each in outline.sections}:
        raise problems.NoSuchSection
    part, made = Part.objects.get_or_create(
        reply=reply,
        section=section,
        body=_body(body_id, state=reply.invitation.state_id),
        defaults={"assigned_at": at, "assigned_by": rights.person_of(by)},
    )
    if made:
        _record("assign", part, by=by, at=at)
    return part


@transaction.atomic
def take_away(*, reply_key: str, section: str, body_id: int, by: Reader, at: datetime) -> None:
    """Take a section out of a body's hands; what it answered stays.

    :raises NotTheFocalPoint, NoSuchPart:
    """
    reply = _led(reply_key, by=by)
    part = Part.objects.filter(reply=reply, section=section, body=body_id).first()
    if part is None:
        raise problems.NoSuchPart
    _record("take_away", part, by=by, at=at)
    part.delete()


@transaction.atomic
def mark(
    *, reply_key: str, section: str, body_id: int, is_ready: bool, by: Reader, at: datetime
) -> None:
    """Say that a body's part is done, or that it works on it again.

    :raises NoSuchPart, NotYourSection, ReplySent:
    :raises Problem: if replies are not drafted any more.
    """
    reply = locked(reply_key, by=by)
    part = Part.objects.filter(reply=reply, section=section, body=body_id).first()
    if part is None:
        raise problems.NoSuchPart
    hand = rights.hand_of(by, reply)
    own = {held.body_id for held in rights.memberships_of(by, state=reply.invitation.state_id)}
    if not hand.is_focal_point and not (body_id in own and hand.may_write(section)):
        raise problems.NotYourSection
    _require_unsent(reply)
    require_open(reply, at=at)
    if bool(part.ready_at) == is_ready:
        return
    part.ready_at = at if is_ready else None
    part.ready_by = rights.person_of(by) if is_ready else None
    part.save(update_fields=["ready_at", "ready_by"])
    _record("ready" if is_ready else "not_ready", part, by=by, at=at)


def _led(reply_key: str, *, by: Reader) -> Reply:
    """A reply that this person clears, and has not sent."""
    reply = locked(reply_key, by=by)
    if not rights.hand_of(by, reply).is_focal_point:
        raise problems.NotTheFocalPoint
    _require_unsent(reply)
    return reply


def _require_unsent(reply: Reply) -> None:
    if reply.submitted_at is not None:
        raise problems.ReplySent(day=for_reader().moment(reply.submitted_at))


def _body(body_id: int, *, state: str) -> Body:
    for body in directory.bodies():
        if body.pk == body_id and body.state_id == state:
            return body
    raise problems.BodyUnknown


def _record(what: str, part: Part, *, by: Reader, at: datetime) -> None:
    details = {"section": part.section, "body": part.body_id}
    journal.record(
        action=f"review.part.{what}", on=part, by=rights.person_of(by), at=at, details=details
    )
