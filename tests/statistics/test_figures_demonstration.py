"""Figures are made up for the invented States, and leave as soon as real ones are there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from marsad.directory import problems as directory_problems
from marsad.directory.models import Body, Membership, Person
from marsad.directory.types import OPERATOR, BodyKind, Role
from marsad.review.demonstration import loading as rounds
from marsad.statistics import places
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import source as sources
from marsad.statistics.demonstration import loading
from marsad.statistics.models import Edition, Question, Standing
from marsad.statistics.queries import figures
from marsad.tabulation.questions import ask

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def focal_point(name: str, state: str) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@state.example", name=name)
    body = Body.objects.create(
        kind=BodyKind.NATIONAL_COORDINATION, state_id=state, name_en=state, name_ar="جهة"
    )
    Membership.objects.create(person=person, body=body, role=Role.FOCAL_POINT, from_date=NOW.date())
    return person


@pytest.fixture
def demonstration(tmp_path: Path, settings: Any) -> int:
    settings.DEMO = True
    settings.DATA_ROOT = str(tmp_path / "root")
    rounds.load_states(at=NOW)
    return loading.load(
        verifier=focal_point("Nour", "XM"), waiting_for=focal_point("Layla", "QV"), at=NOW
    )


def test_it_fills_a_demonstration_with_figures_of_states_that_do_not_exist(
    demonstration: int,
) -> None:
    assert demonstration > 5_000
    assert figures.is_invented()
    rows = figures.series(ask("Detected trafficking victims", by="citizenship"))
    assert {row["year"] for row in rows} == set(range(2012, 2025))
    total = figures.series(ask("Detected trafficking victims"))
    assert all(row["low"] <= row["high"] and row["not_states"] == 0 for row in total)
    assert sum(row["censored"] for row in total)
    assert loading.load(verifier=None, waiting_for=None, at=NOW) == 0


def test_one_state_has_verified_its_own_and_one_has_to_look_again(demonstration: int) -> None:
    marisond = Edition.objects.get(source__code="state-xm")
    velundra = Edition.objects.get(source__code="state-qv")
    assert marisond in Standing.objects.latest("from_at").editions.all()
    assert velundra.published_at is None
    asked = set(velundra.questions.values_list("check_code", flat=True))
    assert asked >= {
        "parts-more",
        "convictions-above-prosecutions",
        "break",
        "definition-changed",
        "repeated",
    }
    assert Question.objects.filter(edition=velundra, answered_at=None).exists()


def test_the_invented_leave_as_soon_as_real_figures_are_there(
    demonstration: int, tmp_path: Path
) -> None:
    sources.collection(code="glotip", at=NOW)
    file = tmp_path / "real.csv"
    file.write_text(
        "country,indicator,year,value\nJOR,Detected trafficking victims,2019,7\n", encoding="utf-8"
    )
    arrival = arrivals.read(file, source="glotip", by=OPERATOR, at=NOW)
    arrivals.take(key=arrival.key, by=OPERATOR, at=NOW)
    assert not figures.is_invented()
    assert [
        (row["year"], row["low"]) for row in figures.series(ask("Detected trafficking victims"))
    ] == [(2019, 7)]


def test_invented_states_are_known_in_a_demonstration_only(settings: Any) -> None:
    settings.DEMO = True
    rounds.load_states(at=NOW)
    assert places.name_of("QVE", language="ar") == "فيلوندرا"
    settings.DEMO = False
    assert places.name_of("QVE", language="en") == "QVE"
    assert places.invented() == []
    with pytest.raises(directory_problems.OnlyInADemonstration):
        loading.load(verifier=None, waiting_for=None, at=NOW)


def test_no_file_of_a_real_collection_may_name_an_invented_state(
    demonstration: int, tmp_path: Path
) -> None:
    sources.collection(code="glotip", at=NOW)
    file = tmp_path / "mixed.csv"
    file.write_text(
        "country,indicator,year,value\nVelundra,Detected trafficking victims,2019,7\n",
        encoding="utf-8",
    )
    arrival = arrivals.read(file, source="glotip", by=OPERATOR, at=NOW)
    assert arrival.refused == 1
