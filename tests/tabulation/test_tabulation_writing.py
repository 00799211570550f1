"""Answers as files that can be opened without harm, and read back without loss."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pysdmx.io import read_sdmx

from marsad import tabulation
from marsad.tabulation import Reading, ask, sdmx, writing
from tests.tabulation.figures_of_our_own import (
    CITIZENSHIP,
    FORM,
    line,
    rows_of,
    save_workbook,
)

EVIL = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "  =1", "\r=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", EVIL)
def test_it_writes_no_formula(text: str) -> None:
    records = [{"category": text, text: -3, "low": 5}]
    (header, values) = list(csv.reader(io.StringIO(writing.to_csv(records))))
    assert header[1] == f"'{text}"
    assert values == [f"'{text}", "-3", "5"]
    sheet = load_workbook(io.BytesIO(writing.to_xlsx(records, title=text))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert sheet["A2"].value.startswith("'")
    assert (sheet["B2"].value, sheet["C2"].value) == (-3, 5)


@given(st.text())
def test_no_text_at_all_becomes_a_formula(text: str) -> None:
    written = writing.neutral(text)
    assert not str(written).lstrip().startswith(("=", "+", "-", "@"))
    assert text in written


def test_it_writes_what_a_table_counts_above_it() -> None:
    book = writing.to_xlsx([{"a": 1}], above=["Title", "=not a formula"], right_to_left=True)
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == [
        "Title",
        "'=not a formula",
        "a",
        1,
    ]
    assert sheet.sheet_view.rightToLeft


def test_no_spreadsheet_takes_a_word_of_sdmx_for_a_formula() -> None:
    found = [
        {"place": "JOR", "year": 2019, "category": word, "low": 1, "high": 1}
        for word in ('=HYPERLINK("http://there")', "@SUM(1)", "-", "-3.5", "Ugandans")
    ]
    told = sdmx.table_as_sdmx(found, name="flows", above=["Above"], sdg=False)
    categories = [one["CATEGORY"] for one in csv.DictReader(io.StringIO(told))]
    assert categories == ['\'=HYPERLINK("http://there")', "'@SUM(1)", "-", "-3.5", "Ugandans"]


def test_no_two_observations_have_one_key(tmp_path: Path) -> None:
    def twice(sheet: Any) -> None:
        copied = sheet.parent.copy_worksheet(sheet)
        copied.title = "Case of Amira"

    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)], change=twice)
    written = tmp_path / "out.csv"
    sdmx.write_rows(rows_of(path), written)
    first, second = csv.DictReader(io.StringIO(written.read_text(encoding="utf-8")))
    assert {name for name in first if first[name] != second[name]} == {"SOURCE_SHEET"}
    assert "Amira" not in written.read_text(encoding="utf-8")


def test_its_own_sdmx_can_be_read_back_as_it_was(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [
            line("JOR", 2019, "1,282"),
            line("SAF", 2019, "<5"),
            line("JOR", 2019, "7", dimension=CITIZENSHIP, category="Ugandans"),
            line("", 2020, "9", name="Sark", sex="Female"),
        ],
    )
    written = tmp_path / "rows.csv"
    sdmx.write_rows(rows_of(path), written)
    reading = Reading(written, this_year=2026)
    there = [
        (row.place, row.place_kind, row.year, row.low, row.high, row.category, row.citizenship)
        for row in reading
    ]
    here = [
        (row.place, row.place_kind, row.year, row.low, row.high, row.category, row.citizenship)
        for row in Reading(path, this_year=2026)
    ]
    assert sorted(there) == sorted(here)
    assert reading.preview.mapping.name == "sdmx"
    assert reading.preview.refused == 0


def test_the_goals_get_their_series_with_ranges_as_bounds(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [
            line("JOR", 2019, "1,282"),
            line("JOR", 2019, "<5", sex="Female"),
            line("JOR", 2019, "6", sex="Unknown", age="Unknown"),
            line("JOR", 2019, "8", dimension=FORM, category="Forced labour"),
            line("SAF", 2019, "9"),
        ],
    )
    found = sdmx.sdg_records(rows_of(path), ask("victims"))
    assert [
        (one["SERIES"], one["SEX"], one["OBS_VALUE"], one["LOWER_BOUND"], one["UPPER_BOUND"])
        for one in found
    ] == [
        ("VC_HTF_DETV", "F", "", 1, 4),
        ("VC_HTF_DETV", "_T", 1282, 1282, 1282),
        ("VC_HTF_DETVFL", "_T", 8, 8, 8),
    ]
    assert {one["REF_AREA"] for one in found} == {"400"}
    written = tmp_path / "goals.csv"
    written.write_text(sdmx.sdg_as_sdmx(rows_of(path), ask("victims")), encoding="utf-8")
    (data,) = read_sdmx(written, validate=False).get_datasets()
    assert data.short_urn == "Dataflow=IAEG-SDGs:DF_SDG_GLH(1.0)"
    assert len(data.data) == 3


def test_it_offers_exactly_its_public_names() -> None:
    for name in tabulation.__all__:
        assert hasattr(tabulation, name)
