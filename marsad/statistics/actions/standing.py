"""What is in force: the newest published edition of every source, put together."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from marsad.statistics import store
from marsad.statistics.models import Edition, Standing
from marsad.tabulation.combining import combine
from marsad.tabulation.folding import fold

PARQUET = ".parquet"


def renew(*, at: datetime) -> Standing | None:
    """Put the published editions together anew. Runs inside the caller's transaction.

    One at a time: two that are published at once are both in what stands in the end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('marsad.statistics.standing'))")
    editions = _in_force()
    if not editions:
        return _nothing(at=at)
    collections = [_file(each) for each in editions if each.source.state_id is None]
    own = [_file(each) for each in editions if each.source.state_id is not None]
    with tempfile.TemporaryDirectory(prefix="marsad-figures-") as folder:
        kept = combine(collections, own, Path(folder))
        digest = store.put(Path(kept.path), suffix=PARQUET)
    stands = Standing.objects.create(digest=digest, rows=kept.rows, from_at=_moment(at))
    stands.editions.set(editions)
    return stands


def fold_newest() -> None:
    """Lay down what pictures ask of the figures in force, beside their file on this machine.

    Until then, and where it is missing, pictures are made of the rows and say the same.
    """
    newest = Standing.objects.order_by("-from_at").first()
    if newest is not None and newest.digest:
        fold(store.get(newest.digest, suffix=PARQUET))


def _nothing(*, at: datetime) -> Standing | None:
    """Nothing is in force: said only where something was before."""
    last = Standing.objects.order_by("-from_at").first()
    if last is None or not last.digest:
        return last
    return Standing.objects.create(digest="", rows=0, from_at=_moment(at))


def _moment(at: datetime) -> datetime:
    """Whoever waited for the lock read the clock before: what comes later is later."""
    last = Standing.objects.order_by("-from_at").values_list("from_at", flat=True).first()
    return at if last is None else max(at, last + timedelta(microseconds=1))


def _in_force() -> Sequence[Edition]:
    """The newest published edition of every source; made-up ones only where there are no others.

    Of a source whose newest one was withdrawn, nothing is.
    """
    published = Edition.objects.filter(published_at__isnull=False).select_related("source")
    newest: dict[int, Edition] = {}
    for edition in published.order_by("source", "-number"):
        newest.setdefault(edition.source_id, edition)
    found = [each for each in newest.values() if each.withdrawn_at is None]
    return [each for each in found if not each.source.is_invented] or found


def _file(edition: Edition) -> Path:
    return store.get(edition.digest, suffix=PARQUET)
