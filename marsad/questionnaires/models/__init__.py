"""What is asked. Private to the room: other rooms call its actions and queries."""

from marsad.questionnaires.models.question import ChoiceList, Question
from marsad.questionnaires.models.questionnaire import (
    MediaFile,
    Questionnaire,
    QuestionnaireVersion,
)

__all__ = [
    "ChoiceList",
    "MediaFile",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
]
