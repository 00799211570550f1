"""More rows than memory holds are kept as fewer are: in one order, every repetition known."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.tabulation import keeping
from marsad.tabulation.keeping import keep_sorted
from marsad.tabulation.schema import ROW_SCHEMA
from tests.tabulation.test_tabulation_folding import row


def kept(rows: list[dict[str, object]], *, at_once: int) -> pa.Table:
    """What is kept of the rows where so many are sorted at once, and where it was sorted."""
    before = keeping.AT_ONCE
    keeping.AT_ONCE = at_once
    try:
        with tempfile.TemporaryDirectory() as folder:
            unsorted = Path(folder) / "rows.parquet"
            pq.write_table(pa.Table.from_pylist(rows, schema=ROW_SCHEMA), unsorted)
            found = pq.read_table(keep_sorted(unsorted, Path(folder)).path)
            left = [path.name for path in Path(folder).iterdir()]
    finally:
        keeping.AT_ONCE = before
    assert len(left) == 2, f"scratch files stayed: {left}"
    return found


@settings(max_examples=6)
@given(
    seed=st.integers(0, 10_000), number=st.integers(0, 150), at_once=st.sampled_from((5, 20, 60))
)
def test_rows_sorted_part_by_part_are_kept_like_those_sorted_at_once(
    seed: int, number: int, at_once: int
) -> None:
    chance = random.Random(seed)
    rows = [row(chance, at, subregions=1) for at in range(number)]
    together = kept(rows, at_once=1_000_000)
    assert kept(rows, at_once=at_once).equals(together)
    assert together.num_rows == number


def test_parts_are_as_large_as_may_be_sorted_at_once_and_no_group_is_divided() -> None:
    before = keeping.AT_ONCE
    keeping.AT_ONCE = 10
    try:
        assert keeping._parts_of([]) == []
        assert keeping._parts_of([4, 6, 1, 25, 3, 7]) == [0, 0, 1, 2, 3, 3]
    finally:
        keeping.AT_ONCE = before
