"""Mail of the room, through Django's: each person gets their own, and nobody's address is logged.

A mail that could not be handed over is a word of `KEPT`, never the error itself: the errors of mail
servers repeat the addresses they refuse.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from marsad.design.printing.made import Exported
from marsad.directory.types import Person
from marsad.problems import _
from marsad.review import invented
from marsad.review.models import Round

log = logging.getLogger(__name__)

#: What can keep a mail from going out, and how a reader is told.
KEPT = {
    "nobody": _(
        "Nobody is named as focal point of this State, so the note goes by hand, to its permanent "
        "mission."
    ),
    "no-mail": _("No mail server is set up here, so the note goes by hand."),
    "refused": _("The mail server refused the address. Check it with the focal point."),
    "unreachable": _("The mail server did not answer. Try again later."),
    "unwritten": _("The letter could not be made, so no mail went out. Try again later."),
    "unknown": _(
        "The machine stopped while this mail was handed over: nobody knows whether it went out. "
        "Ask the focal point, or try again."
    ),
}


#: Those after which a note is carried to the mission.
BY_HAND = frozenset({"nobody", "no-mail"})


class MailKept(Exception):  # noqa: N818 - it is caught in this room and told as data
    """A mail did not go out.

    :param why: one of `KEPT`.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def open_post() -> BaseEmailBackend:
    """A connection for many mails; the server greets once."""
    post: BaseEmailBackend = get_connection()
    try:
        post.open()
    except (OSError, smtplib.SMTPException) as error:
        # Each mail tries again by itself, and is told if that fails too.
        log.warning("the mail server did not answer: %s", type(error).__name__)
    return post


def send(
    post: BaseEmailBackend,
    *,
    to: Person,
    about: Round,
    language: str,
    subject: str,
    body: str,
    files: Sequence[Exported] = (),
) -> None:
    """Hand a mail over, marked where the round that it is about is invented.

    :raises MailKept: if it did not go out.
    """
    if not settings.SENDS_MAIL:
        raise MailKept("no-mail")
    if about.is_invented:
        subject = f"[{invented.mark(language)}] {subject}"
        body = f"{invented.sentence(language)}\n\n{body}"
    message = EmailMessage(subject=subject, body=body, to=[to.email], connection=post)
    for file in files:
        message.attach(file.file_name, file.data, file.media_type)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        _log(to, error)
        raise MailKept("refused") from None
    except (OSError, smtplib.SMTPException) as error:
        _log(to, error)
        raise MailKept("unreachable") from None


def language_of(person: Person, round_: Round) -> str:
    """The language to write to somebody in."""
    if person.language in ("ar", "en"):
        return person.language
    return next(iter(round_.languages), "en")


def _log(to: Person, error: Exception) -> None:
    # The kind of the error and no more: its words hold addresses.
    log.warning("a mail to person %s did not go out: %s", to.pk, type(error).__name__)
