"""Django's admin shows what Marsad keeps, and nothing anybody signs in with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib import admin
from django.test import Client

from marsad.directory import actions
from marsad.directory.admin import OnlyLooking
from marsad.directory.models import Person, Token
from marsad.directory.types import OPERATOR
from tests.library.reports import NOON

Browser = Callable[[Person], Client]


def test_it_has_only_pages_for_looking() -> None:
    assert admin.site._registry
    assert all(isinstance(page, OnlyLooking) for page in admin.site._registry.values())


@pytest.mark.django_db
def test_it_shows_nobody_the_secret_of_a_second_step(
    administrator: Person, amal: Person, client_of: Browser
) -> None:
    secret = totp.generate_totp_secret()
    kept = totp.TOTP.activate(amal, secret).instance
    answer = client_of(administrator).get(f"/admin/mfa/authenticator/{kept.pk}/change/")
    assert answer.status_code == 404
    assert secret not in answer.content.decode()


@pytest.mark.django_db
def test_it_shows_people_without_what_they_sign_in_with(
    administrator: Person, client_of: Browser
) -> None:
    person = actions.add_person(
        email="new@marsad.test", name="New", by=OPERATOR, at=NOON, password="a long word indeed"
    )
    actions.make_token(name="script", by=person, at=NOON)
    page = client_of(administrator).get(f"/admin/directory/person/{person.pk}/change/")
    assert page.status_code == 200
    assert person.password not in page.content.decode()
    assert Token.objects.get().digest not in page.content.decode()
