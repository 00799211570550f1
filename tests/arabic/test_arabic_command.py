"""`python -m marsad.arabic`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.arabic.__main__ import main


def test_it_prints_the_repaired_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.txt"
    file.write_text("مقدمــة  -أولا\n", encoding="utf-8")
    assert main([str(file)]) == 0
    assert capsys.readouterr().out == "أولا- مقدمة\n"


def test_it_prints_the_changes_after_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.txt"
    file.write_text("مقدمــة  -أولا\n", encoding="utf-8")
    assert main([str(file), "--changes"]) == 0
    text, _, changes = capsys.readouterr().out.partition("\x1e\n")
    assert text == "أولا- مقدمة\n"
    assert [json.loads(line)["stage"] for line in changes.splitlines()] == ["tatweel", "markers"]


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


def test_it_says_when_a_file_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/nowhere/report.txt"]) == 1
    assert "/nowhere/report.txt" in capsys.readouterr().err
