"""The pages of questionnaires, asked as a browser asks."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from marsad.directory.models import Person
from marsad.directory.types import OPERATOR
from marsad.library import loading as library_loading
from marsad.library.models import Theme
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.models import Questionnaire, QuestionnaireVersion
from tests.questionnaires.workbooks import SMALL, ask, workbook

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
Open = Callable[[Person | AnonymousUser], Client]


@pytest.fixture
def published(db: None) -> QuestionnaireVersion:
    version = actions.upload(data=workbook(), file_name="visits.xlsx", by=OPERATOR, at=NOON)
    return actions.publish(key=version.key, by=OPERATOR, at=NOON)


def file_of(data: bytes, name: str = "visits.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_the_list_shows_what_is_published(client: Client, published: QuestionnaireVersion) -> None:
    page = client.get("/questionnaires/").content.decode()

    assert "زيارات التفتيش" in page
    assert 'lang="ar" dir="rtl">زيارات التفتيش' in page
    assert "/questionnaires/upload/" not in page


def test_the_list_can_be_searched(client: Client, published: QuestionnaireVersion) -> None:
    assert "زيارات التفتيش" in client.get("/questionnaires/?q=زيارات").content.decode()
    assert "زيارات التفتيش" not in client.get("/questionnaires/?q=xyz").content.decode()


def test_a_questionnaire_shows_its_questions_in_the_readers_language(
    client: Client, published: QuestionnaireVersion
) -> None:
    url = f"/questionnaires/forms/{published.questionnaire.key}/"
    arabic = client.get(url, headers={"accept-language": "ar"}).content.decode()
    english = client.get(url, headers={"accept-language": "en"}).content.decode()

    assert "كم عاملا فيه؟" in arabic
    assert "بروتوكول الاتجار بالأشخاص، المادة ٩، الفقرة ١ (أ)" in arabic
    assert "How many workers are there?" in english
    assert "Trafficking in Persons Protocol, article 9, paragraph 1 (a)" in english


def test_a_workbook_is_uploaded_looked_over_and_published(yusuf: Person, client_of: Open) -> None:
    client = client_of(yusuf)

    sent = client.post("/questionnaires/upload/", {"file": file_of(workbook()), "body": ""})
    assert sent.status_code == 302
    draft = client.get(sent["Location"])
    assert draft.status_code == 200
    done = client.post(f"{sent['Location']}do/publish/", follow=True)

    assert QuestionnaireVersion.objects.get().state == "published"
    assert "do/withdraw/" in done.content.decode()


def test_a_new_version_shows_what_it_changes_before_it_is_published(
    yusuf: Person, client_of: Open, published: QuestionnaireVersion
) -> None:
    client = client_of(yusuf)
    data = workbook(
        [SMALL[1] | {"relevant": None}, ask("text", "why", en="Why so?")], settings={"version": "2"}
    )

    sent = client.post(
        f"/questionnaires/forms/{published.questionnaire.key}/upload/", {"file": file_of(data)}
    )
    page = client.get(sent["Location"], headers={"accept-language": "en"}).content.decode()

    assert "New questions" in page
    assert "Why so?" in page
    assert "Questions that are gone" in page
    assert "Did you visit the place?" in page
    assert "The answers to 1 question carry over." in page


def test_faults_are_told_with_sheet_cell_and_remedy(yusuf: Person, client_of: Open) -> None:
    data = workbook([ask("txt", "a"), ask("text", "b", relevant="${nope} = 1")])

    answer = client_of(yusuf).post(
        "/questionnaires/upload/",
        {"file": file_of(data), "body": ""},
        headers={"accept-language": "en"},
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "There is no type “txt”." in page
    assert "Did you mean “text”?" in page
    assert ">A2<" in page
    assert ">E3<" in page
    assert not Questionnaire.objects.exists()


def test_the_marked_workbook_comes_with_the_page(yusuf: Person, client_of: Open) -> None:
    data = workbook([ask("txt", "a")])

    page = (
        client_of(yusuf)
        .post("/questionnaires/upload/", {"file": file_of(data), "body": ""})
        .content.decode()
    )
    held = re.search(r'href="data:[^;]+;base64,([^"]+)" download="([^"]+)"', page)

    assert held is not None
    assert held[2] == "visits-marsad.xlsx"
    book = load_workbook(io.BytesIO(base64.b64decode(held[1])))
    assert book["marsad"].sheet_view.rightToLeft
    assert book["survey"]["A2"].comment is not None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04"])
def test_another_file_gets_a_sentence(yusuf: Person, client_of: Open, data: bytes) -> None:
    answer = client_of(yusuf).post(
        "/questionnaires/upload/", {"file": file_of(data, "form.xlsx"), "body": ""}
    )

    assert answer.status_code == 422
    assert "xlsx" in answer.content.decode()


def test_script_in_words_is_refused_and_never_runs(yusuf: Person, client_of: Open) -> None:
    data = workbook([ask("text", "a", en="<script>alert(1)</script>")])

    page = (
        client_of(yusuf)
        .post("/questionnaires/upload/", {"file": file_of(data), "body": ""})
        .content.decode()
    )

    assert "<script>alert" not in page


@pytest.mark.parametrize(("format", "begins"), [
    ("xlsx", b"PK"), ("json", b"{"), ("pdf", b"%PDF"), ("xml", b"<?xml"),
])  # fmt: skip
def test_a_version_is_taken_away(
    client: Client, published: QuestionnaireVersion, format: str, begins: bytes
) -> None:
    answer = client.get(f"/questionnaires/versions/{published.key}/as/{format}/?language=en")

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert "attachment" in answer["Content-Disposition"]


def test_the_workbook_comes_back_byte_for_byte(
    client: Client, published: QuestionnaireVersion
) -> None:
    answer = client.get(f"/questionnaires/versions/{published.key}/as/xlsx/")

    assert answer.content == bytes(published.workbook)


def test_the_json_holds_questions_rules_and_provisions(
    client: Client, published: QuestionnaireVersion
) -> None:
    whole = json.loads(client.get(f"/questionnaires/versions/{published.key}/as/json/").content)

    workers = whole["children"][1]
    assert workers["serves"]["provisions"][0]["article"] == "9"
    assert workers["rules"]["required"] == "true()"
    assert whole["titles"]["en"] == "Inspection visits"
    assert [choice["value"] for choice in whole["choice_lists"]["yes_no"]] == ["yes", "no"]


def test_an_unknown_format_gets_a_sentence(client: Client, published: QuestionnaireVersion) -> None:
    assert client.get(f"/questionnaires/versions/{published.key}/as/docx/").status_code == 422


def test_the_bank_is_a_page(client: Client, published: QuestionnaireVersion) -> None:
    page = client.get(
        "/questionnaires/questions/?q=workers", headers={"accept-language": "en"}
    ).content.decode()

    assert "How many workers are there?" in page
    assert "Did you visit the place?" not in page


def test_the_bank_calls_themes_by_their_names(client: Client) -> None:
    library_loading.load_reference_data(at=NOON)
    rows = [ask("text", "a", **{"bind::marsad:themes": "training"})]
    version = actions.upload(data=workbook(rows), file_name="f.xlsx", by=OPERATOR, at=NOON)
    actions.publish(key=version.key, by=OPERATOR, at=NOON)

    page = client.get("/questionnaires/questions/", headers={"accept-language": "en"})

    name = Theme.objects.get(code="training").label_en
    assert f'?theme=training"><bdi>{name}</bdi>' in page.content.decode()
    assert f">{name} (1)</option>" in page.content.decode()


@pytest.mark.parametrize(
    "query", ["concept=nope", "provision=%00", "page=99999", "q=%D8%9F", "page=x"]
)
def test_the_bank_bears_any_question(
    client: Client, published: QuestionnaireVersion, query: str
) -> None:
    assert client.get(f"/questionnaires/questions/?{query}").status_code in (200, 422)


READERS = ["public", "nobody", "basma", "reem", "amal", "yusuf", "administrator"]


@pytest.mark.parametrize("who", READERS)
def test_only_authors_reach_what_changes_questionnaires(
    who: str, published: QuestionnaireVersion, client_of: Open, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    may = who in ("yusuf", "administrator")
    key = published.questionnaire.key

    upload = client.get("/questionnaires/upload/")
    withdraw = client.post(f"/questionnaires/versions/{published.key}/do/withdraw/")
    access = client.post(f"/questionnaires/forms/{key}/access/", {"access": "restricted"})

    assert upload.status_code == (200 if may else 302 if who == "public" else 403)
    assert withdraw.status_code == (302 if may else 403)
    assert access.status_code == (302 if may else 403)
    assert (Questionnaire.objects.get().access == "restricted") is may


def test_a_draft_is_not_there_for_others(client: Client) -> None:
    draft = actions.upload(data=workbook(), file_name="f.xlsx", by=OPERATOR, at=NOON)

    for address in (f"versions/{draft.key}/", f"versions/{draft.key}/as/json/",
                    f"forms/{draft.questionnaire.key}/"):  # fmt: skip
        assert client.get(f"/questionnaires/{address}").status_code == 404


def test_nothing_unknown_can_be_done_to_a_version(
    yusuf: Person, client_of: Open, published: QuestionnaireVersion
) -> None:
    client = client_of(yusuf)

    assert client.post(f"/questionnaires/versions/{published.key}/do/burn/").status_code == 404
    assert client.get(f"/questionnaires/versions/{published.key}/do/withdraw/").status_code == 405
    assert client.post(f"/questionnaires/versions/{published.key}/do/publish/").status_code == 409


def test_a_long_list_asks_few_questions_of_the_database(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        data = workbook(settings={"form_id": f"form-{number}"})
        version = actions.upload(data=data, file_name="f.xlsx", by=OPERATOR, at=NOON)
        actions.publish(key=version.key, by=OPERATOR, at=NOON)

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/questionnaires/")
