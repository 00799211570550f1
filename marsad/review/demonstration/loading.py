"""Lay the rounds of the demonstration down: once, in a demonstration only, in a few seconds.

Rounds and notes come to be as an officer makes them, through the actions, on days that have passed.
Answers are rows, since drafting thousands of them one by one takes minutes; a test holds them to
the form and to the rules of the room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from marsad.directory import actions as directory
from marsad.directory import problems as directory_problems
from marsad.directory.types import OPERATOR
from marsad.journal import actions as journal
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.queries.outline import outline
from marsad.review import problems
from marsad.review.actions import note as notes
from marsad.review.actions import round as rounds
from marsad.review.actions import told
from marsad.review.demonstration import answering, coding, talking
from marsad.review.demonstration.data import Plan, plans, states, table
from marsad.review.demonstration.setting import Cast, Setting
from marsad.review.models import Answer, Round

#: The questionnaire that both rounds ask with.
FORM_ID = "demand"

#: The sample report of the library that lists who replied.
SAMPLE = "SAMPLE/COP/WG.1/2025/2"

__all__ = ["Cast", "load", "load_states", "tell_sample"]


def load_states(*, at: datetime) -> int:
    """Put the invented States into the directory.

    :return: how many were added.
    :raises OnlyInADemonstration: anywhere else.
    """
    return directory.invent_states(states=states(), by=OPERATOR, at=at)


@transaction.atomic
def load(*, cast: Cast, at: datetime) -> int:
    """Make the two rounds where they are missing. The invented States are there already.

    :return: how many were made.
    :raises OnlyInADemonstration: anywhere else.
    """
    if not settings.DEMO:
        raise directory_problems.OnlyInADemonstration
    days = table("rounds")
    if Round.objects.filter(is_invented=True, titles=days["current"]["titles"]).exists():
        return 0
    setting = Setting(cast=cast, at=at, form=outline(form_key=_form_key(), language="ar"))
    earlier = _hold(days["earlier"], is_earlier=True, setting=setting)
    current = _hold(days["current"], is_earlier=False, setting=setting)
    talking.talk(current, setting=setting)
    coding.analyse(current, earlier=earlier, setting=setting)
    for made in (earlier, current):
        journal.record(action="review.demonstration.load", on=made, by=None, at=at)
    return 2


def tell_sample(*, at: datetime) -> int:
    """Make the round that a sample report of the library tells of, where it is missing.

    :return: how many were made.
    """
    if not settings.DEMO:
        raise directory_problems.OnlyInADemonstration
    try:
        told.tell(document=SAMPLE, by=OPERATOR, at=at)
    except (problems.ToldAlready, problems.UnknownMandate):
        return 0
    return 1


def _form_key() -> str:
    listed = questionnaires.listed(reader=OPERATOR, language="en")
    return next(each.version_key for each in listed if each.form_id == FORM_ID)


def _hold(told: Mapping[str, Any], *, is_earlier: bool, setting: Setting) -> Round:
    """A round as it went: opened, noted, answered, noted again, answered late, closed."""
    made = _open(told, setting=setting)
    officer, second = setting.cast.officer, told.get("second_note")
    _send(made, ordinal=1, at=setting.moment(told["first_note"]), setting=setting)
    if second is None:
        _answer(made, plans(), is_earlier=is_earlier, setting=setting)
    else:
        soon = [plan for plan in plans() if _acts_by(plan, second)]
        _answer(made, soon, is_earlier=is_earlier, setting=setting)
        _send(made, ordinal=2, at=setting.moment(second), setting=setting)
        rest = [plan for plan in plans() if plan not in soon]
        _answer(made, rest, is_earlier=is_earlier, setting=setting)
    if "closed" in told:
        rounds.close(key=made.key, by=officer, at=setting.moment(told["closed"]))
    made.refresh_from_db()
    return made


def _open(told: Mapping[str, Any], *, setting: Setting) -> Round:
    officer, prepared = setting.cast.officer, setting.moment(told["prepared"])
    made = rounds.prepare(
        titles=told["titles"],
        mandate=told["mandate"],
        form_key=setting.form.form_key,
        languages=["ar", "en"],
        due_on=setting.day(told["due"]),
        second_due_on=setting.day(told["second_due"]),
        cut_off_on=setting.day(told["cut_off"]),
        by=officer,
        at=prepared,
        is_invented=True,
    )
    invited = told["invited"] or [each.iso2 for each in states()]
    rounds.invite(key=made.key, states=invited, by=officer, at=prepared)
    for analyst in setting.cast.analysts:
        rounds.name_analyst(key=made.key, person=analyst, by=officer, at=prepared)
    return rounds.open_round(key=made.key, by=officer, at=setting.moment(told["opened"]))


def _send(made: Round, *, ordinal: int, at: datetime, setting: Setting) -> None:
    """Send a note on a day long past: its mails went out then, and not when the worker starts."""
    sent = notes.send(round_key=made.key, ordinal=ordinal, by=setting.cast.officer, at=at)
    people = setting.cast.focal_points
    for note in sent:
        person = people.get(note.invitation.state_id)
        if person is None:
            note.mail_problem = "nobody"
        else:
            note.mailed_at = at
            note.mailed_to.add(person)
        note.save(update_fields=["mailed_at", "mail_problem"])


def _acts_by(plan: Plan, day: int) -> bool:
    """Whether a State has answered or declined by a day."""
    done = plan.sent if plan.sent is not None else plan.declined
    return done is not None and done <= day


def _answer(made: Round, acting: Sequence[Plan], *, is_earlier: bool, setting: Setting) -> None:
    lines = {each.state_id: each for each in made.invitations.select_related("round")}
    does = answering.earlier_reply if is_earlier else answering.reply
    written = [
        answer
        for plan in acting
        if plan.state in lines
        for answer in does(lines[plan.state], plan, setting=setting)
    ]
    Answer.objects.bulk_create(written, batch_size=1_000)
