"""The compendium of good practices: verified by their States, searched in both languages."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marsad.directory.models import Person, State
from marsad.library import problems
from marsad.library.actions import practice as actions
from marsad.library.loading import load_reference_data
from marsad.library.models import Practice
from marsad.library.queries import practice as queries
from marsad.library.queries.practice import PracticeChoice

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def states(db: None, settings: Any) -> None:
    """Two invented States, named so that each language has an order of its own."""
    settings.DEMO = True
    load_reference_data(at=timezone.now())
    for iso2, arabic, english in (("XA", "أرقيا", "Zarkia"), ("XB", "بحرستان", "Bahrestan")):
        State.objects.create(
            iso2=iso2, kind="member", names={"ar": arabic, "en": english}, is_invented=True
        )


def publish(by: Person, **more: Any) -> Practice:
    """A practice of Arkia's, on help lines."""
    given: dict[str, Any] = {
        "state": "XA",
        "titles": {"ar": "خط مساعدة بلغات عديدة", "en": "A help line in many languages"},
        "texts": {
            "ar": "يردّ على المتصلين موظفون مدربون ليلا ونهارا.",
            "en": "Trained staff answer callers by day and night.",
        },
        "effect": "not_stated",
        "evidence": {},
        "themes": ["victim-protection", "no-such-theme"],
        "source_titles": {"ar": "جولة", "en": "A round"},
        "source_address": "/review/x/",
        "verified_at": NOW - timedelta(days=1),
        "is_invented": True,
        "at": NOW,
    }
    return actions.publish(by=by, **(given | more))


def found(public: object, language: str = "en", **choice: str) -> list[str]:
    return [
        card.iso2
        for card in queries.listed(
            reader=public,  # type: ignore[arg-type]
            choice=PracticeChoice(**choice),
            language=language,
        )
    ]


@pytest.mark.parametrize("words", ["المساعدة", "متصل", "callers", "help line", "بلغات"])
def test_it_is_found_in_arabic_and_in_english(
    states: None, amal: Person, public: object, words: str
) -> None:
    publish(amal)
    assert found(public, words=words) == ["XA"]
    assert found(public, words="shelter") == []


def test_practices_stand_in_the_order_of_names_whatever_their_effect(
    states: None, amal: Person, public: object
) -> None:
    publish(amal, effect="evaluated", evidence={"en": "An evaluation of 2025."})
    publish(amal, state="XB")
    assert found(public, language="en") == ["XB", "XA"]
    assert found(public, language="ar") == ["XA", "XB"]


def test_it_is_narrowed_by_theme_and_by_evidence(
    states: None, amal: Person, public: object
) -> None:
    publish(amal)
    publish(amal, state="XB", themes=["legislation"], effect="shown")
    assert found(public, theme="legislation") == ["XB"]
    assert found(public, effect="not_stated") == ["XA"]


@pytest.mark.parametrize("verified_at", [None, NOW + timedelta(days=1)])
def test_nothing_is_published_that_its_state_has_not_verified(
    states: None, amal: Person, verified_at: datetime | None
) -> None:
    with pytest.raises(problems.PracticeUnverified):
        publish(amal, verified_at=verified_at)
    made = publish(amal)
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=made.pk).update(verified_at=NOW + timedelta(days=2))


def test_only_curators_publish_and_take_out(states: None, amal: Person, reem: Person) -> None:
    with pytest.raises(problems.NotALibrarian):
        publish(reem)
    made = publish(amal)
    with pytest.raises(problems.NotALibrarian):
        actions.withdraw(key=made.key, by=reem, at=NOW)


def test_what_is_taken_out_is_gone_and_comes_back(
    client: Client, states: None, amal: Person
) -> None:
    made = publish(amal)
    address = reverse("library:practice", args=[made.key])
    client.force_login(amal)
    client.post(reverse("library:practice_act", args=[made.key, "withdraw"]))
    assert client.get(address).status_code == 404
    shown = client.get(reverse("library:practice_list")).content.decode()
    assert "put-back" in shown
    client.post(reverse("library:practice_act", args=[made.key, "put-back"]))
    assert client.get(address).status_code == 200


def test_the_page_says_whether_anything_shows_the_effect_and_marks_what_is_invented(
    client: Client, states: None, amal: Person
) -> None:
    made = publish(amal)
    for address in (reverse("library:practice_list"), reverse("library:practice", args=[made.key])):
        shown = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert "No evidence of effect was given" in shown
        assert "made up for a demonstration" in shown
        assert "Zarkia" in shown


def test_what_is_invented_is_in_the_compendium_of_a_demonstration_only(
    client: Client, states: None, amal: Person, settings: Any
) -> None:
    made, out = publish(amal), publish(amal)
    actions.withdraw(key=out.key, by=amal, at=NOW)
    settings.DEMO = False
    client.force_login(amal)
    for format_ in ("csv", "json"):
        taken = client.get(reverse("library:practice_export", args=[format_])).content
        assert b"Trained staff" not in taken
    shown = client.get(reverse("library:practice_list")).content.decode()
    assert "help line" not in shown
    assert "خط مساعدة" not in shown
    assert client.get(reverse("library:practice", args=[made.key])).status_code == 404


@pytest.mark.parametrize("format_", ["csv", "json", "xlsx"])
def test_it_can_be_taken_away(client: Client, states: None, amal: Person, format_: str) -> None:
    publish(amal)
    answer = client.get(
        reverse("library:practice_export", args=[format_]), headers={"accept-language": "en"}
    )
    assert answer.status_code == 200
    assert f"INVENTED-practices.{format_}" in answer["Content-Disposition"]
    if format_ == "json":
        data = json.loads(answer.content)
        assert [each["state"] for each in data["practices"]] == ["XA"]
        assert "made up" in data["notes"][0]
    if format_ == "csv":
        assert b"made up for a demonstration" in answer.content
        assert answer.content.decode().splitlines()[1].startswith('"Demonstration",')
    assert client.get(reverse("library:practice_export", args=["odt"])).status_code in (
        400,
        404,
        422,
    )
