"""Questions that are asked again and again, of one kind and with other places and years.

Writing an expression out as SQL costs more than running it on the figures of all States. So it is
written once for every shape of question, with marks where its values stand, and kept; DuckDB puts
the values in. The expressions are those of everywhere else, and so are the answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from .answers import Record, records
from .cells import WithFolded
from .engine import Expression, cursor, ibis, name_of
from .folding import laid, schema_of
from .questions import Question
from .schema import SCHEMA

_ROWS = "rows_of_the_question"
_CELLS = "cells_of_the_question"
#: What stands for a text until the value comes; no figure can bear it.
_TEXTS = ("indicator", "category", "sex", "age")
_MARK = "⟦{}⟧"
_PLACES = "IN (SELECT UNNEST($places))"
#: What stands for a number; no year is as large.
_NUMBERS = {"first": 2_000_000_001, "last": 2_000_000_002, "since": 2_000_000_003}
_NUMBERS |= {"until": 2_000_000_004}
_WRITTEN = 512


@dataclass(frozen=True, kw_only=True, slots=True)
class _Written:
    sql: str
    #: Names of the values that it takes.
    takes: frozenset[str]
    #: Small tables that it stands on besides the figures, by name.
    tables: tuple[tuple[str, pa.Table], ...]


def answer(
    paths: Sequence[Path],
    expression: Callable[..., Expression],
    question: Question,
    **more: Any,
) -> list[Record]:
    """Return what `records(expression(rows_from(paths), question, **more))` returns, sooner.

    Of one file whose cells were laid down beside it (`folding.fold`), these are read.

    >>> answer([kept], series.series, ask("victims", years="2019"))  # doctest: +SKIP

    :param expression: a function whose expression depends on the indicator, category, sex, age,
        years and places of a question only by comparing columns to them.
    :raises NotKept: where a file was not written by this engine.
    """
    shape, values = _shape(question)
    marked = {**more}
    for name in ("since", "until"):
        if more.get(name) is not None:
            values[name], marked[name] = more[name], _NUMBERS[name]
    beside = laid(paths[0]) if len(paths) == 1 else None
    written = _written(expression, shape, tuple(sorted(marked.items())), beside and beside.columns)
    sql = written.sql
    if f'"{_ROWS}"' in sql:
        sql = sql.replace(f'"{_ROWS}"', name_of(paths))
    if beside is not None:
        sql = sql.replace(f'"{_CELLS}"', f"read_parquet({_quoted(beside.path)})")
    told = {name: value for name, value in values.items() if name in written.takes}
    asked = cursor()
    for name, table in written.tables:
        asked.register(name, table)
    asked.execute(sql, told)
    return _fetched(asked)


def answer_of_rows(
    rows: Expression,
    expression: Callable[..., Expression],
    *names: str,
    places: Sequence[str] = (),
) -> list[Record]:
    """Return what `records(expression(rows, question, *names))` returns, sooner.

    Its question is of all that the rows of these places say; of no places, of all of them.

    :param expression: a function that stands in a module, for what it says is kept under it; it is
        given the rows of these places and makes its answer of them and of no other table.
    """
    table = rows.op()
    if not isinstance(table, ibis.expr.operations.DatabaseTable):
        # Rows in memory, or of several files: they have no name in DuckDB's own words.
        return records(_of_places(rows, expression, names, tuple(places)))
    marked = (_MARK.format("places"),) if places else ()
    sql = _written_of_rows(expression, names, marked, rows.schema())
    asked = cursor()
    asked.execute(
        sql.replace(f'"{_ROWS}"', f'"{table.name}"'), {"places": list(places)} if places else {}
    )
    return _fetched(asked)


def _fetched(asked: duckdb.DuckDBPyConnection) -> list[Record]:
    names = [column[0] for column in asked.description]
    return [dict(zip(names, line, strict=True)) for line in asked.fetchall()]


@lru_cache(maxsize=_WRITTEN)
def _written_of_rows(
    expression: Callable[..., Expression],
    names: tuple[str, ...],
    places: tuple[str, ...],
    schema: Any,
) -> str:
    rows = ibis.table(schema, name=_ROWS)
    made = _of_places(rows, expression, names, places)
    return _with_places(str(ibis.to_sql(made, dialect="duckdb")))


def _of_places(
    rows: Expression,
    expression: Callable[..., Expression],
    names: tuple[str, ...],
    places: tuple[str, ...],
) -> Expression:
    if places:
        rows = rows.filter(rows.place.isin(list(places)))
    return expression(rows, Question(indicator="", places=places), *names)


def _with_places(sql: str) -> str:
    mark = _MARK.format("places")
    return sql.replace(f"IN ('{mark}')", _PLACES).replace(f"= '{mark}'", _PLACES)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _shape(question: Question) -> tuple[Question, dict[str, Any]]:
    """A question with marks for its values, and the values."""
    values: dict[str, Any] = {}
    marks: dict[str, Any] = {}
    for name in _TEXTS:
        given = getattr(question, name)
        # "Total", "" and None are no values: with them another question is asked.
        if given not in ("Total", "", None):
            values[name], marks[name] = given, _MARK.format(name)
    if question.places:
        values["places"], marks["places"] = list(question.places), (_MARK.format("places"),)
    if question.years is not None:
        values["first"], values["last"] = question.years
        marks["years"] = (_NUMBERS["first"], _NUMBERS["last"])
    return replace(question, **marks), values


@lru_cache(maxsize=_WRITTEN)
def _written(
    expression: Callable[..., Expression],
    shape: Question,
    more: tuple[tuple[str, Any], ...],
    columns: tuple[str, ...] | None,
) -> _Written:
    rows: Expression = ibis.table(ibis.Schema.from_pyarrow(SCHEMA), name=_ROWS)
    if columns is not None:
        cells = ibis.table(ibis.Schema.from_pyarrow(schema_of(columns)), name=_CELLS)
        rows = WithFolded(rows, cells)
    made = expression(rows, shape, **dict(more))
    sql = _with_places(str(ibis.to_sql(made, dialect="duckdb")))
    for name in _TEXTS:
        sql = sql.replace(f"'{_MARK.format(name)}'", f"${name}")
    for name, number in _NUMBERS.items():
        sql = sql.replace(str(number), f"${name}")
    return _Written(
        sql=sql,
        takes=frozenset(re.findall(r"\$([a-z]+)", sql)),
        tables=tuple(
            (table.name, table.data.to_pyarrow(table.schema))
            for table in made.op().find(ibis.expr.operations.InMemoryTable)
        ),
    )
