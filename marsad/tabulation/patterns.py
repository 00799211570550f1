"""What changed most, and where the change is beyond chance; which series break with their history.

Two judgements, for two questions:

* **Of one place** (`changes`, `breaks`): is the change greater than this series swings anyway? The
  conditional test of two counts, with the swing of the series taken from its own other years, none
  of which is among the years compared; what swings are common is learned from all series of the
  indicator, so that a short history is judged with caution (`chance.Swings`). The test is averaged
  over the swings that remain possible.
* **Of many places** (`overall`): did they change in common? The sign-flip test over the places that
  reported both years: had nothing changed that they share, the change of each might as well have
  been the other way round. Summed are the changes of counts; of shares `p` and `q` of `k` and `l`
  known cases `k * l / (k + l) * (q - p)` (the weights of Mantel and Haenszel), which a place that
  only grew does not move. Sum and figure must go the same way. It holds whatever the swings are and
  however unlike the places; one giant among dwarfs is never beyond chance by itself.

A censored cell is a range. What is judged is the end that speaks least for a change: of a rise, the
most it can have been before and the least it can be after. Other years count with the ends that lie
farthest apart, which makes the swing larger, never smaller. A range only makes a change less sure.

Everything judged in one call is judged together: `rate` is the false discovery rate (Benjamini and
Hochberg 1995), and beyond chance is what lies at or below `level`. Of places, only comparisons that
could be beyond chance at all are counted (Tarone 1990): a history too short, counts too small or
swings too wide tell nothing whatever the next year says.

* Mantel, N., Haenszel, W. (1959). Statistical aspects of the analysis of data from retrospective
  studies of disease. Journal of the National Cancer Institute 22.
* Good, P. (2005). Permutation, Parametric and Bootstrap Tests of Hypotheses. Springer, chapter 3.
* What `chance` names.

People found in groups swing a small series more than a great one, and are allowed for. In worlds of
120 series where nothing changes and people come eight at a time, one step or more stood out in 6 of
12 where all were taken to be found one by one, and in none since.

What it cannot tell: why. A raid, a new law, a new way of counting and a new crime look alike.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np

from . import chance
from .categories import FORM
from .cells import folded_cells
from .chance import Floats, Swings
from .engine import Expression
from .errors import UnevenSpans
from .questions import Question
from .types import PlaceKind
from .words import words

#: Of what is called beyond chance, so much is expected to be chance after all.
LEVEL = 0.05
#: With fewer places than this no sign-flip can be rare enough to matter.
LEAST_PLACES = 6
#: Years without a figure that a step may pass over.
_GAP = 3

Direction = Literal["up", "down", "same", "unsure"]
#: First and last year.
Span = tuple[int, int]
#: What shares are of, and which of their values are told: of two that make up a whole, one.
SHARES: Mapping[str, tuple[str, ...]] = {"sex": ("Female",), "age": ("0 to 17 years",), "form": ()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """A figure: it lies between the two."""

    low: int
    high: int
    #: How many cells between limits made it a range.
    censored: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One place, one indicator, the years it reported."""

    place: str
    place_kind: PlaceKind
    indicator: str
    years: Mapping[int, Count]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The figures of one place before and after, and whether chance explains the difference."""

    place: str
    place_kind: PlaceKind
    indicator: str
    since: Span
    until: Span
    #: Of years that were reported in both spans.
    before: Count
    after: Count
    #: 0.25 is a quarter more; None where it would be a share of nothing.
    change_low: float | None
    change_high: float | None
    direction: Direction
    #: How rare so great a difference is by chance, at the ends that speak least for it.
    rarity: float
    #: The false discovery rate at which it would be called beyond chance.
    rate: float
    beyond_chance: bool
    #: By how much, as a share, a year of this series swings anyway: a coefficient of variation.
    swing: float
    #: How many other comparisons of its own history that stands on.
    history: int

    def as_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """What many places have in common: a total or a share, before and after."""

    indicator: str
    #: "" for the total; else "sex", "age" or "form", and which of its values.
    by: str
    category: str
    since: Span
    until: Span
    #: Counts; of a share, shares of 0 to 1 of the known cases.
    before_low: float
    before_high: float
    after_low: float
    after_high: float
    #: Of counts the relative change; of shares the difference, in shares of the whole.
    change_low: float | None
    change_high: float | None
    direction: Direction
    #: Places that reported both, and those that reported either.
    places: int
    either: int
    #: Of `places`, those that are no States.
    not_states: int
    censored: int
    #: How many of `places` rose, fell, and cannot be told or stayed.
    rose: int
    fell: int
    #: None where there are too few places to judge.
    rarity: float | None
    rate: float | None
    beyond_chance: bool

    @property
    def is_share(self) -> bool:
        """Whether it is of shares."""
        return bool(self.by)

    def as_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)


# ── gathering ────────────────────────────────────────────────────────────────────────────────────
def gather(rows: Expression, *, indicator: str = "", places: Iterable[str] = ()) -> list[Series]:
    """Return every series of totals, by indicator and place."""
    if indicator:
        rows = rows.filter(rows.indicator == indicator)
    found = folded_cells(rows, Question(indicator="", places=tuple(places)))
    found = found.filter(found.low.notnull())
    kinds: dict[tuple[str, str], PlaceKind] = {}
    series: defaultdict[tuple[str, str], dict[int, Count]] = defaultdict(dict)
    for one in _records(found):
        key = one["indicator"], one["place"]
        kinds[key] = one["place_kind"]
        series[key][one["year"]] = _count(one)
    return [
        Series(
            place=place,
            place_kind=kinds[indicator, place],
            indicator=indicator,
            years=dict(sorted(years.items())),
        )
        for (indicator, place), years in sorted(series.items())
    ]


def _records(expression: Expression) -> list[dict[str, Any]]:
    return list(expression.to_pyarrow().to_pylist())


def _count(one: Mapping[str, Any]) -> Count:
    return Count(low=one["low"], high=one["high"], censored=one["censored"])


# ── one place ────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    """Two figures of one series, over the same number of years each."""

    since: Span
    until: Span
    years: int
    before: Count
    after: Count

    @property
    def rises(self) -> bool:
        return self.after.low + self.after.high >= self.before.low + self.before.high


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """A comparison to be judged, and those of the same series it is judged against."""

    series: Series
    pair: _Pair
    beside: Sequence[_Pair]

    @classmethod
    def of(cls, series: Series, pair: _Pair, others: Iterable[_Pair]) -> _Case:
        """Keep of the others those that share no year with it and do not reach across it."""
        beside = [
            other
            for other in others
            if other.until[1] < pair.since[0] or other.since[0] > pair.until[1]
        ]
        return cls(series=series, pair=pair, beside=beside)


def changes(
    series: Sequence[Series],
    *,
    since: int | Span,
    until: int | Span,
    level: float = LEVEL,
) -> list[Change]:
    """Return the change of every series between two years, or between two spans of years.

    Over spans, years count that were reported in both: the first of the one with the first of the
    other, and so on. What it is judged against is the same comparison slid along the series, as far
    as it shares no year with the compared ones and does not reach across them.

    :raises UnevenSpans: where one span is longer than the other, or they overlap.
    """
    spans = _spans(since, until)
    cases = []
    for one in series:
        pair = _pair(one, *spans)
        if pair is not None:
            slid = (_slid(spans, by) for by in _slides(one, spans))
            beside = [found for each in slid if (found := _pair(one, *each)) is not None]
            cases.append(_Case.of(one, pair, beside))
    # Windows that overlap tell the same twice: each counts for what it tells anew.
    return _judged(cases, weight=1 / (spans[1][1] - spans[0][0]), level=level)


def breaks(series: Sequence[Series], *, level: float = LEVEL) -> list[Change]:
    """Return every step of every series from one reported year to the next, judged together.

    A step over more than three years is none. What is beyond chance breaks with the history of the
    series: an unusual year, or the first of a new level.
    """
    cases = []
    for one in series:
        steps = list(_steps(one))
        cases += [_Case.of(one, step, steps) for step in steps]
    return _judged(cases, weight=1.0, level=level)


def _spans(since: int | Span, until: int | Span) -> tuple[Span, Span]:
    first = (since, since) if isinstance(since, int) else since
    second = (until, until) if isinstance(until, int) else until
    if first[1] - first[0] != second[1] - second[0] or first[1] >= second[0]:
        raise UnevenSpans(since=_written(first), until=_written(second))
    return first, second


def _written(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"


def _pair(one: Series, since: Span, until: Span) -> _Pair | None:
    """The figures of the years that were reported in both spans."""
    apart = until[0] - since[0]
    told = [
        year
        for year in range(since[0], since[1] + 1)
        if year in one.years and year + apart in one.years
    ]
    if not told:
        return None
    return _Pair(
        since=since,
        until=until,
        years=len(told),
        before=_sum(one.years[year] for year in told),
        after=_sum(one.years[year + apart] for year in told),
    )


def _sum(counts: Iterable[Count]) -> Count:
    kept = list(counts)
    return Count(
        low=sum(each.low for each in kept),
        high=sum(each.high for each in kept),
        censored=sum(each.censored for each in kept),
    )


def _slides(one: Series, spans: tuple[Span, Span]) -> range:
    """By how many years the comparison can be slid and still meet the series."""
    return range(min(one.years) - spans[1][1], max(one.years) - spans[0][0] + 1)


def _slid(spans: tuple[Span, Span], by: int) -> tuple[Span, Span]:
    since, until = spans
    return (since[0] + by, since[1] + by), (until[0] + by, until[1] + by)


def _steps(one: Series) -> Iterator[_Pair]:
    years = list(one.years)
    for year, following in itertools.pairwise(years):
        if following - year <= _GAP:
            yield _Pair(
                since=(year, year),
                until=(following, following),
                years=1,
                before=one.years[year],
                after=one.years[following],
            )


def _judged(cases: Sequence[_Case], *, weight: float, level: float) -> list[Change]:
    if not cases:
        return []
    possible = _possible(cases, weight=weight)
    ends = np.array([_nearest(case.pair) for case in cases], dtype=float)
    years = np.array([case.pair.years for case in cases], dtype=float)
    rarities = (chance.two_sided(ends[:, 0], ends[:, 1], years=years) * possible).sum(axis=1)
    whole = ends.sum(axis=1)
    least = (chance.two_sided(0 * whole, whole, years=years) * possible).sum(axis=1)
    # Where the ranges meet, censoring alone explains the difference.
    sure = [_direction(case.pair.before, case.pair.after) in ("up", "down") for case in cases]
    rarities = np.where(sure, np.minimum(rarities, 1.0), 1.0)
    rates = chance.discoveries(rarities, least=least, level=level)
    swings = _middle(chance.spread(ends[:, 0], ends[:, 1], years=years), possible)
    return [
        _change(
            case,
            rarity=float(rarities[place]),
            rate=float(rates[place]),
            level=level,
            swing=float(np.sqrt(swings[place])),
        )
        for place, case in enumerate(cases)
    ]


def _middle(values: Floats, shares: Floats) -> Floats:
    """The median of each row, each value weighing by its share."""
    order = np.argsort(values, axis=1)
    sums = np.cumsum(np.take_along_axis(shares, order, axis=1), axis=1)
    at = np.take_along_axis(order, (sums >= 0.5).argmax(axis=1)[:, None], axis=1)
    return np.asarray(np.take_along_axis(values, at, axis=1)[:, 0])


def _change(case: _Case, *, rarity: float, rate: float, level: float, swing: float) -> Change:
    one, pair = case.series, case.pair
    return Change(
        place=one.place,
        place_kind=one.place_kind,
        indicator=one.indicator,
        since=pair.since,
        until=pair.until,
        before=pair.before,
        after=pair.after,
        change_low=_relative(pair.after.low, pair.before.high),
        change_high=_relative(pair.after.high, pair.before.low),
        direction=_direction(pair.before, pair.after),
        rarity=rarity,
        rate=rate,
        beyond_chance=rate <= level,
        swing=swing,
        history=len(case.beside),
    )


def _possible(cases: Sequence[_Case], *, weight: float) -> Floats:
    """What ways each case may come from, as shares: shape (cases, ways).

    Its own history tells, and what is common among the other places of the same indicator.
    """
    rows, told = _likelihoods(cases)
    own = np.array([told[[rows[id(pair)] for pair in case.beside]].sum(axis=0) for case in cases])
    groups: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, case in enumerate(cases):
        groups[case.series.indicator][case.series.place].append(place)
    shares = np.empty_like(own)
    for members in groups.values():
        histories = [
            sorted({rows[id(pair)] for place in at for pair in cases[place].beside})
            for at in members.values()
        ]
        common = Swings.of(np.array([told[each].sum(axis=0) for each in histories]) * weight)
        for series, at in enumerate(members.values()):
            shares[at] = common.without(series).given(own[at] * weight)
    return shares


def _likelihoods(cases: Sequence[_Case]) -> tuple[dict[int, int], Floats]:
    """Every comparison that others are judged against once: which row is whose, and the rows."""
    pairs = list({id(pair): pair for case in cases for pair in case.beside}.values())
    ends = np.array([_farthest(pair) for pair in pairs], dtype=float).reshape(len(pairs), 2)
    years = np.array([pair.years for pair in pairs], dtype=float)
    told = chance.likelihood(ends[:, 0], ends[:, 1], years=years)
    return {id(pair): row for row, pair in enumerate(pairs)}, told


def _nearest(pair: _Pair) -> tuple[int, int]:
    if pair.rises:
        return pair.before.high, pair.after.low
    return pair.before.low, pair.after.high


def _farthest(pair: _Pair) -> tuple[int, int]:
    if pair.rises:
        return pair.before.low, pair.after.high
    return pair.before.high, pair.after.low


def _direction(before: Count, after: Count) -> Direction:
    if after.low > before.high:
        return "up"
    if after.high < before.low:
        return "down"
    exact = before.low == before.high and after.low == after.high
    return "same" if exact else "unsure"


def _relative(after: float, before: float) -> float | None:
    return after / before - 1 if before else None


# ── many places ──────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """One place before and after: its part and, of a share, the known others."""

    place_kind: str
    before: Count
    after: Count
    others_before: Count
    others_after: Count

    @property
    def known(self) -> tuple[float, float]:
        """Known cases before and after, in the middle of their ranges."""
        one = (self.before.low + self.before.high + self.others_before.low) / 2
        other = (self.after.low + self.after.high + self.others_after.low) / 2
        return one + self.others_before.high / 2, other + self.others_after.high / 2


def overall(
    rows: Expression,
    *,
    since: int,
    until: int,
    indicators: Sequence[str] = (),
    level: float = LEVEL,
) -> list[Pattern]:
    """Return totals and shares over the places that reported both years, judged together.

    In a fixed order: by indicator, the total first, then sex, age and forms.

    :raises UnevenSpans: where the second year is not after the first.
    """
    _spans(since, until)
    named = [word.word for word in words("indicator")]
    wanted = list(indicators) or named
    found = [
        replace(pattern, indicator=indicator, by=by)
        for by in ("", *SHARES)
        for indicator, cells in _gathered(
            rows, by, since=since, until=until, indicators=wanted
        ).items()
        for category in _told(cells, by)
        if (pattern := _pattern(cells, category, since=since, until=until)) is not None
    ]
    order = {name: place for place, name in enumerate(dict.fromkeys([*named, *wanted]))}
    found.sort(key=lambda each: order[each.indicator])
    told = [place for place, each in enumerate(found) if each.rarity is not None]
    rates = chance.discoveries([found[place].rarity or 0.0 for place in told])
    for place, rate in zip(told, rates, strict=True):
        found[place] = replace(found[place], rate=float(rate), beyond_chance=bool(rate <= level))
    return found


#: By place and its kind, by year, by category.
_Cells = dict[tuple[str, str], dict[int, dict[str, Count]]]


def _gathered(
    rows: Expression, by: str, *, since: int, until: int, indicators: Sequence[str]
) -> Mapping[str, _Cells]:
    column = "category" if by == "form" else by
    dimension = FORM if by == "form" else "Total"
    question = Question(indicator="", by=(column,) if by else (), dimension=dimension)
    found = folded_cells(rows, question)
    found = found.filter(
        found.low.notnull(), found.year.isin([since, until]), found.indicator.isin(indicators)
    )
    cells: defaultdict[str, _Cells] = defaultdict(dict)
    for one in sorted(_records(found), key=lambda one: str(one["place"])):
        if _is_known(one, by):
            years = cells[one["indicator"]].setdefault((one["place"], one["place_kind"]), {})
            years.setdefault(one["year"], {})[one[column] if by else ""] = _count(one)
    return cells


def _is_known(one: Mapping[str, Any], by: str) -> bool:
    if by == "form":
        return one["category_kind"] not in ("unknown", "empty", "unread", "whole", "total")
    return not by or one[by] != "Unknown"


def _told(cells: _Cells, by: str) -> list[str]:
    if not by:
        return [""]
    there = {name for years in cells.values() for year in years.values() for name in year}
    known = [word.word for word in words("category" if by == "form" else by) if word.word in there]
    if SHARES[by]:
        return [name for name in known if name in SHARES[by]]
    return [*known, *sorted(there - set(known))]


def _pattern(cells: _Cells, category: str, *, since: int, until: int) -> Pattern | None:
    sides = list(_sides(cells, category, since=since, until=until))
    if not sides:
        return None
    either = sum(since in years or until in years for years in cells.values())
    before, after = _sum(s.before for s in sides), _sum(s.after for s in sides)
    ends = [_terms(sides, category, most=most) for most in (False, True)]
    figures: tuple[float, float, float, float]
    if category:
        figures = (
            *_share(before, _sum(s.others_before for s in sides)),
            *_share(after, _sum(s.others_after for s in sides)),
        )
        change: tuple[float | None, float | None] = (
            figures[2] - figures[1],
            figures[3] - figures[0],
        )
    else:
        figures = (before.low, before.high, after.low, after.high)
        change = (_relative(after.low, before.high), _relative(after.high, before.low))
    direction = _way(figures)
    return Pattern(
        indicator="",
        by="",
        category=category,
        since=(since, since),
        until=(until, until),
        before_low=figures[0],
        before_high=figures[1],
        after_low=figures[2],
        after_high=figures[3],
        change_low=change[0],
        change_high=change[1],
        direction=direction,
        places=len(sides),
        either=either,
        not_states=sum(side.place_kind != "state" for side in sides),
        censored=before.censored + after.censored,
        rose=int((ends[0] > 0).sum()),
        fell=int((ends[1] < 0).sum()),
        rarity=_rarity(ends, direction) if len(sides) >= LEAST_PLACES else None,
        rate=None,
        beyond_chance=False,
    )


def _sides(cells: _Cells, category: str, *, since: int, until: int) -> Iterator[_Side]:
    """The places that reported both years; of a share, with known cases in both."""
    for (_place, kind), years in cells.items():
        if since not in years or until not in years:
            continue
        parts = [_parts(years[year], category) for year in (since, until)]
        side = _Side(
            place_kind=kind,
            before=parts[0][0],
            after=parts[1][0],
            others_before=parts[0][1],
            others_after=parts[1][1],
        )
        if not category or min(side.known) > 0:
            yield side


def _parts(of_year: Mapping[str, Count], category: str) -> tuple[Count, Count]:
    # A category that is not printed where others are has nobody in it.
    one = of_year.get(category, Count(low=0, high=0))
    return one, _sum(count for name, count in of_year.items() if name != category)


def _terms(sides: Sequence[_Side], category: str, *, most: bool) -> Floats:
    """The change of each place, all at the least or all at the most they can be."""
    return np.array([_term(side, category, most=most) for side in sides], dtype=float)


def _term(side: _Side, category: str, *, most: bool) -> float:
    if not category:
        if most:
            return side.after.high - side.before.low
        return side.after.low - side.before.high
    before = _share(side.before, side.others_before)
    after = _share(side.after, side.others_after)
    one, other = side.known
    weight = one * other / (one + other)
    return weight * (after[1] - before[0] if most else after[0] - before[1])


def _share(part: Count, others: Count) -> tuple[float, float]:
    """The least and the most a part of the known cases can be, as a share of them."""
    least, most = part.low + others.high, part.high + others.low
    return part.low / least if least else 0.0, part.high / most if most else 0.0


def _way(figures: tuple[float, float, float, float]) -> Direction:
    if figures[2] > figures[1]:
        return "up"
    if figures[3] < figures[0]:
        return "down"
    exact = figures[0] == figures[1] and figures[2] == figures[3]
    return "same" if exact else "unsure"


def _rarity(ends: Sequence[Floats], direction: Direction) -> float:
    """The greater of both ends; 1 where they, or the figures as a whole, go different ways."""
    ways = {float(np.sign(end.sum())) for end in ends}
    if ways != {{"up": 1.0, "down": -1.0}.get(direction, 0.0)}:
        return 1.0
    return max(chance.flipped(end) for end in ends)
