"""`python -m marsad.arabic`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from marsad import arabic
from marsad.arabic.__main__ import main

REPORT = """\
١- تعقـد الدول الأطراف اجتماعـا في فيينا كل سنة لمناقشة التعاون الدولي.
المساعدة التقنية  وتقدم الأمانة تقريرا عن  -٢
"""
COPY = """\
١- تعقد الدول الأطراف اجتماعا في فيينا كل سنة لمناقشة التعاون الدولي.
٢- وتقدم الأمانة تقريرا عن المساعدة التقنية
"""
OTHER = "تنمو أشجار الزيتون في التربة الجافة، وتقطف ثمارها في الخريف، ثم تعصر في المعاصر القديمة.\n"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences as an engine by itself says them."""
    monkeypatch.setattr("marsad.problems._translate", str)


def put(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_it_prints_the_repaired_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([put(tmp_path, "report.txt", "مقدمــة  -أولا\n")]) == 0
    assert capsys.readouterr().out == "أولا- مقدمة\n"


def test_it_prints_the_changes_after_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([put(tmp_path, "report.txt", "مقدمــة  -أولا\n"), "--changes"]) == 0
    text, _, changes = capsys.readouterr().out.partition("\x1e\n")
    assert text == "أولا- مقدمة\n"
    assert [json.loads(line)["stage"] for line in changes.splitlines()] == ["tatweel", "markers"]


def test_it_prints_one_object_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, put(tmp_path, "report.txt", "مقدمــة  -أولا\nالدول الأطراف\n"))
    assert list(found) == ["text", "lines", "changes", "discarded", "quality", "notes"]
    assert found["text"] == "أولا- مقدمة\nالدول الأطراف\n"
    assert [line["source"] for line in found["lines"]] == ["مقدمــة  -أولا", "الدول الأطراف", ""]
    assert "".join(line["text"] + line["ending"] for line in found["lines"]) == found["text"]
    assert found["quality"]["changes"] == {"tatweel": 1, "markers": 1}
    assert found["notes"] == []


def test_it_keeps_every_line_break_of_a_clean_text(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = "الدول  الأطراف \r\n\r\nفي فيينا\f\n".encode()
    (tmp_path / "report.txt").write_bytes(data)
    assert main([str(tmp_path / "report.txt")]) == 0
    assert capsysbinary.readouterr().out == data


def test_it_reads_other_kinds_of_files_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document()
    document.add_paragraph("مقدمــة  -أولا")
    document.save(str(tmp_path / "report.docx"))
    assert main([str(tmp_path / "report.docx")]) == 0
    assert capsys.readouterr().out == "أولا- مقدمة\n"


def test_it_mends_by_another_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, copy = put(tmp_path, "report.txt", REPORT), put(tmp_path, "copy.txt", COPY)
    assert main([report, "--also", copy]) == 0
    printed = capsys.readouterr()
    assert printed.out == COPY
    assert printed.err == ""


def test_it_says_when_the_other_copy_is_none_and_goes_on_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, other = put(tmp_path, "report.txt", REPORT), put(tmp_path, "other.txt", OTHER)
    assert main([report]) == 0
    alone = capsys.readouterr().out
    assert main([report, "--also", other]) == 0
    printed = capsys.readouterr()
    assert printed.out == alone
    assert len(printed.err.splitlines()) == 1
    assert "other.txt" in printed.err


def test_it_learns_from_other_texts_and_keeps_what_it_learned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, other = put(tmp_path, "report.txt", REPORT), put(tmp_path, "other.txt", OTHER * 2)
    kept = tmp_path / "knowledge.json"
    assert main([report, "--learn", other, "--knowledge", str(kept)]) == 0
    once = arabic.Knowledge.from_json(kept.read_text(encoding="utf-8"))
    assert once.words["الزيتون"] == 2
    assert main([report, "--learn", other, "--knowledge", str(kept)]) == 0
    assert arabic.Knowledge.from_json(kept.read_text(encoding="utf-8")).words["الزيتون"] == 4
    assert main([report, "--knowledge", str(kept)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 99}',
        '{"version": 1, "words": {"a": "many"}, "pairs": {}, "codes": {}}',
        '{"version": 1, "words": {"a": Infinity}, "pairs": {}, "codes": {}}',
        "[" * 100_000,
        "\x00\x01",
    ],
)
def test_it_says_in_one_sentence_that_what_was_learned_is_damaged(
    damaged: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, kept = put(tmp_path, "report.txt", REPORT), put(tmp_path, "knowledge.json", damaged)
    assert main([report, "--knowledge", kept]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "States parties should  consider -1\n2- measures (a)\n",
        "۱- این گزارش با همکاری سازمان ملل متحد تهیه شـده است  و به کنفرانس تقدیم می‌شود.\n",
        "۱- تمام رکن ممالک سے درخواست ہے  کہ وہ متاثرین کی حفاظت کریـں۔\n",
        "Государства -участники  должны\n",
    ],
)
def test_it_leaves_another_language_alone_and_says_so(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([put(tmp_path, "report.txt", text)]) == 0
    printed = capsys.readouterr()
    assert printed.out == text
    assert "not in Arabic" in printed.err
    assert len(printed.err.splitlines()) == 1


def test_it_mends_only_the_arabic_of_mixed_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    english = "The Working Group met in Vienna  -1\nand  considered the following matters.\n"
    persian = "این گزارش با همکاری سازمان ملل متحد تهیه شـده است  و تقدیم می‌شود.\n"
    mixed = f"مقدمــة  -أولا\n\f{english}\f{persian}"
    assert main([put(tmp_path, "report.txt", mixed)]) == 0
    printed = capsys.readouterr()
    assert printed.out == f"أولا- مقدمة\n\f{english}\f{persian}"
    assert "lines (the first is line" in printed.err
    assert len(printed.err.splitlines()) == 1


def test_it_reads_a_line_of_100_000_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "العمـل الدولي في مجال  مكافحة الجريمة " * 2_700 + "\n"
    assert main([put(tmp_path, "report.txt", line)]) == 0
    printed = capsys.readouterr()
    assert printed.out.split() == line.replace("ـ", "").split()
    assert len(printed.err.splitlines()) == 1


def test_it_leaves_a_word_without_end_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "العمـل" * 20_000 + "\n"
    assert main([put(tmp_path, "report.txt", line)]) == 0
    printed = capsys.readouterr()
    assert printed.out == line
    assert len(printed.err.splitlines()) == 1


def test_it_says_that_halves_and_controls_are_no_writing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(b"\xff\xfe" + "العمـل\x07 الدولي\n".encode("utf-16-le"))
    assert main([str(file)]) == 0
    printed = capsys.readouterr()
    assert printed.out == "العمل\x07 الدولي\n"
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize("data", [b"", b" \n", b"\x00\x01\x02\x00", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_it_says_in_one_sentence_what_it_cannot_read(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(data)
    assert main([str(file)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1


def test_it_says_when_a_file_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = put(tmp_path, "report.txt", REPORT)
    for arguments in (
        ["/nowhere/report.txt"],
        [report, "--also", "/nowhere/report.txt"],
        [report, "--learn", "/nowhere/report.txt"],
    ):
        assert main(arguments) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "/nowhere/report.txt" in printed.err


def test_it_damages_a_text_the_same_way_for_the_same_seed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean = put(tmp_path, "clean.txt", COPY * 5)
    truth = tmp_path / "truth.txt"
    assert main(["damage", clean, "--seed", "4", "--truth", str(truth)]) == 0
    damaged = capsys.readouterr().out
    assert main(["damage", clean, "--seed", "4", "--truth"]) == 0
    assert capsys.readouterr().out == truth.read_text(encoding="utf-8")
    assert main(["damage", clean, "--seed", "4", "--format", "json"]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    assert "\n".join(line["text"] for line in lines) == damaged
    assert "\n".join(line["truth"] for line in lines) == truth.read_text(encoding="utf-8")
    assert main(["damage", clean, "--seed", "5"]) == 0
    assert capsys.readouterr().out != damaged


def test_it_damages_as_the_recipe_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = put(tmp_path, "clean.txt", COPY)
    undone = ["--set", "runs=0", "--set", "markers=0", "--set", "tatweel=0", "--set", "width=0"]
    assert main(["damage", clean, "--recipe", "office", *undone]) == 0
    assert capsys.readouterr().out == COPY


@pytest.mark.parametrize("wrong", [["--recipe", "soup"], ["--set", "soup=1"], ["--set", "runs=x"]])
def test_it_says_which_recipes_there_are(
    wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["damage", put(tmp_path, "clean.txt", COPY), *wrong]) == 1
    assert "choose from" in capsys.readouterr().err
