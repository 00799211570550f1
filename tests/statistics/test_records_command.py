"""`marsad statistics import --as records` and `marsad statistics records …`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from marsad import privacy
from marsad.directory.models import State
from marsad.questionnaires.compiling import compile_form
from marsad.statistics.models import RecordArrival, RecordEdition, Release
from marsad.statistics.records import errors
from tests.review import rounds
from tests.statistics.record_files import many, victim, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> dict[str, State]:
    settings.DEMO = True
    settings.DATA_ROOT = str(tmp_path / "root")
    settings.RECORDS_KEY = "only for the tests of this room, nothing else"
    return rounds.states()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("statistics", *arguments)
    return capsys.readouterr().out


AS = ("--as", "records", "--state", "XA")


def test_it_imports_records_and_releases_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, [*many(12, prefix="W"), *many(2, prefix="M", sex="male")])
    tried = json.loads(run(capsys, "import", str(file), *AS, "--dry-run", "--json"))
    assert (tried["understood"], tried["refused"], tried["kinds"]) == (14, 0, {"victim": 14})
    assert not RecordArrival.objects.exists()
    told = json.loads(run(capsys, "import", str(file), *AS, "--json"))
    assert (told["number"], told["rows"], told["codes"]) == (1, 14, "2026-1")
    assert "XA  the State as a whole: 14 records" in run(capsys, "records", "held")
    shown = run(capsys, "records", "release", "--state", "XA", "--by", "sex", "--dry-run")
    assert "Male,Total,<5,small" in shown
    assert "Female,Total,10-13,withheld" in shown
    assert not Release.objects.exists()
    told = json.loads(run(capsys, "records", "release", "--state", "XA", "--json"))
    assert told["number"] == 1
    assert told["small"] > 0
    with pytest.raises(privacy.ThresholdTooLow):
        run(capsys, "records", "release", "--state", "XA", "--threshold", "2")


def test_it_says_what_is_wrong_and_keeps_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, [victim("V-1", sex="robot")])
    with pytest.raises(SystemExit):
        run(capsys, "import", str(file), *AS, "--dry-run")
    assert "not one of the codes" in capsys.readouterr().out
    named = written(tmp_path, [{**victim("V-1"), "First name": "Amina"}], name="named.csv")
    with pytest.raises(errors.TellsWho):
        run(capsys, "import", str(named), *AS)
    with pytest.raises(errors.TellsWho) as caught:
        run(capsys, "import", str(named), *AS, "--reader", "ar")
    assert "في العمود «First name»" in str(caught.value)
    assert not RecordEdition.objects.exists()
    assert not [each for each in (tmp_path / "root").rglob("*") if each.is_file()]


def test_it_gives_the_code_lists_and_the_form_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(run(capsys, "records", "codes"))
    assert told["version"] == "2026-1"
    table = run(capsys, "records", "codes", "--format", "csv")
    assert table.splitlines()[0].startswith("version,kind,variable")
    told["version"] = "2027-1"
    file = tmp_path / "codes.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert "2027-1" in run(capsys, "records", "codes", "--upload", str(file))
    assert json.loads(run(capsys, "records", "codes"))["version"] == "2027-1"
    form = tmp_path / "victim.xlsx"
    run(capsys, "records", "form", "victim", "--output", str(form))
    assert compile_form(form.read_bytes(), name=form.name).version == "2027-1"
