"""The questionnaires that come with Marsad, held to what a ministry's lawyer would look for."""

from __future__ import annotations

import re
import shutil
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from pyxform.validators import odk_validate
from pyxform.xls2xform import convert

from marsad import undocs
from marsad.questionnaires import shipped
from marsad.questionnaires.checking.form import MARSAD
from marsad.questionnaires.compiling import compile_form
from tests.questionnaires import samples

NAMES = shipped.names()
#: Rows that ask or show nothing of their own.
SILENT = ("begin", "end", "calculate", "hidden", "today", "start", "deviceid")
ARABIC, ENGLISH = "العربية (ar)", "English (en)"
#: What people read.
READ = ("label", "hint", "constraint_message", "required_message")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    return shipped.sheets(name).survey


@pytest.mark.parametrize("name", NAMES)
def test_it_is_called_something_in_both_languages(name: str) -> None:
    compiled = compile_form(shipped.workbook(name), name=f"{name}.xlsx")
    assert {"ar", "en"} <= {code for code, title in compiled.titles.items() if title}


def questions(name: str) -> list[dict[str, str]]:
    """What is asked: neither groups nor calculations nor notes."""
    return [row for row in rows(name) if not row["type"].startswith((*SILENT, "note"))]


def outside_repeats(name: str) -> list[dict[str, str]]:
    depth, found = 0, []
    for row in rows(name):
        depth += {"begin_repeat": 1, "end_repeat": -1}.get(row["type"], 0)
        if not depth and not row["type"].startswith((*SILENT, "note")):
            found.append(row)
    return found


def said(name: str, language: str) -> list[tuple[str, str]]:
    """Everything people read in one language, each with where it stands."""
    sheets = shipped.sheets(name)
    column = sheets.languages[language]
    found = [
        (f"{row.get('name', row['type'])}.{kind}", row[f"{kind}::{column}"])
        for row in sheets.survey
        for kind in READ
        if f"{kind}::{column}" in row
    ]
    return found + [
        (f"{row['list_name']}.{row['name']}", row[f"label::{column}"]) for row in sheets.choices
    ]


ALL = [*NAMES, "every_type"]


@cache
def compiled(name: str) -> Any:
    data = samples.every_type() if name == "every_type" else shipped.workbook(name)
    return convert(xlsform=BytesIO(data), file_type=".xlsx", warnings=[])


def test_it_ships_three_questionnaires() -> None:
    assert NAMES == ("assistance_needs", "demand", "self_assessment")


def test_it_says_no_to_a_name_it_does_not_know() -> None:
    with pytest.raises(KeyError):
        shipped.workbook("../models")


@pytest.mark.parametrize("name", ALL)
def test_it_compiles_without_a_warning(name: str) -> None:
    result = compiled(name)

    assert result.warnings == []
    assert etree.fromstring(result.xform.encode()) is not None


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
@pytest.mark.parametrize("name", ALL)
def test_it_passes_odk_validate(name: str, tmp_path: Path) -> None:
    form = tmp_path / "form.xml"
    form.write_text(compiled(name).xform, encoding="utf-8")

    assert odk_validate.check_xform(str(form)) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_gives_the_same_bytes_every_time(name: str) -> None:
    assert shipped.write_workbook(shipped.sheets(name)) == shipped.workbook(name)


@pytest.mark.parametrize("name", NAMES)
def test_it_declares_our_columns_as_the_house_reads_them(name: str) -> None:
    (settings,) = shipped.sheets(name).settings

    assert settings["namespaces"] == f'marsad="{MARSAD}"'


@pytest.mark.parametrize("name", NAMES)
def test_it_gives_a_workbook_that_a_spreadsheet_program_can_edit(name: str) -> None:
    book = openpyxl.load_workbook(BytesIO(shipped.workbook(name)))

    assert book.sheetnames == ["survey", "choices", "settings"]
    assert [cell.value for cell in book["survey"][1]][:2] == ["type", "name"]
    assert book["survey"].max_row == len(rows(name)) + 1


@pytest.mark.parametrize("name", NAMES)
def test_it_says_everything_in_every_language(name: str) -> None:
    sheets = shipped.sheets(name)
    lacking = [
        (row.get("name", row["type"]), column, language)
        for row in (*sheets.survey, *sheets.choices)
        for column in READ
        for language in sheets.languages.values()
        if any(key.startswith(f"{column}::") for key in row) and f"{column}::{language}" not in row
    ]
    shown = [row for row in sheets.survey if not row["type"].startswith(SILENT)]

    assert lacking == []
    assert [row["name"] for row in shown if f"label::{ARABIC}" not in row] == []
    assert [row["name"] for row in sheets.choices if f"label::{ARABIC}" not in row] == []
    assert {"ar", "en"} <= set(sheets.languages)


@pytest.mark.parametrize("name", NAMES)
def test_it_explains_every_constraint(name: str) -> None:
    assert [
        row["name"]
        for row in rows(name)
        if "constraint" in row and f"constraint_message::{ARABIC}" not in row
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_one_concept_once(name: str) -> None:
    concepts = [row["bind::marsad:concept"] for row in rows(name) if "bind::marsad:concept" in row]

    assert sorted(concepts) == sorted(set(concepts))
    assert [each for each in concepts if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", each)] == []
    assert max(map(len, concepts)) <= 120


def test_it_shares_concepts_between_questionnaires() -> None:
    concepts = [
        {row["bind::marsad:concept"] for row in rows(name) if "bind::marsad:concept" in row}
        for name in NAMES
    ]
    needs, demand, assessment = concepts

    assert "reporting.body" in needs & demand & assessment
    assert "assistance.articles_first" in needs & assessment
    assert {"tip.9.demand", "tip.9.demand.help"} <= demand & assessment


@pytest.mark.parametrize("name", NAMES)
def test_it_names_only_articles_that_exist(name: str) -> None:
    known = shipped.articles()
    wrong = [
        (row["name"], str(each))
        for row in rows(name)
        for each in shipped.parse_provisions(row.get("bind::marsad:provision", ""))
        if (each.instrument, each.article) not in known
        or not known[each.instrument, each.article].has(each)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_it_names_only_themes_of_the_published_list(name: str) -> None:
    known = {theme.code for theme in undocs.themes.shipped()}
    used = {theme for row in rows(name) for theme in row.get("bind::marsad:themes", "").split()}

    assert used - known == set()
    assert [
        row["name"]
        for row in questions(name)
        if "bind::marsad:concept" in row and "bind::marsad:themes" not in row
    ] == []


def test_it_knows_how_the_protocol_and_the_convention_are_divided() -> None:
    known = shipped.articles()

    assert [key for key in known if key[0] == "TIP"] == [("TIP", str(n)) for n in range(1, 21)]
    assert [key for key in known if key[0] == "UNTOC"] == [("UNTOC", str(n)) for n in range(1, 42)]
    for written in ("TIP 6(2)(b)", "TIP 3(d)", "TIP 13", "UNTOC 18(30)", "UNTOC 2(b)"):
        (provision,) = shipped.parse_provisions(written)
        assert known[provision.instrument, provision.article].has(provision)
        assert str(provision) == written
    for written in ("TIP 6(7)", "TIP 6(2)(c)", "TIP 3(e)", "TIP 13(1)", "UNTOC 17(1)"):
        (provision,) = shipped.parse_provisions(written)
        assert not known[provision.instrument, provision.article].has(provision)
    with pytest.raises(ValueError, match="article 6"):
        shipped.parse_provisions("article 6")


#: What the Protocol only asks States to consider, to strive for, or leaves open to them; whatever
#: else it says, it says with "shall".
NOT_BINDING = {
    "TIP 6(3)",
    "TIP 6(5)",
    "TIP 7(1)",
    "TIP 9(2)",
    "TIP 11(5)",
    "TIP 11(6)",
    "UNTOC 15(2)",
    "UNTOC 17",
    "UNTOC 19",
    "UNTOC 31(1)",
}
#: What binds: every paragraph that obliges States to act.
BINDING = [
    "TIP 3(a)",
    "TIP 3(b)",
    "TIP 3(c)",
    "TIP 5(1)",
    "TIP 5(2)(a)",
    "TIP 5(2)(b)",
    "TIP 5(2)(c)",
    "TIP 6(1)",
    "TIP 6(2)(a)",
    "TIP 6(2)(b)",
    "TIP 6(4)",
    "TIP 6(6)",
    "TIP 7(2)",
    "TIP 8(1)",
    "TIP 8(2)",
    "TIP 8(3)",
    "TIP 8(4)",
    "TIP 9(1)(a)",
    "TIP 9(1)(b)",
    "TIP 9(3)",
    "TIP 9(4)",
    "TIP 9(5)",
    "TIP 10(1)",
    "TIP 10(2)",
    "TIP 10(3)",
    "TIP 11(1)",
    "TIP 11(2)",
    "TIP 11(3)",
    "TIP 11(4)",
    "TIP 12(a)",
    "TIP 12(b)",
    "TIP 13",
    "TIP 14(1)",
    "TIP 14(2)",
]


def levels() -> dict[str, str]:
    """Provision to level, by the questions on the scale of the self-assessment."""
    return {
        str(shipped.parse_provisions(row["bind::marsad:provision"])[0]): row[
            "bind::marsad:obligation"
        ]
        for row in rows("self_assessment")
        if row["type"] == "select_one answer" and "bind::marsad:obligation" in row
    }


def test_it_asks_about_every_paragraph_that_asks_something_of_states() -> None:
    asked = levels()

    assert [each for each in BINDING if asked.get(each) != "mandatory"] == []
    assert [each for each in NOT_BINDING if asked.get(each) != "optional"] == []


def test_it_says_of_every_question_on_the_scale_how_strongly_it_binds() -> None:
    """Only figures, and what the Working Group has advised, have no level."""
    without = [
        row["name"]
        for row in rows("self_assessment")
        if "bind::marsad:provision" in row and "bind::marsad:obligation" not in row
    ]
    optional = {
        row["name"]
        for row in rows("self_assessment")
        if row.get("bind::marsad:obligation") == "optional"
    }

    figures = re.compile(r"a\d+_(has_figures|what|value|source|evidence_title)")
    without = [name for name in without if not figures.fullmatch(name)]
    assert [name for name in without if not name.startswith("w_")] == ["help_first"]
    assert {"standing", "a6_recovery_law", "a11_entry_help", "c19"} <= optional


@pytest.mark.parametrize("name", ["demand", "assistance_needs"])
def test_it_gives_a_level_wherever_it_names_a_provision(name: str) -> None:
    assert [
        row["name"]
        for row in rows(name)
        if ("bind::marsad:provision" in row) != ("bind::marsad:obligation" in row)
    ] == []
    assert {
        row["bind::marsad:obligation"] for row in rows(name) if "bind::marsad:obligation" in row
    } == {"mandatory", "optional"}


def test_it_asks_measure_practice_result_and_help_of_every_obligation() -> None:
    names = {row["name"] for row in rows("self_assessment") if "name" in row}
    scale = [row["name"] for row in rows("self_assessment") if row["type"] == "select_one answer"]
    of_the_protocol = [name for name in scale if not name.startswith("c")]

    assert len(of_the_protocol) == 46
    for name in of_the_protocol:
        follow_ups = ("law", "practice", "effect", "basis", "help")
        assert {f"{name}_{each}" for each in follow_ups} <= names


def test_it_counts_as_many_provisions_of_the_protocol_as_it_says() -> None:
    (shown,) = (row for row in rows("self_assessment") if row.get("name") == "closing_count")
    counted = [
        row["name"]
        for row in rows("self_assessment")
        if row["type"] == "select_one answer" and re.match(r"a\d", row["name"])
    ]

    assert shown[f"label::{ENGLISH}"].count(f"of {len(counted)}.") == 1
    assert shown[f"label::{ARABIC}"].count(f"من {len(counted)}.") == 1


def test_it_opens_figures_of_an_obligation_only_where_there_is_a_measure() -> None:
    sheets = shipped.sheets("self_assessment")
    scale = {row["name"] for row in sheets.survey if row["type"] == "select_one answer"}
    figures = [row for row in sheets.choices if row["list_name"] == "figure"]
    asked = [row for row in sheets.survey if row["type"] == "select_one figure"]

    assert {row["of"] for row in figures} - scale == {"any"}
    assert {name for name in scale if name.startswith("a")} - {
        row["of"] for row in figures
    } == set()
    assert len(asked) == 12
    assert all("_open}" in row["choice_filter"] for row in asked)


def test_it_asks_figures_with_unit_period_source_and_standing() -> None:
    for name, sections in (("self_assessment", 12), ("demand", 5)):
        for kind in ("unit", "from", "to", "source", "standing", "value"):
            asked = [
                row
                for row in rows(name)
                if re.fullmatch(rf"[a-z0-9]+_{kind}", row.get("name", ""))
                and "bind::marsad:concept" not in row
            ]
            assert len(asked) == sections, (name, kind)


def test_it_asks_in_every_section_how_answers_are_to_be_treated() -> None:
    sections = {"self_assessment": 12, "demand": 5, "assistance_needs": 1}

    for name, number in sections.items():
        asked = [row for row in rows(name) if row["type"] == "select_one treatment"]
        assert len(asked) == number
        assert {row["default"] for row in asked} <= {"confidential", "secretariat"}


def test_it_asks_effect_apart_from_law() -> None:
    scale = [row["name"] for row in rows("demand") if row["type"] == "select_one answer"]
    effect = [row["name"] for row in rows("demand") if row["type"] == "select_one effect"]
    themes = [row["name"] for row in rows("demand") if row["type"] == "begin_group"]

    assert themes == ["about", "a", "b", "c", "d", "e", "closing"]
    assert {f"{name}_effect" for name in scale if name != "demand"} == set(effect)


def test_it_can_be_filled_in_by_people_who_have_other_work() -> None:
    """Bounds that a change should be weighed against, not laws of nature."""
    assert 400 <= len(questions("self_assessment")) <= 600
    assert 120 <= len(questions("demand")) <= 220
    assert 20 <= len(questions("assistance_needs")) <= 40
    #: What one meets before anything has been answered.
    met = [row for row in outside_repeats("self_assessment") if "relevant" not in row]
    assert len(met) <= 110


@pytest.mark.parametrize("name", NAMES)
def test_it_names_nothing_that_no_row_or_list_has(name: str) -> None:
    sheets = shipped.sheets(name)
    names = {row["name"] for row in sheets.survey if "name" in row}
    lists = {row["list_name"] for row in sheets.choices}
    text = " ".join(value for row in sheets.survey for value in row.values())
    used = {
        row["type"].split()[1]
        for row in sheets.survey
        if row["type"].startswith(("select", "rank"))
    }

    assert set(re.findall(r"\$\{(\w+)\}", text)) - names == set()
    assert used == lists
    assert not re.search(r"<[a-z_]+>", text)


@pytest.mark.parametrize("name", NAMES)
def test_it_leaves_room_for_an_address(name: str) -> None:
    """The appearance `url` shows an address to be followed, and takes none."""
    assert [row["name"] for row in rows(name) if row.get("appearance") == "url"] == []


#: What a form can ask by: everything we promise to take, draw and check.
TYPES = (
    "text integer decimal range date time dateTime select_one select_multiple rank note"
    " acknowledge calculate hidden geopoint geotrace geoshape barcode image audio video file"
    " begin_group end_group begin_repeat end_repeat start end today deviceid"
)
APPEARANCES = {"minimal", "likert", "quick", "table-list", "multiline", "numbers", "autocomplete"}


def test_it_has_every_type_in_the_form_for_tests() -> None:
    survey = shipped.read_folder(samples.FORMS / "every_type").survey
    columns = {column.partition("::")[0] for row in survey for column in row}
    groups = [row["type"] for row in survey if row["type"].startswith(("begin", "end"))]

    assert {row["type"].split()[0] for row in survey} == set(TYPES.split())
    assert {row.get("appearance", "minimal") for row in survey} >= APPEARANCES
    assert columns >= {
        "choice_filter",
        "constraint",
        "default",
        "parameters",
        "readonly",
        "relevant",
        "repeat_count",
        "required",
        "trigger",
    }
    assert "begin_group begin_group begin_repeat" in " ".join(groups)


# -- the wording -------------------------------------------------------------------------------

#: Words that are feminine without the ending, or masculine with it, would need a list; none of the
#: masculine demonstratives below may stand before the ending, nor a feminine one before a sound
#: masculine plural.
WRONG = {
    "a masculine demonstrative before a feminine noun": r"\b(هذا|ذلك) (ال\w+ة)\b",
    "a feminine demonstrative before a masculine noun": r"\bهذه (الرقم|القسم|الحكم|الاستبيان|"
    r"التقييم|البروتوكول|القانون|السؤال|التدبير|الأثر|الموضوع|المجال)\b",
    "an ordinal that does not agree": r"المادة (الأول|الثاني|الثالث|الرابع|الخامس)\b",
    "a Latin comma, semicolon or question mark": r"[,;?]",
    "a kashida": "\u0640",
    "two spaces, or one before a mark": r"  | [،؛؟:.]",
    "an Arabic mark without a space after it": r"[،؛](?=[^\s\d»])",
    "a Latin word": r"(?<![/$\w{])[A-Za-z]{3,}(?![\w}:/])",
    "a nunated alif of the old spelling": r"\w+اً\b",
    "a yaa where an alif maqsura belongs": r"\b(علي|الي|حتي|لدي) (ال|أن|ما)",
    "a dotless ending": r"\b(المادت|اتفاقيه|الدوله|الجهه)\b",
}

#: Beginnings of addresses, places for values, and the letter هـ as it marks a point.
WITHOUT = re.compile(r"https?://|\$\{\w+\}|\(هـ\)")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", WRONG)
def test_it_reads_well_in_arabic(name: str, fault: str) -> None:
    pattern = re.compile(WRONG[fault])
    found = []
    for where, text in said(name, "ar"):
        if pattern.search(WITHOUT.sub("1", text)):
            found.append((where, text))

    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_in_every_language_where_it_asks_in_one(name: str) -> None:
    english = dict(said(name, "en"))
    differing = [
        where
        for where, text in said(name, "ar")
        if where.endswith(".label") and text.endswith("؟") != english[where].endswith("?")
    ]

    assert differing == []


@pytest.mark.parametrize("name", NAMES)
def test_it_uses_one_term_for_one_thing(name: str) -> None:
    """The terms of the official Arabic texts, never those beside them."""
    beside = re.compile(
        "الاتجار بالبشر|البغاء|ضحايا الإتجار|الإتجار|القُصَّر|التعرّف إلى|استمارة|نقطة الاتصال|القاصر"
    )

    assert [(where, text) for where, text in said(name, "ar") if beside.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_for_no_persons_names(name: str) -> None:
    asks = re.compile(r"اسم (الشخص|الضحية|الموظف|المتهم)|\bname of the (person|victim|official)")

    assert [text for where, text in said(name, "ar") + said(name, "en") if asks.search(text)] == []
    assert any("لا تُذكر أسماء أشخاص" in text for _, text in said(name, "ar"))
