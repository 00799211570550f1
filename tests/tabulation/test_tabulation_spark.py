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
from marsad.tabulation import ask, flows, folding, justice, parts, series, trends
from marsad.tabulation.answers import Record
from marsad.tabulation.cells import WithFolded, cells
from marsad.tabulation.engine import Expression, ibis
from marsad.tabulation.keeping import keep_sorted
from tests.tabulation.figures_of_our_own import (
    ADULTS,
    CHILDREN,
    CITIZENSHIP,
    FORM,
    GLOTIP,
    VICTIMS,
    line,
    save_workbook,
)

#: Two workers, each a process of its own with one core.
WORKERS = "local-cluster[2,1,512]"
#: What Spark does to be quick with much, and what makes it slow with little: code is not compiled
#: for every query, nor by Java's second compiler, and plans are not made over while they run.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
SETTINGS = {
    "spark.driver.memory": "768m",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.memory": "512m",
    "spark.executor.extraJavaOptions": QUICK,
    "spark.executorEnv.SPARK_LOCAL_IP": "127.0.0.1",
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
}
#: Of the places of the real workbook one in so many: all its kinds of rows, and few of each.
EVERY = 9

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
    "between": lambda rows: flows.between(rows, ask("victims")),
    "reaches": lambda rows: flows.reaches(rows, ask("victims")),
    "parts": lambda rows: parts.compared(rows, ask("")),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the real workbook where it is there, otherwise figures of our own."""
    folder = tmp_path_factory.mktemp("spark")
    path = GLOTIP
    if path.exists():
        every = tabulation.rows_from([Path(tabulation.keep(path, folder)[0].path)])
        some = sorted(every.select("place").distinct().to_pyarrow()["place"].to_pylist())[::EVERY]
        every.filter(every.place.isin(some)).to_parquet(folder / "some.parquet")
        return Path(keep_sorted(folder / "some.parquet", folder).path)
    told = (
        ("1,282", VICTIMS, "Total", "Total", "Total", "Total"),
        ("<5", VICTIMS, "Female", "Total", "Total", "Total"),
        ("7", VICTIMS, "Male", CHILDREN, "Total", "Total"),
        ("9", VICTIMS, "Male", ADULTS, "Total", "Total"),
        ("6", VICTIMS, "Total", "Total", FORM, "Forced labour"),
        ("<5", VICTIMS, "Total", "Total", FORM, "Other forms of exploitation"),
        ("3", VICTIMS, "Total", "Total", FORM, "Other forms of exploitation"),
        ("4", VICTIMS, "Female", "Total", FORM, "Forced labour"),
        ("2", VICTIMS, "Male", "Total", FORM, "Forced labour"),
        ("8", VICTIMS, "Total", "Total", CITIZENSHIP, "Nationals"),
        ("5", VICTIMS, "Total", "Total", CITIZENSHIP, "France"),
        ("40", "Offences of trafficking in persons", "Total", "Total", "Total", "Total"),
        ("30", "Persons brought into formal contact", "Total", "Total", "Total", "Total"),
        ("<5", "Persons prosecuted", "Total", "Total", "Total", "Total"),
        ("12", "Persons convicted", "Total", "Total", "Total", "Total"),
    )
    lines = [
        line(
            place, year, value,
            indicator=indicator, sex=sex, age=age, dimension=dimension, category=category,
        )
        for place in ("JOR", "EGY", "SAF")
        for year in (2019, 2020)
        for value, indicator, sex, age, dimension, category in told
    ]  # fmt: skip
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
def session() -> Iterator[Any]:
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("PySpark or Java is not installed")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(WORKERS).appName("marsad").config(map=SETTINGS)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


@pytest.fixture(scope="module")
def connection(session: Any) -> Expression:
    return ibis.pyspark.connect(session)


@pytest.fixture(scope="module")
def on_spark(kept: Path, connection: Expression) -> Expression:
    return connection.read_parquet(str(kept), table_name="figures")


@pytest.fixture(scope="module")
def folded_on_spark(kept: Path, connection: Expression, on_spark: Expression) -> Expression:
    laid = folding.fold(kept, least=0)
    assert laid is not None
    return WithFolded(on_spark, connection.read_parquet(str(laid), table_name="folded"))


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


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["by age and sex", "between", "coverage"])
def test_spark_answers_from_folded_cells_as_well(
    kept: Path, folded_on_spark: Expression, name: str
) -> None:
    expression = EXPRESSIONS[name]
    here = answer_of(expression(tabulation.rows_from([kept])))
    assert here
    assert answer_of(expression(folded_on_spark)) == here


@pytest.mark.filterwarnings("ignore")
def test_two_workers_counted(session: Any) -> None:
    status = session.sparkContext._jsc.sc().getExecutorMemoryStatus()
    # The two and the one that gives them their work.
    assert session.sparkContext.master == WORKERS
    assert status.size() == 3
