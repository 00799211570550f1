"""JSON of the directory: States for everybody. People are nobody's data set."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from marsad.countries import LANGUAGES
from marsad.directory import problems, queries
from marsad.directory.types import StateView

router = Router(tags=["directory"])


class StateOut(Schema):
    """A State or territory."""

    iso2: str
    iso3: str
    m49: str
    kind: str
    name: str
    names: dict[str, str]
    region: str
    subregion: str
    un_group: str
    #: Made up for a demonstration: no place on earth.
    is_invented: bool


@router.get("/states", response=list[StateOut])
def states(request: HttpRequest, q: str = "", language: str = "en") -> list[StateView]:
    """All States and territories, or those whose names or codes hold `q`."""
    return queries.states(language=_language(language), text=q)


@router.get("/states/{code}", response=StateOut)
def state(request: HttpRequest, code: str, language: str = "en") -> StateView:
    """One of them, by alpha-2, alpha-3 or M49 code."""
    return queries.state(iso2=code, language=_language(language))


def _language(asked: str) -> str:
    """The six languages of the United Nations: names of States are kept in each."""
    if asked and asked not in LANGUAGES:
        raise problems.UnknownChoice(given=asked, choices=", ".join(LANGUAGES))
    return asked or "en"
