"""The replies of invented States as rows: drafted over weeks, thought over, sent, corrected."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from marsad.directory.types import Person
from marsad.review.demonstration.data import Earlier, Plan, table
from marsad.review.demonstration.setting import Setting
from marsad.review.demonstration.writing import Writer, Written, write
from marsad.review.models import Answer, Invitation, Reply
from marsad.review.queries import round as rounds
from marsad.review.terms import terms_of
from marsad.review.words import How

#: How many answers are thought over before they are sent.
_THOUGHT_OVER = 0.05


def earlier_reply(line: Invitation, plan: Plan, *, setting: Setting) -> list[Answer]:
    """What a State answered in the earlier round, if it did."""
    earlier = plan.earlier
    if earlier is None:
        return []
    reply = _reply(line, begun=earlier.sent - 20, sent=earlier.sent, plan=plan, setting=setting)
    hand = _Hand(reply=reply, plan=plan, setting=setting)
    written = write(_earlier_writer(plan, earlier, setting=setting), setting.form)
    return [hand.answer(each, at=setting.moment(earlier.sent - 3)) for each in written]


def reply(line: Invitation, plan: Plan, *, setting: Setting) -> list[Answer]:
    """What a State does in the current round: its line of the register, its reply, its answers."""
    if plan.seen is not None:
        line.seen_at = setting.moment(plan.seen)
    if plan.declined is not None:
        line.declined_at = setting.moment(plan.declined)
        line.declined_because = plan.because
    line.save()
    if plan.begun is None:
        return []
    made = _reply(line, begun=plan.begun, sent=plan.sent, plan=plan, setting=setting)
    hand = _Hand(reply=made, plan=plan, setting=setting)
    before = _before(line, plan)
    return [
        answer
        for each in written_by(plan, setting=setting)
        for answer in hand.history(each, before=before)
    ]


def written_by(plan: Plan, *, setting: Setting) -> list[Written]:
    """The answers that a State gives in the current round, as it first gives them."""
    return list(_given(write(_writer(plan, setting=setting), setting.form), plan))


def _reply(
    line: Invitation, *, begun: int, sent: int | None, plan: Plan, setting: Setting
) -> Reply:
    line.seen_at = line.seen_at or setting.moment(begun)
    line.started_at = setting.moment(begun)
    if sent is not None:
        line.answered_at = setting.moment(sent)
        line.is_late = rounds.is_late(line, at=line.answered_at)
    line.save()
    return Reply.objects.create(
        key=secrets.token_hex(8),
        invitation=line,
        begun_at=line.started_at,
        submitted_at=line.answered_at,
        submitted_by=None if sent is None else setting.cast.focal_points.get(plan.state),
        is_public=plan.is_public and sent is not None,
    )


def _writer(plan: Plan, *, setting: Setting) -> Writer:
    return Writer(
        state=plan.state,
        seed="current",
        language=plan.language,
        share=plan.share,
        on=setting.day(plan.sent if plan.sent is not None else plan.begun or 0),
        is_public=plan.is_public,
        set=plan.set,
        confidential=plan.confidential,
    )


def _earlier_writer(plan: Plan, earlier: Earlier, *, setting: Setting) -> Writer:
    return Writer(
        state=plan.state,
        seed="earlier",
        language=earlier.language,
        share=earlier.share,
        on=setting.day(earlier.sent),
        is_public=plan.is_public,
        set=earlier.set,
    )


def _given(written: Sequence[Written], plan: Plan) -> Iterator[Written]:
    """What of it is answered so far: a State that still drafts has left some of it open."""
    dropped: set[str] = set()
    for each in written:
        section = each.path.split("/")[2]
        if plan.sections and section not in plan.sections:
            continue
        if plan.drops and Random(f"{plan.state} {each.name}").random() < plan.drops:  # noqa: S311
            dropped.add(each.name)
        # What follows from an answer that is open is open too.
        if not any(each.name == name or each.name.startswith(f"{name}_") for name in dropped):
            yield each


def _before(line: Invitation, plan: Plan) -> Mapping[str, Answer]:
    """What the State answered in other rounds, by path."""
    if not plan.takes_over:
        return {}
    found = Answer.objects.filter(
        reply__invitation__state=plan.state, reply__submitted_at__isnull=False
    ).exclude(reply__invitation__round=line.round_id)
    return {each.path: each for each in found.select_related("reply__invitation__round")}


@dataclass(frozen=True, kw_only=True)
class _Hand:
    """Writes the answers of one reply."""

    reply: Reply
    plan: Plan
    setting: Setting

    def answer(self, each: Written, *, at: Any, revision: int = 1, value: str = "") -> Answer:
        """A row that holds."""
        shown = value or each.value
        return Answer(
            key=secrets.token_hex(8),
            reply=self.reply,
            path=each.path,
            position=list(each.position),
            revision=revision,
            value=shown,
            is_confidential=self._is_confidential(each),
            how=How.TYPED,
            at=at,
            by=self._by(each),
            terms=terms_of(shown, kind=each.kind),
        )

    def history(self, each: Written, *, before: Mapping[str, Answer]) -> Iterator[Answer]:
        """An answer as it was written: now and then after another one, and corrected later."""
        plan, setting = self.plan, self.setting
        drawn = Random(f"{plan.state} {each.path} {each.position}")  # noqa: S311 - no secret
        begun = plan.begun or 0
        last = -4 if plan.sent is None else plan.sent - 1
        on = setting.moment(drawn.randint(begun, max(begun, last)), drawn=drawn)
        on = max(on, self.reply.begun_at)
        revision = 1
        is_firm = each.kind != "select_one" or each.value == "unknown"
        if not is_firm and drawn.random() < _THOUGHT_OVER:
            first = self.answer(each, at=on, value="unknown")
            first.ended_at = on = on + timedelta(minutes=20)
            yield first
            revision = 2
        held = self._taken_over(self.answer(each, at=on, revision=revision), each, before)
        yield held
        for update in table("replies")["update"]:
            if (update["state"], update["question"]) == (plan.state, each.name):
                held.ended_at = setting.moment(update["on"])
                revision += 1
                held = self.answer(each, at=held.ended_at, revision=revision, value=update["value"])
                held.how, held.reason = How.UPDATED, update["reason"]
                yield held

    def _taken_over(self, answer: Answer, each: Written, before: Mapping[str, Answer]) -> Answer:
        taken = before.get(each.path)
        if taken is not None and each.name in self.plan.takes_over and taken.value == answer.value:
            title = taken.reply.invitation.round.titles[self.plan.language]
            answer.how = How.TAKEN_OVER
            answer.origin = f"{title}, {taken.at.date().isoformat()}"
        return answer

    def _is_confidential(self, each: Written) -> bool:
        names = {each.name, *each.path.split("/")}
        return not self.plan.confidential.isdisjoint(names)

    def _by(self, each: Written) -> Person | None:
        people = self.setting.cast.people
        for part in table("replies")["part"]:
            if part["section"] == each.path.split("/")[2] and self.plan.state == part["state"]:
                return people.get(part["body"])
        return self.setting.cast.focal_points.get(self.plan.state)
