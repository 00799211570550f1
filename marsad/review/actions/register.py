"""What is written on the register by hand: that a State looked, that it declined."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.review import problems
from marsad.review.actions.round import held
from marsad.review.models import Invitation, Round
from marsad.review.queries import register, rights

LONGEST_WORDS = 5_000


def see(*, round_: Round, by: Reader, at: datetime) -> None:
    """Note that somebody of a State looked at the round for the first time; later looks are free.

    Nobody is named: who looked when is nobody's business but the State's.
    """
    if round_.opened_at is None or round_.told_by_id is not None:
        return
    own = rights.states_of(by)
    if own:
        Invitation.objects.filter(round=round_, state__in=own, seen_at__isnull=True).update(
            seen_at=at
        )


@transaction.atomic
def decline(
    *, round_key: str, state: str, because: str = "", by: Reader, at: datetime
) -> Invitation:
    """Record that a State will not answer, in its own words where it gave any.

    :raises AnsweredAlready: if it has answered.
    :raises DeclinedAlready: if that is on record.
    """
    invitation = _line(round_key, state=state, by=by)
    if invitation.answered_at is not None:
        raise problems.AnsweredAlready
    if invitation.declined_at is not None:
        raise problems.DeclinedAlready
    if len(because.strip()) > LONGEST_WORDS:
        raise problems.RoundWordsTooLong(most=LONGEST_WORDS)
    invitation.declined_at, invitation.declined_because = at, because.strip()
    invitation.save(update_fields=["declined_at", "declined_because"])
    journal.record(
        action="review.invitation.decline", on=invitation, by=rights.person_of(by), at=at
    )
    return invitation


@transaction.atomic
def take_back_decline(*, round_key: str, state: str, by: Reader, at: datetime) -> Invitation:
    """Let a State answer after all.

    :raises NotDeclined: if it did not decline.
    """
    invitation = _line(round_key, state=state, by=by)
    if invitation.declined_at is None:
        raise problems.NotDeclined
    invitation.declined_at, invitation.declined_because = None, ""
    invitation.save(update_fields=["declined_at", "declined_because"])
    journal.record(
        action="review.invitation.take_back_decline",
        on=invitation,
        by=rights.person_of(by),
        at=at,
    )
    return invitation


def _line(round_key: str, *, state: str, by: Reader) -> Invitation:
    round_ = held(round_key, by=by)
    if round_.opened_at is None:
        raise problems.RoundNotOpened
    known = register.line_of(reader=by, round_=round_, state=state)
    return Invitation.objects.select_for_update().get(pk=known.pk)
