"""Say something about an answer: among those who draft, or between the Secretariat and the State.

Nothing said is changed or taken away. A matter is settled, and opened again by saying why.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.review import problems
from marsad.review.actions import posting
from marsad.review.models import Remark, Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import rights
from marsad.review.queries.note import focal_points
from marsad.review.queries.rights import Hand
from marsad.review.queries.round import in_language
from marsad.review.words import RemarkKind

LONGEST = 5_000
_ACTIONS = {
    RemarkKind.REMARK: "review.remark.say",
    RemarkKind.CLARIFICATION: "review.clarification.ask",
    RemarkKind.RESPONSE: "review.clarification.respond",
}


@transaction.atomic
def say(*, reply_key: str, path: str, text: str, by: Reader, at: datetime) -> Remark:
    """Say something to the others who draft, about a question or a whole section.

    :raises NotYourSection, NoSuchQuestion, RemarkEmpty, ReasonTooLong:
    """
    reply = rights.reply_for(by, key=reply_key)
    hand = rights.hand_of(by, reply)
    _require_drafter(hand, path)
    _require_place(reply, path, hand=hand)
    return _write(reply, path, RemarkKind.REMARK, text, by=by, at=at)


@transaction.atomic
def ask(
    *, reply_key: str, path: str, text: str, by: Reader, at: datetime, address: str = ""
) -> Remark:
    """The Secretariat asks a State what an answer means; its focal point is written to.

    :param address: where the round is reached: begins the link in the mail.
    :raises NotTheSecretariat, NotSentYet, NoSuchQuestion:
    """
    rights.require_secretariat(by)
    reply = rights.reply_for(by, key=reply_key)
    if reply.submitted_at is None:
        raise problems.NotSentYet
    _require_place(reply, path, hand=rights.hand_of(by, reply))
    posting.remember_address(reply.invitation.round, address)
    return _write(reply, path, RemarkKind.CLARIFICATION, text, by=by, at=at)


@transaction.atomic
def respond(*, key: str, text: str, by: Reader, at: datetime) -> Remark:
    """Say something on what was said: among themselves those who draft, to the Secretariat the
    focal point.

    :raises NoSuchRemark, NotYourSection, NotTheFocalPoint:
    """
    begun, hand = _thread(key, by=by)
    kind = RemarkKind.REMARK
    if begun.kind == RemarkKind.CLARIFICATION:
        if hand.is_of_the_state and not hand.is_focal_point:
            raise problems.NotTheFocalPoint
        kind = RemarkKind.RESPONSE if hand.is_of_the_state else RemarkKind.CLARIFICATION
    else:
        _require_drafter(hand, begun.path)
    return _write(begun.reply, begun.path, kind, text, by=by, at=at, on=begun)


@transaction.atomic
def settle(*, key: str, by: Reader, at: datetime) -> None:
    """Say that a matter is settled: the Secretariat its own questions, drafters their remarks.

    :raises NoSuchRemark, NotTheSecretariat, NotYourSection:
    """
    begun, hand = _thread(key, by=by)
    if begun.kind != RemarkKind.CLARIFICATION:
        _require_drafter(hand, begun.path)
    elif not hand.is_secretariat:
        raise problems.NotTheSecretariat
    Remark.objects.filter(Q(pk=begun.pk) | Q(on=begun), settled_at__isnull=True).update(
        settled_at=at, settled_by=rights.person_of(by)
    )
    journal.record(action="review.remark.settle", on=begun, by=rights.person_of(by), at=at)


def _thread(key: str, *, by: Reader) -> tuple[Remark, Hand]:
    """What began it, and what the reader may do with its reply."""
    found = Remark.objects.select_related("reply__invitation__round", "on").filter(key=key).first()
    if found is None:
        raise problems.NoSuchRemark
    hand = rights.hand_of(by, found.reply)
    sees = hand.is_of_the_state or (
        hand.is_secretariat and found.kind in (RemarkKind.CLARIFICATION, RemarkKind.RESPONSE)
    )
    if not sees or not hand.may_read(found.path):
        raise problems.NoSuchRemark
    begun = found.on or found
    begun.reply = found.reply
    return begun, hand


def _require_drafter(hand: Hand, path: str) -> None:
    """Who only looks on for a State writes nothing, and nobody in what others draft."""
    if not hand.is_of_the_state or not hand.may_write(path):
        raise problems.NotYourSection


def _require_place(reply: Reply, path: str, *, hand: Hand) -> None:
    outline = answers.outline_of(reply.invitation.round, language=answers.language_now())
    known = path in {each.path for each in outline.sections} or (
        path in outline.items and outline.items[path].is_question
    )
    if not known or not hand.may_read(path):
        raise problems.NoSuchQuestion


def _write(
    reply: Reply,
    path: str,
    kind: RemarkKind,
    text: str,
    *,
    by: Reader,
    at: datetime,
    on: Remark | None = None,
) -> Remark:
    words = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not words:
        raise problems.RemarkEmpty
    if len(words) > LONGEST:
        raise problems.ReasonTooLong(most=LONGEST)
    remark = Remark.objects.create(
        key=secrets.token_hex(8),
        reply=reply,
        path=path,
        kind=kind,
        text=words,
        on=on,
        at=at,
        by=rights.person_of(by),
    )
    # What follows a question of the Secretariat is a mail: see `config/follow_ups.py`.
    journal.record(action=_ACTIONS[kind], on=remark, by=rights.person_of(by), at=at)
    return remark


def _address(remark: Remark) -> str:
    """Where what is said stands: with the answer, or on the page of the section."""
    round_, state = remark.reply.invitation.round, remark.reply.invitation.state_id
    for section in answers.outline_of(round_, language="en").sections:
        if section.path == remark.path:
            return reverse("review:section", args=[round_.key, state, section.name])
    place = reverse("review:question", args=[round_.key, state, remark.path.lstrip("/")])
    return f"{place}#said"


# ── mail ─────────────────────────────────────────────────────────────────────────────────────────
def write_to_focal_points(*, remark_id: int, at: datetime) -> int:
    """Tell the focal points of a State that the Secretariat asks something; how many were told.

    The mail says that there is a question and in which round, and leads to it; what it is about is
    read here.
    """
    remark = Remark.objects.select_related("reply__invitation__round").get(pk=remark_id)
    invitation = remark.reply.invitation
    round_ = invitation.round
    address = _address(remark)

    def write(language: str) -> tuple[str, str]:
        title = in_language(round_.titles, language)
        subject = _("A question on your reply: {round}").format(round=title)
        body = _(
            "The Secretariat asks what an answer of your State means, in “{round}”.\n\n"
            "Sign in to Marsad, open the reply of your State and look under “What waits "
            "for a word”. Your response stays on record with the answer."
        ).format(round=title)
        return subject, posting.with_link(body, round_, address)

    people = focal_points(invitation.state_id)
    return posting.hand_over_to_each(
        people, about=f"remark:{remark.pk}", round_=round_, at=at, write=write
    )
