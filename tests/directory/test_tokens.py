"""A script of a person's, and what it may do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from marsad.directory import actions, problems, queries
from marsad.directory.models import Token

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ask(secret: str, path: str = "/api/v1/documents"):
    return Client(headers={"Authorization": f"Bearer {secret}"}).get(path)


def test_it_lets_a_script_in_as_its_person(amal):
    secret = actions.make_token(name="weekly index", by=amal, at=NOON)

    assert queries.open_token(secret=secret).person == amal
    assert ask(secret).status_code == 200
    assert ask(secret, "/api/v1/arrivals/0000").status_code == 404
    assert queries.tokens_of(amal)[0].used_at is not None


def test_it_keeps_only_a_hash(amal):
    secret = actions.make_token(name="weekly index", by=amal, at=NOON)

    assert secret not in str(Token.objects.values().get())


def test_it_refuses_a_token_nobody_made(db):
    assert ask("marsad_nonsense").status_code == 401


def test_it_refuses_a_token_that_was_called_back(amal):
    secret = actions.make_token(name="weekly index", by=amal, at=NOON)
    actions.end_token(token_id=queries.tokens_of(amal)[0].pk, by=amal, at=NOON)

    assert ask(secret).status_code == 401


def test_it_refuses_a_token_of_a_closed_account(amal, administrator):
    secret = actions.make_token(name="weekly index", by=amal, at=NOON)
    actions.close_account(person=amal, by=administrator, at=NOON)

    assert ask(secret).status_code == 401


def test_it_refuses_a_token_of_a_demo_person_outside_demo_mode(amal, settings):
    secret = actions.make_token(name="weekly index", by=amal, at=NOON)
    amal.is_demo = True
    amal.save()

    settings.DEMO = True
    assert ask(secret).status_code == 200
    settings.DEMO = False
    assert ask(secret).status_code == 401


def test_it_lets_nobody_call_back_the_token_of_another(amal, reem):
    actions.make_token(name="weekly index", by=amal, at=NOON)

    with pytest.raises(problems.NoSuchToken):
        actions.end_token(token_id=Token.objects.get().pk, by=reem, at=NOON)


def test_it_shows_a_new_token_once(amal, client_of):
    browser = client_of(amal)

    made = browser.post(reverse("directory:token_list"), {"name": "weekly index"})
    again = browser.get(reverse("directory:token_list"))

    assert b"marsad_" in made.content
    assert made.headers["Cache-Control"] == "no-store"
    assert b"marsad_" not in again.content
    assert b"weekly index" in again.content


def test_it_sends_the_public_to_sign_in(db, client):
    assert client.get(reverse("directory:token_list")).status_code == 302


def test_it_shows_people_their_own_account(amal, client_of):
    page = client_of(amal).get(reverse("directory:me"))

    assert page.status_code == 200
    assert reverse("directory:token_list").encode() in page.content
