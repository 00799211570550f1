"""What can go wrong with surveys.

* NotFound
  x NoSuchSurvey
* NotAllowed
  x NotASurveyor     who may not make surveys for this body
* Refused
  x AnsweredBefore   a person answers once
* Invalid
  x NoTitle, ClosesBeforeItOpens
"""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _


class NoSuchSurvey(NotFound):
    code = "surveys.survey.not-found"
    says = _("There is no such survey, or it is not open to you.")


class NotASurveyor(NotAllowed):
    code = "surveys.not-a-surveyor"
    says = _(
        "Only focal points, officers of the Secretariat and administrators may ask the people of "
        "their own body."
    )


class AnsweredBefore(Refused):
    code = "surveys.response.answered-before"
    says = _(
        "You answered this survey before, and it takes one answer from each person. Open your "
        "answer and correct it instead."
    )


class NoTitle(Invalid):
    code = "surveys.survey.no-title"
    says = _("Give the survey a title, in Arabic or in English.")


class ClosesBeforeItOpens(Invalid):
    code = "surveys.survey.closes-before-it-opens"
    says = _("The last day lies in the past. Choose today or a later day.")


class ClosesTooLate(Invalid):
    code = "surveys.survey.closes-too-late"
    says = _("The last day lies more than {most} years ahead. Choose an earlier one, or none.")


class UnknownFormat(Invalid):
    code = "surveys.export.unknown-format"
    says = _("Answers cannot be taken away as “{given}”. Choose one of: {choices}.")
