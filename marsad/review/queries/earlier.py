"""What a State answered before to the same thing: in earlier rounds, and in whatever else asked.

Other rooms keep what they asked; what was sent is read where all of it lies, in `questionnaires`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from marsad.design.formatting import for_reader
from marsad.directory.types import Person, Reader, Role
from marsad.questionnaires.checking import CHOICES, FILES
from marsad.questionnaires.queries import earlier as submitted
from marsad.questionnaires.queries.outline import Item, Outline
from marsad.review.models import Answer, Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.queries.rights import Hand
from marsad.review.types.section import Earlier

#: How many of a State's latest replies are looked through.
_MOST = 10
#: Kinds whose answers are not taken over.
_NOT_OFFERED = FILES | {"acknowledge", "note"}
#: Stands for the key of an answer that no round has.
ELSEWHERE = "elsewhere"
#: Who answers for a State: what others of its people said elsewhere is theirs.
_WRITERS = (Role.FOCAL_POINT, Role.EXPERT)


def offers(
    *,
    reader: Reader,
    reply: Reply,
    outline: Outline,
    section: str = "",
    hand: Hand | None = None,
) -> dict[str, Earlier]:
    """The latest earlier answer to each question, by path.

    From rounds: of its concept, only replies that the State sent, and only what the reader may read
    of them. From other questionnaires: what its people sent, as far as the reader may read it. Only
    what this form can hold.
    """
    if not (hand or rights.hand_of(reader, reply)).is_of_the_state:
        return {}
    items = [
        item
        for item in outline.questions
        if not item.depth and item.kind not in _NOT_OFFERED and section in ("", item.section)
    ]
    found = _from_rounds(reply, items, reader=reader, language=outline.language)
    for path, offer in _from_elsewhere(reply, items, reader=reader, outline=outline).items():
        if path not in found or found[path].at < offer.at:
            found[path] = offer
    return found


def _from_rounds(
    reply: Reply, items: Sequence[Item], *, reader: Reader, language: str
) -> dict[str, Earlier]:
    wanted: dict[str, list[Item]] = {}
    for item in items:
        if item.concept:
            wanted.setdefault(item.concept, []).append(item)
    found: dict[str, Earlier] = {}
    for earlier in _earlier_replies(reply) if wanted else ():
        if len(found) == sum(map(len, wanted.values())):
            break
        for answer, was in _answers(earlier, reader=reader, wanted=wanted, language=language):
            for item in wanted[was.concept]:
                if item.path not in found and _fits(answer.value, was=was, item=item):
                    found[item.path] = _offer(answer, item=item, reply=earlier)
    return found


def _from_elsewhere(
    reply: Reply, items: Sequence[Item], *, reader: Reader, outline: Outline
) -> dict[str, Earlier]:
    """What people of the State sent to a questionnaire, whichever room asked it."""
    if not isinstance(reader, Person):
        return {}
    offered = submitted.offers_of_state(
        reader=reader,
        state=reply.invitation.state_id,
        roles=_WRITERS,
        items=items,
        language=outline.language,
    )
    return {
        each.path: Earlier(
            key=ELSEWHERE,
            path=each.path,
            value=each.value,
            words=each.answer,
            is_confidential=False,
            source=each.questionnaire,
            at=each.answered_at,
            origin=_origin(each.questionnaire, each.answered_at),
        )
        for each in offered
    }


def _earlier_replies(reply: Reply) -> Iterator[Reply]:
    """Other replies that the State sent, the latest first."""
    invitation = reply.invitation
    yield from (
        Reply.objects.filter(
            invitation__state=invitation.state_id,
            submitted_at__isnull=False,
            # Nothing of an invented round comes into a real one, or the other way round.
            invitation__round__is_invented=invitation.round.is_invented,
        )
        .exclude(pk=reply.pk)
        .select_related("invitation__round", "invitation__state")
        .order_by("-submitted_at")[:_MOST]
    )


def _answers(
    earlier: Reply, *, reader: Reader, wanted: dict[str, list[Item]], language: str
) -> Iterator[tuple[Answer, Item]]:
    hand = rights.hand_of(reader, earlier)
    form = answers.outline_of(earlier.invitation.round, language=language)
    asked = {item.path: item for item in form.questions if item.concept in wanted}
    held = earlier.answers.filter(path__in=list(asked), position=[], ended_at__isnull=True)
    for answer in held.exclude(value="").defer("terms").order_by("-at"):
        if hand.may_read(answer.path):
            yield answer, asked[answer.path]


def _fits(value: str, *, was: Item, item: Item) -> bool:
    """Whether this form can hold an earlier answer."""
    if was.kind != item.kind:
        return False
    if item.kind not in CHOICES:
        return True
    offered = {option.value for option in item.options}
    chosen = [value] if item.kind == "select_one" else value.split()
    return all(each in offered for each in chosen)


def _offer(answer: Answer, *, item: Item, reply: Reply) -> Earlier:
    title = rounds.in_language(reply.invitation.round.titles, answers.language_now())
    return Earlier(
        key=answer.key,
        path=item.path,
        value=answer.value,
        words=answers.words_of(item, answer.value),
        is_confidential=answer.is_confidential,
        source=title,
        at=answer.at,
        origin=_origin(title, answer.at),
    )


def _origin(source: str, at: datetime) -> str:
    """Where an answer was given and when, in one line."""
    day = for_reader().date(timezone.localdate(at))
    return _("{source}, {day}").format(source=source, day=day)[:300]
