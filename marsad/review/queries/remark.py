"""What was said about answers, thread by thread."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marsad.directory.types import Reader
from marsad.review.models import Remark, Reply
from marsad.review.queries import rights
from marsad.review.queries.progress import kinds_seen
from marsad.review.queries.rights import Hand
from marsad.review.types.reply import RemarkView
from marsad.review.words import RemarkKind


def threads(*, reader: Reader, reply: Reply, path: str = "") -> list[RemarkView]:
    """What began each matter, with what was said on it, in the order it was said.

    Drafters see all that was said; the Secretariat its own questions and their responses; nobody
    else anything.

    :param path: of a question or a section; empty for all of the reply.
    """
    hand = rights.hand_of(reader, reply)
    said = Remark.objects.filter(reply=reply, kind__in=kinds_seen(hand)).select_related("by")
    if path:
        said = said.filter(path=path)
    rows = [each for each in said if hand.may_read(each.path)]
    on: dict[int, list[Remark]] = {}
    for each in rows:
        if each.on_id is not None:
            on.setdefault(each.on_id, []).append(each)
    return [
        _view(each, on.get(each.pk, []), reader=reader, hand=hand)
        for each in rows
        if each.on_id is None
    ]


def _view(remark: Remark, responses: list[Remark], *, reader: Reader, hand: Hand) -> RemarkView:
    person = rights.person_of(reader)
    kind = RemarkKind(remark.kind)
    is_open = remark.settled_at is None or any(each.settled_at is None for each in responses)
    is_clarification = kind == RemarkKind.CLARIFICATION
    drafts = hand.is_of_the_state and hand.may_write(remark.path)
    return RemarkView(
        key=remark.key,
        path=remark.path,
        kind=kind.value,
        kind_label=str(kind.label),
        text=remark.text,
        at=remark.at,
        by=_name(remark, hand),
        is_mine=person is not None and remark.by_id == person.pk,
        is_open=is_open,
        settled_at=None if is_open else remark.settled_at,
        responses=[_view(each, [], reader=reader, hand=hand) for each in responses],
        may_respond=hand.is_focal_point or hand.is_secretariat if is_clarification else drafts,
        may_settle=is_open and (hand.is_secretariat if is_clarification else drafts),
    )


def _name(remark: Remark, hand: Hand) -> str:
    """Who said it: people of a State by name among themselves, else for whom they spoke."""
    if remark.kind == RemarkKind.CLARIFICATION:
        return _("The Secretariat")
    if remark.by is None:
        return ""
    return remark.by.name if hand.is_of_the_state else _("The State")
