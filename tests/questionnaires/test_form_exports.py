"""Forms on paper: who is asked what, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest

from marsad.design.printing import fonts
from marsad.directory.types import OPERATOR
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.exports import form as exports
from tests.questionnaires.samples import every_type
from tests.questionnaires.workbooks import SMALL, ask, workbook

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def paper(data: bytes, language: str = "en") -> str:
    """The words of the PDF."""
    version = actions.upload(data=data, file_name="f.xlsx", by=OPERATOR, at=NOON)
    made = exports.form_file(reader=OPERATOR, key=version.key, format="pdf", language=language)
    document = pypdfium2.PdfDocument(made.data)
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(words.split())


def test_it_prints_questions_choices_provisions_and_conditions() -> None:
    words = paper(workbook())

    assert "Did you visit the place?" in words
    assert "Only if 1 is “Yes”." in words
    assert "Trafficking in Persons Protocol, article 9, paragraph 1 (a)" in words
    assert "(Mandatory)" in words


def test_it_says_in_words_when_a_question_is_asked() -> None:
    rows = [
        *SMALL,
        ask("text", "a", relevant="${visited} = 'yes' or ${visited} = 'no'"),
        ask("text", "b", relevant="not(selected(${visited}, 'no')) and ${a} = 'x'"),
        ask("text", "c", relevant="string-length(${a}) > 3"),
    ]

    words = paper(workbook(rows))

    assert "Only if 1 is “Yes” or “No”." in words
    assert "Only if 1 is not “No” and 3 is “x”." in words
    assert "Only if it applies after what was answered before." in words


def test_it_prints_in_arabic() -> None:
    words = paper(workbook(), "ar")

    assert "٢" in words
    assert "بروتوكول" in words


def test_it_numbers_groups_and_what_stands_in_them() -> None:
    rows = [
        ask("begin_group", "g", en="Part one"),
        ask("text", "a"),
        ask("begin_group", "h", en="Within"),
        ask("text", "b"),
        {"type": "end_group"},
        {"type": "end_group"},
        *SMALL,
    ]

    words = paper(workbook(rows))

    for number in ("1", "1.1", "1.2", "1.2.1", "2", "3"):
        assert f"{number} " in words


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_it_prints_every_type_in_every_language(language: str) -> None:
    assert len(paper(every_type(), language)) > 500


def test_the_same_version_is_the_same_file() -> None:
    version = actions.upload(data=workbook(), file_name="f.xlsx", by=OPERATOR, at=NOON)

    def made() -> bytes:
        return exports.form_file(reader=OPERATOR, key=version.key, format="pdf", language="ar").data

    assert made() == made()


def test_it_says_that_no_face_can_draw_arabic(monkeypatch: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    monkeypatch.setattr(fonts, "_ARABIC", ("No Such Face",))

    with pytest.raises(fonts.NoArabicFont):
        paper(workbook(), "ar")
