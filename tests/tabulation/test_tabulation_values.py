"""What a printed value means, and what it never means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.tabulation.types import Counted
from marsad.tabulation.values import LARGEST, counted


def read(value: object) -> tuple[int | None, int | None]:
    found = counted(value)
    assert isinstance(found, Counted), found
    return found.low, found.high


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("17", 17, 17),
        (17, 17, 17),
        (17.0, 17, 17),
        ("17.0", 17, 17),
        ("0", 0, 0),
        ("1,282", 1282, 1282),
        ("1 282", 1282, 1282),
        ("1\u00a0282\u202f", 1282, 1282),
        ("12,345,678".replace("12,", "1,"), 1_345_678, 1_345_678),
        ("1.282", 1282, 1282),
        ("١٬٢٨٢", 1282, 1282),
        ("٧", 7, 7),
        ("<5", 1, 4),
        ("< 5", 1, 4),
        ("<= 5", 1, 5),
        ("≤5", 1, 5),
        ("<10", 1, 9),
        ("<2", 1, 1),
        ("fewer than 5", 1, 4),
        ("أقل من ٥", 1, 4),
        ("1-4", 1, 4),
        ("1 to 4", 1, 4),
        ("", None, None),
        ("..", None, None),
        ("n/a", None, None),
        (float("nan"), None, None),
        ("confidential", None, None),
    ],
)
def test_it_reads_what_is_printed(printed: object, low: int | None, high: int | None) -> None:
    assert read(printed.strip() if isinstance(printed, str) else printed) == (low, high)


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("-3", "negative"),
        (-3, "negative"),
        ("−3", "negative"),
        ("(3)", "negative"),
        ("3.5", "fraction"),
        (3.5, "fraction"),
        ("about 12", "not-a-count"),
        ("1,28", "fraction"),
        ("12,34,567", "not-a-count"),
        ("<1", "not-a-count"),
        ("4-1", "not-a-count"),
        (LARGEST + 1, "too-many"),
        ("99999999999999999999", "too-many"),
    ],
)
def test_it_refuses_what_is_no_count(printed: object, why: str) -> None:
    assert counted(printed) == why


@given(st.integers(2, 1000))
def test_it_never_takes_a_limit_for_nobody_or_for_the_limit(limit: int) -> None:
    low, high = read(f"<{limit}")
    assert (low, high) == (1, limit - 1)


@given(st.integers(0, LARGEST))
def test_it_reads_every_count_however_it_is_grouped(number: int) -> None:
    assert read(number) == read(str(number)) == read(f"{number:,}") == (number, number)
    assert read(f"{number:,}".replace(",", "\u00a0")) == (number, number)


@given(st.text(max_size=12))
def test_it_answers_to_any_text(text: str) -> None:
    found = counted(text)
    if isinstance(found, Counted) and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.high


@pytest.mark.parametrize("printed", ["<1000000000", "1-50000000000", "<=10000001", "1 to 10000001"])
def test_a_range_is_no_larger_than_a_count_may_be(printed: str) -> None:
    assert counted(printed) == "too-many"


def test_thousands_of_digits_are_no_count() -> None:
    assert counted("9" * 5_000) == "not-a-count"
    assert counted(f"1-{'9' * 5_000}") == "not-a-count"
