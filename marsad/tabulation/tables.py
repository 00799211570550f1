"""Named tables: what they count is data (`data/tables/`), and how is one of a few expressions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from . import answers, flows, justice, series, trends
from .answers import Record, records
from .engine import Expression
from .errors import UnknownTable
from .justice import STAGES
from .questions import Question, ask
from .sdmx import sdg_records


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a named table counts."""

    name: str
    #: By language.
    title: Mapping[str, str]
    #: Who is counted, which period, what is left out: by language.
    definition: Mapping[str, str]
    #: Which report, paragraph or indicator it serves.
    serves: tuple[str, ...]
    #: Which expression makes it, and what that is asked.
    expression: str
    question: Mapping[str, Any]
    options: Mapping[str, Any]


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
    folder = files("marsad.tabulation") / "data" / "tables"
    told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return Definition(
        name=name,
        title=MappingProxyType(told["title"]),
        definition=MappingProxyType(told["definition"]),
        serves=tuple(told["serves"]),
        expression=told["expression"],
        question=MappingProxyType(told["question"]),
        options=MappingProxyType(told["options"]),
    )


def table(
    rows: Expression,
    name: str,
    *,
    years: tuple[int, int] | None = None,
    places: tuple[str, ...] = (),
    states_only: bool = False,
) -> list[Record]:
    """Return a named table.

    >>> table(rows, "convictions-classes", years=(2017, 2020))  # doctest: +SKIP
    """
    defined = definition(name)
    question = ask(**defined.question, years=years, places=places, states_only=states_only)
    made: list[Record] = _MAKERS[defined.expression](rows, question, dict(defined.options))
    return made


def above(name: str, language: str = "en") -> list[str]:
    """Return what is printed above a table: its title, its definition, what it serves."""
    defined = definition(name)
    return [defined.title[language], defined.definition[language], "; ".join(defined.serves)]


def _funnel(rows: Expression, question: Question, options: dict[str, Any]) -> list[Record]:
    answer = records(justice.funnel(rows, question, **options))
    return [{**one, "stage": STAGES[one["stage"]]} for one in answer]


def _classes(rows: Expression, question: Question, options: dict[str, Any]) -> list[Record]:
    return records(series.classes(rows, question, limits=tuple(options["limits"])))


def _profile(rows: Expression, question: Question, _options: dict[str, Any]) -> list[Record]:
    return answers.series(rows, replace(question, indicator=""))


_MAKERS: Mapping[str, Any] = {
    "series": lambda rows, question, _: answers.series(rows, question),
    "shares": lambda rows, question, _: records(series.shares(rows, question)),
    "classes": _classes,
    "coverage": lambda rows, question, _: records(series.coverage(rows, question)),
    "steps": lambda rows, question, _: records(trends.steps(rows, question)),
    "flows": lambda rows, question, _: records(flows.flows(rows, question)),
    "reaches": lambda rows, question, _: records(flows.reaches(rows, question)),
    "funnel": _funnel,
    "sdg": lambda rows, question, _: sdg_records(rows, question),
    "profile": _profile,
}
