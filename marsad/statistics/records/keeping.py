"""Records as Parquet: a column of lists for every variable, whichever version named it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
    #: When consent was withdrawn, in milliseconds, for what is left of such a record; else nothing.
    pa.field("withdrawn", pa.int64()),
]
#: In place of a record whose consent was withdrawn stands this year, and nothing about the person:
#: only that whoever has this key is not to be held.
NOBODY = 0
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
    head = {
        "kind": record.kind,
        "key": record.key,
        "codes": version,
        "part": part,
        "row": record.row,
    }
    if record.is_withdrawn:
        return {**head, "year": NOBODY, "withdrawn": part}
    return {
        **head,
        "year": record.year,
        **{f"v_{name}": list(record.values[name]) for name in names if name in record.values},
    }


def join(files: Sequence[Path], path: Path, *, without: Sequence[Path] = ()) -> Mapping[str, int]:
    """Write the records of several files as one, the newest of each; how many there are by kind.

    Two are of the same when kind, identifier and year are: the later edition counts, and in one
    edition the later row. Of whoever withdrew consent nothing is left, of whichever year, until a
    later file says that it was given again.

    :param without: files whose records are not wanted, only who withdrew.
    """
    with _opened(files, also=without) as engine:
        engine.execute(
            f"""
            CREATE TABLE joined AS
            WITH asked AS (
                SELECT kind, key, max(part) AS since FROM every WHERE year = {NOBODY}
                GROUP BY kind, key
            ), again AS (
                SELECT DISTINCT kind, key FROM every JOIN asked USING (kind, key)
                WHERE is_wanted AND year <> {NOBODY} AND withdrawn IS NULL
                AND part > since AND {_has(engine, "given")}
            ), stays AS (
                SELECT every.* EXCLUDE (is_wanted) FROM every
                LEFT JOIN asked USING (kind, key) LEFT JOIN again AS given USING (kind, key)
                WHERE CASE WHEN year = {NOBODY} THEN given.key IS NULL
                ELSE is_wanted AND withdrawn IS NULL
                AND (since IS NULL OR (given.key IS NOT NULL AND part > since)) END
            )
            SELECT * FROM stays
            QUALIFY row_number() OVER (
                PARTITION BY kind, key, year ORDER BY part DESC, "row" DESC
            ) = 1
            """  # noqa: S608
        )
        return _written(engine, path)


def clear(file: Path, path: Path, *, of: Path, at: int, kept: Sequence[str] = ()) -> int:
    """Write a file without those who withdrew consent in another; how many records were of them.

    :param at: when, in milliseconds.
    :param kept: the variables that stay of their records for counts that were published before, and
        with them the key, so that those counts can be made again; none: nothing stays at all.
    """
    with _opened([file], also=[of]) as engine:
        names = [each for (each,) in engine.execute("SELECT name FROM columns").fetchall()]
        stripped = ", ".join(
            f'CAST(NULL AS VARCHAR[]) AS "{name}"'
            for name in names
            if name.startswith("v_") and name.removeprefix("v_") not in kept
        )
        replaced = f"REPLACE ({stripped})" if stripped else ""
        engine.execute(
            f"""
            CREATE TABLE gone AS
            SELECT DISTINCT kind, key FROM every WHERE year = {NOBODY} AND NOT is_wanted;
            CREATE TABLE left_over AS
            SELECT every.* EXCLUDE (withdrawn) {replaced}, CAST({int(at)} AS BIGINT) AS withdrawn
            FROM every JOIN gone USING (kind, key)
            WHERE is_wanted AND year <> {NOBODY} AND withdrawn IS NULL;
            CREATE TABLE joined AS
            SELECT * EXCLUDE (is_wanted) FROM every ANTI JOIN left_over USING (kind, key, year)
            WHERE is_wanted
            """  # noqa: S608
        )
        if kept:
            engine.execute("INSERT INTO joined BY NAME SELECT * EXCLUDE (is_wanted) FROM left_over")
        many = engine.execute("SELECT count(*) FROM left_over").fetchall()[0][0]
        _written(engine, path)
        return int(many)


@contextmanager
def _opened(files: Sequence[Path], *, also: Sequence[Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The rows of files as `every`, which says whether it is of those whose records are wanted."""
    engine = duckdb.connect()
    try:
        told, beside = [str(each) for each in files], [str(each) for each in also]
        source = "read_parquet($1, union_by_name = true, filename = '_of')"
        engine.execute(
            f"""
            CREATE TABLE every AS
            SELECT * EXCLUDE (_of), list_contains($2, _of) AS is_wanted FROM {source}
            """,  # noqa: S608
            [list(dict.fromkeys([*told, *beside])), told],
        )
        # Files of before say nothing of consent.
        engine.execute("ALTER TABLE every ADD COLUMN IF NOT EXISTS withdrawn BIGINT")
        engine.execute("CREATE TABLE columns AS SELECT column_name AS name FROM (DESCRIBE every)")
        yield engine
    finally:
        engine.close()


def _has(engine: duckdb.DuckDBPyConnection, consent: str) -> str:
    """What says of a row that its consent is this."""
    found = engine.execute("SELECT 1 FROM columns WHERE name = 'v_consent'").fetchall()
    return f"list_contains(v_consent, '{consent}')" if found else "false"


def _written(engine: duckdb.DuckDBPyConnection, path: Path) -> Mapping[str, int]:
    table = engine.sql("SELECT * FROM joined ORDER BY kind, year, key").to_arrow_table()
    pq.write_table(table, path, compression="zstd")
    return _counts(engine, "joined")


def _counts(engine: duckdb.DuckDBPyConnection, table: str) -> Mapping[str, int]:
    found = engine.execute(
        f"""
        SELECT kind, count(*) FROM {table} WHERE year <> {NOBODY} AND withdrawn IS NULL
        GROUP BY kind ORDER BY kind
        """  # noqa: S608
    )
    return {str(kind): int(count) for kind, count in found.fetchall()}


def counted(file: Path) -> Mapping[str, int]:
    """How many records of a file are held, by kind."""
    with _opened([file], also=[]) as engine:
        return _counts(engine, "every")


def withdrawals(file: Path) -> int:
    """How many people of a file are not to be held any more."""
    with _opened([file], also=[]) as engine:
        found = engine.execute(f"SELECT count(*) FROM every WHERE year = {NOBODY}")  # noqa: S608
        return int(found.fetchall()[0][0])


def load(
    files: Sequence[Path], names: Sequence[str], *, as_at: int | None = None
) -> list[dict[str, Any]]:
    """The records of files with some of their variables, in an order that is always the same.

    :param as_at: milliseconds; with what is left of records whose consent was withdrawn only then.
    """
    if not files:
        return []
    with _opened(files, also=[]) as engine:
        there = {each for (each,) in engine.execute("SELECT name FROM columns").fetchall()}
        wanted = [name for name in names if f"v_{name}" in there]
        shown = "".join(f', "v_{name}" AS "{name}"' for name in wanted)
        found = engine.sql(
            f"""
            SELECT kind, key, year, codes{shown} FROM every
            WHERE year <> {NOBODY} AND (withdrawn IS NULL OR withdrawn > $1)
            ORDER BY kind, year, key, part DESC, "row" DESC
            """,  # noqa: S608
            params=[2**62 if as_at is None else as_at],
        )
        table: pa.Table = found.to_arrow_table()
        return list(table.to_pylist())
