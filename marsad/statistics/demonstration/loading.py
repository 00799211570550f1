"""Lay the made-up figures down: once, in a demonstration only, through the door everybody uses."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from marsad.directory import problems as directory_problems
from marsad.directory import queries as directory
from marsad.directory.types import OPERATOR, Person, Reader
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import source as sources
from marsad.statistics.demonstration import drawing
from marsad.statistics.demonstration.drawing import Country, Line
from marsad.statistics.models import Edition, Source
from marsad.statistics.scratch import scratch
from marsad.tabulation import mapping as mappings

#: The collection over all invented States.
CODE = "made-up"
_NAMES = {
    "en": "Collection made up for the demonstration",
    "ar": "مجموعة أرقام مختلقة للعرض التجريبي",
}
#: A State whose own figures are in force, and one that has to look at its own again.
VERIFIED, WAITING = "XM", "QV"


def load(*, verifier: Person | None, waiting_for: Person | None, at: datetime) -> int:
    """Bring made-up figures in where there are none yet.

    :param verifier: the focal point of the State whose own figures are in force.
    :param waiting_for: the focal point of the State that has to look at its own again.
    :return: how many rows are in force.
    :raises OnlyInADemonstration: anywhere else.
    """
    if not settings.DEMO:
        raise directory_problems.OnlyInADemonstration
    if Edition.objects.filter(source__is_invented=True).exists():
        return 0
    countries = {
        each.iso2: Country(iso3=each.iso3, name=each.names["en"])
        for each in directory.invented_states()
    }
    if not countries:
        return 0
    with transaction.atomic():
        made = _collection(at=at)
        rows = _bring(drawing.collection(list(countries.values())), made, by=OPERATOR, at=at).rows
        _own(countries, verifier=verifier, waiting_for=waiting_for, at=at)
    return rows


def _own(
    countries: dict[str, Country],
    *,
    verifier: Person | None,
    waiting_for: Person | None,
    at: datetime,
) -> None:
    if verifier is not None and VERIFIED in countries:
        source = sources.of_state(iso2=VERIFIED, at=at)
        lines = drawing.own(countries[VERIFIED], years=(2022, 2023, 2024))
        edition = _bring(lines, source, by=verifier, at=at)
        editions.verify(key=edition.key, by=verifier, at=at)
    if waiting_for is not None and WAITING in countries:
        source = sources.of_state(iso2=WAITING, at=at)
        _bring(drawing.doubtful(countries[WAITING]), source, by=waiting_for, at=at, asks=True)


def _collection(*, at: datetime) -> Source:
    made, _new = Source.objects.get_or_create(
        code=CODE,
        defaults={"names": _NAMES, "is_public": True, "is_invented": True, "made_at": at},
    )
    return made


def _bring(
    lines: Iterable[Line], source: Source, *, by: Reader, at: datetime, asks: bool = False
) -> Edition:
    """Write a file as somebody would send it, read it, and take it in.

    Looking for what does not fit takes longer than the rest: only where somebody is to see it.
    """
    with scratch() as folder:
        file = folder / f"{source.code}.csv"
        with file.open("w", encoding="utf-8", newline="") as written:
            out = csv.writer(written)
            out.writerow(drawing.HEADER)
            out.writerows(lines)
        arrival = arrivals.read(
            file, source=source.code, by=by, at=at, mapping=mappings.known("plain"), asks=asks
        )
    return arrivals.take(key=arrival.key, by=by, at=at)
