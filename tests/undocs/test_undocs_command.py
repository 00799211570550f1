"""`python -m marsad.undocs FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.undocs.__main__ import main

_TEXT = "I. Recommendations\n\n1. The Secretariat should report.\n\n2. The meeting ended.\n"


def test_it_prints_one_object(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "report.txt"
    file.write_text(_TEXT, encoding="utf-8")
    assert main([str(file)]) == 0
    said = json.loads(capfdbinary.readouterr().out)
    assert [one["id"] for one in said["recommendations"]] == ["1"]
    assert said["symbol"] is None


def test_it_prints_akoma_ntoso(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "report.txt"
    file.write_text(_TEXT, encoding="utf-8")
    assert main([str(file), "--format", "akn"]) == 0
    assert b"<akomaNtoso" in capfdbinary.readouterr().out


@pytest.mark.parametrize("data", [b"", b"   \n", b"\x89PNG\r\n\x1a\n" + bytes(20)])
def test_it_says_in_one_sentence_what_it_cannot_read(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], data: bytes
) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(data)
    assert main([str(file)]) == 1
    told = capfdbinary.readouterr()
    assert told.out == b""
    assert len(told.err.decode().strip().splitlines()) == 1


def test_it_says_that_a_file_is_not_there(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([str(tmp_path / "none.txt")]) == 1
    assert b"none.txt" in capfdbinary.readouterr().err


_BROKEN = """مقدمـة  -أولا

المساعدة التقنية  وتقدم الأمانة تقريرا عن  -١
التي تلقتها الدول الأطراف في البروتوكول خلال السنوات الثلاث الماضية.
"""
_COPY = """أولا- مقدمة

١- وتقدم الأمانة تقريرا عن المساعدة التقنية
التي تلقتها الدول الأطراف في البروتوكول خلال السنوات الثلاث الماضية.
"""


def test_it_mends_a_text_by_another_copy_before_reading_it(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file, copy = tmp_path / "report.txt", tmp_path / "copy.txt"
    file.write_text(_BROKEN, encoding="utf-8")
    copy.write_text(_COPY, encoding="utf-8")
    assert main([str(file), "--also", str(copy), "--learn", str(copy)]) == 0
    told = capfdbinary.readouterr()
    assert told.err == b""
    (paragraph,) = json.loads(told.out)["paragraphs"]
    assert paragraph["text"].startswith("وتقدم الأمانة تقريرا عن المساعدة التقنية التي")


@pytest.mark.parametrize(
    ("text", "said"), [(_BROKEN, b"not a copy"), (_TEXT, b"not in Arabic")], ids=["arabic", "not"]
)
def test_it_says_when_the_other_copy_is_of_no_use(
    text: str,
    said: bytes,
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("marsad.problems._translate", str)
    file, copy = tmp_path / "report.txt", tmp_path / "copy.txt"
    file.write_text(text, encoding="utf-8")
    copy.write_text("تنمو أشجار الزيتون في التربة الجافة وتقطف في الخريف\n", encoding="utf-8")
    assert main([str(file), "--also", str(copy)]) == 0
    told = capfdbinary.readouterr()
    assert json.loads(told.out)["paragraphs"]
    assert said in told.err
    assert len(told.err.splitlines()) == 1
