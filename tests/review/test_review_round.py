"""A round is prepared, invites States, is opened and closed; each reader sees their own of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from marsad.directory.models import Person, State
from marsad.directory.types import OPERATOR
from marsad.journal.models import Entry
from marsad.questionnaires.actions import questionnaire as questionnaires
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.review import problems
from marsad.review.actions import note as notes
from marsad.review.actions import register as registers
from marsad.review.actions import round as actions
from marsad.review.models import Invitation, Round
from marsad.review.queries import register as register_queries
from marsad.review.queries import round as rounds
from marsad.review.types.round import RoundStanding
from tests.review.rounds import MORNING, reply_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    """These rounds are among invented States."""
    settings.DEMO = True


Open = Callable[[Person | AnonymousUser], Client]
TODAY = timezone.localdate()
SOON = {
    "due_on": TODAY + timedelta(days=30),
    "second_due_on": TODAY + timedelta(days=60),
    "cut_off_on": TODAY + timedelta(days=90),
}


def prepared(form: QuestionnaireVersion, *, by: Any = OPERATOR, **more: Any) -> Round:
    """A round as an officer begins it."""
    given: dict[str, Any] = {
        "titles": {"ar": "جولة", "en": "A round"},
        "mandate": {"ar": "المقرر 4/4", "en": "decision 4/4"},
        "form_key": form.key,
        "languages": ["ar", "en"],
        "is_invented": True,
        "at": timezone.now(),
        **SOON,
        **more,
    }
    return actions.prepare(by=by, **given)


def opened(form: QuestionnaireVersion, states: list[str]) -> Round:
    """A round that asks some States."""
    made = prepared(form)
    actions.invite(key=made.key, states=states, by=OPERATOR, at=timezone.now())
    return actions.open_round(key=made.key, by=OPERATOR, at=timezone.now())


# ── prepare ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"titles": {"ar": "جولة"}}, problems.RoundWithoutTitle),
        ({"titles": {"ar": "ج" * 301, "en": "x"}}, problems.RoundWordsTooLong),
        ({"languages": []}, problems.UnknownRoundLanguage),
        ({"languages": ["ar", "fr"]}, problems.UnknownRoundLanguage),
        ({"due_on": None}, problems.DueMissing),
        ({"due_on": TODAY - timedelta(days=1)}, problems.DueInThePast),
        ({"second_due_on": SOON["due_on"]}, problems.DueOutOfOrder),
        ({"cut_off_on": SOON["due_on"]}, problems.DueOutOfOrder),
        ({"cut_off_on": date(TODAY.year + 11, 1, 1)}, problems.DueTooFarAhead),
        ({"form_key": "none"}, problems.FormNotPublished),
        ({"mandate_document": "NO/SUCH/1"}, problems.UnknownMandate),
    ],
)
def test_it_says_what_is_wrong_with_a_round_and_keeps_nothing(
    form: QuestionnaireVersion, given: dict[str, Any], problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        prepared(form, **given)
    assert not Round.objects.exists()


def test_only_the_secretariat_prepares_and_others_do_not_know_of_it(
    form: QuestionnaireVersion, salma: Person, public: AnonymousUser, yusuf: Person
) -> None:
    with pytest.raises(problems.NotTheSecretariat):
        prepared(form, by=salma)
    made = prepared(form, by=yusuf)
    for reader, count in ((yusuf, 1), (salma, 0), (public, 0)):
        assert len(rounds.listed(reader=reader, language="en")) == count
    with pytest.raises(problems.NoSuchRound):
        actions.close(key=made.key, by=salma, at=timezone.now())


def test_a_round_that_is_open_stands_as_it_is(
    form: QuestionnaireVersion, states: dict[str, State]
) -> None:
    made = opened(form, ["XA"])
    with pytest.raises(problems.RoundOpened):
        actions.edit(
            key=made.key,
            titles={"ar": "س", "en": "x"},
            mandate={},
            form_key=form.key,
            languages=["ar", "en"],
            by=OPERATOR,
            at=timezone.now(),
            **SOON,
        )


def test_it_is_opened_with_states_and_a_questionnaire_that_still_holds(
    form: QuestionnaireVersion, states: dict[str, State]
) -> None:
    made = prepared(form)
    with pytest.raises(problems.NobodyInvited):
        actions.open_round(key=made.key, by=OPERATOR, at=timezone.now())
    actions.invite(key=made.key, states=["XA"], by=OPERATOR, at=timezone.now())
    questionnaires.withdraw(key=form.key, by=OPERATOR, at=timezone.now())
    with pytest.raises(problems.FormWithdrawn):
        actions.open_round(key=made.key, by=OPERATOR, at=timezone.now())
    made.refresh_from_db()
    assert made.opened_at is None


def test_it_is_closed_and_opened_again_until_a_day_that_is_to_come(
    form: QuestionnaireVersion, states: dict[str, State]
) -> None:
    made, now = opened(form, ["XA"]), timezone.now()
    with pytest.raises(problems.RoundNotClosed):
        actions.reopen(key=made.key, by=OPERATOR, at=now)
    actions.close(key=made.key, by=OPERATOR, at=now)
    with pytest.raises(problems.RoundClosed):
        actions.close(key=made.key, by=OPERATOR, at=now)
    actions.reopen(key=made.key, by=OPERATOR, at=now)
    after = now + timedelta(days=200)
    with pytest.raises(problems.DueInThePast):
        actions.reopen(key=made.key, by=OPERATOR, at=after)
    again = actions.reopen(
        key=made.key, cut_off_on=TODAY + timedelta(days=230), by=OPERATOR, at=after
    )
    assert rounds.standing(again, at=after) == RoundStanding.OPEN


def test_a_deadline_lasts_until_midnight_in_vienna_whatever_the_clocks_do(round_: Round) -> None:
    # On 29 March 2026 the clocks go forward in the night.
    round_.due_on = date(2026, 3, 28)
    assert rounds.moments(round_).due == datetime(2026, 3, 28, 23, tzinfo=UTC)
    round_.due_on = date(2026, 3, 29)
    assert rounds.moments(round_).due == datetime(2026, 3, 29, 22, tzinfo=UTC)
    line = round_.invitations.get(state="XA")
    line.round = round_
    end = rounds.end_of(date(2026, 3, 29))
    assert not rounds.is_late(line, at=end - timedelta(seconds=1))
    assert rounds.is_late(line, at=end)


# ── invite ───────────────────────────────────────────────────────────────────────────────────────
def test_no_real_state_is_in_an_invented_round_and_none_invented_among_real_ones(
    form: QuestionnaireVersion, states: dict[str, State]
) -> None:
    State.objects.create(iso2="JO", iso3="JOR", kind="member", names={"en": "Jordan"})
    State.objects.create(iso2="GL", iso3="GRL", kind="territory", names={"en": "Greenland"})
    made_up, real = prepared(form), prepared(form, is_invented=False)
    now = timezone.now()
    for key, code, problem in (
        (made_up.key, "JO", problems.RealInInventedRound),
        (real.key, "XA", problems.InventedInRealRound),
        (real.key, "GL", problems.NotAState),
        (real.key, "ZZ", problems.UnknownInvited),
    ):
        with pytest.raises(problem):
            actions.invite(
                key=key, states=["JO" if key == real.key else "XA", code], by=OPERATOR, at=now
            )
    assert not Invitation.objects.exists()


def test_all_members_a_group_or_single_states_are_invited_on_the_page(
    form: QuestionnaireVersion, states: dict[str, State], yusuf: Person, client_of: Open
) -> None:
    made = prepared(form)
    browser, page = client_of(yusuf), reverse("review:invite", args=[made.key])
    browser.post(page, {"group": "africa"})
    assert list(made.invitations.values_list("state_id", flat=True)) == ["XA"]
    browser.post(page, {"group": "all"})
    assert made.invitations.count() == 4
    browser.post(page, {"state": ["XB", "XC"]})
    assert sorted(made.invitations.values_list("state_id", flat=True)) == ["XB", "XC"]


def test_a_state_that_was_sent_a_note_stays_on_the_register(
    form: QuestionnaireVersion, states: dict[str, State]
) -> None:
    made = opened(form, ["XA", "XB"])
    notes.send(round_key=made.key, by=OPERATOR, at=timezone.now())
    with pytest.raises(problems.NoteHasGone):
        actions.take_off(key=made.key, states=["XA"], by=OPERATOR, at=timezone.now())
    assert made.invitations.count() == 2


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_an_officer_prepares_a_round_on_the_page(
    form: QuestionnaireVersion, yusuf: Person, client_of: Open
) -> None:
    browser = client_of(yusuf)
    typed = {
        "title_ar": "جولة عن الطلب",
        "title_en": "On demand",
        "languages": ["ar", "en"],
        "form_key": form.key,
        **{name: str(day) for name, day in SOON.items()},
    }
    wrong = browser.post(reverse("review:round_new"), {**typed, "due_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["due_on"]
    kept = browser.post(reverse("review:round_new"), typed)
    made = Round.objects.get()
    assert kept.headers["Location"] == reverse("review:invite", args=[made.key])
    assert Entry.objects.filter(action="review.round.prepare", by_id=yusuf.pk).exists()


def test_a_page_of_an_invented_round_says_so_and_leads_on(
    round_: Round, yusuf: Person, client_of: Open
) -> None:
    shown = client_of(yusuf).get(
        reverse("review:round", args=[round_.key]), headers={"accept-language": "en"}
    )
    assert shown.status_code == 200
    assert "none of them exists" in shown.content.decode()
    assert [tab.url for tab in shown.context["tabs"] if tab.current] == [
        reverse("review:round", args=[round_.key])
    ]


def test_an_officer_opens_closes_and_names_analysts_on_the_page(
    form: QuestionnaireVersion,
    states: dict[str, State],
    yusuf: Person,
    reem: Person,
    client_of: Open,
) -> None:
    made = prepared(form)
    browser = client_of(yusuf)

    def act(what: str, **typed: str) -> int:
        return browser.post(reverse("review:round_act", args=[made.key, what]), typed).status_code

    assert act("open") == 409
    browser.post(reverse("review:invite", args=[made.key]), {"group": "all"})
    assert act("open") == 302
    assert act("name", person=str(reem.pk)) == 302
    assert [each.pk for each in rounds.analysts_of(made)] == [reem.pk]
    assert act("name", person=str(yusuf.pk)) == 422
    assert act("release", person=str(reem.pk)) == 302
    assert rounds.analysts_of(made) == []
    assert act("close") == 302
    assert act("reopen", cut_off_on="2020-01-01") == 422
    assert act("reopen") == 302
    assert act("second", day=str(TODAY)) == 422
    assert act("second", day=str(TODAY + timedelta(days=200))) == 302
    made.refresh_from_db()
    assert made.second_due_on == made.cut_off_on == TODAY + timedelta(days=200)
    assert act("burn") == 404


def test_a_round_that_is_prepared_is_changed_on_the_page(
    form: QuestionnaireVersion, yusuf: Person, client_of: Open
) -> None:
    made = prepared(form)
    page = reverse("review:round_edit", args=[made.key])
    browser = client_of(yusuf)
    assert browser.get(page).context["form"]["title_en"].value() == "A round"
    typed = {
        "title_ar": "أخرى",
        "languages": ["ar"],
        "form_key": form.key,
        "due_on": str(SOON["due_on"]),
    }
    assert browser.post(page, typed).status_code == 302
    made.refresh_from_db()
    assert made.titles == {"ar": "أخرى"}
    assert made.languages == ["ar"]
    assert made.cut_off_on == made.due_on
    assert browser.post(page, {**typed, "title_ar": ""}).status_code == 422
    lacking = browser.post(page, {**typed, "languages": ["ar", "en"]})
    assert lacking.status_code == 422
    assert set(lacking.context["form"].errors) == {"title_en"}


def test_every_page_opens_for_the_officer_and_the_public_sees_no_line(
    round_: Round, yusuf: Person, public: AnonymousUser, client_of: Open
) -> None:
    pages = [
        reverse("review:round_list"),
        reverse("review:round_new"),
        reverse("review:tell"),
        *(
            reverse(f"review:{name}", args=[round_.key])
            for name in ("round", "invite", "register", "notes")
        ),
        reverse("review:register_decline", args=[round_.key, "XA"]),
    ]
    for page in pages:
        assert client_of(yusuf).get(page).status_code == 200, page
    seen = client_of(public).get(reverse("review:register", args=[round_.key]))
    assert "XA" not in seen.content.decode()
    assert seen.context["register"].lines == []


def test_a_state_that_looks_is_seen_once(round_: Round, salma: Person, client_of: Open) -> None:
    page = reverse("review:round", args=[round_.key])
    client_of(salma).get(page)
    line = round_.invitations.get(state="XA")
    first = line.seen_at
    assert first is not None
    client_of(salma).get(page)
    line.refresh_from_db()
    assert line.seen_at == first
    assert round_.invitations.filter(seen_at__isnull=False).count() == 1


# ── the register ─────────────────────────────────────────────────────────────────────────────────
def test_the_register_tells_each_state_s_standing_by_name_and_never_sorts_by_it(
    round_: Round, yusuf: Person, client_of: Open
) -> None:
    reply_of(round_, "XA", {})
    late = reply_of(round_, "XB", {}).invitation
    late.is_late = True
    late.save()
    registers.decline(round_key=round_.key, state="XC", by=yusuf, at=MORNING)
    shown = client_of(yusuf).get(
        reverse("review:register", args=[round_.key]), {"sort": "standing"}
    )
    lines = shown.context["register"].lines
    assert [(each.iso2, each.standing) for each in lines] == [
        (each.iso2, each.standing)
        for each in register_queries.register(reader=yusuf, round_=round_, language="ar").lines
    ]
    assert {each.iso2: each.standing for each in lines} == {
        "XA": "answered",
        "XB": "late",
        "XC": "declined",
        "XD": "sent",
    }
    assert shown.context["register"].replied == 2
    assert [column.key for column in shown.context["columns"] if column.key] == ["name"]
    narrowed = client_of(yusuf).get(
        reverse("review:register", args=[round_.key]), {"standing": "declined"}
    )
    assert [each.iso2 for each in narrowed.context["register"].lines] == ["XC"]


def test_a_decline_keeps_the_state_s_words_and_is_taken_back(
    round_: Round, yusuf: Person, salma: Person, client_of: Open
) -> None:
    page = reverse("review:register_decline", args=[round_.key, "XB"])
    assert client_of(salma).post(page, {"because": "x"}).status_code == 403
    client_of(yusuf).post(page, {"because": "ليس لدينا ما نضيفه"})
    line = round_.invitations.get(state="XB")
    assert line.declined_because == "ليس لدينا ما نضيفه"
    with pytest.raises(problems.DeclinedAlready):
        registers.decline(round_key=round_.key, state="XB", by=yusuf, at=MORNING)
    client_of(yusuf).post(reverse("review:take_back_decline", args=[round_.key, "XB"]))
    line.refresh_from_db()
    assert line.declined_at is None
    reply_of(round_, "XA", {})
    with pytest.raises(problems.AnsweredAlready):
        registers.decline(round_key=round_.key, state="XA", by=yusuf, at=MORNING)


@pytest.mark.parametrize("format", ["xlsx", "csv", "json"])
def test_the_register_is_taken_away_marked_and_nothing_in_it_can_run(
    round_: Round, yusuf: Person, client_of: Open, format: str
) -> None:
    registers.decline(
        round_key=round_.key, state="XA", because="=HYPERLINK(1)", by=yusuf, at=MORNING
    )
    made = client_of(yusuf).get(
        reverse("review:register_file", args=[round_.key, format]),
        headers={"accept-language": "en"},
    )
    assert 'filename="INVENTED-register-' in made.headers["Content-Disposition"]
    if format == "json":
        told = json.loads(made.content)
        assert told["is_invented"]
        assert told["mark"]
        assert len(told["states"]) == 4
    elif format == "csv":
        text = made.content.decode("utf-8-sig")
        assert "'=HYPERLINK(1)" in text
        assert text.count("Invented") == 5
    else:
        sheet = load_workbook(io.BytesIO(made.content)).worksheets[0]
        cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
        assert cells["=HYPERLINK(1)"].data_type == "s"
        assert any("none of them exists" in str(value) for value in cells)


def test_there_is_no_other_format(round_: Round, yusuf: Person, client_of: Open) -> None:
    page = reverse("review:register_file", args=[round_.key, "exe"])
    assert client_of(yusuf).get(page).status_code == 422


def test_what_a_reader_may_not_see_looks_like_what_is_not_there(
    form: QuestionnaireVersion, salma: Person, public: AnonymousUser, client_of: Open
) -> None:
    made = prepared(form)
    for person in (salma, public):
        for key in (made.key, "nosuchround"):
            assert client_of(person).get(reverse("review:round", args=[key])).status_code == 404
