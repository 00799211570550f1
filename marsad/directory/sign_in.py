"""Who may sign in, and how the sign-in pages of allauth behave here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from marsad.directory.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Address and password; the people of the demo exist in demo mode only."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether this person may be signed in, or stay signed in, at all.

        Asked at sign-in and again at every request: a data folder that was a demo yesterday and is
        served in earnest today lets none of yesterday's sessions through.
        """
        return bool(user.is_active) and (not user.is_demo or bool(settings.DEMO))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Administrators make people; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no usernames to fill in."""


def display_name(person: Person) -> str:
    """How the sign-in pages greet a person."""
    return person.name


def password_path(person: Person) -> str:
    """The address, without its host, where a person chooses a password. It works once, for days.

    What allauth would mail them; administrators pass it on where no mail is set up.
    """
    which = {
        "uidb36": user_pk_to_url_str(person),
        "key": default_token_generator.make_token(person),
    }
    return reverse("account_reset_password_from_key", kwargs=which)
