"""What is in force: the newest published edition of every source, put together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from marsad.statistics import store
from marsad.statistics.models import Edition, Prepared, Standing
from marsad.statistics.problems import DataMissing
from marsad.statistics.scratch import scratch
from marsad.tabulation.combining import CODE, combine
from marsad.tabulation.folding import fold, unfold

PARQUET = ".parquet"
#: So many editions that wait are put together anew when other figures come into force.
_WAITING = 3
#: So long figures that were put together beforehand wait to be verified.
_PATIENCE = timedelta(days=7)


def renew(*, at: datetime) -> Standing | None:
    """Put the published editions together anew. Runs inside the caller's transaction.

    One at a time: two that are published at once are both in what stands in the end.
    """
    _one_at_a_time()
    editions = _in_force()
    if not editions:
        return _nothing(at=at)
    digest, rows = _prepared(editions) or _put_together(editions)
    stands = Standing.objects.create(digest=digest, rows=rows, from_at=_moment(at))
    stands.editions.set(editions)
    return stands


def prepare_waiting(*, at: datetime) -> None:
    """Put together, and lay down for pictures, what is in force once an edition is verified.

    Of the newest editions that wait: so whoever verifies one need not wait until all figures are
    sorted anew, and the pages change at once.
    """
    _forget(before=at - _PATIENCE)
    for edition in _waiting().order_by("-made_at")[:_WAITING]:
        _prepare(edition, at=at)


def _prepare(edition: Edition, *, at: datetime) -> None:
    editions = _in_force(with_=edition)
    if edition not in editions or _prepared(editions):
        return
    digest, rows = _put_together(editions)
    fold(store.get(digest, suffix=PARQUET))
    Prepared.objects.update_or_create(
        key=_key(editions), defaults={"digest": digest, "rows": rows, "made_at": at}
    )


@transaction.atomic
def _forget(*, before: datetime) -> None:
    """Let go of what was prepared before and never came into force."""
    _one_at_a_time()
    old = Prepared.objects.filter(made_at__lt=before)
    digests = set(old.values_list("digest", flat=True))
    old.delete()
    for kept in (Prepared, Standing, Edition):
        digests -= set(kept.objects.filter(digest__in=digests).values_list("digest", flat=True))
    for digest in digests:
        # Whoever was at this before may have been stopped with some of the files gone.
        with suppress(DataMissing):
            unfold(store.get(digest, suffix=PARQUET))
        store.remove(digest, suffix=PARQUET)


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


def _waiting() -> QuerySet[Edition]:
    return Edition.objects.filter(published_at__isnull=True, withdrawn_at__isnull=True)


def _in_force(*, with_: Edition | None = None) -> Sequence[Edition]:
    """The newest published edition of every source; made-up ones only where there are no others.

    Of a source whose newest one was withdrawn, nothing is.

    :param with_: an edition that is not published, as if it were.
    """
    counts = Q(published_at__isnull=False) | Q(pk=with_.pk if with_ else None)
    published = Edition.objects.filter(counts).select_related("source")
    newest: dict[int, Edition] = {}
    for edition in published.order_by("source", "-number"):
        newest.setdefault(edition.source_id, edition)
    found = [each for each in newest.values() if each.withdrawn_at is None]
    return [each for each in found if not each.source.is_invented] or found


def _prepared(editions: Sequence[Edition]) -> tuple[str, int] | None:
    found = Prepared.objects.filter(key=_key(editions)).first()
    if found is None or not store.is_whole(found.digest, suffix=PARQUET):
        return None
    return found.digest, found.rows


def _put_together(editions: Sequence[Edition]) -> tuple[str, int]:
    """SHA-256 of the Parquet of all of them as one, and how many rows it has."""
    with scratch() as folder:
        kept = combine(*_parts(editions), folder)
        return store.put(Path(kept.path), suffix=PARQUET), kept.rows


def _parts(editions: Sequence[Edition]) -> tuple[list[Path], list[Path]]:
    """Files of collections, and of States' own figures."""
    collections = [_file(each) for each in editions if each.source.state_id is None]
    own = [_file(each) for each in editions if each.source.state_id is not None]
    return collections, own


def _key(editions: Sequence[Edition]) -> str:
    """What figures are called that are put together from these."""
    parts = [f"{each.digest} {'' if each.source.state_id is None else 'own'}" for each in editions]
    return hashlib.sha256("\n".join([CODE, *parts]).encode()).hexdigest()


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('marsad.statistics.standing'))")


def _file(edition: Edition) -> Path:
    return store.get(edition.digest, suffix=PARQUET)
