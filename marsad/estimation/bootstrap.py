"""Bounds that know that the model was chosen by the same counts.

People are drawn anew from those that were counted, the model is chosen anew each time, and the
bounds are taken from the estimates that come out, corrected for their bias and for how their spread
changes (BCa; Efron 1987), as Chan, Silverman and Vincent (2021) advise for lists that overlap
little. The acceleration comes from leaving out one person of each combination of lists in turn.

* Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical
  Association 82.
* Chan, L., Silverman, B. W., Vincent, K. (2021). Multiple systems estimation for sparse capture
  data: inferential challenges when there are nonoverlapping lists. Journal of the American
  Statistical Association 116.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from .choosing import THRESHOLD, forward
from .lists import Floats, Lists
from .model import Table

TIMES = 1_000
_SEED = 20_192_021


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Bounds of the population from counts drawn anew."""

    low: float
    #: Infinite where too many of the draws had no estimate.
    high: float
    times: int
    #: How many of the draws had no estimate: they count as infinitely many people.
    failed: int
    #: How many different models were chosen.
    models: int

    def as_json(self) -> dict[str, Any]:
        """For JSON: people as whole numbers, no bound as null."""
        return {
            **asdict(self),
            "low": round(self.low),
            "high": round(self.high) if math.isfinite(self.high) else None,
        }


def bounds(
    lists: Lists,
    *,
    method: str = "stepwise",
    threshold: float = THRESHOLD,
    level: float = 0.95,
    times: int = TIMES,
    seed: int = _SEED,
    before_each: Callable[[], None] | None = None,
) -> Bounds:
    """Bounds of an estimate that `estimate` makes of the same lists.

    The same counts always have the same bounds: the seed is fixed.

    :param before_each: called before each draw; what it raises ends the work.
    """
    used, _empty = lists.without_empty()
    rarity = threshold if method == "stepwise" else 0.0
    counts = used.vector()
    found, _model = _population(used, counts, rarity)
    draws = np.random.default_rng(seed).multinomial(
        int(counts.sum()), counts / counts.sum(), size=times
    )
    drawn = []
    for draw in draws:
        if before_each is not None:
            before_each()
        drawn.append(_population(used, draw.astype(np.float64), rarity))
    estimates = np.sort([population for population, _model in drawn])
    below = (estimates < found).mean() + (estimates == found).mean() / 2
    bias = float(ndtri(np.clip(below, 1 / (times + 1), times / (times + 1))))
    bend = _bend(used, counts, rarity)
    ends = [_end(share, bias=bias, bend=bend) for share in (0.5 - level / 2, 0.5 + level / 2)]
    low, high = (float(np.quantile(estimates, end, method="inverted_cdf")) for end in ends)
    return Bounds(
        low=max(low, float(counts.sum())),
        high=high,
        times=times,
        failed=int(np.isinf(estimates).sum()),
        models=len({model for _population_, model in drawn if model is not None}),
    )


def _population(
    lists: Lists, counts: Floats, threshold: float
) -> tuple[float, frozenset[tuple[int, int]] | None]:
    """The estimate and its pairs; infinitely many and None where there is no estimate."""
    table = Table(lists, counts=counts)
    try:
        if table.flaw([]) is not None:
            return math.inf, None
        fit = forward(table, threshold=threshold).fit
    except (ArithmeticError, np.linalg.LinAlgError):
        return math.inf, None
    return float(counts.sum()) + fit.hidden, frozenset(fit.pairs)


def _bend(lists: Lists, counts: Floats, threshold: float) -> float:
    """The acceleration: how lopsided the influence of single persons is."""
    left_out = []
    for cell in np.flatnonzero(counts):
        without = counts.copy()
        without[cell] -= 1
        left_out.append((_population(lists, without, threshold)[0], counts[cell]))
    estimates = np.array([estimate for estimate, _people in left_out])
    people = np.array([each for _estimate, each in left_out])
    told = np.isfinite(estimates)
    if not told.any():
        return 0.0
    estimates, people = estimates[told], people[told]
    far = np.average(estimates, weights=people) - estimates
    spread = float((people * far**2).sum()) ** 1.5
    return float((people * far**3).sum()) / (6 * spread) if spread > 0 else 0.0


def _end(share: float, *, bias: float, bend: float) -> float:
    """Which quantile of the estimates a bound is."""
    at = bias + float(ndtri(share))
    beside = 1 - bend * at
    # Beyond this point the correction turns back on itself; the outermost estimate is taken.
    if beside <= 0:
        return 1.0 if at > 0 else 0.0
    return float(np.clip(ndtr(bias + at / beside), 0.0, 1.0))
