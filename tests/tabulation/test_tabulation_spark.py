"""The very same expressions on a cluster of two Spark workers: equal to DuckDB's answers.

Skipped where PySpark or Java is missing. `local-cluster` starts real worker processes, so what
cannot be sent from one to another fails here and not first at somebody else's.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from marsad import tabulation
from marsad.tabulation import ask, flows, justice, parts, series, trends
from marsad.tabulation.answers import Record
from marsad.tabulation.cells import cells
from marsad.tabulation.engine import Expression, ibis
from tests.tabulation.figures_of_our_own import (
    ADULTS,
    CHILDREN,
    CITIZENSHIP,
    FORM,
    GLOTIP,
    line,
    save_workbook,
)

WORKERS = "local-cluster[2,1,768]"

EXPRESSIONS: Mapping[str, Callable[[Expression], Expression]] = {
    "cells": cells,
    "series": lambda rows: series.series(rows, ask("victims")),
    "series of all": lambda rows: series.series(rows, ask("")),
    "by dimension": lambda rows: series.series(rows, ask("victims", by="dimension")),
    "by form": lambda rows: series.series(rows, ask("victims", by=FORM)),
    "by sex": lambda rows: series.series(rows, ask("victims", by="sex")),
    "by age and sex": lambda rows: series.series(rows, ask("victims", by=["age", "sex"])),
    "by place": lambda rows: series.series(rows, ask("victims", by="country")),
    "not states": lambda rows: series.not_states(rows, ask("victims")),
    "coverage": lambda rows: series.coverage(rows, ask("victims")),
    "shares": lambda rows: series.shares(rows, ask("victims", by=["sex", FORM])),
    "classes": lambda rows: series.classes(rows, ask("convictions")),
    "change": lambda rows: trends.change(rows, ask("victims"), since=2019, until=2020),
    "steps": lambda rows: trends.steps(rows, ask("victims")),
    "changes": lambda rows: trends.changes(rows, ask("")),
    "funnel": lambda rows: justice.funnel(rows, ask("victims")),
    "flows": lambda rows: flows.flows(rows, ask("victims")),
    "reaches": lambda rows: flows.reaches(rows, ask("victims")),
    "parts": lambda rows: parts.compared(rows, ask("")),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real workbook where it is there, otherwise figures of our own."""
    folder = tmp_path_factory.mktemp("spark")
    path = GLOTIP
    if not path.exists():
        lines = [
            line(place, year, value, sex=sex, age=age, dimension=dimension, category=category)
            for place in ("JOR", "EGY", "SAF")
            for year in (2019, 2020)
            for value, sex, age, dimension, category in (
                ("1,282", "Total", "Total", "Total", "Total"),
                ("<5", "Female", "Total", "Total", "Total"),
                ("7", "Male", CHILDREN, "Total", "Total"),
                ("9", "Male", ADULTS, "Total", "Total"),
                ("6", "Total", "Total", FORM, "Forced labour"),
                ("8", "Total", "Total", CITIZENSHIP, "Nationals"),
            )
        ]
        path = save_workbook(folder / "w.xlsx", lines)
    return Path(tabulation.keep(path, folder)[0].path)


#: Ibis asks PySpark how to write a fraction, so these cannot be written where it is missing.
HOLD_FRACTIONS = {"shares", "changes"}


@pytest.mark.parametrize("name", [name for name in EXPRESSIONS if name not in HOLD_FRACTIONS])
def test_it_compiles_for_spark_as_well(kept: Path, name: str) -> None:
    """Also where Spark is not installed: the text of the query can be written without it."""
    rows = ibis.table(tabulation.rows_from([kept]).schema(), name="rows")
    assert "SELECT" in ibis.to_sql(EXPRESSIONS[name](rows), dialect="pyspark")


@pytest.fixture(scope="module")
def on_spark(kept: Path) -> Iterator[Expression]:
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("PySpark or Java is not installed")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(WORKERS)
        .appName("marsad")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "768m")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1")
        .getOrCreate()
    )
    try:
        yield ibis.pyspark.connect(session).read_parquet(str(kept), table_name="figures")
    finally:
        session.stop()


def answer_of(expression: Expression) -> list[list[tuple[str, Any]]]:
    told: list[Record] = expression.to_pyarrow().to_pylist()
    return sorted(([(key, _plain(value)) for key, value in one.items()] for one in told), key=str)


def _plain(value: Any) -> Any:
    return round(value, 9) if isinstance(value, float) else value


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_spark_answers_as_duckdb_does(kept: Path, on_spark: Expression, name: str) -> None:
    expression = EXPRESSIONS[name]
    here = answer_of(expression(tabulation.rows_from([kept])))
    assert here
    assert answer_of(expression(on_spark)) == here
