"""Roles: who holds what, and from when to when."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from pytest_django import Settings

from marsad.directory import actions, problems, queries
from marsad.directory.models import Body, Membership, Person
from marsad.directory.types import OPERATOR, Role
from marsad.journal.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=ZoneInfo("Europe/Vienna"))


def test_it_gives_the_public_nothing(public: AnonymousUser, nobody: Person) -> None:
    assert queries.roles_of(public) == frozenset()
    assert queries.roles_of(nobody) == frozenset()
    assert queries.roles_of(OPERATOR) == frozenset()


def test_it_knows_the_roles_of_a_day(amal: Person) -> None:
    Membership.objects.update(from_date=date(2026, 1, 2), until_date=date(2026, 2, 3))

    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 2, 2), date(2026, 2, 3)]
    assert [Role.LIBRARIAN in queries.roles_of(amal, on=day) for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_it_takes_every_role_from_a_closed_account(amal: Person, administrator: Person) -> None:
    assert queries.holds(amal, Role.LIBRARIAN)
    actions.close_account(person=amal, by=administrator, at=datetime.now(tz=NOW.tzinfo))
    assert not queries.holds(amal, Role.LIBRARIAN)


def test_it_journals_a_role_with_ids_and_codes_only(amal: Person, administrator: Person) -> None:
    actions.grant_role(
        person=amal, body=Body.objects.get(), role=Role.ANALYST, by=administrator, at=NOW
    )
    line = Entry.objects.get()
    assert (line.action, line.by, line.at) == ("directory.role.grant", administrator, NOW)
    assert line.details == {"person": amal.pk, "body": Body.objects.get().pk, "role": "analyst"}


def test_it_refuses_a_role_that_is_held(amal: Person, administrator: Person) -> None:
    body = Body.objects.get()
    with pytest.raises(problems.RoleHeldAlready):
        actions.grant_role(person=amal, body=body, role="librarian", by=administrator, at=NOW)
    assert not Entry.objects.exists()


def test_it_lets_only_administrators_give_roles(amal: Person, reem: Person) -> None:
    body = Body.objects.first()
    assert body is not None
    with pytest.raises(problems.NotAnAdministrator):
        actions.grant_role(person=reem, body=body, role="administrator", by=amal, at=NOW)
    assert queries.roles_of(reem) == {Role.ANALYST}


def test_it_ends_a_role_that_began_the_same_day(amal: Person, administrator: Person) -> None:
    held = actions.grant_role(
        person=amal, body=Body.objects.get(), role=Role.ANALYST, by=administrator, at=NOW
    )
    actions.end_role(membership=held, by=administrator, at=NOW + timedelta(hours=1))

    assert Role.ANALYST not in queries.roles_of(amal, on=NOW.date())
    with pytest.raises(problems.RoleEndedAlready):
        actions.end_role(membership=held, by=administrator, at=NOW + timedelta(hours=2))


def test_it_keeps_the_last_administrator(administrator: Person, settings: Settings) -> None:
    held = Membership.objects.get(person=administrator)
    with pytest.raises(problems.LastAdministrator):
        actions.end_role(membership=held, by=OPERATOR, at=NOW)

    second = Person.objects.create(email="second@marsad.test", name="Second")
    actions.grant_role(person=second, body=held.body, role=Role.ADMINISTRATOR, by=OPERATOR, at=NOW)
    actions.end_role(membership=held, by=OPERATOR, at=NOW)
    assert not queries.holds(administrator, Role.ADMINISTRATOR)


@pytest.mark.parametrize("email", ["", "amal", "amal@", "a b@c.org"])
def test_it_refuses_what_is_not_an_address(email: str, administrator: Person) -> None:
    with pytest.raises(problems.NotAnAddress):
        actions.add_person(email=email, name="Amal", by=administrator, at=NOW)


def test_it_makes_a_person_or_nothing(administrator: Person) -> None:
    with pytest.raises(problems.UnknownChoice):
        actions.admit(
            email="hind@ngo.test",
            name="Hind",
            language="",
            body=Body.objects.get(),
            role="queen",
            by=administrator,
            at=NOW,
        )
    assert not Person.objects.filter(email="hind@ngo.test").exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("address", ["no address", f"{'a' * 250}@example.org", "a@b@c.org", ""])
def test_it_refuses_what_is_no_address(address: str) -> None:
    with pytest.raises(problems.NotAnAddress):
        actions.add_person(email=address, name="Amal", by=OPERATOR, at=NOW)


def test_it_refuses_a_name_that_is_too_long() -> None:
    with pytest.raises(problems.NameTooLong):
        actions.add_person(email="a@marsad.test", name="a" * 201, by=OPERATOR, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_person_when_two_make_the_same_at_once() -> None:
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def make() -> None:
        together.wait()
        try:
            actions.add_person(email="two@marsad.test", name="Two", by=OPERATOR, at=NOW)
        except Exception as error:
            outcomes.append(type(error).__name__)
        else:
            outcomes.append("made")
        finally:
            connection.close()

    for _round in range(3):
        threads = [threading.Thread(target=make) for _each in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(outcomes) == ["AddressTaken"] * 5 + ["made"]
    assert Person.objects.count() == 1
