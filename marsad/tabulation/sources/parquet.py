"""Parquet of somebody else, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import DamagedParquet, NotATable, NotTextAt
from .lines import Cell, Line, Odd, Table, column_letters

_BATCH = 8192
#: What comes of bytes that were damaged, and of values that Python has no word for.
_BROKEN = (pa.ArrowException, OSError)
_UNSPEAKABLE = (pa.ArrowException, OverflowError, ValueError)


def parquet_table(path: Path, *, name: str) -> Table:
    """Return the one table of a Parquet file; its names are line 1, its rows follow."""
    try:
        file = pq.ParquetFile(path)
        names: list[Cell] = list(file.schema_arrow.names)
    except (*_BROKEN, UnicodeError) as error:
        raise NotATable(name=name) from error
    return Table(sheet="", lines=_lines(file, names, name))


def _lines(file: pq.ParquetFile, names: list[Cell], name: str) -> Iterator[Line]:
    for index, title in enumerate(names):
        _check_text([title], name=name, row=1, index=index)
    yield Line(1, names)
    number = 1
    for batch in _batches(file, name):
        columns = [
            _cells(column, name=name, row=number + 1, index=index)
            for index, column in enumerate(batch.columns)
        ]
        for row in zip(*columns, strict=True):
            number += 1
            yield Line(number, list(row))


def _batches(file: pq.ParquetFile, name: str) -> Iterator[pa.RecordBatch]:
    read = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            yield batch
            read += batch.num_rows
    except _BROKEN as error:
        raise DamagedParquet(name=name, row=read + 2) from error


def _cells(column: pa.Array, *, name: str, row: int, index: int) -> list[Cell]:
    """The cells of a column, of which the first stands in this row."""
    try:
        cells = [_cell(value) for value in column.to_pylist()]
    except _UNSPEAKABLE:
        # One value is enough to keep a whole column from being spoken: each by itself, then.
        cells = [
            _spelled(value, name=name, row=row + place, index=index)
            for place, value in enumerate(column)
        ]
    _check_text(cells, name=name, row=row, index=index)
    return cells


def _check_text(cells: list[Cell], *, name: str, row: int, index: int) -> None:
    for place, cell in enumerate(cells):
        if type(cell) is str and "\0" in cell:
            raise NotTextAt(name=name, row=row + place, column=column_letters(index))


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Odd("truth", str(value))
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date | datetime):
        return Odd("date", value.isoformat())
    return float(value) if isinstance(value, Decimal) else str(value)


def _spelled(value: pa.Scalar, *, name: str, row: int, index: int) -> Cell:
    """A value among which some are a day of no calendar, a time of no zone, or no text."""
    try:
        return _cell(value.as_py())
    except UnicodeError as error:
        raise NotTextAt(name=name, row=row, column=column_letters(index)) from error
    except _UNSPEAKABLE:
        if not pa.types.is_temporal(value.type):
            return str(value.type)
        # As it is counted: from the first day of 1970, or how long it took.
        shown = f"{value.value} {getattr(value.type, 'unit', 'days')}"
        return shown if pa.types.is_duration(value.type) else Odd("date", shown)
