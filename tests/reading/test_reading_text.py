"""Plain text and web pages: encodings told or refused, and only what a reader would see."""

from __future__ import annotations

import subprocess
import sys

import pytest

from marsad import reading
from marsad.reading import errors
from marsad.reading.tidy import tidy
from tests.reading.samples import ARABIC, ENGLISH, ROOT

RUSSIAN = (
    "Конференция постановила учредить рабочую группу и просила не позднее мая "
    "представить доклад о её работе."
)
FRENCH = "La Conférence a décidé de créer un groupe de travail chargé d’étudier le Protocole."
CHINESE = "缔约方会议决定设立一个工作组，并请各国在第二届会议之前提出关于议定书执行情况的报告。"


def read(data: bytes, name: str = "report.txt") -> reading.Reading:
    return reading.read(data, name=name)


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (ARABIC, "utf-8", "utf-8"),
        (ARABIC, "utf-8-sig", "utf-8-sig"),
        (ARABIC, "utf-16", "utf-16"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (ARABIC, "utf-16-be", "utf-16-be"),
        (ARABIC, "utf-32", "utf-32"),
        ("قرّر المؤتمر أن ينشئ فريقا عاملا", "windows-1256", "windows-1256"),
        ("قرّر المؤتمر أن ينشئ فريقا عاملا", "iso-8859-6", "iso-8859-6"),
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (FRENCH, "windows-1252", "windows-1252"),
        ("The State’s report – adopted", "windows-1252", "windows-1252"),
        (CHINESE, "gb18030", "gb18030"),
        (ENGLISH, "ascii", "utf-8"),
    ],
)
def test_it_tells_the_encoding_by_the_spelling(text, encoding, named):
    found = read(text.encode(encoding))

    assert found.encoding == named
    assert found.text.split() == text.split()


@pytest.mark.parametrize(
    "data",
    [
        "الل".encode("windows-1256")[:1],
        bytes(range(0xC0, 0x100)) * 3,
        "Ἐν ἀρχῇ".encode("iso-8859-7", "ignore") * 3,
        "ประเทศไทยและสหประชาชาติ".encode("cp874"),
    ],
)
def test_it_refuses_rather_than_guess(data):
    with pytest.raises(errors.UnknownEncoding):
        read(data)


def test_it_leaves_out_a_character_cut_in_half_and_says_so():
    found = read("قرّر المؤتمر".encode()[:-1])

    assert found.text == "قرّر المؤتم"
    assert len(found.notes) == 1


def test_it_says_that_some_bytes_were_no_text():
    found = read("قرّر المؤتمر ما يلي من الأعمال".encode() + b" \xff " + "والسلام".encode())

    assert "\ufffd" in found.text
    assert found.notes


def test_it_leaves_no_control_character_and_no_mark_of_direction():
    assert tidy("a\0b\x1b\r\nc\r\u2028d\u202eε\u200f\te\x0cf\ud800") == "ab\nc\n\ndε e\ff\ufffd"


def test_it_keeps_private_signs_and_joiners_for_the_repair():
    assert tidy("\ue814 نمی\u200cشود") == "\ue814 نمی\u200cشود"


def test_it_reads_a_page_as_its_reader_would():
    page = """<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body
      onload="alert(1)"><!-- no --><h1>قرّر&nbsp;المؤتمر</h1><p>one <b>two</b>&amp;
      three<br>four</p><script>alert("<p>never</p>")</script><template><p>never</p></template>
      <noscript>never</noscript><p hidden>never</p><p style="display:none">never</p>
      <iframe srcdoc="<p>never</p>">never</iframe><svg><text>never</text></svg>
      <table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table><ul><li>x<li>y</ul>tail"""

    found = read(page.encode(), "page.html")

    assert found.text == "قرّر المؤتمر\n\none two& three\nfour\n\na b\nc\n\nx\ny\n\ntail"
    assert found.kind == "html"


def test_it_knows_a_page_whatever_its_name_says():
    assert read(b"<html><script>alert(1)</script><p>word</p>", "notes.txt").text == "word"
    assert reading.sniff("الفقرة <b>١</b> من التقرير".encode(), "notes.txt") == "txt"


def test_it_believes_a_page_about_its_encoding_only_where_it_can_be_true():
    page = '<html><meta charset="{}"><p>قرّر المؤتمر ما يلي</p>'

    told = read(page.format("windows-1256").encode("windows-1256"), "a.html")
    wrong = read(page.format("gb2312").encode(), "a.html")

    assert (told.text, told.encoding) == ("قرّر المؤتمر ما يلي", "windows-1256")
    assert wrong.text == "قرّر المؤتمر ما يلي"


def test_it_reads_a_file_by_its_path(tmp_path):
    (tmp_path / "a.txt").write_text("قرّر المؤتمر", encoding="utf-8")

    assert reading.read_file(tmp_path / "a.txt").text == "قرّر المؤتمر"


def test_it_prints_the_text_or_one_sentence(tmp_path):
    (tmp_path / "a.txt").write_text("قرّر المؤتمر", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    run = [sys.executable, "-m", "marsad.reading"]

    good = subprocess.run([*run, tmp_path / "a.txt"], capture_output=True, cwd=ROOT, check=False)
    bad = subprocess.run([*run, tmp_path / "empty.txt"], capture_output=True, cwd=ROOT, check=False)

    assert (good.returncode, good.stdout.decode()) == (0, "قرّر المؤتمر\n")
    assert (bad.returncode, bad.stdout, bad.stderr.count(b"\n")) == (1, b"", 1)
