"""Hand mails over, each once: that it was begun is on record before, what came of it afterwards.

Every step here is a transaction of its own. Called inside another one, a crash would take the
record with it, and the mail would go out twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from urllib.parse import urljoin

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from marsad.directory.types import Person
from marsad.review import mail
from marsad.review.models import Mailing, Round

#: The turn of those who hand over the same mail.
_TURN = 0x4D41


class Outcome(Enum):
    """What came of handing a mail over."""

    #: The mail server has it, since now or since before.
    HANDED = "handed"
    #: Somebody began, and never came back to tell.
    UNKNOWN = "unknown"
    #: Somebody else hands it over at this moment.
    ELSEWHERE = "elsewhere"


def hand_over(*, about: str, to: Person, at: datetime, send: Callable[[], None]) -> Outcome:
    """Hand a mail over, unless that was done, or may have been done.

    :param send: hands it over; what it writes was composed before.
    :raises MailKept: if it did not go out; it may be tried again.
    """
    with _alone(about, to) as is_alone:
        if not is_alone:
            return Outcome.ELSEWHERE
        mailing, is_new = Mailing.objects.get_or_create(
            about=about, person=to, defaults={"begun_at": at}
        )
        if mailing.handed_at is not None:
            return Outcome.HANDED
        if not is_new and not mailing.problem:
            return Outcome.UNKNOWN
        mailing.begun_at, mailing.problem = at, ""
        mailing.save(update_fields=["begun_at", "problem"])
        try:
            send()
        except mail.MailKept as kept:
            mailing.problem = kept.why
            mailing.save(update_fields=["problem"])
            raise
        mailing.handed_at = timezone.now()
        mailing.save(update_fields=["handed_at"])
        return Outcome.HANDED


def hand_over_to_each(
    people: Iterable[Person],
    *,
    about: str,
    round_: Round,
    at: datetime,
    write: Callable[[str], tuple[str, str]],
) -> int:
    """Write the same to several people, each in their language; how many have it.

    Whoever is not reached keeps nobody else from being written to.

    :param write: makes subject and body in the language that it is called with.
    """
    post = mail.open_post()
    reached = 0
    for person in people:
        language = mail.language_of(person, round_)
        with override(language):
            subject, body = write(language)

        def send(
            person: Person = person,
            language: str = language,
            said: tuple[str, str] = (subject, body),
        ) -> None:
            mail.send(
                post, to=person, about=round_, language=language, subject=said[0], body=said[1]
            )

        try:
            outcome = hand_over(about=about, to=person, at=at, send=send)
        except mail.MailKept:
            continue
        reached += outcome is Outcome.HANDED
    return reached


def may_be_sent_again(about: Iterable[str]) -> None:
    """Somebody asks for mails of which nobody knows whether they went out: send them again."""
    Mailing.objects.filter(about__in=list(about), handed_at__isnull=True, problem="").update(
        problem="unknown"
    )


@contextmanager
def _alone(about: str, to: Person) -> Iterator[bool]:
    """Whether nobody else hands the same mail over; the turn ends with the connection too."""
    turn = (_TURN, f"{about}:{to.pk}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", turn)
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", turn)


# ── where Marsad is reached ──────────────────────────────────────────────────────────────────────
def remember_address(round_: Round, address: str) -> None:
    """Keep where a round is reached, as whoever acts in a browser sees it, for links in mails."""
    if address and address != round_.address:
        round_.address = address
        Round.objects.filter(pk=round_.pk).update(address=address)


def link(round_: Round, path: str) -> str:
    """The address of a page, as a mail writes it; empty where it is not known how Marsad is called.

    A worker serves no address: it is where this installation was told that it is reached, or where
    the round was when its notes were sent.
    """
    known = [*settings.CSRF_TRUSTED_ORIGINS, round_.address]
    base = next((each for each in known if each and "*" not in each), "")
    return urljoin(base, path) if base else ""


def with_link(body: str, round_: Round, path: str) -> str:
    """The words of a mail, and under them where it leads, as far as that is known."""
    there = link(round_, path)
    return f"{body}\n\n{there}" if there else body


__all__ = [
    "Outcome",
    "hand_over",
    "hand_over_to_each",
    "link",
    "may_be_sent_again",
    "remember_address",
    "with_link",
]
