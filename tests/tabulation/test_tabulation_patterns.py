"""A change is called beyond chance where chance would seldom bring it, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.stats import betabinom, binom

from marsad import tabulation
from marsad.tabulation import ask, chance, patterns
from marsad.tabulation.__main__ import main
from marsad.tabulation.answers import records
from marsad.tabulation.engine import Expression
from marsad.tabulation.errors import UnevenSpans
from marsad.tabulation.patterns import Count, Series
from marsad.tabulation.series import shares
from tests.tabulation.figures_of_our_own import ADULTS, CHILDREN, VICTIMS, line, save_workbook

Figures = Callable[..., Expression]
_counts = some.integers(0, 3_000)


def series(place: str, *counts: int | None, first: int = 2005, indicator: str = VICTIMS) -> Series:
    """A series of our own making, year by year; None where nothing was reported."""
    years = {
        first + place: Count(low=count, high=count)
        for place, count in enumerate(counts)
        if count is not None
    }
    return Series(place=place, place_kind="state", indicator=indicator, years=years)


def swinging(seed: int, *, series_: int = 60, years: int = 12) -> list[Series]:
    """Series in which nothing changes: levels that swing from year to year, each by its own."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(series_):
        swing = rng.gamma(1.5, 0.12) + 1e-3
        levels = np.exp(rng.normal(4.0, 1.3)) * rng.gamma(1 / swing, swing, size=years)
        told = rng.random(years) < 0.85
        counts = rng.poisson(levels)
        made.append(
            series(
                f"X{number:02}",
                *(int(n) if there else None for n, there in zip(counts, told, strict=True)),
            )
        )
    return made


# ── one comparison ───────────────────────────────────────────────────────────────────────────────
def rare(before: float, after: float, *, group: int = 1) -> list[float]:
    """How rare a pair of counts is, for every swing, where so many people come at a time."""
    every = chance.two_sided(np.array([before]), np.array([after]), years=np.ones(1))[0]
    found: list[float] = every[chance.WAYS[:, 1] == group].tolist()
    return found


@settings(max_examples=60)
@given(_counts, _counts)
def test_which_year_is_called_the_later_does_not_matter(before: int, after: int) -> None:
    assert rare(before, after) == pytest.approx(rare(after, before), rel=1e-9)


def test_without_swings_it_is_the_conditional_binomial_test() -> None:
    assert rare(10, 30)[0] == pytest.approx(2 * binom.cdf(10, 40, 0.5), rel=1e-3)


@pytest.mark.parametrize(("before", "after"), [(3, 9), (0, 25), (40, 70), (150, 230), (700, 900)])
def test_with_swings_it_is_the_beta_binomial_one(before: int, after: int) -> None:
    for place in (3, 8, 13, 18):
        size = 1 / chance.SWINGS[place]
        told = min(1.0, 2 * betabinom.cdf(before, before + after, size, size))
        assert rare(before, after)[place] == pytest.approx(told, rel=1e-6)


@pytest.mark.parametrize("group", [2, 8, 32])
def test_of_people_who_come_together_the_groups_are_counted(group: int) -> None:
    assert rare(3 * group, 9 * group, group=group) == pytest.approx(rare(3, 9))
    # A part of a group speaks for no change.
    assert rare(3 * group - 1, 9 * group + 1, group=group) == pytest.approx(rare(3, 9))
    assert rare(group, group + 1, group=group) == [1.0] * len(chance.SWINGS)


def test_great_counts_are_judged_as_small_ones_are() -> None:
    for place in (0, 4, 8):
        size = 1 / chance.SWINGS[place]
        spread = betabinom.std(2_500, size, size)
        before = round(1_250 - 3 * spread)
        told = 2 * betabinom.cdf(before, 2_500, size, size)
        assert rare(before, 2_500 - before)[place] == pytest.approx(told, rel=0.03)


@settings(max_examples=60)
@given(_counts, some.integers(0, 3), _counts, some.integers(0, 3))
def test_a_range_only_makes_a_change_less_sure(low: int, more: int, other: int, wider: int) -> None:
    history = series("XAA", 100, 120, 90, 110, 105, 95)

    def judged(before: Count, after: Count) -> float:
        years = {**history.years, 2012: before, 2013: after}
        (found,) = patterns.changes([replace(history, years=years)], since=2012, until=2013)
        return found.rarity

    wide = judged(Count(low=low, high=low + more), Count(low=other, high=other + wider))
    for one in range(low, low + more + 1):
        for two in range(other, other + wider + 1):
            assert wide >= judged(Count(low=one, high=one), Count(low=two, high=two)) - 1e-9


# ── many at once ─────────────────────────────────────────────────────────────────────────────────
def test_where_nothing_changes_hardly_anything_is_called_a_change() -> None:
    runs = [swinging(seed) for seed in range(40)]
    steps = [patterns.breaks(made) for made in runs]
    # Where nothing is true, the rate of false discoveries is the share of runs with any at all.
    assert sum(any(one.beyond_chance for one in found) for found in steps) <= 5
    rarities = np.array([one.rarity for found in steps for one in found])
    for level in (0.05, 0.01):
        assert 0.6 * level <= (rarities <= level).mean() <= 1.2 * level
    spans = [patterns.changes(made, since=(2007, 2009), until=(2013, 2015)) for made in runs]
    assert sum(any(one.beyond_chance for one in found) for found in spans) <= 5


@pytest.mark.parametrize("alone", [False, True])
def test_people_found_in_groups_are_hardly_called_a_change_either(alone: bool) -> None:
    """Small series of raids that find eight at once, beside great ones found one by one or not."""

    def world(seed: int) -> list[Series]:
        rng = np.random.default_rng(seed)
        made = []
        for number in range(120):
            level = np.exp(rng.normal(3.3, 1.3))
            group = 1 if alone and level > 40 else 8
            counts = group * rng.poisson(level / group, size=12)
            made.append(series(f"X{number:03}", *map(int, counts)))
        return made

    runs = [patterns.breaks(world(seed)) for seed in range(12)]
    assert sum(any(one.beyond_chance for one in found) for found in runs) <= 2


def test_a_planted_break_is_found_and_nothing_beside_it() -> None:
    made = [
        series(f"X{number:02}", *np.random.default_rng(number).poisson(80, size=12).tolist())
        for number in range(40)
    ]
    broken = series("X07", 78, 84, 80, 75, 90, 82, 79, 240, 251, 236, 244, 239)
    found = [one for one in patterns.breaks([*made[:7], broken, *made[8:]]) if one.beyond_chance]
    assert [(one.place, one.until, one.direction) for one in found] == [("X07", (2012, 2012), "up")]
    assert found[0].change_low == pytest.approx(240 / 79 - 1)


def test_the_same_change_is_no_signal_where_the_series_swings_so_anyway() -> None:
    calm = series("XAA", 100, 104, 97, 99, 103, 96, 101, 98, 300)
    wild = series("XBB", 100, 310, 90, 280, 60, 200, 330, 98, 300)
    others = [series(f"X{n:02}", 90, 130, 70, 100, 120, 85, 110, 95, 100) for n in range(20)]
    told = {
        one.place: one for one in patterns.changes([calm, wild, *others], since=2012, until=2013)
    }
    assert told["XAA"].beyond_chance
    assert not told["XBB"].beyond_chance
    assert told["XAA"].swing < told["XBB"].swing


def test_a_short_history_is_judged_with_caution() -> None:
    (found,) = patterns.changes([series("XAA", 20, 60)], since=2005, until=2006)
    assert found.history == 0
    assert not found.beyond_chance


def test_over_spans_only_years_reported_in_both_are_counted() -> None:
    one = series("XAA", 10, 20, None, 30, 40, 50)
    (found,) = patterns.changes([one], since=(2005, 2007), until=(2008, 2010))
    assert (found.before.low, found.after.low) == (30, 70)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (2010, 2009),
        (2010, 2010),
        ((2005, 2007), (2008, 2009)),
        ((2005, 2007), (2007, 2009)),
    ],
)
def test_years_that_cannot_be_compared_are_refused(since: int, until: int) -> None:
    with pytest.raises(UnevenSpans):
        patterns.changes([], since=since, until=until)


def test_nothing_is_judged_where_there_is_nothing() -> None:
    assert patterns.changes([], since=2010, until=2011) == []
    assert patterns.breaks([]) == []
    assert patterns.breaks([series("XAA", 10)]) == []


def test_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    rates = chance.discoveries([0.01, 0.04, 0.03, 0.2])
    assert rates == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.2])
    # What could never be found is not counted among those judged.
    least = np.array([1e-6, 1e-6, 0.5, 0.5])
    assert chance.discoveries([0.02, 0.04, 1.0, 1.0], least=least) == pytest.approx(
        [0.04, 0.04, 1, 1]
    )
    assert chance.discoveries([], least=np.array([])).tolist() == []


def test_every_sign_is_tried_where_there_are_few() -> None:
    assert chance.flipped(np.ones(6)) == pytest.approx(2 / 64)
    assert chance.flipped(np.array([1.0, -1.0])) == 1.0
    assert chance.flipped(np.zeros(5)) == 1.0
    many = np.random.default_rng(5).normal(0.8, 1, size=40)
    assert chance.flipped(many) == chance.flipped(-many) <= 0.01


# ── many places ──────────────────────────────────────────────────────────────────────────────────
def test_a_common_change_is_told_with_the_states_it_stands_on(figures: Figures) -> None:
    lines = [
        line(code, year, count)
        for code, before in zip(
            ["ALB", "BRA", "CHL", "DZA", "EGY", "FJI", "GHA", "HND"],
            range(40, 120, 10),
            strict=True,
        )
        for year, count in ((2018, before), (2019, before // 2))
    ]
    rows = figures(*lines, line("JOR", 2018, 900), line("KEN", 2019, "<5"))
    (found,) = patterns.overall(rows, since=2018, until=2019)
    assert (found.indicator, found.by, found.direction) == (VICTIMS, "", "down")
    assert (found.places, found.either, found.rose, found.fell) == (8, 10, 0, 8)
    assert (found.before_low, found.after_high) == (600, 300)
    assert found.beyond_chance


def test_one_giant_is_no_common_change(figures: Figures) -> None:
    codes = ["ALB", "BRA", "CHL", "DZA", "EGY", "FJI", "GHA"]
    lines = [
        line(code, year, 50 + (number + year) % 2)
        for number, code in enumerate(codes)
        for year in (2018, 2019)
    ]
    rows = figures(*lines, line("IND", 2018, 1_000), line("IND", 2019, 9_000))
    (found,) = patterns.overall(rows, since=2018, until=2019)
    assert found.direction == "up"
    assert not found.beyond_chance


def test_a_share_is_of_known_cases_and_moved_by_no_growth(figures: Figures) -> None:
    lines = []
    for number, code in enumerate(["ALB", "BRA", "CHL", "DZA", "EGY", "FJI", "GHA"]):
        for year, times in ((2018, 1), (2019, 2 + number)):
            lines += [
                line(code, year, 100 * times),
                line(code, year, 30 * times, age=CHILDREN),
                line(code, year, 60 * times, age=ADULTS),
                line(code, year, 10 * times, age="Unknown"),
            ]
    found = {one.by: one for one in patterns.overall(figures(*lines), since=2018, until=2019)}
    assert found[""].beyond_chance
    assert found["age"].category == CHILDREN
    assert found["age"].before_low == pytest.approx(1 / 3)
    assert (found["age"].rose, found["age"].fell) == (0, 0)
    assert not found["age"].beyond_chance


def test_too_few_places_are_not_judged(figures: Figures) -> None:
    rows = figures(line("JOR", 2018, 10), line("JOR", 2019, 90))
    (found,) = patterns.overall(rows, since=2018, until=2019)
    assert found.rarity is None
    assert not found.beyond_chance


def test_shares_stand_on_whoever_told_them_as_in_pictures(figures: Figures) -> None:
    """Also where no total was told, but not where a source prints «<5» under form after form."""
    forms = ("Forced labour", "Sexual exploitation")

    def told(place: str, value: str) -> list[list[object]]:
        return [
            line(place, year, value, dimension="by form of exploitation", category=category)
            for year in (2018, 2019)
            for category in forms
        ]

    rows = figures(
        line("JOR", 2018, 20), *told("JOR", "10"), *told("EGY", "30"), *told("KEN", "<5")
    )
    found = [one for one in patterns.overall(rows, since=2018, until=2019) if one.by == "form"]
    assert [(one.category, one.places, one.before_low) for one in found] == [
        (category, 2, 0.5) for category in forms
    ]
    shown = records(shares(rows, ask("victims", by="by form of exploitation", years="2018")))
    assert {one["share_low"] for one in shown} == {0.5}


def test_the_command_judges_a_file(tmp_path: Path, capsysbinary: Any) -> None:
    lines = [line("JOR", year, 10 + year % 3) for year in range(2010, 2020)]
    file = save_workbook(tmp_path / "figures.xlsx", lines)
    chosen = [str(file), "--as", "glotip", "--year", "2019", "--indicator", "victims"]
    assert main(["patterns", *chosen]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert (told["since"], told["until"]) == (2018, 2019)
    assert [one["place"] for one in told["changes"]] == ["JOR"]
    assert main(["patterns", *chosen[:-1], "unicorns"]) == 1
    assert b"unicorns" in capsysbinary.readouterr().err


def test_the_real_figures_are_judged(glotip_kept: tuple[Path, tabulation.Preview]) -> None:
    rows = tabulation.rows_from([glotip_kept[0]])
    gathered = patterns.gather(rows, indicator="Persons convicted")
    assert {one.indicator for one in gathered} == {"Persons convicted"}
    assert all(list(one.years) == sorted(one.years) for one in gathered)
    found = patterns.breaks(patterns.gather(rows))
    told = [one for one in found if one.beyond_chance]
    # Twice as many, or half, at the least: with so little history nothing less stands out.
    assert 5 <= len(told) <= 60
    assert all(one.rate <= patterns.LEVEL and one.direction in ("up", "down") for one in told)
    assert found == patterns.breaks(patterns.gather(rows))
