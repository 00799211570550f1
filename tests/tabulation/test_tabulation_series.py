"""Expressions on figures small enough to add up in the head."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import tabulation
from marsad.tabulation import (
    answers,
    ask,
    cells,
    checks,
    errors,
    flows,
    justice,
    parts,
    series,
    trends,
)
from marsad.tabulation.answers import records
from marsad.tabulation.engine import Expression
from marsad.tabulation.types import ROW_FIELDS, Row
from tests.tabulation.figures_of_our_own import ADULTS, CHILDREN, CITIZENSHIP, FORM, line

Figures = Callable[..., Expression]


def test_it_counts_places_and_gives_the_range(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, "1,282"),
        line("EGY", 2019, "<5"),
        line("SAF", 2019, "<5"),
        line("", 2020, "8", name="Sark"),
    )
    first, second = answers.series(rows, ask("victims"))
    assert first == {
        "year": 2019,
        "states": 3,
        "low": 1284,
        "high": 1290,
        "censored": 2,
        "not_states": 1,
        "repeated": 0,
        "missing": 0,
        "not_states_named": ["SAF"],
    }
    assert (second["states"], second["not_states"]) == (1, 1)
    (only,) = answers.series(rows, ask("victims", states_only=True))
    assert (only["states"], only["low"], only["high"]) == (2, 1283, 1286)


def test_limits_under_every_form_and_no_total_are_no_report(figures: Figures) -> None:
    forced = {"dimension": FORM, "category": "Forced labour"}
    sexual = {"dimension": FORM, "category": "Sexual exploitation"}
    rows = figures(
        line("JOR", 2019, "<5", **forced),
        line("JOR", 2019, "<5", **sexual),
        # A total, a number, or one form alone is a report.
        line("EGY", 2019, "<5"),
        line("EGY", 2019, "<5", **forced),
        line("EGY", 2019, "<5", **sexual),
        line("LBN", 2019, "7", **forced),
        line("LBN", 2019, "<5", **sexual),
        line("IRQ", 2019, "<5", **forced),
        line("JOR", 2020, "9", **forced),
    )
    question = ask("victims", by=FORM)
    answer = answers.series(rows, question)
    assert [(one["year"], one["category"], one["states"], one["low"]) for one in answer] == [
        (2019, "Forced labour", 3, 9),
        (2019, "Sexual exploitation", 2, 2),
        (2020, "Forced labour", 1, 9),
    ]
    assert records(cells.silent(rows, question)) == [{"place": "JOR", "year": 2019}]
    one_form = ask("victims", dimension=FORM, category="Sexual exploitation", years="2019")
    assert [one["states"] for one in answers.series(rows, one_form)] == [2]
    behind = records(cells.behind(rows, one_form))
    assert {one["place"] for one in behind} == {"EGY", "LBN"}
    assert {one["place"] for one in records(cells.told(rows, one_form))} == {"EGY", "LBN"}


def test_what_the_parts_leave_of_the_total_is_not_known(figures: Figures) -> None:
    forced = {"dimension": FORM, "category": "Forced labour"}
    rows = figures(
        line("JOR", 2019, "20"),
        line("JOR", 2019, "9", **forced),
        line("JOR", 2019, "<5", dimension=FORM, category="Sexual exploitation"),
        # Told no form at all; told more under forms than in total; told no total.
        line("EGY", 2019, "<5"),
        line("LBN", 2019, "6"),
        line("LBN", 2019, "8", **forced),
        line("IRQ", 2019, "30", **forced),
        line("JOR", 2020, "5"),
        line("JOR", 2020, "5", **forced),
    )
    told = {one["year"]: one for one in records(series.shares(rows, ask("victims", by=FORM)))}
    assert (told[2019]["unknown_low"], told[2019]["unknown_high"]) == (7 + 1, 10 + 4)
    assert (told[2020]["unknown_low"], told[2020]["unknown_high"]) == (0, 0)


def test_a_year_of_which_no_part_is_known_says_how_many_are_not_known(figures: Figures) -> None:
    """Such years vanished, and with them their thousands: whatever was told of them was a total."""
    rows = figures(
        line("JOR", 2018, "40"),
        line("SAF", 2018, "<5"),
        line("JOR", 2019, "20"),
        line("JOR", 2019, "12", age=CHILDREN),
        # Printed as unknown, and more of it in the total.
        line("JOR", 2020, "9"),
        line("JOR", 2020, "7", sex="Unknown", age="Unknown"),
    )
    told = records(series.shares(rows, ask("victims", by="age")))
    known = ("year", "age", "states", "low", "high", "known_high", "share_high")
    assert [tuple(one[name] for name in known) for one in told] == [
        (2018, "Unknown", 2, None, None, 0, None),
        (2019, CHILDREN, 1, 12, 12, 12, 1.0),
        (2020, "Unknown", 1, 7, 7, 0, None),
    ]
    unknown = [(one["unknown_low"], one["unknown_high"]) for one in told]
    assert unknown == [(41, 44), (8, 8), (9, 9)]
    left = records(series.not_known(rows, ask("victims", by="age")))
    assert [(one["unknown_low"], one["unknown_high"]) for one in left] == unknown
    assert [(one["states"], one["not_states"]) for one in left] == [(2, 1), (1, 0), (1, 0)]


def test_a_group_of_which_no_part_is_known_says_so_as_well(figures: Figures) -> None:
    forced = {"dimension": FORM, "category": "Forced labour"}
    rows = figures(
        line("JOR", 2019, "8", sex="Female"),
        line("JOR", 2019, "6", sex="Male"),
        line("JOR", 2019, "8", sex="Female", **forced),
        line("JOR", 2019, "9", **forced),
    )
    by_sex = records(series.shares(rows, ask("victims", by=["sex", FORM])))
    told = [(one["sex"], one["category"], one["category_kind"], one["low"]) for one in by_sex]
    assert told == [("Female", "Forced labour", "form", 8), ("Male", "", "empty", None)]
    assert [one["unknown_high"] for one in by_sex] == [0, 6]
    # Nobody's age is told: the form that the line is of keeps its kind.
    (one,) = records(series.shares(rows, ask("victims", by=[FORM, "age"], dimension=FORM)))
    assert (one["category"], one["category_kind"]) == ("Forced labour", "form")
    assert (one["age"], one["unknown_low"]) == ("Unknown", 9)


def test_it_never_adds_dimensions(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, "10"),
        line("JOR", 2019, "6", dimension=FORM, category="Forced labour"),
        line("JOR", 2019, "4", dimension=FORM, category="Sexual exploitation"),
        line("JOR", 2019, "7", dimension=CITIZENSHIP, category="Egypt"),
        line("JOR", 2019, "8", dimension="by country of repatriation", category="Abroad"),
        line("JOR", 2019, "5", dimension="by country of repatriation", category="Egypt"),
        line("JOR", 2019, "6", sex="Female"),
    )
    assert [one["low"] for one in answers.series(rows, ask("victims"))] == [10]
    by_dimension = answers.series(rows, ask("victims", by="dimension"))
    assert {one["dimension"]: one["low"] for one in by_dimension} == {
        "Total": 10,
        FORM: 10,
        CITIZENSHIP: 7,
        "by country of repatriation": 8,
    }
    by_form = answers.series(rows, ask("victims", by=FORM))
    assert [(one["category"], one["low"]) for one in by_form] == [
        ("Forced labour", 6),
        ("Sexual exploitation", 4),
    ]


def test_it_resolves_several_rows_for_a_key_and_tells(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, "<5", sex="Female"),
        line("JOR", 2019, "11", sex="Female"),
        line("JOR", 2019, "30", dimension=FORM, category="Other forms of exploitation"),
        line("JOR", 2019, "12", dimension=FORM, category="Other forms of exploitation"),
        line("JOR", 2019, "<5", dimension=FORM, category="Other forms of exploitation"),
    )
    (women,) = answers.series(rows, ask("victims", by="sex"))
    assert (women["low"], women["high"], women["repeated"]) == (12, 15, 1)
    (others,) = answers.series(rows, ask("victims", by="form", dimension="form"))
    assert (others["low"], others["high"], others["repeated"]) == (30, 46, 1)
    assert {doubt.code for doubt in checks.check(rows)} == {"repeated"}


def test_it_takes_a_margin_where_it_is_told_and_adds_parts_where_it_is_not(
    figures: Figures,
) -> None:
    rows = figures(
        line("JOR", 2019, "10", sex="Female"),
        line("JOR", 2019, "4", sex="Female", age=CHILDREN),
        line("JOR", 2019, "6", sex="Female", age=ADULTS),
        line("EGY", 2019, "3", sex="Female", age=CHILDREN),
        line("EGY", 2019, "2", sex="Female", age=ADULTS),
        line("EGY", 2019, "7", sex="Unknown", age="Unknown"),
    )
    answer = {one["sex"]: one for one in answers.series(rows, ask("victims", by="sex"))}
    assert (answer["Female"]["low"], answer["Female"]["states"]) == (15, 2)
    assert answer["Unknown"]["low"] == 7
    pyramid = answers.series(rows, ask("victims", by=["age", "sex"]))
    assert {(one["age"], one["sex"]): one["low"] for one in pyramid} == {
        (CHILDREN, "Female"): 7,
        (ADULTS, "Female"): 8,
        ("Unknown", "Unknown"): 7,
    }
    (women,) = answers.series(rows, ask("victims", sex="women"))
    assert women["low"] == 15


def test_a_share_is_of_known_cases_and_a_range(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, "6", sex="Female"),
        line("JOR", 2019, "<5", sex="Male"),
        line("JOR", 2019, "90", sex="Unknown", age="Unknown"),
    )
    women, men = records(series.shares(rows, ask("victims", by="sex")))
    assert (women["share_low"], women["share_high"]) == (6 / 10, 6 / 7)
    assert (men["share_low"], men["share_high"]) == (1 / 7, 4 / 10)
    assert women["unknown_low"] == 90


@pytest.mark.parametrize(
    ("by", "more"),
    [
        ("age", {"age": CHILDREN}),
        ("sex", {"sex": "Female", "dimension": FORM}),
        (("country", "sex"), {"sex": "Female", "dimension": FORM}),
        ("age", {"age": CHILDREN, "dimension": FORM, "category": "Forced labour"}),
    ],
)
def test_a_share_can_be_asked_of_one_value_of_what_it_is_laid_out_by(
    figures: Figures, by: Any, more: dict[str, Any]
) -> None:
    """Ibis could not write it down: what is divided and its whole differed in nothing but the order
    of their columns, and it took them for one."""
    rows = figures(
        line("JOR", 2019, "6", sex="Female", age=CHILDREN),
        line("JOR", 2019, "2", sex="Female", age=ADULTS),
        line("JOR", 2019, "9", age=CHILDREN),
    )
    found = records(series.shares(rows, ask("victims", by=by, **more)))
    assert all(one["share_low"] == one["share_high"] == 1 for one in found)
    if by == "age" and "dimension" not in more:
        assert [(one["age"], one["low"]) for one in found] == [(CHILDREN, 9)]


def test_a_change_stands_on_places_that_reported_both_years(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, "10"),
        line("JOR", 2020, "20"),
        line("EGY", 2020, "500"),
        line("MAR", 2019, "<5"),
        line("MAR", 2020, "<5"),
    )
    (one,) = records(trends.change(rows, ask("victims"), since=2019, until=2020))
    assert (one["states"], one["low_since"], one["high_since"]) == (2, 11, 14)
    assert (one["low"], one["high"], one["direction"]) == (21, 24, "up")
    assert one["change_low"] == pytest.approx((21 - 14) / 14)
    each = {one["place"]: one for one in records(trends.changes(rows, ask("victims")))}
    assert set(each) == {"JOR", "MAR"}
    assert each["MAR"]["direction"] == "within the range"
    assert not each["JOR"]["beyond_chance"]


def test_it_says_when_a_change_is_beyond_chance(figures: Figures) -> None:
    rows = figures(line("JOR", 2019, "100"), line("JOR", 2020, "400"))
    (one,) = records(trends.changes(rows, ask("victims")))
    assert one["beyond_chance"]
    (doubt,) = checks.check(rows)
    assert doubt.code == "break"
    assert "from 100 in 2019 to 400 in 2020" in doubt.sentence


def test_classes_leave_a_range_across_a_limit_apart(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, "0", indicator="Persons convicted"),
        line("EGY", 2019, "<5", indicator="Persons convicted"),
        line("MAR", 2019, "<20", indicator="Persons convicted"),
        line("TUN", 2019, "50", indicator="Persons convicted"),
        line("DZA", 2019, "51", indicator="Persons convicted"),
    )
    answer = records(series.classes(rows, ask("convictions")))
    assert {one["band"]: one["states"] for one in answer} == {
        "0": 1, "1-10": 1, "across": 1, "11-50": 1, "51+": 1,
    }  # fmt: skip


def test_the_funnel_stands_on_places_that_reported_every_stage(figures: Figures) -> None:
    stages = (
        "Offences of trafficking in persons",
        "Persons brought into formal contact",
        "Persons prosecuted",
        "Persons convicted",
    )
    rows = figures(
        *(
            line("JOR", 2019, str(40 - 10 * place), indicator=stage)
            for place, stage in enumerate(stages)
        ),
        line("EGY", 2019, "900", indicator=stages[3]),
    )
    answer = records(justice.funnel(rows, ask("victims")))
    assert [one["low"] for one in answer] == [40, 30, 20, 10]
    apart = records(justice.funnel(rows, ask("victims"), common=False))
    assert [one["low"] for one in apart] == [40, 30, 20, 910]


def test_convictions_above_prosecutions_are_asked_about(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, "20", indicator="Persons prosecuted"),
        line("JOR", 2019, "30", indicator="Persons convicted"),
        line("EGY", 2019, "<5", indicator="Persons prosecuted"),
        line("EGY", 2019, "<5", indicator="Persons convicted"),
    )
    (doubt,) = checks.check(rows)
    assert (doubt.place, doubt.severity) == ("JOR", "warn")
    assert "30 convicted, but 20 prosecuted" in doubt.sentence


def test_flows_know_how_far_from_home_people_were(figures: Figures) -> None:
    def from_(category: str) -> list[object]:
        return line("JOR", 2019, "6", dimension=CITIZENSHIP, category=category)

    rows = figures(*map(from_, ("Nationals", "Iraq", "India", "Nigeria", "Stateless")))
    answer = {one["origin"]: one["reach"] for one in records(flows.flows(rows, ask("victims")))}
    assert answer == {
        "JOR": "domestic",
        "IRQ": "same subregion",
        "IND": "other subregion",
        "NGA": "other region",
        "Stateless": "not known",
    }


def test_parts_agree_where_the_ranges_touch(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, "9"),
        line("JOR", 2019, "5", sex="Female"),
        line("JOR", 2019, "<5", sex="Male"),
        line("EGY", 2019, "9"),
        line("EGY", 2019, "9", sex="Female"),
        line("EGY", 2019, "<5", sex="Male"),
        line("MAR", 2019, "9"),
        line("MAR", 2019, "2", sex="Female"),
        line("TUN", 2019, "9"),
        line("TUN", 2019, "12", sex="Female"),
    )
    compared = parts.compared(rows, ask("victims"))
    answer = {
        one["place"]: (one["verdict"], one["if_none"])
        for one in records(compared.filter(compared.split == "sex"))
    }
    assert answer == {
        "JOR": (parts.AGREE, True),
        "EGY": (parts.MORE, True),
        "MAR": (parts.FEWER, False),
        "TUN": (parts.MORE, False),
    }
    codes = {doubt.place: doubt.code for doubt in checks.check(rows)}
    assert codes == {"EGY": "parts-more-unless-none", "MAR": "parts-fewer", "TUN": "parts-more"}


def test_it_asks_when_a_definition_changed() -> None:
    def row(year: int, definition: str) -> Row:
        return Row(
            country="Jordan", place="JOR", place_kind="state", region="Asia",
            subregion="Western Asia", indicator="Detected trafficking victims", dimension="Total",
            category="Total", category_kind="total", sex="Total", age="Total", citizenship="",
            year=year, unit="Counts", low=9, high=9, value="9", censoring="exact", status="",
            source="police", definition=definition, law_article="", counting_unit="persons",
            note="", repeats="rivals", labels="", file="f", sheet="", row=year,
        )  # fmt: skip

    rows = tabulation.rows_in_memory([row(2018, "presumed"), row(2019, "identified")])
    (doubt,) = checks.check(rows)
    assert doubt.code == "definition-changed"
    assert "definition is “identified” in 2019 and was “presumed” in 2018" in doubt.sentence


def test_files_that_disagree_are_rivals() -> None:
    def row(file: str, value: int) -> dict[str, Any]:
        return {
            **dict.fromkeys(ROW_FIELDS, ""),
            "place": "JOR", "place_kind": "state", "indicator": "Detected trafficking victims",
            "dimension": "Total", "category": "Total", "category_kind": "total", "sex": "Total",
            "age": "Total", "year": 2019, "low": value, "high": value, "row": 1,
            "censoring": "exact", "repeats": "parts", "file": file,
        }  # fmt: skip

    rows = tabulation.rows_in_memory(Row(**told) for told in (row("a", 7), row("b", 9)))
    (one,) = answers.series(rows, ask("victims"))
    assert (one["states"], one["low"], one["high"], one["repeated"]) == (1, 7, 9, 1)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["JOR", "EGY", "MAR", "SAF"]),
            st.integers(2017, 2019),
            st.one_of(st.just(None), st.integers(0, 99)),
        ),
        unique_by=lambda one: one[:2],
        min_size=1,
    )
)
def test_it_adds_any_figures_as_a_person_would(
    given_figures: list[tuple[str, int, int | None]],
) -> None:
    rows = tabulation.rows_in_memory(
        Row(
            country=place, place=place, place_kind="regional_group" if place == "SAF" else "state",
            region="", subregion="", indicator="Detected trafficking victims", dimension="Total",
            category="Total", category_kind="total", sex="Total", age="Total", citizenship="",
            year=year, unit="Counts", low=1 if value is None else value,
            high=4 if value is None else value, value="", status="", source="", definition="",
            censoring="censored" if value is None else "exact", law_article="", counting_unit="",
            note="", repeats="rivals", labels="", file="f", sheet="", row=1,
        )
        for place, year, value in given_figures
    )  # fmt: skip
    for one in answers.series(rows, ask("victims")):
        mine = [told for told in given_figures if told[1] == one["year"]]
        assert one["states"] == len(mine)
        assert one["low"] == sum(1 if value is None else value for _p, _y, value in mine)
        assert one["high"] == sum(4 if value is None else value for _p, _y, value in mine)
        assert one["censored"] == sum(value is None for _p, _y, value in mine)
        assert one["not_states"] == sum(place == "SAF" for place, _y, _v in mine)


def test_it_says_what_there_are_figures_on(figures: Figures) -> None:
    with pytest.raises(errors.UnknownIndicator, match="Detected trafficking victims"):
        answers.series(figures(line("JOR", 2019, 7)), ask("tourists"))
    assert answers.series(figures(line("JOR", 2019, 7)), ask("victims", years="2001")) == []


@pytest.mark.parametrize("years", ["19", "2020-2019", "2019-", "soon"])
def test_it_says_which_years_it_takes(years: str) -> None:
    with pytest.raises(errors.BadYears):
        ask("victims", years=years)


def test_it_says_what_figures_can_be_laid_out_by() -> None:
    with pytest.raises(errors.UnknownBreakdown, match="by citizenship"):
        ask("victims", by="weight")


def test_it_says_what_a_figure_is_based_on(figures: Figures) -> None:
    rows = figures(line("JOR", 2019, "1,282"), line("SAF", 2019, "<5"))
    (one,) = answers.series(rows, ask("victims"))
    says = answers.based_on(one, ask("victims"))
    assert says.startswith("Based on 1283 to 1286 detected trafficking victims in 2 States")
