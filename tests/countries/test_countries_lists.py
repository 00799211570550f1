"""A list of States is read member by member, and nothing on it is lost."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import countries

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
JOINERS = {"ar": ("، ", " و"), "zh": ("、", "和"), "en": (", ", " and ")}
JOINERS |= {"es": (", ", " y "), "fr": (", ", " et "), "ru": (", ", " и ")}

# Names that hold a comma themselves are told apart from a list in the tables' own tests.
some_countries = st.lists(
    st.sampled_from([country for country in countries.all() if "," not in country.names["en"]]),
    min_size=2,
    max_size=12,
    unique=True,
)


@given(some_countries, st.sampled_from(countries.LANGUAGES))
def test_it_reads_back_any_list_it_could_have_written(
    members: list[countries.Country], language: str
) -> None:
    comma, conjunction = JOINERS[language]
    names = [country.names[language] for country in members]
    listed = countries.read_list(f"{comma.join(names[:-1])}{conjunction}{names[-1]}.", language)
    assert listed.iso2 == [country.iso2 for country in members]
    assert listed.unknown == []


@given(some_countries, st.data())
def test_it_reports_a_member_it_does_not_know(
    members: list[countries.Country], data: st.DataObject
) -> None:
    names = [country.names["ar"] for country in members]
    names.insert(data.draw(st.integers(0, len(names))), "بلاد الواق واق")
    listed = countries.read_list("، ".join(names))
    assert listed.iso2 == [country.iso2 for country in members]
    assert [unknown.text for unknown in listed.unknown] == ["بلاد الواق واق"]


def test_it_leaves_out_the_introduction_and_what_follows_the_list() -> None:
    text = (
        "وفي إطار البند ٢، تكلم ممثلو الدول التالية: الأردن، وتونس، ومالي، وجمهورية كوريا. "
        "وأدلى ببيان أيضا المراقب عن كندا."
    )
    listed = countries.read_list(text)
    assert listed.iso2 == ["JO", "TN", "ML", "KR"]
    assert listed.unknown == []
    assert text[listed.start : listed.end].startswith("الأردن")
    assert text[listed.start : listed.end].endswith("كوريا")


def test_it_reads_members_joined_by_nothing_but_a_conjunction() -> None:
    text = "انضمت ثلاث دول، وهي: الإمارات العربية المتحدة والعراق وماليزيا. وبذلك صارت كثيرة."
    assert countries.read_list(text).iso2 == ["AE", "IQ", "MY"]


def test_it_goes_on_after_a_page_break_inside_the_list() -> None:
    assert countries.read_list("الأردن، تونس،\n\nمصر، اليمن.\n\nكندا").iso2 == [
        "JO",
        "TN",
        "EG",
        "YE",
    ]


def test_it_takes_doubtful_words_for_states_in_a_list() -> None:
    listed = countries.read_list("قطر، مالي، عمان، بنين، سورية")
    assert " ".join(listed.iso2) == "QA ML OM BJ SY"


def test_it_proposes_what_an_unknown_member_may_be() -> None:
    listed = countries.read_list("الأردن، الارجنين، مصر")
    (unknown,) = listed.unknown
    assert unknown.candidates[0].country.iso2 == "AR"
    assert listed.iso2 == ["JO", "EG"]


def test_it_reports_words_left_over_beside_a_name() -> None:
    listed = countries.read_list("الأردن، فرنسا الجديدة، مصر")
    assert listed.iso2 == ["JO", "FR", "EG"]
    assert [unknown.text for unknown in listed.unknown] == ["الجديدة"]


def test_it_reports_states_that_are_no_more() -> None:
    listed = countries.read_list("ألبانيا، صربيا والجبل الأسود، كرواتيا")
    assert listed.iso2 == ["AL", "HR"]
    assert [unknown.text for unknown in listed.unknown] == ["صربيا والجبل الأسود"]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "ar",
            "تكلم ممثلو الأردن وتونس والجمهورية التشيكية، فضلا عن دولة فلسطين والكرسي الرسولي.",
            "JO TN CZ PS VA",
        ),
        (
            "en",
            "Statements were made by the representatives of Algeria, Bolivia (Plurinational State "
            "of), the Dominican Republic, Iran (Islamic Republic of) and the Republic of Korea.",
            "DZ BO DO IR KR",
        ),
        (
            "fr",
            "Les États ci-après étaient représentés: Afrique du Sud, Bolivie (État plurinational "
            "de), Côte d’Ivoire, ex-République yougoslave de Macédoine et Venezuela (République "
            "bolivarienne du).",
            "ZA BO CI MK VE",
        ),
        (
            "es",
            "Hicieron declaraciones los representantes de: Belarús, los Estados Unidos de América, "
            "el Irán (República Islámica del), los Países Bajos y Bosnia y Herzegovina.",
            "BY US IR NL BA",
        ),
        (
            "ru",
            "Выступили: Австралия, Иран (Исламская Республика), Российская Федерация, Того.",
            "AU IR RU TG",
        ),
        (
            "zh",
            "下列国家出席了会议：阿尔及利亚、伊朗（伊斯兰共和国）、大韩民国、马里和约旦。",
            "DZ IR KR ML JO",
        ),
    ],
)
def test_it_reads_lists_in_every_language(language: str, text: str, wanted: str) -> None:
    listed = countries.read_list(text, language)
    assert listed.iso2 == wanted.split()
    assert listed.unknown == []


def test_it_reads_an_empty_list() -> None:
    for text in ("", " ", ":", "الدول التالية:", "."):
        listed = countries.read_list(text)
        assert listed.found == []
        assert 0 <= listed.start <= len(text)


# -- the real reports, where they are at hand

DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def real(start_of_name: str) -> str:
    for path in sorted((SHARED / "documents").glob(f"{start_of_name}_*.txt")):
        return path.read_text(encoding="utf-8")
    pytest.skip("the real reports are not beside the repository")


def paragraph(text: str, number: int) -> str:
    text = re.sub(r"\n\n\(\d\)[^\n]*\n\n", " ", text)  # a footnote that cuts a paragraph in two
    found = re.search(rf"^(?:- )?{str(number).translate(DIGITS)} ?-(.*)$", text, re.MULTILINE)
    assert found
    return found[1]


def fact(document: str, number: int) -> list[str]:
    """Return the States of a paragraph as a person read them."""
    facts = json.loads((ROOT / f"tests/undocs/facts/{document}.json").read_text(encoding="utf-8"))
    return next(row["iso2"] for row in facts["states"] if str(row["paragraph"]) == str(number))


@pytest.mark.real
@pytest.mark.parametrize(
    ("number", "count"), [(35, 40), (37, 7), (38, 10), (43, 3), (49, 30), (54, 28)]
)
def test_it_reads_the_lists_of_the_report_of_2009(number: int, count: int) -> None:
    listed = countries.read_list(paragraph(real("002"), number))
    assert len(listed.found) == count
    assert listed.unknown == []
    assert listed.iso2 == fact("002", number)


@pytest.mark.real
def test_it_finds_those_who_replied_in_2012_and_nobody_else() -> None:
    found = [one.iso2 for one in countries.find(real("001"))]
    assert len(found) == 33
    assert sorted(found) == sorted(fact("001", 4))


@pytest.mark.real
def test_it_agrees_with_the_order_of_the_printed_lists() -> None:
    listed = countries.read_list(paragraph(real("002"), 35)).iso2
    keys = [countries.get(iso2).sort_keys["ar"] for iso2 in listed if iso2 != "CV"]
    assert keys == sorted(keys)
