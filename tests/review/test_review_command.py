"""A round by commands and by the API: the same acts and the same rights."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from marsad.directory.models import Person, State
from marsad.library.models import Document
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.review import problems
from marsad.review.models import Note, Report, Round
from tests.library.conftest import (  # noqa: F401 - fixtures asked for by name
    Shelve,
    add,
    reference_data,
    shelve,
)
from tests.review.rounds import LAW, MORNING, reply_of
from tests.review.test_review_told import REPORT

pytestmark = pytest.mark.django_db
API = "/api/v1/review"
TODAY = timezone.localdate()


def run(*arguments: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("review", *arguments, stdout=out)
    return out.getvalue()


def run_json(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


@pytest.fixture
def opened(form: QuestionnaireVersion, states: dict[str, State]) -> dict[str, Any]:
    """A round that a script has prepared, opened, and sent notes for."""
    told: dict[str, Any] = run_json(
        "open",
        "--form=law_and_victims",
        "--title-ar=جولة",
        "--title-en=A round",
        f"--due={TODAY + timedelta(days=9)}",
        f"--second={TODAY + timedelta(days=20)}",
        "--states=all",
        "--invented",
        "--send",
    )
    return told


def test_a_script_opens_a_round_in_one_go(opened: dict[str, Any]) -> None:
    assert opened["standing"] == "open"
    assert opened["counts"]["sent"] == 4
    assert opened["notes"]["written"] == Note.objects.count() == 8
    assert opened["is_invented"]


def test_it_tells_how_far_a_round_has_come_reminds_and_closes(
    opened: dict[str, Any], salma: Person
) -> None:
    key = opened["id"]
    assert "0 of 4 States replied" in run("status", key)
    assert "[Invented]" in run("list")
    # It reminds where mail is set up; where not, it says to whom nothing went.
    reminded = run_json("remind", key)
    assert "XA" in reminded["reminded"] + reminded["kept"]
    assert run_json("close", key)["standing"] == "closed"
    with pytest.raises(problems.RoundClosed):
        run("send", key, "--second")
    assert run_json("reopen", key)["standing"] == "open"


def test_it_writes_the_register_to_a_file(opened: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "register.json"
    run("export", opened["id"], "--format", "json", "--out", str(file))
    told = json.loads(file.read_text(encoding="utf-8"))
    assert [each["iso2"] for each in told["states"]] == ["XA", "XB", "XC", "XD"]


def test_it_tells_a_round_from_a_report(shelve: Shelve) -> None:  # noqa: F811
    document = shelve(REPORT)
    told = run_json("tell", document.symbol or "")
    assert told["standing"] == "told"
    assert told["replied"] == 3
    assert Round.objects.get().told_by_id == document.pk


# ── the API ──────────────────────────────────────────────────────────────────────────────────────
def test_the_api_describes_itself(client: Client, db: None) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {f"{API}/rounds", f"{API}/rounds/{{key}}/register"} <= set(paths)


def test_a_script_of_the_public_sees_the_round_and_no_line_of_its_register(
    opened: dict[str, Any], client: Client, yusuf: Person, salma: Person
) -> None:
    (listed,) = client.get(f"{API}/rounds").json()
    assert listed["standing"] == "open"
    register = f"{API}/rounds/{listed['id']}/register"
    assert client.get(register).json()["states"] == []
    client.force_login(salma)
    own = client.get(register).json()
    assert [each["iso2"] for each in own["states"]] == ["XA"]
    assert not own["is_whole"]
    client.force_login(yusuf)
    whole = client.get(register, {"language": "en", "standing": "sent"}).json()
    assert [each["name"] for each in whole["states"]] == [
        "Arkia",
        "Bahrestan",
        "Corrida",
        "Delmaria",
    ]
    assert whole["is_invented"]
    assert client.get(register, {"standing": "best"}).status_code == 422


def test_once_a_report_is_out_others_read_what_became_of_it_and_not_who_looked(
    round_: Round, client: Client, analyst: Person, salma: Person
) -> None:
    reply_of(round_, "XB", {LAW: "yes"})
    for state in ("XA", "XC"):
        begun = reply_of(round_, state, {LAW: "yes"}, sent_at=None).invitation
        begun.seen_at = MORNING
        begun.save()
    Report.objects.create(
        key="r" * 16,
        round=round_,
        titles={"en": "Report"},
        as_at=MORNING,
        made_at=MORNING,
        published_at=MORNING,
        document=Document.objects.create(key="d" * 16, accepted_at=MORNING),
    )
    register = f"{API}/rounds/{round_.key}/register"
    began = ("sent_at", "seen_at", "started_at")

    def told() -> tuple[dict[str, str], set[str]]:
        lines = client.get(register).json()["states"]
        moments = {each["iso2"] for each in lines if any(each[name] for name in began)}
        return {each["iso2"]: each["standing"] for each in lines}, moments

    outcome = {"XA": "invited", "XB": "answered", "XC": "invited", "XD": "invited"}
    assert told() == (outcome, set())
    assert "started" not in client.get(register).json()["counts"]
    assert client.get(register, {"standing": "started"}).json()["states"] == []
    exported = client.get(f"{register}/as/json").json()["states"]
    assert not any(each[name] for each in exported for name in began)
    page = client.get(f"/review/{round_.key}/register/", {"lang": "en"}).content.decode()
    assert "2 March 2026" not in page
    client.force_login(salma)
    assert told() == ({**outcome, "XA": "started"}, {"XA"})
    client.force_login(analyst)
    assert told()[1] == {"XA", "XB", "XC", "XD"}


def test_a_round_that_is_prepared_is_not_there_for_others(
    form: QuestionnaireVersion, client: Client, opened: dict[str, Any]
) -> None:
    Round.objects.update(opened_at=None)
    for path in ("", "/register", "/register/as/csv"):
        answer = client.get(f"{API}/rounds/{opened['id']}{path}")
        assert answer.status_code == 404
        assert answer.json()["code"] == "review.round.not-found"


@pytest.mark.parametrize("format", ["xlsx", "csv", "json"])
def test_the_register_is_given_as_a_file(
    opened: dict[str, Any], client: Client, yusuf: Person, format: str
) -> None:
    client.force_login(yusuf)
    made = client.get(f"{API}/rounds/{opened['id']}/register/as/{format}")
    assert made.status_code == 200
    assert "INVENTED-" in made.headers["Content-Disposition"]
