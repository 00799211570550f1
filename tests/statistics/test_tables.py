"""Named tables come with their definition, in words of the reader, and in every kind of file."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import openpyxl
import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from docx import Document
from docx.oxml.ns import qn
from pysdmx.io import read_sdmx

from marsad.design.formatting import reading_as
from marsad.directory.types import OPERATOR
from marsad.statistics import problems
from marsad.statistics.exports import table as exports
from marsad.statistics.models import Edition
from marsad.statistics.queries import origin as origins
from marsad.statistics.queries import picture as pictures
from marsad.statistics.queries import tables as queries
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.origin import Origin, OriginQuery
from marsad.statistics.types.table import TableChoice, TableView
from marsad.tabulation import tables
from tests.statistics.tables_of_ours import ADRIA, CITIZENSHIP, FORM, NOON, ORIA, ROWS, bring
from tests.statistics.tables_of_ours import row as line
from tests.statistics.tables_of_ours import written as written_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house_of_ours")]

SHARED = Path(os.environ.get("MARSAD_SHARED") or Path(__file__).parents[2].parent / "shared")


def made(name: str, *, language: str = "en", **choice: Any) -> TableView:
    return queries.table(
        choice=TableChoice(name=name, **choice), reader=OPERATOR, language=language
    )


def cells(view: TableView) -> list[list[str]]:
    return [[cell.text for cell in cells_] for cells_ in queries.lines(view)]


# ── what is in them ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_table_says_who_is_counted_when_and_what_it_serves(
    figures_of_ours: Edition, language: str
) -> None:
    listed = queries.listed(language=language)
    assert {card.name for card in listed} == set(tables.names())
    for card in listed:
        view = made(card.name, language=language)
        assert len(view.above) >= 7
        assert card.title == view.above[0]
        assert card.serves
        assert all(view.above)


def test_a_range_is_written_with_a_dash_and_places_by_their_names(figures_of_ours: Edition) -> None:
    view = made("repatriated")
    assert cells(view) == []
    flows = made("flows")
    assert [column.label for column in flows.columns][:3] == [
        "Citizens of",
        "State or place",
        "Figure",
    ]
    assert [found[:3] for found in cells(flows)] == [
        ["Oria", "Adria", "9"],
        ["Others, not named: “otros”", "Oria", "1–4"],
    ]


def test_numbers_stand_in_the_digits_of_the_language(figures_of_ours: Edition) -> None:
    (first, second) = cells(made("detected-victims", language="ar"))
    assert first[0] == "٢٠١٧"
    assert "١٬٢٨٢" in first
    assert "٤١–٤٤" in second


def test_shares_are_of_the_known_and_the_unknown_is_said(figures_of_ours: Edition) -> None:
    view = made("victims-by-sex", places=(ADRIA,))
    codes = [column.code for column in view.columns]
    female = cells(view)[0]
    assert female[codes.index("share")] == "58.3%"
    assert female[codes.index("unknown")] == "82"
    # Women, men, girls and boys together make up those of whom both is known.
    together = made("victims-by-age-and-sex", places=(ORIA,)).records
    girls = together[0]
    assert (girls["age"], girls["sex"], girls["known_high"]) == ("0 to 17 years", "Female", 36)
    assert (
        sum(one["share_high"] for one in together) >= 1 >= sum(one["share_low"] for one in together)
    )


def test_a_year_nobody_reported_has_no_line(figures_of_ours: Edition) -> None:
    assert [one["year"] for one in made("detected-victims").records] == [2017, 2019]
    view = made("detected-victims", years=(2018, 2018))
    assert (view.records, view.columns) == ([], [])


def test_classes_say_what_share_of_those_that_reported_they_are(figures_of_ours: Edition) -> None:
    told = {one["band"]: one for one in made("convictions-classes").records}
    assert set(told) == {"1-10", "51+"}
    assert told["51+"]["of"] == 2
    assert told["51+"]["share_of_places"] == 0.5


def test_a_national_profile_lays_a_state_out_in_every_way(figures_of_ours: Edition) -> None:
    told = made("national-profile", places=(ADRIA,)).records
    assert {one["place"] for one in told} == {ADRIA}
    forms = {one["category"]: one["low"] for one in told if one["dimension"] == FORM}
    assert forms == {"Forced labour": 300, "Sexual exploitation": 600}
    totals = {
        one["year"]: (one["low"], one["high"])
        for one in told
        if one["indicator"].startswith("Detected")
        and (one["dimension"], one["sex"], one["age"]) == ("Total", "Total", "Total")
    }
    assert totals == {2017: (1282, 1282), 2019: (1, 4)}


def test_rates_are_given_where_a_population_is_and_said_to_lack_where_none_is(
    tmp_path: Path,
) -> None:
    # Rates need a number of M49, which no invented State has.
    bring(
        written_rows(tmp_path / "f.csv", [line("JOR", 2019, "<5"), line("JOR", 2018, "2")]),
        "glotip",
    )
    plain = made("sdg-16-2-2")
    assert {one["SERIES"] for one in plain.records} == {"VC_HTF_DETV"}
    assert any("Counts only" in said for said in plain.above)
    file = tmp_path / "people.csv"
    file.write_text("code,year,population\nJOR,2019,800\n", encoding="utf-8")
    from marsad.tabulation.populations import read_populations

    rated = queries.table(
        choice=TableChoice(name="sdg-16-2-2"),
        reader=OPERATOR,
        language="en",
        populations=read_populations(file),
    )
    (rate,) = [one for one in rated.records if one["SERIES"] == "VC_HTF_DETVR"]
    assert (rate["LOWER_BOUND"], rate["UPPER_BOUND"], rate["OBS_VALUE"]) == (125.0, 500.0, "")
    assert rate["UNIT_MEASURE"] == "PER_100000_POP"
    assert any("people.csv" in said for said in rated.above)


# ── where it comes from ──────────────────────────────────────────────────────────────────────────
CONVICTED, GROWN = "Persons convicted", "18 years or over"
#: Places that report now and then, up, down and by chance; one that is no State, one of no region;
#: totals that leave more than is known; classes of every size.
MORE = [
    line(ADRIA, 2018, "1,100"),
    line(ORIA, 2018, "90"),
    line(ORIA, 2017, "<5"),
    line("JOR", 2018, "30"),
    line("JOR", 2019, "31"),
    line("JOR", 2019, "9", sex="Female"),
    line("JOR", 2019, "<5", sex="Male"),
    line("JOR", 2019, "6", age="0 to 17 years"),
    line("JOR", 2019, "8", dimension=CITIZENSHIP, category="Jordan"),
    line("JOR", 2019, "3", dimension=CITIZENSHIP, category="Egypt"),
    line("JOR", 2019, "<5", dimension=CITIZENSHIP, category="Unknown"),
    line("JOR", 2019, "2", dimension="by country of repatriation", category="Abroad"),
    line("MEX", 2019, "400"),
    line("MEX", 2019, "7", dimension=FORM, category="Forced labour", sex="Female"),
    line(ORIA, 2019, "8", dimension=FORM, category="Forced labour", sex="Male", age=GROWN),
    line(ORIA, 2019, "<5", dimension=FORM, category="Sexual exploitation", sex="Female", age=GROWN),
    line("ABW", 2018, "12"),
    line("ABW", 2019, "11"),
    line(ADRIA, 2018, "40", indicator=CONVICTED),
    line(ORIA, 2018, "10", indicator=CONVICTED),
    line("JOR", 2018, "<5", indicator=CONVICTED),
    line("JOR", 2019, "8", indicator=CONVICTED),
    line("JOR", 2019, "5", indicator=CONVICTED, sex="Male"),
    line("JOR", 2019, "2", indicator=CONVICTED, dimension=FORM, category="Forced labour"),
    line("JOR", 2019, "7", indicator=CONVICTED, dimension=CITIZENSHIP, category="Jordan"),
    line("JOR", 2019, "4", indicator="Persons prosecuted", sex="Female"),
    line("JOR", 2019, "<5", indicator="Persons brought into formal contact", sex="Male"),
    line("ABW", 2019, "120", indicator=CONVICTED),
]


def followed(address: str) -> Origin:
    query = OriginQuery.of(dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)))
    return origins.origin(query=query, reader=OPERATOR, language="en")


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"years": (2019, 2019), "states_only": True},
        {"years": (2018, 2019), "places": (ADRIA, "JOR")},
    ],
    ids=str,
)
def test_every_figure_of_every_table_leads_to_the_rows_that_make_it(
    tmp_path: Path, choice: dict[str, Any]
) -> None:
    bring(written_rows(tmp_path / "f.csv", [*ROWS, *MORE]))
    ways: dict[str, int] = {}
    for name in tables.names():
        view = made(name, **choice)
        codes = [column.code for column in view.columns]
        for cells_ in queries.lines(view):
            for code, cell in zip(codes, cells_, strict=True):
                if not cell.origin:
                    continue
                found = followed(cell.origin)
                assert found.total, (name, code, [each.text for each in cells_])
                with reading_as(language="en") as write:
                    if code in ("states", "places"):
                        figure = write.number(found.states)
                    else:
                        figure = queries.ranged(found.low, found.high, write=write)
                assert figure == cell.text, (name, code, [each.text for each in cells_])
                ways[f"{name} {code}"] = ways.get(f"{name} {code}", 0) + 1
    if not choice:
        assert {name.split()[0] for name in ways} == set(tables.names())
        assert "detected-victims-trend since" in ways


def test_a_change_leads_to_both_years_of_the_places_that_reported_both(tmp_path: Path) -> None:
    bring(written_rows(tmp_path / "f.csv", [*ROWS, *MORE]))
    view = made("detected-victims-trend", years=(2018, 2019))
    codes = [column.code for column in view.columns]
    (change,) = queries.lines(view)
    since, now = (followed(change[codes.index(code)].origin) for code in ("since", "figure"))
    assert {one.year for one in since.rows} == {2018}
    assert {one.year for one in now.rows} == {2019}
    # Mexico reported in 2019 alone: it is no part of the change.
    for found in (since, now):
        assert {one.place for one in found.rows} == {ADRIA, ORIA, "JOR", "ABW"}
    assert (since.low, now.low, now.high) == (1232, 83, 86)


def test_what_the_total_leaves_leads_nowhere(tmp_path: Path) -> None:
    bring(written_rows(tmp_path / "f.csv", [*ROWS, *MORE]))
    view = made("victims-by-sex", places=("JOR",), years=(2019, 2019))
    unknown = [column.code for column in view.columns].index("unknown")
    for cells_ in queries.lines(view):
        assert (cells_[unknown].text, cells_[unknown].origin) == ("18–21", "")


def test_the_command_says_which_places_make_a_class_and_a_trend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(written_rows(tmp_path / "f.csv", [*ROWS, *MORE]))
    told = json.loads(run(capsys, "convictions-classes", "--year", "2018", "--origin"))
    there = {
        one["band"]: [row["place"] for row in one["origin"]["rows"]] for one in told["records"]
    }
    assert there == {"1-10": ["JOR", ORIA], "11-50": [ADRIA]}
    told = json.loads(run(capsys, "victims-trend-of-states", "--year", "2018-2019", "--origin"))
    for one in told["records"]:
        assert one["states"] == one["origin"]["states"]
        assert len(one["origin"]["rows"]) == 2 * one["states"]
    assert [(one["trend"], one["states"]) for one in told["records"]] == [
        ("down", 2),
        ("stable", 2),
    ]


# ── a change needs two years ─────────────────────────────────────────────────────────────────────
TRENDS = ("detected-victims-trend", "victims-trend-of-states", "convictions-trend-of-states")


@pytest.mark.parametrize("name", TRENDS)
def test_a_change_to_one_year_is_counted_from_the_year_before(tmp_path: Path, name: str) -> None:
    bring(written_rows(tmp_path / "f.csv", [*ROWS, *MORE]))
    both = made(name, years=(2018, 2019))
    # By itself, and as the last year there is: "from 2019".
    for years in ((2019, 2019), (2019, 9999)):
        alone = made(name, years=years)
        assert alone.records == both.records != []
        said = "A change needs two years: that of 2019 is counted from 2018."
        assert said in alone.above
        assert f"# {said}" in exports.write(alone, format="csv").data.decode()
    assert not any("needs two years" in each for each in both.above)


def test_a_change_to_the_first_year_says_that_there_is_none_to_begin_from(
    figures_of_ours: Edition, client: Client
) -> None:
    said = "A change needs two years, and no figures of 2016 are here to begin from."
    address = "/statistics/tables/detected-victims-trend/?year=2017"
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert said in page
    assert "No figures for this choice" in page
    paper = Document(
        io.BytesIO(
            exports.write(
                made("detected-victims-trend", years=(2017, 2017), language="ar"), format="docx"
            ).data
        )
    )
    assert any("٢٠١٦" in each.text for each in paper.paragraphs)


def test_a_range_below_none_is_written_in_words(tmp_path: Path) -> None:
    bring(
        written_rows(
            tmp_path / "f.csv",
            [
                line(ADRIA, 2018, "100"),
                line(ORIA, 2018, "<5"),
                line(ADRIA, 2019, "50"),
                line(ORIA, 2019, "2"),
            ],
        )
    )
    for language, said in (("en", "-50.0% to -48.5%"), ("ar", "من -٥٠٫٠٪ إلى -٤٨٫٥٪")):
        view = made("detected-victims-trend", language=language)
        (change,) = cells(view)
        assert change[[column.code for column in view.columns].index("change")] == said
    # What is more than none keeps its dash.
    with reading_as(language="en") as write:
        assert queries.ranged(0.03, 0.04, write=write, code="change") == "3.0%–4.0%"
        assert queries.ranged(-0.01, 0.02, write=write, code="change") == "-1.0% to 2.0%"


# ── files ────────────────────────────────────────────────────────────────────────────────────────
def test_excel_has_the_definition_on_top_and_nothing_that_could_run(tmp_path: Path) -> None:
    evil = line(ADRIA, 2019, "7", dimension="by citizenship", category="=HYPERLINK(1)")
    bring(written_rows(tmp_path / "f.csv", [evil]))
    view = made("flows", language="ar")
    book = openpyxl.load_workbook(io.BytesIO(exports.write(view, format="xlsx").data))
    sheet = book.worksheets[0]
    assert sheet.sheet_view.rightToLeft
    told = [
        [cell for cell in each if cell is not None] for each in sheet.iter_rows(values_only=True)
    ]
    assert told[1] == ["المنشأ والمقصد"]
    assert any("من يحسب" in str(cell) for each in told[:8] for cell in each)
    assert told[-1][0].startswith("'=")
    assert all(cell.data_type != "f" for each in sheet.iter_rows() for cell in each)
    text = exports.write(view, format="csv").data.decode()
    assert "'=HYPERLINK(1)" in text


def test_word_holds_a_real_table_that_runs_from_right_to_left(figures_of_ours: Edition) -> None:
    made_file = exports.write(made("detected-victims", language="ar"), format="docx")
    paper = Document(io.BytesIO(made_file.data))
    (table,) = paper.tables
    assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert table.rows[0].cells[0].text == "السنة"
    assert "١٬٢٨٢" in [cell.text for cell in table.rows[1].cells]
    assert any("من يحسب" in paragraph.text for paragraph in paper.paragraphs)
    assert made_file.file_name == "INVENTED-detected-victims-ar.docx"
    assert any("مختلقة" in paragraph.text for paragraph in paper.paragraphs)


def test_word_refuses_what_nobody_could_read(
    figures_of_ours: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_IN_WORD", 1)
    with pytest.raises(problems.TooLongForWord, match="٢"):
        exports.write(made("detected-victims"), format="docx")


def test_sdmx_of_every_table_can_be_read_back(figures_of_ours: Edition, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    for view in map(made, tables.names()):
        file.write_bytes(exports.write(view, format="sdmx").data)
        if not view.records:
            continue
        (data,) = read_sdmx(file, validate=False).get_datasets()
        told = data.data.to_dict("records")
        assert len(told) == len(view.records)
        if "low" in view.records[0]:
            assert [(one["LOWER_BOUND"], one["UPPER_BOUND"]) for one in told] == [
                tuple("" if one[end] is None else str(one[end]) for end in ("low", "high"))
                for one in view.records
            ]


def test_json_says_what_every_column_is_called(figures_of_ours: Edition) -> None:
    told = json.loads(exports.write(made("detected-victims", language="ar"), format="json").data)
    assert told["columns"][0] == {"name": "year", "label": "السنة"}
    assert told["records"][0]["low"] == 1282
    assert told["sources"][0].endswith("الطبعة ١")


def test_what_is_no_format_is_refused(figures_of_ours: Edition) -> None:
    with pytest.raises(problems.UnknownFormat, match="odt"):
        exports.write(made("detected-victims"), format="odt")


# ── command ──────────────────────────────────────────────────────────────────────────────────────
def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("statistics", "table", *arguments)
    return capsys.readouterr().out


def test_the_command_lists_tables_and_writes_them(
    figures_of_ours: Edition, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    listed = run(capsys, "--list")
    assert all(name in listed for name in tables.names())
    out = run(capsys, "detected-victims", "--year", "2017", "--format", "csv")
    above = [each for each in out.splitlines() if each.startswith("# ")]
    assert above[0].startswith("# These figures")
    assert above[1] == "# Detected victims, by year"
    (one,) = csv.DictReader(each for each in out.splitlines() if not each.startswith("#"))
    assert (one["year"], one["low"]) == ("2017", "1282")
    told = json.loads(run(capsys, "detected-victims", "--state", ADRIA.lower(), "--origin"))
    assert [one["origin"]["low"] for one in told["records"]] == [1282, 1]
    file = tmp_path / "t.docx"
    run(capsys, "victims-by-sex", "--format", "docx", "--output", str(file), "--language", "ar")
    assert Document(str(file)).tables


def test_the_command_says_what_it_cannot_do(
    figures_of_ours: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(problems.OriginIsJson):
        run(capsys, "detected-victims", "--origin", "--format", "csv")
    with pytest.raises(tables.UnknownTable, match="nothing"):
        run(capsys, "nothing")


def test_the_engine_makes_the_same_of_the_same_rows(
    figures_of_ours: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    from marsad.statistics.queries import figures
    from marsad.tabulation.__main__ import main

    for name in ("victims-by-sex", "justice-funnel", "convictions-classes"):
        assert main(["table", str(figures.file_of(figures.in_force())), name]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["records"] == json.loads(json.dumps(list(made(name).records)))
        assert told["above"] == list(made(name).above[:-2])


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_pages_show_a_table_with_its_definition_and_files(
    figures_of_ours: Edition, client: Client
) -> None:
    page = client.get("/statistics/tables/", headers={"accept-language": "en"})
    assert "Share of detected victims by sex" in page.content.decode()
    address = f"/statistics/tables/detected-victims/?from=2019&state={ORIA}"
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Who is counted" in page
    assert "Oria" in page
    assert "/statistics/where-from/?indicator=victims&amp;year=2019&amp;place=XOA" in page
    assert "kind=" in page or "places=XOA" in page
    for kind in exports.FORMATS:
        file = client.get(f"/statistics/tables/detected-victims/as/{kind}/?state={ORIA}")
        assert file.status_code == 200
        assert "attachment" in file["Content-Disposition"]


def test_a_page_without_figures_says_what_to_do(client: Client) -> None:
    english = {"accept-language": "en"}
    page = client.get("/statistics/tables/detected-victims/", headers=english)
    assert page.status_code == 200
    assert "No figures are published yet" in page.content.decode()
    assert client.get("/statistics/tables/nothing/", headers=english).status_code == 404


def test_a_page_says_that_years_are_no_years_and_that_a_state_is_needed(
    figures_of_ours: Edition, client: Client
) -> None:
    english = {"accept-language": "en"}
    page = client.get("/statistics/tables/detected-victims/?year=soon", headers=english)
    assert page.status_code == 422
    assert "is not a year" in page.content.decode()
    page = client.get("/statistics/tables/national-profile/", headers=english).content.decode()
    assert "Choose a State" in page
    empty = "/statistics/tables/detected-victims/?from=2018&to=2018"
    assert "That is not none" in client.get(empty, headers=english).content.decode()


# ── the real workbook, counted another way ───────────────────────────────────────────────────────
def _place(one: dict[str, Any]) -> Any:
    return one["Iso3_code"] or one["Country"]


def _limits(value: str) -> tuple[int, int]:
    """ "<5" is 1 to 4; "1,282" is 1282."""
    if value.startswith("<"):
        return 1, int(value[1:]) - 1
    number = int(value.replace(",", ""))
    return number, number


@pytest.fixture(scope="module")
def printed() -> list[dict[str, Any]]:
    """The rows of the real workbook as openpyxl reads them: no code of ours has touched them."""
    file = SHARED / "data" / "unodc_glotip.xlsx"
    if not file.exists():
        pytest.skip("the real workbook is not here")
    book = openpyxl.load_workbook(file, read_only=True)
    found = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    head = next(at for at, one in enumerate(found) if one[0] == "Iso3_code")
    return [dict(zip(found[head], one, strict=True)) for one in found[head + 1 :]]


def test_tables_agree_with_figures_taken_by_hand_from_the_workbook(
    printed: list[dict[str, Any]],
) -> None:
    """How they were taken: docs/how-to/make-the-standard-tables.md, "Check a table by hand"."""
    bring(SHARED / "data" / "unodc_glotip.xlsx", "glotip", at=NOON)

    def added(**wanted: Any) -> tuple[int, int, int]:
        rows = [
            one
            for one in printed
            if all(one[name] == value for name, value in wanted.items()) and one["txtVALUE"]
        ]
        if wanted["Dimension"] == FORM:
            rows = [one for one in rows if _place(one) in told_more]
        limits = [_limits(str(one["txtVALUE"])) for one in rows]
        places = {_place(one) for one in rows}
        return sum(low for low, _high in limits), sum(high for _low, high in limits), len(places)

    total = {"Dimension": "Total", "Sex": "Total", "Age": "Total"}
    for name, indicator in (
        ("detected-victims", "Detected trafficking victims"),
        ("convictions", "Persons convicted"),
        ("offences", "Offences of trafficking in persons"),
    ):
        told = {one["year"]: one for one in made(name).records}
        for year in (2010, 2013, 2018, 2021):
            one = told[year]
            hand = added(Indicator=indicator, Year=year, **total)
            assert (one["low"], one["high"], one["states"]) == hand
    # By form: each State once a year but for «other forms», which stands in several rows.
    told = {(one["year"], one["category"]): one for one in made("victims-by-form").records}
    # Limits under forms and nothing else may mean that nothing was reported.
    told_more = {
        _place(one)
        for one in printed
        if one["Indicator"] == "Detected trafficking victims"
        and one["Year"] == 2018
        and (one["Dimension"] == one["Category"] == "Total" or one["txtVALUE"] != "<5")
        and one["Dimension"] in ("Total", FORM)
    }
    for form in ("Forced labour", "Sexual exploitation"):
        wanted = {**total, "Dimension": FORM, "Category": form}
        hand = added(Indicator="Detected trafficking victims", Year=2018, **wanted)
        one = told[2018, form]
        assert (one["low"], one["high"], one["states"]) == hand
    # One State, sex by sex.
    mexico = made("victims-by-sex", places=("MEX",), years=(2018, 2018)).records
    for one in mexico:
        wanted = {**total, "Sex": one["sex"], "Iso3_code": "MEX", "Year": 2018}
        assert (one["low"], one["high"], 1) == added(
            Indicator="Detected trafficking victims", **wanted
        )
    # Classes: States counted one by one.
    wanted = {**total, "Indicator": "Persons convicted", "Year": 2018}
    places: dict[str, list[tuple[int, int]]] = {}
    for one in printed:
        if all(one[field] == value for field, value in wanted.items()) and one["txtVALUE"]:
            places.setdefault(one["Iso3_code"], []).append(_limits(str(one["txtVALUE"])))
    few = sum(1 for limits in places.values() if 1 <= sum(low for low, _h in limits) <= 10)
    bands = {
        one["band"]: one["states"]
        for one in made("convictions-classes", years=(2018, 2018)).records
    }
    assert bands["1-10"] == few
    assert sum(bands.values()) == len(places)
    _pictures_agree(printed)


#: Words of the workbook, and the codes that pictures have for them.
VICTIMS = "Detected trafficking victims"
STAGES = {
    "offences": "Offences of trafficking in persons",
    "suspects": "Persons brought into formal contact",
    "prosecutions": "Persons prosecuted",
    "convictions": "Persons convicted",
}
SEXES = {"female": "Female", "male": "Male", "other": "Other"}
AGES = {"children": "0 to 17 years", "adults": "18 years or over"}
REGIONS = {"002": "Africa", "019": "Americas", "142": "Asia", "150": "Europe", "009": "Oceania"}
#: Of what: low, high, places.
Figure = tuple[int, int, int]


def _pictures_agree(printed: list[dict[str, Any]]) -> None:
    """Every kind of picture against the workbook: filter, add, count, as one does by hand."""

    def rows(indicator: str = VICTIMS, **wanted: Any) -> list[dict[str, Any]]:
        asked = {"Dimension": "Total", "Sex": "Total", "Age": "Total"} | wanted
        asked = {name: value for name, value in asked.items() if value is not None}
        return [
            one
            for one in printed
            if one["Indicator"] == indicator
            and one["txtVALUE"]
            and all(one[name] == value for name, value in asked.items())
        ]

    def hand(found: list[dict[str, Any]]) -> Figure:
        limits = [_limits(str(one["txtVALUE"])) for one in found]
        low, high = (sum(each) for each in zip(*limits, strict=True))
        return low, high, len({_place(one) for one in found})

    def drawn(query: str) -> dict[tuple[str, str], Figure]:
        seen = pictures.picture(choice=Choice.of(QueryDict(query)), reader=OPERATOR, language="en")
        return {(m.x, m.series): (int(m.low), int(m.high), m.states) for m in seen.marks}

    # Sex and age: of 2020, in numbers.
    assert drawn("kind=bars&by=sex&measure=count&years=2020") == {
        (code, ""): hand(rows(Year=2020, Sex=word)) for code, word in SEXES.items()
    }
    for code, word in AGES.items():
        whole, parts = rows(Year=2020, Age=word), rows(Year=2020, Age=word, Sex=None)
        # Some print boys and girls and no sum of them: there the two are added.
        printed_whole = {_place(one) for one in whole}
        parts = [one for one in parts if _place(one) not in printed_whole]
        told = drawn("kind=bars&by=age&measure=count&years=2020")[code, ""]
        assert told == hand(whole + parts), word
    # The pyramid: four cells.
    pyramid = {
        (age, sex): hand(rows(Year=2019, Sex=SEXES[sex], Age=word))
        for age, word in AGES.items()
        for sex in ("female", "male")
    }
    assert drawn("kind=pyramid&years=2019") == pyramid
    # Justice: the same places in every stage.
    of_stage = {code: rows(word, Year=2019) for code, word in STAGES.items()}
    everywhere = set.intersection(*({_place(one) for one in each} for each in of_stage.values()))
    assert drawn("kind=funnel&years=2019") == {
        (code, ""): hand([one for one in each if _place(one) in everywhere])
        for code, each in of_stage.items()
    }
    # Who reported: places, year by year.
    for (year, _), (_, _, places_) in drawn("kind=coverage").items():
        assert places_ == len({_place(one) for one in rows(Year=int(year))}), year
    # Regions of 2019, and the map of suspects of 2018, place by place.
    regions = drawn("by=region&same=no&years=2019")
    for code, region in REGIONS.items():
        assert regions["2019", code] == hand(rows(Year=2019, Region=region)), region
    suspects = drawn("kind=map&indicator=suspects&years=2018")
    of_2018 = rows(STAGES["suspects"], Year=2018)
    for one in of_2018:
        if one["Iso3_code"]:
            assert suspects[one["Iso3_code"], ""] == hand([one]), one["Iso3_code"]
    assert len(suspects) == len(of_2018)
    # Over the same places in ten years.
    years = {year: rows(Year=year) for year in range(2011, 2021)}
    same = set.intersection(*({_place(one) for one in each} for each in years.values()))
    assert drawn("years=2011-2020") == {
        (str(year), ""): hand([one for one in each if _place(one) in same])
        for year, each in years.items()
    }
    # Flows: who was detected in Germany, of three countries; the workbook names them in full.
    flows = drawn("kind=flows&by=country&places=DEU&years=2019")
    for code, country in (("ROU", "Romania"), ("NGA", "Nigeria"), ("DEU", "Germany")):
        (one,) = rows(Year=2019, Iso3_code="DEU", Dimension="by citizenship", Category=country)
        assert flows[code, "DEU"] == hand([one]), country
