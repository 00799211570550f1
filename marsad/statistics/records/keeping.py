"""Records as Parquet: a column of lists for every variable, whichever version named it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from marsad.statistics.records.codebook import Codebook
from marsad.statistics.records.reading import Record

#: What every record has besides its variables.
_HEAD = [
    pa.field("kind", pa.string(), nullable=False),
    pa.field("key", pa.string(), nullable=False),
    pa.field("year", pa.int32(), nullable=False),
    #: The version of the code lists it was read by, and when it was brought.
    pa.field("codes", pa.string(), nullable=False),
    pa.field("part", pa.int64(), nullable=False),
    pa.field("row", pa.int64(), nullable=False),
]
_BATCH = 4096


def write(records: Iterable[Record], path: Path, *, book: Codebook, part: int) -> int:
    """Write records as they come; return how many there are."""
    names = sorted({each.name for each in book.variables} - {"year"})
    listed = pa.list_(pa.string())
    schema = pa.schema([*_HEAD, *(pa.field(f"v_{name}", listed) for name in names)])
    count = 0
    kept = iter(records)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(itertools.islice(kept, _BATCH)):
            rows = [_row(each, names, version=book.version, part=part) for each in some]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return count


def _row(record: Record, names: Sequence[str], *, version: str, part: int) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "key": record.key,
        "year": record.year,
        "codes": version,
        "part": part,
        "row": record.row,
        **{f"v_{name}": list(record.values[name]) for name in names if name in record.values},
    }


def join(files: Sequence[Path], path: Path) -> Mapping[str, int]:
    """Write the records of several files as one, the newest of each; how many there are by kind.

    Two are of the same when kind, identifier and year are: the later edition counts, and in one
    edition the later row.
    """
    engine = duckdb.connect()
    try:
        told = [str(each) for each in files]
        engine.execute(
            """
            CREATE TABLE joined AS
            SELECT * FROM read_parquet($1, union_by_name = true)
            QUALIFY row_number() OVER (
                PARTITION BY kind, key, year ORDER BY part DESC, "row" DESC
            ) = 1
            ORDER BY kind, year, key
            """,
            [told],
        )
        table = engine.sql("SELECT * FROM joined ORDER BY kind, year, key").to_arrow_table()
        pq.write_table(table, path, compression="zstd")
        found = engine.execute("SELECT kind, count(*) FROM joined GROUP BY kind ORDER BY kind")
        return {str(kind): int(count) for kind, count in found.fetchall()}
    finally:
        engine.close()


def load(files: Sequence[Path], names: Sequence[str]) -> list[dict[str, Any]]:
    """The records of files with some of their variables, in an order that is always the same."""
    if not files:
        return []
    engine = duckdb.connect()
    try:
        source = "read_parquet($1, union_by_name = true)"
        told = [str(each) for each in files]
        there = {row[0] for row in engine.execute(f"DESCRIBE FROM {source}", [told]).fetchall()}
        wanted = [name for name in names if f"v_{name}" in there]
        shown = "".join(f', "v_{name}" AS "{name}"' for name in wanted)
        order = 'kind, year, key, part DESC, "row" DESC'
        found = engine.sql(
            f"SELECT kind, key, year, codes{shown} FROM {source} ORDER BY {order}",  # noqa: S608
            params=[told],
        )
        table: pa.Table = found.to_arrow_table()
        return list(table.to_pylist())
    finally:
        engine.close()
