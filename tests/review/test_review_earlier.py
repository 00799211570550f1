"""What a State answered before in other questionnaires is offered to its drafters again."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marsad.directory.models import Body, Membership, Person, State
from marsad.directory.types import BodyKind, Role
from marsad.questionnaires.models import Asking, QuestionnaireVersion, Submission
from marsad.questionnaires.queries import earlier as submitted
from marsad.review.actions import answer as actions
from marsad.review.models import Answer, Reply, Round
from marsad.review.queries import answer as answers
from marsad.review.queries import earlier as queries
from marsad.review.types.section import Earlier
from marsad.review.words import How
from marsad.surveys.actions import survey as surveys
from tests.review import rounds
from tests.review.conftest import of_a_state
from tests.review.rounds import LAW, LAW_HELP, MORNING, SHELTER

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def reply(round_: Round) -> Reply:
    """Arkia has begun to draft, and the day to answer by is to come."""
    due = timezone.localdate() + timedelta(days=30)
    Round.objects.update(due_on=due, second_due_on=due, cut_off_on=due)
    return rounds.reply_of(round_, "XA", {}, sent_at=None)


@pytest.fixture
def survey(form: QuestionnaireVersion, salma: Person) -> Asking:
    """Salma's body asks its people, with names, by a form that shares its questions."""
    return asked(form, by=salma)


def asked(form: QuestionnaireVersion, *, by: Person, shows_names: bool = True) -> Asking:
    body = Body.objects.get(memberships__person=by)
    made = surveys.open_survey(
        body=body,
        form_key=form.key,
        by=by,
        at=THEN,
        titles={"ar": "مسح القانون", "en": "Survey of law"},
        shows_names=shows_names,
    )
    return Asking.objects.get(kind="survey", subject_id=made.key)


def sent(asking: Asking, by: Person, *, at: datetime = THEN, **values: str) -> Submission:
    """A filled form, as the questionnaires keep it."""
    kinds = {"law": "select_one", "law_help": "select_multiple", "shelter": "text"}
    paths = {"law": LAW, "law_help": LAW_HELP, "shelter": SHELTER}
    return Submission.objects.create(
        key=secrets.token_hex(8),
        asking=asking,
        instance_id=f"uuid:{secrets.token_hex(8)}",
        xml=b"",
        digest="0" * 64,
        answers=[
            {"path": paths[name], "name": name, "kind": kinds[name], "value": value}
            for name, value in values.items()
        ],
        by=by,
        received_at=at,
        completed_at=at,
    )


def offered(reply: Reply, reader: Person) -> dict[str, Earlier]:
    outline = answers.outline_of(reply.invitation.round, language="en")
    return queries.offers(reader=reader, reply=reply, outline=outline)


def test_what_its_people_sent_is_offered_with_its_day_and_its_source(
    reply: Reply, survey: Asking, salma: Person, client: Client
) -> None:
    sent(survey, salma, law="in_part", shelter="Two houses")
    found = offered(reply, salma)
    assert {path: each.value for path, each in found.items()} == {
        LAW: "in_part",
        SHELTER: "Two houses",
    }
    assert (found[LAW].at, found[LAW].words) == (THEN, "In part")
    client.force_login(salma)
    page = reverse("review:section", args=[reply.invitation.round.key, "XA", "a"])
    shown = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert found[LAW].source in shown
    assert 'data-offer="elsewhere"' in shown


def test_it_is_taken_over_and_says_where_it_comes_from(
    reply: Reply, survey: Asking, salma: Person
) -> None:
    sent(survey, salma, law="in_part")
    actions.take_over(reply_key=reply.key, bases={LAW: 0}, by=salma, at=MORNING)
    taken = Answer.objects.get(reply=reply)
    assert (taken.value, taken.how) == ("in_part", How.TAKEN_OVER)
    assert "Survey of law" in taken.origin or "مسح القانون" in taken.origin


def test_the_later_of_two_is_offered_whether_a_round_asked_or_a_survey(
    form: QuestionnaireVersion, reply: Reply, survey: Asking, salma: Person
) -> None:
    rounds.reply_of(rounds.open_round(form), "XA", {LAW: "no"})
    sent(survey, salma, law="in_part")
    assert offered(reply, salma)[LAW].value == "no"
    sent(survey, salma, at=MORNING + timedelta(days=9), law="yes")
    assert offered(reply, salma)[LAW].value == "yes"


def test_nobody_is_offered_what_they_may_not_read(
    form: QuestionnaireVersion, reply: Reply, survey: Asking, salma: Person, tariq: Person
) -> None:
    sent(survey, tariq, law="yes")
    sent(asked(form, by=salma, shows_names=False), tariq, shelter="Three")
    # The survey is Salma's to read, as far as it was answered under names.
    assert set(offered(reply, salma)) == {LAW}
    # Tariq reads his own.
    assert set(offered(reply, tariq)) == {LAW, SHELTER}
    Submission.objects.update(by=salma)
    assert offered(reply, tariq) == {}


def test_what_people_of_other_states_sent_is_offered_to_nobody(
    reply: Reply, survey: Asking, salma: Person, omar: Person, states: dict[str, State]
) -> None:
    sent(survey, omar, law="yes")
    assert offered(reply, salma) == {}
    # Whoever came to Arkia later did not answer for it then.
    late = of_a_state("Dina", Role.FOCAL_POINT, states["XA"], BodyKind.NATIONAL_COORDINATION)
    sent(survey, late, law="yes")
    assert set(offered(reply, salma)) == {LAW}
    Membership.objects.filter(person=late).update(from_date=date(2026, 3, 1))
    assert offered(reply, salma) == {}


def test_only_what_the_form_can_hold_is_offered_and_nothing_that_was_corrected(
    reply: Reply, survey: Asking, salma: Person
) -> None:
    first = sent(survey, salma, law="perhaps", law_help="training funds", shelter="One")
    assert set(offered(reply, salma)) == {SHELTER}
    first.is_current = False
    first.save()
    assert offered(reply, salma) == {}


def test_without_a_concept_the_name_and_the_wording_are_the_same_question(
    reply: Reply,
) -> None:
    outline = answers.outline_of(reply.invitation.round, language="en")
    law = outline.items[LAW]
    here, there = replace(law, concept=""), replace(law, concept="", path="/data/law")
    assert submitted.is_same(there, here)
    assert not submitted.is_same(replace(there, label="Is there a plan?"), here)
    assert not submitted.is_same(replace(there, name="plan"), here)
    assert not submitted.is_same(replace(there, kind="text"), here)
    assert not submitted.is_same(replace(there, concept="plan"), here)
