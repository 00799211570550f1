"""Prepare a round, invite States, open it, close it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from marsad.directory import queries as directory
from marsad.directory.types import OPERATOR, Person, Reader, Role, State, StateKind
from marsad.journal import actions as journal
from marsad.library import problems as library_problems
from marsad.library.queries import rights as library
from marsad.problems import Problem
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.types import FormContent
from marsad.questionnaires.words import State as FormState
from marsad.review import problems
from marsad.review.models import Analyst, Invitation, Note, Round
from marsad.review.queries import rights
from marsad.review.queries.round import LANGUAGES, end_of

#: No deadline lies further ahead.
MOST_YEARS = 10
LONGEST_TITLE = 300
LONGEST_MANDATE = 1000


# ── prepare ──────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def prepare(
    *,
    titles: Mapping[str, str],
    mandate: Mapping[str, str],
    form_key: str,
    languages: Sequence[str],
    due_on: date | None,
    second_due_on: date | None = None,
    cut_off_on: date | None = None,
    by: Reader,
    at: datetime,
    is_invented: bool = False,
    mandate_document: str = "",
    mandate_anchor: str = "",
) -> Round:
    """Begin a round: what is asked, on whose decision, until when. Nobody is told yet.

    :param titles: by language code, one for each of `languages`.
    :param mandate: the decision in words, by language code.
    :param form_key: key of a published version of a questionnaire.
    :param cut_off_on: the last day on which a late reply is taken; the last deadline where none is
        given.
    :param mandate_document: key or symbol of the decision in the library, where it has it.
    :raises InventedOutsideDemonstration: if a round of invented States is wanted elsewhere.
    """
    rights.require_secretariat(by)
    if is_invented and not settings.DEMO:
        raise problems.InventedOutsideDemonstration
    words = _words(titles, mandate, languages=languages)
    days = _days(due_on, second_due_on, cut_off_on, at=at)
    _require_published(_form(form_key, by=by))
    round_ = Round.objects.create(
        key=secrets.token_hex(8),
        form_key=form_key,
        mandate_document_id=_paper(mandate_document, by=by),
        mandate_anchor=mandate_anchor.strip() if mandate_document else "",
        made_at=at,
        made_by=rights.person_of(by),
        is_invented=is_invented,
        **words,
        **days,
    )
    journal.record(action="review.round.prepare", on=round_, by=rights.person_of(by), at=at)
    return round_


@transaction.atomic
def edit(
    *,
    key: str,
    titles: Mapping[str, str],
    mandate: Mapping[str, str],
    form_key: str,
    languages: Sequence[str],
    due_on: date | None,
    second_due_on: date | None = None,
    cut_off_on: date | None = None,
    by: Reader,
    at: datetime,
    mandate_document: str = "",
    mandate_anchor: str = "",
) -> Round:
    """Change a round that is still being prepared.

    :raises RoundOpened: once it was opened.
    """
    round_ = held(key, by=by)
    if round_.opened_at is not None:
        raise problems.RoundOpened
    words = _words(titles, mandate, languages=languages)
    days = _days(due_on, second_due_on, cut_off_on, at=at)
    _require_published(_form(form_key, by=by))
    changes: dict[str, Any] = {
        **words,
        **days,
        "form_key": form_key,
        "mandate_document_id": _paper(mandate_document, by=by),
        "mandate_anchor": mandate_anchor.strip() if mandate_document else "",
    }
    for name, value in changes.items():
        setattr(round_, name, value)
    round_.save()
    journal.record(action="review.round.edit", on=round_, by=rights.person_of(by), at=at)
    return round_


def held(key: str, *, by: Reader) -> Round:
    """A round that an officer acts on, held so that nobody else does meanwhile.

    :raises NoSuchRound, NotTheSecretariat:
    :raises RoundTold: if a report tells of it, and Marsad did not hold it.
    """
    known = rights.round_for(by, key=key)
    rights.require_secretariat(by)
    if known.told_by_id is not None:
        raise problems.RoundTold
    return Round.objects.select_for_update().get(pk=known.pk)


def _words(
    titles: Mapping[str, str], mandate: Mapping[str, str], *, languages: Sequence[str]
) -> dict[str, Any]:
    chosen = [each for each in LANGUAGES if each in languages]
    if not chosen or set(languages) - set(LANGUAGES):
        raise problems.UnknownRoundLanguage
    kept = _trimmed(titles, most=LONGEST_TITLE)
    if untitled := [language for language in chosen if not kept.get(language)]:
        raise problems.RoundWithoutTitle(field=f"title_{untitled[0]}")
    return {
        "titles": kept,
        "mandate": _trimmed(mandate, most=LONGEST_MANDATE),
        "languages": chosen,
    }


def _trimmed(words: Mapping[str, str], *, most: int) -> dict[str, str]:
    kept = {language: " ".join(text.split()) for language, text in words.items() if text.strip()}
    if any(len(text) > most for text in kept.values()):
        raise problems.RoundWordsTooLong(most=most)
    return kept


def _days(
    due: date | None, second: date | None, cut_off: date | None, *, at: datetime
) -> dict[str, date | None]:
    if due is None:
        raise problems.DueMissing(field="due_on")
    last = cut_off or second or due
    today = timezone.localdate(at)
    for field, day in (("due_on", due), ("second_due_on", second), ("cut_off_on", last)):
        if day is not None and day < today:
            raise problems.DueInThePast(field=field)
        if day is not None and day.year > today.year + MOST_YEARS:
            raise problems.DueTooFarAhead(most=MOST_YEARS, field=field)
    if second is not None and second <= due:
        raise problems.DueOutOfOrder(field="second_due_on")
    if last < (second or due):
        raise problems.DueOutOfOrder(field="cut_off_on")
    return {"due_on": due, "second_due_on": second, "cut_off_on": last}


def _form(key: str, *, by: Reader) -> FormContent:
    try:
        return questionnaires.form(reader=by, key=key)
    except Problem as problem:
        raise problems.FormNotPublished from problem


def _require_published(form: FormContent) -> None:
    if form.state != FormState.PUBLISHED:
        raise problems.FormNotPublished


def _paper(named: str, *, by: Reader) -> int | None:
    if not named.strip():
        return None
    try:
        return library.document_for(by, key=named.strip()).pk
    except library_problems.NoSuchDocument as problem:
        raise problems.UnknownMandate(document=named) from problem


# ── who is asked, who analyses ───────────────────────────────────────────────────────────────────
@transaction.atomic
def invite(*, key: str, states: Iterable[str], by: Reader, at: datetime) -> int:
    """Put States on the register; those that stand there already stay as they are.

    :return: how many were added.
    :raises RoundClosed: if the round is over.
    :raises UnknownInvited, NotAState, RealInInventedRound, InventedInRealRound:
    """
    round_ = held(key, by=by)
    if round_.closed_at is not None:
        raise problems.RoundClosed
    wanted = {code.strip().upper() for code in states if code.strip()}
    known = {state.iso2: state for state in State.objects.filter(iso2__in=wanted)}
    for code in sorted(wanted):
        _require_invitable(code, known.get(code), round_=round_)
    there = set(round_.invitations.values_list("state_id", flat=True))
    added = sorted(wanted - there)
    Invitation.objects.bulk_create(
        Invitation(round=round_, state_id=code, invited_at=at) for code in added
    )
    if added:
        journal.record(
            action="review.round.invite",
            on=round_,
            by=rights.person_of(by),
            at=at,
            details={"states": added},
        )
    return len(added)


def _require_invitable(code: str, state: State | None, *, round_: Round) -> None:
    if state is None:
        raise problems.UnknownInvited(code=code)
    if state.kind == StateKind.TERRITORY:
        raise problems.NotAState(code=code)
    if round_.is_invented and not state.is_invented:
        raise problems.RealInInventedRound(code=code)
    if state.is_invented and not round_.is_invented:
        raise problems.InventedInRealRound(code=code)


@transaction.atomic
def take_off(*, key: str, states: Iterable[str], by: Reader, at: datetime) -> int:
    """Take States off the register that nothing was sent to.

    :return: how many were taken off.
    :raises NoteHasGone: if one of them was sent a note, or has begun.
    """
    round_ = held(key, by=by)
    lines = round_.invitations.filter(state_id__in=[code.strip().upper() for code in states])
    # Nobody opens a reply on a line that is being taken off: they come before, or find none.
    list(lines.select_for_update().values_list("pk", flat=True))
    gone = lines.exclude(notes=None, reply=None, sent_at=None, declined_at=None).first()
    if gone is not None:
        raise problems.NoteHasGone(code=gone.state_id)
    taken = sorted(lines.values_list("state_id", flat=True))
    lines.delete()
    if taken:
        journal.record(
            action="review.round.take_off",
            on=round_,
            by=rights.person_of(by),
            at=at,
            details={"states": taken},
        )
    return len(taken)


@transaction.atomic
def name_analyst(*, key: str, person: Person, by: Reader, at: datetime) -> Analyst:
    """Let a person code the answers of a round and write its findings.

    :raises NotAnalystByRole: if they hold no role of analyst today.
    """
    round_ = held(key, by=by)
    if not directory.holds(person, Role.ANALYST):
        raise problems.NotAnalystByRole(name=person.name)
    analyst, is_new = Analyst.objects.get_or_create(
        round=round_, person=person, defaults={"from_at": at}
    )
    if is_new:
        _record_analyst("review.round.name_analyst", round_, person, by=by, at=at)
    return analyst


@transaction.atomic
def release_analyst(*, key: str, person: Person, by: Reader, at: datetime) -> None:
    """Let a person analyse a round no more; what they found stays."""
    round_ = held(key, by=by)
    count, _rows = Analyst.objects.filter(round=round_, person=person).delete()
    if count:
        _record_analyst("review.round.release_analyst", round_, person, by=by, at=at)


def _record_analyst(
    action: str, round_: Round, person: Person, *, by: Reader, at: datetime
) -> None:
    journal.record(
        action=action, on=round_, by=rights.person_of(by), at=at, details={"person": person.pk}
    )


# ── open, close, open again ──────────────────────────────────────────────────────────────────────
@transaction.atomic
def open_round(*, key: str, by: Reader, at: datetime) -> Round:
    """Let the invited States in. Notes verbales are sent by themselves: see `actions.note`.

    :raises RoundOpened: if it is open already.
    :raises NobodyInvited, FormWithdrawn, DueInThePast:
    """
    round_ = held(key, by=by)
    if round_.opened_at is not None:
        raise problems.RoundOpened
    if not round_.invitations.exists():
        raise problems.NobodyInvited
    form = questionnaires.form(reader=OPERATOR, key=round_.form_key)
    if form.state != FormState.PUBLISHED:
        raise problems.FormWithdrawn
    if round_.due_on is None or at >= end_of(round_.due_on):
        raise problems.DueInThePast(field="due_on")
    round_.opened_at = at
    round_.save(update_fields=["opened_at"])
    journal.record(action="review.round.open", on=round_, by=rights.person_of(by), at=at)
    return round_


@transaction.atomic
def close(*, key: str, by: Reader, at: datetime) -> Round:
    """Take no more replies. What was written, sent or not, stays with its State.

    :raises RoundNotOpened: while it is prepared.
    :raises RoundClosed: if it is closed already.
    """
    round_ = held(key, by=by)
    if round_.opened_at is None:
        raise problems.RoundNotOpened
    if round_.closed_at is not None:
        raise problems.RoundClosed
    round_.closed_at = at
    round_.save(update_fields=["closed_at"])
    journal.record(action="review.round.close", on=round_, by=rights.person_of(by), at=at)
    return round_


@transaction.atomic
def reopen(*, key: str, cut_off_on: date | None = None, by: Reader, at: datetime) -> Round:
    """Take replies again, until the cut-off day or a new one.

    :param cut_off_on: a new last day for late replies; needed once the old one is over.
    :raises RoundNotOpened: while it is prepared.
    :raises RoundNotClosed: if it takes replies as it is.
    :raises DueInThePast: if the last day is over, and no later one is given.
    """
    round_ = held(key, by=by)
    if round_.opened_at is None:
        raise problems.RoundNotOpened
    is_over = round_.cut_off_on is not None and at >= end_of(round_.cut_off_on)
    if round_.closed_at is None and not is_over and cut_off_on is None:
        raise problems.RoundNotClosed
    if cut_off_on is not None:
        if cut_off_on < (round_.second_due_on or round_.due_on or cut_off_on):
            raise problems.DueOutOfOrder(field="cut_off_on")
        _days(cut_off_on, None, None, at=at)
        round_.cut_off_on = cut_off_on
    elif is_over:
        raise problems.DueInThePast(field="cut_off_on")
    round_.closed_at = None
    round_.save(update_fields=["closed_at", "cut_off_on"])
    journal.record(action="review.round.reopen", on=round_, by=rights.person_of(by), at=at)
    return round_


@transaction.atomic
def set_second_deadline(*, key: str, day: date, by: Reader, at: datetime) -> Round:
    """Give a round the deadline that its second note names; the cut-off moves with it if it must.

    :raises RoundClosed, DueInThePast, DueOutOfOrder, DueTooFarAhead:
    :raises RoundOpened: once the second note was written.
    """
    round_ = held(key, by=by)
    if round_.closed_at is not None:
        raise problems.RoundClosed
    if Note.objects.filter(round=round_, ordinal__gte=2).exists():
        raise problems.RoundOpened
    if round_.due_on is not None and day <= round_.due_on:
        raise problems.DueOutOfOrder(field="second_due_on")
    cut_off = max(day, round_.cut_off_on or day)
    _days(day, None, cut_off, at=at)
    round_.second_due_on, round_.cut_off_on = day, cut_off
    round_.save(update_fields=["second_due_on", "cut_off_on"])
    journal.record(action="review.round.set_second", on=round_, by=rights.person_of(by), at=at)
    return round_
