"""Several files of figures put together, so that nothing is counted from two of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from .engine import Expression, connect, rows_from
from .keeping import keep_sorted
from .types import Kept

#: What a State's own file replaces in the collections: all it says of an indicator in a year.
REPLACED = ["place", "indicator", "year"]


def combine(collections: Sequence[Path], own: Sequence[Path], folder: Path) -> Kept:
    """Keep the rows of collections and of States' own files as one.

    Where a State gives its own figures on an indicator in a year, those of the collections on the
    same are left out, all dimensions of them: two sources are never mixed within one picture of a
    State's year. Rows keep their source and their place in it.
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
            kept = kept.anti_join(together.select(REPLACED).distinct(), REPLACED)
            together = kept.union(together)
        else:
            together = kept
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".", suffix=".partial") as scratch:
        unsorted = Path(scratch) / "rows.parquet"
        connect().to_parquet(together, unsorted)
        return keep_sorted(unsorted, folder)


def _count(rows: Expression) -> int:
    return int(rows.count().to_pyarrow().as_py())
