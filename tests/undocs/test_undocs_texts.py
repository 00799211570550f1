"""Structure read from short texts of our own, in the six languages."""

from __future__ import annotations

import pytest

from marsad import undocs

ENGLISH = """\
CTOC/COP/WG.9/2031/4

Distr.: General
3 March 2031
Original: French

Conference of the Parties to the Convention on Examples

Working Group on Examples
Second meeting
Vienna, 1-3 March 2031

Report on the meeting of the Working Group on Examples

I. Introduction

1. The Working Group was set up by Conference decision 8/2.(1) It met in the
Vienna office.

(1) See General Assembly resolution 70/1.

V.31-00123 (E)
CTOC/COP/WG.9/2031/4

2. In this way it

V.31-00123 2/3
CTOC/COP/WG.9/2031/4

went on over the page.

II. Recommendations

A. Help

3. States parties should:

(a) Consider opening a house;

(b) Pay for it in full.

4. The Secretariat may wish to report on it.

B. Work

5. States parties and international organizations are encouraged to train inspectors in line with
article 10, paragraph 2, of the Trafficking in Persons Protocol.

III. Organization of the meeting

6. The meeting was chaired by Ana Example (Chile).

7. The Working Group adopted the following agenda:

1. Organizational matters:
(a) Opening;
(b) Adoption of the agenda.
2. Other matters.

8. The following States parties to the Protocol were represented: Chile, Egypt, Niger.

9. Statements were made by the representatives of Chile and Egypt. The observer for the Council of
Europe also made a statement.
"""

ARABIC = """\
أولاً - مقدمة

١ - اجتمع الفريق.

٢- وتابع عمله في اليوم التالي

CTOC/COP/WG.9/2031/4
V.31-00124 2/3

حتى المساء.

ثانياً- التوصيات

ألف- المساعدة

٣- ينبغي للدول الأطراف أن تقوم بما يلي:

(أ) النظر في فتح دار؛
(ب) دفع التكاليف؛
(ج) تدريب الموظفين؛
(د) الإبلاغ؛
(هـ) المتابعة.

٤- وتُشجَّع الأمانة على تقديم تقرير.
"""


def numbers(text: str, language: str | None = None) -> list[int]:
    return [paragraph.number for paragraph in undocs.read_structure(text, language).paragraphs]


def test_it_reads_the_front_page() -> None:
    read = undocs.read_structure(ENGLISH)
    assert (read.language, read.symbol, read.job_number) == (
        "en",
        "CTOC/COP/WG.9/2031/4",
        "V.31-00123",
    )
    assert (read.document_date, read.original_language, read.session) == ("2031-03-03", "fr", 2)
    assert read.body == "Working Group on Examples"
    assert read.body_code == "working_group"
    assert read.meeting == undocs.Meeting(place="Vienna", start="2031-03-01", end="2031-03-03")
    assert read.title == "Report on the meeting of the Working Group on Examples"


def test_it_takes_no_symbol_from_a_starred_footnote() -> None:
    text = "Item 2 (d) of the provisional agenda*\n\n* CTOC/COP/2031/1.\n\n1. One.\n\n2. Two."
    read = undocs.read_structure(text, "en")
    assert read.symbol is None
    assert read.agenda_item == "2(d)"
    assert [(note.marker, note.anchor) for note in read.footnotes] == [("*", "front")]
    assert [cited.symbol for cited in read.symbols_cited] == ["CTOC/COP/2031/1"]


def test_it_joins_a_paragraph_cut_by_a_page() -> None:
    read = undocs.read_structure(ENGLISH)
    assert read.paragraphs[1].text == "In this way it went on over the page."
    assert len(read.paragraphs[1].lines) == 2
    assert undocs.read_structure(ARABIC).paragraphs[1].text == (
        "وتابع عمله في اليوم التالي حتى المساء."
    )


def test_it_ties_a_footnote_to_its_mark() -> None:
    read = undocs.read_structure(ENGLISH)
    (note,) = read.footnotes
    assert (note.marker, note.paragraph, note.anchor) == ("1", 1, "para-1")
    (mark,) = read.paragraphs[0].marks
    assert read.paragraphs[0].text[: mark.at].endswith("decision 8/2.")
    assert "(1)" not in read.paragraphs[0].text


def test_it_keeps_agenda_items_out_of_paragraphs() -> None:
    read = undocs.read_structure(ENGLISH)
    assert [paragraph.number for paragraph in read.paragraphs] == list(range(1, 10))
    assert [(item.number, len(item.items)) for item in read.agenda] == [("1", 2), ("2", 0)]
    assert read.paragraphs[6].text == "The Working Group adopted the following agenda:"


def test_it_names_sections_by_place_not_by_language() -> None:
    def ids(text: str) -> list[str]:
        found: list[str] = []
        for section in undocs.read_structure(text).sections:
            found += [section.id, *(below.id for below in section.sections)]
        return found

    assert ids(ENGLISH) == ["sec-1", "sec-2", "sec-2-a", "sec-2-b", "sec-3"]
    assert ids(ARABIC) == ["sec-1", "sec-2", "sec-2-a"]


def test_it_letters_arabic_items_in_latin() -> None:
    items = undocs.read_structure(ARABIC).paragraphs[2].items
    assert [item.id for item in items] == [f"para-3-{letter}" for letter in "abcde"]
    assert items[4].printed == "هـ"
    assert items[1].lines != items[0].lines


def test_it_reads_items_that_run_on_in_a_line() -> None:
    read = undocs.read_structure("1. They asked for: (a) one thing; (b) another; and (c) a third.")
    assert [item.text for item in read.paragraphs[0].items] == [
        "one thing;",
        "another; and",
        "a third.",
    ]
    assert read.paragraphs[0].text == "They asked for:"


def test_a_reference_to_a_letter_is_no_item() -> None:
    read = undocs.read_structure(
        "1. See subparagraph (a), and also subparagraph (b), of that text."
    )
    assert read.paragraphs[0].items == ()


def test_each_lettered_item_under_an_addressed_paragraph_is_a_recommendation() -> None:
    rows = [
        (one.id, one.stable_id, one.addressees, one.strength)
        for one in undocs.read_structure(ENGLISH).recommendations
    ]
    assert rows == [
        ("3(a)", "para-3-a", ("states_parties",), "should_consider"),
        ("3(b)", "para-3-b", ("states_parties",), "should"),
        ("4", "para-4", ("secretariat",), "may"),
        ("5", "para-5", ("states_parties", "international_organizations"), "is_encouraged"),
    ]


def test_a_headed_recommendation_is_one_whole() -> None:
    text = (
        "ثانيا- التوصيات\n\n٤- أوصى الفريق العامل بالتوصيات التالية:\n\nالتوصية ١\n"
        "ينبغي للفريق العامل تناول ما يلي: (أ) الطلب؛ (ب) التعويض.\n\nالتوصية ٢\n"
        "يمكن تشجيع الدول الأطراف على النظر في ذلك.\n\n٥- ثم انتقل إلى غير ذلك.\n"
    )
    read = undocs.read_structure("١- أ\n٢- ب\n٣- ج\n" + text, "ar")
    assert [(one.id, one.paragraph, one.strength) for one in read.recommendations] == [
        ("1", 4, "should"),
        ("2", 4, "may"),
    ]
    assert [item.id for item in read.recommendations[0].items] == ["rec-1-a", "rec-1-b"]
    assert [paragraph.number for paragraph in read.paragraphs] == [1, 2, 3, 4, 5]


def test_a_report_of_what_states_do_recommends_nothing() -> None:
    text = (
        "I. Replies\n\n1. Some States said that employers should pay.\n\n2. States parties should."
    )
    assert undocs.read_structure(text).recommendations == ()


def test_a_provision_says_where_it_is_known_from() -> None:
    last = undocs.read_structure(ENGLISH).recommendations[-1]
    named = [one for one in last.provisions if one.basis == "text"]
    assert [(one.instrument, one.article, one.paragraph) for one in named] == [
        ("TIP Protocol", "10", "2")
    ]
    assert {one.basis for one in last.provisions} == {"text", "theme"}


def test_it_lists_states_by_role() -> None:
    rows = [(one.paragraph, one.role, one.iso2) for one in undocs.read_structure(ENGLISH).states]
    assert rows == [(8, "party", ("CL", "EG", "NE")), (9, "spoke", ("CL", "EG"))]


def test_it_lists_organisations_by_role() -> None:
    read = undocs.read_structure(ENGLISH)
    assert [(one.paragraph, one.role, one.code) for one in read.organisations] == [
        (9, "spoke", "CoE")
    ]


def test_it_says_who_chaired() -> None:
    (chair,) = undocs.read_structure(ENGLISH).officers
    assert (chair.name, chair.iso2, chair.paragraph) == ("Ana Example", "CL", 6)


def test_it_reads_a_decision_and_a_resolution() -> None:
    cited = {
        (one.kind, one.number, one.body) for one in undocs.read_structure(ENGLISH).decisions_cited
    }
    assert cited == {
        ("decision", "8/2", "Conference"),
        ("resolution", "70/1", "General Assembly"),
    }


@pytest.mark.parametrize(
    ("language", "text", "first", "strength"),
    [
        (
            "fr",
            "I. Recommandations\n\n1. Les États parties devraient envisager d'agir.\n\n2. Fin.",
            ("states_parties",),
            "should_consider",
        ),
        (
            "es",
            "I. Recomendaciones\n\n1. La Secretaría debería actuar.\n\n2. Fin.",
            ("secretariat",),
            "should",
        ),
        (
            "ru",
            "I. Рекомендации\n\n1. Конференции следует принять решение.\n\n2. Конец.",
            ("conference",),
            "should",
        ),
        ("zh", "一、建议\n\n1. 缔约国可以采取行动。\n\n2. 完。", ("states_parties",), "may"),
    ],
)
def test_it_reads_recommendations_in(
    language: str, text: str, first: tuple[str, ...], strength: str
) -> None:
    read = undocs.read_structure(text)
    assert read.language == language
    assert [paragraph.number for paragraph in read.paragraphs] == [1, 2]
    (one,) = read.recommendations
    assert (one.addressees, one.strength, one.section) == (first, strength, "sec-1")


def test_numbers_inside_a_paragraph_do_not_make_paragraphs() -> None:
    text = (
        "1. One.\n\n2. They listed:\n1. this;\n2. that.\n\n3. Three.\n\n14. April is cold.\n\n"
        "4. Four."
    )
    assert numbers(text, "en") == [1, 2, 3, 4]


def test_it_goes_on_where_a_number_is_missing() -> None:
    read = undocs.read_structure("1. One.\n\n2. Two.\n\n4. Four.\n\n5. Five.", "en")
    assert [paragraph.number for paragraph in read.paragraphs] == [1, 2, 4, 5]
    assert [(doubt.code, doubt.paragraph) for doubt in read.doubts] == [("paragraph-missing", 4)]


def test_an_annex_counts_anew() -> None:
    read = undocs.read_structure("1. One.\n\n2. Two.\n\nAnnex I\n\n1. Alpha.\n\n2. Beta.", "en")
    assert [paragraph.id for paragraph in read.paragraphs] == [
        "para-1",
        "para-2",
        "annex-1-para-1",
        "annex-1-para-2",
    ]


def test_it_finds_a_number_whose_dash_went_to_its_other_side() -> None:
    assert numbers("اجتمع الفريق.  -١\n\nوتابع عمله.  -٢\n\nثم ختم.  -٣", "ar") == [1, 2, 3]


def test_a_table_of_contents_is_furniture() -> None:
    text = (
        "I. Introduction ............ 2\nII. Other ............ 3\n\nI. Introduction\n\n1. One.\n"
        "2. Two."
    )
    read = undocs.read_structure(text, "en")
    assert [section.heading for section in read.sections] == ["Introduction"]


def test_a_misprinted_mark_is_kept_and_pointed_out() -> None:
    text = (
        "1. First,^(1) then^(1) again and^(3) more.\n\n(1) See A.\n\n(2) Ibid., B.\n\n"
        "(3) Ibid., C.\n\n2. Two."
    )
    read = undocs.read_structure(text, "en")
    assert [(note.marker, note.paragraph) for note in read.footnotes] == [
        ("1", 1),
        ("2", 1),
        ("3", 1),
    ]
    assert [doubt.code for doubt in read.doubts] == ["footnote-mark-misprinted"]


def test_a_text_that_is_no_document_still_gives_what_was_found() -> None:
    read = undocs.read_structure("Dear Anna,\n\nsee you in Lima.\n")
    assert (read.symbol, read.paragraphs, read.recommendations) == (None, (), ())


def test_it_knows_the_languages_it_reads() -> None:
    with pytest.raises(undocs.errors.UnknownLanguage):
        undocs.read_structure("Guten Tag", "de")


def test_as_json_has_every_key_others_script_against() -> None:
    said = undocs.read_structure(ENGLISH).as_json()
    assert set(said) >= {
        *("symbol", "job_number", "language", "original_language", "document_date", "body"),
        *("session", "meeting", "title", "sections", "paragraphs", "footnotes"),
        *("recommendations", "states", "organisations", "symbols_cited", "decisions_cited"),
        *("treaty_series", "dates", "agenda"),
    }
    assert said["sections"][1]["sections"][0]["paragraphs"] == [3, 4]
    assert said["paragraphs"][2]["items"][1]["letter"] == "b"


def test_it_reads_a_front_page_set_in_two_columns() -> None:
    read = undocs.read_structure(
        "United Nations CTOC/COP/2031/9\n\nDistr.: Limited\n13 September 2031 Original: English\n\n"
        "Report of an example\n\n1. One.\n\n2. Two.",
        "en",
    )
    assert (read.symbol, read.distribution) == ("CTOC/COP/2031/9", "Limited")
    assert (read.document_date, read.original_language) == ("2031-09-13", "en")
    assert read.title == "Report of an example"


def test_a_table_of_contents_without_dots_is_furniture() -> None:
    text = (
        "Contents\n\nI. Introduction 2\nII. Other things 3\n\nI. Introduction\n\n1. One.\n\n"
        "II. Other things\n\n2. Two."
    )
    read = undocs.read_structure(text, "en")
    assert [(one.heading, one.paragraphs) for one in read.sections] == [
        ("Introduction", ("para-1",)),
        ("Other things", ("para-2",)),
    ]


def test_a_recommendation_may_run_on_behind_its_heading() -> None:
    text = (
        "I. Recommendations\n\n1. Set out below.\n\nRecommendation 1: States should go.\n\n2. End."
    )
    (found,) = undocs.read_structure(text, "en").recommendations
    assert (found.id, found.text, found.strength) == ("1", "States should go.", "should")


def test_a_heading_without_a_number_is_a_heading() -> None:
    text = (
        "I. Introduction\n\n1. One is said.\n\nOn the sea\n\n2. Two is said.\n\nOn the land\n\n"
        "3. Three is said.\n\nII. Other\n\n4. Four."
    )
    read = undocs.read_structure(text, "en")
    first, second = read.sections
    assert [(one.id, one.heading, one.paragraphs) for one in first.sections] == [
        ("sec-1-h1", "On the sea", ("para-2",)),
        ("sec-1-h2", "On the land", ("para-3",)),
    ]
    assert (first.paragraphs, second.paragraphs) == (("para-1",), ("para-4",))
    assert read.paragraphs[0].text == "One is said."
