"""Rounds, notes verbales and the register."""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _


class NoSuchRound(NotFound):
    code = "review.round.not-found"
    says = _("There is no such round, or it is not open to you.")


class NotInvited(NotFound):
    code = "review.invitation.not-found"
    says = _("This State is not on the register of the round, or its line is not open to you.")


class NoSuchNote(NotFound):
    code = "review.note.not-found"
    says = _("There is no such note verbale, or it is not open to you.")


class NotTheSecretariat(NotAllowed):
    code = "review.not-the-secretariat"
    says = _("Only officers of the Secretariat and administrators may do this in a round.")


# ── what is typed to prepare a round ─────────────────────────────────────────────────────────────
class RoundWithoutTitle(Invalid):
    code = "review.round.no-title"
    says = _("Give the round a title in every language that it is held in.")


class RoundWordsTooLong(Invalid):
    code = "review.round.words-too-long"
    says = _("This is longer than {most} characters. Shorten it.")


class UnknownRoundLanguage(Invalid):
    code = "review.round.unknown-language"
    says = _("Notes verbales are written in Arabic and in English; choose at least one of them.")


class FormNotPublished(Invalid):
    code = "review.round.form-not-published"
    says = _(
        "This version of the questionnaire is not published. Publish it, or choose one that is."
    )


class FormWithdrawn(Refused):
    code = "review.round.form-withdrawn"
    says = _(
        "The version of the questionnaire chosen for this round was withdrawn. Choose one that is "
        "published, then open the round."
    )


class DueInThePast(Invalid):
    code = "review.round.due-in-the-past"
    says = _("This day is over. Choose today or a later day.")


class DueTooFarAhead(Invalid):
    code = "review.round.due-too-far-ahead"
    says = _("This day lies more than {most} years ahead. Choose an earlier one.")


class DueMissing(Invalid):
    code = "review.round.due-missing"
    says = _("Say until which day replies are asked for.")


class DueOutOfOrder(Invalid):
    code = "review.round.due-out-of-order"
    says = _(
        "The days are out of order: first the deadline, then the one of the second note, last the "
        "day until which late replies are taken."
    )


class UnknownMandate(Invalid):
    code = "review.round.unknown-mandate"
    says = _("The library holds no document “{document}” that is open to you.")


class NotAnalystByRole(Invalid):
    code = "review.round.not-analyst-by-role"
    says = _("{name} holds no role of analyst today. An administrator can give it.")


# ── what a round may go through ──────────────────────────────────────────────────────────────────
class RoundOpened(Refused):
    code = "review.round.opened"
    says = _("The round is open: its questionnaire, its words and its days stand as they are.")


class RoundNotOpened(Refused):
    code = "review.round.not-opened"
    says = _("The round is still being prepared. Open it first.")


class RoundClosed(Refused):
    code = "review.round.closed"
    says = _("The round is closed. An officer of the Secretariat can open it again.")


class RoundNotClosed(Refused):
    code = "review.round.not-closed"
    says = _("The round is open already.")


class CutOffPassed(Refused):
    code = "review.round.cut-off-passed"
    says = _(
        "The last day on which replies were taken is over ({day}). Your answers are kept; ask the "
        "Secretariat if it still takes them."
    )


class RoundTold(Refused):
    code = "review.round.told"
    says = _(
        "This round is told by a report; Marsad did not hold it. Nothing can be sent or answered."
    )


class NobodyInvited(Refused):
    code = "review.round.nobody-invited"
    says = _("No State is invited yet. Invite at least one, then open the round.")


# ── who is invited ───────────────────────────────────────────────────────────────────────────────
class UnknownInvited(Invalid):
    code = "review.invitation.unknown-state"
    says = _("No State has the code {code}.")


class NotAState(Invalid):
    code = "review.invitation.not-a-state"
    says = _("{code} is a territory. A round invites States and other parties to the treaties.")


class RealInInventedRound(Invalid):
    code = "review.invitation.real-in-invented-round"
    says = _(
        "{code} is a real State, and this round is made of invented ones: no real State is ever "
        "shown with an answer it did not give."
    )


class InventedOutsideDemonstration(Refused):
    code = "review.round.invented-outside-demonstration"
    says = _("A round among invented States is held in a demonstration only.")


class InventedInRealRound(Invalid):
    code = "review.invitation.invented-in-real-round"
    says = _("{code} is an invented State, and this round asks real ones.")


class NoteHasGone(Refused):
    code = "review.invitation.note-has-gone"
    says = _("{code} has been sent a note verbale and stays on the register.")


# ── notes verbales ───────────────────────────────────────────────────────────────────────────────
class UnknownNote(Invalid):
    code = "review.note.unknown-ordinal"
    says = _("A round has a first and a second note verbale.")


class NoSecondDeadline(Refused):
    code = "review.note.no-second-deadline"
    says = _("A second note names a new deadline. Give the round one first.")


class FirstNoteFirst(Refused):
    code = "review.note.first-note-first"
    says = _("The first note verbale has not been sent yet.")


class NobodyToWriteTo(Refused):
    code = "review.note.nobody-to-write-to"
    says = _("Every State has been sent this note, has answered, or has declined.")


class NoteDueOver(Refused):
    code = "review.note.due-over"
    says = _("The deadline that this note would name is over ({day}).")


class UnknownNoteFormat(Invalid):
    code = "review.note.unknown-format"
    says = _("A note verbale cannot be had as “{given}”. Choose one of: {choices}.")


class NothingToTryAgain(Refused):
    code = "review.note.nothing-to-try-again"
    says = _("No mail of this round was kept from going out.")


# ── the register ─────────────────────────────────────────────────────────────────────────────────
class AnsweredAlready(Refused):
    code = "review.register.answered"
    says = _("This State has answered; it cannot have declined.")


class DeclinedAlready(Refused):
    code = "review.register.declined"
    says = _("It is on the register already that this State declined.")


class NotDeclined(Refused):
    code = "review.register.not-declined"
    says = _("This State did not decline.")


class UnknownRegisterFormat(Invalid):
    code = "review.register.unknown-format"
    says = _("The register cannot be taken away as “{given}”. Choose one of: {choices}.")


class UnknownStanding(Invalid):
    code = "review.register.unknown-standing"
    says = _("“{given}” is no standing of the register. Choose one of: {choices}.")


# ── a round that a report tells of ───────────────────────────────────────────────────────────────
class TellsOfNoRound(Refused):
    code = "review.told.no-round"
    says = _(
        "“{document}” lists no States that replied, so it tells of no round. Choose a report that "
        "does."
    )


class ToldAlready(Refused):
    code = "review.told.already"
    says = _("The round that “{document}” tells of is here already.")


__all__ = [
    "AnsweredAlready",
    "CutOffPassed",
    "DeclinedAlready",
    "DueInThePast",
    "DueMissing",
    "DueOutOfOrder",
    "DueTooFarAhead",
    "FirstNoteFirst",
    "FormNotPublished",
    "FormWithdrawn",
    "InventedInRealRound",
    "InventedOutsideDemonstration",
    "NoSecondDeadline",
    "NoSuchNote",
    "NoSuchRound",
    "NobodyInvited",
    "NobodyToWriteTo",
    "NotAState",
    "NotAnalystByRole",
    "NotDeclined",
    "NotInvited",
    "NotTheSecretariat",
    "NoteDueOver",
    "NoteHasGone",
    "NothingToTryAgain",
    "RealInInventedRound",
    "RoundClosed",
    "RoundNotClosed",
    "RoundNotOpened",
    "RoundOpened",
    "RoundTold",
    "RoundWithoutTitle",
    "RoundWordsTooLong",
    "TellsOfNoRound",
    "ToldAlready",
    "UnknownInvited",
    "UnknownMandate",
    "UnknownNote",
    "UnknownNoteFormat",
    "UnknownRegisterFormat",
    "UnknownRoundLanguage",
    "UnknownStanding",
]
