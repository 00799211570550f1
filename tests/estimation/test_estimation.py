"""Lists that overlap say how many people are on none of them, or say that they cannot."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
import math
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as some

from marsad import estimation
from marsad.estimation import Lists, NoEstimate, errors, model
from marsad.estimation.__main__ import main
from marsad.estimation.model import Flaw, Table
from marsad.problems import Problem

SHARED = Path(os.environ.get("MARSAD_SHARED") or Path(__file__).parents[2].parent / "shared")
#: Published with the method: population, lower and upper bound at 95 per cent.
PUBLISHED = {
    "mse_ukdat.csv": (11_418, 9_977, 13_146),
    "mse_ukdat_5.csv": (11_313, 9_884, 13_027),
    "mse_neworl_5.csv": (1_034, 658, 1_709),
}


def table(**counts: int) -> Lists:
    """Three lists of our own making: `table(p=60, ps=9)` is 60 on the police's list alone, 9 on
    that and the shelters'; `h` is the hotline's."""
    histories = {
        tuple(int(letter in on) for letter in "psh"): count for on, count in counts.items()
    }
    return Lists(names=["police", "shelters", "hotline"], counts=histories)


def independent(sizes: tuple[float, ...], *, population: int) -> Lists:
    """Lists that know nothing of one another: each holds a share of the population."""
    counts = {}
    for history in itertools.product((0, 1), repeat=len(sizes)):
        share = math.prod(s if on else 1 - s for s, on in zip(sizes, history, strict=True))
        if any(history):
            counts[history] = round(share * population)
    return Lists(names=[f"list {place}" for place in range(len(sizes))], counts=counts)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are told in the sources' own words, whatever language the tests are run in."""
    with translation.override("en"):
        yield


# ── what is published ────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", PUBLISHED)
def test_it_finds_the_published_estimates(name: str) -> None:
    file = SHARED / "data" / "mse" / name
    if not file.exists():
        pytest.skip("the published tables are not here")
    found = estimation.estimate(estimation.read_lists(file.read_bytes())).as_json()
    assert (found["estimate"], found["low"], found["high"]) == PUBLISHED[name]


def test_it_warns_where_models_of_the_published_artificial_table_cannot_be_told_apart() -> None:
    file = SHARED / "data" / "mse" / "mse_artificial_3.csv"
    if not file.exists():
        pytest.skip("the published tables are not here")
    lists = estimation.read_lists(file.read_bytes())
    told = {caution.code for caution in estimation.estimate(lists).cautions}
    assert {"all-pairs-not-identified", "no-maximum"} <= told
    laid = Table(lists)
    assert laid.flaw([(0, 1)]) is Flaw.NO_MAXIMUM
    assert laid.flaw(laid.pairs) is Flaw.NOT_IDENTIFIED
    assert laid.flaw([(0, 2), (1, 2)]) is None


# ── what is known ────────────────────────────────────────────────────────────────────────────────
def test_two_lists_give_what_lincoln_and_petersen_give() -> None:
    lists = Lists(names=["a", "b"], counts={(1, 0): 80, (0, 1): 40, (1, 1): 20})
    found = estimation.estimate(lists)
    assert found.population == pytest.approx(100 * 60 / 20)
    assert [caution.code for caution in found.cautions] == ["two-lists"]


@settings(max_examples=40)
@given(some.lists(some.floats(0.15, 0.6), min_size=3, max_size=5), some.integers(20_000, 400_000))
def test_it_finds_the_population_behind_lists_that_know_nothing_of_one_another(
    sizes: list[float], population: int
) -> None:
    lists = independent(tuple(sizes), population=population)
    found = estimation.estimate(lists, method="main")
    assert found.population == pytest.approx(population, rel=0.02)
    assert found.low < found.population < found.high


@settings(max_examples=60)
@given(some.lists(some.integers(0, 60), min_size=7, max_size=7))
def test_whatever_is_counted_it_estimates_or_says_why_not(counts: list[int]) -> None:
    names = ["p", "s", "h", "ps", "sh", "ph", "psh"]
    lists = table(**dict(zip(names, counts, strict=True)))
    try:
        found = estimation.estimate(lists)
    except (NoEstimate, errors.TooFewLists):
        return
    assert math.isfinite(found.population)
    assert found.observed == sum(counts)
    assert found.observed <= found.low <= found.population <= found.high
    json.dumps(found.as_json(), allow_nan=False)


@settings(max_examples=30)
@given(some.permutations([0, 1, 2, 3]))
def test_the_order_of_the_lists_does_not_matter(order: list[int]) -> None:
    rng = np.random.default_rng(7)
    on = rng.random((900, 4)) < [0.2, 0.3, 0.15, 0.25]
    on[:, 3] |= on[:, 0] & (rng.random(900) < 0.5)
    people = [tuple(int(cell) for cell in row) for row in on if row.any()]
    counts = {history: people.count(history) for history in set(people)}
    turned = {tuple(history[place] for place in order): n for history, n in counts.items()}
    first = estimation.estimate(Lists(names=list("abcd"), counts=counts))
    second = estimation.estimate(Lists(names=["abcd"[place] for place in order], counts=turned))
    assert second.population == pytest.approx(first.population, rel=1e-6)
    assert {frozenset(each.lists) for each in first.interactions} == {
        frozenset(each.lists) for each in second.interactions
    }


def test_lists_that_lean_on_one_another_are_found() -> None:
    found = estimation.estimate(table(p=200, s=150, h=180, ps=90, ph=12, sh=10, psh=5))
    assert [each.lists for each in found.interactions] == [("police", "shelters")]
    assert found.interactions[0].effect > 0
    main = estimation.estimate(
        table(p=200, s=150, h=180, ps=90, ph=12, sh=10, psh=5), method="main"
    )
    assert main.interactions == []
    assert main.population < found.population


def test_a_pair_that_nobody_is_on_both_lists_of_has_an_effect_below_all_numbers() -> None:
    found = estimation.estimate(table(p=400, s=500, h=300, ps=0, ph=60, sh=70))
    pair = next(each for each in found.interactions if each.lists == ("police", "shelters"))
    assert pair.effect == -math.inf
    assert found.as_json()["interactions"][0]["effect"] is None


# ── how it came about ────────────────────────────────────────────────────────────────────────────
def test_it_tells_what_it_tried_round_by_round() -> None:
    found = estimation.estimate(table(p=200, s=150, h=180, ps=90, ph=12, sh=10, psh=5))
    assert found.steps[0].lists == ("police", "shelters")
    assert found.steps[0].taken
    assert found.steps[0].overlap == 95
    assert found.steps[0].population == pytest.approx(found.population)
    # The last round takes nothing: what was rarest then is not rare.
    assert not found.steps[-1].taken
    assert found.steps[-1].p_value >= estimation.THRESHOLD
    assert [each.p_value for each in found.interactions] == [found.steps[0].p_value]
    main = estimation.estimate(table(p=20, s=15, h=18, ps=9, ph=2, sh=3), method="main")
    assert main.steps == []


def test_it_says_what_the_counts_are_like() -> None:
    found = estimation.estimate(table(p=200, s=150, h=180, ps=0, ph=12, sh=10, psh=0))
    assert (found.checks.cells, found.checks.cells_empty) == (7, 2)
    assert (found.checks.pairs_empty, found.checks.overlap) == (1, 22)
    assert found.checks.sparse
    told = estimation.estimate(table(p=200, s=150, h=180, ps=20, ph=12, sh=10, psh=5)).as_json()
    assert told["checks"] == {
        "cells": 7, "cells_empty": 0, "pairs": 3, "pairs_empty": 0, "overlap": 47,
        "identified": True, "exists": True, "sparse": False,
    }  # fmt: skip


# ── bounds from counts drawn anew ────────────────────────────────────────────────────────────────
def test_bounds_from_counts_drawn_anew_hold_the_estimate_and_are_always_the_same() -> None:
    lists = table(p=200, s=150, h=180, ps=30, ph=32, sh=30, psh=7)
    found = estimation.estimate(lists)
    drawn = estimation.bounds(lists, times=80)
    assert drawn.low < found.population < drawn.high
    assert drawn.failed == 0
    assert drawn == estimation.bounds(lists, times=80)
    json.dumps(drawn.as_json(), allow_nan=False)


def test_draws_without_an_estimate_leave_no_upper_bound() -> None:
    drawn = estimation.bounds(table(p=40, s=30, h=25, ps=1), times=60)
    assert drawn.failed > 0
    assert drawn.high == math.inf
    assert drawn.as_json()["high"] is None


@settings(max_examples=12)
@given(some.lists(some.integers(0, 40), min_size=7, max_size=7))
def test_bounds_never_lie_below_those_who_were_seen(counts: list[int]) -> None:
    lists = table(**dict(zip(["p", "s", "h", "ps", "sh", "ph", "psh"], counts, strict=True)))
    try:
        estimation.estimate(lists)
    except (NoEstimate, errors.TooFewLists):
        return
    drawn = estimation.bounds(lists, times=20)
    assert lists.observed <= drawn.low <= drawn.high


@settings(max_examples=80)
@given(some.lists(some.integers(0, 6), min_size=7, max_size=7))
def test_steps_that_end_and_the_linear_programme_agree(counts: list[int]) -> None:
    names = ["p", "s", "h", "ps", "sh", "ph", "psh"]
    laid = Table(table(**dict(zip(names, counts, strict=True))))
    for pairs in ([], [(0, 1)], laid.pairs[:2], laid.pairs):
        _empty, kept, design = laid._design(pairs)
        if np.linalg.matrix_rank(design) == design.shape[1] and model._is_reached(
            design, laid.counts[kept]
        ):
            assert model._has_maximum(design, laid.counts[kept])


# ── what cannot be estimated ─────────────────────────────────────────────────────────────────────
def test_it_refuses_lists_without_any_overlap() -> None:
    with pytest.raises(NoEstimate, match="more than one list"):
        estimation.estimate(table(p=40, s=30, h=20))


def test_a_list_with_nobody_on_it_is_left_out_and_said() -> None:
    found = estimation.estimate(table(p=40, s=30, ps=6))
    assert found.lists == ["police", "shelters"]
    assert found.cautions[0].code == "list-empty"
    assert "hotline" in found.cautions[0].says


@pytest.mark.parametrize(
    ("written", "problem", "where"),
    [
        (b"", errors.NotATable, {}),
        (b"\xff\xfe\x00", errors.NotATable, {}),
        (b"a,n\n1,4\n", errors.TooFewLists, {"count": 1}),
        (b"a,b,n\n1,0\n", errors.UnevenRow, {"row": 2}),
        (b"a,b,n\n1,2,4\n", errors.NotAMark, {"row": 2, "column": "b", "value": "2"}),
        (b"a,b,n\n1,0,-4\n", errors.NotACount, {"row": 2, "value": "-4"}),
        (b"a,b,n\n1,0,<5\n", errors.NotACount, {"value": "<5"}),
        (b"a,b,n\n1,0,4.5\n", errors.NotACount, {"value": "4.5"}),
        (b"a,b,n\n1,0,4\n\n0,0,9\n", errors.OnNoList, {"row": 4}),
        (b"a,b,n\n1,0,4\n0,0,many\n", errors.NotACount, {"row": 3, "value": "many"}),
        (b"a,b,c,d,e,f,g,h,i,j,k,n\n" + b"1," * 11 + b"4\n", errors.TooManyLists, {"count": 11}),
    ],
)
def test_it_says_what_is_wrong_with_a_table_and_where(
    written: bytes, problem: type[Problem], where: dict[str, object]
) -> None:
    with pytest.raises(problem) as told:
        estimation.read_lists(written, name="lists.csv")
    assert told.value.details.items() >= {"name": "lists.csv", **where}.items()
    assert "lists.csv" in str(told.value)


def test_it_reads_digits_of_every_script_and_adds_rows_of_one_history() -> None:
    lists = estimation.read_lists("شرطة;مأوى;ن\n١;٠;٤٠\n1;0;2\n0;1;7\n".encode())
    assert lists.names == ["شرطة", "مأوى"]
    assert lists.counts == {(1, 0): 42, (0, 1): 7}


@pytest.mark.parametrize("nobody", ["", "0", "٠", "NA", "?"])
def test_a_table_of_every_combination_may_leave_open_what_is_asked(nobody: str) -> None:
    lists = estimation.read_lists(f"a,b,n\n0,0,{nobody}\n1,0,4\n0,1,3\n1,1,2\n".encode())
    assert lists.counts == {(1, 0): 4, (0, 1): 3, (1, 1): 2}


@given(
    some.dictionaries(
        some.tuples(*[some.integers(0, 1)] * 3).filter(any), some.integers(0, 10_000), min_size=1
    )
)
def test_what_is_written_is_read_again(counts: dict[tuple[int, ...], int]) -> None:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["a", "b", "c", "n"])
    rows.writerows([*history, count] for history, count in counts.items())
    assert estimation.read_lists(out.getvalue().encode()).counts == counts


@given(some.binary(max_size=200))
def test_rubbish_is_refused_and_never_breaks_anything(data: bytes) -> None:
    with contextlib.suppress(errors.Invalid):
        estimation.read_lists(data)


# ── the command ──────────────────────────────────────────────────────────────────────────────────
def test_the_command_prints_the_estimate_and_what_speaks_against_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lists.csv"
    file.write_text("A,B,n\n1,0,80\n0,1,40\n1,1,20\n", encoding="utf-8")
    assert main([str(file)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("300 people (95%: ")
    assert "! With two lists" in told
    assert main([str(file), "--method", "main", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["estimate"] == 300
    assert main([str(file), "--bootstrap", "40", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bootstrap"]["times"] == 40
    assert main([str(file), "--bootstrap", "40"]) == 0
    assert "with the choice of the model: " in capsys.readouterr().out


def test_the_command_says_in_a_sentence_that_there_is_no_estimate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lists.csv"
    file.write_text("A,B,n\n1,0,80\n0,1,40\n", encoding="utf-8")
    assert main([str(file)]) == 1
    assert "any number would be a guess" in capsys.readouterr().err
    assert main([str(tmp_path / "none.csv")]) == 1


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--bootstrap", "-1"], "from 40 to 100,000 times, not “-1”"),
        (["--bootstrap", "39"], "not “39”"),
        (["--bootstrap", "9" * 5000], "from 40 to 100,000 times"),
        (["--bootstrap", "2.5"], "not “2.5”"),
        (["--threshold", "5"], "“5” is no p-value: write one from 0 to 1"),
        (["--threshold", "nan"], "“nan” is no p-value"),
        (["--threshold", "-0.1"], "“-0.1” is no p-value"),
        (["--threshold", "few"], "“few” is no p-value"),
    ],
)
def test_the_command_bounds_what_it_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str], says: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / "lists.csv"), *asked])
    assert ended.value.code == 2
    assert says in capsys.readouterr().err
