"""Two editions of the same source held side by side: what was added, what changed, what is gone."""

from __future__ import annotations

from collections.abc import Sequence

from .engine import Expression, ibis

ADDED, CHANGED, GONE = "added", "changed", "gone"
#: What a figure is told apart by in an edition.
BY = ("place", "indicator", "dimension", "category", "citizenship", "sex", "age", "year")
#: What says who is counted, and how.
_TOLD = ("definition", "counting_unit", "law_article", "source")


def differences(before: Expression, after: Expression) -> Expression:
    """Return the figures that differ, with the key, `what`, and both ranges.

    Several rows for one key are held together by the sum of them, so that their order is nothing.
    """
    old, new = _summed(before), _summed(after)
    kept = new.left_join(old, list(BY)).select(
        *BY,
        is_new=old[BY[0]].isnull(),
        low=new.low,
        high=new.high,
        printed=new.printed,
        low_before=old.low,
        high_before=old.high,
        printed_before=old.printed,
    )
    same = (
        kept.low.identical_to(kept.low_before)
        & kept.high.identical_to(kept.high_before)
        & (kept.printed == kept.printed_before)
    )
    moved = kept.filter(kept.is_new | ~same).select(
        *BY,
        "low",
        "high",
        "low_before",
        "high_before",
        what=ibis.ifelse(kept.is_new, ADDED, CHANGED),
    )
    missing = old.anti_join(new, list(BY))
    nothing = ibis.null("int64")
    gone = missing.select(
        *BY,
        low=nothing,
        high=nothing,
        low_before=missing.low,
        high_before=missing.high,
        what=ibis.literal(GONE),
    )
    return moved.union(gone)


def redefined(before: Expression, after: Expression) -> Expression:
    """Return what is said of who is counted where two editions say it differently.

    One row for each place, indicator, and thing said: `what`, `said_before`, `said`, and the first
    and the last year it is about.
    """
    sides = [_said(before, name).rename(said_before="said") for name in _TOLD]
    others = [_said(after, name) for name in _TOLD]
    key = ["place", "indicator", "year", "what"]
    both = ibis.union(*sides).join(ibis.union(*others), key)
    moved = both.filter(both.said != both.said_before)
    return (
        moved.group_by(["place", "indicator", "what", "said_before", "said"])
        .aggregate(first=moved.year.min(), last=moved.year.max())
        .order_by(["place", "indicator", "what", "first"])
    )


def _said(rows: Expression, name: str) -> Expression:
    told = rows.filter(rows[name] != "")
    found = told.group_by(["place", "indicator", "year"]).aggregate(said=told[name].min())
    return found.mutate(what=ibis.literal(name))


def _summed(rows: Expression) -> Expression:
    return rows.group_by(list(BY)).aggregate(
        low=rows.low.sum(), high=rows.high.sum(), printed=rows.count()
    )


def counted(found: Expression) -> dict[str, int]:
    """Return how many figures were added, changed, and are gone."""
    counts = found.group_by("what").aggregate(many=found.count()).to_pyarrow().to_pylist()
    told = {row["what"]: row["many"] for row in counts}
    return {what: told.get(what, 0) for what in (ADDED, CHANGED, GONE)}


def listed(found: Expression, *, what: str, start: int, most: int) -> Sequence[dict[str, object]]:
    """Return some of the figures that differ, in the order of place, indicator and year."""
    picked = found.filter(found.what == what) if what else found
    ordered = picked.order_by(["place", "indicator", "year", "dimension", "category", "sex", "age"])
    return list(ordered.limit(most, offset=start).to_pyarrow().to_pylist())
