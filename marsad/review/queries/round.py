"""Rounds: which there are, how far they have come, and when their days end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from marsad.directory import queries as directory
from marsad.directory.types import Person, Reader, Role
from marsad.library.queries import document as documents
from marsad.library.queries import rights as library
from marsad.library.types import DocumentCard
from marsad.problems import Problem
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.queries.outline import outline
from marsad.review.models import Invitation, Round
from marsad.review.queries import rights
from marsad.review.types.round import Mandate, Moments, RoundCard, RoundStanding

#: The languages that notes verbales are written in.
LANGUAGES = ("ar", "en")


# ── days of Vienna ───────────────────────────────────────────────────────────────────────────────
def end_of(day: date) -> datetime:
    """The first moment after a day in Vienna."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def moments(round_: Round) -> Moments:
    """The first moments after the days of a round."""
    return Moments(
        due=end_of(round_.due_on) if round_.due_on else None,
        second_due=end_of(round_.second_due_on) if round_.second_due_on else None,
        cut_off=end_of(round_.cut_off_on) if round_.cut_off_on else None,
    )


def due_of(invitation: Invitation) -> date | None:
    """The deadline that holds for a State: of the newest note it was sent, else of the round."""
    newest: date | None = invitation.notes.aggregate(due=Max("due_on"))["due"]
    return newest or invitation.round.due_on


def is_late(invitation: Invitation, *, at: datetime) -> bool:
    """Whether a reply sent at this moment comes after the deadline that holds for its State."""
    due = due_of(invitation)
    return due is not None and at >= end_of(due)


def standing(round_: Round, *, at: datetime) -> RoundStanding:
    """How far a round has come at a moment."""
    if round_.told_by_id is not None:
        return RoundStanding.TOLD
    if round_.opened_at is None:
        return RoundStanding.PREPARED
    if round_.closed_at is not None:
        return RoundStanding.CLOSED
    cut_off = moments(round_).cut_off
    return RoundStanding.CUT_OFF if cut_off and at >= cut_off else RoundStanding.OPEN


# ── rounds ───────────────────────────────────────────────────────────────────────────────────────
def listed(*, reader: Reader, language: str, at: datetime | None = None) -> list[RoundCard]:
    """The rounds a reader may know of: first those that go on, the newest first."""
    found = rights.visible_rounds(reader).annotate(invited=Count("invitations"))
    cards = _cards(found, reader=reader, language=language, at=at or timezone.now())
    order = [
        RoundStanding.OPEN,
        RoundStanding.PREPARED,
        RoundStanding.CUT_OFF,
        RoundStanding.CLOSED,
        RoundStanding.TOLD,
    ]
    return sorted(cards, key=lambda each: order.index(each.standing))


def card(*, reader: Reader, round_: Round, language: str, at: datetime | None = None) -> RoundCard:
    """A round as a page shows it; the reader is known to be allowed to know of it."""
    found = Round.objects.filter(pk=round_.pk).annotate(invited=Count("invitations"))
    return _cards(found, reader=reader, language=language, at=at or timezone.now())[0]


def one(*, reader: Reader, key: str, language: str) -> RoundCard:
    """A round by its key.

    :raises NoSuchRound: if there is none, or the reader may not know of it.
    """
    return card(reader=reader, round_=rights.round_for(reader, key=key), language=language)


def _cards(
    found: Iterable[Round], *, reader: Reader, language: str, at: datetime
) -> list[RoundCard]:
    rounds = list(found)
    named = {
        pk for round_ in rounds for pk in (round_.mandate_document_id, round_.told_by_id) if pk
    }
    papers = _papers(named, reader=reader, language=language) if named else {}
    forms = {
        key: _form_title(key, language=language)
        for key in {round_.form_key for round_ in rounds if round_.form_key}
    }
    return [_card(each, papers=papers, forms=forms, language=language, at=at) for each in rounds]


def _card(
    round_: Round,
    *,
    papers: dict[int, DocumentCard],
    forms: dict[str, str],
    language: str,
    at: datetime,
) -> RoundCard:
    so_far = standing(round_, at=at)
    teller = papers.get(round_.told_by_id) if round_.told_by_id else None
    return RoundCard(
        key=round_.key,
        title=in_language(round_.titles, language) or round_.key,
        language=language_of(round_.titles, language),
        titles=round_.titles,
        mandate=_mandate(round_, papers=papers, language=language),
        form_key=round_.form_key,
        questionnaire=forms.get(round_.form_key, ""),
        languages=tuple(round_.languages),
        due_on=round_.due_on,
        second_due_on=round_.second_due_on,
        cut_off_on=round_.cut_off_on,
        made_at=round_.made_at,
        opened_at=round_.opened_at,
        closed_at=round_.closed_at,
        standing=so_far,
        standing_words=str(so_far.label),
        is_invented=round_.is_invented,
        is_told=round_.told_by_id is not None,
        told_by_key=teller.key if teller else "",
        is_sample=teller.is_sample if teller else False,
        told_by=(teller.symbol or teller.title) if teller else "",
        invited=getattr(round_, "invited", 0),
    )


def _mandate(round_: Round, *, papers: dict[int, DocumentCard], language: str) -> Mandate:
    words = in_language(round_.mandate, language)
    paper = papers.get(round_.mandate_document_id) if round_.mandate_document_id else None
    if paper is None:
        return Mandate(words=words)
    return Mandate(
        words=words,
        document_key=paper.key,
        anchor=round_.mandate_anchor,
        symbol=paper.symbol or paper.title,
    )


def _papers(ids: set[int], *, reader: Reader, language: str) -> dict[int, DocumentCard]:
    """Documents by their ids, those only that the reader may see."""
    visible = library.visible_documents(reader).filter(pk__in=ids)
    keys = dict(visible.values_list("key", "pk"))
    cards = documents.cards(visible, language=language)
    return {keys[each.key]: each for each in cards}


def _form_title(key: str, *, language: str) -> str:
    """What a version is called, whoever may see it today: the round says it."""
    try:
        form = outline(form_key=key, language=language)  # read once and kept
    except Problem:
        return ""
    return f"{form.title} ({form.version})"


def in_language(words: Mapping[str, str], language: str) -> str:
    """Words in a language, in another one where it has none."""
    return words.get(language[:2]) or next((each for each in words.values() if each), "")


def language_of(words: Mapping[str, str], language: str) -> str:
    """The language that `in_language` found them in."""
    short = language[:2]
    return short if words.get(short) else next((code for code in words if words[code]), short)


def told_days(round_: Round) -> list[dict[str, Any]]:
    """The days that a report tells of a round, with what happened on each and where it says so."""
    labels = {
        "note_verbale": _("Note verbale sent"),
        "deadline": _("Replies asked for by"),
        "replies_until": _("Replies counted until"),
    }
    return [
        {
            "label": labels[each["what"]],
            "on": date.fromisoformat(each["on"]),
            "anchor": each["anchor"],
        }
        for each in round_.told_days
        if each["what"] in labels
    ]


# ── what an officer chooses from ─────────────────────────────────────────────────────────────────
def forms_to_ask(*, reader: Reader, language: str) -> list[tuple[str, str]]:
    """The published questionnaires: key of the version, and what it is called."""
    return [
        (each.version_key, f"{each.title} ({each.version})")
        for each in questionnaires.listed(reader=reader, language=language)
        if each.version_key
    ]


def papers_to_name(*, reader: Reader, language: str) -> list[tuple[str, str]]:
    """The documents that may be a mandate: key, and symbol with title."""
    cards = documents.cards(library.visible_documents(reader), language=language)
    named = [(each.key, " · ".join(filter(None, (each.symbol, each.title)))) for each in cards]
    return sorted(named, key=lambda pair: pair[1])


def analysts_to_name() -> list[Person]:
    """Everybody who holds the role of analyst today, by name."""
    held = Person.objects.filter(is_active=True, memberships__role=Role.ANALYST).distinct()
    return [each for each in held.order_by("name") if directory.holds(each, Role.ANALYST)]


def analysts_of(round_: Round) -> Sequence[Person]:
    """Who analyses a round, by name."""
    return [each.person for each in round_.analysts.select_related("person").order_by("from_at")]
