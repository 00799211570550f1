"""From where to where: citizenship of the people detected, and the place that detected them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pyarrow as pa

from .categories import CITIZENSHIP
from .cells import folded_cells
from .engine import Expression, ibis
from .places import all_places
from .questions import Question

#: How far people were from home when they were detected.
REACHES = ("domestic", "same subregion", "other subregion", "other region", "not known")


def flows(rows: Expression, question: Question) -> Expression:
    """Return, for each pair of origin and destination, the figures of the years asked for.

    The origin is the citizenship; where the source names no country ("stateless", "Africa
    others"), it is that word and `reach` is "not known". `years` says in how many years the pair
    was reported.
    """
    found = _origins(rows, question)
    paired = (
        found.group_by(["origin", "origin_kind", "place", "place_kind"])
        .aggregate(
            low=found.low.sum(),
            high=found.high.sum(),
            censored=found.censored.sum(),
            years=found.year.nunique(),
        )
        .order_by(["origin", "place"])
    )
    return with_reach(paired)


def between(
    rows: Expression, question: Question, *, by: str = "region", most: int | None = None
) -> Expression:
    """Return the figures of all years asked for, added up between regions, subregions or countries.

    A line for each pair of `origin` and `destination`, and one where `is_named` is False for all
    whose source names no country. "" is where no region is known.

    :param question: its places are those from which or to which people came.
    :param by: "region", "subregion" or "country".
    :param most: no more lines than this.
    """
    found = _touching(rows, question)
    found = found.mutate(is_named=found.origin_kind == "country")
    if by == "country":
        found = found.mutate(end_of=found.origin, end_at=found.place)
    else:
        home, here = _geography("home"), _geography("here")
        found = found.join(home, found.origin == home.home_code, how="left")
        found = found.join(here, found.place == here.here_code, how="left")
        found = found.mutate(
            end_of=found[f"home_{by}"].fill_null(""), end_at=found[f"here_{by}"].fill_null("")
        )
    paired = found.group_by(
        is_named=found.is_named,
        origin=ibis.ifelse(found.is_named, found.end_of, ""),
        destination=ibis.ifelse(found.is_named, found.end_at, ""),
    )
    added = paired.aggregate(
        states=found.place.nunique(),
        low=found.low.sum(),
        high=found.high.sum(),
        censored=found.censored.sum(),
    )
    added = added.order_by(["is_named", "origin", "destination"])
    return added if most is None else added.limit(most)


def detecting(rows: Expression, question: Question) -> Expression:
    """Return the places that detected those of `between` whose country the source names."""
    found = _touching(rows, question)
    found = found.filter(found.origin_kind == "country")
    return found.select("place", "place_kind").distinct().order_by("place")


def _touching(rows: Expression, question: Question) -> Expression:
    found = _origins(rows, replace(question, places=()))
    if not question.places:
        return found
    chosen = list(question.places)
    return found.filter(found.origin.isin(chosen) | found.place.isin(chosen))


def reaches(rows: Expression, question: Question) -> Expression:
    """Return, for each year, how many people were detected at home, near home and far from it."""
    found = with_reach(_origins(rows, question))
    return (
        found.group_by(["year", "reach"])
        .aggregate(
            states=found.place.nunique(),
            low=found.low.sum(),
            high=found.high.sum(),
            censored=found.censored.sum(),
        )
        .order_by(["year", "reach"])
    )


def _origins(rows: Expression, question: Question) -> Expression:
    asked = replace(question, dimension=CITIZENSHIP, by=("category",))
    found = folded_cells(rows, asked)
    found = found.filter(found.low.notnull(), ~found.category_kind.isin(["whole", "total"]))
    return found.rename(origin="category", origin_kind="category_kind")


def with_reach(found: Expression) -> Expression:
    """Return lines that say origin and place, each with how far the one is from the other."""
    home, here = _geography("home"), _geography("here")
    placed = found.join(home, found.origin == home.home_code, how="left")
    placed = placed.join(here, placed.place == here.here_code, how="left")
    reach = ibis.cases(
        (placed.origin == placed.place, REACHES[0]),
        (placed.home_code.isnull() | placed.here_code.isnull(), REACHES[4]),
        (placed.home_subregion == placed.here_subregion, REACHES[1]),
        (placed.home_region == placed.here_region, REACHES[2]),
        else_=REACHES[3],
    )
    return placed.select(*found.columns, reach=reach)


@cache
def _geography(prefix: str) -> Expression:
    # Made once: a connection keeps every table in memory that it was ever asked with.
    known = [place for place in all_places() if place.region]
    told = {
        f"{prefix}_code": [place.code for place in known],
        f"{prefix}_region": [place.region for place in known],
        f"{prefix}_subregion": [place.subregion for place in known],
    }
    return ibis.memtable(pa.table(told))
