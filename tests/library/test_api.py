"""The API, as another program speaks to it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marsad import reading
from marsad.library.actions import arrival as actions
from marsad.library.models import Arrival, Document
from tests.library.reports import ENGLISH_REPORT, NOON

API = "/api/v1"


@pytest.fixture
def document(shelve):
    return shelve(ENGLISH_REPORT)


def upload(client, data=b"1. A paragraph.", name="a.txt", **said):
    return client.post(f"{API}/documents", {"file": SimpleUploadedFile(name, data), **said})


def test_it_describes_itself(client):
    described = client.get(f"{API}/openapi.json")
    assert described.status_code == 200
    assert described.json()["openapi"].startswith("3.1")
    assert f"{API}/documents" in described.json()["paths"]


def test_it_lists_documents(document, client):
    (listed,) = client.get(f"{API}/documents").json()
    assert listed["id"] == document.key
    assert listed["symbol"] == document.symbol
    assert listed["recommendation_count"] == 3


def test_it_gives_the_structure_of_a_document(document, client):
    found = client.get(f"{API}/documents/{document.key}").json()
    assert [each["id"] for each in found["recommendations"]] == ["1", "2", "3"]


@pytest.mark.parametrize("code", ["text", "json", "akn", "docx", "pdf"])
def test_it_gives_a_document_as_a_file(document, client, code):
    answer = client.get(f"{API}/documents/{document.key}/as/{code}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_it_narrows_the_index(document, client):
    every = client.get(f"{API}/recommendations").json()
    some = client.get(f"{API}/recommendations", {"addressee": "secretariat"}).json()
    assert (every["count"], some["count"]) == (3, 1)


@pytest.mark.parametrize("code", ["json", "csv", "xlsx", "docx", "pdf", "text"])
def test_it_gives_the_index_as_a_file(document, client, code):
    assert client.get(f"{API}/recommendations/as/{code}").status_code == 200


def test_it_names_the_themes(reference_data, client):
    assert client.get(f"{API}/themes", {"language": "ar"}).json()


def test_it_searches(document, client):
    found = client.get(f"{API}/search", {"q": "recruiting"}).json()
    assert found["count"] >= 1


def test_it_keeps_restricted_documents_from_everybody_else(shelve, client, client_of, amal):
    hidden = shelve(ENGLISH_REPORT, access="restricted", open_to_roles=["librarian"])
    assert client.get(f"{API}/documents").json() == []
    assert client.get(f"{API}/recommendations").json()["count"] == 0
    assert client.get(f"{API}/search", {"q": "recruitment"}).json()["count"] == 0
    assert client.get(f"{API}/documents/{hidden.key}").status_code == 404
    assert len(client_of(amal).get(f"{API}/documents").json()) == 1


# django-ninja would rather have a Status than a pair; the answer is the same.
def test_it_takes_a_file_and_tells_how_far_it_has_come(reference_data, client_of, amal):
    client = client_of(amal)
    answer = upload(client, ENGLISH_REPORT.encode())
    assert answer.status_code == 202
    actions.read(arrival_id=Arrival.objects.get().pk, at=NOON)
    outcome = client.get(f"{API}/arrivals/{answer.json()['arrival']}").json()
    assert outcome["symbol"] == "TEST/COP/WG.9/2023/4"


# ── what it refuses, and with which number ───────────────────────────────────────────────────────
def test_it_answers_401_to_who_has_not_signed_in(reference_data, client):
    answer = upload(client)
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-signed-in"
    assert not Arrival.objects.exists()


def test_it_answers_401_to_a_token_that_opens_nothing(reference_data, client):
    answer = client.get(f"{API}/documents", headers={"authorization": "Bearer nothing"})
    assert answer.status_code == 401


def test_it_answers_403_to_who_may_not(reference_data, client_of, reem):
    answer = upload(client_of(reem))
    assert answer.status_code == 403
    assert answer.json()["code"]


def test_it_answers_403_to_a_session_without_its_csrf_token(reference_data, amal):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amal)
    assert upload(client).status_code in (401, 403)
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("path", ["documents/nothing", "documents/nothing/as/text", "nowhere"])
def test_it_answers_404_in_json_to_what_is_not_there(reference_data, client, path):
    answer = client.get(f"{API}/{path}", headers={"accept": "application/json"})
    assert answer.status_code == 404


def test_it_answers_409_to_the_same_bytes_twice(document, client_of, amal):
    answer = upload(client_of(amal), ENGLISH_REPORT.encode())
    assert answer.status_code == 409
    assert answer.json()["details"]["document"] == document.key
    assert Document.objects.count() == 1


def test_it_tells_what_is_wrong_with_a_file_that_was_taken_to_be_read(
    reference_data, client_of, amal
):
    client = client_of(amal)
    key = upload(client, b"").json()["arrival"]
    actions.read(arrival_id=Arrival.objects.get().pk, at=NOON)
    assert client.get(f"{API}/arrivals/{key}").json()["problem"]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("recommendations", {"addressee": "moon"}),
        ("recommendations", {"year": "x"}),
        ("search", {}),
    ],
)
def test_it_answers_422_to_a_question_it_cannot_read(reference_data, client, path, asked):
    answer = client.get(f"{API}/{path}", asked)
    assert answer.status_code == 422
    assert answer.json()["code"]


@pytest.mark.parametrize(
    "asked",
    [
        "documents?language=zz",
        "documents?in_language=zz",
        "recommendations?language=zz",
        "recommendations?language=fr",
        "recommendations/as/pdf?language=zz",
        "themes?language=zz",
        "search?q=x&language=zz",
        "directory/states?language=zz",
        "directory/states/JO?language=zz",
    ],
)
def test_it_answers_422_to_a_language_nobody_speaks(reference_data, client, asked):
    answer = client.get(f"{API}/{asked}", headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Choose one of" in answer.json()["message"] or "language" in answer.json()["message"]


def test_it_names_states_in_the_languages_of_the_united_nations(reference_data, client):
    named = client.get(f"{API}/directory/states/JO?language=fr").json()
    assert named["name"] == "Jordanie"


def test_it_gives_a_document_in_the_language_asked_for(document, client):
    for language in ("zh", "en", ""):
        found = client.get(f"{API}/documents/{document.key}?language={language}")
        assert found.status_code == 200
    assert client.get(f"{API}/documents/{document.key}?language=zz").status_code == 422


def test_it_keeps_no_words_of_languages_nobody_speaks(reference_data, client):
    from django.utils.translation import trans_real

    before = set(trans_real._translations)
    for language in ("xa", "xb", "xc"):
        client.get(f"{API}/recommendations", {"language": language})
    assert set(trans_real._translations) <= before | {"ar", "en"}


def test_it_takes_files_in_languages_it_reads_only(reference_data, client_of, amal):
    answer = upload(client_of(amal), language="xyz")
    assert answer.status_code == 422
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    "asked", ["start=-1", "start=9223372036854775808", "most=0", "most=101", f"year={'9' * 30}"]
)
def test_it_answers_422_to_numbers_past_counting(reference_data, client, asked):
    assert client.get(f"{API}/search?q=x&{asked}").status_code == 422


def test_it_tells_the_true_size_of_a_file_that_is_too_large(
    reference_data, client_of, amal, settings, monkeypatch
):
    monkeypatch.setattr(reading, "Limits", lambda: SimpleNamespace(size=1024 * 1024))
    settings.LARGEST_DOCUMENT = 1024 * 1024
    answer = upload(client_of(amal), b"x" * (3 * 1024 * 1024))
    assert answer.status_code == 409
    assert answer.json()["details"]["megabytes"] == 3


def test_it_says_when_a_request_is_too_large_as_a_whole(reference_data, client_of, amal, settings):
    settings.LARGEST_DOCUMENT = 1000
    answer = upload(client_of(amal), b"x" * 9000)
    assert answer.status_code == 409
    assert answer.json()["code"] == "library.arrival.too-much-at-once"
