"""Sources: the collections everybody knows, and one for each State that gives figures itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from marsad.directory import queries as directory
from marsad.statistics.models import Source

#: Collections that are public before they come here, with the mapping their columns are read by.
COLLECTIONS: Mapping[str, Mapping[str, str]] = {
    "glotip": {
        "en": "UNODC, Global Report on Trafficking in Persons: national figures",
        "ar": "المكتب المعني بالمخدرات والجريمة، التقرير العالمي عن الاتجار بالأشخاص: أرقام وطنية",
    },
    "sdg": {
        "en": "Sustainable Development Goals, indicator 16.2.2",
        "ar": "أهداف التنمية المستدامة، المؤشر 16.2.2",
    },
}


def collection(*, code: str, at: datetime) -> Source:
    """A public collection, made at its first use; a code that is none of them is a KeyError."""
    source, _made = Source.objects.get_or_create(
        code=code, defaults={"names": COLLECTIONS[code], "is_public": True, "made_at": at}
    )
    return source


def of_state(*, iso2: str, at: datetime) -> Source:
    """The source of a State's own figures, made at its first use.

    :raises marsad.directory.problems.NoSuchState: if no State has that code.
    """
    state = directory.state(iso2=iso2, language="en")
    source, _made = Source.objects.get_or_create(
        code=f"state-{state.iso2.lower()}",
        defaults={
            "names": dict(state.names),
            "state_id": state.iso2,
            "is_invented": state.is_invented,
            "made_at": at,
        },
    )
    return source
