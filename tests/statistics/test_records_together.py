"""What was released once stays known: a later release tells of nobody beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.privacy import Shown
from marsad.statistics.records import codebook, counting
from marsad.statistics.records.counting import VICTIMS, Wanted
from marsad.statistics.records.together import Told, telling

BOOK = codebook.load("2026-1")
WOMAN, MAN = "female", "male"
Record = dict[str, object]


def victims(prefix: str, count: int, sex: str = WOMAN, **more: object) -> list[Record]:
    return [
        {
            "kind": "victim", "key": f"{prefix}-{number}", "year": 2024, "codes": BOOK.version,
            "sex": [sex], "identification": ["confirmed"], **more,
        }
        for number in range(count)
    ]  # fmt: skip


def told(records: Iterable[Record], *by: str, threshold: int = 5, presumed: bool = True) -> Told:
    """A release of some records, as everybody reads it."""
    wanted = Wanted(breakdowns=by, threshold=threshold, with_presumed=presumed)
    kept, books = list(records), {BOOK.version: BOOK}
    counted = counting.count(kept, books=books, wanted=wanted)
    rows = counting.as_rows(counted, state="XAA", source="", wanted=wanted)
    people, _joined = counting.people(kept, books=books, wanted=wanted)
    return Told(people=people, cells=list(counting.from_rows(rows)), wanted=wanted)


def test_a_release_is_read_as_it_was_written() -> None:
    records = [*victims("W", 12), *victims("M", 2, MAN), *victims("C", 9, citizenship=["EGY"])]
    records += victims("S", 6, citizenship=["stateless"])
    wanted = Wanted()
    counted = counting.count(records, books={BOOK.version: BOOK}, wanted=wanted)
    rows = counting.as_rows(counted, state="XAA", source="", wanted=wanted)
    read = list(counting.from_rows(rows))
    assert [each.figure for each in read] == [each.figure for each in counted.cells]
    assert [each.value for each in read] == [each.value for each in counted.cells]


def test_the_same_figures_may_be_released_again() -> None:
    people = [*victims("W", 12), *victims("M", 2, MAN)]
    assert telling(told(people, "sex"), [told(people, "sex")]) == []
    assert telling(told(people), [told(people, "sex")]) == []


def test_one_more_person_is_not_told_by_subtraction() -> None:
    before = victims("W", 20)
    assert telling(told([*before, *victims("M", 1, MAN)]), [told(before)]) == [2024]
    assert telling(told(before), [told([*before, *victims("M", 1, MAN)])]) == [2024]


def test_one_presumed_victim_is_not_told_by_leaving_the_presumed_out() -> None:
    people = [*victims("W", 20), *victims("P", 1, MAN, identification=["possible"])]
    assert telling(told(people, presumed=False), [told(people)]) == [2024]


def test_many_more_people_may_be_told_of_in_as_few_parts_as_they_are_many() -> None:
    before = [*victims("W", 20), *victims("M", 20, MAN)]
    after = [*before, *victims("NW", 29), *victims("NM", 1, MAN)]
    assert telling(told(after), [told(before)]) == []
    # By sex the one man who came would be told: 20 before, 21 now.
    assert telling(told(after, "sex"), [told(before, "sex")]) == [2024]
    balanced = [*before, *victims("NW", 15), *victims("NM", 15, MAN)]
    assert telling(told(balanced, "sex"), [told(before, "sex")]) == []


def test_two_that_are_safe_each_beside_the_first_are_not_safe_beside_each_other() -> None:
    first = victims("W", 20)
    second = [*first, *victims("X", 10)]
    third = [*second, *victims("Y", 1, MAN)]
    assert telling(told(second), [told(first)]) == []
    assert telling(told(third), [told(first)]) == []
    assert telling(told(third), [told(first), told(second)]) == [2024]


def test_other_years_are_not_touched() -> None:
    before = victims("W", 20)
    other = [{**each, "year": 2025} for each in victims("W", 21)]
    assert telling(told(other), [told(before)]) == []


# ── held against every table, tried one by one ───────────────────────────────────────────────────
NUMBER = st.integers(0, 7)


@settings(max_examples=60)
@given(
    stay=st.tuples(NUMBER, NUMBER), gone=st.tuples(NUMBER, NUMBER), new=st.tuples(NUMBER, NUMBER)
)
def test_what_may_be_released_leaves_every_small_group_two_numbers(
    stay: tuple[int, int], gone: tuple[int, int], new: tuple[int, int]
) -> None:
    both = [*victims("A", stay[0]), *victims("B", stay[1], MAN)]
    first = told([*both, *victims("C", gone[0]), *victims("D", gone[1], MAN)], "sex")
    second = told([*both, *victims("E", new[0]), *victims("F", new[1], MAN)], "sex")
    if telling(second, [first]):
        return
    if second.of(VICTIMS, 2024) == first.of(VICTIMS, 2024) or not first.cells or not second.cells:
        return
    seen: dict[str, set[int]] = defaultdict(set)
    for table in tables(first, second):
        for name, number in table.items():
            seen[name].add(number)
    true = {"gone W": gone[0], "gone M": gone[1], "new W": new[0], "new M": new[1]}
    true |= {"gone": sum(gone), "new": sum(new)}
    for name, number in true.items():
        assert number in seen[name]
        assert not 0 < number < 5 or len(seen[name]) > 1, (name, seen[name])


def tables(first: Told, second: Told) -> Iterator[dict[str, int]]:
    """All that could be behind two releases, for somebody who only reads them."""
    sexes = [list(of_sex(first, second, sex)) for sex in ("Female", "Male")]
    wholes = [limits(each, "Total") for each in (first, second)]
    for women in sexes[0]:
        for men in sexes[1]:
            sums = [women[0] + women[1] + men[0] + men[1], women[0] + women[2] + men[0] + men[2]]
            if all(low <= each <= high for each, (low, high) in zip(sums, wholes, strict=True)):
                yield {
                    "gone W": women[1], "gone M": men[1], "new W": women[2], "new M": men[2],
                    "gone": women[1] + men[1], "new": women[2] + men[2],
                }  # fmt: skip


def of_sex(first: Told, second: Told, sex: str) -> Iterator[tuple[int, int, int]]:
    """How many stayed, went and came, as far as each release says."""
    (low, high), (least, most) = limits(first, sex), limits(second, sex)
    for stayed in range(min(high, most) + 1):
        for gone in range(max(0, low - stayed), high - stayed + 1):
            for new in range(max(0, least - stayed), most - stayed + 1):
                yield stayed, gone, new


def limits(release: Told, sex: str) -> tuple[int, int]:
    figure = counting.Figure(indicator=VICTIMS, year=2024, sex=sex)
    shown = release.of(VICTIMS, 2024).get(figure, Shown("exact", 0, 0))
    assert shown.high is not None
    return shown.low, shown.high


@pytest.mark.parametrize("value", ["7", "<5", "8-11", "c"])
def test_every_way_of_printing_a_count_is_read(value: str) -> None:
    row = {
        "indicator": VICTIMS, "year": "2024", "dimension": "Total", "category": "Total",
        "sex": "Total", "age": "Total", "citizenship": "", "value": value,
    }  # fmt: skip
    assert [each.value for each in counting.from_rows([row])] == [value]
