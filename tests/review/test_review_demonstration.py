"""The demonstration: rich enough to show everything, and held to the rules of real replies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.db.models import F

from config import demo
from marsad.directory.problems import OnlyInADemonstration
from marsad.directory.types import OPERATOR, State
from marsad.questionnaires.loading import load_shipped
from marsad.questionnaires.queries import judging
from marsad.questionnaires.queries.outline import outline
from marsad.review import problems
from marsad.review.actions import round as actions
from marsad.review.demonstration import data, loading
from marsad.review.models import Answer, Coding, Invitation, Note, Practice, Remark, Reply, Round
from marsad.review.queries import round as rounds
from marsad.review.queries.register import standing_of
from marsad.review.words import How, Standing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The demonstration, made once for all of these tests and taken back after them."""
    import tempfile

    from django.conf import settings
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        was, settings.DEMO = settings.DEMO, True
        load_shipped(at=NOW)
        with tempfile.TemporaryDirectory() as home:
            demo.welcome(home=Path(home), at=NOW)
        demo.hold_rounds(at=NOW)
        yield
        settings.DEMO = was
        transaction.set_rollback(True)


@pytest.fixture
def current(made: None) -> Round:
    """The round whose deadlines have just passed."""
    return Round.objects.get(is_invented=True, closed_at__isnull=True)


def test_it_is_refused_outside_a_demonstration(settings: object) -> None:
    with pytest.raises(OnlyInADemonstration):
        loading.load_states(at=NOW)
    assert not State.objects.exists()


def test_it_is_made_once(made: None) -> None:
    assert demo.hold_rounds(at=NOW) == 0
    assert Round.objects.filter(is_invented=True).count() == 2


def test_every_state_of_it_is_invented(made: None) -> None:
    assert not Invitation.objects.filter(state__is_invented=False).exists()
    assert not Round.objects.filter(is_invented=False).exists()


def test_it_shows_every_standing(current: Round) -> None:
    told = [standing_of(line) for line in current.invitations.all()]
    counted = {standing: told.count(standing) for standing in Standing}
    assert counted == {
        Standing.INVITED: 0,
        Standing.SENT: 1,
        Standing.SEEN: 1,
        Standing.STARTED: 1,
        Standing.ANSWERED: 17,
        Standing.LATE: 3,
        Standing.DECLINED: 1,
    }


def test_every_reply_stands_before_its_form(made: None) -> None:
    for reply in Reply.objects.select_related("invitation__round"):
        round_ = reply.invitation.round
        answers = [
            judging.Given(path=each.path, position=tuple(each.position), value=each.value)
            for each in reply.answers.filter(ended_at__isnull=True)
        ]
        judged = judging.judge(form_key=round_.form_key, answers=answers, language="en", at=NOW)
        told = (reply.invitation.state_id, round_.titles["en"])
        assert (told, judged.faults, judged.unknown) == (told, [], [])
        if reply.submitted_at is not None:
            assert (told, list(judged.missing)) == (told, [])


def test_answers_follow_one_another_without_a_gap(made: None) -> None:
    places: dict[tuple[object, ...], list[Answer]] = {}
    for each in Answer.objects.order_by("revision"):
        places.setdefault((each.reply_id, each.path, tuple(each.position)), []).append(each)
    for answers in places.values():
        assert [each.revision for each in answers] == list(range(1, len(answers) + 1))
        assert answers[-1].ended_at is None
        for before, after in pairwise(answers):
            assert before.ended_at == after.at
            assert before.value != after.value


def test_nothing_is_written_before_it_could_be(made: None) -> None:
    assert not Answer.objects.filter(at__lt=F("reply__begun_at")).exists()
    assert not Answer.objects.filter(at__gt=NOW).exists()
    after = Answer.objects.filter(at__gt=F("reply__submitted_at"))
    assert {(each.how, bool(each.reason)) for each in after} == {(How.UPDATED, True)}
    for line in Invitation.objects.filter(answered_at__isnull=False).select_related("round"):
        assert line.answered_at is not None
        assert line.sent_at is not None
        assert line.sent_at <= line.answered_at
        if line.round.cut_off_on is not None:
            assert line.answered_at < rounds.end_of(line.round.cut_off_on)


def test_it_has_something_of_everything(current: Round) -> None:
    answers = Answer.objects.filter(reply__invitation__round=current)
    assert answers.filter(is_confidential=True).exists()
    assert answers.filter(how=How.TAKEN_OVER).exclude(origin="").exists()
    assert answers.filter(how=How.UPDATED).count() == len(data.table("replies")["update"])
    assert {each.language for each in data.plans()} == {"ar", "en"}
    assert Note.objects.filter(round=current, ordinal=2).exists()
    assert Remark.objects.filter(responses__isnull=False).exists()
    assert {each.state for each in Practice.objects.all()} == {"proposed", "verified", "declined"}
    assert Coding.objects.values("analyst").distinct().count() == 2
    assert current.findings.exists()
    assert current.reports.get(published_at__isnull=True).blocks.exists()


def test_no_mail_of_the_past_waits_to_go_out(made: None) -> None:
    assert not Note.objects.filter(mailed_at__isnull=True, mail_problem="").exists()


def test_most_give_no_evidence_of_effect(current: Round) -> None:
    shown = 0
    for plan in data.plans():
        proofs = Answer.objects.filter(
            reply__invitation__state=plan.state,
            reply__invitation__round=current,
            reply__submitted_at__isnull=False,
            ended_at__isnull=True,
            path__endswith="_proof",
        )
        shown += any(each.value != "opinion" for each in proofs)
    assert 0 < shown < 10


def test_marked_passages_are_passages(current: Round) -> None:
    for coding in Coding.objects.select_related("answer"):
        passage = coding.answer.value[coding.start : coding.end]
        assert passage == passage.strip()
        assert passage
        assert "<" not in coding.answer.value


def test_words_are_there_for_every_measure(made: None) -> None:
    form = outline(form_key=Round.objects.filter(is_invented=True)[0].form_key, language="en")
    measures = {
        each.name.removesuffix("_effect") for each in form.questions if each.name.endswith("effect")
    }
    assert measures == set(data.table("measures"))
    for texts in data.table("measures").values():
        assert set(texts) == {"ar", "en"}


def test_no_round_among_invented_states_is_prepared_elsewhere(
    made: None, current: Round, settings: object
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    try:
        with pytest.raises(problems.InventedOutsideDemonstration):
            actions.prepare(
                titles=current.titles,
                mandate={},
                form_key=current.form_key,
                languages=["en"],
                due_on=NOW.date(),
                by=OPERATOR,
                at=NOW,
                is_invented=True,
            )
    finally:
        settings.DEMO = True  # type: ignore[attr-defined]
