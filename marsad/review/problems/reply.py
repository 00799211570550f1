"""Replies, their answers, and what is said about them."""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _


class NoSuchReply(NotFound):
    code = "review.reply.not-found"
    says = _("There is no such reply, or it is not open to you.")


class NoSuchSection(NotFound):
    code = "review.reply.no-such-section"
    says = _("The questionnaire has no such section, or it is not open to you.")


class NoSuchQuestion(NotFound):
    code = "review.reply.no-such-question"
    says = _("The questionnaire has no such question, or it is not open to you.")


class NoSuchAnswer(NotFound):
    code = "review.reply.no-such-answer"
    says = _("There is no such answer, or it is not open to you.")


class NoSuchPart(NotFound):
    code = "review.reply.no-such-part"
    says = _("This section is not in the hands of that body, or it is not open to you.")


class NoSuchRemark(NotFound):
    code = "review.reply.no-such-remark"
    says = _("There is no such remark, or it is not open to you.")


class NotTheFocalPoint(NotAllowed):
    code = "review.reply.not-the-focal-point"
    says = _(
        "Only the focal point of the State may do this. If the focal point was replaced, the "
        "Secretariat can put the new one in."
    )


class NotYourSection(NotAllowed):
    code = "review.reply.not-your-section"
    says = _("This section was not given to you. The focal point of your State hands sections out.")


# ── what a reply may go through ──────────────────────────────────────────────────────────────────
class ReplySent(Refused):
    code = "review.reply.sent-already"
    says = _(
        "The reply was sent on {day}, and only once it can be. Answers can still be updated, each "
        "with a reason."
    )


class ReplyDeclined(Refused):
    code = "review.reply.declined"
    says = _(
        "Your State declined to answer in this round. The focal point can take that back before "
        "the last day on which replies are taken."
    )


class ReplyMoved(Refused):
    code = "review.reply.moved"
    says = _(
        "Somebody changed answers while you looked through them, so nothing was sent. Look at what "
        "is new below, and send again."
    )


class ReplyFaulty(Refused):
    code = "review.reply.faulty"
    says = _(
        "{count} answers cannot stand as they are, so the reply was not sent. They are listed "
        "below; correct them, and send again."
    )


class NotSentYet(Refused):
    code = "review.reply.not-sent"
    says = _("The reply has not been sent yet.")


class ChangedMeanwhile(Refused):
    """Details: `path`, `position`, `revision` and `answer` (the key) of the one that holds."""

    code = "review.answer.changed-meanwhile"
    says = _(
        "Somebody else answered this question meanwhile. Nothing was overwritten: look at both "
        "answers, and choose."
    )


# ── what was typed ───────────────────────────────────────────────────────────────────────────────
class AnswerTooLong(Invalid):
    code = "review.answer.too-long"
    says = _(
        "This answer has {count} characters, and {most} fit. It was not saved; shorten it, or put "
        "the rest in a document of your own and name it here."
    )


class OptionUnknown(Invalid):
    code = "review.answer.unknown-option"
    says = _("The question does not offer “{value}”. Choose one of what it offers.")


class NotAnswerable(Invalid):
    code = "review.answer.not-answerable"
    says = _("This kind of question cannot be answered here.")


class TooManyEntries(Invalid):
    code = "review.answer.too-many-entries"
    says = _("At most {most} entries fit here.")


class AnswerFaulty(Invalid):
    """Only once the reply was sent: before that, a draft may be wrong for a while."""

    code = "review.answer.faulty"
    says = _("{sentence} The answer of before stands.")


class ReasonMissing(Invalid):
    code = "review.answer.reason-missing"
    says = _("The reply was sent. Say why this answer changes; the reason stays on record with it.")


class ReasonTooLong(Invalid):
    code = "review.answer.reason-too-long"
    says = _("This is longer than {most} characters. Shorten it.")


class RemarkEmpty(Invalid):
    code = "review.remark.empty"
    says = _("Write what you want to say.")


class BodyUnknown(Invalid):
    code = "review.part.unknown-body"
    says = _("This is no body of your State. Choose one of the list.")


class NothingToTakeOver(Invalid):
    code = "review.answer.nothing-to-take-over"
    says = _("Choose at least one earlier answer.")


class UnknownDay(Invalid):
    code = "review.reply.unknown-day"
    says = _("“{given}” is no day. Write it as year-month-day, such as 2026-11-22.")


__all__ = [
    "AnswerFaulty",
    "AnswerTooLong",
    "BodyUnknown",
    "ChangedMeanwhile",
    "NoSuchAnswer",
    "NoSuchPart",
    "NoSuchQuestion",
    "NoSuchRemark",
    "NoSuchReply",
    "NoSuchSection",
    "NotAnswerable",
    "NotSentYet",
    "NotTheFocalPoint",
    "NotYourSection",
    "NothingToTakeOver",
    "OptionUnknown",
    "ReasonMissing",
    "ReasonTooLong",
    "RemarkEmpty",
    "ReplyDeclined",
    "ReplyFaulty",
    "ReplyMoved",
    "ReplySent",
    "TooManyEntries",
    "UnknownDay",
]
