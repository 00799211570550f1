"""Notes verbales that went out, and to whom the next ones go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from marsad.directory.types import Body, Membership, Person, Reader, Role
from marsad.problems import spoken
from marsad.review import mail, problems
from marsad.review.models import Note, Round
from marsad.review.queries import rights
from marsad.review.queries.register import by_name, name_of
from marsad.review.types.round import NoteCard, Sending


def visible(reader: Reader, round_: Round) -> QuerySet[Note]:
    """The notes of a round that a reader may read: all for the Secretariat, a State its own."""
    notes = Note.objects.filter(round=round_)
    if rights.is_secretariat(reader):
        return notes
    return notes.filter(invitation__state__in=rights.states_of(reader))


def listed(*, reader: Reader, round_: Round, language: str, ordinal: int = 0) -> list[NoteCard]:
    """The notes of a round by State; of one ordinal, where one is given."""
    notes = visible(reader, round_)
    if ordinal:
        notes = notes.filter(ordinal=ordinal)
    cards = [_card(each, language=language) for each in _with_all(notes)]
    sees_mail = rights.is_secretariat(reader)
    return sorted(
        (each if sees_mail else _without_mail(each) for each in cards),
        key=lambda each: (
            by_name(each.iso2, each.state, language, is_invented=round_.is_invented),
            each.ordinal,
            each.language,
        ),
    )


def one(*, reader: Reader, round_: Round, key: str) -> NoteCard:
    """A note, as a letter is made of it: its State in the language of the note.

    :raises NoSuchNote: if there is none, or it is not open to the reader.
    """
    found = _with_all(visible(reader, round_).filter(key=key)).first()
    if found is None:
        raise problems.NoSuchNote
    return _card(found, language=found.language)


def letters(*, reader: Reader, round_: Round) -> list[NoteCard]:
    """All notes of a round that a reader may read, each as its own language has it."""
    notes = _with_all(visible(reader, round_).order_by("ordinal", "id"))
    return [_card(each, language=each.language) for each in notes]


def sending(round_: Round, *, ordinal: int = 0) -> Sending:
    """How far the mails of a round have come."""
    notes = Note.objects.filter(round=round_)
    if ordinal:
        notes = notes.filter(ordinal=ordinal)
    states = list(notes.values_list("mailed_at", "mail_problem"))
    by_hand = sum(1 for at, why in states if at is None and why in mail.BY_HAND)
    kept = sum(1 for at, why in states if at is None and why) - by_hand
    mailed = sum(1 for at, _why in states if at is not None)
    return Sending(
        written=len(states),
        mailed=mailed,
        by_hand=by_hand,
        kept=kept,
        waiting=len(states) - mailed - by_hand - kept,
    )


def _with_all(notes: QuerySet[Note]) -> QuerySet[Note]:
    return notes.select_related("invitation__state", "round").annotate(
        people=Count("mailed_to", distinct=True)
    )


def _card(found: Note, *, language: str) -> NoteCard:
    return NoteCard(
        key=found.key,
        number=found.number,
        ordinal=found.ordinal,
        language=found.language,
        iso2=found.invitation.state_id,
        state=name_of(found.invitation.state, language),
        dated_on=found.dated_on,
        due_on=found.due_on,
        addressee=found.addressee,
        paragraphs=tuple(found.paragraphs),
        mailed_to=getattr(found, "people", 0),
        mailed_at=found.mailed_at,
        mail_problem=spoken(mail.KEPT[found.mail_problem])
        if found.mail_problem in mail.KEPT and found.mailed_at is None
        else "",
        goes_by_hand=found.mailed_at is None and found.mail_problem in mail.BY_HAND,
    )


def _without_mail(card: NoteCard) -> NoteCard:
    return replace(card, mailed_to=0, mail_problem="")


# ── whom to write to ─────────────────────────────────────────────────────────────────────────────
def focal_points(state: str) -> Sequence[Person]:
    """Who is focal point of a State today; several while one hands over to another."""
    held = _focal_memberships(state).select_related("person")
    return list({each.person_id: each.person for each in held}.values())


def focal_bodies(states: Iterable[str]) -> dict[str, Body]:
    """The body that the focal point of each State works in today, where there is one."""
    held = _focal_memberships(*states).select_related("body").reverse()
    return {str(each.body.state_id): each.body for each in held}


def _focal_memberships(*states: str) -> QuerySet[Membership]:
    held = Membership.objects.open_on(timezone.localdate()).filter(
        role=Role.FOCAL_POINT, body__state__in=states, person__is_active=True
    )
    return held.order_by(F("from_date").desc(), "id")
