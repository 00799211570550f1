"""Several files of figures put together, so that nothing is counted from two of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import cells, code, keeping, schema
from .engine import Expression, connect, rows_from
from .keeping import keep_sorted
from .types import Kept

#: What the code is called that puts figures together: what that of another day made is not its own.
CODE = code.name_of(cells, keeping, schema, __file__)

#: What a State's own file replaces in the collections where it gives the total: all they say of
#: the indicator in the year.
REPLACED = ["place", "indicator", "year"]
#: What it replaces where it gives no total: what is laid out as it lays it out.
_LAID_OUT = [*REPLACED, "dimension", "by_sex", "by_age"]


def combine(collections: Sequence[Path], own: Sequence[Path], folder: Path) -> Kept:
    """Keep the rows of collections and of States' own files as one.

    Where a State gives its own total of an indicator in a year, those of the collections on the
    same are left out, all dimensions of them: what divides one total is never shown beside another.
    Where it gives parts alone, say citizenships, only the same parts of the collections are: its
    total and what else it does not speak of stay. Rows keep their source and their place in it.
    """
    parts = [*collections, *own]
    if len(parts) == 1:
        only = parts[0]
        return Kept(
            path=str(only), digest=only.stem, source=only.stem, rows=_count(rows_from([only]))
        )
    together = rows_from(own) if own else None
    if collections:
        kept = rows_from(collections)
        if together is not None:
            kept = _not_replaced(kept, together)
            together = kept.union(together)
        else:
            together = kept
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".", suffix=".partial") as scratch:
        unsorted = Path(scratch) / "rows.parquet"
        connect().to_parquet(together, unsorted)
        return keep_sorted(unsorted, folder)


def replaced(collections: Sequence[Path], own: Path) -> list[dict[str, Any]]:
    """Return what a State's own file takes the place of: by indicator, year and dimension.

    `figures` says how many of the collections are left out; `given` whether the file says anything
    of the dimension in that year itself. In the order of indicators, years and dimensions.
    """
    if not collections:
        return []
    kept, mine = rows_from(collections), rows_from([own])
    key = ["indicator", "year", "dimension"]
    whole = ["place", *key, "category", "category_kind", "sex", "age", "file", "sheet", "row"]
    kept = kept.semi_join(mine.select(REPLACED).distinct(), REPLACED).select(*whole)
    stays = _not_replaced(kept, mine)
    gone = kept.anti_join(stays, ["file", "sheet", "row"])
    counted = gone.group_by(["place", *key]).aggregate(figures=gone.count())
    given = mine.select("place", *key).distinct().mutate(is_given=True)
    told = counted.left_join(given, ["place", *key])
    told = told.select(*key, "figures", given=told.is_given.fill_null(False)).order_by(key)
    return list(told.to_pyarrow().to_pylist())


def _not_replaced(kept: Expression, own: Expression) -> Expression:
    is_total = (own.dimension == "Total") & (own.category_kind == "total")
    is_total = is_total & (own.sex == "Total") & (own.age == "Total") & own.low.notnull()
    kept = kept.anti_join(own.filter(is_total).select(REPLACED).distinct(), REPLACED)
    parts = _laid_out(own).select(_LAID_OUT).distinct()
    return _laid_out(kept).anti_join(parts, _LAID_OUT).drop("by_sex", "by_age")


def _laid_out(rows: Expression) -> Expression:
    """Rows with whether they divide by sex and by age."""
    return rows.mutate(by_sex=rows.sex != "Total", by_age=rows.age != "Total")


def _count(rows: Expression) -> int:
    return int(rows.count().to_pyarrow().as_py())
