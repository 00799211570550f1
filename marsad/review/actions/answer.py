"""Answer, update an answer, put an earlier one back, take over what was answered before.

Every save stands by itself: it is committed before anything else is looked at, so that a server
that dies loses nothing that it said was saved.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, partial

from django.db import connection, transaction

from marsad.design.formatting import for_reader
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.questionnaires.checking import CHOICES, FILES
from marsad.questionnaires.queries import judging
from marsad.questionnaires.queries.outline import Item, Outline
from marsad.review import problems
from marsad.review.actions import practice as practices
from marsad.review.models import Answer, Invitation, Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import earlier as earlier_answers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.terms import terms_of
from marsad.review.types.reply import Change, Saved
from marsad.review.types.round import RoundStanding
from marsad.review.words import How

#: Characters of an answer, and of a reason or a source.
MOST_CHARACTERS = 50_000
LONGEST_REASON = 2_000
LONGEST_ORIGIN = 300
#: The largest number of an entry in a repeat.
MOST_ENTRIES = 500
#: Kinds that this door does not take: a file or a shape on a map needs more than a line of text.
NOT_ANSWERED_HERE = FILES | {"geotrace", "geoshape"}
#: Somebody's own keystrokes follow one another faster than the answer to the last comes back.
_OWN_KEYSTROKES = timedelta(seconds=10)


def save(
    *,
    reply_key: str,
    path: str,
    value: str,
    base: int,
    by: Reader,
    at: datetime,
    position: tuple[int, ...] = (),
    is_confidential: bool | None = None,
    how: How = How.TYPED,
    reason: str = "",
    origin: str = "",
) -> Saved:
    """Answer one question.

    While the reply is drafted an answer may be wrong for a while: it is kept as it was typed, and
    `Saved.fault` says what is wrong. Once the reply was sent, only the focal point updates it, with
    a reason, and a wrong answer is refused.

    :param base: the revision of the answer that the writer saw; 0 where they saw none.
    :param is_confidential: for the Secretariat only; None leaves it as it is.
    :raises ChangedMeanwhile: if somebody else's answer came between. Nothing is overwritten.
    """
    change = Change(
        path=path,
        position=position,
        value=value,
        base=base,
        is_confidential=is_confidential,
        origin=origin,
    )
    return save_many(reply_key=reply_key, changes=[change], by=by, at=at, how=how, reason=reason)[0]


@transaction.atomic
def save_many(
    *,
    reply_key: str,
    changes: Sequence[Change],
    by: Reader,
    at: datetime,
    how: How = How.TYPED,
    reason: str = "",
) -> list[Saved]:
    """Answer several questions: all of them, or none.

    :raises ChangedMeanwhile: if somebody else's answer came between for one of them.
    """
    reply = locked(reply_key, by=by)
    language = answers.language_now()
    outline = answers.outline_of(reply.invitation.round, language=language)
    wanted = [_understood(change, outline=outline) for change in changes]
    require_writable(reply, [change.path for change in wanted], by=by, at=at)
    reason = _reason(reason, reply=reply)
    if reply.submitted_at is not None and how == How.TYPED:
        how = How.UPDATED
    before = _holding(reply, wanted)
    written = [
        _write(reply, change, before=before, by=by, at=at, how=how, reason=reason, outline=outline)
        for change in wanted
    ]
    judging_once = cache(partial(answers.judge, reply, at=at, language=language))
    saved = [
        Saved(
            key=answer.key,
            path=answer.path,
            position=tuple(answer.position),
            revision=answer.revision,
            value=answer.value,
            is_confidential=answer.is_confidential,
            at=answer.at,
            is_new=is_new,
            judging=judging_once,
        )
        for answer, is_new in written
    ]
    if reply.submitted_at is not None:
        wrong = next((each.fault for each in saved if each.is_new and each.fault), "")
        if wrong:
            raise problems.AnswerFaulty(sentence=wrong)
    _journal(reply, written, by=by, at=at, how=how)
    return saved


def put_back(*, key: str, base: int, by: Reader, at: datetime, reason: str = "") -> Saved:
    """Let an earlier answer hold again, as a new one that says so.

    Where either is for the Secretariat only it is so: only an explicit change takes the mark away.

    :raises NoSuchAnswer: if there is none, or it is not open to this person.
    """
    answer = Answer.objects.select_related("reply__invitation__round").filter(key=key).first()
    if answer is None or not rights.hand_of(by, answer.reply).is_of_the_state:
        raise problems.NoSuchAnswer
    if not rights.hand_of(by, answer.reply).may_read(answer.path):
        raise problems.NoSuchAnswer
    return save(
        reply_key=answer.reply.key,
        path=answer.path,
        position=tuple(answer.position),
        value=answer.value,
        base=base,
        is_confidential=answer.is_confidential or None,
        by=by,
        at=at,
        how=How.UNDONE,
        reason=reason,
        origin=answer.origin,
    )


@transaction.atomic
def take_over(*, reply_key: str, bases: Mapping[str, int], by: Reader, at: datetime) -> list[Saved]:
    """Say that what the State answered before is still true, for each question chosen.

    :param bases: by path of the question, the revision that the writer saw here.
    :raises NothingToTakeOver: if nothing was chosen, or nothing is offered there.
    """
    reply = locked(reply_key, by=by)
    outline = answers.outline_of(reply.invitation.round, language=answers.language_now())
    offers = earlier_answers.offers(reader=by, reply=reply, outline=outline)
    changes = [
        Change(
            path=path,
            value=offers[path].value,
            base=base,
            is_confidential=offers[path].is_confidential or None,
            origin=offers[path].origin,
        )
        for path, base in bases.items()
        if path in offers
    ]
    if not changes:
        raise problems.NothingToTakeOver
    return save_many(reply_key=reply_key, changes=changes, by=by, at=at, how=How.TAKEN_OVER)


@transaction.atomic
def empty_entry(
    *, reply_key: str, bases: Mapping[judging.Place, int], by: Reader, at: datetime
) -> list[Saved]:
    """Take an entry of a repeat away: every answer in it becomes none; all stay on record.

    :param bases: by place of each answer that stands in it, the revision that the writer saw; 0
        where they saw none.
    :raises ChangedMeanwhile: if somebody else's answer came between for one of them.
    """
    changes = [
        Change(path=path, position=position, value="", base=base)
        for (path, position), base in bases.items()
    ]
    return save_many(reply_key=reply_key, changes=changes, by=by, at=at) if changes else []


@transaction.atomic
def undo(*, reply_key: str, keys: Sequence[str], by: Reader, at: datetime) -> list[Saved]:
    """Put back what stood before some answers, as far as they still hold.

    :raises NoSuchAnswer: if none of them holds any more.
    """
    reply = locked(reply_key, by=by)
    changes = []
    for answer in reply.answers.filter(key__in=list(keys), ended_at__isnull=True):
        before = reply.answers.filter(
            path=answer.path, position=answer.position, revision=answer.revision - 1
        ).first()
        changes.append(
            Change(
                path=answer.path,
                position=tuple(answer.position),
                value=before.value if before else "",
                base=answer.revision,
                # What was kept for the Secretariat meanwhile stays so.
                is_confidential=(before is not None and before.is_confidential) or None,
                origin=before.origin if before else "",
            )
        )
    if not changes:
        raise problems.NoSuchAnswer
    return save_many(reply_key=reply_key, changes=changes, by=by, at=at, how=How.UNDONE)


# ── what may be written ──────────────────────────────────────────────────────────────────────────
def locked(reply_key: str, *, by: Reader) -> Reply:
    """A reply of the writer's own State, held until the transaction ends.

    :raises NoSuchReply: if there is none, or it is not open to them.
    """
    found = rights.reply_for(by, key=reply_key)
    # In this order everywhere: the round, its line, the reply. Many write in a round at once, and
    # none while the Secretariat closes it, or records on the line that the State declined.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM review_round WHERE id = %s FOR SHARE", [found.invitation.round_id]
        )
    # Read after the locks were had: what somebody else committed meanwhile is seen.
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("round", "state")
        .get(pk=found.invitation_id)
    )
    reply = Reply.objects.select_for_update().get(pk=found.pk)
    reply.invitation = invitation
    return reply


def require_writable(reply: Reply, paths: Iterable[str], *, by: Reader, at: datetime) -> None:
    """:raises Problem: if this person may not write there, or nobody may now."""
    hand = rights.hand_of(by, reply)
    if reply.submitted_at is not None:
        if not hand.is_focal_point:
            raise problems.NotTheFocalPoint
        return
    if not all(hand.may_write(path) for path in paths):
        raise problems.NotYourSection
    require_open(reply, at=at)


def require_open(reply: Reply, *, at: datetime) -> None:
    """:raises Problem: unless replies are drafted and sent at this moment."""
    round_ = reply.invitation.round
    standing = rounds.standing(round_, at=at)
    if standing == RoundStanding.TOLD:
        raise problems.RoundTold
    if standing == RoundStanding.PREPARED:
        raise problems.RoundNotOpened
    if standing == RoundStanding.CLOSED:
        raise problems.RoundClosed
    if standing == RoundStanding.CUT_OFF:
        assert round_.cut_off_on is not None
        raise problems.CutOffPassed(day=for_reader().date(round_.cut_off_on))
    if reply.invitation.declined_at is not None:
        raise problems.ReplyDeclined


def _reason(reason: str, *, reply: Reply) -> str:
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise problems.ReasonTooLong(most=LONGEST_REASON)
    if reply.submitted_at is not None and not reason:
        raise problems.ReasonMissing
    return reason


def _understood(change: Change, *, outline: Outline) -> Change:
    """A change whose value is as the form writes it."""
    item = outline.items.get(change.path)
    if item is None or not item.is_question or len(change.position) != item.depth:
        raise problems.NoSuchQuestion
    if any(number > MOST_ENTRIES for number in change.position):
        raise problems.TooManyEntries(most=MOST_ENTRIES)
    if any(number < 1 for number in change.position):
        raise problems.NoSuchQuestion
    # PostgreSQL keeps no character 0; browsers send line ends as two characters.
    typed = change.value.replace("\x00", "").replace("\r\n", "\n")
    if len(typed) > MOST_CHARACTERS:
        raise problems.AnswerTooLong(count=len(typed), most=MOST_CHARACTERS)
    value = judging.normal(form_key=outline.form_key, path=item.path, typed=typed)
    if value:
        _require_possible(item, value)
    return Change(
        path=change.path,
        position=change.position,
        value=value,
        base=change.base,
        is_confidential=change.is_confidential,
        origin=change.origin.strip()[:LONGEST_ORIGIN],
    )


def _require_possible(item: Item, value: str) -> None:
    if item.kind in NOT_ANSWERED_HERE:
        raise problems.NotAnswerable
    if item.kind in CHOICES and item.options:
        offered = {option.value for option in item.options}
        chosen = [value] if item.kind == "select_one" else value.split()
        unknown = next((each for each in chosen if each not in offered), None)
        if unknown is not None:
            raise problems.OptionUnknown(value=unknown[:80])


# ── writing ──────────────────────────────────────────────────────────────────────────────────────
def _holding(reply: Reply, changes: Sequence[Change]) -> dict[judging.Place, Answer]:
    paths = {change.path for change in changes}
    found = reply.answers.filter(path__in=paths, ended_at__isnull=True).defer("terms")
    return {(each.path, tuple(each.position)): each for each in found}


def _write(
    reply: Reply,
    change: Change,
    *,
    before: dict[judging.Place, Answer],
    by: Reader,
    at: datetime,
    how: How,
    reason: str,
    outline: Outline,
) -> tuple[Answer, bool]:
    place = (change.path, change.position)
    stands = before.get(place)
    is_confidential = _confidential(change, stands)
    if stands is not None and (stands.value, stands.is_confidential) == (
        change.value,
        is_confidential,
    ):
        return stands, False
    if stands is not None and _came_between(stands, change, by=by, at=at):
        raise problems.ChangedMeanwhile(
            path=change.path,
            position=list(change.position),
            revision=stands.revision,
            answer=stands.key,
        )
    if stands is not None:
        stands.ended_at = max(at, stands.at)
        stands.save(update_fields=["ended_at"])
    answer = Answer.objects.create(
        key=secrets.token_hex(8),
        reply=reply,
        path=change.path,
        position=list(change.position),
        revision=1 if stands is None else stands.revision + 1,
        value=change.value,
        is_confidential=is_confidential,
        how=how,
        reason=reason,
        origin=change.origin if how in (How.TAKEN_OVER, How.WORKBOOK, How.UNDONE) else "",
        # Two clocks may differ by a little; an answer never ends before it began.
        at=at if stands is None else max(at, stands.at),
        by=rights.person_of(by),
        terms=terms_of(change.value, kind=outline.items[change.path].kind),
    )
    before[place] = answer
    return answer, True


def _confidential(change: Change, stands: Answer | None) -> bool:
    if change.is_confidential is not None:
        return change.is_confidential
    return stands is not None and stands.is_confidential


def _came_between(stands: Answer, change: Change, *, by: Reader, at: datetime) -> bool:
    """Whether the writer did not see the answer that stands."""
    if stands.revision == change.base:
        return False
    person = rights.person_of(by)
    if person is None or change.base > stands.revision or at - stands.at >= _OWN_KEYSTROKES:
        return True
    # One's own last keystrokes, sent again while leaving the page, are no conflict. Keystrokes from
    # before somebody else answered are one: what was made of both would be lost.
    unseen = Answer.objects.filter(
        reply=stands.reply_id,
        path=stands.path,
        position=stands.position,
        revision__gt=change.base,
    )
    return unseen.exclude(by=person).exists() or unseen.filter(by=None).exists()


def _journal(
    reply: Reply, written: Sequence[tuple[Answer, bool]], *, by: Reader, at: datetime, how: How
) -> None:
    new = [answer for answer, is_new in written if is_new]
    if not new:
        return
    # What is for the Secretariat only from now on is in no compendium from now on.
    practices.withdraw_hidden(answers=new, by=by, at=at)
    if reply.invitation.started_at is None:
        Invitation.objects.filter(pk=reply.invitation_id, started_at=None).update(started_at=at)
    person = rights.person_of(by)
    if len(new) == 1:
        details = {"how": how.value, "revision": new[0].revision}
        journal.record(action="review.answer.save", on=new[0], by=person, at=at, details=details)
        return
    details = {"how": how.value, "count": len(new)}
    journal.record(action="review.answer.save_many", on=reply, by=person, at=at, details=details)


__all__ = [
    "LONGEST_REASON",
    "MOST_CHARACTERS",
    "MOST_ENTRIES",
    "NOT_ANSWERED_HERE",
    "empty_entry",
    "locked",
    "put_back",
    "require_open",
    "require_writable",
    "save",
    "save_many",
    "take_over",
    "undo",
]
