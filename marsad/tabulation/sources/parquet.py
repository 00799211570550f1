"""Parquet of somebody else, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import NotATable
from .lines import Cell, Line, Odd, Table

_BATCH = 8192


def parquet_table(path: Path, *, name: str) -> Table:
    """Return the one table of a Parquet file; its names are line 1, its rows follow."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise NotATable(name=name) from error
    return Table(sheet="", lines=_lines(file))


def _lines(file: pq.ParquetFile) -> Iterator[Line]:
    names: list[Cell] = list(file.schema_arrow.names)
    yield Line(1, names)
    number = 1
    for batch in file.iter_batches(batch_size=_BATCH):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            yield Line(number, [_cell(value) for value in row])


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Odd("truth", str(value))
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date | datetime):
        return Odd("date", value.isoformat())
    return float(value) if isinstance(value, Decimal) else str(value)
