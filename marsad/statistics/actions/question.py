"""What does not fit becomes questions to a State, which it answers."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.statistics import problems, store
from marsad.statistics.models import Edition, Question
from marsad.statistics.queries import rights
from marsad.statistics.words import AnswerKind

JSON = ".json"
_LONGEST_ANSWER = 5_000
#: What of a doubt is the place in the file, or words that go with the language: the same doubt
#: about the next file has others.
_PASSING = frozenset({"where", "says"})


def ask(edition: Edition, *, at: datetime) -> int:
    """Put what does not fit in an edition to the States. Runs inside the caller's transaction.

    A doubt that the State answered before keeps its answer.

    :return: how many questions there are.
    """
    doubts = doubts_of(edition)
    if not doubts:
        return 0
    states = directory.iso2_by_iso3()
    asked = [_question(edition, each, states, at=at) for each in doubts if each["place"] in states]
    _carry_over(edition, asked)
    Question.objects.bulk_create(asked, batch_size=1_000)
    return len(asked)


def doubts_of(edition: Edition) -> Sequence[Mapping[str, Any]]:
    """What does not fit in an edition, as it was found when its file was read."""
    digest = edition.arrival.doubts_digest
    if not digest:
        return []
    found: list[Mapping[str, Any]] = json.loads(
        store.get(digest, suffix=JSON).read_text(encoding="utf-8")
    )
    return found


def _question(
    edition: Edition, doubt: Mapping[str, Any], states: Mapping[str, str], *, at: datetime
) -> Question:
    return Question(
        key=secrets.token_hex(8),
        edition=edition,
        state_id=states[doubt["place"]],
        check_code=doubt["code"],
        severity=doubt["severity"],
        place=doubt["place"],
        indicator=doubt["indicator"],
        year=doubt["year"],
        details=doubt["details"],
        fingerprint=fingerprint(doubt),
        asked_at=at,
    )


def fingerprint(doubt: Mapping[str, Any]) -> str:
    """What a doubt and the same doubt about another edition have in common, as SHA-256."""
    told = [doubt[name] for name in ("code", "place", "indicator", "year")]
    details = {
        name: value for name, value in sorted(doubt["details"].items()) if name not in _PASSING
    }
    written = json.dumps([*told, details], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _carry_over(edition: Edition, asked: Sequence[Question]) -> None:
    """Give questions the answers that the State gave to the same doubt about earlier editions.

    That it will correct a figure is no answer to a file that holds the figure still.
    """
    answered = Question.objects.filter(
        edition__source=edition.source_id, answer_kind=AnswerKind.RIGHT
    ).order_by("answered_at", "id")
    before = {each.fingerprint: each for each in answered}
    for question in asked:
        if earlier := before.get(question.fingerprint):
            question.answer_kind = earlier.answer_kind
            question.answer = earlier.answer
            question.answered_at = earlier.answered_at
            question.answered_by_id = earlier.answered_by_id
            question.carried_from = earlier


@transaction.atomic
def answer(*, key: str, kind: str, note: str, by: Reader, at: datetime) -> Question:
    """Answer a question for its State; an answer given before is replaced.

    :param kind: one of `AnswerKind`.
    :raises NoSuchQuestion: if there is none that this reader may answer.
    :raises NoteMissing: if it says that the figures are right, and not why.
    """
    question = _own(key, by=by)
    if kind not in AnswerKind.values:
        raise problems.UnknownAnswer(given=kind, choices=", ".join(AnswerKind.values))
    said = note.strip()
    if kind == AnswerKind.RIGHT and not said:
        raise problems.NoteMissing
    if len(said) > _LONGEST_ANSWER:
        raise problems.NoteTooLong(most=_LONGEST_ANSWER)
    question.answer_kind, question.answer = kind, said
    question.answered_at, question.answered_by = at, rights.person_of(by)
    question.carried_from = None
    question.save()
    journal.record(
        action="statistics.question.answer",
        on=question,
        by=rights.person_of(by),
        at=at,
        details={"kind": kind},
    )
    return question


@transaction.atomic
def reopen(*, key: str, by: Reader, at: datetime) -> Question:
    """Take an answer back.

    :raises NoSuchQuestion: if there is none that this reader may answer.
    """
    question = _own(key, by=by)
    question.answer_kind = question.answer = ""
    question.answered_at = question.answered_by = question.carried_from = None
    question.save()
    journal.record(action="statistics.question.reopen", on=question, by=rights.person_of(by), at=at)
    return question


def _own(key: str, *, by: Reader) -> Question:
    question = Question.objects.select_for_update(of=("self",)).filter(key=key).first()
    if question is None or not rights.may_answer(by, state=question.state_id):
        raise problems.NoSuchQuestion
    return question
