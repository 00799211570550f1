"""By which secret the people in records are known again: those of two secrets never join."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.statistics.models import RecordEdition


def prints(editions: Iterable[RecordEdition]) -> frozenset[str]:
    """What tells apart the secrets that editions were read with, but for those that kept none."""
    return frozenset(filter(None, (_print(each) for each in editions)))


def _print(edition: RecordEdition) -> str:
    # What stands again came with the arrival of what stood; what was added has the same secret.
    while edition.arrival is None and edition.restores is not None:
        edition = edition.restores
    return "" if edition.arrival is None else str(edition.arrival.remarks.get("secret", ""))
