"""What another room wrote goes on the shelf as it was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from marsad.directory.types import OPERATOR
from marsad.library import problems
from marsad.library.actions import publishing, remaking
from marsad.library.actions.publishing import Edition
from marsad.library.models import Document, Version
from marsad.library.queries import recommendation as recommendations
from marsad.library.queries.search import search
from marsad.undocs import Paragraph, Said, Section, Structure, structure_from_json

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 8, 20, 9, 0, tzinfo=UTC)


def edition(language: str, words: str, *, symbol: str = "CTOC/COP/2026/9") -> Edition:
    """A paper of one paragraph, which recommends."""
    return Edition(
        text=f"I - Ways\n1. {words}",
        structure=Structure(
            language=language,
            symbol=symbol,
            title="A paper",
            document_date="2026-08-20",
            sections=(
                Section(
                    id="sec-1",
                    level=1,
                    printed="I",
                    heading="Ways",
                    paragraphs=("para-1",),
                    lines=((0, 0),),
                ),
            ),
            paragraphs=(
                Paragraph(number=1, id="para-1", text=words, section="sec-1", lines=((1, 1),)),
            ),
        ),
        recommending={"para-1": Said()},
        original=f"{language} {symbol} {words}".encode(),
        file_name=f"paper-{language}.docx",
    )


def published(**more: str) -> publishing.Published:
    return publishing.publish(
        editions=[
            edition("en", "States parties should count what they do.", **more),
            edition("ar", "لعل الدول تعدّ ما تقوم به.", **more),
        ],
        by=OPERATOR,
        at=NOW,
    )


def test_both_languages_are_one_document_and_are_searched(public: AnonymousUser) -> None:
    made = published()
    document = Document.objects.get(key=made.key)
    assert (document.symbol, document.year, document.versions.count()) == (
        "CTOC/COP/2026/9",
        2026,
        2,
    )
    for typed in ("count what they do", "تعدّ ما تقوم"):
        assert [hit.document_key for hit in search(reader=public, typed=typed).hits] == [made.key]


def test_what_one_language_says_of_a_recommendation_both_tell(public: AnonymousUser) -> None:
    made = published()
    choice = recommendations.Choice(document=made.key)
    rows, count = recommendations.index(reader=public, choice=choice, language="ar")
    assert count == 1
    assert rows[0].text.startswith("لعل")
    for version in Version.objects.filter(document__key=made.key):
        told = version.structure["recommendations"][0]
        assert (told["addressees"], told["strength"]) == (["states_parties"], "should")


def test_no_paragraph_recommends_that_its_author_did_not_name() -> None:
    plain = edition("en", "States parties should count what they do.")
    silent = Edition(
        text=plain.text,
        structure=plain.structure,
        original=plain.original,
        file_name=plain.file_name,
    )
    made = publishing.publish(editions=[silent], by=OPERATOR, at=NOW)
    assert Version.objects.get(document__key=made.key).structure["recommendations"] == []


def test_a_symbol_that_is_taken_is_refused_and_nothing_is_stored() -> None:
    published()
    with pytest.raises(problems.SymbolTaken):
        publishing.publish(
            editions=[edition("en", "Another one, with other words.")], by=OPERATOR, at=NOW
        )
    assert Document.objects.count() == 1


def test_nobody_reads_again_what_was_never_read() -> None:
    made = published()
    before = list(Version.objects.order_by("pk").values_list("structure", flat=True))
    assert remaking.read_again(document=made.key, by=OPERATOR, at=NOW).made == 0
    assert list(Version.objects.order_by("pk").values_list("structure", flat=True)) == before


def test_its_structure_comes_back_as_it_was_written() -> None:
    made = published()
    for version in Version.objects.filter(document__key=made.key):
        assert structure_from_json(version.structure).as_json() == version.structure
