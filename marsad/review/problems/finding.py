"""Themes, coding, findings, practices."""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _


class NotAnAnalyst(NotAllowed):
    code = "review.not-an-analyst"
    says = _("Only the analysts of this round and officers of the Secretariat may do this.")


class NoFindingsYet(NotFound):
    code = "review.finding.none-yet"
    says = _("No report has told the findings of this round yet, or they are not open to you.")


class NoChoices(NotFound):
    code = "review.figure.no-choices"
    says = _("The questionnaire of this round has no such question with choices: {path}")


class TooFewToTell(Refused):
    code = "review.figure.too-few"
    says = _(
        "Too few States of that regional group replied to tell it apart in public. Choose another "
        "group, or count all of them together."
    )


class NoSuchFinding(NotFound):
    code = "review.finding.not-found"
    says = _("There is no such finding, or it is not open to you.")


class EmptyFinding(Invalid):
    code = "review.finding.empty"
    says = _("Write the finding in Arabic or in English.")


class PlaceOfNothing(Invalid):
    code = "review.finding.place-of-nothing"
    says = _(
        "{place} stands for no figure of this finding, so nothing could be counted there. Its "
        "figures are: {known}. Open another figure and put it into this finding, or take the place "
        "out of the words."
    )


class FindingChangedMeanwhile(Refused):
    code = "review.finding.changed-meanwhile"
    says = _(
        "Somebody else changed this finding meanwhile. Look at it as it is now, and try again."
    )


class UnreadableFigure(Invalid):
    code = "review.figure.unreadable"
    says = _("That is not a figure of this round: choose a question and an answer of its form.")


class NoSuchPractice(NotFound):
    code = "review.practice.not-found"
    says = _("There is no such proposed practice, or it is not open to you.")


class EmptyPractice(Invalid):
    code = "review.practice.empty"
    says = _("Give the practice a title and a text in Arabic or in English.")


class ConfidentialSource(Refused):
    code = "review.practice.confidential"
    says = _(
        "The answer is for the Secretariat only. Nothing of it can be proposed or published; "
        "ask the State to change that first."
    )


class NotForThisState(NotAllowed):
    code = "review.practice.not-for-this-state"
    says = _("Only the focal point of the State that the practice comes from may do this.")


class PracticeSettled(Refused):
    code = "review.practice.settled"
    says = _("This practice has been settled already. Look at it as it is now.")


class NotVerified(Refused):
    code = "review.practice.not-verified"
    says = _("The State has not verified this practice. Nothing is published before it has.")


class DeclinedWithoutReason(Invalid):
    code = "review.practice.declined-without-reason"
    says = _("Say why the State does not want it published, so that it is not proposed again.")


class NoSuchTable(NotFound):
    code = "review.table.unknown-format"
    says = _("A table comes as {choices}, not as {given}.")


__all__ = [
    "ConfidentialSource",
    "DeclinedWithoutReason",
    "EmptyFinding",
    "EmptyPractice",
    "FindingChangedMeanwhile",
    "NoChoices",
    "NoFindingsYet",
    "NoSuchFinding",
    "NoSuchPractice",
    "NoSuchTable",
    "NotAnAnalyst",
    "NotForThisState",
    "NotVerified",
    "PlaceOfNothing",
    "PracticeSettled",
    "TooFewToTell",
    "UnreadableFigure",
]
