"""Files in, rows and remarks out: every trap kept, labelled and explained."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from marsad import tabulation
from marsad.tabulation import Preview, Reading, mapping
from marsad.tabulation.types import Row
from tests.tabulation.figures_of_our_own import (
    CITIZENSHIP,
    FORM,
    HEADER,
    VICTIMS,
    line,
    save_workbook,
)


def read(path: Path, given: mapping.ColumnMapping | None = None) -> tuple[list[Row], Preview]:
    reading = Reading(path, mapping=given, this_year=2026)
    return list(reading), reading.preview


def csv_of(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_it_knows_the_workbook_by_its_columns_and_where_each_row_came_from(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, "1,282"), line("EGY", 2019, "<5")])
    rows, preview = read(path)
    assert preview.mapping.name == "glotip"
    assert [(row.place, row.low, row.high, row.value) for row in rows] == [
        ("JOR", 1282, 1282, "1,282"),
        ("EGY", 1, 4, "<5"),
    ]
    assert [(row.sheet, row.row, row.file) for row in rows] == [
        ("figures", 4, preview.file),
        ("figures", 5, preview.file),
    ]
    assert [row.censoring for row in rows] == ["exact", "censored"]
    assert rows[0].counting_unit == "persons"


def test_it_keeps_every_trap_and_says_what_it_is(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [
            line("SAF", 2019, "22"),
            line("", 2019, "<5", name="Sark"),
            line("HKG", 2019, "<5"),
            line("JOR", 2019, "9", dimension=CITIZENSHIP, category="Nationals"),
            line("JOR", 2019, "7", dimension=CITIZENSHIP, category="Egyptians"),
            line("JOR", 2019, "6", dimension=CITIZENSHIP, category=None),
            line("JOR", 2019, "8", dimension=CITIZENSHIP, category="5 of them"),
            line("JOR", 2019, "8", dimension="by country of repatriation", category="Abroad"),
            line("JOR", 2019, "6", dimension=FORM, category="Forced labour"),
        ],
    )
    rows, preview = read(path)
    assert [row.labels.split()[0] for row in rows] == [
        "regional_group",
        "other_place",
        "territory",
        "category-nationals",
        "category-country",
        "empty-category",
        "unread-category",
        "category-whole",
        "counted-again",
    ]
    assert [row.citizenship for row in rows[3:6]] == ["JOR", "EGY", ""]
    assert [row.category for row in rows[3:7]] == ["Nationals", "Egyptians", "", "5 of them"]
    assert (preview.rows, preview.understood, preview.doubted, preview.refused) == (9, 7, 2, 0)
    assert preview.may_be_kept


def test_a_remark_names_sheet_row_and_column_and_says_what_to_do(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, "-3")])
    rows, preview = read(path)
    (remark,) = preview.remarks
    assert rows == []
    assert (remark.level, remark.sheet, remark.row, remark.column) == ("refused", "figures", 4, "L")
    assert remark.header == "txtVALUE"
    assert "figures!L4" in remark.sentence
    assert "Correct it" in remark.sentence
    assert json.loads(json.dumps(preview.as_json()))["remarks"][0]["sentence"] == remark.sentence


def test_it_accepts_a_word_once_a_person_said_what_it_means(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx", [line("JOR", 2019, "8", dimension=CITIZENSHIP, category="Ethopia")]
    )
    (before,), preview = read(path)
    (doubt,) = preview.remarks_of("doubted")
    assert "Ethiopia" in doubt.sentence
    told = {**preview.mapping.as_json(), "words": {"category": {"Ethopia": "Ethiopia"}}}
    remembered = mapping.from_json(json.loads(json.dumps(told)))
    (after,), preview = read(path, remembered)
    assert (before.citizenship, after.citizenship) == ("", "ETH")
    assert preview.doubted == 0


def test_it_reads_csv_in_other_words_and_remembers_how(tmp_path: Path) -> None:
    text = "Pays;Année;Sexe;Victimes\nJordanie;2019;femmes;12\nÉgypte;2020;;<10\n"
    path = csv_of(tmp_path / "figures.csv", text)
    given = mapping.from_json(
        {"name": "ours", "columns": {"Victimes": "value"}, "constants": {"indicator": "victims"}}
    )
    rows, preview = read(path, given)
    assert [(row.place, row.year, row.sex, row.low, row.high) for row in rows] == [
        ("JOR", 2019, "Female", 12, 12),
        ("EGY", 2020, "Total", 1, 9),
    ]
    assert {row.indicator for row in rows} == {VICTIMS}
    assert [row.row for row in rows] == [2, 3]
    assert preview.mapping.columns["Année"] == "year"
    again, _preview = read(path, mapping.from_json(preview.mapping.as_json()))
    assert again == rows


def test_it_reads_arabic_csv_with_arabic_digits(tmp_path: Path) -> None:
    text = "البلد,المؤشر,السنة,الجنس,العدد\nالأردن,victims,2019,إناث,١٢\n"
    rows, _preview = read(csv_of(tmp_path / "figures.csv", text))
    assert [(row.place, row.sex, row.low) for row in rows] == [("JOR", "Female", 12)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_it_reads_text_that_says_its_encoding_in_its_first_bytes(
    tmp_path: Path, encoding: str
) -> None:
    text = "country,indicator,year,value\nCôte d'Ivoire,victims,2019,7\n"
    rows, _preview = read(csv_of(tmp_path / "figures.csv", text, encoding))
    assert rows[0].place == "CIV"


def test_it_reads_parquet_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "figures.parquet"
    columns = {"iso3": ["JOR", "EGY"], "indicator": ["victims"] * 2, "year": [2019, 2020]}
    pq.write_table(pa.table({**columns, "value": [7, None]}), path)
    rows, preview = read(path)
    assert [(row.place, row.low, row.censoring) for row in rows] == [
        ("JOR", 7, "exact"),
        ("EGY", None, "missing"),
    ]
    assert preview.doubted == 1


def test_it_reads_sdmx_with_labels_of_the_goals_flow(tmp_path: Path) -> None:
    text = (
        "DATAFLOW,SERIES: Series,REF_AREA: Area,SEX: Sex,AGE: Age,TIME_PERIOD,OBS_VALUE\n"
        "IAEG-SDGs:DF_SDG_GLH(1.18),VC_HTF_DETV: Detected,400: Jordan,_T: All,_T: All,2019,17\n"
        "IAEG-SDGs:DF_SDG_GLH(1.18),VC_HTF_DETVFL: Labour,4: Afghanistan,F: Women,Y0T17: x,2019,6\n"
    )
    rows, preview = read(csv_of(tmp_path / "goals.csv", text))
    assert preview.mapping.name == "sdg"
    assert [(row.place, row.dimension, row.category, row.sex, row.age) for row in rows] == [
        ("JOR", "Total", "Total", "Total", "Total"),
        ("AFG", FORM, "Forced labour", "Female", "0 to 17 years"),
    ]


def test_it_leaves_sheets_without_figures_aside_and_says_so(tmp_path: Path) -> None:
    def add_notes(sheet: object) -> None:
        notes = sheet.parent.create_sheet("notes", 0)  # type: ignore[attr-defined]
        notes.append(["Anything", "else"])

    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)], change=add_notes)
    rows, preview = read(path)
    assert len(rows) == 1
    assert preview.left_aside == ["notes"]


def test_it_leaves_a_footnote_aside_and_asks(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7), ["Source: the police"]])
    rows, preview = read(path)
    assert len(rows) == 1
    assert preview.counts["lone-text"] == 1


def test_it_keeps_only_some_remarks_of_a_kind_and_counts_all(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, "<5") for _ in range(250)])
    _rows, preview = read(path)
    assert preview.counts["censored"] == 250
    assert len(preview.remarks) == 100


def test_it_doubts_ages_nobody_can_be_of_and_years_to_come(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [
            line("JOR", 2019, 7, age="0 to 170 years"),
            line("JOR", 2019, 7, age="17 to 5 years"),
            line("JOR", 2019, 7, age="9-17"),
            line("JOR", 2031, 7),
        ],
    )
    rows, preview = read(path)
    assert len(rows) == 4
    assert preview.counts["impossible-age"] == 2
    assert preview.counts["future-year"] == 1


def test_it_keeps_rows_under_the_name_of_their_content(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2020, 7), line("EGY", 2019, "<5")])
    kept, preview = tabulation.keep(path, tmp_path / "kept")
    again, _preview = tabulation.keep(path, tmp_path / "kept")
    file = Path(kept.path)
    assert kept == again
    assert file.name == f"{tabulation.digest_of(file)}.parquet"
    assert kept.source == preview.file == tabulation.digest_of(path)
    assert pq.read_schema(file).equals(tabulation.SCHEMA)
    assert pq.read_table(file).column("value").to_pylist() == ["<5", "7"]
    assert [found.name for found in (tmp_path / "kept").iterdir()] == [file.name]


def test_it_keeps_all_rows_or_none(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7), line("JOR", 2020, "-1")])
    with pytest.raises(tabulation.keeping.RowsRefused, match="1 of 2 rows") as caught:
        tabulation.keep(path, tmp_path / "kept")
    assert "figures!L5" in str(caught.value)
    assert list((tmp_path / "kept").iterdir()) == []


def test_it_leaves_nothing_behind_when_killed_half_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)])
    kept, _preview = tabulation.keep(path, tmp_path / "kept")

    class Killed(BaseException):
        pass

    def die(*_told: object) -> None:
        raise Killed

    monkeypatch.setattr("marsad.tabulation.keeping.os.fsync", die)
    other = save_workbook(tmp_path / "other.xlsx", [line("JOR", 2019, 8)])
    with pytest.raises(Killed):
        tabulation.keep(other, tmp_path / "kept")
    assert [str(found) for found in (tmp_path / "kept").iterdir()] == [kept.path]


def test_every_column_of_the_workbook_has_a_reading() -> None:
    assert tuple(mapping.known("glotip").columns) == HEADER


def test_a_table_of_forms_or_citizenships_need_not_say_that_it_is_one(tmp_path: Path) -> None:
    text = "country,indicator,year,form,value\nJordan,victims,2019,Forced labour,7\n"
    rows, _preview = read(csv_of(tmp_path / "figures.csv", text))
    assert (rows[0].dimension, rows[0].category) == (FORM, "Forced labour")
    text = "country,indicator,year,nationality,value\nJordan,victims,2019,Egyptian,7\n"
    rows, _preview = read(csv_of(tmp_path / "citizens.csv", text))
    assert (rows[0].dimension, rows[0].category) == (CITIZENSHIP, "Egyptian")
    assert rows[0].citizenship == "EGY"


def test_a_category_without_a_dimension_enters_no_total(tmp_path: Path) -> None:
    text = (
        "country,indicator,year,category,value\nJordan,victims,2019,x,7\nJordan,victims,2019,,9\n"
    )
    reading = Reading(csv_of(tmp_path / "figures.csv", text), this_year=2026)
    rows = tabulation.rows_in_memory(reading)
    (one,) = tabulation.answers.series(rows, tabulation.ask("victims"))
    assert (one["low"], one["repeated"]) == (9, 0)
    assert reading.preview.doubted == 1


def test_a_states_own_figures_take_the_place_of_those_of_a_collection(tmp_path: Path) -> None:
    lines = [line("JOR", 2019, "7"), line("JOR", 2020, "8"), line("EGY", 2019, "5")]
    collected, _preview = tabulation.keep(
        save_workbook(tmp_path / "collected.xlsx", lines), tmp_path / "kept"
    )
    own, _preview = tabulation.keep(
        save_workbook(tmp_path / "own.xlsx", [line("JOR", 2019, "70")]), tmp_path / "kept"
    )
    both = tabulation.combining.combine(
        [Path(collected.path)], [Path(own.path)], tmp_path / "combined"
    )
    rows = tabulation.rows_from([Path(both.path)])
    answer = tabulation.answers.series(rows, tabulation.ask("victims"))
    assert [(one["year"], one["low"], one["states"]) for one in answer] == [
        (2019, 75, 2),
        (2020, 8, 1),
    ]
    apart = tabulation.rows_from([Path(collected.path), Path(own.path)])
    (first, _second) = tabulation.answers.series(apart, tabulation.ask("victims"))
    assert (first["low"], first["high"], first["repeated"]) == (12, 75, 1)


def test_parts_without_a_total_take_the_place_of_the_same_parts_alone(tmp_path: Path) -> None:
    collected = [
        line("JOR", 2019, 70),
        line("JOR", 2019, 30, sex="Female"),
        line("JOR", 2019, 70, dimension=CITIZENSHIP, category="Egypt"),
        line("JOR", 2019, 50, dimension=FORM, category="Forced labour"),
    ]
    own = [
        line("JOR", 2019, 7, dimension=CITIZENSHIP, category="Iraq"),
        line("JOR", 2019, 33, sex="Female"),
    ]
    files = []
    for name, lines in (("collected", collected), ("own", own)):
        kept, _preview = tabulation.keep(
            save_workbook(tmp_path / f"{name}.xlsx", lines), tmp_path / name
        )
        files.append(Path(kept.path))
    both = tabulation.combining.combine(files[:1], files[1:], tmp_path / "combined")
    rows = tabulation.rows_from([Path(both.path)]).to_pyarrow().to_pylist()
    assert {(one["dimension"], one["category"], one["sex"], one["low"]) for one in rows} == {
        ("Total", "Total", "Total", 70),
        ("Total", "Total", "Female", 33),
        (CITIZENSHIP, "Iraq", "Total", 7),
        (FORM, "Forced labour", "Total", 50),
    }
    told = tabulation.combining.replaced(files[:1], files[1])
    assert [(one["dimension"], one["figures"], one["given"]) for one in told] == [
        ("Total", 1, True),
        (CITIZENSHIP, 1, True),
    ]


def test_a_total_alone_is_said_to_leave_the_parts_of_collections_out(tmp_path: Path) -> None:
    lines = [
        line("JOR", 2019, 70),
        line("JOR", 2019, 50, dimension=FORM, category="Forced labour"),
        line("JOR", 2018, 60),
        line("EGY", 2019, 5),
    ]
    files = []
    for name, some in (("collected", lines), ("own", [line("JOR", 2019, 71)])):
        kept, _preview = tabulation.keep(
            save_workbook(tmp_path / f"{name}.xlsx", some), tmp_path / name
        )
        files.append(Path(kept.path))
    assert tabulation.combining.replaced(files[:1], files[1]) == [
        {"indicator": VICTIMS, "year": 2019, "dimension": one, "figures": 1, "given": given}
        for one, given in (("Total", True), (FORM, False))
    ]
