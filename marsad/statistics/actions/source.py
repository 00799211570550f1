"""Sources: the collections everybody knows, and one for each State that gives figures itself."""

from __future__ import annotations

from datetime import datetime

from marsad.directory import queries as directory
from marsad.directory.types import Operator, Reader
from marsad.statistics.models import Source
from marsad.statistics.queries import rights
from marsad.statistics.words import COLLECTIONS


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


def brought_by(*, code: str, by: Reader, at: datetime) -> Source:
    """The source that somebody chose to bring figures in for, made at its first use.

    :raises NoSuchSource: if there is none, or it is none of theirs.
    """
    state = code.removeprefix("state-").upper()
    if code in COLLECTIONS and rights.is_secretariat(by):
        collection(code=code, at=at)
    elif code != state.lower() and (
        isinstance(by, Operator) or state in rights.states_brought_for(by)
    ):
        of_state(iso2=state, at=at)
    return rights.source_for(by, code=code)
