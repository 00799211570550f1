"""Figures kept as Parquet under the name of their content.

Nothing is half-stored: the rows go into a file of another name, which takes its own only when it is
whole and every row was understood. A process killed on the way leaves what was there before.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from .cells import word_of
from .engine import Expression, ibis
from .errors import RowsRefused
from .mapping import ColumnMapping
from .reader import Preview, Reading, digest_of
from .schema import ROW_SCHEMA, SCHEMA, SOLE_KEY, batches
from .types import Kept, Row

#: Rows of one group in the file; a query skips the groups that cannot hold what it asks for.
_GROUP = 64 * 1024
SORTING_MEMORY = "512MB"
#: So many rows are sorted at once in that memory; of more, part after part is.
AT_ONCE = 4_000_000
#: What stands together is read together: a query asks for one indicator and one dimension.
ORDER = [
    "indicator",
    "dimension",
    "sex",
    "age",
    "category",
    "year",
    "place",
    "file",
    "sheet",
    "row",
]
#: What tells the parts apart: the order begins with it, and the keys of `SOLE_KEY` contain it.
_PARTED_BY = ORDER[:4]


def keep(
    path: Path,
    folder: Path,
    *,
    mapping: ColumnMapping | None = None,
    name: str | None = None,
    this_year: int | None = None,
) -> tuple[Kept, Preview]:
    """Read a file and keep its rows in a folder, all of them or none.

    :raises RowsRefused: if a row cannot be understood; nothing is kept then.
    """
    reading = Reading(path, mapping=mapping, name=name, this_year=this_year)
    return keep_rows(reading, folder, preview=reading.preview), reading.preview


def keep_rows(rows: Iterable[Row], folder: Path, *, preview: Preview) -> Kept:
    """Keep rows that are being read, once their preview says that they may be kept."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, scratch_name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".partial")
    os.close(handle)
    scratch = Path(scratch_name)
    try:
        count = write(rows, scratch)
        if not preview.may_be_kept:
            raise refusal(preview)
        digest = digest_of(scratch)
        kept = folder / f"{digest}.parquet"
        scratch.chmod(0o644)
        scratch.replace(kept)
    finally:
        with suppress(FileNotFoundError):
            scratch.unlink()
    return Kept(path=str(kept), digest=digest, source=preview.file, rows=count)


def keep_sorted(unsorted: Path, folder: Path) -> Kept:
    """Keep rows of a Parquet file of any order, in ours, under the name of their content."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".", suffix=".partial") as scratch:
        ordered = Path(scratch) / "ordered.parquet"
        _sort(unsorted, ordered, scratch=scratch)
        digest = digest_of(ordered)
        kept = folder / f"{digest}.parquet"
        ordered.replace(kept)
    return Kept(path=str(kept), digest=digest, source=digest, rows=pq.read_metadata(kept).num_rows)


def refusal(preview: Preview) -> RowsRefused:
    """Return what to say of a file with rows that cannot be understood."""
    refused = preview.remarks_of("refused")
    return RowsRefused(
        name=preview.name,
        rows=preview.rows,
        refused=preview.refused,
        first=refused[0].sentence if refused else "",
    )


def write(rows: Iterable[Row], path: Path) -> int:
    """Write rows as Parquet in the order that queries ask for; return how many there are.

    They go to the disk as they come and are sorted from there, so memory does not grow with them.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".", suffix=".partial") as folder:
        unsorted = Path(folder) / "rows.parquet"
        with pq.ParquetWriter(unsorted, ROW_SCHEMA) as writer:
            count = 0
            for batch in batches(rows):
                writer.write_batch(batch)
                count += batch.num_rows
        _sort(unsorted, path, scratch=folder)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return count


def _sort(unsorted: Path, path: Path, *, scratch: str) -> None:
    engine = duckdb.connect(config={"memory_limit": SORTING_MEMORY, "temp_directory": scratch})
    try:
        connection = ibis.duckdb.from_connection(engine)
        table = connection.read_parquet(str(unsorted))
        with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
            many = pq.read_metadata(unsorted).num_rows
            for part in _in_parts(connection, table, many=many, scratch=Path(scratch)):
                ordered = engine.sql(ibis.to_sql(_marked(part).order_by(ORDER), dialect="duckdb"))
                for batch in ordered.to_arrow_reader(_GROUP):
                    writer.write_table(pa.Table.from_batches([batch]).cast(SCHEMA))
    finally:
        engine.close()


def _in_parts(
    connection: Expression, table: Expression, *, many: int, scratch: Path
) -> Iterator[Expression]:
    """Deal rows out into parts that follow one another in the order in which they are kept.

    Rows of one key are in one part, for the columns that tell the parts apart are of the key too.
    So memory and scratch space grow with the largest part and not with the file, and what is kept
    is row for row what sorting everything at once would give.
    """
    if many <= AT_ONCE:
        yield table
        return
    groups = table.group_by(_PARTED_BY).aggregate(rows=table.count()).order_by(_PARTED_BY)
    counted = connection.to_pyarrow(groups)
    numbers = _parts_of(counted["rows"].to_pylist())
    # Rows wait in memory where they are to stay in the order in which they came: nobody needs it.
    connection.raw_sql("SET preserve_insertion_order = false")
    connection.raw_sql(f"SET partitioned_write_flush_threshold = {_GROUP}")
    parts = ibis.memtable(counted.append_column("part", pa.array(numbers, pa.int32())))
    same = [table[name].identical_to(parts[name]) for name in _PARTED_BY]
    dealt = scratch / "parts"
    numbered = table.join(parts, same).select(table, part=parts.part)
    connection.to_parquet(numbered, dealt, partition_by="part")
    for number in range(numbers[-1] + 1):
        folder = dealt / f"part={number}"
        yield connection.read_parquet(str(folder / "*.parquet"))
        shutil.rmtree(folder)


def _parts_of(sizes: Sequence[int]) -> list[int]:
    """Return which part each group goes into, so that none holds more than `AT_ONCE` if it can."""
    numbers, part, filled = [], 0, 0
    for size in sizes:
        if filled and filled + size > AT_ONCE:
            part, filled = part + 1, 0
        filled += size
        numbers.append(part)
    return numbers


def _marked(table: Expression) -> Expression:
    """Rows with what tells whether another has the same key.

    Those that have are few, so they are looked up: to count over all rows would sort all of them.
    """
    found = table.select(*ROW_SCHEMA.names, called=word_of(table))
    for mark, word in (("sole", "category"), ("alone", "called")):
        key = [word if name == "category" else name for name in SOLE_KEY]
        several = (
            found.group_by([found[name].name(f"of_{name}") for name in key])
            .having(found.count() > 1)
            .aggregate(together=found.count())
        )
        met = found.left_join(several, [found[name] == several[f"of_{name}"] for name in key])
        found = met.select(*found.columns, **{mark: met.together.isnull()})
    return found.drop("called")
