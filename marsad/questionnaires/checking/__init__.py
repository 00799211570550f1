"""A submission against its form: what was answered, or what is wrong with it.

Knows nothing of Django and of no database; `check` is all one needs.
"""

from __future__ import annotations

from marsad.questionnaires.checking.check import Sent, check, check_with
from marsad.questionnaires.checking.errors import (
    HasDoctype,
    NoInstanceId,
    NotASubmission,
    TooLarge,
    TooMany,
    TooTangled,
    UnreadableForm,
    WrongForm,
)
from marsad.questionnaires.checking.form import Choice, Choices, Field, Form, in_language, load_form
from marsad.questionnaires.checking.given import (
    Given,
    Judged,
    Place,
    asked_in,
    following,
    judge_given,
    looked_at,
    normal,
)
from marsad.questionnaires.checking.kinds import CHOICES, FILES, KINDS, UNASKED
from marsad.questionnaires.checking.result import Answer, AnswerFault, Checked
from marsad.questionnaires.checking.submission import Envelope, envelope

__all__ = [
    "CHOICES",
    "FILES",
    "KINDS",
    "UNASKED",
    "Answer",
    "AnswerFault",
    "Checked",
    "Choice",
    "Choices",
    "Envelope",
    "Field",
    "Form",
    "Given",
    "HasDoctype",
    "Judged",
    "NoInstanceId",
    "NotASubmission",
    "Place",
    "Sent",
    "TooLarge",
    "TooMany",
    "TooTangled",
    "UnreadableForm",
    "WrongForm",
    "asked_in",
    "check",
    "check_with",
    "envelope",
    "following",
    "in_language",
    "judge_given",
    "load_form",
    "looked_at",
    "normal",
]
