"""Files as answers: told by their bytes, named so that nobody is misled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.questionnaires import attachments, problems


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("تقرير.pdf", b"%PDF-1.7", "application/pdf"),
        ("صورة.PNG", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        ("قائمة.csv", "أ,ب".encode(), "text/csv"),
    ],
)
def test_it_knows_a_file_by_its_bytes(name: str, data: bytes, kind: str) -> None:
    assert attachments.kind_of(name=name, data=data) == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<script>"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("program.exe", b"MZ"),
        ("page.png", b"<script>"),
        ("report.pdf", b"MZ\x90"),
        ("list.csv", b"\x00\x01"),
        ("none", b"%PDF-1.7"),
        ("report.pdf.exe", b"%PDF-1.7"),
    ],
)
def test_it_refuses_what_another_reader_should_not_open(name: str, data: bytes) -> None:
    with pytest.raises(problems.FileOfWrongKind):
        attachments.kind_of(name=name, data=data)


def test_it_takes_only_what_the_question_asks_for() -> None:
    pdf = b"%PDF-1.7"
    for accept in ("", "application/*", "application/pdf", "image/*, application/pdf"):
        assert attachments.kind_of(name="a.pdf", data=pdf, accept=accept) == "application/pdf"
    for accept in ("image/*", "audio/*", "image/png"):
        with pytest.raises(problems.FileOfWrongKind):
            attachments.kind_of(name="a.pdf", data=pdf, accept=accept)


def test_it_keeps_an_arabic_name_and_parts_two_of_the_same() -> None:
    assert attachments.safe_name("تقرير سنوي (٢٠٢٥).pdf") == "تقرير سنوي (٢٠٢٥).pdf"
    assert attachments.safe_name("a.pdf", taken={"a.pdf", "a-2.pdf"}) == "a-3.pdf"


def test_it_shows_the_true_ending_of_a_name() -> None:
    # The mark makes "gpj.exe" look like "exe.jpg".
    assert attachments.safe_name("photo\u202egpj.exe") == "photogpj.exe"


@given(st.text(max_size=300))
def test_it_makes_of_every_name_one_that_an_answer_can_hold(name: str) -> None:
    safe = attachments.safe_name(name)
    assert 0 < len(safe) <= 150
    assert not set(safe) & set('/\\<>&"\0\n\r\u202e')
    assert safe not in (".", "..")
    assert attachments.safe_name(safe) == safe
