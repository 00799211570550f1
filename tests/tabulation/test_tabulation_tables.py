"""Named tables of the engine: what they say of themselves, shares together, rates, SDMX."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pysdmx.io import read_sdmx

from marsad.tabulation import Reading, labels, sdmx, tables
from marsad.tabulation.__main__ import main
from marsad.tabulation.errors import BadPopulations, NoSuchFile, OtherFlow
from marsad.tabulation.populations import read_populations
from marsad.tabulation.series import shares
from tests.tabulation.figures_of_our_own import CITIZENSHIP, FORM, line, rows_of, save_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return save_workbook(
        tmp_path / "w.xlsx",
        [
            line("JOR", 2018, "900"),
            line("JOR", 2019, "40"),
            line("EGY", 2018, "12"),
            line("EGY", 2019, "14"),
            line("JOR", 2019, "10", sex="Female", age="18 years or over"),
            line("JOR", 2019, "<5", sex="Male", age="0 to 17 years"),
            line("JOR", 2019, "6", sex="Unknown", age="Unknown"),
            line("JOR", 2019, "30", dimension=FORM, category="Forced labour"),
        ],
    )


def test_every_table_has_its_words_in_both_languages() -> None:
    for name in tables.names():
        defined = tables.definition(name)
        for words in (defined.title, defined.counts, defined.period, defined.leaves_out):
            assert set(words) == {"ar", "en"}
            assert all(words.values())
        assert tables.purposes(name, "ar") != tables.purposes(name, "en")
        assert len(tables.above(name, "ar")) == len(tables.above(name, "en"))


def test_shares_together_make_up_those_of_whom_all_is_known(workbook: Path) -> None:
    told = tables.table(rows_of(workbook), "victims-by-age-and-sex", years=(2019, 2019))
    women, boys = sorted(told, key=lambda one: one["age"], reverse=True)
    assert (women["share_low"], women["share_high"]) == (10 / 14, 10 / 11)
    assert (boys["share_low"], boys["share_high"]) == (1 / 11, 4 / 14)
    # What Jordan's total of 40 has beyond them, six printed as unknown among it, and Egypt's 14.
    assert (boys["unknown_low"], boys["unknown_high"]) == (26 + 14, 29 + 14)


def test_shares_by_the_last_breakdown_are_as_they_were(workbook: Path) -> None:
    question = tables.ask("victims", by=["age", "sex"])
    apart = shares(rows_of(workbook), question).to_pyarrow().to_pylist()
    assert {one["share_high"] for one in apart if one["sex"] != "Unknown"} == {1.0}


def test_a_table_of_shares_does_not_lose_a_year_of_totals_alone(workbook: Path) -> None:
    first = tables.table(rows_of(workbook), "victims-by-age-and-sex")[0]
    assert (first["year"], first["age"], first["sex"], first["low"]) == (
        2018, "Unknown", "Unknown", None,
    )  # fmt: skip
    assert (first["unknown_low"], first["share_low"]) == (912, None)
    (form,) = tables.table(rows_of(workbook), "victims-by-form", years=(2018, 2018))
    assert form["unknown_high"] == 912
    # No word of the source is quoted, for it printed none.
    assert labels.category(form["category"], form["category_kind"], "en") == "Not said"


def test_a_table_of_reach_says_how_many_citizenships_are_not_known(tmp_path: Path) -> None:
    """It said what was printed as unknown alone: a tenth of what totals leave."""

    def from_(place: str, category: str, value: str) -> list[object]:
        return line(place, 2019, value, dimension=CITIZENSHIP, category=category)

    told_more = save_workbook(
        tmp_path / "reach.xlsx",
        [
            # 21 to 24 of Jordan are named: it leaves 16 to 19, of whom it printed 3.
            line("JOR", 2019, "40"),
            from_("JOR", "Nationals", "20"),
            from_("JOR", "Iraq", "<5"),
            from_("JOR", "Stateless", "3"),
            # Of Egypt and of 2018 nothing but totals; of Lebanon no total.
            line("EGY", 2019, "14"),
            from_("LBN", "Unknown", "6"),
            line("SAF", 2018, "<5"),
        ],
    )
    nothing_told, *told = tables.table(rows_of(told_more), "reach")
    assert (nothing_told["year"], nothing_told["reach"]) == (2018, "not known")
    assert (nothing_told["low"], nothing_told["share_low"], nothing_told["states"]) == (
        None,
        None,
        1,
    )
    assert (nothing_told["unknown_low"], nothing_told["unknown_high"]) == (1, 4)
    shares_told = {one["reach"]: (one["low"], one["share_high"]) for one in told}
    assert shares_told == {
        "domestic": (20, 20 / 21),
        "same subregion": (1, 4 / 24),
        "not known": (9, None),
    }
    for one in told:
        assert (one["known_low"], one["known_high"]) == (21, 24)
        assert (one["unknown_low"], one["unknown_high"]) == (16 + 14 + 6, 19 + 14 + 6)


def test_places_are_counted_by_what_chance_alone_cannot_make(workbook: Path) -> None:
    told = {one["trend"]: one for one in tables.table(rows_of(workbook), "victims-trend-of-states")}
    assert set(told) == {"down", "stable"}
    assert all((one["states"], one["of"]) == (1, 2) for one in told.values())


def test_headings_and_words_come_in_the_language_of_the_reader(workbook: Path) -> None:
    told = tables.table(rows_of(workbook), "victims-by-age-and-sex", years=(2019, 2019))
    arabic = labels.in_words(told, "ar")
    assert list(arabic[0])[:3] == ["السنة", "العمر", "الجنس"]
    assert arabic[0]["الجنس"] in ("أنثى", "ذكر")
    for name in tables.names():
        for one in tables.table(rows_of(workbook), name)[:1]:
            assert all(labels.heading(column, "ar") != column for column in one)


# ── rates ────────────────────────────────────────────────────────────────────────────────────────
def test_rates_stand_beside_counts_where_populations_are(workbook: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "country,year,sex,age,population\nJordan,2019,,,400000\nJOR,2019,male,children,50 000\n",
        encoding="utf-8",
    )
    told = tables.table(
        rows_of(workbook), "sdg-16-2-2", populations=read_populations(file), places=("JOR",)
    )
    rates = {
        (one["SERIES"], one["SEX"], one["AGE"]): (one["LOWER_BOUND"], one["UPPER_BOUND"])
        for one in told
        if one["SERIES"].endswith("R")
    }
    assert rates == {
        ("VC_HTF_DETVR", "_T", "_T"): (10.0, 10.0),
        ("VC_HTF_DETVR", "M", "Y0T17"): (2.0, 8.0),
        ("VC_HTF_DETVFLR", "_T", "_T"): (7.5, 7.5),
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n", "does not name the columns"),
        ("code,year,population\nQQQ,2019,5\n", "line 2: its country is not known"),
        ("code,year,population\nJOR,2019,0\n", "line 2: a population is at least 1"),
        ("code,year,population\nJOR,soon,5\n", "not a whole number"),
        ("code,year,population\nJOR,2019,5\nJOR,2019,6\n", "line 3: this population stands twice"),
        ("code,year,sex,population\nJOR,2019,some,5\n", "its sex or age is not known"),
    ],
)
def test_it_says_what_is_wrong_with_populations(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadPopulations, match=says):
        read_populations(file)


def test_it_says_that_populations_are_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        read_populations(tmp_path / "none.csv")
    file = tmp_path / "people.csv"
    file.write_bytes(b"code,year,population\n\xff\xfe,1,2\n")
    with pytest.raises(BadPopulations, match="UTF-8"):
        read_populations(file)


# ── SDMX ─────────────────────────────────────────────────────────────────────────────────────────
def test_tables_are_read_back_from_sdmx_as_they_were(workbook: Path, tmp_path: Path) -> None:
    told = tables.table(rows_of(workbook), "detected-victims")
    text = sdmx.table_as_sdmx(told, name="detected-victims", above=["Above"], sdg=False)
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    (data,) = read_sdmx(file, validate=False).get_datasets()
    assert data.short_urn == "Dataflow=MARSAD:DF_TIP_DETECTED_VICTIMS(1.0)"
    assert [(one["TIME_PERIOD"], one["LOWER_BOUND"]) for one in data.data.to_dict("records")] == [
        ("2018", "912"),
        ("2019", "54"),
    ]
    # It is a table and no file of figures: what is added up already is not read as rows.
    with pytest.raises(OtherFlow, match="DF_TIP_DETECTED_VICTIMS"):
        list(Reading(file))


def test_the_engine_reads_the_lines_that_pysdmx_reads(workbook: Path, tmp_path: Path) -> None:
    """Our reader keeps the number of each line for its remarks, and loses none of them."""
    file = tmp_path / "rows.csv"
    sdmx.write_rows(rows_of(workbook), file)
    (data,) = read_sdmx(file, validate=False).get_datasets()
    theirs = sorted(
        (one["REF_AREA"], one["TIME_PERIOD"], one["OBS_VALUE"])
        for one in data.data.to_dict("records")
    )
    ours = sorted((row.place, str(row.year), row.value) for row in Reading(file))
    assert ours == theirs


def test_the_command_gives_rates_and_the_definition(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("code,year,population\nJOR,2019,400000\n", encoding="utf-8")
    asked = ["table", str(workbook), "sdg-16-2-2", "--population", str(file)]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert any("people.csv" in said for said in told["above"])
    assert any(one["UNIT_MEASURE"] == "PER_100000_POP" for one in told["records"])
    assert main([*asked, "--format", "sdmx"]) == 0
    assert "COMMENT_TS" in capsys.readouterr().out.splitlines()[0]
