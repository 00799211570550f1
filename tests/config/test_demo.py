"""The people of the demo: one for each role, with passwords that stay theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import demo
from marsad.directory import queries
from marsad.directory.models import Body, Person
from marsad.directory.types import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _quick(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


def test_it_makes_at_least_one_person_for_each_role(tmp_path: Path) -> None:
    told = demo.welcome(home=tmp_path, at=NOW)

    assert {person.role for person, _ in told} == set(Role)
    for person, password in told:
        made = Person.objects.get(email=person.email)
        assert made.is_demo
        assert made.check_password(password)
        assert queries.roles_of(made, on=NOW.date()) == {person.role}
    assert not Body.objects.filter(state__is_invented=False).exists()


def test_it_tells_the_same_passwords_again(tmp_path: Path) -> None:
    assert demo.welcome(home=tmp_path, at=NOW) == demo.welcome(home=tmp_path, at=NOW)
    assert (tmp_path / demo.PASSWORDS).stat().st_mode & 0o077 == 0


def test_it_draws_other_passwords_for_another_data_folder(tmp_path: Path) -> None:
    first = demo.welcome(home=tmp_path / "..", at=NOW)
    second = demo.welcome(home=tmp_path, at=NOW)

    assert not {word for _, word in first} & {word for _, word in second}
    assert Person.objects.get(email=second[-1][0].email).check_password(second[-1][1])
