"""Begin a reply, send it, decline, and say who may read it."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from marsad.design.formatting import for_reader
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.review import problems
from marsad.review.actions.answer import LONGEST_REASON, locked, require_open
from marsad.review.models import Invitation, Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.queries.reply import revision_of
from marsad.review.types.round import RoundStanding


@transaction.atomic
def begin(*, round_key: str, state: str, by: Reader, at: datetime) -> Reply:
    """The reply of a State in a round: the one it has, or a new one, with nothing in it.

    Somebody of the State opens it; from then on the register says that the State has seen it.

    :raises NoSuchRound, NotInvited: if it is not theirs, or there is nothing to answer.
    """
    round_ = rights.round_for(by, key=round_key)
    if not rights.memberships_of(by, state=state):
        raise problems.NotInvited
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("round", "state")
        .filter(round=round_, state=state)
        .first()
    )
    if invitation is None:
        raise problems.NotInvited
    if rounds.standing(round_, at=at) == RoundStanding.TOLD:
        raise problems.RoundTold
    person = rights.person_of(by)
    if invitation.seen_at is None:
        invitation.seen_at = at
        invitation.save(update_fields=["seen_at"])
        journal.record(action="review.invitation.see", on=invitation, by=person, at=at)
    reply, made = Reply.objects.get_or_create(
        invitation=invitation, defaults={"key": secrets.token_hex(8), "begun_at": at}
    )
    if made:
        journal.record(action="review.reply.begin", on=reply, by=person, at=at)
    return reply


@transaction.atomic
def submit(*, key: str, is_public: bool, revision: int, by: Reader, at: datetime) -> Reply:
    """Clear a reply and send it to the Secretariat.

    What is required and unanswered may stay so: it is counted as not known. An answer that cannot
    stand is corrected first.

    :param is_public: whether the public may read the answers, save those kept confidential.
    :param revision: what `queries.reply.revision_of` said when the focal point looked through it.
    :raises ReplySent: if it was sent before, by whomever.
    :raises ReplyMoved: if an answer changed since.
    :raises RoundClosed, CutOffPassed, ReplyDeclined: if none is taken now.
    """
    reply = locked(key, by=by)
    _require_focal_point(reply, by=by)
    if reply.submitted_at is not None:
        raise problems.ReplySent(day=for_reader().moment(reply.submitted_at))
    require_open(reply, at=at)
    if revision_of(reply) != revision:
        raise problems.ReplyMoved
    judged = answers.judge(reply, at=at, language=answers.language_now())
    if judged.faults:
        raise problems.ReplyFaulty(count=len(judged.faults))
    person = rights.person_of(by)
    # An answer from a clock that runs ahead is part of what is sent.
    newest = reply.answers.order_by("-at").values_list("at", flat=True).first()
    reply.submitted_at = max(at, newest) if newest else at
    reply.submitted_by = person
    reply.is_public = is_public
    reply.save(update_fields=["submitted_at", "submitted_by", "is_public"])
    invitation = reply.invitation
    invitation.answered_at = reply.submitted_at
    invitation.is_late = rounds.is_late(invitation, at=at)
    invitation.save(update_fields=["answered_at", "is_late"])
    details = {"is_public": is_public, "is_late": invitation.is_late}
    journal.record(action="review.reply.submit", on=reply, by=person, at=at, details=details)
    return reply


@transaction.atomic
def set_public(*, key: str, is_public: bool, by: Reader, at: datetime) -> None:
    """Let the public read the answers of a reply that was sent, or no longer.

    What a published report says stands, whatever is chosen later.
    """
    reply = locked(key, by=by)
    _require_focal_point(reply, by=by)
    if reply.submitted_at is None:
        raise problems.NotSentYet
    if reply.is_public == is_public:
        return
    reply.is_public = is_public
    reply.save(update_fields=["is_public"])
    action = "review.reply.publish" if is_public else "review.reply.withhold"
    journal.record(action=action, on=reply, by=rights.person_of(by), at=at)


@transaction.atomic
def decline(*, key: str, because: str = "", by: Reader, at: datetime) -> None:
    """Say that the State does not answer in this round. What was drafted is kept.

    :raises ReplySent: if it has answered.
    :raises DeclinedAlready: if it has declined.
    """
    reply = locked(key, by=by)
    _require_focal_point(reply, by=by)
    if reply.submitted_at is not None:
        raise problems.ReplySent(day=for_reader().moment(reply.submitted_at))
    if len(because) > LONGEST_REASON:
        raise problems.ReasonTooLong(most=LONGEST_REASON)
    if reply.invitation.declined_at is not None:
        raise problems.DeclinedAlready
    require_open(reply, at=at)
    invitation = reply.invitation
    invitation.declined_at = at
    invitation.declined_because = because.strip()
    invitation.save(update_fields=["declined_at", "declined_because"])
    journal.record(action="review.reply.decline", on=reply, by=rights.person_of(by), at=at)


@transaction.atomic
def take_back_declining(*, key: str, by: Reader, at: datetime) -> None:
    """Answer after all, as long as replies are taken.

    :raises NotDeclined, RoundClosed, CutOffPassed:
    """
    reply = locked(key, by=by)
    _require_focal_point(reply, by=by)
    invitation = reply.invitation
    if invitation.declined_at is None:
        raise problems.NotDeclined
    invitation.declined_at = None
    require_open(reply, at=at)
    invitation.declined_because = ""
    invitation.save(update_fields=["declined_at", "declined_because"])
    action = "review.reply.take_back_declining"
    journal.record(action=action, on=reply, by=rights.person_of(by), at=at)


def _require_focal_point(reply: Reply, *, by: Reader) -> None:
    if not rights.hand_of(by, reply).is_focal_point:
        raise problems.NotTheFocalPoint
