"""Which pairs of lists belong into the model: one after the other, while the counts ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import pdtr, pdtrc

from .lists import Pair
from .model import Fit, Flaw, Table

#: A pair is taken in where so many people on both lists would be rarer than this by chance.
THRESHOLD = 0.02


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A model, and how it came about."""

    fit: Fit
    #: For each pair taken in, how rare its overlap was by chance before it was.
    p_values: dict[Pair, float]
    #: Pairs that the counts asked for, and with which the model could not be estimated.
    refused: dict[Pair, Flaw]


def forward(table: Table, *, threshold: float = THRESHOLD) -> Choice:
    """Begin with the lists alone; take in the pair whose overlap is rarest by chance, and so on.

    The people on both lists of a pair that is not in the model are Poisson about the sum of the
    means of those cells. The rarity is that of the nearer tail. A pair with which the model cannot
    be estimated is passed over (Chan, Silverman and Vincent 2019, section 3).
    """
    fit = table.fit([])
    p_values: dict[Pair, float] = {}
    refused: dict[Pair, Flaw] = {}
    while True:
        asked_for = sorted(
            (rarity, pair)
            for pair in table.pairs
            if pair not in p_values and (rarity := _rarity(table, fit, pair)) < threshold
        )
        for rarity, pair in asked_for:
            flaw = table.flaw([*fit.pairs, pair])
            if flaw is None:
                fit = table.fit([*fit.pairs, pair])
                p_values[pair] = rarity
                refused.pop(pair, None)
                break
            refused[pair] = flaw
        else:
            return Choice(fit=fit, p_values=p_values, refused=refused)


def _rarity(table: Table, fit: Fit, pair: Pair) -> float:
    """How rare so many people, or so few, on both lists would be if the pair meant nothing."""
    overlap = table.overlap(pair)
    expected = float(fit.means[table.both[pair]].sum())
    as_many = 1.0 if overlap == 0 else float(pdtrc(overlap - 1, expected))
    return min(float(pdtr(overlap, expected)), as_many)
