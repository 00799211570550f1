"""Questions to a State: every kind of doubt is found, and told in the words of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from marsad import problems, tabulation
from marsad.tabulation import checks
from marsad.tabulation.engine import Expression
from marsad.tabulation.types import Row
from tests.tabulation.figures_of_our_own import FORM, line

Figures = Callable[..., Expression]


def row(year: int, **other: object) -> Row:
    """A row of our own that says where it comes from."""
    told: dict[str, object] = dict(  # noqa: C408
        country="Jordan", place="JOR", place_kind="state", region="Asia",
        subregion="Western Asia", indicator="Detected trafficking victims", dimension="Total",
        category="Total", category_kind="total", sex="Total", age="Total", citizenship="",
        year=year, unit="Counts", low=9, high=9, value="9", censoring="exact", status="",
        source="police", definition="", law_article="", counting_unit="persons",
        note="", repeats="rivals", labels="", file="f", sheet="", row=year,
    )  # fmt: skip
    return Row(**{**told, **other})  # type: ignore[arg-type]


@pytest.fixture
def in_arabic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server's own translator, digits and language, with Arabic to be read."""
    from django.utils.translation import gettext

    monkeypatch.setattr(problems, "_translate", gettext)
    monkeypatch.setattr(problems, "_language", lambda: "ar")
    with translation.override("ar"):
        yield


def test_it_asks_about_a_break_with_the_history_of_a_series(figures: Figures) -> None:
    calm = [
        line(code, year, 100 + (year * 7 + ord(code[0])) % 11)
        for code in ("ALB", "BRA", "CHL", "DZA", "EGY", "FJI", "GHA", "HND", "IND", "KEN")
        for year in range(2008, 2020)
    ]
    broken = [
        line("JOR", year, 100 + year % 5 if year < 2015 else 420) for year in range(2008, 2020)
    ]
    rows = figures(*calm, *broken)
    (doubt,) = checks.check(rows)
    assert (doubt.code, doubt.severity, doubt.place, doubt.year) == ("break", "ask", "JOR", 2015)
    # Who asks about one State alone is told the same.
    assert checks.check(rows, places=["JOR"]) == [doubt]
    assert checks.check(rows, places=["KEN"]) == []


def test_it_mentions_what_doubled_where_there_is_no_history(figures: Figures) -> None:
    (doubt,) = checks.check(figures(line("JOR", 2019, 100), line("JOR", 2020, 400)))
    assert (doubt.code, doubt.severity) == ("break", "warn")


def test_it_asks_about_impossible_ages_and_duplicates(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, 9, age="12 to 190 years"),
        line("JOR", 2019, 30, dimension=FORM, category="Forced labour"),
        line("JOR", 2019, 12, dimension=FORM, category="Forced labour"),
    )
    told = {doubt.code: doubt for doubt in checks.check(rows)}
    assert told["labelled"].details["label"] == "impossible-age"
    assert "Nobody can be of the age given" in told["labelled"].sentence
    assert "by form of exploitation, Forced labour" in told["repeated"].sentence


def test_a_definition_that_changed_is_found_across_years_that_do_not_say_it() -> None:
    rows = tabulation.rows_in_memory(
        [row(2017, definition="presumed"), row(2018), row(2019, definition="identified")]
    )
    (doubt,) = checks.check(rows)
    assert (doubt.code, doubt.year, doubt.details["since"]) == ("definition-changed", 2019, 2017)


def test_places_are_named_in_full(figures: Figures) -> None:
    rows = figures(
        line("JOR", 2019, 20, indicator="Persons prosecuted"),
        line("JOR", 2019, 30, indicator="Persons convicted"),
    )
    (doubt,) = checks.check(rows)
    assert doubt.sentence.startswith("Jordan 2019: 30 convicted, but 20 prosecuted")
    assert doubt.as_json()["place"] == "JOR"


@pytest.mark.usefixtures("in_arabic")
def test_names_and_words_are_in_the_language_of_the_reader(figures: Figures) -> None:
    rows = figures(line("JOR", 2019, 9), line("JOR", 2019, 12, sex="Female"))
    (doubt,) = checks.check(rows)
    assert "الأردن" in doubt.sentence
    assert "ضحايا الاتجار المكتشفون" in doubt.sentence
    assert "JOR" not in doubt.sentence


def test_places_of_a_demonstration_go_by_the_names_that_are_given() -> None:
    told = checks.sentence(
        "break",
        place="XAA",
        indicator="Persons convicted",
        year=2019,
        details={"since": 2018, "before": "4", "after": "90"},
        named={"XAA": {"en": "Aldoria", "ar": "ألدوريا"}},
    )
    assert told.startswith("Aldoria, Persons convicted: from 4 in 2018 to 90 in 2019.")


def test_every_kind_of_question_can_be_told() -> None:
    details = {
        "split": "sex and age", "parts": "9–12", "total": "8", "convicted": "9", "prosecuted": "7",
        "since": 2018, "before": "4", "after": "9", "rows": 2, "key": ["Total", "", "Female", ""],
        "figure": "9", "what": "counting unit", "count": 3, "where": "data!7",
        "label": "impossible-age",
    }  # fmt: skip
    for code in checks.QUESTIONS:
        told = checks.sentence(
            code, place="JOR", indicator="Persons convicted", year=2019, details=details
        )
        assert told.startswith("Jordan")


def test_a_state_that_gives_parts_and_no_total_is_asked_for_it(figures: Figures) -> None:
    """What it gives takes the place of all that others say of the year, their total too."""
    rows = figures(
        line("JOR", 2018, 9),
        line("JOR", 2018, 4, dimension=FORM, category="Forced labour"),
        line("JOR", 2019, 4, dimension=FORM, category="Forced labour"),
        line("JOR", 2020, 5, sex="Female"),
    )
    (doubt,) = (one for one in checks.check(rows, places=["JOR"], own=True) if one.year == 2019)
    assert (doubt.code, doubt.severity) == ("no-total", "ask")
    assert "gives no total" in doubt.sentence
    codes = {one.code for one in checks.check(rows, places=["JOR"])}
    assert "no-total" not in codes
