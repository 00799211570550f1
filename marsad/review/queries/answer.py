"""The answers of one reply: as they stand, as they stood, and how each came to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import zip_longest

from django.utils.translation import get_language

from marsad.directory.types import Reader
from marsad.questionnaires.queries import judging
from marsad.questionnaires.queries.judging import Given, Judged
from marsad.questionnaires.queries.outline import Item, Outline, outline
from marsad.review import problems
from marsad.review.models import Answer, Reply, Round
from marsad.review.queries import rights
from marsad.review.queries.holding import held_at
from marsad.review.queries.rights import Hand
from marsad.review.types.answer import AnswerView
from marsad.review.words import How

#: Answers that one person typed one after another in so many minutes stand as one in a history.
_MINUTES_AS_ONE = 30


def language_now() -> str:
    """The language that the reader reads."""
    return (get_language() or "ar")[:2]


def outline_of(round_: Round, *, language: str) -> Outline:
    """What a round asks."""
    return outline(form_key=round_.form_key, language=language)


def given_of(reply: Reply, *, at: datetime | None = None) -> list[Given]:
    """All answers of a reply that held at a moment, bare; now, where none is given."""
    rows = held_at(Answer.objects.filter(reply=reply), at).values_list("path", "position", "value")
    return [
        Given(path=path, position=tuple(position), value=value)
        for path, position, value in rows.order_by()
        if value
    ]


def given_for(reply: Reply, *, hand: Hand, at: datetime | None = None) -> list[Given]:
    """The answers of a reply by which a page is drawn for somebody.

    People of the State are shown what all its answers lead to. For others what is kept from them
    leads nowhere: a follow-up that stands on the page would tell the answer before it.
    """
    if hand.is_of_the_state or hand.sees_confidential:
        return given_of(reply, at=at)
    return [
        Given(path=path, position=position, value=answer.value)
        for (path, position), answer in holding(reply, hand=hand, at=at).items()
        if answer.value
    ]


def judge(
    reply: Reply,
    *,
    at: datetime,
    language: str,
    answers: Iterable[Given] | None = None,
    entries: Iterable[judging.Place] = (),
) -> Judged:
    """A reply judged as it stands: by all its answers, whoever may read them."""
    return judging.judge(
        form_key=reply.invitation.round.form_key,
        answers=given_of(reply) if answers is None else answers,
        entries=entries,
        language=language,
        at=at,
    )


def holding(
    reply: Reply, *, hand: Hand, section: str = "", at: datetime | None = None
) -> dict[judging.Place, Answer]:
    """The answers that hold, by place: those that the reader may read, of all or of a section."""
    found = held_at(Answer.objects.filter(reply=reply), at).select_related("by").defer("terms")
    if section:
        found = found.filter(path__startswith=f"{section}/") | found.filter(path=section)
    hidden = _hidden(reply, hand)
    if not hand.sees_confidential:
        found = found.filter(is_confidential=False).exclude(
            rights.telling_hidden(reply.invitation.round, reply=reply)
        )
    return {
        (each.path, tuple(each.position)): each
        for each in found.order_by("path", "position")
        if hand.may_read(each.path) and (each.path, tuple(each.position)) not in hidden
    }


def _hidden(reply: Reply, hand: Hand) -> set[judging.Place]:
    """Places whose answer is for the Secretariat only, today and so on every earlier day."""
    if hand.sees_confidential:
        return set()
    rows = Answer.objects.filter(reply=reply, is_confidential=True, ended_at__isnull=True)
    return {(path, tuple(position)) for path, position in rows.values_list("path", "position")}


def history(
    *, reader: Reader, reply: Reply, path: str, position: tuple[int, ...], language: str
) -> list[AnswerView]:
    """How an answer came to be what it is, the newest first.

    Keystrokes that one person typed in one go stand as one answer. What a State wrote before it
    sent its reply is seen by the State alone, and the public sees the answer that holds.

    :raises NoSuchQuestion: if the form has none, or it is not open to the reader.
    """
    hand = rights.hand_of(reader, reply)
    item = question_for(reply, hand=hand, path=path, language=language)
    if (path, position) in _hidden(reply, hand):
        return []
    rows = list(
        reply.answers.filter(path=path, position=list(position))
        .select_related("by")
        .order_by("revision")
    )
    if not hand.sees_confidential:
        telling = reply.answers.filter(rights.telling_hidden(reply.invitation.round, reply=reply))
        told = set(telling.values_list("pk", flat=True))
        rows = [each for each in rows if not each.is_confidential and each.pk not in told]
    if not hand.is_of_the_state:
        sent = reply.submitted_at
        rows = [each for each in rows if sent and (each.ended_at is None or each.ended_at > sent)]
    if hand.is_public:
        rows = [each for each in rows if each.ended_at is None]
    kept = list(_in_one_go(rows, sent_at=reply.submitted_at))
    return [view(each, item=item, hand=hand) for each in reversed(kept)]


def _in_one_go(rows: list[Answer], *, sent_at: datetime | None) -> Iterator[Answer]:
    """The last of what somebody typed without a pause, each."""
    for this, following in zip_longest(rows, rows[1:]):
        if following is not None and _is_same_go(this, following, sent_at=sent_at):
            continue
        yield this


def _is_same_go(this: Answer, following: Answer, *, sent_at: datetime | None) -> bool:
    if this.by_id != following.by_id or this.how != How.TYPED or following.how != How.TYPED:
        return False
    if this.is_confidential != following.is_confidential or not following.value:
        return False
    if sent_at is not None and this.at <= sent_at < following.at:
        return False
    return (following.at - this.at).total_seconds() < _MINUTES_AS_ONE * 60


def view(answer: Answer, *, item: Item | None, hand: Hand) -> AnswerView:
    """An answer as a page shows it; who wrote it is told to its State alone.

    Why it was corrected often says what it said before: the public is not told.
    """
    how = How(answer.how)
    return AnswerView(
        key=answer.key,
        path=answer.path,
        position=tuple(answer.position),
        value=answer.value,
        words=words_of(item, answer.value),
        revision=answer.revision,
        is_confidential=answer.is_confidential,
        how=how.value,
        how_label=str(how.label),
        reason="" if hand.is_public else answer.reason,
        origin=answer.origin,
        at=answer.at,
        by=answer.by.name if answer.by and hand.is_of_the_state else "",
        ended_at=answer.ended_at,
    )


def words_of(item: Item | None, value: str) -> str:
    """An answer as a reader says it."""
    if item is None:
        return value
    return (("، ") if language_now() == "ar" else ", ").join(item.words_of(value))


def question_for(reply: Reply, *, hand: Hand, path: str, language: str) -> Item:
    """A question of a reply's form that the reader may read.

    :raises NoSuchQuestion: if there is none, or it is not open to the reader.
    """
    item = outline_of(reply.invitation.round, language=language).items.get(path)
    if item is None or not item.is_question or not hand.may_read(path):
        raise problems.NoSuchQuestion
    return item


def current(reply: Reply, *, path: str, position: tuple[int, ...]) -> Answer | None:
    """The answer that holds in a place."""
    return (
        reply.answers.filter(path=path, position=list(position), ended_at__isnull=True)
        .select_related("by")
        .first()
    )
