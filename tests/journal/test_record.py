"""The journal: a line stands or falls with the act."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from marsad.directory.models import Person
from marsad.journal import actions, queries
from marsad.journal.models import Entry
from marsad.journal.types import Line

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Line]:
    lines: list[Line] = []
    monkeypatch.setattr(actions, "_listener", lines.append)
    return lines


def test_it_tells_the_listener_each_line(amal: Person, heard: list[Line]) -> None:
    actions.record(action="test.person.greet", on=amal, by=amal, at=NOW, details={"times": 2})

    assert heard == queries.lines_of(amal)
    assert heard[0].subject == "directory.person"
    assert heard[0].subject_id == str(amal.pk)


def test_it_forgets_the_line_of_an_act_that_failed(amal: Person, heard: list[Line]) -> None:
    def act() -> None:
        with transaction.atomic():
            actions.record(action="test.person.greet", on=amal, by=None, at=NOW)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        act()
    assert not Entry.objects.exists()


def test_it_lists_the_newest_first(amal: Person, heard: list[Line]) -> None:
    for day in (1, 3, 2):
        actions.record(action="a.b.c", on=amal, by=None, at=NOW.replace(day=day))
    assert [line.at.day for line in queries.lines_of(amal, most=2)] == [3, 2]
