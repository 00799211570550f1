"""The asking of a survey, as the questionnaires keep it."""

from __future__ import annotations

from marsad.questionnaires.queries import asking
from marsad.questionnaires.types import AskingView
from marsad.surveys import problems

#: What `config/receivers.py` calls this room.
KIND = "survey"


def of_survey(key: str, *, language: str = "ar") -> AskingView:
    """:raises NoSuchSurvey: where nothing is asked for it."""
    found = asking.of_subject(kind=KIND, subject_id=key, language=language)
    if found is None:
        raise problems.NoSuchSurvey()
    return found
