"""How far people who coded the same agree, beyond what chance would give. Pure: no database.

A unit is something that was coded (an answer); a value is what somebody said of it (a theme, or
"not this theme"). Values are names, without any order between them.

>>> cohen([("a", "a"), ("b", "b")])
1.0
>>> krippendorff([["a", "a"], ["b", None]]) is None  # one unit with two values says too little
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

#: How far from 1 chance must stay for a measure to say anything.
_SAME = 1e-12


def observed(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """The share of units to which both gave the same value; None where there is no unit."""
    found = list(pairs)
    if not found:
        return None
    return sum(one == other for one, other in found) / len(found)


def cohen(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two people, from the values that each gave to every unit.

    kappa = (p_o - p_e) / (1 - p_e), where p_o is the share of units on which they agree, and p_e
    the share that chance would give: for every value the product of how often each of the two
    used it. J. Cohen, "A coefficient of agreement for nominal scales", Educational and
    Psychological Measurement 20 (1960), 37-46.

    None where it is not defined: no unit, or both used one and the same value throughout.
    """
    found = list(pairs)
    agreed = observed(found)
    if agreed is None:
        return None
    firsts, seconds = Counter(one for one, _ in found), Counter(other for _, other in found)
    by_chance = sum(firsts[value] * seconds[value] for value in firsts) / len(found) ** 2
    if 1 - by_chance < _SAME:
        return None
    return (agreed - by_chance) / (1 - by_chance)


def krippendorff(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for names, of any number of people, of whom some may have said nothing.

    alpha = 1 - D_o / D_e, the disagreement observed over the one that chance would give, both from
    the matrix of coincidences: in a unit with m values every pair of them counts 1 / (m - 1), and
    a unit with fewer than two says nothing. K. Krippendorff, "Computing Krippendorff's
    Alpha-Reliability" (2011), section C, nominal data.

    None where it is not defined: fewer than two units to compare, or one value throughout.
    """
    told = [[value for value in unit if value is not None] for unit in units]
    told = [values for values in told if len(values) > 1]
    if len(told) < 2:
        return None
    totals: Counter[Hashable] = Counter(value for values in told for value in values)
    count = sum(totals.values())
    by_chance = count**2 - sum(number**2 for number in totals.values())
    if not by_chance:
        return None
    apart = 0.0
    for values in told:
        within = Counter(values)
        pairs = len(values) ** 2 - sum(number**2 for number in within.values())
        apart += pairs / (len(values) - 1)
    return 1 - (count - 1) * apart / by_chance


__all__ = ["cohen", "krippendorff", "observed"]
