"""Where expressions run: DuckDB here; on Spark they are the same expressions.

Ibis is imported here and nowhere else, so that what it costs is paid once.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from .errors import NoSuchFile
from .schema import LATER, ROW_SCHEMA, batches, check_kept
from .types import Row

__all__ = ["Expression", "connect", "ibis", "rows_from", "rows_in_memory"]

#: A table expression of Ibis, which has no types of its own to give.
Expression = Any

_MEMORY = "1500MB"
#: So many tables stay open in a thread; the oldest is let go.
_KEPT_OPEN = 32


_of_thread = threading.local()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """The one database of this process: in memory, with a bound on it, and no network."""
    scratch = Path(tempfile.gettempdir()) / f"marsad-tabulation-{os.getpid()}"
    database = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": str(scratch)})
    # Extensions are looked for on the network when a file calls for one: none is needed here.
    database.execute("SET autoinstall_known_extensions = false")
    database.execute("SET autoload_known_extensions = false")
    # Files under the name of their content never change: what is where in them is read once.
    database.execute("SET parquet_metadata_cache = true")
    return database


class _Held:
    """A connection, and the tables that it has open."""

    def __init__(self) -> None:
        self.connection: Expression = ibis.duckdb.from_connection(_database().cursor())
        self.opened: dict[tuple[tuple[str, int, int], ...], Expression] = {}


#: Connections of threads that have ended, for those to come. A server lets idle threads end, and a
#: connection of DuckDB that ends together with its thread takes the whole process with it.
_free: deque[_Held] = deque()


class _Lease:
    """What a thread holds as long as it lives."""

    def __init__(self) -> None:
        try:
            self.held = _free.pop()
        except IndexError:
            self.held = _Held()

    def __del__(self) -> None:
        _free.append(self.held)


def _held() -> _Held:
    if not hasattr(_of_thread, "lease"):
        _of_thread.lease = _Lease()
    lease: _Lease = _of_thread.lease
    return lease.held


def connect() -> Expression:
    """Return the connection of this thread; all threads share one database and its memory."""
    return _held().connection


def rows_from(paths: Sequence[Path], *, connection: Expression = None) -> Expression:
    """Return kept figures as one table of rows.

    :raises NotKept: where a file was not written by this engine.
    """
    if not paths:
        return rows_in_memory(())
    states = tuple(_state_of(path) for path in paths)
    opened = _opened() if connection is None else {}
    if states not in opened:
        for path in paths:
            check_kept(path)
        while len(opened) >= _KEPT_OPEN:
            del opened[next(iter(opened))]
        opened[states] = _open(paths, connection or connect())
    return opened[states]


def _open(paths: Sequence[Path], connection: Expression) -> Expression:
    rows = connection.read_parquet([str(path) for path in paths])
    # What is sole in each of two files need not be sole in both together.
    none = [] if len(paths) == 1 else ["sole", "alone"]
    none += [name for name in LATER if name not in rows.columns]
    return rows.mutate(**{name: ibis.literal(False) for name in none}) if none else rows


def _state_of(path: Path) -> tuple[str, int, int]:
    try:
        told = path.stat()
    except OSError as error:
        raise NoSuchFile(name=str(path)) from error
    return str(path), told.st_mtime_ns, told.st_size


def _opened() -> dict[tuple[tuple[str, int, int], ...], Expression]:
    """Tables opened by this thread: looking into a file anew costs as much as a small query."""
    return _held().opened


def cursor() -> duckdb.DuckDBPyConnection:
    """Return what this thread asks DuckDB itself with, in DuckDB's own words."""
    held: duckdb.DuckDBPyConnection = connect().con
    return held


def name_of(paths: Sequence[Path]) -> str:
    """Return what kept figures are called in DuckDB's own words: the same as `rows_from`.

    :raises NotKept: where a file was not written by this engine.
    """
    rows = rows_from(paths)
    name = getattr(rows.op(), "name", "")
    return f'"{name}"' if name else f"({ibis.to_sql(rows, dialect='duckdb')})"


def rows_in_memory(rows: Iterable[Row]) -> Expression:
    """Return rows that are not kept anywhere as a table of rows."""
    table = ibis.memtable(pa.Table.from_batches(batches(rows), schema=ROW_SCHEMA))
    return table.mutate(sole=ibis.literal(False), alone=ibis.literal(False))
