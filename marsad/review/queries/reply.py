"""A State's reply: where it stands, what the focal point looks at before sending it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from marsad.directory import queries as directory
from marsad.directory.types import BodyKind, Reader
from marsad.questionnaires.queries.judging import judge
from marsad.questionnaires.queries.outline import is_withdrawn
from marsad.review import problems
from marsad.review.models import Invitation, Reply, Round
from marsad.review.queries import answer as answers
from marsad.review.queries import progress, rights
from marsad.review.queries import round as rounds
from marsad.review.queries.rights import Hand
from marsad.review.queries.section import dom_of
from marsad.review.types.reply import ReplyView, SectionProgress, ToMend
from marsad.review.types.round import RoundStanding


def find(*, reader: Reader, round_: Round, state: str) -> tuple[Invitation, Reply | None]:
    """The line of a State on the register, and its reply where there is one.

    Whether a State was invited, and has begun, is not told to others by how they are refused.

    :raises NotInvited: if there is no line, to the Secretariat and the State.
    :raises NoSuchReply: if there is none, or it is not open to the reader.
    """
    knows = rights.is_secretariat(reader) or bool(rights.memberships_of(reader, state=state))
    invitation = (
        Invitation.objects.select_related("round", "state")
        .filter(round=round_, state=state)
        .first()
    )
    if invitation is None:
        raise problems.NotInvited if knows else problems.NoSuchReply
    reply = Reply.objects.select_related("submitted_by").filter(invitation=invitation).first()
    if reply is not None:
        reply.invitation = invitation
        return invitation, rights.reply_for(reader, key=reply.key)
    if not knows:
        raise problems.NoSuchReply
    return invitation, None


def reply_of(*, reader: Reader, round_: Round, state: str) -> Reply:
    """The reply of a State that somebody has begun.

    :raises NotInvited, NoSuchReply: if there is none, or it is not open to the reader.
    """
    _invitation, reply = find(reader=reader, round_=round_, state=state)
    if reply is None:
        raise problems.NoSuchReply
    return reply


def revision_of(reply: Reply) -> int:
    """Counts every change of an answer: whoever sends the reply says what they looked at."""
    return reply.answers.count()


def view(
    *,
    reader: Reader,
    round_: Round,
    state: str,
    language: str,
    at: datetime | None = None,
    with_progress: bool = True,
) -> ReplyView:
    """A reply as its page shows it.

    :param with_progress: whether to count what was answered; a section's own page does not.
    :raises NotInvited, NoSuchReply: if there is none, or it is not open to the reader.
    """
    at = at or timezone.now()
    invitation, reply = find(reader=reader, round_=round_, state=state)
    outline = answers.outline_of(round_, language=language)
    hand = _hand(reader, invitation, reply)
    sections: list[SectionProgress] = []
    missing = faults = 0
    if with_progress:
        given = answers.given_of(reply) if reply else []
        judged = judge(form_key=round_.form_key, answers=given, language=language, at=at)
        missing, faults = len(judged.missing), len(judged.faults)
        sections = progress.of_sections(
            reply,
            reader=reader,
            hand=hand,
            laid=outline,
            given=given,
            judged=judged,
            language=language,
        )
    standing = rounds.standing(round_, at=at)
    due = rounds.due_of(invitation)
    submitted_at = reply.submitted_at if reply else None
    return ReplyView(
        key=reply.key if reply else "",
        round_key=round_.key,
        iso2=invitation.state_id,
        state=directory.state_names(language=language).get(state, state),
        form_title=outline.title,
        form_is_withdrawn=is_withdrawn(form_key=round_.form_key),
        sections=sections,
        bodies=progress.of_bodies(sections),
        asked=sum(each.asked for each in sections),
        answered=sum(each.answered for each in sections),
        missing=missing,
        faults=faults,
        revision=revision_of(reply) if reply and with_progress else 0,
        begun_at=reply.begun_at if reply else None,
        submitted_at=submitted_at,
        is_late=invitation.is_late,
        is_public=bool(reply and reply.is_public),
        declined_at=invitation.declined_at,
        declined_because=invitation.declined_because,
        due_at=rounds.end_of(due) if due else None,
        due_on=due,
        cut_off_on=round_.cut_off_on,
        is_late_now=rounds.is_late(invitation, at=at),
        is_over=standing == RoundStanding.CUT_OFF,
        is_closed=standing == RoundStanding.CLOSED,
        is_focal_point=hand.is_focal_point,
        is_of_the_state=hand.is_of_the_state,
        is_secretariat=hand.is_secretariat,
        is_drafted=standing == RoundStanding.OPEN
        and submitted_at is None
        and invitation.declined_at is None,
    )


def _hand(reader: Reader, invitation: Invitation, reply: Reply | None) -> Hand:
    if reply is not None:
        return rights.hand_of(reader, reply)
    # Nobody has opened it: an unsaved one, so that the same rules judge.
    return rights.hand_of_none(reader, invitation)


def to_mend(*, reader: Reader, reply: Reply, language: str, at: datetime) -> list[ToMend]:
    """What is missing or wrong, in the order of the form: for those who may read it."""
    hand = rights.hand_of(reader, reply)
    outline = answers.outline_of(reply.invitation.round, language=language)
    judged = answers.judge(reply, at=at, language=language)
    said = {(fault.path, fault.position): fault.says for fault in judged.faults}
    places = {*said, *judged.missing}
    found: list[ToMend] = []
    order = {path: number for number, path in enumerate(outline.items)}
    for path, position in sorted(places, key=lambda each: (order.get(each[0], 0), each[1])):
        item, section = outline.items.get(path), outline.section_of(path)
        if item is None or section is None or not hand.may_read(path):
            continue
        found.append(
            ToMend(
                path=path,
                position=position,
                section=section.name,
                section_label=section.label,
                question=item.label,
                language=item.language,
                fault=said.get((path, position), ""),
                dom=dom_of(path, position),
            )
        )
    return found


def bodies_of(*, reader: Reader, reply: Reply, language: str) -> list[tuple[int, str, bool]]:
    """The bodies of the State that a focal point can give sections to: id, name, whether an NGO."""
    if not rights.hand_of(reader, reply).is_focal_point:
        return []
    found = [
        (body.pk, directory.body_name(body, language=language), body.kind == BodyKind.NGO)
        for body in directory.bodies()
        if body.state_id == reply.invitation.state_id
    ]
    return sorted(found, key=lambda each: each[1])
