"""A good practice on its way: proposed by an analyst, verified by its State, published.

Nothing of an answer that is for the Secretariat only goes this way, and nothing is published that
the State has not verified. Both are judged at every step, since a State may change its mind.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from marsad.directory.types import Reader, Role
from marsad.journal import actions as journal
from marsad.library.actions import practice as compendium
from marsad.review import problems
from marsad.review.actions import posting
from marsad.review.models import Answer, Practice, Reply
from marsad.review.queries import practice as practices
from marsad.review.queries import rights
from marsad.review.queries.figure import questions_of
from marsad.review.queries.note import focal_points
from marsad.review.queries.round import in_language
from marsad.review.words import Effect, PracticeState

LONGEST_TITLE, LONGEST = 300, 5_000


# ── the analyst ──────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def propose(
    *,
    round_key: str,
    answer: str,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    by: Reader,
    at: datetime,
    effect: str = Effect.NOT_STATED,
    evidence: Mapping[str, str] | None = None,
    theme: str = "",
) -> Practice:
    """Propose an extract of an answer; the focal point of its State is written to.

    :param answer: key of the answer it is taken from.
    :raises NotAnAnalyst, NoSuchAnswer, ConfidentialSource, EmptyPractice:
    """
    round_ = rights.round_for(by, key=round_key)
    practices.source(reader=by, round_=round_, key=answer, language="en")
    source = Answer.objects.select_related("reply__invitation").get(key=answer)
    made = Practice(
        key=secrets.token_hex(8),
        invitation=source.reply.invitation,
        answer=source,
        proposed_at=at,
        proposed_by=rights.person_of(by),
    )
    _write(made, titles=titles, texts=texts, effect=effect, evidence=evidence or {}, theme=theme)
    # What follows is a mail to the focal point: see `config/follow_ups.py`.
    journal.record(action="review.practice.propose", on=made, by=rights.person_of(by), at=at)
    return made


@transaction.atomic
def edit(
    *,
    round_key: str,
    key: str,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    effect: str,
    evidence: Mapping[str, str],
    theme: str,
    by: Reader,
    at: datetime,
) -> Practice:
    """Change the wording while the State has not decided.

    :raises PracticeSettled: once it has.
    """
    found = _held(round_key, key, by=by)
    rights.require_analyst(by, found.invitation.round)
    if found.state != PracticeState.PROPOSED:
        raise problems.PracticeSettled
    _require_open_source(found)
    _write(found, titles=titles, texts=texts, effect=effect, evidence=evidence, theme=theme)
    journal.record(action="review.practice.edit", on=found, by=rights.person_of(by), at=at)
    return found


# ── the State ────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def verify(
    *,
    round_key: str,
    key: str,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    effect: str,
    evidence: Mapping[str, str],
    by: Reader,
    at: datetime,
) -> Practice:
    """The focal point lets it be published, in these words: corrected where they were not right.

    :raises NotForThisState, PracticeSettled, ConfidentialSource, EmptyPractice:
    """
    found = _held(round_key, key, by=by)
    _require_focal_point(found, by=by)
    _require_undecided(found)
    _require_open_source(found)
    found.state = PracticeState.VERIFIED
    found.decided_at, found.decided_by = at, rights.person_of(by)
    found.declined_because = ""
    theme = found.theme.code if found.theme else ""
    _write(found, titles=titles, texts=texts, effect=effect, evidence=evidence, theme=theme)
    journal.record(action="review.practice.verify", on=found, by=rights.person_of(by), at=at)
    return found


@transaction.atomic
def decline(*, round_key: str, key: str, reason: str, by: Reader, at: datetime) -> Practice:
    """The focal point does not want it published.

    :raises NotForThisState, PracticeSettled, DeclinedWithoutReason:
    """
    found = _held(round_key, key, by=by)
    _require_focal_point(found, by=by)
    _require_undecided(found)
    if not reason.strip():
        raise problems.DeclinedWithoutReason
    found.state = PracticeState.DECLINED
    found.declined_because = reason.strip()[:LONGEST]
    found.decided_at, found.decided_by = at, rights.person_of(by)
    found.save()
    journal.record(action="review.practice.decline", on=found, by=rights.person_of(by), at=at)
    return found


# ── the Secretariat ──────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def publish(*, round_key: str, key: str, by: Reader, at: datetime) -> Practice:
    """Put a verified practice into the compendium of the library.

    :raises NotTheSecretariat, NotVerified, ConfidentialSource:
    """
    rights.require_secretariat(by)
    found = _held(round_key, key, by=by)
    if found.state != PracticeState.VERIFIED or found.decided_at is None:
        raise problems.NotVerified
    _require_open_source(found)
    round_ = found.invitation.round
    asked = {each.path: each.themes for each in questions_of(round_, language="en")}
    made = compendium.publish(
        state=found.invitation.state_id,
        titles=found.titles,
        texts=found.texts,
        effect=found.effect,
        evidence=found.evidence,
        themes=asked.get(found.answer.path if found.answer else "", ()),
        source_titles=round_.titles,
        source_address=reverse("review:round", args=[round_.key]),
        verified_at=found.decided_at,
        is_invented=round_.is_invented,
        by=by,
        at=at,
    )
    found.state, found.published_at, found.library_key = PracticeState.PUBLISHED, at, made.key
    found.save(update_fields=["state", "published_at", "library_key"])
    journal.record(action="review.practice.publish", on=found, by=rights.person_of(by), at=at)
    return found


@transaction.atomic
def withdraw(*, round_key: str, key: str, by: Reader, at: datetime) -> Practice:
    """Take a published practice out of the compendium: the Secretariat, or the State it is of.

    :raises NotForThisState, NoSuchPractice:
    """
    found = _held(round_key, key, by=by)
    if found.state != PracticeState.PUBLISHED:
        raise problems.NoSuchPractice
    if not rights.is_secretariat(by):
        _require_focal_point(found, by=by)
    _take_out(found, by=by, at=at)
    return found


def withdraw_hidden(*, answers: Sequence[Answer], by: Reader, at: datetime) -> int:
    """Take out what was published from places that are for the Secretariat only from now on.

    Called by whatever stores answers, in its transaction: nothing stays public for a moment more.
    Returns how many were taken out.
    """
    hidden = [each for each in answers if each.is_confidential]
    if not hidden:
        return 0
    places = {(each.reply_id, each.path, tuple(each.position)) for each in hidden}
    published = (
        Practice.objects.select_for_update(of=("self",))
        .filter(state=PracticeState.PUBLISHED, answer__reply__in={place[0] for place in places})
        .select_related("answer")
    )
    taken_out = 0
    for found in published:
        source = found.answer
        if source and (source.reply_id, source.path, tuple(source.position)) in places:
            _take_out(found, by=by, at=at)
            taken_out += 1
    return taken_out


def _take_out(found: Practice, *, by: Reader, at: datetime) -> None:
    # A curator may have taken it out before; nobody puts it back there any more.
    compendium.take_back(key=found.library_key, by=by, at=at)
    found.state, found.published_at, found.library_key = PracticeState.VERIFIED, None, ""
    found.save(update_fields=["state", "published_at", "library_key"])
    journal.record(action="review.practice.withdraw", on=found, by=rights.person_of(by), at=at)


# ── mail ─────────────────────────────────────────────────────────────────────────────────────────
def write_to_focal_points(*, practice_id: int, at: datetime) -> int:
    """Tell the focal points of a State that a practice waits for them; how many were told.

    The mail names the round and nothing of the practice; that is read here.
    """
    found = Practice.objects.select_related("invitation__round").get(pk=practice_id)
    round_ = found.invitation.round
    address = reverse("review:practice", args=[round_.key, found.key])

    def write(language: str) -> tuple[str, str]:
        title = in_language(round_.titles, language)
        subject = _("A good practice of your State waits to be verified: {round}").format(
            round=title
        )
        body = _(
            "An analyst proposes to publish a practice of your State, from its reply in "
            "“{round}”.\n\nSign in to Marsad, open the round and look under “Good "
            "practices”. You can correct the words, verify them, or decline. Nothing is "
            "published before you have verified it."
        ).format(round=title)
        return subject, posting.with_link(body, round_, address)

    people = focal_points(found.invitation.state_id)
    return posting.hand_over_to_each(
        people, about=f"practice:{found.pk}", round_=round_, at=at, write=write
    )


# ── what holds at every step ─────────────────────────────────────────────────────────────────────
def _held(round_key: str, key: str, *, by: Reader) -> Practice:
    """A practice that the reader may know of, held so that nobody else decides meanwhile.

    The reply is held before it, as by those who save answers: nothing that it says becomes
    confidential between the look at it and what is done here.
    """
    round_ = rights.round_for(by, key=round_key)
    if not practices.visible(by, round_).filter(key=key).exists():
        raise problems.NoSuchPractice
    list(Reply.objects.select_for_update(of=("self",)).filter(answers__practices__key=key))
    return (
        Practice.objects.select_for_update(of=("self",))
        .select_related("invitation__round", "answer", "theme")
        .get(key=key)
    )


def _require_focal_point(found: Practice, *, by: Reader) -> None:
    held = rights.memberships_of(by, state=found.invitation.state_id)
    if not any(each.role == Role.FOCAL_POINT for each in held):
        raise problems.NotForThisState


def _require_undecided(found: Practice) -> None:
    """It waits, or it is verified and not published yet: the State may think again until then."""
    if found.state not in (PracticeState.PROPOSED, PracticeState.VERIFIED):
        raise problems.PracticeSettled


def _require_open_source(found: Practice) -> None:
    if found.answer is None or practices.is_confidential(found.answer):
        raise problems.ConfidentialSource


def _write(
    found: Practice,
    *,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    effect: str,
    evidence: Mapping[str, str],
    theme: str,
) -> None:
    found.titles = _kept(titles, most=LONGEST_TITLE)
    found.texts = _kept(texts, most=LONGEST)
    found.evidence = _kept(evidence, most=LONGEST)
    found.effect = Effect(effect)
    if not any(found.titles.get(language) for language in found.texts):
        raise problems.EmptyPractice
    round_ = found.invitation.round
    found.theme = round_.themes.filter(code=theme).first() if theme else None
    found.save()


def _kept(words: Mapping[str, str], *, most: int) -> dict[str, str]:
    plain = {code: text.replace("\x00", "").strip()[:most] for code, text in words.items()}
    return {code: text for code, text in plain.items() if text}
