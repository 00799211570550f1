"""It hides small counts so that nobody can work them out, and hides no more than it must."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import privacy
from marsad.privacy import Overlap, Shown, Sum

SEXES, AGES = ("women", "men"), ("children", "adults")


def by_sex_and_age(numbers: Sequence[int]) -> dict[str, int]:
    """A table of two by two with its margins."""
    inner = dict(zip(product(SEXES, AGES), numbers, strict=True))
    counts = {f"{sex} {age}": number for (sex, age), number in inner.items()}
    for sex in SEXES:
        counts[sex] = sum(inner[sex, age] for age in AGES)
    for age in AGES:
        counts[age] = sum(inner[sex, age] for sex in SEXES)
    counts["all"] = sum(numbers)
    return counts


MARGINS = [
    *(Sum(whole=sex, parts=[f"{sex} {age}" for age in AGES]) for sex in SEXES),
    *(Sum(whole=age, parts=[f"{sex} {age}" for sex in SEXES]) for age in AGES),
    Sum(whole="all", parts=SEXES),
    Sum(whole="all", parts=AGES),
]


def tables(shown: Mapping[str, Shown], *, most: int) -> Iterator[dict[str, int]]:
    """Every table of two by two that agrees with a release, found by trying them all."""
    names = [f"{sex} {age}" for sex, age in product(SEXES, AGES)]
    choices: list[Any] = []
    for name in names:
        here = shown.get(name)
        high = 0 if here is None else most if here.high is None else min(here.high, most)
        choices.append((0,) if here is None else range(here.low, high + 1))
    for numbers in product(*choices):
        table = by_sex_and_age(numbers)
        if all(_agrees(shown.get(name), number) for name, number in table.items()):
            yield table


def _agrees(here: Shown | None, number: int) -> bool:
    if here is None:
        return number == 0
    return here.low <= number and (here.high is None or number <= here.high)


@settings(max_examples=150)
@given(
    st.lists(st.integers(min_value=0, max_value=9), min_size=4, max_size=4),
    st.integers(min_value=3, max_value=7),
)
def test_every_hidden_count_could_be_at_least_two_numbers(
    numbers: list[int], threshold: int
) -> None:
    counts = by_sex_and_age(numbers)
    shown = privacy.protect(counts, MARGINS, threshold=threshold)
    assert {name for name, count in counts.items() if count} == set(shown)
    for name, here in shown.items():
        assert _agrees(here, counts[name])
        assert counts[name] >= threshold or here.kind != "exact"
    found = list(tables(shown, most=40))
    for name, here in shown.items():
        if here.kind != "exact":
            assert len({table[name] for table in found}) >= 2, (name, shown)
    assert not privacy.exposed(counts, MARGINS, shown, threshold=threshold)


@settings(max_examples=80)
@given(
    st.lists(st.sets(st.sampled_from("abcd"), min_size=1), min_size=1, max_size=14),
    st.integers(min_value=3, max_value=6),
)
def test_it_holds_where_people_are_counted_in_several_parts(
    people: list[set[str]], threshold: int
) -> None:
    counts = {"all": len(people), **{form: sum(form in each for each in people) for form in "abcd"}}
    relations = [Overlap(whole="all", parts="abcd")]
    shown = privacy.protect(counts, relations, threshold=threshold)
    assert not privacy.exposed(counts, relations, shown, threshold=threshold)
    surplus = sum(counts[form] for form in "abcd") - counts["all"]
    # Whoever knows how often people were counted twice tries all numbers.
    tried = []
    ranges = [
        range(shown[name].low, min(shown[name].high or 40, 40) + 1) if name in shown else (0,)
        for name in "abcd"
    ]
    for forms in product(*ranges):
        whole = sum(forms) - surplus
        if _agrees(shown["all"], whole) and max(forms) <= whole:
            tried.append({"all": whole, **dict(zip("abcd", forms, strict=True))})
    for name, here in shown.items():
        if here.kind != "exact":
            assert len({table[name] for table in tried}) >= 2, (name, shown)


def test_it_finds_what_subtraction_gives_away() -> None:
    counts = by_sex_and_age((2, 20, 30, 40))
    naive = {
        name: Shown("small", 1, 4) if count < 5 else Shown("exact", count, count)
        for name, count in counts.items()
    }
    assert privacy.exposed(counts, MARGINS, naive) == ["women children"]


def test_it_withholds_the_least_that_will_do() -> None:
    counts = by_sex_and_age((2, 20, 30, 40))
    shown = privacy.protect(counts, MARGINS)
    assert shown["women children"] == Shown("small", 1, 4)
    # One more in the row, one more in the column, and one where they meet: totals stay.
    assert {name for name, here in shown.items() if here.kind == "withheld"} == {
        "women adults",
        "men children",
        "men adults",
    }
    assert shown["women adults"] == Shown("withheld", 18, 21)
    assert shown["all"].count == 92


def test_it_leaves_alone_what_needs_no_protection() -> None:
    counts = by_sex_and_age((12, 20, 30, 0))
    shown = privacy.protect(counts, MARGINS)
    assert {here.kind for here in shown.values()} == {"exact"}
    assert "men adults" not in shown


def test_a_threshold_that_hides_nothing_is_refused() -> None:
    with pytest.raises(privacy.ThresholdTooLow):
        privacy.protect({"all": 4}, [], threshold=2)


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(privacy.NoTable):
        privacy.protect({"all": 9, "women": 3}, [Sum(whole="all", parts=["women"])])


def test_it_says_in_round_numbers_what_only_the_overlap_hides() -> None:
    counts = {"all": 78, "labour": 47, "sexual": 36, "organs": 2}
    relations = [Overlap(whole="all", parts=["labour", "sexual", "organs"])]
    shown = privacy.protect(counts, relations)
    assert shown["all"].count == 78
    assert shown["organs"] == Shown("small", 1, 4)
    withheld = {name: here for name, here in shown.items() if here.kind == "withheld"}
    assert withheld == {"sexual": Shown("withheld", 20, 39)}
    assert not privacy.exposed(counts, relations, shown)
