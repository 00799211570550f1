"""Ask the people of a body, and stop asking."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from marsad.directory.types import Body, Person, Role
from marsad.journal import actions as journal
from marsad.questionnaires.actions import asking as askings
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.surveys import problems
from marsad.surveys.models import Survey
from marsad.surveys.queries import asking as own
from marsad.surveys.queries import rights

#: No survey stays open for longer.
MOST_YEARS = 20


@transaction.atomic
def open_survey(
    *,
    body: Body,
    form_key: str,
    titles: Mapping[str, str],
    purpose: str = "",
    open_to_roles: Sequence[Role] = (),
    last_day: date | None = None,
    shows_names: bool = False,
    once_each: bool = True,
    by: Person,
    at: datetime,
) -> Survey:
    """Put a published questionnaire before the people of a body.

    :param last_day: the last day on which answers are taken, in Vienna; none for an open end.
    :raises NotASurveyor: if this person may not ask the people of the body.
    :raises marsad.questionnaires.problems.NoSuchVersion: if they may not know of the form.
    """
    rights.require_surveyor(by, body_id=body.pk)
    kept = {language: title.strip() for language, title in titles.items() if title.strip()}
    if not kept:
        raise problems.NoTitle()
    form = questionnaires.form(reader=by, key=form_key)
    survey = Survey.objects.create(
        key=secrets.token_hex(8),
        body=body,
        titles=kept,
        purpose=purpose.strip(),
        open_to_roles=[role.value for role in open_to_roles],
        shows_names=shows_names,
        once_each=once_each,
        form_key=form_key,
        made_by=by,
        made_at=at,
        closes_at=_end_of(last_day, at=at),
    )
    askings.open_asking(
        form=form,
        kind=own.KIND,
        subject_id=survey.key,
        titles=kept,
        at=at,
        closes_at=survey.closes_at,
        purpose=survey.purpose,
        shows_names=shows_names,
    )
    journal.record(action="surveys.survey.open", on=survey, by=by, at=at)
    return survey


@transaction.atomic
def close(*, key: str, by: Person, at: datetime) -> None:
    """Take no more answers, from now on.

    :raises NoSuchSurvey: if there is none, or it is not this person's to close.
    """
    survey = _held(key, by=by)
    _set_end(survey, moment=at)
    journal.record(action="surveys.survey.close", on=survey, by=by, at=at)


@transaction.atomic
def reopen(*, key: str, last_day: date | None, by: Person, at: datetime) -> None:
    """Take answers again, until a day or without an end.

    :raises NoSuchSurvey: if there is none, or it is not this person's to open.
    :raises ClosesBeforeItOpens: if that day is over.
    """
    survey = _held(key, by=by)
    _set_end(survey, moment=_end_of(last_day, at=at))
    journal.record(action="surveys.survey.reopen", on=survey, by=by, at=at)


def _held(key: str, *, by: Person) -> Survey:
    survey = rights.managed(by).select_for_update(of=("self",)).filter(key=key).first()
    if survey is None:
        raise problems.NoSuchSurvey()
    return survey


def _set_end(survey: Survey, *, moment: datetime | None) -> None:
    survey.closes_at = moment
    survey.save(update_fields=["closes_at"])
    asking = own.of_survey(survey.key)
    askings.close_at(key=asking.key, moment=moment)


def _end_of(day: date | None, *, at: datetime) -> datetime | None:
    """The first moment after a day, in Vienna."""
    if day is None:
        return None
    today = timezone.localdate(at)
    if day < today:
        raise problems.ClosesBeforeItOpens()
    if day.year > today.year + MOST_YEARS:
        raise problems.ClosesTooLate(most=MOST_YEARS)
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
