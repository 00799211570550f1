"""The way of cases through justice: offences, suspects, prosecutions, convictions."""

from __future__ import annotations

from dataclasses import replace

from .cells import cells, folded_cells
from .engine import Expression, ibis
from .questions import Question
from .words import words

#: The stages in the order in which a case passes them.
STAGES = ("offences", "suspects", "prosecutions", "convictions")


def funnel(rows: Expression, question: Question, *, common: bool = True) -> Expression:
    """Return, for each year and stage, the figures of the places that reported every stage.

    With `common=False` each stage stands on whoever reported it, and the stages can then not be
    compared. The convicted of a year are mostly not the prosecuted of that year: a share of one in
    the other is no rate.

    :param question: its indicator counts for nothing; years, places and sort of place do.
    """
    found = _stages(rows, question)
    if common:
        full = _full(found)
        found = found.join(full, [found.place == full.in_all, found.year == full.of_year])
    return (
        found.group_by(["year", "stage"])
        .aggregate(
            states=found.place.nunique(),
            not_states=found.place.nunique(where=found.place_kind != "state"),
            low=found.low.sum(),
            high=found.high.sum(),
            censored=found.censored.sum(),
        )
        .order_by(["year", "stage"])
    )


def of_full_places(rows: Expression) -> Expression:
    """Return the rows of those places and years in which every stage was reported."""
    full = _full(_stages(rows, Question(indicator="")))
    return rows.semi_join(full, [rows.place == full.in_all, rows.year == full.of_year])


def _full(found: Expression) -> Expression:
    full = found.group_by(["place", "year"]).aggregate(stages=found.indicator.nunique())
    return full.filter(full.stages == len(STAGES)).select(in_all=full.place, of_year=full.year)


def _stages(rows: Expression, question: Question) -> Expression:
    named = {word.code: word.word for word in words("indicator")}
    of_all = Question(
        indicator="",
        years=question.years,
        places=question.places,
        states_only=question.states_only,
    )
    found = folded_cells(rows, of_all)
    found = found.filter(
        found.indicator.isin([named[stage] for stage in STAGES]), found.low.notnull()
    )
    orders = [(found.indicator == named[stage], place) for place, stage in enumerate(STAGES)]
    return found.mutate(stage=ibis.cases(*orders, else_=len(STAGES)))


def _within(rows: Expression, question: Question) -> Expression:
    """Rows of the years and places of a question."""
    if question.years is not None:
        rows = rows.filter(rows.year.between(*question.years))
    if question.places:
        rows = rows.filter(rows.place.isin(list(question.places)))
    if question.states_only:
        rows = rows.filter(rows.place_kind == "state")
    return rows


def both(rows: Expression, question: Question, earlier: str, later: str) -> Expression:
    """Return two stages of the same places and years side by side."""
    one, other = replace(question, indicator=earlier), replace(question, indicator=later)
    first, second = (
        cells(
            _within(
                rows.filter(
                    rows.indicator == asked.indicator,
                    rows.dimension == "Total",
                    rows.category_kind == "total",
                    rows.sex == "Total",
                    rows.age == "Total",
                ),
                asked,
            ),
            key=["place", "year"],
        ).select("place", "year", "low", "high")
        for asked in (one, other)
    )
    before = first.rename(low_before="low", high_before="high")
    return before.join(second, ["place", "year"]).order_by(["place", "year"])
