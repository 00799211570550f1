"""Named tables: what they count is data (`data/tables/`), and how is one of a few expressions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from . import answers, flows, justice, series, trends
from .answers import Record, records
from .categories import CITIZENSHIP, FORM
from .engine import Expression, ibis
from .errors import UnknownIndicator, UnknownTable
from .justice import STAGES
from .populations import Populations
from .questions import Question, ask
from .sdmx import sdg_records
from .words import words

#: The reach of those of whom it is not known.
UNKNOWN_REACH = flows.REACHES[-1]
#: What may stand above a table, in this order.
ABOVE = ("counts", "period", "leaves_out", "serves")


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a named table counts. Words are by language, "ar" and "en"."""

    name: str
    title: Mapping[str, str]
    #: Who or what is counted; the period; who is left out.
    counts: Mapping[str, str]
    period: Mapping[str, str]
    leaves_out: Mapping[str, str]
    #: Which reports, paragraphs, indicators it serves: codes, in words in `data/table_words.json`.
    serves: tuple[str, ...]
    #: Which expression makes it, and what that is asked.
    expression: str
    question: Mapping[str, Any]
    options: Mapping[str, Any]
    #: What picture shows the same; empty where none does.
    picture: Mapping[str, Any]


def names() -> tuple[str, ...]:
    """Return the names of all tables."""
    folder = files("marsad.tabulation") / "data" / "tables"
    return tuple(sorted(entry.name.removesuffix(".json") for entry in folder.iterdir()))


@cache
def definition(name: str) -> Definition:
    """Return what a table counts.

    :raises UnknownTable: if there is none of this name.
    """
    if name not in names():
        raise UnknownTable(given=name, known=", ".join(names()))
    told = _told(f"tables/{name}.json")
    return Definition(
        name=name,
        serves=tuple(told["serves"]),
        expression=told["expression"],
        **{
            field: MappingProxyType(told.get(field, {}))
            for field in ("title", *ABOVE[:-1], "question", "options", "picture")
        },
    )


def table(
    rows: Expression,
    name: str,
    *,
    years: tuple[int, int] | None = None,
    places: tuple[str, ...] = (),
    states_only: bool = False,
    populations: Populations | None = None,
) -> list[Record]:
    """Return a named table.

    >>> table(rows, "convictions-classes", years=(2017, 2020))  # doctest: +SKIP

    :param populations: what rates of SDG 16.2.2 are taken of; without them there are counts only.
    """
    defined = definition(name)
    question = ask(**defined.question, years=years, places=places, states_only=states_only)
    options = dict(defined.options)
    if defined.expression == "sdg":
        options["populations"] = populations
    made: list[Record] = _MAKERS[defined.expression](rows, question, options)
    return made


def above(
    name: str,
    language: str = "en",
    *,
    populations: Populations | None = None,
) -> list[str]:
    """Return what is printed above a table: title, who is counted, period, who is not, purpose."""
    defined = definition(name)
    words = _told("table_words.json")
    lines = [defined.title[language]]
    for part in ABOVE[:-1]:
        lines.append(f"{words['above'][part][language]}: {getattr(defined, part)[language]}")
    if defined.expression == "sdg":
        rates = "rates_of" if populations else "no_rates"
        lines.append(words[rates][language].format(name=populations.name if populations else ""))
    joint = "؛ " if language == "ar" else "; "
    purpose = joint.join(words["serves"][code][language] for code in defined.serves)
    return [*lines, f"{words['above']['serves'][language]}: {purpose}"]


def purposes(name: str, language: str = "en") -> list[str]:
    """Return which reports, paragraphs or indicators a table serves, in words."""
    words = _told("table_words.json")["serves"]
    return [words[code][language] for code in definition(name).serves]


@cache
def _told(name: str) -> Any:
    path = files("marsad.tabulation") / "data" / name
    return json.loads(path.read_text(encoding="utf-8"))


def _series(rows: Expression, question: Question, _options: dict[str, Any]) -> list[Record]:
    """Figures by year; none where nobody reported any, for what a table counts is known."""
    try:
        return answers.series(rows, question)
    except UnknownIndicator:
        return []


def _funnel(rows: Expression, question: Question, options: dict[str, Any]) -> list[Record]:
    answer = records(justice.funnel(rows, question, **options))
    return [{**one, "stage": STAGES[one["stage"]]} for one in answer]


def _classes(rows: Expression, question: Question, options: dict[str, Any]) -> list[Record]:
    return _of_places(records(series.classes(rows, question, limits=tuple(options["limits"]))))


def _directions(rows: Expression, question: Question, _options: dict[str, Any]) -> list[Record]:
    """How many places had more, fewer, or as many as chance alone could make of the same."""
    found = trends.changes(rows, question)
    trend = ibis.cases(
        (found.beyond_chance & (found.low > found.high_since), "up"),
        (found.beyond_chance & (found.high < found.low_since), "down"),
        else_="stable",
    )
    told = found.mutate(trend=trend)
    counted = told.group_by(["year_since", "year", "trend"]).aggregate(
        states=told.place.nunique(),
        not_states=told.place.nunique(where=told.place_kind != "state"),
    )
    return _of_places(records(counted.order_by(["year", "trend"])))


def _of_places(found: list[Record]) -> list[Record]:
    """Each with how many places there are in all of that year, and its share of them."""
    whole: dict[int, int] = defaultdict(int)
    for one in found:
        whole[one["year"]] += one["states"]
    return [
        {**one, "of": whole[one["year"]], "share_of_places": one["states"] / whole[one["year"]]}
        for one in found
    ]


def _reaches(rows: Expression, question: Question, _options: dict[str, Any]) -> list[Record]:
    """Counts by reach, with the share of each in those whose reach is known.

    A year in which nobody told any citizenship has one line, which says how many are not known.
    """
    answer = records(flows.reaches(rows, question))
    left = {one["year"]: one for one in records(reach_not_known(rows, question))}
    sums: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_SUMS, 0))
    for year, one in left.items():
        sums[year] |= {name: one[name] for name in ("unknown_low", "unknown_high")}
    for one in answer:
        if one["reach"] != UNKNOWN_REACH:
            for side in ("low", "high"):
                sums[one["year"]][f"known_{side}"] += one[side]
    told = {one["year"] for one in answer}
    answer += [
        {
            "year": year, "reach": UNKNOWN_REACH, "states": one["states"],
            "low": None, "high": None, "censored": 0,
        }
        for year, one in left.items()
        if year not in told and one["unknown_high"]
    ]  # fmt: skip
    answer.sort(key=lambda one: one["year"])
    return [{**one, **_share(one, sums[one["year"]])} for one in answer]


def reach_not_known(rows: Expression, question: Question) -> Expression:
    """Return, for each year, of how many people it is not known how far from home they were."""
    by_citizenship = replace(question, dimension=CITIZENSHIP, by=("category",))
    return series.not_known(rows, by_citizenship, marked=_with_known_reach)


def _with_known_reach(found: Expression) -> Expression:
    placed = flows.with_reach(found.rename(origin="category"))
    return placed.mutate(is_known=placed.reach != UNKNOWN_REACH)


def _share(one: Record, sums: Mapping[str, int]) -> Record:
    if one["reach"] == UNKNOWN_REACH:
        return {**sums, "share_low": None, "share_high": None}
    most = one["low"] + sums["known_high"] - one["high"]
    least = one["high"] + sums["known_low"] - one["low"]
    return {
        **sums,
        "share_low": one["low"] / most if most else None,
        "share_high": one["high"] / least if least else None,
    }


def _profile(rows: Expression, question: Question, _options: dict[str, Any]) -> list[Record]:
    """Every indicator of every place asked for, laid out one way after the other."""
    found: list[Record] = []
    for dimension, by in _LAYOUTS:
        asked = replace(question, indicator="", dimension=dimension, by=("country", *by))
        for one in records(series.series(rows, asked)):
            line = {column: one.get(column, "Total") for column in _OF_PROFILE}
            line["category_kind"] = one.get("category_kind", "total")
            line["dimension"] = dimension
            found.append(line | {name: one[name] for name in _SAID})
    order = {word.word: at for at, word in enumerate(words("indicator"))}
    layouts = {dimension: at for at, (dimension, _by) in enumerate(_LAYOUTS)}
    return sorted(
        found,
        key=lambda one: (
            one["place"],
            order.get(one["indicator"], len(order)),
            layouts[one["dimension"]],
            one["year"],
            *(str(one[name]) for name in ("category", "sex", "age")),
        ),
    )


#: How a national profile lays the figures out: in which dimension, and by what besides the place.
_LAYOUTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Total", ()),
    ("Total", ("sex",)),
    ("Total", ("age",)),
    (FORM, ("category",)),
    (CITIZENSHIP, ("category",)),
    ("by country of repatriation", ("category",)),
)
_OF_PROFILE = (
    "place", "place_kind", "indicator", "year", "dimension", "category", "category_kind", "sex",
    "age",
)  # fmt: skip
_SAID = ("low", "high", "censored", "repeated", "missing")
_SUMS = ("known_low", "known_high", "unknown_low", "unknown_high")

_MAKERS: Mapping[str, Any] = {
    "series": _series,
    "shares": lambda rows, question, options: records(series.shares(rows, question, **options)),
    "classes": _classes,
    "coverage": lambda rows, question, _: records(series.coverage(rows, question)),
    "steps": lambda rows, question, _: records(trends.steps(rows, question)),
    "directions": _directions,
    "flows": lambda rows, question, _: records(flows.flows(rows, question)),
    "reaches": _reaches,
    "funnel": _funnel,
    "sdg": lambda rows, question, options: sdg_records(rows, question, **options),
    "profile": _profile,
}
