"""A round is prepared, invites States, is opened and closed; each reader sees their own of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Person
from marsad.review.models import Round

pytestmark = pytest.mark.django_db


def test_a_page_of_an_invented_round_says_so_and_leads_on(
    round_: Round, yusuf: Person, client_of: Callable[[Person | AnonymousUser], Client]
) -> None:
    shown = client_of(yusuf).get(
        reverse("review:round", args=[round_.key]), headers={"accept-language": "en"}
    )
    assert shown.status_code == 200
    assert "none of them exists" in shown.content.decode()
    assert [tab.url for tab in shown.context["tabs"] if tab.current] == [
        reverse("review:round", args=[round_.key])
    ]
