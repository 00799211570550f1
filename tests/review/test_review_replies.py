"""Ministries draft together, the focal point clears, and nothing that was typed is lost."""

from __future__ import annotations

import smtplib
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Body, Membership, Person, State
from marsad.directory.types import OPERATOR, BodyKind, Role
from marsad.journal.models import Entry
from marsad.questionnaires.actions import questionnaire as questionnaires
from marsad.review import invented, problems
from marsad.review.actions import answer as answers
from marsad.review.actions import part as parts
from marsad.review.actions import register
from marsad.review.actions import remark as remarks
from marsad.review.actions import reply as replies
from marsad.review.actions import round as round_actions
from marsad.review.models import Answer, Invitation, Remark, Reply, Round
from marsad.review.queries import reply as queries
from marsad.review.queries.remark import threads
from marsad.review.types.reply import Change, Saved
from marsad.review.words import How
from tests.review import rounds
from tests.review.conftest import of_a_state
from tests.review.rounds import (
    LAW,
    LAW_HELP,
    LAW_WHICH,
    MORNING,
    SECTION_A,
    SECTION_B,
    SHELTER,
    YEAR,
)

pytestmark = pytest.mark.django_db
NOON = MORNING + timedelta(hours=4)
LATER = MORNING + timedelta(days=3)


@pytest.fixture
def reply(round_: Round, salma: Person, tariq: Person) -> Reply:
    """Arkia's reply, begun: Tariq's ministry has section A."""
    begun = replies.begin(round_key=round_.key, state="XA", by=salma, at=MORNING)
    give(begun, SECTION_A, tariq, by=salma)
    return begun


def give(reply: Reply, section: str, person: Person, *, by: Person) -> None:
    body = Body.objects.get(memberships__person=person)
    parts.assign(reply_key=reply.key, section=section, body_id=body.pk, by=by, at=MORNING)


def type_in(
    reply: Reply,
    path: str,
    value: str,
    *,
    by: Person,
    base: int = 0,
    at: datetime = NOON,
    position: tuple[int, ...] = (),
    is_confidential: bool | None = None,
    reason: str = "",
) -> Saved:
    return answers.save(
        reply_key=reply.key,
        path=path,
        value=value,
        base=base,
        by=by,
        at=at,
        position=position,
        is_confidential=is_confidential,
        reason=reason,
    )


def holds(reply: Reply, path: str) -> str:
    return reply.answers.get(path=path, ended_at=None).value


def send(reply: Reply, *, by: Person, at: datetime = LATER, is_public: bool = True) -> Reply:
    return replies.submit(
        key=reply.key,
        is_public=is_public,
        revision=queries.revision_of(reply),
        by=by,
        at=at,
    )


# ── beginning ────────────────────────────────────────────────────────────────────────────────────
def test_the_register_says_when_a_state_looked_and_when_it_began(
    round_: Round, salma: Person
) -> None:
    line = Invitation.objects.get(round=round_, state="XA")
    reply = replies.begin(round_key=round_.key, state="XA", by=salma, at=MORNING)
    assert replies.begin(round_key=round_.key, state="XA", by=salma, at=NOON) == reply
    line.refresh_from_db()
    assert (line.seen_at, line.started_at) == (MORNING, None)
    type_in(reply, LAW, "yes", by=salma)
    line.refresh_from_db()
    assert line.started_at == NOON


def test_nobody_begins_the_reply_of_another_state(
    round_: Round, salma: Person, yusuf: Person, nobody: Person
) -> None:
    for person, state in ((salma, "XB"), (yusuf, "XA"), (nobody, "XA"), (salma, "ZZ")):
        with pytest.raises(problems.NotInvited):
            replies.begin(round_key=round_.key, state=state, by=person, at=MORNING)
    assert Reply.objects.count() == 0


# ── answering ────────────────────────────────────────────────────────────────────────────────────
def test_a_save_says_what_is_asked_next_and_what_is_wrong(reply: Reply, salma: Person) -> None:
    saved = type_in(reply, LAW, "yes", by=salma)
    assert (saved.revision, saved.is_new, saved.fault) == (1, True, "")
    assert (LAW_WHICH, ()) in saved.judged.asked
    wrong = type_in(reply, YEAR, "١٩٩٩", by=salma, position=(1,))
    assert wrong.value == "1999"
    assert wrong.fault


def test_the_same_answer_again_makes_no_new_one(reply: Reply, salma: Person) -> None:
    type_in(reply, SHELTER, "خمسة", by=salma)
    again = type_in(reply, SHELTER, "خمسة ", by=salma, base=0, at=LATER)
    assert (again.is_new, again.revision) == (False, 1)
    assert Answer.objects.count() == 1


def test_nothing_is_overwritten_silently(reply: Reply, salma: Person, tariq: Person) -> None:
    type_in(reply, LAW, "yes", by=tariq)
    with pytest.raises(problems.ChangedMeanwhile) as told:
        type_in(reply, LAW, "no", by=salma)
    assert told.value.details["revision"] == 1
    assert holds(reply, LAW) == "yes"
    # Having seen it, she may choose.
    type_in(reply, LAW, "no", by=salma, base=1)
    assert holds(reply, LAW) == "no"
    assert [each.value for each in reply.answers.filter(path=LAW)] == ["yes", "no"]


def test_ones_own_keystrokes_are_no_conflict_and_another_window_is(
    reply: Reply, salma: Person
) -> None:
    type_in(reply, SHELTER, "خم", by=salma)
    type_in(reply, SHELTER, "خمسة", by=salma, base=0, at=NOON + timedelta(seconds=1))
    assert holds(reply, SHELTER) == "خمسة"
    with pytest.raises(problems.ChangedMeanwhile):
        type_in(reply, SHELTER, "ستة", by=salma, base=1, at=NOON + timedelta(minutes=5))


def test_keystrokes_from_before_somebody_elses_answer_lose_nothing_of_it(
    reply: Reply, salma: Person, tariq: Person
) -> None:
    type_in(reply, LAW_WHICH, "Act 5", by=salma)
    type_in(reply, LAW_WHICH, "Act 7", by=tariq, base=1, at=NOON + timedelta(seconds=1))
    merged = "Act 5 and Act 7"
    type_in(reply, LAW_WHICH, merged, by=salma, base=2, at=NOON + timedelta(seconds=5))
    # Held up on the way: from before she saw his.
    with pytest.raises(problems.ChangedMeanwhile):
        type_in(reply, LAW_WHICH, "Act 5!", by=salma, base=1, at=NOON + timedelta(seconds=8))
    assert holds(reply, LAW_WHICH) == merged


def test_an_expert_writes_in_the_sections_that_were_handed_out(
    reply: Reply, tariq: Person, huda: Person, mariam: Person, yusuf: Person, omar: Person
) -> None:
    type_in(reply, LAW, "yes", by=tariq)
    for person, path in ((tariq, SHELTER), (huda, LAW), (mariam, LAW), (yusuf, LAW)):
        with pytest.raises(problems.NotYourSection):
            type_in(reply, path, "no", by=person, base=1)
    with pytest.raises(problems.NoSuchReply):
        type_in(reply, LAW, "no", by=omar, base=1)
    assert holds(reply, LAW) == "yes"


@pytest.mark.parametrize(
    ("path", "value", "position", "problem"),
    [
        (LAW, "perhaps", (), problems.OptionUnknown),
        (LAW_HELP, "drafting money", (), problems.OptionUnknown),
        (SHELTER, "س" * 50_001, (), problems.AnswerTooLong),
        ("/data/a/none", "x", (), problems.NoSuchQuestion),
        (SECTION_A, "x", (), problems.NoSuchQuestion),
        (YEAR, "2024", (), problems.NoSuchQuestion),
        (YEAR, "2024", (0,), problems.NoSuchQuestion),
        (YEAR, "2024", (501,), problems.TooManyEntries),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_nothing_of_it_stored(
    reply: Reply,
    salma: Person,
    path: str,
    value: str,
    position: tuple[int, ...],
    problem: type[Exception],
) -> None:
    with pytest.raises(problem):
        type_in(reply, path, value, by=salma, position=position)
    assert Answer.objects.count() == 0


def test_many_answers_are_saved_all_or_none(reply: Reply, salma: Person, tariq: Person) -> None:
    type_in(reply, LAW, "yes", by=tariq)
    wanted = [Change(path=SHELTER, value="خمسة", base=0), Change(path=LAW, value="no", base=0)]
    with pytest.raises(problems.ChangedMeanwhile):
        answers.save_many(reply_key=reply.key, changes=wanted, by=salma, at=LATER, how=How.WORKBOOK)
    assert not reply.answers.filter(path=SHELTER).exists()
    wanted[1] = Change(path=LAW, value="no", base=1, is_confidential=True)
    saved = answers.save_many(
        reply_key=reply.key, changes=wanted, by=salma, at=LATER, how=How.WORKBOOK
    )
    assert [(each.revision, each.is_confidential) for each in saved] == [(1, False), (2, True)]


def test_the_journal_names_the_act_and_never_the_words(reply: Reply, salma: Person) -> None:
    type_in(reply, SHELTER, "عنوان سري", by=salma)
    entry = Entry.objects.get(action="review.answer.save")
    assert entry.details == {"how": "typed", "revision": 1}
    assert entry.by_id == salma.pk


def test_an_answer_that_is_for_the_secretariat_only_stays_so_when_it_is_typed_on(
    reply: Reply, salma: Person
) -> None:
    type_in(reply, SHELTER, "خمسة", by=salma, is_confidential=True)
    assert type_in(reply, SHELTER, "ستة", by=salma, base=1).is_confidential
    assert not type_in(
        reply, SHELTER, "ستة", by=salma, base=2, is_confidential=False
    ).is_confidential


# ── handing out ──────────────────────────────────────────────────────────────────────────────────
def test_a_body_says_that_its_part_is_done(
    reply: Reply, salma: Person, tariq: Person, huda: Person
) -> None:
    body = Body.objects.get(memberships__person=tariq)

    def mark(by: Person, *, is_ready: bool) -> None:
        parts.mark(
            reply_key=reply.key,
            section=SECTION_A,
            body_id=body.pk,
            is_ready=is_ready,
            by=by,
            at=NOON,
        )

    mark(tariq, is_ready=True)
    assert reply.parts.get().ready_by == tariq
    with pytest.raises(problems.NotYourSection):
        mark(huda, is_ready=False)
    mark(salma, is_ready=False)
    assert reply.parts.get().ready_at is None


def test_sections_go_to_bodies_of_the_state_and_by_the_focal_point_only(
    reply: Reply, salma: Person, tariq: Person, omar: Person
) -> None:
    foreign = Body.objects.get(memberships__person=omar)
    own = Body.objects.get(memberships__person=tariq)
    for by, section, body, problem in (
        (salma, SECTION_B, foreign, problems.BodyUnknown),
        (salma, "/data/none", own, problems.NoSuchSection),
        (tariq, SECTION_B, own, problems.NotTheFocalPoint),
    ):
        with pytest.raises(problem):
            parts.assign(reply_key=reply.key, section=section, body_id=body.pk, by=by, at=NOON)
    parts.take_away(reply_key=reply.key, section=SECTION_A, body_id=own.pk, by=salma, at=NOON)
    with pytest.raises(problems.NotYourSection):
        type_in(reply, LAW, "yes", by=tariq)


# ── clearing ─────────────────────────────────────────────────────────────────────────────────────
def test_the_focal_point_clears_and_nobody_else(
    reply: Reply, salma: Person, tariq: Person, mariam: Person
) -> None:
    type_in(reply, LAW, "no", by=salma)
    for person in (tariq, mariam):
        with pytest.raises(problems.NotTheFocalPoint):
            send(reply, by=person)
    sent = send(reply, by=salma)
    line = Invitation.objects.get(pk=reply.invitation_id)
    assert (sent.submitted_by, line.answered_at, line.is_late) == (salma, LATER, False)


def test_what_is_missing_may_stay_so_and_what_is_wrong_may_not(reply: Reply, salma: Person) -> None:
    type_in(reply, YEAR, "1999", by=salma, position=(1,))
    with pytest.raises(problems.ReplyFaulty):
        send(reply, by=salma)
    mend = queries.to_mend(reader=salma, reply=reply, language="en", at=NOON)
    assert [(each.path, bool(each.fault)) for each in mend] == [(LAW, False), (YEAR, True)]
    type_in(reply, YEAR, "2024", by=salma, position=(1,), base=1, at=NOON + timedelta(hours=1))
    assert send(reply, by=salma).submitted_at == LATER


def test_the_second_who_clears_is_told(reply: Reply, salma: Person) -> None:
    send(reply, by=salma)
    with pytest.raises(problems.ReplySent):
        send(reply, by=salma, at=LATER + timedelta(minutes=1))


def test_a_reply_that_moved_while_it_was_looked_through_is_not_sent(
    reply: Reply, salma: Person, tariq: Person
) -> None:
    seen = queries.revision_of(reply)
    type_in(reply, LAW, "yes", by=tariq)
    with pytest.raises(problems.ReplyMoved):
        replies.submit(key=reply.key, is_public=True, revision=seen, by=salma, at=LATER)
    reply.refresh_from_db()
    assert reply.submitted_at is None


def test_a_reply_after_the_deadline_is_late_and_after_the_cut_off_refused(
    round_: Round, reply: Reply, salma: Person, omar: Person
) -> None:
    after_due = datetime.combine(rounds.DUE, MORNING.timetz()) + timedelta(days=1)
    send(reply, by=salma, at=after_due)
    assert Invitation.objects.get(pk=reply.invitation_id).is_late
    theirs = replies.begin(round_key=round_.key, state="XB", by=omar, at=MORNING)
    type_in(theirs, LAW, "yes", by=omar)
    after = datetime.combine(rounds.CUT_OFF, MORNING.timetz()) + timedelta(days=1)
    with pytest.raises(problems.CutOffPassed):
        send(theirs, by=omar, at=after)
    with pytest.raises(problems.CutOffPassed):
        type_in(theirs, LAW, "no", by=omar, base=1, at=after)
    assert holds(theirs, LAW) == "yes"


def test_a_round_that_closes_while_people_type_refuses_and_keeps_what_it_has(
    round_: Round, reply: Reply, salma: Person
) -> None:
    type_in(reply, LAW, "yes", by=salma)
    Round.objects.filter(pk=round_.pk).update(closed_at=NOON)
    with pytest.raises(problems.RoundClosed):
        type_in(reply, LAW, "no", by=salma, base=1, at=LATER)
    assert holds(reply, LAW) == "yes"


def test_a_state_declines_in_its_words_and_takes_it_back(reply: Reply, salma: Person) -> None:
    type_in(reply, LAW, "yes", by=salma)
    replies.decline(key=reply.key, because="لا وقت", by=salma, at=NOON)
    with pytest.raises(problems.DeclinedAlready):
        replies.decline(key=reply.key, by=salma, at=NOON)
    with pytest.raises(problems.ReplyDeclined):
        type_in(reply, LAW, "no", by=salma, base=1)
    with pytest.raises(problems.ReplyDeclined):
        send(reply, by=salma)
    replies.take_back_declining(key=reply.key, by=salma, at=LATER)
    line = Invitation.objects.get(pk=reply.invitation_id)
    assert (line.declined_at, line.declined_because) == (None, "")
    assert holds(reply, LAW) == "yes"
    with pytest.raises(problems.NotDeclined):
        replies.take_back_declining(key=reply.key, by=salma, at=LATER)


def test_a_new_focal_point_goes_on_where_the_old_one_stopped(
    reply: Reply, salma: Person, nobody: Person
) -> None:
    held = Membership.objects.get(person=salma)
    Membership.objects.create(
        person=nobody, body=held.body, role=held.role, from_date=held.from_date
    )
    type_in(reply, LAW, "yes", by=salma)
    held.until_date = MORNING.date()
    held.save()
    # What somebody holds is kept for as long as a request has them; this is another request.
    salma = Person.objects.get(pk=salma.pk)
    with pytest.raises(problems.NoSuchReply):
        type_in(reply, LAW, "no", by=salma, base=1)
    type_in(reply, LAW, "no", by=nobody, base=1)
    assert send(reply, by=nobody).submitted_by == nobody


def test_a_version_withdrawn_after_replies_began_is_still_answered(
    round_: Round, reply: Reply, salma: Person
) -> None:
    questionnaires.withdraw(key=round_.form_key, by=OPERATOR, at=NOON)
    type_in(reply, LAW, "no", by=salma)
    view = queries.view(reader=salma, round_=round_, state="XA", language="en", at=NOON)
    assert view.form_is_withdrawn
    assert send(reply, by=salma)


# ── after it was sent ────────────────────────────────────────────────────────────────────────────
def test_after_sending_only_the_focal_point_updates_and_says_why(
    reply: Reply, salma: Person, tariq: Person
) -> None:
    type_in(reply, LAW, "no", by=salma)
    send(reply, by=salma)
    long_after = LATER + timedelta(days=400)
    with pytest.raises(problems.NotTheFocalPoint):
        type_in(reply, LAW, "yes", by=tariq, base=1, at=long_after, reason="صدر القانون")
    with pytest.raises(problems.ReasonMissing):
        type_in(reply, LAW, "yes", by=salma, base=1, at=long_after)
    type_in(reply, LAW, "yes", by=salma, base=1, at=long_after, reason="صدر القانون")
    newest = reply.answers.get(path=LAW, ended_at=None)
    assert (newest.how, newest.reason) == (How.UPDATED, "صدر القانون")
    with pytest.raises(problems.AnswerFaulty):
        type_in(reply, YEAR, "1999", by=salma, at=long_after, position=(1,), reason="خطأ")
    assert not reply.answers.filter(path=YEAR).exists()


def test_an_earlier_answer_is_put_back_as_a_new_one(
    reply: Reply, salma: Person, omar: Person
) -> None:
    type_in(reply, LAW, "no", by=salma)
    type_in(reply, LAW, "yes", by=salma, base=1, at=LATER)
    first = reply.answers.get(path=LAW, revision=1)
    with pytest.raises(problems.NoSuchAnswer):
        answers.put_back(key=first.key, base=2, by=omar, at=LATER)
    back = answers.put_back(key=first.key, base=2, by=salma, at=LATER + timedelta(hours=1))
    assert (back.value, back.revision) == ("no", 3)
    assert reply.answers.get(ended_at=None).how == How.UNDONE


# ── what is said about answers ───────────────────────────────────────────────────────────────────
def test_the_secretariat_asks_and_the_state_responds(
    reply: Reply,
    salma: Person,
    tariq: Person,
    yusuf: Person,
    settings: Any,
    mailoutbox: list[EmailMessage],
) -> None:
    settings.SENDS_MAIL = True
    type_in(reply, LAW, "yes", by=salma)
    with pytest.raises(problems.NotSentYet):
        remarks.ask(reply_key=reply.key, path=LAW, text="أي قانون؟", by=yusuf, at=LATER)
    send(reply, by=salma)
    asked = remarks.ask(reply_key=reply.key, path=LAW, text="أي قانون؟", by=yusuf, at=LATER)
    assert remarks.write_to_focal_points(remark_id=asked.pk, at=LATER) == 1
    assert "أي قانون" not in mailoutbox[0].body
    assert mailoutbox[0].body.startswith(invented.sentence("ar"))
    with pytest.raises(problems.NotTheFocalPoint):
        remarks.respond(key=asked.key, text="قانون 7", by=tariq, at=LATER)
    said = remarks.respond(key=asked.key, text="قانون 7", by=salma, at=LATER)
    assert (said.kind, said.on) == ("response", asked)
    with pytest.raises(problems.NotTheSecretariat):
        remarks.settle(key=asked.key, by=salma, at=LATER)
    remarks.settle(key=asked.key, by=yusuf, at=LATER)
    asked.refresh_from_db()
    assert asked.settled_at == LATER


def test_one_focal_point_whose_address_is_refused_keeps_no_mail_from_the_other(
    reply: Reply,
    salma: Person,
    yusuf: Person,
    states: dict[str, State],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    mailoutbox: list[EmailMessage],
) -> None:
    zeina = of_a_state("Zeina", Role.FOCAL_POINT, states["XA"], BodyKind.MINISTRY)
    send(reply, by=salma)
    asked = remarks.ask(reply_key=reply.key, path=LAW, text="أي قانون؟", by=yusuf, at=LATER)
    hand_over = EmailMessage.send

    def refuse_salma(message: EmailMessage, fail_silently: bool = False) -> int:
        if message.to == [salma.email]:
            raise smtplib.SMTPRecipientsRefused({salma.email: (550, b"no such person")})
        return hand_over(message, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", refuse_salma)
    settings.SENDS_MAIL = False
    assert remarks.write_to_focal_points(remark_id=asked.pk, at=LATER) == 0
    settings.SENDS_MAIL = True
    assert remarks.write_to_focal_points(remark_id=asked.pk, at=LATER) == 1
    assert [each.to for each in mailoutbox] == [[zeina.email]]
    assert salma.email not in caplog.text
    # Asked for once more, whoever has it does not get it again.
    assert remarks.write_to_focal_points(remark_id=asked.pk, at=LATER) == 1
    assert len(mailoutbox) == 1


def test_the_mail_leads_to_the_answer(
    reply: Reply,
    salma: Person,
    yusuf: Person,
    settings: Any,
    client: Client,
    mailoutbox: list[EmailMessage],
) -> None:
    settings.SENDS_MAIL = True
    type_in(reply, LAW, "yes", by=salma)
    send(reply, by=salma)
    page = reverse("review:question", args=[reply.invitation.round.key, "XA", LAW[1:]])
    client.force_login(yusuf)
    client.post(f"{page}say/", {"act": "ask", "text": "أي قانون؟"}, headers={"host": "localhost"})
    asked = Remark.objects.get(kind="clarification")
    remarks.write_to_focal_points(remark_id=asked.pk, at=LATER)
    assert f"http://localhost{page}#said" in mailoutbox[0].body
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example", "https://marsad.example"]
    about_all = remarks.ask(
        reply_key=reply.key, path=SECTION_A, text="وهذا القسم؟", by=yusuf, at=LATER
    )
    remarks.write_to_focal_points(remark_id=about_all.pk, at=LATER)
    section = reverse("review:section", args=[reply.invitation.round.key, "XA", "a"])
    assert f"https://marsad.example{section}" in mailoutbox[1].body


def test_remarks_among_those_who_draft_stay_among_them(
    reply: Reply, salma: Person, tariq: Person, yusuf: Person, huda: Person
) -> None:
    said = remarks.say(reply_key=reply.key, path=LAW, text="هل هذا صحيح؟", by=tariq, at=NOON)
    for person in (yusuf, huda):
        with pytest.raises(problems.NoSuchRemark):
            remarks.respond(key=said.key, text="نعم", by=person, at=NOON)
    with pytest.raises(problems.RemarkEmpty):
        remarks.respond(key=said.key, text="  ", by=salma, at=NOON)
    remarks.respond(key=said.key, text="نعم", by=salma, at=NOON)
    remarks.settle(key=said.key, by=tariq, at=NOON)
    assert reply.remarks.filter(settled_at=None).count() == 0


def test_what_is_put_back_stays_for_the_secretariat_only(reply: Reply, salma: Person) -> None:
    type_in(reply, SHELTER, "One, in 5 Main Street", by=salma)
    hidden = type_in(reply, SHELTER, "Two", by=salma, base=1, at=LATER, is_confidential=True)
    first = reply.answers.get(path=SHELTER, revision=1)
    assert answers.put_back(key=first.key, base=2, by=salma, at=LATER).is_confidential
    # Undoing what hid it does not show it either; whoever wants to show it says so.
    again = type_in(reply, SHELTER, "Three", by=salma, base=3, at=LATER, is_confidential=False)
    hidden = type_in(reply, SHELTER, "Four", by=salma, base=4, at=LATER, is_confidential=True)
    assert not again.is_confidential
    [back] = answers.undo(reply_key=reply.key, keys=[hidden.key], by=salma, at=LATER)
    assert (back.value, back.is_confidential) == ("Three", True)


def test_who_looks_on_for_a_state_says_nothing_in_its_name(
    reply: Reply, salma: Person, tariq: Person, mariam: Person
) -> None:
    with pytest.raises(problems.NotYourSection):
        remarks.say(reply_key=reply.key, path=LAW, text="سؤال", by=mariam, at=NOON)
    with pytest.raises(problems.NotYourSection):
        remarks.say(reply_key=reply.key, path=SHELTER, text="سؤال", by=tariq, at=NOON)
    said = remarks.say(reply_key=reply.key, path=LAW, text="هل هذا صحيح؟", by=tariq, at=NOON)
    with pytest.raises(problems.NotYourSection):
        remarks.respond(key=said.key, text="نعم", by=mariam, at=NOON)
    with pytest.raises(problems.NotYourSection):
        remarks.settle(key=said.key, by=mariam, at=NOON)
    for reader, may in ((mariam, False), (tariq, True), (salma, True)):
        (thread,) = threads(reader=reader, reply=reply)
        assert (thread.may_respond, thread.may_settle) == (may, may)


def test_no_part_is_marked_once_the_reply_is_sent_or_the_cut_off_has_passed(
    reply: Reply, salma: Person, tariq: Person
) -> None:
    body = Body.objects.get(memberships__person=tariq)

    def mark(at: datetime) -> None:
        parts.mark(
            reply_key=reply.key,
            section=SECTION_A,
            body_id=body.pk,
            is_ready=True,
            by=tariq,
            at=at,
        )

    with pytest.raises(problems.CutOffPassed):
        mark(MORNING + timedelta(days=400))
    type_in(reply, LAW, "yes", by=salma)
    send(reply, by=salma)
    with pytest.raises(problems.ReplySent):
        mark(LATER)
    assert reply.parts.get().ready_at is None


# ── a server that dies ───────────────────────────────────────────────────────────────────────────
class Died(BaseException):
    """The server, in the middle of something."""


def test_a_server_that_dies_in_the_middle_of_a_save_half_stores_nothing(
    reply: Reply, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(reply, SHELTER, "خمسة", by=salma)

    def die(**_given: object) -> None:
        raise Died

    # The last thing a save does: the answer of before has ended, and the new one is written.
    monkeypatch.setattr("marsad.review.actions.answer.journal.record", die)
    with pytest.raises(Died):
        type_in(reply, SHELTER, "خمسة مآو", by=salma, base=1, at=LATER)
    assert [(each.value, each.ended_at) for each in reply.answers.all()] == [("خمسة", None)]


@pytest.mark.django_db(transaction=True)
def test_what_was_said_to_be_saved_is_there_for_everybody_at_once(
    reply: Reply, salma: Person
) -> None:
    """Each save is committed by itself: a death after it costs what was typed since, no more."""
    seen: list[str] = []

    def look() -> None:
        seen.extend(Answer.objects.filter(ended_at=None).values_list("value", flat=True))
        connection.close()

    for base, value in enumerate(("خ", "خم", "خمسة")):
        type_in(reply, SHELTER, value, by=salma, base=base, at=NOON + timedelta(seconds=base))
        other = threading.Thread(target=look)
        other.start()
        other.join()
    assert seen == ["خ", "خم", "خمسة"]


# ── at the same moment ───────────────────────────────────────────────────────────────────────────
def at_once(*acts: Callable[[], object]) -> list[object]:
    """What came of acts that began at the same moment."""
    barrier, came = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            came.append(act())
        except problems.ReplySent as problem:
            came.append(problem)
        except problems.ChangedMeanwhile as problem:
            came.append(problem)
        except (problems.ReplyDeclined, problems.AnsweredAlready) as problem:
            came.append(problem)
        except (problems.NotInvited, problems.NoteHasGone) as problem:
            came.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.django_db(transaction=True)
def test_of_two_who_clear_at_the_same_moment_one_does(reply: Reply, salma: Person) -> None:
    came = at_once(lambda: send(reply, by=salma), lambda: send(reply, by=salma))
    assert sorted(type(each).__name__ for each in came) == ["Reply", "ReplySent"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_the_same_moment_one_is_shown_the_other(
    reply: Reply, salma: Person, tariq: Person
) -> None:
    came = at_once(
        lambda: type_in(reply, LAW, "yes", by=tariq), lambda: type_in(reply, LAW, "no", by=salma)
    )
    assert sorted(type(each).__name__ for each in came) == ["ChangedMeanwhile", "Saved"]
    assert reply.answers.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_sending_and_a_note_that_the_state_declined_one_is_on_record(
    reply: Reply, round_: Round, salma: Person, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = threading.Event()

    def look(reply: Reply, *, at: datetime) -> None:
        answers.require_open(reply, at=at)
        passed.set()
        time.sleep(0.5)  # long enough for the other to write, were it not held

    def decline() -> object:
        passed.wait(10)
        return register.decline(round_key=round_.key, state="XA", by=yusuf, at=LATER)

    monkeypatch.setattr("marsad.review.actions.reply.require_open", look)
    came = at_once(lambda: send(reply, by=salma), decline)
    assert sorted(type(each).__name__ for each in came) == ["AnsweredAlready", "Reply"]
    line = Invitation.objects.get(round=round_, state="XA")
    assert (line.answered_at is None, line.declined_at) == (False, None)


@pytest.mark.django_db(transaction=True)
def test_no_round_is_closed_in_the_middle_of_sending(
    reply: Reply, round_: Round, salma: Person, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = threading.Event()
    order: list[str] = []

    def look(reply: Reply, *, at: datetime) -> None:
        answers.require_open(reply, at=at)
        passed.set()
        time.sleep(0.5)
        order.append("sent")

    def close() -> object:
        passed.wait(10)
        closed = round_actions.close(key=round_.key, by=yusuf, at=LATER)
        order.append("closed")
        return closed

    monkeypatch.setattr("marsad.review.actions.reply.require_open", look)
    at_once(lambda: send(reply, by=salma), close)
    assert order == ["sent", "closed"]


@pytest.mark.django_db(transaction=True)
def test_a_state_is_not_taken_off_the_register_while_it_opens_its_reply(
    round_: Round, salma: Person, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Invitation.objects.update(sent_at=None)
    passed = threading.Event()

    def begin() -> object:
        return replies.begin(round_key=round_.key, state="XA", by=salma, at=NOON)

    def note(**given: object) -> None:
        if given["action"] == "review.invitation.see":
            passed.set()
            time.sleep(0.5)

    def take_off() -> object:
        passed.wait(10)
        return round_actions.take_off(key=round_.key, states=["XA"], by=yusuf, at=NOON)

    monkeypatch.setattr("marsad.review.actions.reply.journal.record", note)
    came = at_once(begin, take_off)
    assert sorted(type(each).__name__ for each in came) == ["NoteHasGone", "Reply"]
