"""Cells laid down beside kept figures: resolved and folded once, and not at every question.

What stands in them is what `cells.folded_cells` says, with every margin that a source left to its
parts made up: "Female, all ages" of a State that told girls and women only. So a question need only
pick its lines. They are made of the figures alone and bear the name of their content and of the
code that made them: other figures or other code look for another file, and where there is none
every answer is made of the rows.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from . import categories, cells, code
from .categories import FORM
from .engine import Expression, ibis, rows_from
from .questions import Question
from .schema import check_kept

#: Columns that are left out where a place has several in one file, as where a source and a State
#: divide the world otherwise: a cell of the place is then not the cell of the place in its region.
_REGIONS = ("region", "subregion")
_KEY = (
    "place", "place_kind", "indicator", "dimension", "category", "category_kind", "sex", "age",
    "year",
)  # fmt: skip
#: What stands together is read together; a picture is of one year or of a few.
_ORDER = ["indicator", "dimension", "sex", "age", "year", "category", "place"]
#: Below so many rows it is not worth a file.
WORTH = 10_000
#: The cells of so many rows are made at once; of more, those of one part after those of another.
AT_ONCE = 2_000_000
_GROUP = 128 * 1024
_MEMORY = "512MB"
_NUMBERS = {"year": pa.int32(), **dict.fromkeys(cells.SAYS, pa.int64())}
#: What the code is called that makes them: that of another day never reads its cells.
_CODE = code.name_of(cells, categories, __file__)
_DIGEST = re.compile("[0-9a-f]{64}")


def fold(kept: Path, *, least: int = WORTH) -> Path | None:
    """Lay down the cells of kept figures beside them; None where that is not worth it.

    Nothing is half-laid: the file takes its name when it is whole.

    :param least: of fewer rows nothing is laid down.
    :raises NotKept: where the file was not written by this engine.
    """
    kept = kept.resolve()
    beside = _beside(kept)
    if beside is None or beside.exists():
        return beside
    check_kept(kept)
    if pq.read_metadata(kept).num_rows < least:
        return None
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".", suffix=".partial") as scratch:
        engine = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": scratch})
        try:
            rows = rows_from([kept], connection=ibis.duckdb.from_connection(engine))
            forms = rows.filter(rows.dimension == FORM)
            settled = _is_one_for_each(rows, "place", "place_kind")
            if not settled or not _is_one_for_each(forms, "category", "category_kind"):
                return None
            made = Path(scratch) / "made.cells"
            many = pq.read_metadata(kept).num_rows
            _write(engine, _together(rows) if many <= AT_ONCE else _one_by_one(rows), made)
        finally:
            engine.close()
        made.replace(beside)
    return beside


def unfold(kept: Path) -> None:
    """Take away the cells that were laid down of kept figures, where they were."""
    beside = _beside(kept.resolve())
    if beside is not None:
        beside.unlink(missing_ok=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """Cells that were laid down."""

    path: Path
    #: With region and subregion, or without.
    columns: tuple[str, ...]


def laid(kept: Path) -> Laid | None:
    """Return the cells that were laid down of kept figures, where they were."""
    beside = _beside(kept.resolve())
    return _found(beside) if beside is not None and beside.exists() else None


@lru_cache(maxsize=64)
def _found(beside: Path) -> Laid:
    # What bears the name of its content never becomes another.
    return Laid(path=beside, columns=tuple(pq.read_schema(beside).names))


def schema_of(columns: tuple[str, ...]) -> pa.Schema:
    """Return the schema of cells with these columns."""
    return pa.schema(
        [
            pa.field(name, _NUMBERS.get(name, pa.string()), nullable=name in cells.SAYS)
            for name in columns
        ]
    )


def _together(rows: Expression) -> Iterator[Expression]:
    """Yield all cells that are worth laying down, in the order in which they are."""
    first, *others = _parts(rows, _regions_of(rows))
    for part in others:
        first = first.union(part)
    yield first.order_by(_ORDER)


def _one_by_one(rows: Expression) -> Iterator[Expression]:
    """Yield the same cells, those of one indicator laid out in one way after those of another.

    So the memory they take does not grow with the indicators and the ways to lay them out.
    """
    regions = _regions_of(rows)
    indicators = rows.select("indicator").distinct().order_by("indicator").to_pyarrow()
    for indicator in indicators["indicator"].to_pylist():
        for part in _parts(rows.filter(rows.indicator == indicator), regions):
            yield part.order_by(_ORDER)


def _parts(rows: Expression, regions: Sequence[str]) -> Iterator[Expression]:
    """Yield totals and forms of exploitation by sex, by age and by both; all else of everybody."""
    yield _silent(rows, regions)
    for by in ((), ("sex",), ("age",), ("sex", "age")):
        yield _part(rows, (*by, *regions))
        yield _part(rows, ("category", *by, *regions), dimension=FORM)
    others = rows.filter(~rows.dimension.isin(["Total", FORM]))
    yield _part(others, ("dimension", "category", *regions))


def _regions_of(rows: Expression) -> tuple[str, ...]:
    return tuple(name for name in _REGIONS if _is_one_for_each(rows, "place", name))


def _part(rows: Expression, by: tuple[str, ...], *, dimension: str = "Total") -> Expression:
    found = cells.folded_cells(rows, Question(indicator="", by=by, dimension=dimension))
    return _in_columns(found, dimension, regions=[name for name in _REGIONS if name in by])


def _silent(rows: Expression, regions: Sequence[str]) -> Expression:
    """Where a source was silent, as cells that say nothing."""
    found = cells.where_silent(rows)
    nothing = ibis.literal(None, type="int64")
    found = found.mutate(**{name: ibis.literal("") for name in regions})
    return _in_columns(
        found.mutate(**dict.fromkeys(cells.SAYS, nothing)), cells.SILENT, regions=regions
    )


def _in_columns(found: Expression, dimension: str, *, regions: Sequence[str]) -> Expression:
    whole = {"dimension": dimension, "category": "Total", "category_kind": "total"}
    whole |= {"sex": "Total", "age": "Total"}
    found = found.mutate(
        **{name: ibis.literal(word) for name, word in whole.items() if name not in found.columns}
    )
    columns = (*_KEY, *regions, *cells.SAYS)
    # The same of all parts: whether a column can be empty is no difference here.
    kinds = ibis.Schema.from_pyarrow(schema_of(columns))
    return found.select(*columns).cast({name: kinds[name].copy(nullable=True) for name in columns})


def _is_one_for_each(rows: Expression, key: str, name: str) -> bool:
    """Whether each place has one region and no other, or each category one kind."""
    found = rows.select(key, name).distinct()
    several = found.group_by(key).having(found.count() > 1).aggregate(times=found.count())
    return not several.count().to_pyarrow().as_py()


def _write(engine: duckdb.DuckDBPyConnection, parts: Iterable[Expression], path: Path) -> None:
    with ExitStack() as stack:
        writer = None
        for found in parts:
            schema = schema_of(tuple(found.columns))
            if writer is None:
                writer = stack.enter_context(pq.ParquetWriter(path, schema, compression="zstd"))
            ordered = engine.sql(ibis.to_sql(found, dialect="duckdb"))
            for batch in ordered.to_arrow_reader(_GROUP):
                writer.write_table(pa.Table.from_batches([batch]).cast(schema))
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _beside(kept: Path) -> Path | None:
    """Where its cells are; None of a file whose name is not that of its content."""
    if not _DIGEST.fullmatch(kept.stem):
        return None
    return kept.with_name(f"{kept.stem}.{_CODE}.cells")
