"""Write and mail notes verbales, and remind those who have not answered."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marsad.design.formatting import for_reader, reading_as
from marsad.design.printing.made import Exported
from marsad.directory import queries as directory
from marsad.directory.types import OPERATOR, Person, Reader
from marsad.journal import actions as journal
from marsad.problems import Problem
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.review import mail, notes, problems
from marsad.review.actions import posting
from marsad.review.actions.round import held
from marsad.review.models import Invitation, Note, Round
from marsad.review.queries import note as queries
from marsad.review.queries import register, rights
from marsad.review.queries.round import due_of, end_of, in_language
from marsad.review.types.round import NoteCard

#: A reminder goes out this many days before a deadline, or later, and once.
REMIND_DAYS = 10
#: The turn of those who number notes: two who send at once would count the same.
_TURN = 0x4E56


# ── writing ──────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def send(
    *, round_key: str, ordinal: int = 1, by: Reader, at: datetime, address: str = ""
) -> list[Note]:
    """Write the first or the second note to every State that is still to have it.

    They are numbered, dated and on the register at once; the mails follow by themselves, in the
    background.

    :param ordinal: 1 for the first note; 2 for the second, which names the new deadline and goes to
        those who have neither answered nor declined.
    :param address: where replies are given, as the note says it.
    :raises RoundNotOpened, RoundClosed, UnknownNote, NoSecondDeadline, FirstNoteFirst, NoteDueOver:
    :raises NobodyToWriteTo: if no State is left to be written to.
    """
    round_ = held(round_key, by=by)
    due = _due(round_, ordinal=ordinal, at=at)
    invitations = list(
        register.to_be_sent(round_, ordinal=ordinal).select_related("state", "round")
    )
    if not invitations:
        raise problems.NobodyToWriteTo
    posting.remember_address(round_, address.strip())
    written = _write(
        round_, invitations, ordinal=ordinal, due=due, by=by, at=at, address=address.strip()
    )
    fresh = [each.pk for each in invitations if each.sent_at is None]
    Invitation.objects.filter(pk__in=fresh).update(sent_at=at)
    journal.record(
        action="review.note.send",
        on=round_,
        by=rights.person_of(by),
        at=at,
        details={"ordinal": ordinal, "states": len(invitations), "notes": len(written)},
    )
    return written


def _due(round_: Round, *, ordinal: int, at: datetime) -> date:
    if round_.opened_at is None:
        raise problems.RoundNotOpened
    if round_.closed_at is not None:
        raise problems.RoundClosed
    if ordinal not in (1, 2):
        raise problems.UnknownNote
    if ordinal == 2 and round_.second_due_on is None:
        raise problems.NoSecondDeadline
    if ordinal == 2 and not round_.notes.filter(ordinal=1).exists():
        raise problems.FirstNoteFirst
    due = round_.second_due_on if ordinal == 2 else round_.due_on
    if due is None or at >= end_of(due):
        raise problems.NoteDueOver(day=for_reader().date(due) if due else "")
    return due


def _write(
    round_: Round,
    invitations: Sequence[Invitation],
    *,
    ordinal: int,
    due: date,
    by: Reader,
    at: datetime,
    address: str,
) -> list[Note]:
    today = timezone.localdate(at)
    first = {(each.invitation_id, each.language): each for each in round_.notes.filter(ordinal=1)}
    titles = _questionnaire(round_)
    series = _series(round_, year=today.year)
    last = _last_number(series, year=today.year)
    bodies = queries.focal_bodies(each.state_id for each in invitations)
    made: list[Note] = []
    for invitation in invitations:
        body = bodies.get(invitation.state_id)
        for language in round_.languages:
            earlier = first.get((invitation.pk, language)) if ordinal > 1 else None
            said = notes.compose(
                notes.Facts(
                    language=language,
                    ordinal=ordinal if earlier else 1,
                    state=register.name_of(invitation.state, language),
                    body=directory.body_name(body, language=language) if body else "",
                    title=in_language(round_.titles, language),
                    mandate=round_.mandate.get(language, ""),
                    questionnaire=in_language(titles, language),
                    due_on=due,
                    cut_off_on=round_.cut_off_on,
                    address=address,
                    first_number=earlier.number if earlier else "",
                    first_dated_on=earlier.dated_on if earlier else None,
                    first_due_on=earlier.due_on if earlier else None,
                )
            )
            made.append(
                Note(
                    round=round_,
                    invitation=invitation,
                    key=secrets.token_hex(8),
                    ordinal=ordinal,
                    number=f"{series}{last + len(made) + 1}",
                    language=language,
                    dated_on=today,
                    due_on=due,
                    addressee=said.addressee[:300],
                    paragraphs=list(said.paragraphs),
                    made_at=at,
                    made_by=rights.person_of(by),
                )
            )
    return Note.objects.bulk_create(made)


def _series(round_: Round, *, year: int) -> str:
    """What numbers begin with: notes that nobody is sent use up no number of those that are."""
    return f"NV/DEMO/{year}/" if round_.is_invented else f"NV/{year}/"


def _last_number(series: str, *, year: int) -> int:
    """The last number of a series, and the turn to give the next until this act is over.

    Notes are never deleted, so their count is the last number, and there is no gap.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_TURN, year])
    return Note.objects.filter(number__startswith=series).count()


def _questionnaire(round_: Round) -> dict[str, str]:
    form = questionnaires.form(reader=OPERATOR, key=round_.form_key)
    return {**form.titles} or {"en": form.form_id}


# ── mailing ──────────────────────────────────────────────────────────────────────────────────────
def mail_notes(*, round_id: int, at: datetime) -> int:
    """Mail the notes of a round that wait: what the worker does. It can be begun again at any time.

    Each State by itself, so that what went out stays on record whatever happens after.

    :return: how many notes went out.
    """
    round_ = Round.objects.get(pk=round_id)
    post = mail.open_post()
    waiting = (
        Note.objects.filter(round=round_, mailed_at__isnull=True, mail_problem="")
        .order_by("invitation", "ordinal")
        .values_list("invitation_id", "ordinal")
        .distinct()
    )
    return sum(
        _mail_to_state(post, round_, invitation_id=invitation, ordinal=ordinal, at=at)
        for invitation, ordinal in list(waiting)
    )


def _mail_to_state(
    post: BaseEmailBackend, round_: Round, *, invitation_id: int, ordinal: int, at: datetime
) -> int:
    """One mail with the notes in all languages to each focal point of one State.

    What keeps one of them from being reached keeps the others from nothing.
    """
    waiting = list(
        Note.objects.filter(
            invitation=invitation_id, ordinal=ordinal, mailed_at__isnull=True, mail_problem=""
        )
        .select_related("invitation")
        .order_by("language")
    )
    if not waiting:
        return 0
    people = queries.focal_points(waiting[0].invitation.state_id)
    problem = "" if people else "nobody"
    try:
        files = [_letter(each, round_) for each in waiting] if people else []
    except mail.MailKept as kept:
        people, problem = [], kept.why
    about = _about(invitation_id, ordinal)
    already = set(waiting[0].mailed_to.values_list("pk", flat=True))
    for person in people:
        if person.pk in already:
            continue
        said = _words(person, round_, waiting)
        try:
            outcome = posting.hand_over(
                about=about,
                to=person,
                at=at,
                send=partial(_mail, post, person, round_, said, files),
            )
        except mail.MailKept as kept:
            problem = kept.why
            continue
        if outcome is posting.Outcome.ELSEWHERE:
            return 0
        if outcome is posting.Outcome.UNKNOWN:
            problem = "unknown"
            continue
        for each in waiting:
            each.mailed_to.add(person)
    for each in waiting:
        each.mail_problem, each.mailed_at = problem, None if problem else timezone.now()
        each.save(update_fields=["mail_problem", "mailed_at"])
    return 0 if problem else len(waiting)


def _about(invitation_id: int, ordinal: int) -> str:
    return f"note:{invitation_id}:{ordinal}"


def _letter(note: Note, round_: Round) -> Exported:
    card = queries.one(reader=OPERATOR, round_=round_, key=note.key)
    try:
        return notes.letter(card, format="pdf", is_invented=round_.is_invented)
    except Problem as problem:
        raise mail.MailKept("unwritten") from problem


def _words(person: Person, round_: Round, sent: Sequence[Note]) -> tuple[str, str]:
    """Subject and body of the mail that takes notes along."""
    language = mail.language_of(person, round_)
    with reading_as(language=language) as formatter:
        numbers = formatter.listed(each.number for each in sent)
        subject = _("Note verbale {numbers}: {title}").format(
            numbers=numbers, title=in_language(round_.titles, language)
        )
        body = _(
            "Please find attached the note verbale {numbers}.\n\n"
            "Reply requested by: {due}, at the end of the day in Vienna.\n\n"
            "Sign in to Marsad to share out the sections, draft the reply and send it."
        ).format(numbers=numbers, due=formatter.date(sent[0].due_on))
    return subject, posting.with_link(body, round_, _reply_address(sent[0].invitation, round_))


def _reply_address(invitation: Invitation, round_: Round) -> str:
    return reverse("review:reply", args=[round_.key, invitation.state_id])


def _mail(
    post: BaseEmailBackend,
    person: Person,
    round_: Round,
    said: tuple[str, str],
    files: Sequence[Exported] = (),
) -> None:
    mail.send(
        post,
        to=person,
        about=round_,
        language=mail.language_of(person, round_),
        subject=said[0],
        body=said[1],
        files=files,
    )


@transaction.atomic
def try_again(*, round_key: str, by: Reader, at: datetime) -> int:
    """Mail once more what was kept from going out, and what had nobody to go to.

    :return: how many notes are tried.
    :raises NothingToTryAgain: if nothing was kept.
    """
    round_ = held(round_key, by=by)
    kept = Note.objects.filter(round=round_, mailed_at__isnull=True).exclude(mail_problem="")
    posting.may_be_sent_again(
        _about(*each) for each in kept.values_list("invitation_id", "ordinal").distinct()
    )
    count = kept.update(mail_problem="")
    if not count:
        raise problems.NothingToTryAgain
    journal.record(
        action="review.note.try_again",
        on=round_,
        by=rights.person_of(by),
        at=at,
        details={"notes": count},
    )
    return count


# ── reminders ────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Reminded:
    """What came of reminding."""

    #: Codes of the States that were reminded, and of those whose mail did not go out.
    states: Sequence[str]
    kept: Sequence[str]


def remind(*, at: datetime, by: Reader = OPERATOR, round_key: str = "") -> Reminded:
    """Mail the focal points of States whose deadline is near, once for each deadline.

    :param round_key: of one round; of every open round where none is given.
    """
    rights.require_secretariat(by)
    found = Round.objects.filter(
        opened_at__isnull=False, closed_at__isnull=True, told_by__isnull=True
    )
    if round_key:
        found = found.filter(pk=rights.round_for(by, key=round_key).pk)
    post = mail.open_post()
    done: list[str] = []
    kept: list[str] = []
    for round_ in found:
        for invitation in _to_remind(round_, at=at):
            outcome = _remind(post, round_, invitation_id=invitation.pk, by=by, at=at)
            if outcome is not None:
                (done if outcome else kept).append(invitation.state_id)
    return Reminded(states=done, kept=kept)


def _to_remind(round_: Round, *, at: datetime) -> Iterable[Invitation]:
    waiting = register.outstanding(round_).filter(sent_at__isnull=False).select_related("round")
    return [each for each in waiting if _is_near(each, at=at)]


def _is_near(invitation: Invitation, *, at: datetime) -> bool:
    due = due_of(invitation)
    if due is None or invitation.reminded_of == due:
        return False
    return end_of(due - timedelta(days=REMIND_DAYS + 1)) <= at < end_of(due)


def _remind(
    post: BaseEmailBackend, round_: Round, *, invitation_id: int, by: Reader, at: datetime
) -> bool | None:
    """Whether the mail went out to all; None where somebody else reminds them at this moment.

    Whom it did not reach is tried again on the next day, and nobody else.
    """
    invitation = _still_to_remind(invitation_id, at=at)
    due = due_of(invitation) if invitation else None
    if invitation is None or due is None:
        return None
    people = queries.focal_points(invitation.state_id)
    outcomes: list[posting.Outcome | None] = []
    for person in people:
        said = _reminder(person, invitation, round_, due=due)
        try:
            outcome = posting.hand_over(
                about=f"reminder:{invitation.pk}:{due.isoformat()}",
                to=person,
                at=at,
                send=partial(_mail, post, person, round_, said),
            )
        except mail.MailKept:
            outcomes.append(None)
            continue
        if outcome is posting.Outcome.ELSEWHERE:
            return None
        outcomes.append(outcome)
    if not outcomes or None in outcomes:
        return False
    _note_reminded(invitation, due=due, by=by, at=at, outcomes=outcomes)
    return posting.Outcome.UNKNOWN not in outcomes


def _still_to_remind(invitation_id: int, *, at: datetime) -> Invitation | None:
    found = (
        Invitation.objects.select_related("round")
        .filter(pk=invitation_id, answered_at__isnull=True, declined_at__isnull=True)
        .first()
    )
    return found if found is not None and _is_near(found, at=at) else None


@transaction.atomic
def _note_reminded(
    invitation: Invitation,
    *,
    due: date,
    by: Reader,
    at: datetime,
    outcomes: Sequence[posting.Outcome | None],
) -> None:
    """Write down that a State was reminded, once; and of how many mails nobody knows."""
    fresh = Invitation.objects.filter(pk=invitation.pk).exclude(reminded_of=due)
    if not fresh.update(reminded_of=due):
        return
    unknown = sum(each is posting.Outcome.UNKNOWN for each in outcomes)
    journal.record(
        action="review.invitation.remind",
        on=invitation,
        by=rights.person_of(by),
        at=at,
        details={"unknown": unknown} if unknown else {},
    )


def _reminder(
    person: Person, invitation: Invitation, round_: Round, *, due: date
) -> tuple[str, str]:
    """Subject and body of a reminder."""
    language = mail.language_of(person, round_)
    with reading_as(language=language) as formatter:
        title = in_language(round_.titles, language)
        subject = _("Reminder, reply by {due}: {title}").format(
            due=formatter.date(due), title=title
        )
        body = _(
            "No reply of your State to “{title}” has reached the Secretariat yet. Replies are "
            "requested by {due}, at the end of the day in Vienna.\n\n"
            "What was drafted so far is kept; sign in to Marsad to go on."
        ).format(title=title, due=formatter.date(due))
    return subject, posting.with_link(body, round_, _reply_address(invitation, round_))


__all__ = [
    "REMIND_DAYS",
    "NoteCard",
    "Reminded",
    "mail_notes",
    "remind",
    "send",
    "try_again",
]
