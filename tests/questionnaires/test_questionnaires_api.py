"""Questionnaires for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marsad.directory.models import Person
from marsad.directory.types import OPERATOR
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.models import Questionnaire, QuestionnaireVersion
from tests.questionnaires.workbooks import ask, workbook

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE = "/api/v1/questionnaires"
Open = Callable[[Person | AnonymousUser], Client]


@pytest.fixture
def published(db: None) -> QuestionnaireVersion:
    version = actions.upload(data=workbook(), file_name="visits.xlsx", by=OPERATOR, at=AT)
    return actions.publish(key=version.key, by=OPERATOR, at=AT)


def sent(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("visits.xlsx", data)


def test_it_lists_and_shows(client: Client, published: QuestionnaireVersion) -> None:
    [one] = client.get(f"{HERE}?language=en").json()
    whole = client.get(f"{HERE}/visits?language=en").json()

    assert (one["form_id"], one["title"], one["questions"]) == ("visits", "Inspection visits", 2)
    assert whole["versions"][0]["id"] == published.key
    assert client.get(f"{HERE}/nothing").status_code == 404


@pytest.mark.parametrize("format", ["json", "xlsx", "xml", "pdf"])
def test_it_hands_out_the_form(
    client: Client, published: QuestionnaireVersion, format: str
) -> None:
    answer = client.get(f"{HERE}/visits/form?format={format}")

    assert answer.status_code == 200
    assert answer.content
    assert client.get(f"{HERE}/visits/form?format=docx").status_code == 422


def test_it_searches_the_bank(client: Client, published: QuestionnaireVersion) -> None:
    found = client.get(f"{HERE}/questions?q=workers&language=en").json()

    assert found["count"] == 1
    assert found["questions"][0]["concept"] == "inspection.workers"
    assert client.get(f"{HERE}/questions?most=9999").status_code == 422


def test_it_checks_a_workbook_and_stores_nothing(yusuf: Person, client_of: Open) -> None:
    told = client_of(yusuf).post(f"{HERE}/check", {"file": sent(workbook([ask("txt", "a")]))})

    assert told.json()["can_be_published"] is False
    assert told.json()["faults"][0]["cell"] == "A2"
    assert not Questionnaire.objects.exists()


def test_it_takes_a_workbook_in(yusuf: Person, client_of: Open) -> None:
    client = client_of(yusuf)

    made = client.post(HERE, {"file": sent(workbook()), "publish": "true"})

    assert made.status_code == 201
    assert made.json()["state"] == "published"
    again = client.post(HERE, {"file": sent(workbook([ask("txt", "a")]))})
    assert again.status_code == 422
    assert json.loads(again.content)["code"] == "questionnaires.form.broken"
    assert json.loads(again.content)["details"]["faults"][0]["row"] == 2


@pytest.mark.parametrize(("who", "status"), [
    ("public", 401), ("nobody", 403), ("basma", 403), ("amal", 403), ("yusuf", 200),
])  # fmt: skip
def test_only_authors_check(
    who: str, status: int, client_of: Open, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))

    assert client.post(f"{HERE}/check", {"file": sent(workbook())}).status_code == status
