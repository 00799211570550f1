"""Totals beside the sum of their parts, as ranges: do they agree?

A total and its parts agree where the range of the one and the range of the other have a number in
common. A total of 9 and parts of 5 and «<5» agree; parts of 5, 5 and «<5» do not.
"""

from __future__ import annotations

from dataclasses import replace

from .cells import cells, chosen, folded_cells, key_of, one_word_for_one_country
from .engine import Expression, ibis
from .questions import Question

#: By name: what the parts are laid out by, and in which dimension.
SPLITS: dict[str, tuple[tuple[str, ...], str]] = {
    "sex": (("sex",), "Total"),
    "age": (("age",), "Total"),
    "sex and age": (("sex", "age"), "Total"),
    "form": ((), "by form of exploitation"),
    "citizenship": ((), "by citizenship"),
}
#: "may" where the parts need not make up the whole: a State may not know every citizenship.
AGREE, MORE, FEWER = "agree", "parts are more", "parts are fewer"


def compared(rows: Expression, question: Question) -> Expression:
    """Return, for every place, year and split, the total, its parts and whether they agree.

    `if_none` says whether they would agree if «<5» could also mean nobody, which is what some
    sources print it for; `parts` how many parts there are.
    """
    sides = [_one(rows, question, split) for split in SPLITS]
    return ibis.union(*sides).order_by([*_key(question), "split"])


def _key(question: Question) -> list[str]:
    return ["place", "year"] if question.indicator else ["place", "year", "indicator"]


def _one(rows: Expression, question: Question, split: str) -> Expression:
    by, dimension = SPLITS[split]
    total = folded_cells(rows, replace(question, by=(), dimension="Total"))
    key = _key(question)
    total = total.select(
        *key, "place_kind", low="low", high="high", total_censored="censored"
    ).filter(total.low.notnull())
    asked = replace(question, by=by, dimension=dimension)
    parts = _parts(rows, asked)
    parts = parts.filter(parts.low.notnull())
    added = parts.group_by([parts[name].name(f"{name}_") for name in key]).aggregate(
        parts_low=parts.low.sum(),
        parts_high=parts.high.sum(),
        parts_censored=parts.censored.sum(),
        parts=parts.count(),
    )
    both = total.join(added, [total[name] == added[f"{name}_"] for name in key])
    verdict = ibis.cases(
        (both.parts_low > both.high, MORE), (both.parts_high < both.low, FEWER), else_=AGREE
    )
    without = both.parts_low - both.parts_censored
    low_without = both.low - both.total_censored
    return both.select(
        *key,
        "place_kind",
        "low",
        "high",
        "parts_low",
        "parts_high",
        "parts",
        split=ibis.literal(split),
        verdict=verdict,
        if_none=(without <= both.high) & (both.parts_high >= low_without),
    )


def _parts(rows: Expression, question: Question) -> Expression:
    """The parts one by one; a category that is the whole is none of them."""
    if question.dimension == "Total":
        return folded_cells(rows, question)
    picked = chosen(rows, question)
    picked = picked.filter(
        picked.sex == "Total",
        picked.age == "Total",
        ~picked.category_kind.isin(["whole", "total"]),
    )
    return cells(
        one_word_for_one_country(picked),
        key=[*key_of(question), "category", "citizenship"],
        merged=True,
    )
