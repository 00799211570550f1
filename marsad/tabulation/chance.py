"""Could it be chance? Counts before and after, judged by how much such counts swing anyway.

Three judgements, all of them on plain arrays:

* one series: the conditional test of two counts, widened by the swings of the series (`Swings`);
* many States together: the sign-flip test (`flipped`), which needs no model of the swings;
* many judgements at once: the false discovery rate (`discoveries`).

Counts of people found are not Poisson: one raid finds ten. So a count of a year is taken as
Poisson about a level that itself swings from year to year as a Gamma variable with squared
coefficient of variation `s` (the *swing*): a negative binomial count, variance `m + s * m**2`.
Given the sum `n = x + y` of two such counts over `w` years each, the later one is beta-binomial,

    P(y | n) = C(n, y) * B(y + w/s, x + w/s) / B(w/s, w/s),

whatever the level was. Without swings (s towards 0) this is the conditional binomial test.

Nor are people found one by one. Where they come `g` at a time, it is the groups that are counted:
the variance of people is `g * m + s * m**2`, and the test is made of counts divided by `g`, as
quasi-likelihood divides by the dispersion, rounded to whole groups so that they lie nearer to each
other. Neither `s` nor `g` is known. Every pair of them is a *way*; how likely each is, the other
years tell, by the negative binomial of that variance.

* Przyborowski, J., Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson
  series. Biometrika 31.
* Wedderburn, R. W. M. (1974). Quasi-likelihood functions, generalized linear models, and the
  Gauss-Newton method. Biometrika 61: variance in proportion to the mean.
* Lund, S. P., Nettleton, D., McCarthy, D. J., Smyth, G. K. (2012). Detecting differential
  expression in RNA-sequence data using quasi-likelihood with shrunken dispersion estimates.
  Statistical Applications in Genetics and Molecular Biology 11: both kinds of variance at once.
* Robinson, M. D., Smyth, G. K. (2007). Moderated statistical tests for assessing differences in
  tag abundance. Bioinformatics 23: swings of one series and of all of them weighed together.
* Laird, N. (1978). Nonparametric maximum likelihood estimation of a mixing distribution. Journal
  of the American Statistical Association 73.
* Phipson, B., Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
  Applications in Genetics and Molecular Biology 9.
* Tarone, R. E. (1990). A modified Bonferroni method for discrete data. Biometrics 46.
* Gilbert, P. B. (2005). A modified false discovery rate multiple-comparisons procedure for
  discrete data. Applied Statistics 54.
* Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
  Statistical Society B 57.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]

#: Swings that are thought possible: from next to none to a level that triples or vanishes.
SWINGS: Floats = np.concatenate([[1e-6], np.geomspace(1e-4, 10.0, 18)])
#: So many people are found at once: from one to a large raid.
GROUPS: Floats = 2.0 ** np.arange(6)
#: Every swing with every size of group.
WAYS: Floats = np.array([(swing, group) for swing in SWINGS for group in GROUPS])
#: Sums of two counts up to here are judged exactly, above by a Beta variable of the same mean and
#: variance, whose tail is within a few parts in a hundred of the exact one where it matters.
_EXACT = 2_000
_ROUNDS = 200
_UNKNOWN: Floats = np.full(len(WAYS), 1 / len(WAYS))
#: Signs are flipped so often; where there are few States, every way there is.
_FLIPS = 9_999
_FEW = 13
_SEED = 20_211_130


def two_sided(before: Floats, after: Floats, *, years: Floats) -> Floats:
    """How rare so great a difference is, for every way: shape (pairs, ways).

    Twice the smaller tail, never above 1. It does not matter which count is called the later.
    """
    tail = np.ones((len(before), len(SWINGS), len(GROUPS)))
    for place, group in enumerate(GROUPS):
        fewer = np.ceil(np.minimum(before, after) / group)
        more = np.floor(np.maximum(before, after) / group)
        apart = more > fewer
        sizes = years[apart, None] / SWINGS[None, :]
        tail[apart, :, place] = _tail(fewer[apart], (fewer + more)[apart], sizes)
    return np.minimum(1.0, 2.0 * tail.reshape(len(before), len(WAYS)))


def _tail(fewer: Floats, totals: Floats, sizes: Floats) -> Floats:
    tail = np.ones(sizes.shape)
    small = totals <= _EXACT
    tail[small] = _exact(fewer[small], totals[small], sizes[small])
    tail[~small] = _near(fewer[~small], totals[~small], sizes[~small])
    return tail


def _exact(fewer: Floats, totals: Floats, sizes: Floats) -> Floats:
    """Lower tail of the beta-binomial: the term of the count itself, then each from the next."""
    from scipy.special import betaln

    order = np.argsort(-fewer, kind="stable")
    counts, sums, sizes = fewer[order, None], totals[order, None], sizes[order]
    log = betaln(counts + sizes, sums - counts + sizes) - betaln(sizes, sizes)
    log -= betaln(counts + 1, sums - counts + 1) + np.log(sums + 1)
    term = np.exp(log)
    tail = term.copy()
    for step in range(int(fewer.max(initial=0))):
        live = int((counts[:, 0] > step).sum())
        place, whole, size = counts[:live] - step, sums[:live], sizes[:live]
        term = term[:live] * (place * (size + whole - place))
        term /= (whole - place + 1) * (size + place - 1)
        tail[:live] += term
    back: Floats = np.empty_like(tail)
    back[order] = tail
    return back


def _near(fewer: Floats, totals: Floats, sizes: Floats) -> Floats:
    """The same for great sums: a symmetric Beta of the same variance, corrected for steps."""
    from scipy.special import betainc

    totals = totals[:, None]
    shape = (totals * (2 * sizes + 1) / (2 * sizes + totals) - 1) / 2
    return np.asarray(betainc(shape, shape, np.minimum((fewer[:, None] + 0.5) / totals, 0.5)))


def spread(before: Floats, after: Floats, *, years: Floats) -> Floats:
    """By how much a year swings, as a squared coefficient of variation: shape (pairs, ways).

    Groups make small counts swing more than great ones.
    """
    level = np.maximum((before + after) / (2 * years), 0.5)
    return WAYS[None, :, 0] + (WAYS[None, :, 1] - 1) / level[:, None]


def likelihood(before: Floats, after: Floats, *, years: Floats) -> Floats:
    """Log-likelihood of every way for every pair of counts: shape (pairs, ways)."""
    from scipy.special import betaln

    sizes = years[:, None] / spread(before, after, years=years)
    return np.asarray(
        betaln(after[:, None] + sizes, before[:, None] + sizes) - betaln(sizes, sizes)
    )


@dataclass(frozen=True, kw_only=True)
class Swings:
    """How common each way is among the series of one kind, learned from all of them."""

    #: Shares of `WAYS`, which add up to 1.
    shares: Floats
    #: What each series was taken to swing by: shape (series, ways).
    each: Floats

    @classmethod
    def of(cls, found: Floats) -> Swings:
        """Learn from the log-likelihoods of the series: shape (series, ways).

        Expectation and maximisation from equal shares (Laird 1978). One series more, about which
        nothing is known, keeps every way possible; where there is no other, all are alike.
        """
        relative = np.exp(found - found.max(axis=1, keepdims=True))
        shares = _UNKNOWN
        for _round in range(_ROUNDS):
            each = relative * shares
            each /= each.sum(axis=1, keepdims=True)
            shares = (each.sum(axis=0) + _UNKNOWN) / (len(found) + 1)
        return cls(shares=shares, each=each)

    def without(self, series: int) -> Swings:
        """What the other series alone tell: nothing is judged by what it has told itself."""
        count = len(self.each)
        shares = (self.shares * (count + 1) - self.each[series]) / count
        return Swings(shares=shares, each=np.delete(self.each, series, axis=0))

    def given(self, found: Floats) -> Floats:
        """What a series with these log-likelihoods swings by, as shares: shape (series, ways)."""
        log = found + np.log(self.shares)
        weights = np.exp(log - log.max(axis=1, keepdims=True))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def flipped(terms: Floats, *, seed: int = _SEED) -> float:
    """How rare so great a sum is if the sign of each term were a toss of a coin.

    The terms are the changes of States: had nothing changed that they have in common, each might
    as well have been the other way round. Two-sided; ties count against. Up to 13 terms every way
    is tried, above 9,999 drawn ones and the one that is (Phipson and Smyth 2010); the seed is
    fixed, so that the same figures are always judged alike.
    """
    terms = np.asarray(terms, dtype=float)
    terms = terms[terms != 0]
    if not len(terms):
        return 1.0
    reached = abs(terms.sum()) * (1 - 1e-12)
    if len(terms) <= _FEW:
        ways = np.arange(2 ** len(terms))[:, None] >> np.arange(len(terms)) & 1
        sums = np.abs((1 - 2 * ways) @ terms)
        return float((sums >= reached).mean())
    drawn = np.random.default_rng(seed).integers(0, 2, size=(_FLIPS, len(terms)), dtype=np.int8)
    sums = np.abs((1.0 - 2.0 * drawn) @ np.sort(np.abs(terms)))
    return float(((sums >= reached).sum() + 1) / (_FLIPS + 1))


def discoveries(
    rarities: Sequence[float] | Floats, *, least: Floats | None = None, level: float = 0.05
) -> Floats:
    """The least false discovery rate at which each would be called beyond chance.

    Benjamini and Hochberg 1995: of those at or below 0.05, one in twenty is expected to be chance
    after all. It holds for independent judgements and for such as rise together.

    :param least: how rare each could have been at most, had all counts of it been in one year. With
        it, those that could never have been called beyond chance at `level` are not counted as
        judged (Tarone 1990, Gilbert 2005); their rate is 1.
    """
    rarities = np.asarray(rarities, dtype=float)
    rates = np.ones(len(rarities))
    judged = np.arange(len(rarities)) if least is None else _able(least, level)
    order = judged[np.argsort(rarities[judged])[::-1]]
    ranks = np.arange(len(order), 0, -1)
    rates[order] = np.minimum.accumulate(np.append(1.0, rarities[order] * len(order) / ranks))[1:]
    return rates


def _able(least: Floats, level: float) -> NDArray[np.intp]:
    """Those that can be beyond chance: of the fewest K such that K at most reach level / K."""
    sizes = np.arange(1, len(least) + 1)
    reach = np.searchsorted(np.sort(least), level / sizes, side="right")
    enough = sizes[reach <= sizes]
    return np.flatnonzero(least <= level / enough[0]) if len(enough) else sizes[:0]
