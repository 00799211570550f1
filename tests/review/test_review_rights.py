"""Who may see what of a round: a leaked answer costs trust, and may cost a life."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction

from marsad.directory.models import Body, Person
from marsad.directory.types import OPERATOR, Reader
from marsad.review import problems
from marsad.review.models import Answer, Part, Round
from marsad.review.queries import rights
from marsad.review.queries.holding import held
from tests.review import rounds
from tests.review.rounds import LAW, MORNING, SECTION_B, SHELTER

pytestmark = pytest.mark.django_db
SENT = MORNING + timedelta(days=30)


def seen(reader: Reader, round_: Round) -> dict[str, str]:
    """What a reader sees: answer by State and question."""
    return {f"{each.state} {each.path}": each.value for each in held(reader=reader, round_=round_)}


def test_the_secretariat_sees_nothing_of_a_reply_before_it_is_sent(
    round_: Round, yusuf: Person, salma: Person
) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"}, sent_at=None)
    assert seen(yusuf, round_) == seen(OPERATOR, round_) == {}
    assert seen(salma, round_) == {f"XA {LAW}": "yes"}


def test_a_state_sees_its_own_and_no_other(round_: Round, salma: Person, omar: Person) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"}, is_public=False)
    rounds.reply_of(round_, "XB", {LAW: "no"}, is_public=False)
    assert seen(salma, round_) == {f"XA {LAW}": "yes"}
    assert seen(omar, round_) == {f"XB {LAW}": "no"}


def test_what_is_for_the_secretariat_only_is_seen_by_nobody_else(
    round_: Round, yusuf: Person, analyst: Person, omar: Person, public: AnonymousUser
) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes", SHELTER: "خمسة"}, confidential=(SHELTER,))
    assert f"XA {SHELTER}" in seen(yusuf, round_)
    for reader in (analyst, omar, public):
        assert seen(reader, round_) == {f"XA {LAW}": "yes"}


def test_what_became_confidential_is_hidden_on_earlier_days_too(
    round_: Round, analyst: Person
) -> None:
    reply = rounds.reply_of(round_, "XA", {SHELTER: "خمسة"})
    rounds.write(reply, SHELTER, "خمسة", at=SENT + timedelta(days=9), is_confidential=True)
    for at in (None, SENT + timedelta(days=1)):
        assert list(held(reader=analyst, round_=round_, at=at)) == []


def test_the_public_sees_what_a_state_cleared_for_publication(
    round_: Round, public: AnonymousUser, nobody: Person
) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"}, is_public=True)
    rounds.reply_of(round_, "XB", {LAW: "no"}, is_public=False)
    assert seen(public, round_) == seen(nobody, round_) == {f"XA {LAW}": "yes"}


def test_drafts_stay_with_the_state_after_it_sent_its_reply(
    round_: Round, yusuf: Person, salma: Person
) -> None:
    reply = rounds.reply_of(round_, "XA", {LAW: "no"})
    rounds.write(reply, LAW, "yes", at=MORNING + timedelta(days=2))
    assert [each.value for each in rights.readable_answers(yusuf, round_)] == ["yes"]
    assert {each.value for each in rights.readable_answers(salma, round_)} == {"yes", "no"}


def test_an_ngo_reads_and_writes_the_sections_it_was_given(
    round_: Round, huda: Person, tariq: Person, mariam: Person
) -> None:
    reply = rounds.reply_of(round_, "XA", {LAW: "yes", SHELTER: "خمسة"}, sent_at=None)
    ngo = Body.objects.get(memberships__person=huda)
    Part.objects.create(reply=reply, section=SECTION_B, body=ngo, assigned_at=MORNING)
    assert seen(huda, round_) == {f"XA {SHELTER}": "خمسة"}
    hand = rights.hand_of(huda, reply)
    assert (hand.may_write(SHELTER), hand.may_write(LAW), hand.may_read(LAW)) == (
        True,
        False,
        False,
    )
    # A ministry that was given nothing reads all and writes nothing; so does the mission.
    for looker in (tariq, mariam):
        hand = rights.hand_of(looker, reply)
        assert (hand.may_read(LAW), hand.may_write(LAW)) == (True, False)


def test_a_reply_of_another_state_looks_as_if_there_were_none(
    round_: Round, omar: Person, nobody: Person, public: AnonymousUser
) -> None:
    reply = rounds.reply_of(round_, "XA", {LAW: "yes"}, is_public=False)
    for reader in (omar, nobody, public):
        with pytest.raises(problems.NoSuchReply):
            rights.reply_for(reader, key=reply.key)


def test_only_those_who_ask_see_who_has_answered_before_the_report(
    round_: Round, yusuf: Person, analyst: Person, salma: Person, public: AnonymousUser
) -> None:
    for reader, states in ((yusuf, 4), (analyst, 4), (salma, 1), (public, 0)):
        assert rights.visible_invitations(reader, round_).count() == states


def test_the_database_refuses_to_change_what_was_answered(round_: Round) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes"})
    for change in (
        lambda: Answer.objects.update(value="no"),
        lambda: Answer.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Answer.objects.get().value == "yes"


def test_what_is_invented_is_there_in_a_demonstration_only(
    round_: Round, yusuf: Person, salma: Person, settings: object
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    for reader in (yusuf, salma, OPERATOR):
        with pytest.raises(problems.NoSuchRound):
            rights.round_for(reader, key=round_.key)
    assert rights.reply_for(salma, key=rounds.reply_of(round_, "XA").key) is not None


@pytest.mark.parametrize("moment", [None, MORNING + timedelta(days=3), SENT])
def test_any_day_can_be_looked_at_as_it_was(round_: Round, salma: Person, moment: object) -> None:
    reply = rounds.reply_of(round_, "XA", {LAW: "no"})
    rounds.write(reply, LAW, "yes", at=SENT + timedelta(days=5), reason="صدر القانون")
    found = [each.value for each in held(reader=salma, round_=round_, at=moment)]  # type: ignore[arg-type]
    assert found == (["yes"] if moment is None else ["no"])
