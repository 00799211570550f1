"""Whatever bytes arrive: text or a sentence, never anything else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import reading
from marsad.problems import Problem
from tests.reading.samples import any_docx, any_pdf

BEGINNINGS = [
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf",
    b"{\\rtf1", b"\x89PNG\r\n\x1a\n", b"II*\0", b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
]  # fmt: skip
PIECES = [
    "<p>", "</p>", "<script>", "<table>", "<td>", "<!--", "-->", "&#0;", "&lt;", "نص", "x",
    "<![CDATA[", "<svg>", "<br>",
]  # fmt: skip
# A page that never ends is found now and then: it is ended after two seconds, not after ninety.
NO_SCANS = reading.Limits(scanned_pages=0, page_seconds=2.0)
NAMES = ["a.txt", "a.pdf", "a.docx", "a.html", "a", "{}.png", "a.tiff", ""]


def text_or_sentence(data: bytes, name: str) -> None:
    try:
        found = reading.read(data, name=name, limits=NO_SCANS)
    except Problem as problem:
        str(problem)
        return
    assert found.text == unicodedata.normalize("NFC", found.text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\f" for c in found.text)
    assert found.pages == found.text.count("\f") + 1
    found.text.encode()


@settings(max_examples=300)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400), st.sampled_from(NAMES))
def test_it_answers_any_bytes(beginning, data, name):
    text_or_sentence(beginning + data, name)


@settings(max_examples=150)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-32", "windows-1256"]))
def test_it_answers_any_text(text, encoding):
    text_or_sentence(text.encode(encoding, "ignore"), "a.txt")


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_it_answers_any_page(pieces):
    text_or_sentence(("<html>" + "".join(pieces)).encode(), "a.html")


@pytest.mark.parametrize("make", [any_docx, any_pdf])
def test_it_answers_every_way_a_file_can_be_cut(make):
    whole = make()
    for end in range(0, len(whole), max(1, len(whole) // 150)):
        text_or_sentence(whole[:end], "a")


@settings(max_examples=150)
@given(st.data())
def test_it_answers_a_file_with_bytes_changed(data):
    make = data.draw(st.sampled_from([any_docx, any_pdf]))
    broken = bytearray(KEPT.setdefault(make.__name__, make()))
    for _change in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    text_or_sentence(bytes(broken), "a")


KEPT: dict[str, bytes] = {}
