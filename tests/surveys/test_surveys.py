"""A body asks its own people, and reads what they answered."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from marsad.directory.models import Body, Membership, Person
from marsad.directory.types import BodyKind, Role
from marsad.journal.models import Entry
from marsad.questionnaires import problems as questionnaire_problems
from marsad.questionnaires.actions import draft as drafts
from marsad.questionnaires.actions import submission as submissions
from marsad.questionnaires.exports import answers as exporting
from marsad.questionnaires.models import Draft, QuestionnaireVersion, Submission
from marsad.surveys import problems
from marsad.surveys.actions import survey as actions
from marsad.surveys.models import Response, Survey
from marsad.surveys.queries import asking
from marsad.surveys.queries import survey as queries
from marsad.surveys.urls import urlpatterns

pytestmark = pytest.mark.django_db

NOON = datetime.now(tz=UTC).replace(hour=10, minute=0, second=0, microsecond=0)
TODAY = NOON.date()


@pytest.fixture
def refuge(db: None) -> Body:
    return Body.objects.create(kind=BodyKind.NGO, name_ar="الملاذ", name_en="The Refuge")


def in_the_body(body: Body, name: str, role: Role) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@refuge.example", name=name)
    Membership.objects.create(
        person=person, body=body, role=role, from_date=TODAY - timedelta(days=9)
    )
    return person


@pytest.fixture
def salma(refuge: Body) -> Person:
    """The focal point of the Refuge."""
    return in_the_body(refuge, "Salma", Role.FOCAL_POINT)


@pytest.fixture
def tariq(refuge: Body) -> Person:
    """Works with people in the Refuge."""
    return in_the_body(refuge, "Tariq", Role.PRACTITIONER)


@pytest.fixture
def needs(db: None) -> QuestionnaireVersion:
    from tests.surveys.forms import needs_form

    return needs_form()


@pytest.fixture
def survey(refuge: Body, salma: Person, needs: QuestionnaireVersion) -> Survey:
    return ask(refuge, salma, needs)


def ask(body: Body, by: Person, form: QuestionnaireVersion, **more: Any) -> Survey:
    told: dict[str, Any] = {"titles": {"ar": "التدريب اللازم", "en": "Training needed"}, **more}
    return actions.open_survey(body=body, form_key=form.key, by=by, at=NOON, **told)


def answer(survey: Survey, by: Person, place: str = "عمّان", **said: str) -> None:
    told = {"staff": "3", "law": "yes", "instance": f"uuid:{by.pk}-{place}", **said}
    asked = asking.of_survey(survey.key)
    corrects = f"<deprecatedID>{told['corrects']}</deprecatedID>" if "corrects" in told else ""
    xml = (
        f'<data id="{asked.form_id}" version="{asked.version}"><place>{place}</place>'
        f"<staff>{told['staff']}</staff><law>{told['law']}</law>"
        f"<meta><instanceID>{told['instance']}</instanceID>{corrects}</meta></data>"
    )
    submissions.receive(xml=xml.encode(), by=by, at=NOON)


# ── asking ───────────────────────────────────────────────────────────────────────────────────────
def test_it_asks_the_people_of_the_body_and_nobody_else(survey, tariq, salma, reem, client_of):
    for person, expected in ((tariq, True), (salma, True), (reem, False)):
        page = client_of(person).get(reverse("surveys:survey_list")).content.decode()
        assert ("التدريب اللازم" in page) is expected


def test_it_asks_only_the_roles_that_were_named(refuge, salma, tariq, needs):
    survey = ask(refuge, salma, needs, open_to_roles=[Role.OBSERVER])
    with pytest.raises(questionnaire_problems.NothingAsked):
        answer(survey, tariq)


def test_it_asks_nobody_who_has_left_the_body(survey, tariq):
    Membership.objects.filter(person=tariq).update(until_date=TODAY)
    with pytest.raises(questionnaire_problems.NothingAsked):
        answer(survey, tariq)


def test_it_lets_only_those_ask_who_may_for_that_body(refuge, tariq, yusuf, needs):
    for person in (tariq, yusuf):
        with pytest.raises(problems.NotASurveyor):
            ask(refuge, person, needs)
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"titles": {"ar": " "}}, problems.NoTitle),
        ({"last_day": TODAY - timedelta(days=1)}, problems.ClosesBeforeItOpens),
    ],
)
def test_it_refuses_a_survey_that_cannot_be(refuge, salma, needs, said, problem):
    with pytest.raises(problem):
        ask(refuge, salma, needs, **said)
    assert not Survey.objects.exists()


def test_it_closes_takes_nothing_and_opens_again(survey, salma, tariq):
    actions.close(key=survey.key, by=salma, at=NOON)
    with pytest.raises(questionnaire_problems.AskingClosed):
        answer(survey, tariq)
    actions.reopen(key=survey.key, last_day=None, by=salma, at=NOON)
    answer(survey, tariq)
    assert Response.objects.count() == 1


def test_it_takes_answers_to_the_end_of_the_last_day_in_vienna(refuge, salma, needs):
    survey = ask(refuge, salma, needs, last_day=TODAY)
    assert survey.closes_at is not None
    assert survey.closes_at > NOON
    assert survey.closes_at - NOON < timedelta(hours=24)


# ── answering ────────────────────────────────────────────────────────────────────────────────────
def test_it_takes_one_answer_from_each_person(survey, tariq, salma):
    answer(survey, tariq)
    answer(survey, salma)
    with pytest.raises(problems.AnsweredBefore):
        answer(survey, tariq, place="إربد")
    assert Response.objects.count() == Submission.objects.count() == 2


def test_it_takes_many_from_each_where_the_survey_wants_them(refuge, salma, tariq, needs):
    survey = ask(refuge, salma, needs, once_each=False)
    answer(survey, tariq)
    answer(survey, tariq, place="إربد")
    assert Response.objects.count() == 2


def test_it_counts_a_correction_in_place_of_what_it_corrects(survey, tariq, salma):
    answer(survey, tariq, staff="3", instance="uuid:1")
    answer(survey, tariq, staff="5", instance="uuid:2", corrects="uuid:1")
    card = queries.one(reader=salma, key=survey.key, language="ar")
    assert card.response_count == 1
    staff = next(
        q for q in queries.summary(reader=salma, key=survey.key, language="ar") if q.median
    )
    assert staff.median == 5


def test_it_writes_no_name_into_the_journal_of_answers_without_names(survey, tariq):
    answer(survey, tariq)
    assert Entry.objects.get(action="surveys.response.take").by is None


# ── reading ──────────────────────────────────────────────────────────────────────────────────────
def test_it_tells_what_each_question_comes_to(survey, tariq, salma):
    answer(survey, tariq, staff="3", law="yes")
    answer(survey, salma, staff="8", law="no", place="=1+1")
    place, staff, law = queries.summary(reader=salma, key=survey.key, language="en")
    assert list(place.words) == ["=1+1", "عمّان"]
    assert (staff.least, staff.median, staff.mean, staff.greatest) == (3, 5.5, 5.5, 8)
    assert [(bar.label, bar.count, bar.share) for bar in law.bars] == [
        ("Yes", 1, 0.5),
        ("No", 1, 0.5),
    ]
    assert {question.asked for question in (place, staff, law)} == {2}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_shows_the_answers_on_a_page(survey, tariq, salma, client_of, language):
    answer(survey, tariq, place="&lt;script&gt;alert(1)&lt;/script&gt;", instance="uuid:1")
    page = client_of(salma).get(
        reverse("surveys:survey", args=[survey.key]), headers={"accept-language": language}
    )
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()


def test_it_hands_the_answers_out_as_a_table_without_formulas(survey, tariq, salma, client_of):
    answer(survey, tariq, place="=1+1")
    client = client_of(salma)

    def taken(format: str) -> bytes:
        answer = client.get(
            reverse("surveys:export", args=[survey.key, format]), headers={"accept-language": "en"}
        )
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return bytes(answer.content)

    codes, words, row = csv.reader(io.StringIO(taken("csv").decode("utf-8-sig")))
    assert codes == ["key", "received_at", "place", "staff", "law"]
    assert words[2:] == ["Place", "How many?", "Is there a law?"]
    assert row[2:] == ["'=1+1", "3", "Yes"]

    sheet = load_workbook(io.BytesIO(taken("xlsx"))).worksheets[0]
    assert [cell.value for cell in sheet[3]][2:] == ["=1+1", 3, "Yes"]
    assert sheet["C3"].data_type == "s"

    (told,) = json.loads(taken("json"))
    assert "by" not in told
    assert {each["path"]: each["value"] for each in told["answers"]}["/data/place"] == "=1+1"


def test_it_names_who_answered_only_where_the_survey_said_so(refuge, salma, tariq, needs):
    named = ask(refuge, salma, needs, shows_names=True)
    answer(named, tariq)
    answers = queries.answers(reader=salma, key=named.key, language="en")
    assert answers.names == {tariq.pk: "Tariq"}


def test_it_takes_answers_away_that_leave_a_number_open(survey, tariq, salma):
    answer(survey, tariq, staff="")
    answers = queries.answers(reader=salma, key=survey.key, language="en")
    for code in exporting.FORMATS:
        assert exporting.write(answers, format=code).data


def test_it_takes_nothing_away_that_a_phone_says_of_its_owner(survey, tariq, salma):
    answer(survey, tariq)
    submission = Submission.objects.get()
    submission.answers.append(
        {
            "path": "/data/username",
            "name": "username",
            "kind": "metadata",
            "value": "tariq",
            "values": [],
            "position": [],
            "file": "",
        }
    )
    submission.save()
    answers = queries.answers(reader=salma, key=survey.key, language="en")
    for code in exporting.FORMATS:
        assert b"tariq" not in exporting.write(answers, format=code).data


def test_it_says_so_when_excel_has_no_room_for_the_answers(survey, tariq, salma, monkeypatch):
    answer(survey, tariq)
    monkeypatch.setattr(exporting, "_MOST_COLUMNS", 3)
    answers = queries.answers(reader=salma, key=survey.key, language="en")
    with pytest.raises(questionnaire_problems.TooManyColumns):
        exporting.write(answers, format="xlsx")
    assert exporting.write(answers, format="csv").data


def test_it_keeps_answers_readable_when_the_form_is_restricted_later(survey, tariq, salma, needs):
    answer(survey, tariq)
    form = needs.questionnaire
    form.access, form.open_to_roles = "restricted", ["administrator"]
    form.save()
    assert queries.mine(reader=salma, language="en")
    assert queries.summary(reader=salma, key=survey.key, language="en")
    assert queries.answers(reader=salma, key=survey.key, language="en").columns


# ── doors ────────────────────────────────────────────────────────────────────────────────────────
#: Who is answered how: nobody signed in, somebody of another body, one who is asked, who asks.
PAGES = {
    "survey_list": (302, 200, 200, 200),
    "survey_new": (302, 403, 403, 200),
    "survey": (302, 404, 404, 200),
    "export": (302, 404, 404, 200),
    "file": (302, 404, 404, 404),
}
ACTS = {"close", "reopen"}


def address(name: str, survey: Survey) -> str:
    kept = {
        "survey": [survey.key],
        "export": [survey.key, "csv"],
        "file": [survey.key, "none", "a.jpg"],
        "close": [survey.key],
        "reopen": [survey.key],
    }
    return reverse(f"surveys:{name}", args=kept.get(name, []))


def test_every_address_is_in_the_table():
    assert {each.name for each in urlpatterns} == set(PAGES) | ACTS


@pytest.mark.parametrize("name", PAGES)
def test_it_answers_each_person_as_they_may(name, survey, client_of, public, reem, tariq, salma):
    answered = tuple(
        client_of(person).get(address(name, survey)).status_code
        for person in (public, reem, tariq, salma)
    )
    assert answered == PAGES[name]


@pytest.mark.parametrize("name", sorted(ACTS))
def test_it_changes_nothing_by_a_link_and_nothing_for_others(name, survey, client_of, salma, tariq):
    assert client_of(salma).get(address(name, survey)).status_code == 405
    assert client_of(tariq).post(address(name, survey)).status_code == 404


def test_it_refuses_a_format_it_does_not_write(survey, salma, client_of):
    where = reverse("surveys:export", args=[survey.key, "exe"])
    assert client_of(salma).get(where).status_code == 422


def test_it_asks_by_a_form_and_says_beside_the_field_what_is_wrong(refuge, salma, needs, client_of):
    client = client_of(salma)
    typed = {"body": refuge.pk, "form_key": needs.key, "title_ar": "", "title_en": ""}
    refused = client.post(reverse("surveys:survey_new"), typed)
    assert refused.status_code == 422
    assert refused.context["form"].errors["title_ar"]

    made = client.post(reverse("surveys:survey_new"), {**typed, "title_ar": "التدريب"})
    assert made.status_code == 302
    survey = Survey.objects.get()
    client.post(reverse("surveys:close", args=[survey.key]))
    survey.refresh_from_db()
    assert survey.closes_at is not None
    client.post(reverse("surveys:reopen", args=[survey.key]), {"last_day": ""})
    survey.refresh_from_db()
    assert survey.closes_at is None


# ── the command ──────────────────────────────────────────────────────────────────────────────────
def test_it_writes_the_answers_of_a_form_from_the_command_line(survey, tariq, salma, tmp_path):
    answer(survey, tariq)
    answer(survey, salma, place="إربد")
    for name in ("training_needs", asking.of_survey(survey.key).form_id):
        out = tmp_path / "answers.csv"
        call_command("questionnaires", "answers", name, "--format", "csv", "--out", str(out))
        rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
        assert [row[2] for row in rows] == ["place", "Place", "عمّان", "إربد"]
    with pytest.raises(questionnaire_problems.NothingAsked):
        call_command("questionnaires", "answers", "never_asked")


@pytest.mark.parametrize("named", [True, False])
def test_it_tells_before_one_answers_what_it_is_for_and_who_will_know(
    refuge, salma, tariq, needs, client_of, named
):
    survey = ask(refuge, salma, needs, purpose="لإعداد خطة التدريب.", shows_names=named)
    where = reverse("questionnaires:fill", args=[asking.of_survey(survey.key).key])
    page = client_of(tariq).get(where, headers={"accept-language": "en"}).content.decode()
    assert "لإعداد خطة التدريب." in page
    assert ("sees who answered" in page) is named
    assert ("does not see who answered" in page) is not named


def test_it_does_not_reopen_without_an_end_because_a_day_was_mistyped(survey, salma, client_of):
    client = client_of(salma)
    actions.close(key=survey.key, by=salma, at=NOON)
    where = reverse("surveys:reopen", args=[survey.key])
    assert client.post(where, {"last_day": "soon"}).status_code == 422
    assert client.post(where, {"last_day": "9999-12-31"}).status_code == 422
    survey.refresh_from_db()
    assert survey.closes_at == NOON


# ── correcting and handing in, in the browser ────────────────────────────────────────────────────
def draft_of(survey: Survey, by: Person) -> str:
    return drafts.begin(asking=asking.of_survey(survey.key).key, by=by, language="ar", at=NOON)


def test_it_corrects_what_was_sent_though_an_empty_draft_was_opened_since(survey, tariq):
    answer(survey, tariq)
    draft_of(survey, tariq)
    drafts.begin_correction(submission=Submission.objects.get().key, by=tariq, at=NOON)
    draft = Draft.objects.get()
    assert "عمّان" in draft.xml
    assert draft.corrects == Submission.objects.get()


def test_it_says_so_when_another_answer_is_begun(survey, tariq):
    answer(survey, tariq)
    draft_of(survey, tariq)
    Draft.objects.update(revision=3)
    with pytest.raises(questionnaire_problems.DraftBegun):
        drafts.begin_correction(submission=Submission.objects.get().key, by=tariq, at=NOON)


def test_it_gives_the_receipt_again_when_the_answer_to_handing_in_was_lost(survey, tariq):
    key = draft_of(survey, tariq)
    asked = asking.of_survey(survey.key)
    xml = (
        f'<data id="{asked.form_id}" version="{asked.version}"><place>عمّان\x0b</place><staff/>'
        "<law>yes</law><meta><instanceID>uuid:9</instanceID></meta></data>"
    )
    sent = {"key": key, "xml": xml, "revision": 0, "language": "ar", "by": tariq, "at": NOON}
    first = drafts.hand_in(**sent)
    again = drafts.hand_in(**sent)
    assert (first.is_new, again.is_new, again.key) == (True, False, first.key)
    assert Submission.objects.get().answers[0]["value"] == "عمّان"
