"""What is asked. Private to the room: other rooms call its actions and queries."""

from marsad.questionnaires.models.asking import Asking
from marsad.questionnaires.models.device import Device
from marsad.questionnaires.models.draft import Draft, DraftFile
from marsad.questionnaires.models.question import ChoiceList, Question
from marsad.questionnaires.models.questionnaire import (
    MediaFile,
    Questionnaire,
    QuestionnaireVersion,
)
from marsad.questionnaires.models.submission import Attachment, Submission

__all__ = [
    "Asking",
    "Attachment",
    "ChoiceList",
    "Device",
    "Draft",
    "DraftFile",
    "MediaFile",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Submission",
]
