"""The one form in which figures are kept: a Parquet schema that never changes unseen."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .errors import NotKept
from .types import ROW_FIELDS, Row

#: Raise it when a column is added; older files stay readable as long as theirs are a part of ours.
VERSION = "2"

_BATCH = 8192
_NUMBERS = {"year": pa.int32(), "low": pa.int64(), "high": pa.int64(), "row": pa.int64()}
_NULLABLE = {"low", "high"}

#: Rows as they are read.
ROW_SCHEMA: pa.Schema = pa.schema(
    [
        pa.field(name, _NUMBERS.get(name, pa.string()), nullable=name in _NULLABLE)
        for name in ROW_FIELDS
    ]
)

#: What no two figures of one source have in common, unless one of them is a repetition.
SOLE_KEY = ("place", "indicator", "dimension", "category", "sex", "age", "year")

#: Columns that older files have not; nothing is known of their rows then.
LATER = ("alone",)

#: Rows as they are kept: `sole` says that no other row of the file has the same key, so that nearly
#: all of them need not be grouped again at every question; `alone` says the same once a country as
#: a category goes by its code, however it was printed.
SCHEMA: pa.Schema = pa.schema(
    [
        *ROW_SCHEMA,
        pa.field("sole", pa.bool_(), nullable=False),
        pa.field("alone", pa.bool_(), nullable=False),
    ],
    metadata={"marsad.tabulation": VERSION},
)


def batch_of(rows: Sequence[Row]) -> pa.RecordBatch:
    """Some rows, column by column."""
    return pa.record_batch(
        [
            pa.array([getattr(row, field.name) for row in rows], type=field.type)
            for field in ROW_SCHEMA
        ],
        schema=ROW_SCHEMA,
    )


def batches(rows: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    """Yield rows in batches, column by column: a tenth of the memory of rows."""
    kept = iter(rows)
    while some := list(itertools.islice(kept, _BATCH)):
        yield batch_of(some)


def is_kept(path: Path) -> bool:
    """Whether a Parquet file says of itself that it was written here."""
    return b"marsad.tabulation" in (pq.read_schema(path).metadata or {})


def check_kept(path: Path) -> None:
    """Say what a Parquet file lacks that figures kept here have.

    :raises NotKept: where a column is missing or of another type.
    """
    found = pq.read_schema(path)
    for field in SCHEMA:
        place = found.get_field_index(field.name)
        if place < 0 and field.name in LATER:
            continue
        if place < 0 or not found.field(place).type.equals(field.type):
            raise NotKept(name=path.name, missing=field.name)
