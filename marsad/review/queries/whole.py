"""A whole reply: every question with its answer, as it stands or as it stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.questionnaires.queries.judging import Judged, Place
from marsad.questionnaires.queries.outline import Item, Outline
from marsad.review import invented
from marsad.review.models import Answer, Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.terms import IN_WORDS
from marsad.review.types.answer import AnswerView


@dataclass(frozen=True, kw_only=True)
class Line:
    """A question and what was answered."""

    path: str
    position: tuple[int, ...]
    question: str
    language: str
    #: Whether the answer is in the writer's own words, in whatever language.
    is_text: bool
    #: None where it has no answer, or none that is open to the reader.
    answer: AnswerView | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section with what was asked in it."""

    name: str
    label: str
    language: str
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A reply, to be read or printed."""

    round_key: str
    round_title: str
    iso2: str
    state: str
    form_title: str
    version: str
    submitted_at: datetime | None
    is_late: bool
    #: The moment it is shown as it stood at; now where that is none.
    at: datetime | None
    #: Whether the reader may see it as it stood on another day.
    has_days: bool
    is_invented: bool
    sections: Sequence[Part]


def whole(*, reader: Reader, reply: Reply, language: str, at: datetime | None = None) -> Whole:
    """A reply as the reader may read it: questions that were asked, and the answers.

    Whoever is not of the State sees nothing from before it was sent, and the public the answers
    that hold, whatever the moment: what was corrected is not published any more.
    """
    hand = rights.hand_of(reader, reply)
    invitation = reply.invitation
    if hand.is_public:
        at = None
    if not hand.is_of_the_state and at is not None and reply.submitted_at is not None:
        at = max(at, reply.submitted_at)
    outline = answers.outline_of(invitation.round, language=language)
    held = answers.holding(reply, hand=hand, at=at)
    given = answers.given_for(reply, hand=hand, at=at)
    judged = answers.judge(reply, answers=given, at=at or timezone.now(), language=language)
    sections = [
        Part(
            name=section.name,
            label=section.label,
            language=section.language,
            lines=[
                _line(item, place, held, hand=hand)
                for item in section.questions
                for place in _places(item, judged, held)
            ],
        )
        for section in outline.sections
        if hand.may_read(section.path)
    ]
    return _whole(reply, outline=outline, sections=sections, at=at, hand=hand, language=language)


def _whole(
    reply: Reply,
    *,
    outline: Outline,
    sections: Sequence[Part],
    at: datetime | None,
    hand: rights.Hand,
    language: str,
) -> Whole:
    invitation = reply.invitation
    names = directory.state_names(language=language)
    return Whole(
        round_key=invitation.round.key,
        round_title=rounds.in_language(invitation.round.titles, language),
        iso2=invitation.state_id,
        state=names.get(invitation.state_id, invitation.state_id),
        form_title=outline.title,
        version=outline.version,
        submitted_at=reply.submitted_at,
        is_late=invitation.is_late,
        at=at,
        has_days=not hand.is_public,
        is_invented=invitation.round.is_invented,
        sections=sections,
    )


def _places(item: Item, judged: Judged, held: dict[Place, Answer]) -> list[Place]:
    """Where it is asked, as far as the reader may know, and where it has an answer to be read."""
    if not item.depth:
        place: Place = (item.path, ())
        return [place] if place in judged.asked or _has(held, place) else []
    places = {place for place in judged.asked if place[0] == item.path}
    places |= {place for place in held if place[0] == item.path and _has(held, place)}
    return sorted(places)


def _has(held: dict[Place, Answer], place: Place) -> bool:
    return place in held and bool(held[place].value)


def _line(item: Item, place: Place, held: dict[Place, Answer], *, hand: rights.Hand) -> Line:
    answer = held.get(place)
    return Line(
        path=item.path,
        position=place[1],
        question=item.label,
        language=item.language,
        is_text=item.kind in IN_WORDS,
        answer=answers.view(answer, item=item, hand=hand) if answer and answer.value else None,
    )


def as_data(shown: Whole) -> dict[str, Any]:
    """For JSON: without names of people, and marked where the State is invented."""
    data: dict[str, Any] = {"invented": invented.SENTENCE} if shown.is_invented else {}
    return {
        **{name: str(words) for name, words in data.items()},
        "round": {"key": shown.round_key, "title": shown.round_title},
        "state": {"iso2": shown.iso2, "name": shown.state},
        "questionnaire": {"title": shown.form_title, "version": shown.version},
        "sent": shown.submitted_at.isoformat() if shown.submitted_at else None,
        "is_late": shown.is_late,
        "as_at": shown.at.isoformat() if shown.at else None,
        "sections": [
            {
                "name": section.name,
                "title": section.label,
                "answers": [_answer_data(line) for line in section.lines],
            }
            for section in shown.sections
        ],
    }


def _answer_data(line: Line) -> dict[str, Any]:
    answer = line.answer
    return {
        "path": line.path,
        "position": list(line.position),
        "question": line.question,
        "value": answer.value if answer else None,
        "words": answer.words if answer else None,
        "is_confidential": bool(answer and answer.is_confidential),
        "revision": answer.revision if answer else None,
        "at": answer.at.isoformat() if answer else None,
        "reason": answer.reason if answer else "",
    }
