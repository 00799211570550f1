"""How far analysts agree: the published formulas, and what must hold of them for any coding."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.review.agreement import cohen, krippendorff, observed

names = st.sampled_from("abcd")
pairs_of_names = st.lists(st.tuples(names, names), min_size=1, max_size=60)
units_of_names = st.lists(
    st.lists(st.one_of(st.none(), names), min_size=2, max_size=4), min_size=1, max_size=40
)


def test_it_gives_the_kappa_of_cohens_own_example() -> None:
    """Cohen 1960, table 2: 200 cases in three categories; kappa is .492."""
    table = ((88, 10, 2), (14, 40, 6), (18, 10, 12))
    pairs = [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    assert observed(pairs) == pytest.approx(0.70)
    assert cohen(pairs) == pytest.approx(0.492, abs=0.0005)


def test_it_gives_the_alpha_of_krippendorffs_own_examples() -> None:
    """Krippendorff 2011: two observers (alpha .095), and four with values missing (.743)."""
    first, second = "0100000010", "1110010000"
    assert krippendorff(zip(first, second, strict=True)) == pytest.approx(0.095, abs=0.0005)
    rows = (
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    units = zip(
        *([None if value == "." else value for value in row.split()] for row in rows), strict=True
    )
    assert krippendorff(units) == pytest.approx(0.743, abs=0.0005)


@given(st.lists(names, min_size=2, max_size=60).filter(lambda values: len(set(values)) > 1))
def test_it_says_one_where_all_agree(values: list[str]) -> None:
    assert cohen(zip(values, values, strict=True)) == pytest.approx(1)
    assert krippendorff([[value, value, None, value] for value in values]) == pytest.approx(1)


def test_it_says_about_nothing_where_chance_decides() -> None:
    chance = random.Random(5)
    pairs = [(chance.choice("abc"), chance.choice("abc")) for _ in range(6_000)]
    assert cohen(pairs) == pytest.approx(0, abs=0.04)
    assert krippendorff(pairs) == pytest.approx(0, abs=0.04)


@given(pairs_of_names)
def test_it_never_says_more_than_one_and_cares_for_no_order(pairs: list[tuple[str, str]]) -> None:
    for measure in (cohen, krippendorff):
        told = measure(pairs)
        turned = measure([(other, one) for one, other in reversed(pairs)])
        assert told is None or told <= 1 + 1e-9
        assert (told is None) == (turned is None)
        assert told is None or told == pytest.approx(turned)


@given(units_of_names, st.permutations("abcd"))
def test_it_cares_for_no_name(units: list[list[str | None]], renamed: list[str]) -> None:
    names_of = dict(zip("abcd", renamed, strict=True))
    told = krippendorff(units)
    again = krippendorff([[value and names_of[value] for value in unit] for unit in units])
    assert (told is None) == (again is None)
    assert told is None or told == pytest.approx(again)


@given(units_of_names)
def test_what_only_one_has_seen_says_nothing(units: list[list[str | None]]) -> None:
    alone: list[list[str | None]] = [["a", None], [None, "b"], [None, None]]
    assert krippendorff([*units, *alone]) == krippendorff(units)


@pytest.mark.parametrize("pairs", [[], [("a", "a")], [("a", "a")] * 9])
def test_too_little_in_common_is_not_put_in_numbers(pairs: list[tuple[str, str]]) -> None:
    assert cohen(pairs) is None
    assert krippendorff(pairs) is None
