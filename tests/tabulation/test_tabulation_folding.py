"""Cells that were laid down beforehand say what the rows say, whatever is asked."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.tabulation import ask, flows, folding, justice, rows_from, series, tables, trends
from marsad.tabulation.answers import Record, records
from marsad.tabulation.asking import answer
from marsad.tabulation.cells import silent, told
from marsad.tabulation.engine import Expression
from marsad.tabulation.errors import NotKept
from marsad.tabulation.keeping import keep_sorted
from marsad.tabulation.questions import Question
from marsad.tabulation.schema import ROW_SCHEMA
from marsad.tabulation.words import words
from tests.tabulation.figures_of_our_own import ADULTS, CHILDREN, CITIZENSHIP, FORM

INDICATORS = [word.word for word in words("indicator")][:5]
PLACES = ("XAA", "XAB", "XAC", "XAD", "JOR", "FRA")
CATEGORIES = {
    "Total": [("Total", "total", "")],
    FORM: [("Forced labour", "form", ""), ("Begging", "form", ""), ("Unknown", "unknown", "")],
    CITIZENSHIP: [
        ("Nationals", "nationals", "own"),
        ("France", "country", "FRA"),
        ("Jordan", "country", "JOR"),
        ("Africa others", "other", ""),
        ("Abroad", "whole", ""),
    ],
}
EXPRESSIONS: dict[str, tuple[Callable[..., Expression], dict[str, Any]]] = {
    "told": (told, {}),
    "silent": (silent, {}),
    "series": (series.series, {}),
    "not states": (series.not_states, {}),
    "coverage": (series.coverage, {}),
    "classes": (series.classes, {}),
    "shares": (series.shares, {}),
    "not known": (series.not_known, {}),
    "change": (trends.change, {"since": 2018, "until": 2020}),
    "changes": (trends.changes, {}),
    "funnel": (justice.funnel, {}),
    "flows": (flows.flows, {}),
    "reaches": (flows.reaches, {}),
    "reach not known": (tables.reach_not_known, {}),
    "between": (flows.between, {"by": "subregion"}),
    "detecting": (flows.detecting, {}),
}


def row(chance: random.Random, at: int, *, subregions: int) -> dict[str, Any]:
    place = chance.choice(PLACES)
    dimension = chance.choice(list(CATEGORIES))
    category, kind, citizenship = chance.choice(CATEGORIES[dimension])
    number = chance.choice((None, 0, 1, 3, 7, 30))
    few = number == 1
    return {
        **dict.fromkeys(ROW_SCHEMA.names, ""),
        "place": place,
        "place_kind": "territory" if place == "XAD" else "state",
        "region": f"Region {PLACES.index(place) % 2}",
        "subregion": f"Subregion {PLACES.index(place) % 3}{chance.randrange(subregions) or ''}",
        "indicator": INDICATORS[0] if dimension == CITIZENSHIP else chance.choice(INDICATORS),
        "dimension": dimension,
        "category": category,
        "category_kind": kind,
        "citizenship": place if citizenship == "own" else citizenship,
        "sex": chance.choice(("Total", "Total", "Female", "Male", "Unknown")),
        "age": chance.choice(("Total", "Total", CHILDREN, ADULTS, "Unknown")),
        "year": chance.choice((2018, 2019, 2020)),
        "low": number,
        "high": 4 if few else number,
        "censoring": "censored" if few else "exact",
        "repeats": chance.choice(("parts", "either", "rivals")),
        "file": chance.choice(("one", "one", "other")),
        "row": at,
    }


@pytest.fixture(
    scope="module",
    params=[(1, folding.AT_ONCE), (2, folding.AT_ONCE), (1, 0)],
    ids=["one subregion each", "several", "more rows than are folded at once"],
)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of every kind, many of one key; of places with one subregion and with several."""
    folder = tmp_path_factory.mktemp("folding")
    subregions, at_once = request.param
    chance = random.Random(subregions)
    rows = [row(chance, at, subregions=subregions) for at in range(2500)]
    # A place that prints nothing but limits under its forms, and no total.
    rows = [one for one in rows if (one["place"], one["year"]) != ("XAC", 2019)]
    for category, kind, _code in CATEGORIES[FORM]:
        limit = row(chance, len(rows), subregions=1) | {
            "place": "XAC", "place_kind": "state", "region": "Region 0", "year": 2019,
            "subregion": "Subregion 2", "indicator": INDICATORS[0], "dimension": FORM,
            "category": category, "category_kind": kind, "citizenship": "", "sex": "Total",
            "age": "Total", "low": 1, "high": 4, "censoring": "censored",
        }  # fmt: skip
        rows.append(limit)
    pq.write_table(pa.Table.from_pylist(rows, schema=ROW_SCHEMA), folder / "rows.parquet")
    path = Path(keep_sorted(folder / "rows.parquet", folder).path)
    assert folding.laid(path) is None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(folding, "AT_ONCE", at_once)
        assert folding.fold(path, least=0) is not None
    return path


QUESTIONS = st.builds(
    Question,
    indicator=st.sampled_from([INDICATORS[0], INDICATORS[0], INDICATORS[1], ""]),
    by=st.lists(
        st.sampled_from(["category", "sex", "age", "country", "region", "subregion", "dimension"]),
        max_size=2,
        unique=True,
    ).map(tuple),
    dimension=st.sampled_from(list(CATEGORIES)),
    category=st.sampled_from([None, None, "Forced labour", "France"]),
    sex=st.sampled_from(["Total", "Total", "Female"]),
    age=st.sampled_from(["Total", "Total", CHILDREN]),
    years=st.sampled_from([None, (2019, 2019), (2018, 2020)]),
    places=st.sampled_from([(), (), ("JOR", "XAC"), ("FRA",)]),
    states_only=st.booleans(),
)


def plain(found: list[Record]) -> list[str]:
    """Lines of an answer, whichever their order: some expressions promise none."""
    return sorted(
        str([(key, round(v, 9) if isinstance(v, float) else v) for key, v in one.items()])
        for one in found
    )


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(question=QUESTIONS, name=st.sampled_from(list(EXPRESSIONS)))
def test_they_answer_as_the_rows_do(kept: Path, question: Question, name: str) -> None:
    expression, more = EXPRESSIONS[name]
    if name in ("shares", "not known") and not question.by:
        return
    here = records(expression(rows_from([kept]), question, **more))
    assert plain(answer([kept], expression, question, **more)) == plain(here)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_there_is_something_to_answer(kept: Path, name: str) -> None:
    expression, more = EXPRESSIONS[name]
    asked = ask("victims", by=FORM if name == "silent" else "sex")
    found = answer([kept], expression, asked, **more)
    assert found
    assert plain(found) == plain(records(expression(rows_from([kept]), asked, **more)))


def test_rows_are_not_asked_where_the_cells_say_it(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marsad.tabulation.asking.name_of", lambda paths: "nothing_at_all")
    assert answer([kept], series.series, ask("victims", by=("sex", "region")))
    assert answer([kept], flows.between, ask("victims"))


def test_figures_of_another_content_have_cells_of_their_own(kept: Path, tmp_path: Path) -> None:
    """The name is that of the content and of the code: nothing that is out of date is ever read."""
    other = tmp_path / f"{'0' * 64}.parquet"
    other.write_bytes(kept.read_bytes())
    assert folding.laid(other) is None
    named_otherwise = tmp_path / "figures.parquet"
    named_otherwise.write_bytes(kept.read_bytes())
    assert folding.fold(named_otherwise, least=0) is None


def test_few_figures_are_not_worth_it(kept: Path, tmp_path: Path) -> None:
    other = tmp_path / f"{'0' * 64}.parquet"
    other.write_bytes(kept.read_bytes())
    assert folding.fold(other) is None
    assert list(tmp_path.iterdir()) == [other]


def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    other = tmp_path / f"{'1' * 64}.parquet"
    pq.write_table(pa.table({"place": ["XAA"]}), other)
    with pytest.raises(NotKept):
        folding.fold(other, least=0)


def test_flows_between_regions_add_up_to_those_between_places(kept: Path) -> None:
    asked = ask("victims", years="2019")
    pairs = records(flows.flows(rows_from([kept]), asked))
    for by in ("region", "subregion", "country"):
        added = records(flows.between(rows_from([kept]), asked, by=by))
        for end in ("low", "high", "censored"):
            assert sum(one[end] for one in added) == sum(one[end] for one in pairs)
        named = [one for one in added if one["is_named"]]
        assert sum(one["low"] for one in named) == sum(
            one["low"] for one in pairs if one["origin_kind"] == "country"
        )


def test_places_of_flows_are_where_from_or_where_to(kept: Path) -> None:
    asked = ask("victims", places=["JOR"])
    found = records(flows.between(rows_from([kept]), asked, by="country"))
    named = [one for one in found if one["is_named"]]
    assert named
    assert all("JOR" in (one["origin"], one["destination"]) for one in named)
    pairs = records(flows.flows(rows_from([kept]), ask("victims")))
    touching = [one for one in pairs if "JOR" in (one["origin"], one["place"])]
    assert sum(one["low"] for one in found) == sum(one["low"] for one in touching)
    detecting = records(flows.detecting(rows_from([kept]), asked))
    assert {one["place"] for one in detecting} == {one["destination"] for one in named}
