"""A choice has one address, and an address means one choice or is told to mean none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from marsad.design.formatting import Digits
from marsad.problems import Problem
from marsad.statistics import problems
from marsad.statistics.types.choice import BY, FIRST, LAST, MEASURES, Choice, codes
from marsad.statistics.types.picture import KINDS
from marsad.tabulation.errors import BadYears

YEARS = st.integers(min_value=FIRST, max_value=LAST)
CHOICES = st.builds(
    Choice,
    kind=st.sampled_from(KINDS),
    indicator=st.sampled_from(codes("indicator")),
    places=st.lists(st.sampled_from(["JOR", "EGY", "ABW+CUW", "KOSOVO", "SARK"]), unique=True).map(
        lambda found: tuple(sorted(found))
    ),
    years=st.none()
    | st.tuples(YEARS, YEARS)
    .map(lambda pair: (min(pair), max(pair)))
    .filter(lambda pair: pair != (FIRST, LAST)),
    form=st.sampled_from(["", *codes("category")]),
    sex=st.sampled_from(["", *codes("sex")]),
    age=st.sampled_from(["", *codes("age")]),
    by=st.sampled_from(["", *BY]),
    measure=st.sampled_from(["", *MEASURES]),
    same_states=st.booleans(),
    at=st.none()
    | st.datetimes(
        min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - as Hypothesis wants them
        max_value=datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    numerals=st.sampled_from(["", *(digits.value for digits in Digits)]),
)


@given(CHOICES)
def test_it_is_read_back_from_its_address(choice: Choice) -> None:
    assert Choice.of(QueryDict(choice.query())) == choice


@given(
    st.dictionaries(st.sampled_from(["kind", "years", "places", "at", "sex", "same"]), st.text())
)
def test_it_refuses_with_a_sentence_whatever_is_typed(typed: dict[str, str]) -> None:
    said = ""
    try:
        Choice.of(typed)
    except Problem as problem:
        said = str(problem)
    assert not said or said.endswith(".")


def test_nothing_chosen_has_no_address() -> None:
    assert Choice().query() == ""
    assert Choice.of({}) == Choice()
    assert Choice.of(QueryDict("kind=&years=&places=&since=&until=&at=")) == Choice()


def test_a_form_and_an_address_are_read_alike() -> None:
    form = QueryDict("kind=bars&places=JOR&places=egy&since=٢٠١٥&until=2018&sex=female&same=no")
    assert Choice.of(form).query() == "kind=bars&places=EGY,JOR&sex=female&same=no&years=2015-2018"


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("since=2015&until=", (2015, LAST)),
        ("since=&until=2018", (FIRST, 2018)),
        ("years=2015-", (2015, LAST)),
        ("years=2018", (2018, 2018)),
        ("years=2015–2018", (2015, 2018)),
    ],
)
def test_years_may_be_open_at_either_end(typed: str, years: tuple[int, int]) -> None:
    assert Choice.of(QueryDict(typed)).years == years


def test_a_day_means_all_of_it() -> None:
    at = Choice.of({"at": "2026-03-02"}).at
    assert at is not None
    assert at > datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    assert Choice.of({"at": "2026-03-02T11:00Z"}).at == datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("kind=pie", problems.WordNotKnown),
        ("indicator=ghosts", problems.WordNotKnown),
        ("form=total", problems.WordNotKnown),
        ("by=victims", problems.WordNotKnown),
        ("measure=kilogram", problems.WordNotKnown),
        ("same=perhaps", problems.WordNotKnown),
        ("numerals=roman", problems.WordNotKnown),
        ("places=<script>", problems.PlaceNotKnown),
        ("years=20021", BadYears),
        ("years=-", BadYears),
        ("since=2019&until=2015", BadYears),
        ("at=yesterday", problems.MomentNotRead),
        ("at=9999-12-31T23:59:59-23:00", problems.MomentNotRead),
    ],
)
def test_what_means_nothing_is_told(typed: str, problem: Any) -> None:
    with pytest.raises(problem):
        Choice.of(QueryDict(typed))


def test_a_moment_of_any_zone_is_one_that_a_database_knows() -> None:
    """PostgreSQL takes no zone that is further than sixteen hours away."""
    told = Choice.of(QueryDict("at=2026-03-02T11:00:00%2B23:59")).at
    assert told == datetime(2026, 3, 1, 11, 1, tzinfo=UTC)
    assert told is not None
    assert told.utcoffset() == timedelta(0)
