"""Which counts of a table are hidden, so that none of the small ones can be worked out.

A count below the threshold is *small*: it is shown as a range («<5» is 1 to 4). That is not enough:
where a total and all other parts are shown, the small count is what is left. So further counts are
*withheld*, as few and as small as will do.

How they are chosen: for every small count we look for another table that agrees with everything
that is shown and has another number in that place, allowing shown counts to change at a price (an
integer programme). The counts that changed in the cheapest such table are withheld. That table is
then proof that the small count cannot be worked out, and withholding more later takes nothing away
from the proof. This is the attacker's problem of Fischetti and Salazar-González, "Solving the Cell
Suppression Problem on Tabular Data with Linear Constraints", Management Science 47 (2001), solved
cell after cell rather than for the whole table at once; see also Hundepool and others, "Statistical
Disclosure Control", Wiley 2012, chapter 4.

What whoever reads a release is taken to know: every count that is shown, the threshold, that a
count which is not there is 0 and one that is there at least 1, how the counts add up, and, where
people are counted in several parts, even how many times too often. Of those who are in no part at
all (`LeftOut`) it is taken to be known whether there are any; even how many, wherever a small count
can be hidden from somebody who knows that. It cannot always be: of 12 women in forced labour and 2
men of whom no form is recorded, whoever knows that two are left out knows the men.

What it does not guard against by itself: a later release of the same people, of whom one was added
(`exposed` says so where both are put to it as one table); somebody who knows all others in a cell;
and that a whole group did the same thing (all ten in one form).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from .errors import CannotBeHidden, NoTable, ThresholdTooLow

#: Counts below it are small, where a release says nothing else.
THRESHOLD = 5
#: Below 3 a small count could only be 1.
LEAST_THRESHOLD = 3
#: What somebody knows: the release alone; besides, how many times too often people are counted, and
#: whether anybody is in no part at all; besides, how many those are.
Knows = Literal["release", "overlaps", "left out"]
#: No single figure of people is larger; a bound for the programme.
_MOST = 10_000_000.0


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A whole whose parts add up to it: nobody is in two of them, and nobody in none."""

    whole: str
    parts: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """A whole whose parts may hold the same people twice: never added.

    By how much the parts together are more than the whole is taken to be known. So where people may
    be in none of them, the whole is those who are in some, split off by `LeftOut`.
    """

    whole: str
    parts: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Untold(Sum):
    """A sum whose parts no release tells: they tie counts that are told."""


@dataclass(frozen=True, kw_only=True)
class LeftOut(Untold):
    """A whole as two parts: those who are in some part of an `Overlap`, then those in none."""


Relation = Sum | Overlap


@dataclass(frozen=True)
class Shown:
    """What is shown of one count."""

    #: "exact"; "small", below the threshold; "withheld", to protect another.
    kind: Literal["exact", "small", "withheld"]
    #: The least and the most it can be, as whoever reads the release knows; None: no limit.
    low: int
    high: int | None

    @property
    def count(self) -> int | None:
        """The count, where it is shown exactly."""
        return self.low if self.kind == "exact" else None


def protect(
    counts: Mapping[str, int], relations: Sequence[Relation], *, threshold: int = THRESHOLD
) -> Mapping[str, Shown]:
    """Say of every count how it is shown; nothing of those that are `Untold`.

    A count of 0 is not shown as such: it is not there, which says the same.

    :raises ThresholdTooLow: if the threshold is below 3.
    :raises NoTable: if parts do not add up to their whole.
    :raises CannotBeHidden: if a small count is known from what the counts are, and how they add up.
    """
    if threshold < LEAST_THRESHOLD:
        raise ThresholdTooLow(given=threshold, least=LEAST_THRESHOLD)
    table = _Table.of(counts, relations, threshold=threshold)
    for name in table.told:
        if table.counts[name] < threshold:
            table.states[name] = "small"
    # The smallest first: what is withheld for them protects many others as well.
    small = sorted(table.states, key=lambda each: (table.counts[each], each))
    open_to_few = _protect(small, table, knows="left out")
    # Among people nothing is left then: one more who is counted where one in the small count is, in
    # one form of theirs and one citizenship, or in none if they have none, always is a table.
    if _protect(open_to_few, table, knows="overlaps"):
        raise CannotBeHidden
    return _narrowed({name: _shown(name, table) for name in table.told}, table)


def exposed(
    counts: Mapping[str, int],
    relations: Sequence[Relation],
    shown: Mapping[str, Shown],
    *,
    threshold: int = THRESHOLD,
    among: Collection[str] | None = None,
) -> Sequence[str]:
    """The hidden counts that somebody could work out: none, of what `protect` answers.

    How many are left out of all parts is not taken to be known; that some are, is.

    Asks for the least and the most of every hidden count over all tables that agree with the
    release, without regard to how it was made.

    :param among: the hidden counts that are asked about; all of them where none are named.
    """
    table = _Table.of(counts, relations, threshold=threshold)
    table.states = {name: each.kind for name, each in shown.items() if each.kind != "exact"}
    table.ranges = {
        name: (float(each.low), _MOST if each.high is None else float(each.high))
        for name, each in shown.items()
        if each.kind == "withheld"
    }
    hidden = [name for name in table.told if name in table.states]
    asked = hidden if among is None else [name for name in hidden if name in among]
    return [name for name in asked if _is_exposed(name, table)]


# ── the table ────────────────────────────────────────────────────────────────────────────────────
@dataclass(kw_only=True)
class _Table:
    """The counts above 0, what ties them, and what is decided of each."""

    counts: Mapping[str, int]
    relations: Sequence[Relation]
    threshold: int
    #: By name: "small" or "withheld"; all others are exact.
    states: dict[str, str] = field(default_factory=dict)
    #: By name: the range shown of a withheld count, where it says more than the rest does.
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, counts: Mapping[str, int], relations: Sequence[Relation], *, threshold: int
    ) -> _Table:
        for relation in relations:
            total = sum(counts.get(part, 0) for part in relation.parts)
            if isinstance(relation, Sum) and total != counts.get(relation.whole, 0):
                raise NoTable(whole=relation.whole)
        there = {name: count for name, count in counts.items() if count > 0}
        return cls(counts=there, relations=relations, threshold=threshold)

    @cached_property
    def wholes(self) -> frozenset[str]:
        """Counts that others are parts of."""
        return frozenset(relation.whole for relation in self.relations)

    @cached_property
    def all_parts(self) -> frozenset[str]:
        """Counts that are parts of others; a total is not."""
        return frozenset(part for relation in self.relations for part in relation.parts)

    @cached_property
    def untold(self) -> frozenset[str]:
        """Counts that no release tells."""
        return frozenset(
            part
            for relation in self.relations
            if isinstance(relation, Untold)
            for part in relation.parts
        )

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Counts of those who are in no part of an overlap."""
        return frozenset(
            relation.parts[1] for relation in self.relations if isinstance(relation, LeftOut)
        )

    @cached_property
    def told(self) -> Sequence[str]:
        """Counts that a release tells, be it as a range."""
        return [name for name in self.counts if name not in self.untold]

    @property
    def names(self) -> Sequence[str]:
        return list(self.counts)

    def is_free(self, name: str) -> bool:
        """Whether a count may be any number, as far as a release says."""
        return name in self.untold or self.states.get(name) == "withheld"

    def parts(self, relation: Relation) -> Sequence[str]:
        return [part for part in relation.parts if part in self.counts]

    def sums(self, knows: Knows) -> Iterator[tuple[str, Sequence[str], int]]:
        """Whole, parts, and by how much the parts together are more than the whole."""
        for relation in self.relations:
            if relation.whole not in self.counts:
                continue
            parts = self.parts(relation)
            if isinstance(relation, Sum) or knows != "release":
                surplus = sum(self.counts[part] for part in parts) - self.counts[relation.whole]
                yield relation.whole, parts, surplus

    def limits(self, name: str, knows: Knows = "overlaps") -> tuple[float, float]:
        """Between which numbers a reader of the release knows a count to be, by itself."""
        if knows == "left out" and name in self.left_out:
            return float(self.counts[name]), float(self.counts[name])
        if name in self.untold:
            # The release itself does not say that there is anybody.
            return 0.0 if knows == "release" else 1.0, _MOST
        state = self.states.get(name)
        if state is None:
            return float(self.counts[name]), float(self.counts[name])
        if state == "small":
            return 1.0, self.threshold - 1.0
        return self.ranges.get(name, (1.0, _MOST))


# ── finding another table ────────────────────────────────────────────────────────────────────────
def _protect(names: Sequence[str], table: _Table, *, knows: Knows) -> Sequence[str]:
    """Withhold what protects small counts from somebody; those that nothing protects from them."""
    proven: set[str] = set()
    for name in names:
        if name not in proven:
            proven |= _withhold_for(name, table, knows=knows)
    return [name for name in names if name not in proven]


def _withhold_for(name: str, table: _Table, *, knows: Knows) -> set[str]:
    """Withhold what protects one small count; every count that is protected by it."""
    found = [
        other
        for step in (1, -1)
        if table.counts[name] + step >= 1
        and (other := _other_table(name, step, table, knows=knows)) is not None
    ]
    if not found:
        return set()
    _price, numbers = min(found, key=lambda each: each[0])
    for each, number in numbers.items():
        low, high = table.limits(each)
        if not low <= number <= high:
            table.states[each] = "withheld"
    return {each for each, number in numbers.items() if number != table.counts[each]}


def _other_table(
    name: str, step: int, table: _Table, *, knows: Knows
) -> tuple[float, dict[str, int]] | None:
    """The cheapest table in which one count is another; its price, and its numbers."""
    names, size = table.names, len(table.counts)
    numbers = np.array([table.counts[each] for each in names], dtype=float)
    reach = float(table.threshold)
    low, high = np.maximum(1.0, numbers - reach), numbers + reach
    for index, each in enumerate(names):
        if table.is_free(each):
            high[index] = _MOST
        if knows == "left out" and each in table.left_out:
            low[index] = high[index] = numbers[index]
    place = names.index(name)
    low[place] = high[place] = numbers[place] + step
    # A second row of variables: 1 where a count leaves what is shown of it now, at a price.
    price = np.array([_price(each, table) for each in names])
    rows, lows, highs = [], [], []
    for index, each in enumerate(names):
        if table.is_free(each):
            continue
        least, most = table.limits(each)
        for sign, limit in ((1.0, most), (-1.0, -least)):
            row = np.zeros(2 * size)
            row[index], row[size + index] = sign, -2.0 * reach
            rows.append(row)
            lows.append(-np.inf)
            highs.append(limit)
    _tie(table, names, rows, lows, highs, width=2 * size, knows=knows)
    answer = milp(
        c=np.concatenate([np.zeros(size), price]),
        integrality=np.ones(2 * size),
        bounds=Bounds(np.concatenate([low, np.zeros(size)]), np.concatenate([high, np.ones(size)])),
        constraints=LinearConstraint(np.array(rows), np.array(lows), np.array(highs)),
    )
    if answer.x is None:
        return None
    solved = {each: round(answer.x[index]) for index, each in enumerate(names)}
    return float(answer.fun), solved


def _price(name: str, table: _Table) -> float:
    """What is lost when a count is withheld: a total tells most, a large count more than a small.

    Nothing where it is withheld already, or never told; little where only a range is shown anyhow.
    """
    if table.is_free(name):
        return 0.0
    state = table.states.get(name)
    worth = 1.0 if state == "small" else 2.0 + math.sqrt(table.counts[name])
    if name in table.wholes:
        worth *= 5.0 if name in table.all_parts else 50.0
    return worth


def _tie(
    table: _Table,
    names: Sequence[str],
    rows: list[np.ndarray],
    lows: list[float],
    highs: list[float],
    *,
    width: int,
    knows: Knows,
) -> None:
    """Add what ties the counts: sums, and that no part is more than its whole."""
    place = {name: index for index, name in enumerate(names)}
    for whole, parts, surplus in table.sums(knows):
        row = np.zeros(width)
        row[place[whole]] -= 1.0
        for part in parts:
            row[place[part]] += 1.0
        rows.append(row)
        lows.append(surplus)
        highs.append(surplus)
    for relation in table.relations:
        if isinstance(relation, Overlap) and relation.whole in place:
            for part in table.parts(relation):
                row = np.zeros(width)
                row[place[part]], row[place[relation.whole]] = 1.0, -1.0
                rows.append(row)
                lows.append(-np.inf)
                highs.append(0.0)


# ── what can be worked out ───────────────────────────────────────────────────────────────────────
def _extreme(name: str, table: _Table, *, sign: float, knows: Knows) -> float:
    """The least, or with a sign of -1 the most, that a count can be for somebody."""
    names = table.names
    limits = [table.limits(each, knows) for each in names]
    rows: list[np.ndarray] = []
    lows: list[float] = []
    highs: list[float] = []
    _tie(table, names, rows, lows, highs, width=len(names), knows=knows)
    aim = np.zeros(len(names))
    aim[names.index(name)] = sign
    answer = milp(
        c=aim,
        integrality=np.full(len(names), int(knows != "release")),
        bounds=Bounds([low for low, _high in limits], [high for _low, high in limits]),
        constraints=(
            LinearConstraint(np.array(rows), np.array(lows), np.array(highs)) if rows else ()
        ),
    )
    assert answer.x is not None, name
    return float(answer.fun) * sign


def _is_exposed(name: str, table: _Table, *, knows: Knows = "overlaps") -> bool:
    least = _extreme(name, table, sign=1.0, knows=knows)
    if least < table.counts[name] - 0.5:
        return False
    most = _extreme(name, table, sign=-1.0, knows=knows)
    return most < table.counts[name] + 0.5


def _shown(name: str, table: _Table) -> Shown:
    state = table.states.get(name)
    count = table.counts[name]
    if state is None:
        return Shown("exact", count, count)
    if state == "small":
        return Shown("small", 1, table.threshold - 1)
    # Only what every reader can work out from the rest: saying it gives nothing away.
    least = _extreme(name, table, sign=1.0, knows="release")
    most = _extreme(name, table, sign=-1.0, knows="release")
    high = None if most >= _MOST / 2 else math.floor(most + 1e-6)
    return Shown("withheld", math.ceil(least - 1e-6), high)


# ── what is withheld only because people overlap ─────────────────────────────────────────────────
def _narrowed(shown: dict[str, Shown], table: _Table) -> Mapping[str, Shown]:
    """Say more of withheld counts of which the rest says next to nothing.

    Where people are counted in several parts, whoever does not know how many can work out very
    little: «1 to 78». A round range says more («60 to 79»), and is shown where it takes nothing
    from what every small count can be, even for somebody who does know.
    """
    wide = [
        name
        for name, each in shown.items()
        if each.kind == "withheld" and _width(each) > _WIDTHS[0] * table.threshold
    ]
    if not wide:
        return shown
    before, known = _room(table), _known(table)
    for width in _WIDTHS:
        table.ranges = {
            name: _round_range(table.counts[name], width * table.threshold) for name in wide
        }
        if _room(table) == before and _known(table) == known:
            return {**shown, **{name: _meet(shown[name], table.ranges[name]) for name in wide}}
    table.ranges = {}
    return shown


_KNOW_OVERLAPS: tuple[Knows, ...] = ("overlaps", "left out")
#: Widths of round ranges, in thresholds: of 5 they are 20, 50, 100 and 200 wide.
_WIDTHS = (4, 10, 20, 40)


def _room(table: _Table) -> Mapping[tuple[str, Knows], tuple[int, int]]:
    """The least and the most of every small count, for those who know of the overlaps."""
    return {
        (name, knows): (
            round(_extreme(name, table, sign=1.0, knows=knows)),
            round(_extreme(name, table, sign=-1.0, knows=knows)),
        )
        for name, state in table.states.items()
        if state == "small"
        for knows in _KNOW_OVERLAPS
    }


def _known(table: _Table) -> Collection[tuple[str, Knows]]:
    """The withheld counts that those could work out: but for who knows the left out, none."""
    return {
        (name, knows)
        for name, state in table.states.items()
        if state == "withheld"
        for knows in _KNOW_OVERLAPS
        if _is_exposed(name, table, knows=knows)
    }


def _width(shown: Shown) -> float:
    return math.inf if shown.high is None else shown.high - shown.low


def _round_range(count: int, width: int) -> tuple[float, float]:
    low = count // width * width
    return float(max(1, low)), float(low + width - 1)


def _meet(shown: Shown, limits: tuple[float, float]) -> Shown:
    low, high = limits
    most = high if shown.high is None else min(shown.high, high)
    return Shown("withheld", round(max(shown.low, low)), round(most))
