"""The people of a round: Yusuf asks, Salma clears for Arkia, Tariq drafts, Mariam looks on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from marsad.directory.models import Body, Membership, Person, State
from marsad.directory.types import BodyKind, Role
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.review.models import Analyst, Round
from tests.review import rounds


@pytest.fixture
def states(db: None, settings: Any) -> dict[str, State]:
    """Four invented States: Arkia (XA), Bahrestan (XB), Corrida (XC), Delmaria (XD).

    They, and rounds of theirs, are there in a demonstration only.
    """
    settings.DEMO = True
    return rounds.states()


@pytest.fixture
def form(db: None) -> QuestionnaireVersion:
    """A published questionnaire of two sections."""
    return rounds.form()


@pytest.fixture
def round_(form: QuestionnaireVersion, states: dict[str, State], yusuf: Person) -> Round:
    """An open round that has invited the four States."""
    opened = rounds.open_round(form, by=yusuf)
    for iso2 in states:
        rounds.invite(opened, iso2)
    return opened


def of_a_state(name: str, role: Role, state: State, kind: BodyKind) -> Person:
    """Somebody who acts for a State in a body of its own."""
    person = Person.objects.create_user(f"{name.lower()}@state.example", name=name)
    body, _made = Body.objects.get_or_create(
        kind=kind, state=state, name_en=f"{kind.label} of {state.iso2}", name_ar="جهة الدولة"
    )
    Membership.objects.create(person=person, body=body, role=role, from_date=date(2020, 1, 1))
    return person


@pytest.fixture
def salma(states: dict[str, State]) -> Person:
    """The focal point of Arkia."""
    return of_a_state("Salma", Role.FOCAL_POINT, states["XA"], BodyKind.NATIONAL_COORDINATION)


@pytest.fixture
def tariq(states: dict[str, State]) -> Person:
    """An expert in a ministry of Arkia."""
    return of_a_state("Tariq", Role.EXPERT, states["XA"], BodyKind.MINISTRY)


@pytest.fixture
def huda(states: dict[str, State]) -> Person:
    """An expert in an NGO of Arkia."""
    return of_a_state("Huda", Role.EXPERT, states["XA"], BodyKind.NGO)


@pytest.fixture
def mariam(states: dict[str, State]) -> Person:
    """Looks on for Arkia, from its mission."""
    return of_a_state("Mariam", Role.OBSERVER, states["XA"], BodyKind.MINISTRY)


@pytest.fixture
def omar(states: dict[str, State]) -> Person:
    """The focal point of Bahrestan."""
    return of_a_state("Omar", Role.FOCAL_POINT, states["XB"], BodyKind.NATIONAL_COORDINATION)


@pytest.fixture
def analyst(reem: Person, round_: Round) -> Person:
    """Reem, who analyses the round."""
    Analyst.objects.create(round=round_, person=reem, from_at=rounds.MORNING)
    return reem
