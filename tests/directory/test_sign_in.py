"""Signing in: who may, and who may not."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from marsad.directory.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "a long word for the tests"


def sign_in(email: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/account/login/", {"login": email, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session and client.get("/account/email/").status_code == 200


def test_it_lets_a_person_in_with_address_and_password() -> None:
    Person.objects.create_user("amal@marsad.test", PASSWORD, name="Amal")

    assert is_signed_in(sign_in("Amal@Marsad.test"))
    assert not is_signed_in(sign_in("amal@marsad.test", "another word for the tests"))


def test_it_refuses_the_people_of_the_demo_outside_demo_mode(settings: Settings) -> None:
    Person.objects.create_user("amal@marsad.test", PASSWORD, name="Amal", is_demo=True)
    settings.DEMO = True
    yesterday = sign_in("amal@marsad.test")
    assert is_signed_in(yesterday)

    settings.DEMO = False
    assert not is_signed_in(yesterday)
    assert not is_signed_in(sign_in("amal@marsad.test"))
