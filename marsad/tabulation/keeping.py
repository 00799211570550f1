"""Figures kept as Parquet under the name of their content.

Nothing is half-stored: the rows go into a file of another name, which takes its own only when it is
whole and every row was understood. A process killed on the way leaves what was there before.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
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
        table = ibis.duckdb.from_connection(engine).read_parquet(str(unsorted))
        marked = _marked(table).order_by(ORDER)
        ordered = engine.sql(ibis.to_sql(marked, dialect="duckdb"))
        with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
            for batch in ordered.to_arrow_reader(_GROUP):
                writer.write_table(pa.Table.from_batches([batch]).cast(SCHEMA))
    finally:
        engine.close()


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
