"""Change over time, and what of it is beyond chance.

A change is counted over places that reported in both years and no others: otherwise a year in
which more States answer looks like a year with more victims.
"""

from __future__ import annotations

from .cells import folded_cells, key_of
from .engine import Expression, ibis
from .questions import Question

#: Differences of square roots of counts have a standard deviation of about 0.71 whatever the
#: count (Anscombe), so their ratio to it is a plain z. Beyond 3.5 lies one in 2,000 by chance:
#: enough where two hundred places are looked at together.
BEYOND_CHANCE = 3.5
_SPREAD = 2**0.5


def change(rows: Expression, question: Question, *, since: int, until: int) -> Expression:
    """Return the change between two years, over the places that reported in both."""
    pairs = _pairs(rows, question, since=since, until=until)
    return _added(pairs, question)


def steps(rows: Expression, question: Question) -> Expression:
    """Return the change from each year to the next, each over the places that reported in both."""
    return _added(_pairs(rows, question), question)


def changes(
    rows: Expression, question: Question, *, since: int | None = None, until: int | None = None
) -> Expression:
    """Return the change of every place by itself, and whether it is beyond chance.

    Between two years, or from each year to the next where none are given.

    In the order of the places, for States are not ranked.

    `distance` compares the nearest ends of the two ranges, so a change that censoring alone could
    explain has none. Counts of people found together are not independent of one another: beyond
    chance is not yet explained.
    """
    pairs = _compared(_pairs(rows, question, since=since, until=until))
    up = pairs.low.cast("float64").sqrt() - pairs.high_since.cast("float64").sqrt()
    down = pairs.low_since.cast("float64").sqrt() - pairs.high.cast("float64").sqrt()
    distance = ibis.ifelse(up > 0, up, ibis.ifelse(down > 0, -down, 0.0)) * _SPREAD
    return pairs.mutate(distance=distance, beyond_chance=distance.abs() >= BEYOND_CHANCE).order_by(
        key_of(question)
    )


def _pairs(
    rows: Expression, question: Question, *, since: int | None = None, until: int | None = None
) -> Expression:
    """Each place's figure beside its figure of an earlier year."""
    found = folded_cells(rows, question)
    found = found.filter(found.low.notnull())
    key = [name for name in key_of(question) if name != "year"]
    before = found.select(
        *key,
        year_since=found.year,
        low_since=found.low,
        high_since=found.high,
        censored_since=found.censored,
    )
    if since is not None:
        before = before.filter(before.year_since == since)
        found = found.filter(found.year == until)
        before = before.mutate(joined=ibis.literal(0))
        found = found.mutate(joined=ibis.literal(0))
    else:
        before = before.mutate(joined=before.year_since + 1)
        found = found.mutate(joined=found.year)
    return found.join(before, [*key, "joined"]).drop("joined")


def _added(pairs: Expression, question: Question) -> Expression:
    by = [name for name in key_of(question) if name not in ("place", "place_kind", "year")]
    if "country" in question.by:
        by += ["place"]
    both = pairs.group_by(["year_since", "year", *by]).aggregate(
        states=pairs.place.nunique(),
        not_states=pairs.place.nunique(where=pairs.place_kind != "state"),
        low_since=pairs.low_since.sum(),
        high_since=pairs.high_since.sum(),
        low=pairs.low.sum(),
        high=pairs.high.sum(),
        censored=pairs.censored.sum() + pairs.censored_since.sum(),
    )
    return _compared(both).order_by(["year", *by])


def _compared(both: Expression) -> Expression:
    """The change as a range, and the direction where the range leaves no doubt."""
    least = (both.low - both.high_since).cast("float64")
    most = (both.high - both.low_since).cast("float64")
    return both.mutate(
        change_low=ibis.ifelse(both.high_since > 0, least / both.high_since, None),
        change_high=ibis.ifelse(both.low_since > 0, most / both.low_since, None),
        direction=ibis.cases(
            (both.low > both.high_since, "up"),
            (both.high < both.low_since, "down"),
            (
                (both.low == both.low_since)
                & (both.high == both.high_since)
                & (both.low == both.high),
                "same",
            ),
            else_="within the range",
        ),
    )
