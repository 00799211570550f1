"""Figures year by year, and what every figure stands on."""

from __future__ import annotations

from dataclasses import replace

from .cells import folded_cells, key_of
from .engine import Expression, ibis
from .questions import Question


def series(rows: Expression, question: Question) -> Expression:
    """Return, for each year and whatever the question is laid out by:

    * `states`: how many States and places reported;
    * `low`, `high`: the sum with every censored cell at its lowest and at its highest;
    * `censored`: how many cells were censored;
    * `not_states`: how many of `states` are territories, regional groups or other places;
    * `repeated`: how many figures had several rows for one key;
    * `missing`: how many places gave a row without a number.
    """
    found = folded_cells(rows, question)
    by = [name for name in key_of(question) if name not in ("place", "place_kind")]
    if "country" in question.by:
        by += ["place", "place_kind"]
    return summed(found, by)


def summed(found: Expression, by: list[str]) -> Expression:
    """Return cells added over their places."""
    told = found.low.notnull()
    return (
        found.group_by(by)
        .aggregate(
            # A cell is one for each place, so counting cells counts places.
            states=told.cast("int64").sum(),
            low=found.low.sum(),
            high=found.high.sum(),
            censored=found.censored.sum(),
            not_states=(told & (found.place_kind != "state")).cast("int64").sum(),
            repeated=found.repeated.sum(),
            missing=found.missing.sum(),
        )
        .order_by(by)
    )


def not_states(rows: Expression, question: Question) -> Expression:
    """Return, for each year, the places behind `not_states`."""
    found = folded_cells(rows, question)
    odd = found.filter(found.place_kind != "state", found.low.notnull())
    what = [] if question.indicator else ["indicator"]
    return odd.select(*what, "year", "place", "place_kind").distinct().order_by("year", "place")


def coverage(rows: Expression, question: Question) -> Expression:
    """Return, for each year, how many places of each kind reported in each region."""
    found = folded_cells(rows, replace(question, by=(*question.by, "region")))
    told = found.filter(found.low.notnull())
    once = told.group_by(["place", "place_kind", "year"]).aggregate(region=told.region.max())
    return (
        once.group_by(["year", "region", "place_kind"])
        .aggregate(places=once.place.nunique())
        .order_by(["year", "region", "place_kind"])
    )


def shares(rows: Expression, question: Question, *, together: int = 1) -> Expression:
    """Return what share of the known cases falls to each value of the last breakdown.

    Cases of which it is not known are no part of the whole; `unknown_low` and `unknown_high` say
    how many they are: what a place printed as unknown, and at least what its total has more than
    its known parts; all of the total where it told no parts. A share is a range where a count is
    one: the least is its own least among the most of all others.

    :param together: how many of the last breakdowns divide one whole: with 2, by age and sex, the
        shares of women, men, girls and boys make up everybody.
    """
    parted = ["place" if by == "country" else by for by in question.by[-together:]]
    counted = series(rows, question)
    others = [
        name
        for name in key_of(question)
        if name not in ("place", "place_kind", *parted, "category_kind")
    ]
    counted = counted.mutate(is_known=~_is_unknown(counted, parted))
    if "category" in parted:
        counted = counted.filter(~counted.category_kind.isin(["whole", "total"]))
    whole = counted.group_by(others).aggregate(
        known_low=counted.low.sum(where=counted.is_known),
        known_high=counted.high.sum(where=counted.is_known),
    )
    whole = whole.left_join(_unknown(rows, question, others, parted), others)
    whole = whole.select(
        *others,
        "known_low",
        "known_high",
        unknown_low=ibis.coalesce(whole.unknown_low, 0),
        unknown_high=ibis.coalesce(whole.unknown_high, 0),
    )
    one = counted.filter(counted.is_known).join(whole, others)
    most = (one.low + one.known_high - one.high).cast("float64")
    least = (one.high + one.known_low - one.low).cast("float64")
    return (
        one.mutate(
            share_low=ibis.ifelse(most > 0, one.low / most, None),
            share_high=ibis.ifelse(least > 0, one.high / least, None),
        )
        .drop("is_known")
        .order_by([*others, *parted])
    )


def _is_unknown(found: Expression, parted: list[str]) -> Expression:
    unknown = ibis.literal(False)
    for column in parted:
        if column == "category":
            unknown = unknown | found.category_kind.isin(["unknown", "empty", "unread"])
        else:
            unknown = unknown | (found[column] == "Unknown")
    return unknown


def _unknown(
    rows: Expression, question: Question, others: list[str], parted: list[str]
) -> Expression:
    """Return of how many it is not known, place by place and then together."""
    found = folded_cells(rows, question)
    found = found.filter(found.low.notnull())
    if "category" in parted:
        found = found.filter(~found.category_kind.isin(["whole", "total"]))
    found = found.mutate(is_known=~_is_unknown(found, parted))
    key = list(dict.fromkeys([*others, "place"]))
    none = ibis.literal(0, type="int64")
    told = found.select(
        *key,
        known_low=ibis.ifelse(found.is_known, found.low, none),
        known_high=ibis.ifelse(found.is_known, found.high, none),
        printed_low=ibis.ifelse(found.is_known, none, found.low),
        printed_high=ibis.ifelse(found.is_known, none, found.high),
        total_low=none,
        total_high=none,
    )
    total = folded_cells(rows, _undivided(question, parted))
    total = total.filter(total.low.notnull())
    whole = total.select(
        *key,
        **{name: none for name in told.columns if name.startswith(("known", "printed"))},
        total_low=total.low,
        total_high=total.high,
    )
    # The same of both sides: whether a column can be empty is no difference here.
    form = {name: told[name].type().copy(nullable=True) for name in told.columns}
    both = told.cast(form).union(whole.cast(form))
    one = both.group_by(key).aggregate(
        **{name: both[name].sum() for name in both.columns if name not in key}
    )
    return one.group_by(others).aggregate(
        unknown_low=ibis.greatest(one.printed_low, one.total_low - one.known_high).sum(),
        unknown_high=ibis.greatest(one.printed_high, one.total_high - one.known_low).sum(),
    )


def _undivided(question: Question, parted: list[str]) -> Question:
    """The whole that a question divides."""
    kept = tuple(by for by in question.by if ("place" if by == "country" else by) not in parted)
    dimension = "Total" if "category" in parted else question.dimension
    return replace(question, by=kept, dimension=dimension)


def classes(
    rows: Expression, question: Question, *, limits: tuple[int, ...] = (10, 50)
) -> Expression:
    """Return, for each year, how many places fall into each class of counts.

    The classes are none, 1 to the first limit, and so on; a figure whose range lies across a
    limit is in the class "across".
    """
    found = folded_cells(rows, question)
    found = found.filter(found.low.notnull())
    branches = [(found.high == 0, "0")]
    first = 1
    for limit in limits:
        branches.append(((found.low >= first) & (found.high <= limit), f"{first}-{limit}"))
        first = limit + 1
    branches.append((found.low >= first, f"{first}+"))
    classed = found.mutate(band=ibis.cases(*branches, else_="across"))
    return (
        classed.group_by(["year", "band"])
        .aggregate(
            states=classed.place.nunique(),
            not_states=classed.place.nunique(where=classed.place_kind != "state"),
        )
        .order_by(["year", "band"])
    )
