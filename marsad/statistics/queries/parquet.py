"""A piece of a Parquet file of the data root, for a page that shows some rows of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

_FETCHED = 2_000


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    database = duckdb.connect(config={"memory_limit": "512MB", "threads": 1})
    try:
        database.execute("SET autoinstall_known_extensions = false")
        database.execute("SET autoload_known_extensions = false")
        database.read_parquet(str(path)).create_view("told")
        yield database
    finally:
        database.close()


def rows(path: Path, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
    """What a statement about the view `told` answers.

    >>> rows(path, "SELECT count(*) AS many FROM told")  # doctest: +SKIP
    """
    with _opened(path) as database:
        found = database.execute(sql, list(parameters))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def stream(path: Path, sql: str, parameters: Sequence[object] = ()) -> Iterator[dict[str, Any]]:
    """The same, a few thousand at a time."""
    with _opened(path) as database:
        found = database.execute(sql, list(parameters))
        names = [column[0] for column in found.description or ()]
        while some := found.fetchmany(_FETCHED):
            for row in some:
                yield dict(zip(names, row, strict=True))
