"""A whole document, written from the JSON of its structure and read again."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from marsad.design.printing import fonts
from marsad.library import exports
from marsad.undocs.types import (
    AgendaItem,
    Footnote,
    FootnoteMark,
    Item,
    LooseText,
    Meeting,
    Paragraph,
    Recommendation,
    Section,
    Structure,
)

STRUCTURE = Structure(
    language="en",
    symbol="CTOC/COP/WG.9/2019/4",
    distribution="General",
    document_date="2019-09-30",
    original_language="ar",
    parent_body="Conference of Interpreters",
    body="Working Group on Interpreters",
    session=3,
    meeting=Meeting(place="Vienna", start="2019-09-09", end="2019-09-11"),
    agenda_item="2(d)",
    agenda_item_title="Training",
    title="Report on the third session",
    sections=(
        Section(
            id="sec-1",
            level=1,
            printed="I",
            heading="Introduction",
            paragraphs=("para-1",),
            lines=((4, 4),),
        ),
        Section(
            id="sec-2",
            level=1,
            printed="II",
            heading="Recommendations",
            paragraphs=("para-2",),
            lines=((10, 10),),
            sections=(
                Section(id="sec-2-a", level=2, printed="A", heading="For all", lines=((20, 20),)),
            ),
        ),
    ),
    paragraphs=(
        Paragraph(
            number=1,
            id="para-1",
            section="sec-1",
            text="The Working Group met in Vienna, as before.",
            marks=(FootnoteMark(marker="1", at=31),),
            lines=((5, 6),),
        ),
        Paragraph(
            number=2,
            id="para-2",
            section="sec-2",
            text="It asked:",
            items=(
                Item(letter="a", printed="a", id="para-2-a", text="The Secretariat to listen;"),
                Item(letter="b", printed="b", id="para-2-b", text="States to speak."),
            ),
            lines=((11, 14),),
        ),
    ),
    loose=(LooseText(id="text-1", text="Words before any heading.", lines=((2, 2),)),),
    footnotes=(
        Footnote(marker="1", text="See A/58/422.", anchor="para-1"),
        Footnote(marker="2", text="Its mark was lost.", anchor="para-2-b"),
        Footnote(marker="*", text="Reissued.", anchor="front"),
    ),
    recommendations=(
        Recommendation(
            id="17",
            stable_id="rec-17",
            paragraph=2,
            section="sec-2-a",
            section_heading="For all",
            headed=True,
            addressees=("states",),
            strength="should",
            themes=(),
            provisions=(),
            text="States should pay interpreters.",
            lines=((21, 22),),
        ),
    ),
    agenda=(
        AgendaItem(
            id="agenda-1", number="1", title="Opening of the session", paragraph=1, lines=((7, 7),)
        ),
    ),
)

#: Every passage, in the order in which it is read.
IN_ORDER = [
    "Words before any heading.",
    "I. Introduction",
    "The Working Group met in Vienna",
    "Opening of the session",
    "II. Recommendations",
    "It asked:",
    "The Secretariat to listen;",
    "States to speak.",
    "A. For all",
    "Recommendation 17",
    "States should pay interpreters.",
]


def whole(*, format: str, language: str = "en", **changes: Any) -> exports.Exported:
    usual: dict[str, Any] = {"title": "Report on the third session", "symbol": STRUCTURE.symbol}
    return exports.document(
        STRUCTURE.as_json(), language=language, format=format, **(usual | changes)
    )


def words_of(exported: exports.Exported) -> str:
    if exported.file_name.endswith(".docx"):
        paragraphs = docx.Document(io.BytesIO(exported.data)).paragraphs
        return "\n".join(paragraph.text for paragraph in paragraphs)
    if exported.file_name.endswith(".pdf"):
        with pypdfium2.PdfDocument(exported.data) as pdf:
            page = pdf[0]
            text = page.get_textpage()
            said: str = text.get_text_range()
            text.close()
            page.close()
        return re.sub(r"\s+", " ", said)
    return exported.data.decode()


@pytest.mark.parametrize("format", exports.DOCUMENT_FORMATS)
def test_it_prints_every_passage_once_in_reading_order(format: str) -> None:
    text = words_of(whole(format=format))

    places = [text.index(passage) for passage in IN_ORDER]
    assert places == sorted(places)
    assert all(text.count(passage) == 1 for passage in IN_ORDER)


@pytest.mark.parametrize("format", ["pdf", "text"])
def test_it_opens_with_what_the_document_says_of_itself(format: str) -> None:
    text = words_of(whole(format=format))

    for said in (
        "CTOC/COP/WG.9/2019/4",
        "Conference of Interpreters",
        "30 September 2019",
        "Original: Arabic",
        "Session 3",
        "Vienna, 9-11 September 2019",
        "Agenda item 2 (d): Training",
    ):
        assert said in text


def test_it_puts_each_footnote_at_its_mark() -> None:
    text = whole(format="text").data.decode()

    assert "Vienna, [1] as before" in re.sub(r"\s+", " ", text).replace(
        "Vienna [1],", "Vienna, [1]"
    )
    assert "States to speak. [2]" in text
    assert text.index("[2] Its mark was lost.") < text.index("[*] Reissued.")


def test_it_writes_real_footnotes_into_word() -> None:
    data = whole(format="docx").data
    body = docx.Document(io.BytesIO(data)).element.body
    references = list(body.iter(qn("w:footnoteReference")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        notes = archive.read("word/footnotes.xml").decode()

    assert [each.get(qn("w:id")) for each in references] == ["1", "2"]
    assert all(each.get(qn("w:customMarkFollows")) == "1" for each in references)
    assert "See A/58/422." in notes
    assert "Its mark was lost." in notes


def test_it_says_what_is_a_sample() -> None:
    for format in exports.DOCUMENT_FORMATS:  # noqa: A001
        assert "sample" in words_of(whole(format=format, is_sample=True))
        assert "sample" not in words_of(whole(format=format))


@pytest.mark.parametrize("format", exports.DOCUMENT_FORMATS)
def test_it_makes_the_same_document_again(format: str) -> None:
    assert whole(format=format).data == whole(format=format).data


@pytest.mark.parametrize("format", exports.DOCUMENT_FORMATS)
def test_it_takes_a_document_in_which_nothing_was_found(format: str) -> None:
    if format == "pdf" and not list(fonts.FOLDER.glob("*.ttf")):
        pytest.skip("no fonts here yet: run make setup")
    empty = Structure(language="ar").as_json()
    exported = exports.document(empty, language="ar", title="مذكّرة", symbol=None, format=format)

    assert exported.data
    assert exported.file_name.startswith("document-ar.")


def test_it_loses_no_passage_whose_section_or_lines_are_unknown() -> None:
    structure = copy.deepcopy(STRUCTURE.as_json())
    structure["paragraphs"][0]["section"] = "sec-99"
    for paragraph in structure["paragraphs"]:
        paragraph["lines"] = []
    exported = exports.document(structure, language="en", title="x", symbol=None, format="text")

    assert all(passage in exported.data.decode() for passage in IN_ORDER)


def test_it_names_the_file_by_its_symbol() -> None:
    assert whole(format="docx").file_name == "CTOC-COP-WG.9-2019-4-en.docx"


def test_it_offers_no_table_of_a_document() -> None:
    with pytest.raises(exports.UnknownFormat):
        whole(format="xlsx")


def test_it_writes_arabic_letters_and_digits_before_the_parts() -> None:
    structure = copy.deepcopy(STRUCTURE.as_json())
    structure["paragraphs"][1]["items"][0]["printed"] = "أ"
    exported = exports.document(
        structure, language="ar", title="تقرير", symbol="A/58/422", format="text"
    )
    text = exported.data.decode()

    assert "(أ) " in text
    assert "٢ (د)" in text
    assert "٣٠ أيلول/سبتمبر ٢٠١٩" in text
