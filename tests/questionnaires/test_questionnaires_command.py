"""`marsad questionnaires …` on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from marsad.problems import Problem
from marsad.questionnaires.models import QuestionnaireVersion
from tests.questionnaires.workbooks import ask, workbook


def run(*words: str) -> tuple[str, str, int]:
    """What a command says, what it complains of, and how it ends."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("questionnaires", *words, stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return out.getvalue(), err.getvalue(), code


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "زيارات.xlsx"
    path.write_bytes(workbook())
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(workbook([ask("txt", "a"), ask("text", "b", relevant="${c} = 1")]))
    return path


def test_it_checks_without_a_database(good: Path, bad: Path) -> None:
    assert run("check", str(good)) == ("زيارات.xlsx: 0 faults, 0 warnings\n", "", 0)

    said, _err, code = run("check", str(bad))

    assert code == 1
    assert "survey!A2 (type): fault: There is no type “txt”." in said
    assert "survey!E3 (relevant): fault:" in said


def test_it_tells_faults_as_json(bad: Path) -> None:
    said, _err, code = run("check", str(bad), "--json")

    first = json.loads(said)["faults"][0]
    assert code == 1
    assert first["sheet"] == "survey"
    assert first["row"] == 2
    assert first["column"] == "type"
    assert first["code"] == "type.unknown"
    assert first["remedy"]


def test_it_speaks_arabic_when_asked(bad: Path) -> None:
    assert "لا نوع اسمه «txt»" in run("check", str(bad), "--reader", "ar")[0]


def test_it_writes_the_faults_into_the_workbook(bad: Path, tmp_path: Path) -> None:
    run("check", str(bad), "--out", str(tmp_path / "marked.xlsx"))

    assert "marsad" in load_workbook(tmp_path / "marked.xlsx").sheetnames


def test_it_says_that_a_file_is_missing() -> None:
    with pytest.raises(Problem) as missing:
        run("check", "/no/such/file.xlsx")

    assert missing.value.code == "questionnaires.file.cannot-open"


@pytest.mark.django_db
def test_it_publishes_lists_and_shows(good: Path, tmp_path: Path) -> None:
    said, err, code = run("publish", str(good), "--json")

    assert (err, code) == ("", 0)
    told: list[dict[str, Any]] = json.loads(said[said.index("[") :])
    assert told[0]["state"] == "published"
    assert QuestionnaireVersion.objects.get().state == "published"
    assert "visits" in run("list")[0]
    assert json.loads(run("list", "--json")[0])[0]["questions"] == 2
    run("show", "visits", "--format", "pdf", "--out", str(tmp_path / "f.pdf"))
    assert (tmp_path / "f.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.django_db
def test_one_bad_workbook_does_not_stop_the_others(good: Path, bad: Path) -> None:
    said, err, code = run("publish", str(bad), str(good))

    assert code == 1
    assert "survey!A2" in err
    assert "visits" in said
    assert run("publish", str(good))[2] == 1, "the same workbook again is refused"


@pytest.mark.django_db
def test_it_keeps_a_draft_when_asked(good: Path) -> None:
    run("publish", str(good), "--draft")

    assert QuestionnaireVersion.objects.get().state == "draft"
