"""Choices and values that stand in files of the form are looked up there, not believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from marsad.questionnaires.checking import check, load_form
from marsad.questionnaires.compiling import compile_form
from tests.questionnaires.workbooks import ask, filled, workbook

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
CSV = "name,label,people\ndara,دارا,120\nnoor,نور,80\n".encode()
GEOJSON = b"""{"type": "FeatureCollection", "features": [
    {"type": "Feature", "id": "dara", "properties": {"title": "Dara"}, "geometry": null},
    {"type": "Feature", "properties": {"id": "noor", "title": "Noor"}, "geometry": null}
]}"""
XML = b"<root><item><name>dara</name><label>D</label></item></root>"


@pytest.mark.parametrize(
    ("name", "data"), [("towns.csv", CSV), ("towns.geojson", GEOJSON), ("towns.xml", XML)]
)
def test_it_takes_only_choices_of_the_file(name: str, data: bytes) -> None:
    rows = [ask(f"select_one_from_file {name}", "town")]
    form = compile_form(workbook(rows)).xform

    assert check(form, filled("<town>dara</town>"), media={name: data}, now=NOW).ok
    faults = check(form, filled("<town>elsewhere</town>"), media={name: data}, now=NOW).faults
    assert [fault.code for fault in faults] == ["unknown-choice"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("towns.geojson", b""),
        ("towns.geojson", b"{"),
        ("towns.geojson", b"[]"),
        ("towns.geojson", b'{"features": [1, {"properties": 2}]}'),
        ("towns.xml", b"<root><item>"),
        ("towns.csv", b"name,label\n" + b"a" * 200_000),
    ],
)
def test_it_reads_no_choices_out_of_a_broken_file(name: str, data: bytes) -> None:
    form = compile_form(workbook([ask(f"select_one_from_file {name}", "town")])).xform

    assert check(form, filled("<town>dara</town>"), media={name: data}, now=NOW).ok


def test_it_looks_values_up_itself() -> None:
    rows = [
        ask("text", "town"),
        ask("calculate", "people", calculation="pulldata('towns', 'people', 'name', ${town})"),
    ]
    form = compile_form(workbook(rows)).xform
    body = filled("<town>dara</town><people>99999</people>")
    checked = check(form, body, media={"towns.csv": CSV}, now=NOW)

    assert {answer.name: answer.value for answer in checked.answers} == {
        "town": "dara",
        "people": "120",
    }


def test_it_reads_a_form_and_its_files_once() -> None:
    form = compile_form(workbook([ask("select_one_from_file towns.csv", "town")])).xform

    assert load_form(form, {"towns.csv": CSV}) is load_form(form, {"towns.csv": CSV})
    assert load_form(form, {"towns.csv": CSV}) is not load_form(form)
