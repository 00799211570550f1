"""Figures year by year, and what every figure stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

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
    how many they are: see `not_known`. A share is a range where a count is one: the least is its
    own least among the most of all others.

    A year of which no part is known has lines without a share: what was printed as unknown, or,
    where only a total was told, one line without a figure, its sex or age "Unknown" and its
    category empty.

    :param together: how many of the last breakdowns divide one whole: with 2, by age and sex, the
        shares of women, men, girls and boys make up everybody.
    """
    parted = _parted(question, together)
    others = _others(question, parted)
    counted = _parts_of(series(rows, question), parted)
    unknown = not_known(rows, question, together=together)
    none = ibis.literal(0, type="int64")
    whole = counted.group_by(others).aggregate(
        known_lines=counted.is_known.cast("int64").sum(),
        known_low=counted.low.sum(where=counted.is_known),
        known_high=counted.high.sum(where=counted.is_known),
    )
    whole = whole.left_join(unknown, others)
    whole = whole.select(
        *others,
        "known_lines",
        **{
            name: ibis.coalesce(whole[name], none)
            for name in ("known_low", "known_high", "unknown_low", "unknown_high")
        },
    )
    one = counted.join(whole, others)
    one = one.filter(one.is_known | (one.known_lines == 0))
    most = (one.low + one.known_high - one.high).cast("float64")
    least = (one.high + one.known_low - one.low).cast("float64")
    one = one.mutate(
        share_low=ibis.ifelse(one.is_known & (most > 0), one.low / most, None),
        share_high=ibis.ifelse(one.is_known & (least > 0), one.high / least, None),
    ).drop("is_known", "known_lines")
    untold = unknown.filter(unknown.unknown_high > 0).anti_join(counted, others)
    return _one_below_other(one, _without_parts(untold, one, parted)).order_by([*others, *parted])


def not_known(
    rows: Expression,
    question: Question,
    *,
    together: int = 1,
    marked: Callable[[Expression], Expression] | None = None,
) -> Expression:
    """Return of how many people or cases the last breakdown is not known, year by year.

    Of each place that is what it printed as unknown, and at least what its total has more than its
    known parts; all of the total where it told no parts. A year has its line also where nobody
    told any part. `states` and `not_states` count the places that leave any unknown.

    :param together: as in `shares`.
    :param marked: tells of cells which are known, as `is_known`, where that is not told by the
        words "unknown" and their like.
    """
    parted = _parted(question, together)
    others = _others(question, parted)
    mark = marked or partial(_parts_of, parted=parted)
    found = folded_cells(rows, question)
    found = mark(_without_wholes(found.filter(found.low.notnull()), parted))
    total = folded_cells(rows, _undivided(question, parted))
    total = total.filter(total.low.notnull())
    key = list(dict.fromkeys([*others, "place", "place_kind"]))
    kind = ["category_kind"] if "category" in others else []
    none = ibis.literal(0, type="int64")
    told = found.select(
        *key,
        *kind,
        known_low=ibis.ifelse(found.is_known, found.low, none),
        known_high=ibis.ifelse(found.is_known, found.high, none),
        printed_low=ibis.ifelse(found.is_known, none, found.low),
        printed_high=ibis.ifelse(found.is_known, none, found.high),
        total_low=none,
        total_high=none,
    )
    sums = [name for name in told.columns if name not in (*key, *kind)]
    whole = total.select(
        *key,
        *kind,
        **{name: none for name in sums if not name.startswith("total")},
        total_low=total.low,
        total_high=total.high,
    )
    both = _one_below_other(told, whole)
    one = both.group_by(key).aggregate(
        **{name: both[name].max() for name in kind}, **{name: both[name].sum() for name in sums}
    )
    one = one.mutate(
        low=ibis.greatest(one.printed_low, one.total_low - one.known_high),
        high=ibis.greatest(one.printed_high, one.total_high - one.known_low),
    )
    leaves = one.high > 0
    return (
        one.group_by(others)
        .aggregate(
            **{name: one[name].max() for name in kind},
            states=leaves.cast("int64").sum(),
            not_states=(leaves & (one.place_kind != "state")).cast("int64").sum(),
            unknown_low=one.low.sum(),
            unknown_high=one.high.sum(),
        )
        .order_by(others)
    )


def _without_parts(untold: Expression, beside: Expression, parted: list[str]) -> Expression:
    """Lines of shares, with the columns of those `beside`, for totals that told no part."""
    says: dict[str, str | int] = {
        "known_low": 0,
        "known_high": 0,
        "censored": 0,
        "repeated": 0,
        "missing": 0,
    }
    says |= dict.fromkeys(parted, "Unknown") | {"place_kind": ""}
    if "category" in parted:
        # Nothing was printed that could be quoted, not even that it is unknown.
        says |= {"category": "", "category_kind": "empty"}
    return untold.select(
        **{
            name: untold[name]
            if name in untold.columns
            else ibis.literal(says.get(name), type=of.copy(nullable=True))
            for name, of in beside.schema().items()
        }
    )


def _one_below_other(one: Expression, other: Expression) -> Expression:
    """Both tables in one; whether a column can be empty is no difference here."""
    form = {name: one[name].type().copy(nullable=True) for name in one.columns}
    return one.cast(form).union(other.select(*one.columns).cast(form))


def _parted(question: Question, together: int) -> list[str]:
    """What divides a whole."""
    return ["place" if by == "country" else by for by in question.by[-together:]]


def _others(question: Question, parted: list[str]) -> list[str]:
    """What tells one whole from another."""
    never = ("place", "place_kind", *parted, "category_kind")
    return [name for name in key_of(question) if name not in never]


def _parts_of(found: Expression, parted: list[str]) -> Expression:
    """The parts of wholes, each with whether it is known which part it is."""
    found = _without_wholes(found, parted)
    return found.mutate(is_known=~_is_unknown(found, parted))


def _without_wholes(found: Expression, parted: list[str]) -> Expression:
    if "category" not in parted:
        return found
    return found.filter(~found.category_kind.isin(["whole", "total"]))


def _is_unknown(found: Expression, parted: list[str]) -> Expression:
    unknown = ibis.literal(False)
    for column in parted:
        if column == "category":
            unknown = unknown | found.category_kind.isin(["unknown", "empty", "unread"])
        else:
            unknown = unknown | (found[column] == "Unknown")
    return unknown


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
