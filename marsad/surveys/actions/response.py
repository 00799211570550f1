"""Responses: counted as they come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marsad.journal import actions as journal
from marsad.questionnaires.types import Taken
from marsad.surveys import problems
from marsad.surveys.models import Response, Survey


@transaction.atomic
def take(*, taken: Taken, at: datetime) -> None:
    """Count a filled form; a correction takes the place of what it corrects.

    :raises AnsweredBefore: where its author answered before, and this is no correction.
    """
    survey = Survey.objects.select_for_update().get(key=taken.subject_id)
    current = Response.objects.filter(survey=survey, is_current=True)
    if taken.corrects_id is not None:
        current.filter(submission_id=taken.corrects_id).update(is_current=False)
    elif survey.once_each and current.filter(by_id=taken.by_id).exists():
        raise problems.AnsweredBefore()
    response = Response.objects.create(
        survey=survey, submission_id=taken.submission_id, by_id=taken.by_id, taken_at=at
    )
    journal.record(
        action="surveys.response.take",
        on=response,
        # Where no name stands beside answers, none stands in the journal of them either.
        by=response.by if survey.shows_names else None,
        at=at,
    )
