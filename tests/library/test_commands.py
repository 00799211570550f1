"""`marsad library …`, as a script calls it."""

from __future__ import annotations

import json
import os
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from config import manage
from marsad.library import problems
from marsad.library.models import Document
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT


def run(*arguments):
    """What it says on standard output."""
    out = StringIO()
    call_command("library", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def given(capfdbinary):
    """What a command that gives a file writes to the process's own standard output."""

    def run_and_read(*arguments):
        capfdbinary.readouterr()
        run(*arguments)
        return capfdbinary.readouterr().out.decode()

    return run_and_read


@pytest.fixture
def report(tmp_path, reference_data):
    path = tmp_path / "report.txt"
    path.write_text(ENGLISH_REPORT, encoding="utf-8")
    return path


@pytest.fixture
def added(report):
    return json.loads(run("add", str(report), "--json"))[0]


def test_it_says_what_it_found_in_a_file(added):
    assert added["symbol"] == "TEST/COP/WG.9/2023/4"
    assert added["title"]
    assert added["id"] == Document.objects.get().key
    assert added["found"]["recommendations"] == 3
    assert "needs_a_person" in added


def test_it_says_it_to_a_person_too(report):
    assert "TEST/COP/WG.9/2023/4" in run("add", str(report))


def test_it_goes_on_behind_a_bad_file_and_ends_with_1(report, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("library", "add", str(empty), str(report), stdout=out, stderr=err)
    assert ended.value.code == 1
    assert len(err.getvalue().strip().splitlines()) == 1
    assert "empty.txt" in err.getvalue()
    assert Document.objects.count() == 1


def test_it_says_that_a_file_is_not_there(reference_data, tmp_path):
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("library", "add", str(tmp_path / "none.txt"), stdout=StringIO(), stderr=err)
    assert ended.value.code == 1
    assert "none.txt" in err.getvalue()


def test_it_restricts_a_document_to_the_roles_named(report):
    run("add", str(report), "--open-to", "librarian")
    document = Document.objects.get()
    assert document.access == "restricted"
    assert document.open_to_roles == ["librarian"]


def test_it_keeps_two_languages_of_a_document_together(added, tmp_path):
    arabic = tmp_path / "ar.txt"
    arabic.write_text(ARABIC_REPORT, encoding="utf-8")
    run("add", str(arabic), "--language", "ar")
    listed = json.loads(run("list", "--json"))
    assert [each["languages"] for each in listed] == [["ar", "en"]]


def test_it_lists_the_shelf(added):
    assert added["id"] in run("list")


@pytest.mark.parametrize("named", ["id", "symbol"])
def test_it_shows_a_document_by_id_or_symbol(added, given, named):
    assert "recruitment agency" in given("show", added[named])


def test_it_shows_a_document_as_json_and_akoma_ntoso(added, given):
    assert len(json.loads(given("show", added["id"], "--format", "json"))["recommendations"]) == 3
    assert "akomaNtoso" in given("show", added["id"], "--format", "akn")


def test_it_writes_a_document_to_a_file(added, tmp_path):
    path = tmp_path / "out.docx"
    run("show", added["id"], "--format", "docx", "--out", str(path))
    assert path.read_bytes().startswith(b"PK")


def test_it_refuses_a_document_that_is_not_there(reference_data):
    with pytest.raises(problems.NoSuchDocument):
        run("show", "nothing")


def test_it_gives_the_recommendations_chosen(added, given):
    chosen = given("recommendations", "--addressee", "secretariat", "--format", "json")
    assert "guide on interviewing children" in chosen
    assert "recruitment agency" not in chosen


@pytest.mark.parametrize("code", ["csv", "text"])
def test_it_gives_recommendations_as_text(added, given, code):
    assert "recruitment agency" in given("recommendations", "--format", code)


@pytest.mark.parametrize(("code", "opening"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_it_gives_recommendations_as_a_file(added, tmp_path, code, opening):
    path = tmp_path / f"out.{code}"
    run("recommendations", "--format", code, "--out", str(path))
    assert path.read_bytes().startswith(opening)


def test_it_refuses_a_theme_that_is_on_no_list(added):
    with pytest.raises(problems.UnknownTheme) as refused:
        run("recommendations", "--theme", "nothing")
    assert "nothing" in str(refused.value)


def test_it_finds_passages(added):
    assert "TEST/COP/WG.9/2023/4" in run("search", "recruitment")
    assert json.loads(run("search", "recruiting", "--json"))


def test_it_adds_a_file_whose_name_is_no_text(reference_data, tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"x\xff.txt")
    with open(path, "wb") as file:
        file.write(ENGLISH_REPORT.encode())
    (added,) = json.loads(run("add", os.fsdecode(path), "--json"))
    assert added["file"] == "x\N{REPLACEMENT CHARACTER}.txt"
    assert Document.objects.get().key == added["id"]


def test_it_says_that_a_file_whose_name_is_no_text_is_not_there(reference_data):
    err = StringIO()
    with pytest.raises(SystemExit):
        call_command("library", "add", "none\udcff.txt", stdout=StringIO(), stderr=err)
    assert "none\N{REPLACEMENT CHARACTER}.txt" in err.getvalue()
    assert json.loads(run("search", "x\udcff", "--json"))["count"] == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["library", "show", "nothing"], "There is no such document in the library"),
        (["library", "recommendations", "--theme", "x"], "There is no theme"),
    ],
)
def test_it_gives_up_with_one_sentence(reference_data, monkeypatch, capsys, arguments, says):
    monkeypatch.setattr(sys, "argv", ["/somewhere/manage.py", *arguments])
    with translation.override("en"), pytest.raises(SystemExit) as ended:
        manage.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert said.startswith(says)
    assert said.count("\n") == 1


def test_it_calls_itself_marsad(monkeypatch, capsys, reference_data):
    monkeypatch.setattr(sys, "argv", ["/somewhere/manage.py", "library", "dance"])
    with translation.override("en"), pytest.raises(SystemExit) as ended:
        manage.main()
    assert ended.value.code == 2
    assert "marsad library: error" in capsys.readouterr().err
