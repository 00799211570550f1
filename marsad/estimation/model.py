"""Log-linear models of overlapping lists: whether one can be estimated, and its estimate.

A cell is a history; its count is Poisson, the log of its mean a sum: an intercept, an effect of
each list the history is on, and one of each pair of lists in the model. The intercept is the log of
the number of people on no list (Cormack 1989).

A pair in the model that nobody is on both lists of has the effect minus infinity: no cell with both
can hold anybody. Those cells are taken out, and the effect with them (Chan, Silverman and Vincent
2019, section 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from .lists import Floats, Lists, Pair

_STEPS = 100
_CLOSE_ENOUGH = 1e-10
#: Of the largest count: below it the programme's optimum is nought but for rounding.
_NOUGHT = 1e-9
#: People: a mean above it is no way to minus infinity that ended early.
_WELL_ABOVE = 1e-5


class Flaw(StrEnum):
    """Why a model cannot be estimated."""

    #: Two sets of effects give the same means: the counts cannot tell them apart.
    NOT_IDENTIFIED = "not-identified"
    #: The likelihood grows for ever as some effect goes to infinity.
    NO_MAXIMUM = "no-maximum"


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A model with its estimate."""

    pairs: Sequence[Pair]
    #: Those of them that nobody is on both lists of: their effect is minus infinity.
    empty: frozenset[Pair]
    #: Intercept, lists, pairs that are not empty.
    effects: Floats
    #: Variances and covariances of the effects.
    covariance: Floats
    #: Means of all cells, in the order of `Lists.histories`; people.
    means: Floats

    @property
    def hidden(self) -> float:
        """People on no list."""
        return float(np.exp(self.effects[0]))

    @property
    def error(self) -> float:
        """Standard error of the log of `hidden`."""
        return float(np.sqrt(self.covariance[0, 0]))


class Table:
    """Lists laid out for fitting: made once, fitted many times."""

    def __init__(self, lists: Lists, counts: Floats | None = None) -> None:
        self.pairs = lists.pairs
        self.histories = lists.histories()
        self.counts = lists.vector() if counts is None else counts
        self.both = {
            (one, other): self.histories[:, one] * self.histories[:, other] > 0
            for one, other in self.pairs
        }

    def overlap(self, pair: Pair) -> float:
        """People on both lists, whatever others they are on."""
        return float(self.counts[self.both[pair]].sum())

    def flaw(self, pairs: Sequence[Pair]) -> Flaw | None:
        """Why the model with these pairs cannot be estimated; None where it can."""
        _empty, kept, design = self._design(pairs)
        if np.linalg.matrix_rank(design) < design.shape[1]:
            return Flaw.NOT_IDENTIFIED
        if not _is_reached(design, self.counts[kept]) and not _has_maximum(
            design, self.counts[kept]
        ):
            return Flaw.NO_MAXIMUM
        return None

    def fit(self, pairs: Sequence[Pair]) -> Fit:
        """Estimate a model that has no flaw.

        :raises ArithmeticError: if it has one all the same, and the steps lead nowhere.
        """
        empty, kept, design = self._design(pairs)
        effects, means = _maximise(design, self.counts[kept])
        all_means = np.zeros(len(self.counts))
        all_means[kept] = means
        return Fit(
            pairs=tuple(pairs),
            empty=empty,
            effects=effects,
            covariance=np.linalg.inv(design.T @ (means[:, None] * design)),
            means=all_means,
        )

    def _design(self, pairs: Sequence[Pair]) -> tuple[frozenset[Pair], NDArray[np.bool_], Floats]:
        """The empty pairs, the cells that are kept, and a column for every effect."""
        empty = frozenset(pair for pair in pairs if self.overlap(pair) == 0)
        kept = np.ones(len(self.counts), dtype=bool)
        for pair in empty:
            kept &= ~self.both[pair]
        columns = [np.ones(len(self.counts)), *self.histories.T]
        columns += [self.both[pair].astype(float) for pair in pairs if pair not in empty]
        return empty, kept, np.column_stack(columns)[kept]


def _is_reached(design: Floats, counts: Floats) -> bool:
    """Whether the steps towards the maximum end, at means that are all well above nought.

    Then it exists, and no programme need be asked: such means have the margins of the counts.
    """
    try:
        # What runs away leaves the range of numbers: an ArithmeticError as well.
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            _effects, means = _maximise(design, counts)
    except (ArithmeticError, np.linalg.LinAlgError):
        return False
    return bool(means.min() > _WELL_ABOVE)


def _has_maximum(design: Floats, counts: Floats) -> bool:
    """Whether the likelihood has a maximum at finite effects.

    It has if and only if some cells, all above nought, have the same margins as the counts. A
    linear programme makes the smallest cell as large as it can be (Fienberg and Rinaldo 2012,
    supplement).
    """
    cells, effects = design.shape
    largest = max(1.0, float(counts.max()))
    smallest_up = np.zeros(cells + 1)
    smallest_up[-1] = -1.0
    found = linprog(
        smallest_up,
        A_ub=np.column_stack([-np.eye(cells), np.ones(cells)]),
        b_ub=np.zeros(cells),
        A_eq=np.column_stack([design.T, np.zeros(effects)]),
        b_eq=design.T @ (counts / largest),
        bounds=[(0, None)] * (cells + 1),
        method="highs",
    )
    return bool(found.status == 0 and found.x[-1] > _NOUGHT)


def _maximise(design: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Effects of greatest likelihood and the means they give: iteratively reweighted least squares.

    :raises ArithmeticError: where a hundred steps do not get there.
    """
    means = counts + 0.5
    logs = np.log(means)
    for _step in range(_STEPS):
        weighted = design.T * means
        working = logs + (counts - means) / means
        effects = np.linalg.solve(weighted @ design, weighted @ working)
        moved = design @ effects
        far = float(np.max(np.abs(moved - logs)))
        logs, means = moved, np.exp(moved)
        if far < _CLOSE_ENOUGH:
            return effects, means
    raise ArithmeticError
