"""What States have in common is public; what stands out in one State's series is its own first."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from marsad.directory.models import Body, Membership, Person, State
from marsad.directory.types import OPERATOR, BodyKind, Role
from marsad.statistics import problems
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import question as questions
from marsad.statistics.actions import source as sources
from marsad.statistics.models import Question
from marsad.statistics.queries import patterns as queries
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.patterns import Openness, Patterns
from marsad.tabulation.errors import UnevenSpans

pytestmark = pytest.mark.django_db

#: Pages know no other moment than now.
NOON = datetime.now(tz=UTC)
#: The public.
NOBODY = AnonymousUser()
VICTIMS = "Detected trafficking victims"
HEADING = "country,indicator,dimension,category,sex,age,year,unit,value"
#: Invented, each with a calm series; Arkia's breaks in 2018, Corrida's in 2017.
NAMES = {
    "XA": "Arkia", "XB": "Bahrestan", "XC": "Corrida", "XD": "Delmaria", "XE": "Elvane",
    "XF": "Farholm", "XG": "Gisland", "XH": "Harrow", "XI": "Istria Nova", "XJ": "Jurland",
}  # fmt: skip
YEARS = range(2009, 2021)


def told(code: str, year: int) -> int:
    """The victims that a State reports: about a hundred, but for the two that break."""
    if (code == "XA" and year >= 2018) or (code == "XC" and year >= 2017):
        return 410 + year % 4
    return 100 + (7 * year + ord(code[1])) % 9 - (10 if year == 2020 else 0)


@pytest.fixture
def states(db: None, settings: Any, tmp_path: Path) -> dict[str, State]:
    settings.DEMO = True
    settings.DATA_ROOT = str(tmp_path / "root")
    return {
        iso2: State.objects.create(
            iso2=iso2,
            iso3=f"{iso2}X",
            kind="member",
            names={"en": name, "ar": f"دولة {name}"},
            is_invented=True,
        )
        for iso2, name in NAMES.items()
    }


def of_state(name: str, state: State, role: Role, since: date = date(2020, 1, 1)) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@state.example", name=name)
    body, _made = Body.objects.get_or_create(
        kind=BodyKind.NATIONAL_COORDINATION, state=state, name_en=state.iso2, name_ar="تنسيق"
    )
    Membership.objects.create(person=person, body=body, role=role, from_date=since)
    return person


@pytest.fixture
def salma(states: dict[str, State]) -> Person:
    """The focal point of Arkia. Nobody acts for Corrida."""
    return of_state("Salma", states["XA"], Role.FOCAL_POINT)


@pytest.fixture
def collection(states: dict[str, State], tmp_path: Path) -> None:
    """What a collection published."""
    lines = [
        f"{code}X,{VICTIMS},Total,Total,Total,Total,{year},Counts,{told(code, year)}"
        for code in NAMES
        for year in YEARS
    ]
    file = tmp_path / "figures.csv"
    file.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
    source = sources.collection(code="glotip", at=NOON)
    source.is_invented = True
    source.save()
    arrival = arrivals.read(file, source=source.code, by=OPERATOR, at=NOON)
    arrivals.take(key=arrival.key, by=OPERATOR, at=NOON)


def seen(
    reader: Any, *, days: int = 0, since: int | None = 2015, until: int | None = 2020
) -> Patterns:
    return queries.patterns(
        since=since, until=until, reader=reader, language="en", now=NOON + timedelta(days=days)
    )


def signals(reader: Any, **more: Any) -> dict[str, Openness]:
    return {each.place: each.openness for each in seen(reader, **more).signals}


# ── one State ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.usefixtures("collection")
def test_a_state_and_the_secretariat_see_at_once_what_the_public_does_not(
    salma: Person, yusuf: Person, reem: Person, states: dict[str, State]
) -> None:
    other = of_state("Tariq", states["XB"], Role.FOCAL_POINT)
    assert signals(salma) == {"XAX": Openness.WAITING}
    assert signals(yusuf) == {"XAX": Openness.WAITING, "XCX": Openness.NOT_ASKED}
    assert signals(reem) == signals(other) == signals(NOBODY) == {}


@pytest.mark.usefixtures("collection", "salma")
def test_the_public_sees_it_when_the_set_time_went_by_and_never_where_nobody_was_asked() -> None:
    assert signals(NOBODY, days=queries.DAYS - 1) == {}
    assert signals(NOBODY, days=queries.DAYS) == {"XAX": Openness.TIME_PASSED}
    assert signals(NOBODY, days=4_000) == {"XAX": Openness.TIME_PASSED}


@pytest.mark.usefixtures("collection")
def test_the_time_begins_when_somebody_can_read_the_question(states: dict[str, State]) -> None:
    of_state("Nour", states["XC"], Role.EXPERT, since=(NOON + timedelta(days=20)).date())
    assert signals(NOBODY, days=queries.DAYS + 5) == {}
    assert signals(NOBODY, days=queries.DAYS + 21) == {"XCX": Openness.TIME_PASSED}


@pytest.mark.usefixtures("collection")
def test_an_observer_of_a_state_sees_it_and_is_not_asked(states: dict[str, State]) -> None:
    mariam = of_state("Mariam", states["XC"], Role.OBSERVER)
    (signal,) = seen(mariam).signals
    assert (signal.openness, signal.question) == (Openness.NOT_ASKED, "")


@pytest.mark.usefixtures("collection")
def test_the_public_sees_it_once_the_state_has_answered(salma: Person) -> None:
    (signal,) = seen(salma).signals
    questions.answer(key=signal.question, kind="right", note="The law changed.", by=salma, at=NOON)
    assert signals(NOBODY) == {"XAX": Openness.ANSWERED}
    (shown,) = seen(NOBODY).signals
    assert "law" not in json.dumps(shown.status)
    assert shown.question == ""
    questions.reopen(key=signal.question, by=salma, at=NOON)
    assert signals(NOBODY) == {}


@pytest.mark.usefixtures("collection")
def test_a_question_about_other_figures_is_none_about_these(salma: Person) -> None:
    question = Question.objects.get(check_code="break", place="XAX")
    question.details = {**question.details, "after": "9"}
    question.save()
    assert signals(NOBODY, days=400) == {}


@pytest.mark.usefixtures("collection")
def test_states_stand_in_the_order_of_their_names(yusuf: Person) -> None:
    assert [each.place_label for each in seen(yusuf).signals] == ["Arkia", "Corrida"]


@pytest.mark.usefixtures("collection")
def test_a_state_sees_its_own_changes_and_no_other(salma: Person) -> None:
    (own,) = seen(salma, since=2019, until=2020).own
    assert (own.place_label, own.beyond_chance) == ("Arkia", False)
    assert seen(NOBODY).own == []
    assert queries.changes(since=2017, until=2018, reader=NOBODY) == []


# ── many States ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.usefixtures("collection")
def test_what_states_have_in_common_is_told_with_what_it_stands_on() -> None:
    (one,) = seen(NOBODY, since=2019, until=2020).common
    assert one.verdict == "beyond"
    assert one.says.startswith("Detected trafficking victims: from ")
    assert "10 States that reported both years, of 10 that reported either" in one.stands_on
    assert Choice.of({"years": "2019-2020"}).query() == one.picture


@pytest.mark.usefixtures("collection")
def test_without_years_it_takes_the_last_two_that_enough_reported() -> None:
    found = seen(NOBODY, since=None, until=None)
    assert (found.since, found.until) == (2019, 2020)
    assert seen(NOBODY, since=None, until=2015).since == 2014


@pytest.mark.usefixtures("collection")
def test_years_that_cannot_be_compared_are_told() -> None:
    with pytest.raises(UnevenSpans):
        seen(NOBODY, since=2019, until=2012)
    with translation.override("en"), pytest.raises(problems.YearNotKnown, match="2009 to 2020"):
        seen(NOBODY, since=1999, until=2012)


# ── doors ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.usefixtures("collection")
def test_the_page_says_how_people_found_in_groups_are_judged(client: Client) -> None:
    page = client.get(
        reverse("statistics:patterns"),
        {"since": "2015", "until": "2020"},
        headers={"accept-language": "en"},
    )
    assert "groups of up to 32 are thought possible" in page.content.decode()


@pytest.mark.usefixtures("collection")
def test_the_page_shows_patterns_and_hides_what_waits(client: Client, salma: Person) -> None:
    address = reverse("statistics:patterns")
    page = client.get(
        address, {"since": "2015", "until": "2020"}, headers={"accept-language": "en"}
    )
    assert page.status_code == 200
    assert "Arkia" not in page.text
    client.force_login(salma)
    page = client.get(
        address, {"since": "2015", "until": "2020"}, headers={"accept-language": "en"}
    )
    assert "Arkia" in page.text
    assert "Corrida" not in page.text
    key = Question.objects.get(check_code="break", place="XAX").key
    assert reverse("statistics:question_answer", args=[key]) in page.text


@pytest.mark.usefixtures("collection")
@pytest.mark.parametrize(
    "given",
    [{"since": "nineteen"}, {"since": "1999"}, {"indicator": "unicorns"}, {"until": "20215"}],
)
def test_rubbish_in_an_address_is_told_and_the_page_is_there(
    client: Client, given: dict[str, str]
) -> None:
    page = client.get(reverse("statistics:patterns"), given)
    assert page.status_code == 422
    assert 'id="common"' in page.text


def test_without_figures_the_page_says_so(client: Client, db: None) -> None:
    assert client.get(reverse("statistics:patterns")).status_code == 200


@pytest.mark.usefixtures("collection", "salma")
def test_programs_see_what_their_reader_sees(client: Client) -> None:
    answer = client.get(reverse("statistics:patterns_json"), {"since": "2015", "until": "2020"})
    told_ = json.loads(answer.content)
    assert told_["signals"] == []
    assert told_["common"][0]["figures"]["places"] == 10


@pytest.mark.usefixtures("collection", "salma")
def test_the_command_tells_the_operator_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("statistics", "patterns", "--year", "2015-2020", "--json")
    told_ = json.loads(capsys.readouterr().out)
    assert [each["place"] for each in told_["signals"]] == ["XAX", "XCX"]
    assert {each["place"] for each in told_["changes"]} == {f"{code}X" for code in NAMES}
    call_command("statistics", "patterns", "--year", "2018", "--indicator", "victims")
    out = capsys.readouterr().out
    assert "! Arkia: " in out
    assert "Corrida" not in out


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        # Of a range what holds it; of a number the nearest.
        ("<5", "104", "26 to 104 times as many"),
        ("7", "27", "4 times as many"),
        ("10", "33", "3 times as many"),
        ("10", "25", "up by 150%"),
    ],
)
def test_it_says_how_many_times_as_many_there_are(
    states: dict[str, State], tmp_path: Path, before: str, after: str, said: str
) -> None:
    source = sources.collection(code="glotip", at=NOON)
    source.is_invented = True
    source.save()
    rows = [
        f"XAX,{VICTIMS},Total,Total,Total,Total,{y},Counts,{n}"
        for y, n in ((2018, before), (2019, after))
    ]
    file = tmp_path / "two.csv"
    file.write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    arrival = arrivals.read(file, source=source.code, by=OPERATOR, at=NOON)
    arrivals.take(key=arrival.key, by=OPERATOR, at=NOON)
    (pattern,) = seen(NOBODY, since=2018, until=2019).common
    assert f", {said}." in pattern.says
