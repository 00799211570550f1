"""The figures in force, and at any earlier moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from marsad.statistics import problems, store
from marsad.statistics.models import Standing
from marsad.tabulation import series as counting
from marsad.tabulation.engine import Expression, rows_from
from marsad.tabulation.questions import Question

PARQUET = ".parquet"


def in_force(*, at: datetime | None = None) -> Standing:
    """What was in force at a moment, now where none is given. It is public as a whole.

    :raises NothingInForce: where nothing was.
    """
    found = Standing.objects.all() if at is None else Standing.objects.filter(from_at__lte=at)
    stands = found.order_by("-from_at").first()
    if stands is None or not stands.digest:
        raise problems.NothingInForce
    return stands


def is_invented(*, at: datetime | None = None) -> bool:
    """Whether what is in force was made up for the demonstration; False where nothing is."""
    found = Standing.objects.all() if at is None else Standing.objects.filter(from_at__lte=at)
    newest = found.order_by("-from_at").values_list("pk", flat=True)[:1]
    return Standing.objects.filter(pk__in=newest, editions__source__is_invented=True).exists()


def file_of(stands: Standing) -> Path:
    """The Parquet file with its rows."""
    return store.get(stands.digest, suffix=PARQUET)


def rows(*, at: datetime | None = None) -> Expression:
    """The figures in force, as the engine takes them.

    :raises NothingInForce: where nothing was in force then.
    """
    return rows_from([file_of(in_force(at=at))])


def series(question: Question, *, at: datetime | None = None) -> Sequence[Mapping[str, Any]]:
    """The figures year by year: see `tabulation.series`.

    :raises NothingInForce: where nothing was in force then.
    """
    found = counting.series(rows(at=at), question)
    return list(found.to_pyarrow().to_pylist())
