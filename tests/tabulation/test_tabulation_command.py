"""`python -m marsad.tabulation`: what scripts stand on."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from marsad.tabulation.__main__ import main
from tests.tabulation.figures_of_our_own import FORM, VICTIMS, line, save_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return save_workbook(
        tmp_path / "w.xlsx",
        [
            line("JOR", 2019, "1,282"),
            line("SAF", 2019, "<5"),
            line("JOR", 2020, "40"),
            line("JOR", 2020, "<5", dimension=FORM, category="Forced labour"),
        ],
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return save_workbook(tmp_path / "b.xlsx", [line("JOR", 2019, "7"), line("JOR", 2020, "-7")])


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_series_as_json(capsys: pytest.CaptureFixture[str], workbook: Path) -> None:
    code, out, _err = run(capsys, "series", workbook, "--indicator", VICTIMS, "--format", "json")
    assert code == 0
    first, second = json.loads(out)
    assert (first["year"], first["states"], first["low"], first["high"]) == (2019, 2, 1283, 1286)
    assert (first["censored"], first["not_states"]) == (1, 1)
    assert second["year"] == 2020


def test_series_of_a_year_by_a_breakdown_as_csv(
    capsys: pytest.CaptureFixture[str], workbook: Path
) -> None:
    asked = ("series", workbook, "--indicator", "victims", "--year", 2020, "--by", FORM)
    _code, out, _err = run(capsys, *asked, "--format", "csv")
    (one,) = csv.DictReader(io.StringIO(out))
    assert (one["category"], one["low"], one["high"]) == ("Forced labour", "1", "4")


def test_what_was_kept_answers_as_the_file_does(
    capsys: pytest.CaptureFixture[str], workbook: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    code, out, err = run(capsys, "read", workbook, "--keep", folder, "--json")
    assert code == 0
    assert json.loads(out)["understood"] == 4
    kept = Path(err.strip())
    asked = ("--indicator", "victims")
    answers = [run(capsys, "series", given, *asked)[1] for given in (workbook, kept, folder)]
    assert answers[0] == answers[1] == answers[2]


def test_read_says_what_is_refused(capsys: pytest.CaptureFixture[str], broken: Path) -> None:
    code, out, _err = run(capsys, "read", broken)
    assert code == 1
    assert "1 understood, 0 doubted, 1 refused" in out
    assert "figures!L5" in out


def test_a_file_with_refused_rows_is_counted_only_when_asked(
    capsys: pytest.CaptureFixture[str], broken: Path
) -> None:
    asked = ("series", broken, "--indicator", "victims")
    code, out, err = run(capsys, *asked)
    assert (code, out) == (1, "")
    assert "1 of 2 rows" in err
    code, out, _err = run(capsys, *asked, "--anyway")
    assert [one["year"] for one in json.loads(out)] == [2019]


def test_check_asks_in_sentences_and_in_json(
    capsys: pytest.CaptureFixture[str], workbook: Path
) -> None:
    _code, out, _err = run(capsys, "check", workbook, "--state", "jor")
    assert "from 1282 in 2019 to 40 in 2020" in out
    _code, out, _err = run(capsys, "check", workbook, "--json")
    assert {doubt["code"] for doubt in json.loads(out)} == {"break", "parts-fewer"}


def test_tables_are_listed_and_made(
    capsys: pytest.CaptureFixture[str], workbook: Path, tmp_path: Path
) -> None:
    _code, out, _err = run(capsys, "table", workbook)
    assert "convictions-classes" in out
    _code, out, _err = run(capsys, "table", workbook, "detected-victims", "--year", "2019-2020")
    assert len(json.loads(out)["records"]) == 2
    _code, out, _err = run(capsys, "table", workbook, "detected-victims", "--format", "csv")
    assert out.startswith("# Detected victims, by year")
    _code, out, _err = run(capsys, "table", workbook, "sdg-16-2-2", "--format", "sdmx")
    assert out.startswith("STRUCTURE,STRUCTURE_ID,ACTION")
    book = tmp_path / "table.xlsx"
    asked = ("table", workbook, "detected-victims", "--language", "ar", "--format", "xlsx")
    run(capsys, *asked, "--output", book)
    assert load_workbook(book).worksheets[0]["A1"].value == "الضحايا المكتشفون حسب السنة"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("series", "--indicator", "tourists"), "no figures on “tourists”"),
        (("series", "--indicator", "victims", "--by", "weight"), "“weight”"),
        (("series", "--indicator", "victims", "--year", "soon"), "“soon” is not a year"),
        (("table", "nothing"), "no table called “nothing”"),
        (("read", "--as", "nobody"), "no mapping of columns called “nobody”"),
    ],
)
def test_it_says_what_it_cannot_do(
    capsys: pytest.CaptureFixture[str], workbook: Path, asked: tuple[str, ...], says: str
) -> None:
    code, _out, err = run(capsys, asked[0], workbook, *asked[1:])
    assert code == 1
    assert says in err
    assert "Traceback" not in err


def test_it_says_that_a_file_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "series", "nowhere.xlsx", "--indicator", "victims")[0] == 1
