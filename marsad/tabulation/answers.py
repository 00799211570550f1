"""Expressions run, and their answers with the sentence that says what they stand on."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from marsad.problems import _, said

from . import series as laid_out
from .engine import Expression
from .errors import UnknownIndicator
from .questions import Question
from .words import words

#: One line of an answer.
Record = dict[str, Any]

_BASED = _(
    "Based on {low} {indicator} in {states} States and places; {censored} cells between limits are"
    " shown as a range; {not_states} of the places are no States."
)
_BASED_RANGE = _(
    "Based on {low} to {high} {indicator} in {states} States and places; {censored} cells between"
    " limits are shown as a range; {not_states} of the places are no States."
)


def records(expression: Expression) -> list[Record]:
    """Run an expression and return its rows, with plain Python values."""
    return list(expression.to_pyarrow().to_pylist())


def indicators(rows: Expression) -> list[str]:
    """Return the indicators there are figures on, the known ones first and in their order."""
    there = {one["indicator"] for one in records(rows.select("indicator").distinct())}
    known = [word.word for word in words("indicator") if word.word in there]
    return [*known, *sorted(there - set(known))]


def series(rows: Expression, question: Question) -> list[Record]:
    """Return the figures year by year, each with the places that are no States named.

    :raises UnknownIndicator: if there are no figures on the indicator at all.
    """
    answer = records(laid_out.series(rows, question))
    if not answer and question.indicator:
        known = indicators(rows)
        if question.indicator not in known:
            raise UnknownIndicator(given=question.indicator, known=", ".join(known))
    named = defaultdict(list)
    if any(one["not_states"] for one in answer):
        for place in records(laid_out.not_states(rows, question)):
            named[place.get("indicator"), place["year"]].append(place["place"])
    for one in answer:
        key = one.get("indicator"), one["year"]
        one["not_states_named"] = named[key] if one["not_states"] else []
    return answer


def based_on(record: Record, question: Question) -> str:
    """Return the sentence that belongs under a picture of this figure."""
    says = _BASED if record["low"] == record["high"] else _BASED_RANGE
    told = {name: record[name] for name in ("low", "high", "states", "censored", "not_states")}
    return said(says, {**told, "indicator": question.indicator.lower()})
