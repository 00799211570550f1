"""Scripts bring figures in with somebody's token, and may do what that person may."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marsad.directory import actions as directory
from marsad.directory.models import Body, Membership, Person, State
from marsad.directory.types import BodyKind, Role
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.models import Arrival, Edition, Question

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
FILE = b"indicator,year,sex,value\nvictims,2023,,10\nvictims,2023,Female,9\nvictims,2023,Male,<5\n"


@pytest.fixture(autouse=True)
def data_root(tmp_path: Path, settings: Any) -> None:
    settings.DATA_ROOT = str(tmp_path / "root")
    settings.DEMO = True


@pytest.fixture
def salma(db: None) -> Person:
    state = State.objects.create(
        iso2="XA", iso3="XAR", kind="member", names={"en": "Arkia"}, is_invented=True
    )
    person = Person.objects.create_user("salma@state.example", name="Salma")
    body = Body.objects.create(
        kind=BodyKind.MINISTRY, state=state, name_en="Ministry", name_ar="وزارة"
    )
    Membership.objects.create(
        person=person, body=body, role=Role.FOCAL_POINT, from_date=date(2020, 1, 1)
    )
    return person


class Script:
    """Asks with a token, in English."""

    def __init__(self, person: Person) -> None:
        secret = directory.make_token(name="script", by=person, at=NOON)
        self._client = Client(
            headers={"authorization": f"Bearer {secret}", "accept-language": "en"}
        )

    def get(self, path: str) -> Any:
        return self._client.get(f"/api/v1/statistics/{path}").json()

    def raw(self, path: str, body: bytes, *, media: str = "application/json") -> Any:
        return self._client.post(f"/api/v1/statistics/{path}", body, content_type=media)

    def post(self, path: str, told: Any = None, **more: Any) -> Any:
        if "file" in more:
            data = {"file": SimpleUploadedFile("own.csv", more["file"]), **told}
            return self._client.post(f"/api/v1/statistics/{path}", data)
        return self._client.post(
            f"/api/v1/statistics/{path}", told or {}, content_type="application/json"
        )


def sent(script: Script, data: bytes = FILE) -> str:
    answer = script.post("arrivals", {"source": "state-xa"}, file=data)
    assert answer.status_code == 202, answer.content
    key: str = answer.json()["arrival"]
    arrivals.read_waiting(arrival_id=Arrival.objects.get(key=key).pk, at=NOON)
    return key


def test_a_script_sends_looks_takes_answers_and_verifies(salma: Person) -> None:
    script = Script(salma)
    key = sent(script)
    assert script.get(f"arrivals/{key}")["card"]["rows"] == 3
    remarks = script.get(f"arrivals/{key}/remarks?code=censored")
    assert (remarks["count"], remarks["remarks"][0]["row"]) == (1, 4)
    assert script.get(f"arrivals/{key}/rows?most=1")["rows"][0]["place"] == "Arkia"
    edition = script.post(f"arrivals/{key}/take").json()
    assert (edition["number"], edition["standing"]) == (1, "waiting")
    asked = script.get("questions")
    assert asked["count"] == Question.objects.filter(severity__in=("ask", "warn")).count()
    for question in asked["questions"]:
        answer = script.post(
            f"questions/{question['key']}/answer", {"kind": "right", "note": "Counted twice."}
        )
        assert answer.json()["answer"] == "Counted twice."
    assert script.get("figures")["open_questions"] == 0
    verified = script.post(f"editions/{edition['key']}/verify").json()
    assert verified["standing"] == "in_force"
    assert script.get(f"editions/{edition['key']}")["changes"] is None


def test_a_script_says_how_columns_are_read(salma: Person) -> None:
    script = Script(salma)
    key = sent(script, b"Jahr;Opfer\n2023;12\n")
    assert script.get(f"arrivals/{key}")["card"]["stage"] == "failed"
    told = {
        "columns": {"Jahr": "year", "Opfer": "value"},
        "constants": {"indicator": "Detected trafficking victims"},
    }
    assert script.post(f"arrivals/{key}/columns", told).status_code == 202
    arrivals.read_waiting(arrival_id=Arrival.objects.get(key=key).pk, at=NOON)
    assert script.get(f"arrivals/{key}")["card"]["rows"] == 1
    bad = script.post(f"arrivals/{key}/columns", {"columns": {"Jahr": "moon"}})
    assert bad.status_code in (400, 422)
    assert script.post(f"arrivals/{key}/put-aside").status_code == 204


def test_a_script_undoes(salma: Person) -> None:
    script = Script(salma)
    edition = script.post(f"arrivals/{sent(script)}/take").json()
    script.post(f"editions/{edition['key']}/verify")
    gone = script.post(f"editions/{edition['key']}/withdraw").json()
    assert gone["standing"] == "withdrawn"
    again = script.post(f"editions/{edition['key']}/restore").json()
    assert (again["number"], again["restores"], again["standing"]) == (2, 1, "in_force")


def test_a_script_may_do_what_its_person_may(salma: Person, yusuf: Person, reem: Person) -> None:
    own, officer, other = Script(salma), Script(yusuf), Script(reem)
    key = sent(own)
    edition = own.post(f"arrivals/{key}/take").json()["key"]
    assert officer.post(f"editions/{edition}/verify").status_code == 404
    assert officer.get("figures")["sources"][0]["source"] == "state-xa"
    assert other.post(f"editions/{edition}/verify").status_code == 404
    for path in (f"arrivals/{key}", f"editions/{edition}"):
        assert other.get(path)["code"].endswith("not-found")
    assert other.get("questions")["code"] == "statistics.figures.not-for-you"
    assert Client().get("/api/v1/statistics/figures").status_code == 401
    assert Client().post("/api/v1/statistics/arrivals").status_code == 401
    refused = officer.post("arrivals", {"source": "state-xa"}, file=FILE)
    assert refused.status_code == 404
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("media", ["application/json", "text/plain", FORM])
@pytest.mark.parametrize("odd", [rb"a\u0000b", rb"a\uD800", rb"\ude00\ud83d", b"a\xed\xa0\x80"])
def test_json_whose_texts_cannot_be_kept_is_refused(salma: Person, odd: bytes, media: str) -> None:
    script = Script(salma)
    key = sent(script)
    for path, body in (
        (f"arrivals/{key}/columns", b'{"columns": {"%s": "year"}}'),
        (f"arrivals/{key}/columns", b'{"columns": {}, "aside": ["%s"]}'),
        ("questions/0/answer", b'{"kind": "right", "note": "%s"}'),
    ):
        answer = script.raw(path, body.replace(b"%s", odd), media=media)
        assert (answer.status_code, answer.json()["code"]) == (422, "house.not-text")


def test_json_of_whole_signs_is_taken(salma: Person) -> None:
    script = Script(salma)
    key = sent(script)
    body = rb'{"columns": {"\ud83d\ude00": "note", "\\u0000": "source", "value": "value"}}'
    assert script.raw(f"arrivals/{key}/columns", body).status_code == 202
    assert script.raw(f"arrivals/{key}/columns", b"[" * 100_000).status_code == 400
    assert script.raw(f"arrivals/{key}/columns", rb'{"a": "\u0000"').status_code == 400


@pytest.mark.parametrize("given", ["nope", "rot13", "base64", "unicode_escape", "idna", "utf-7"])
def test_an_encoding_that_no_figures_are_written_in_is_refused(salma: Person, given: str) -> None:
    script = Script(salma)
    key = sent(script)
    told = {"source": "state-xa", "encoding": given}
    for answer in (
        script.post("arrivals", told, file=FILE),
        script.post(f"arrivals/{key}/columns", {"columns": {}, "encoding": given}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "tabulation.unknown-encoding")
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize("given", ["CP1256", "windows-1256", "latin1", "utf_8", "gb18030"])
def test_an_encoding_may_be_called_by_any_of_its_names(salma: Person, given: str) -> None:
    told = {"source": "state-xa", "encoding": given}
    assert Script(salma).post("arrivals", told, file=FILE).status_code == 202
