"""A question whose shape was written out before is answered as the expression itself answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad import tabulation
from marsad.tabulation import Question, ask, flows, series, trends
from marsad.tabulation.answers import records
from marsad.tabulation.asking import answer
from marsad.tabulation.cells import folded_cells, told
from marsad.tabulation.engine import Expression
from tests.tabulation.figures_of_our_own import CITIZENSHIP, FORM, line, save_workbook


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asking")
    lines = [
        line(place, year, value, sex=sex, age="Total", dimension=dimension, category=category)
        for place in ("JOR", "EGY")
        for year in (2019, 2020)
        for value, sex, dimension, category in (
            ("12", "Total", "Total", "Total"),
            ("<5", "Female", "Total", "Total"),
            ("6", "Total", FORM, "Forced labour"),
            ("8", "Total", CITIZENSHIP, "Nationals"),
            ("9", "Total", CITIZENSHIP, "Jordan"),
        )
    ]
    return Path(tabulation.keep(save_workbook(folder / "w.xlsx", lines), folder)[0].path)


@pytest.mark.parametrize("places", [(), ("JOR",), ("EGY", "JOR"), ("O'X",)])
@pytest.mark.parametrize("years", [None, (2019, 2019), (2019, 2020)])
def test_it_answers_as_the_expression_does(
    kept: Path, places: tuple[str, ...], years: tuple[int, int] | None
) -> None:
    for question in (
        ask("victims", years=years, places=places),
        ask("victims", sex="Female", years=years, places=places),
        ask("victims", by=FORM, category="Forced labour", years=years, places=places),
    ):
        expected = records(series.series(tabulation.rows_from([kept]), question))
        assert answer([kept], series.series, question) == expected


def test_it_takes_two_years_and_tables_of_places(kept: Path) -> None:
    rows, question = tabulation.rows_from([kept]), ask("victims")
    change = answer([kept], trends.change, question, since=2019, until=2020)
    assert change == records(trends.change(rows, question, since=2019, until=2020))
    assert answer([kept], flows.flows, question) == records(flows.flows(rows, question))


def _from_cells(rows: Expression, question: Question) -> Expression:
    found = folded_cells(rows, question)
    return found.filter(found.low.notnull()).select("place", "place_kind", "year").distinct()


@pytest.mark.parametrize("by", [(), "sex", CITIZENSHIP])
def test_those_who_told_are_those_of_the_cells(kept: Path, by: str) -> None:
    rows, question = tabulation.rows_from([kept]), ask("victims", by=by)
    expected = records(_from_cells(rows, question))
    assert sorted(map(str, records(told(rows, question)))) == sorted(map(str, expected))
