"""Themes, coding, findings, practices."""

from __future__ import annotations

from marsad.problems import NotAllowed, NotFound, _


class NotAnAnalyst(NotAllowed):
    code = "review.not-an-analyst"
    says = _("Only the analysts of this round and officers of the Secretariat may do this.")


class NoFindingsYet(NotFound):
    code = "review.finding.none-yet"
    says = _("No report has told the findings of this round yet, or they are not open to you.")


class NoChoices(NotFound):
    code = "review.figure.no-choices"
    says = _("The questionnaire of this round has no such question with choices: {path}")


__all__ = ["NoChoices", "NoFindingsYet", "NotAnAnalyst"]
