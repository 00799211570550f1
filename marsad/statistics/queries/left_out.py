"""What a file says nothing of that its source told before: told before it is taken.

An edition holds everything that its source tells. Whoever sends the new year alone takes the
earlier years out, unless they are told, and say that the rest stays.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from marsad.statistics import store
from marsad.statistics.models import Arrival, Edition, Source
from marsad.statistics.types.board import LeftOut, LeftOutLine
from marsad.tabulation import differences, labels
from marsad.tabulation.engine import rows_from

PARQUET = ".parquet"


def told_last(source: Source) -> Edition | None:
    """What a source told last: its newest edition that was not withdrawn, if it counts or waits."""
    newest = source.editions.filter(withdrawn_at=None).order_by("-number").first()
    published = source.editions.filter(published_at__isnull=False).order_by("-number").first()
    # Where what counted was withdrawn, what it took the place of does not count again.
    was_replaced = newest and published and newest.number < published.number
    return None if was_replaced else newest


def left_out(arrival: Arrival, *, language: str) -> LeftOut | None:
    """What a file leaves out of what its source told last; None where it leaves nothing out."""
    before = told_last(arrival.source)
    if before is None or not arrival.digest or before.digest == arrival.digest:
        return None
    found = _gone(*(store.get(each, suffix=PARQUET) for each in (before.digest, arrival.digest)))
    if not found:
        return None
    return LeftOut(
        against=before.number,
        figures=sum(each["figures"] for each in found),
        lines=[
            LeftOutLine(
                indicator=labels.label("indicator", each["indicator"], language),
                first=each["first"],
                last=each["last"],
                figures=each["figures"],
            )
            for each in found
        ],
    )


@lru_cache(maxsize=64)
def _gone(before: Path, after: Path) -> list[dict[str, Any]]:
    """By indicator; kept, since files go by their content and never change."""
    found = differences.differences(rows_from([before]), rows_from([after]))
    gone = found.filter(found.what == differences.GONE)
    counted = gone.group_by("indicator").aggregate(
        first=gone.year.min(), last=gone.year.max(), figures=gone.count()
    )
    return list(counted.order_by("indicator").to_pyarrow().to_pylist())
