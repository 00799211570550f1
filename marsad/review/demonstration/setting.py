"""What every part of the demonstration is laid down with: its people, its days, its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from marsad.directory.types import Person
from marsad.questionnaires.queries.outline import Outline

_NOON = time(11, 0)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The people of the demonstration that its rounds name."""

    #: An officer of the Secretariat.
    officer: Person
    #: Those who analyse, in the order in which they code.
    analysts: tuple[Person, ...]
    #: Those who act for invented States, by what the files call them.
    people: Mapping[str, Person]
    #: Which of them clears for a State, by its code.
    focal_points: Mapping[str, Person]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A demonstration that is being made."""

    cast: Cast
    #: The moment it is made: every day in the files is counted from it.
    at: datetime
    form: Outline

    def day(self, offset: int) -> date:
        """A day in Vienna, so many days from the one on which it is made."""
        return timezone.localdate(self.at) + timedelta(days=offset)

    def moment(self, offset: int, *, drawn: Random | None = None) -> datetime:
        """Noon of a day, or some moment of its working hours."""
        noon = timezone.make_aware(datetime.combine(self.day(offset), _NOON))
        return noon if drawn is None else noon + timedelta(minutes=drawn.randint(-150, 300))

    def path(self, name: str) -> str:
        """The path of a question, or of a section, by the last part of it."""
        return next(
            (
                path
                for path in (*self.form.items, *(each.path for each in self.form.sections))
                if path.rpartition("/")[2] == name
            ),
            "",
        )
