"""Invented States: in a demonstration only, marked, and never among those that exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from marsad.directory import actions, loading, problems, queries
from marsad.directory.models import Person, State
from marsad.directory.types import OPERATOR, InventedState, Reader, UnGroup

pytestmark = pytest.mark.django_db
ARKIA = InventedState(
    iso2="XA", iso3="XAR", names={"ar": "أرقيا", "en": "Arkia"}, un_group=UnGroup.AFRICA
)


@pytest.fixture
def demo(settings: object) -> None:
    """A demonstration, with the States of the world beside the invented one."""
    settings.DEMO = True  # type: ignore[attr-defined]
    loading.load_states()
    invent()


def invent(state: InventedState = ARKIA, by: Reader = OPERATOR) -> int:
    return actions.invent_states(states=[state], by=by, at=timezone.now())


def test_it_is_refused_outside_a_demonstration() -> None:
    with pytest.raises(problems.OnlyInADemonstration):
        invent()
    assert not State.objects.exists()


def test_it_is_refused_to_those_who_do_not_administer(demo: None, yusuf: Person) -> None:
    with pytest.raises(problems.NotAnAdministrator):
        invent(by=yusuf)


@pytest.mark.parametrize("code", ["JO", "XK", "QA", "QU", "xa", "XAA", ""])
def test_it_takes_no_code_that_could_be_a_states(demo: None, code: str) -> None:
    with pytest.raises(problems.NotLeftToUsers):
        invent(InventedState(iso2=code, iso3="XXX", names={"en": "?"}, un_group=""))


def test_it_leaves_what_is_there_alone(demo: None) -> None:
    assert invent() == 0


def test_pages_mark_it(demo: None, client: Client) -> None:
    for language, mark in (("en", "Invented"), ("ar", "متخيَّلة")):
        listed = client.get("/directory/states/?q=XA", HTTP_ACCEPT_LANGUAGE=language)
        one = client.get("/directory/states/XA/", HTTP_ACCEPT_LANGUAGE=language)
        assert mark in listed.content.decode()
        assert one.status_code == 200
    assert (
        "does not exist"
        in client.get("/directory/states/XA/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    )
    told = client.get("/api/v1/directory/states/XA").json()
    assert (told["name"], told["is_invented"]) == ("Arkia", True)


def test_it_stands_in_the_order_of_names(demo: None) -> None:
    names = [state.name for state in queries.states(language="en")]
    assert names.index("Argentina") < names.index("Arkia") < names.index("Armenia")


def test_outside_a_demonstration_nobody_meets_it(
    demo: None, settings: object, client: Client, client_of: Callable[[Person], Client]
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert "Arkia" not in client.get("/directory/states/").content.decode()
    assert client.get("/directory/states/XA/").status_code == 404
    assert client.get("/api/v1/directory/states/XA").status_code == 404
    with pytest.raises(problems.NoSuchState):
        queries.state(iso2="XAR", language="en")


def test_what_a_document_names_is_never_taken_for_it(demo: None) -> None:
    assert "XA" not in queries.state_codes()
    assert queries.state_names(language="ar")["XA"] == "أرقيا"
