"""Which pairs of lists belong into the model: one after the other, while the counts ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import pdtr, pdtrc

from .lists import Pair
from .model import Fit, Flaw, Table

#: A pair is taken in where so many people on both lists would be rarer than this by chance.
THRESHOLD = 0.02


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A pair that was looked at: the rarest of those not in the model, or one passed over."""

    #: Counted from 1: each round takes one pair in; the last takes none.
    round: int
    pair: Pair
    #: People on both lists, and how many the model had expected before.
    overlap: int
    expected: float
    #: How rare so many, or so few, are by chance.
    p_value: float
    taken: bool
    #: Why it was passed over; None where it was taken, or was not rare enough.
    flaw: Flaw | None
    #: All people as the model has it after this round; None where the pair was not taken.
    population: float | None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A model, and how it came about."""

    fit: Fit
    #: For each pair taken in, how rare its overlap was by chance before it was.
    p_values: dict[Pair, float]
    #: Pairs that the counts asked for, and with which the model could not be estimated.
    refused: dict[Pair, Flaw]
    #: Everything that was tried, in order; empty where nothing was to be chosen.
    trials: list[Trial]


def forward(table: Table, *, threshold: float = THRESHOLD) -> Choice:
    """Begin with the lists alone; take in the pair whose overlap is rarest by chance, and so on.

    The people on both lists of a pair that is not in the model are Poisson about the sum of the
    means of those cells. The rarity is that of the nearer tail. A pair with which the model cannot
    be estimated is passed over (Chan, Silverman and Vincent 2019, section 3).
    """
    fit = table.fit([])
    p_values: dict[Pair, float] = {}
    refused: dict[Pair, Flaw] = {}
    trials: list[Trial] = []
    for number in range(1, len(table.pairs) + 2 if threshold > 0 else 1):
        rarest = sorted(
            (_rarity(table, fit, pair), pair) for pair in table.pairs if pair not in p_values
        )
        taken = None
        for rarity, pair in rarest:
            flaw = table.flaw([*fit.pairs, pair]) if rarity < threshold else None
            after = table.fit([*fit.pairs, pair]) if rarity < threshold and not flaw else None
            trials.append(
                _trial(table, fit, pair, round_=number, rarity=rarity, flaw=flaw, after=after)
            )
            if rarity >= threshold:
                break
            if after is not None:
                taken = pair, rarity, after
                break
            if flaw is not None:
                refused[pair] = flaw
        if taken is None:
            break
        pair, rarity, fit = taken
        p_values[pair] = rarity
        refused.pop(pair, None)
    return Choice(fit=fit, p_values=p_values, refused=refused, trials=trials)


def _trial(
    table: Table,
    fit: Fit,
    pair: Pair,
    *,
    round_: int,
    rarity: float,
    flaw: Flaw | None,
    after: Fit | None,
) -> Trial:
    return Trial(
        round=round_,
        pair=pair,
        overlap=int(table.overlap(pair)),
        expected=float(fit.means[table.both[pair]].sum()),
        p_value=rarity,
        taken=after is not None,
        flaw=flaw,
        population=None if after is None else float(table.counts.sum()) + after.hidden,
    )


def _rarity(table: Table, fit: Fit, pair: Pair) -> float:
    """How rare so many people, or so few, on both lists would be if the pair meant nothing."""
    overlap = table.overlap(pair)
    expected = float(fit.means[table.both[pair]].sum())
    as_many = 1.0 if overlap == 0 else float(pdtrc(overlap - 1, expected))
    return min(float(pdtr(overlap, expected)), as_many)
