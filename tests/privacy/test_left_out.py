"""Small counts stay hidden where of some people no form, or no citizenship, is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from marsad import privacy
from marsad.privacy import LeftOut, Overlap, Shown, Sum, Untold
from marsad.statistics.records import counting
from marsad.statistics.records.counting import BREAKDOWNS, VICTIMS, Figure, Person, Wanted

SEXES, AGES = ("Female", "Male"), ("0 to 17 years", "18 years or over")
FORMS, COUNTRIES = ("Forced labour", "Sexual exploitation", "Slavery"), ("SYR",)


def some_of(words: Sequence[str]) -> Iterator[frozenset[str]]:
    """Any of them, and none."""
    sizes = range(len(words) + 1)
    return map(frozenset, chain.from_iterable(combinations(words, size) for size in sizes))


@dataclass(frozen=True)
class Kind:
    """People who are alike in everything that is recorded."""

    sex: str
    age: str
    forms: frozenset[str] = frozenset()
    citizenships: frozenset[str] = frozenset()

    def people(self, count: int) -> list[Person]:
        """So many of them."""
        return [
            Person(
                sex=self.sex,
                age=self.age,
                forms=set(self.forms),
                citizenships=set(self.citizenships),
            )
            for _each in range(count)
        ]

    def is_in(self, figure: Figure) -> bool:
        """Whether a cell counts them."""
        within = {
            counting.TOTAL: True,
            counting.FORM: figure.category in self.forms,
            counting.CITIZENSHIP: figure.category in self.citizenships,
        }[figure.dimension]
        return within and figure.sex in ("Total", self.sex) and figure.age in ("Total", self.age)


KINDS = [Kind(*each) for each in product(SEXES, AGES, some_of(FORMS), some_of(COUNTRIES))]
Table = Mapping[Kind, int]


class Attacker:
    """Somebody who asks of every kind of people how many there are, and knows a release.

    It is written without regard to how a release is made: whole people, not counts that add up.
    """

    def __init__(self, table: Table, by: Iterable[str]) -> None:
        self.table, self.by = table, set(by)
        self.rows: list[list[float]] = []
        self.lows: list[float] = []
        self.highs: list[float] = []

    def learns(self, weights: Sequence[float], low: float, high: float) -> None:
        """Take it that people of all kinds, so weighted, are so many together."""
        self.rows.append(list(weights))
        self.lows.append(low)
        self.highs.append(high)

    def reads(self, release: Mapping[Figure, Shown]) -> None:
        """Learn every cell, and that there is nobody in those that are not there."""
        sexes = ["Total", *(SEXES if self.by & {"sex", "sex_age"} else ())]
        ages = ["Total", *(AGES if self.by & {"age", "sex_age"} else ())]
        cells = [
            {"sex": sex, "age": age}
            for sex, age in product(sexes, ages)
            if "sex_age" in self.by or "Total" in (sex, age)
        ]
        if self.by & {"form", "form_sex"}:
            of = ["Total", *(SEXES if "form_sex" in self.by else ())]
            forms = product(FORMS, of)
            cells += [
                {"dimension": counting.FORM, "category": form, "sex": sex} for form, sex in forms
            ]
        if "citizenship" in self.by:
            cells += [{"dimension": counting.CITIZENSHIP, "category": each} for each in COUNTRIES]
        figures = {Figure(indicator=VICTIMS, year=2024, **cell) for cell in cells}
        assert release.keys() <= figures
        for figure in figures:
            shown = release.get(figure, Shown("exact", 0, 0))
            high = np.inf if shown.high is None else float(shown.high)
            self.learns([float(kind.is_in(figure)) for kind in KINDS], float(shown.low), high)

    def knows_of_overlaps(self, *, how_many_are_left_out: bool = False) -> None:
        """Know how often people were counted twice, and whether anybody was left out."""
        ways: list[list[tuple[bool, int]]] = []
        if self.by & {"form", "form_sex"}:
            ways.append([(True, len(kind.forms)) for kind in KINDS])
        if "form_sex" in self.by:
            ways += [[(kind.sex == sex, len(kind.forms)) for kind in KINDS] for sex in SEXES]
            for sex in SEXES:
                self._knows_whether([float(kind.sex == sex) for kind in KINDS])
        if "citizenship" in self.by:
            ways.append([(True, len(kind.citizenships)) for kind in KINDS])
        for way in ways:
            twice = [float(max(0, number - 1)) if here else 0.0 for here, number in way]
            self.learns(twice, self._true(twice), self._true(twice))
            none = [float(here and number == 0) for here, number in way]
            if how_many_are_left_out:
                self.learns(none, self._true(none), self._true(none))
            else:
                self._knows_whether(none)

    def _knows_whether(self, weights: Sequence[float]) -> None:
        there = self._true(weights) > 0
        self.learns(weights, float(there), np.inf if there else 0.0)

    def _true(self, weights: Sequence[float]) -> float:
        return sum(
            weight * self.table.get(kind, 0) for weight, kind in zip(weights, KINDS, strict=True)
        )

    def finds(self, figure: Figure) -> bool:
        """Whether a cell can be one number only."""
        weights = np.array([float(kind.is_in(figure)) for kind in KINDS])
        true = self._true(list(weights))
        return not any(
            self._is_possible(weights, *limits) for limits in ((0, true - 1), (true + 1, 999))
        )

    def _is_possible(self, weights: np.ndarray, low: float, high: float) -> bool:
        answer = milp(
            c=np.zeros(len(KINDS)),
            integrality=np.ones(len(KINDS)),
            bounds=Bounds(0, 999),
            constraints=LinearConstraint(
                np.array([*self.rows, weights]), [*self.lows, low], [*self.highs, high]
            ),
        )
        return answer.x is not None


def released(table: Table, by: Iterable[str], threshold: int) -> dict[Figure, Shown]:
    people = [each for kind, count in table.items() for each in kind.people(count)]
    wanted = Wanted(breakdowns=tuple(by), threshold=threshold)
    return {cell.figure: cell.shown for cell in counting._released(VICTIMS, 2024, people, wanted)}


def small(table: Table, release: Iterable[Figure], threshold: int) -> list[Figure]:
    """The cells that nobody may work out."""
    return [
        figure
        for figure in release
        if sum(count for kind, count in table.items() if kind.is_in(figure)) < threshold
    ]


WOMAN, MAN = Kind("Female", AGES[1], frozenset({FORMS[0]})), Kind("Male", AGES[1])
SLAVE = Kind("Male", AGES[1], frozenset({FORMS[2]}))
IN_ALL = Kind("Male", AGES[0], frozenset(FORMS))
#: Few kinds of people: many are alike, and of whole groups nothing is recorded.
TABLES = st.dictionaries(
    st.sampled_from(KINDS), st.sampled_from([1, 2, 3, 4, 6, 9, 14]), min_size=1, max_size=6
)


@settings(max_examples=60)
@given(TABLES, st.sets(st.sampled_from(BREAKDOWNS), min_size=1), st.integers(3, 6))
@example({WOMAN: 12, MAN: 2}, {"sex", "form_sex"}, 5)
@example({WOMAN: 12, MAN: 2}, set(BREAKDOWNS), 5)
@example({WOMAN: 4, SLAVE: 14, IN_ALL: 3}, {"form_sex"}, 4)
def test_nobody_works_out_a_small_count_where_some_are_left_out(
    table: Table, by: set[str], threshold: int
) -> None:
    release = released(table, by, threshold)
    hidden = small(table, release, threshold)
    assert all(release[each].kind != "exact" for each in hidden)
    attacker = Attacker(table, by)
    attacker.reads(release)
    attacker.knows_of_overlaps()
    assert [each for each in hidden if attacker.finds(each)] == []


@settings(max_examples=40)
@given(TABLES, st.sets(st.sampled_from(BREAKDOWNS), min_size=1), st.integers(3, 6))
@example({WOMAN: 12, MAN: 2}, {"sex", "form_sex"}, 5)
def test_who_knows_how_many_are_left_out_works_out_no_more_than_nothing_could_hide(
    table: Table, by: set[str], threshold: int
) -> None:
    release = released(table, by, threshold)
    knows = Attacker(table, by)
    knows.reads(release)
    knows.knows_of_overlaps(how_many_are_left_out=True)
    found = [each for each in small(table, release, threshold) if knows.finds(each)]
    # The same, had the release said of every cell no more than that it is there.
    reads_nothing = Attacker(table, by)
    reads_nothing.reads(dict.fromkeys(release, Shown("withheld", 1, None)))
    reads_nothing.knows_of_overlaps(how_many_are_left_out=True)
    assert all(reads_nothing.finds(each) for each in found)


# ── the counts themselves ────────────────────────────────────────────────────────────────────────
COUNTS = {"all": 14, "women": 12, "men": 2, "labour": 12, "women labour": 12}
SUMS = [Sum(whole="all", parts=["women", "men"]), Sum(whole="labour", parts=["women labour"])]


def test_it_says_nothing_of_those_who_are_left_out() -> None:
    counts = {**COUNTS, "some": 12, "none": 2, "women some": 12, "men none": 2}
    relations: list[Sum | Overlap] = [
        *SUMS,
        Untold(whole="none", parts=["men none"]),
        Untold(whole="some", parts=["women some"]),
        LeftOut(whole="all", parts=["some", "none"]),
        LeftOut(whole="women", parts=["women some", "women none"]),
        LeftOut(whole="men", parts=["men some", "men none"]),
        Overlap(whole="some", parts=["labour"]),
        Overlap(whole="women some", parts=["women labour"]),
    ]
    shown = privacy.protect(counts, relations)
    assert shown.keys() == COUNTS.keys()
    assert shown["all"].count == 14
    assert shown["men"] == Shown("small", 1, 4)
    assert shown["women"] == Shown("withheld", 10, 13)
    assert not privacy.exposed(counts, relations, shown)
    women_told = {**shown, "women": Shown("exact", 12, 12)}
    assert privacy.exposed(counts, relations, women_told, among=["men", "none"]) == ["men"]


def test_a_count_that_nothing_hides_is_refused() -> None:
    """That all who are left out are known by number: then two men are what is left."""
    known = [
        Overlap(whole="all", parts=["labour"]),
        Overlap(whole="women", parts=["women labour"]),
    ]
    with pytest.raises(privacy.CannotBeHidden):
        privacy.protect(COUNTS, [*SUMS, *known])
