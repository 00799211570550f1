"""Bring the table of States in line with the `countries` engine, which holds the facts."""

from __future__ import annotations

from django.db import transaction

from marsad import countries
from marsad.directory.models import State


@transaction.atomic
def load_states() -> int:
    """Add what is missing and change what differs; a State that is gone from the engine stays,
    since documents may name it.

    Not journaled: nobody did it, and the version of Marsad says what it holds.

    :return: how many States and territories there are.
    """
    wanted = [
        State(
            iso2=country.iso2,
            iso3=country.iso3 or "",
            m49=country.m49 or "",
            kind=country.kind,
            region=country.region.m49 if country.region else "",
            subregion=country.subregion.m49 if country.subregion else "",
            un_group=country.un_group or "",
            names=dict(country.names),
        )
        for country in countries.all()
    ]
    State.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["iso2"],
        update_fields=["iso3", "m49", "kind", "region", "subregion", "un_group", "names"],
    )
    return len(wanted)
