"""How many people are on no list, between which bounds, and what speaks against believing it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from scipy.special import ndtri

from marsad.problems import _, spoken

from .choosing import THRESHOLD, Choice, Trial, forward
from .errors import NoEstimate, TooFewLists, UnknownMethod
from .lists import Lists
from .model import Flaw, Table

METHODS = ("stepwise", "main")
#: From here on an interval is wider than its estimate is worth.
_WIDE = 4.0

#: What speaks against an estimate: the sentence, which says what it means.
CAUTIONS: Mapping[str, str] = {
    "list-empty": _("Nobody is on the list “{lists}”. It was left out."),
    "two-lists": _(
        "With two lists nothing can show whether being on one makes being on the other likelier. "
        "The estimate holds only if it does not."
    ),
    "no-overlap": _(
        "Nobody is on both “{lists}”. The counts cannot tell lists that shun one another from "
        "lists that are merely small."
    ),
    "not-identified": _(
        "Whether “{lists}” depend on one another cannot be told from these counts: a model that "
        "says so is not identified."
    ),
    "no-maximum": _(
        "Whether “{lists}” depend on one another cannot be told from these counts: a model that "
        "says so has no finite estimate."
    ),
    "all-pairs-not-identified": _(
        "A model in which all lists depend on one another is not identified by these counts, so "
        "the simpler one that is shown cannot be checked against it."
    ),
    "all-pairs-no-maximum": _(
        "A model in which all lists depend on one another has no finite estimate from these "
        "counts, so the simpler one that is shown cannot be checked against it."
    ),
    "wide": _(
        "The upper bound is {times} times the lower one. The counts say little; do not quote the "
        "estimate without its bounds."
    ),
}


#: Between the names of two lists, which stand in quotation marks.
_BETWEEN = _("”, “")


@dataclass(frozen=True, kw_only=True)
class Caution:
    """Something that speaks against believing an estimate."""

    #: Stable: a name in `CAUTIONS`.
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def says(self) -> str:
        """What it means, in the reader's language."""
        told = dict(self.details)
        if not isinstance(told.get("lists", ""), str):
            told["lists"] = spoken(_BETWEEN).join(told["lists"])
        return spoken(CAUTIONS[self.code], **told)


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """Two lists that depend on one another, as the model has it."""

    lists: tuple[str, str]
    #: Log of how much likelier both together are; minus infinity where nobody is on both.
    effect: float
    #: How rare the overlap was by chance before the pair was taken in; None where it was given.
    p_value: float | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that was tried on the way to the model: see `choosing.Trial`."""

    round: int
    lists: tuple[str, str]
    overlap: int
    expected: float
    p_value: float
    taken: bool
    #: "not-identified" or "no-maximum" where it was passed over for that; else "".
    flaw: str
    population: float | None


@dataclass(frozen=True, kw_only=True)
class Checks:
    """What the counts are like, and what can be told from them."""

    #: Combinations of lists, and how many of them nobody is on.
    cells: int
    cells_empty: int
    #: Pairs of lists, and how many of them nobody is on both of.
    pairs: int
    pairs_empty: int
    #: People on two lists or more.
    overlap: int
    #: Whether the model with all pairs at once is identified, and whether it has a finite estimate.
    identified: bool
    exists: bool

    @property
    def sparse(self) -> bool:
        """Whether some pairs overlap nowhere, or half of all combinations are empty."""
        return self.pairs_empty > 0 or 2 * self.cells_empty >= self.cells


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """How many people there are, the hidden ones included."""

    method: str
    #: What the lists that were used are called.
    lists: Sequence[str]
    #: People on at least one list.
    observed: int
    #: People on no list, and all people; both as estimated, not rounded.
    hidden: float
    population: float
    #: Bounds of `population` at `level`, from the normal error of the log of `hidden`.
    low: float
    high: float
    level: float
    interactions: Sequence[Interaction]
    cautions: Sequence[Caution]
    #: What was tried on the way to the model; empty where the method tries nothing.
    steps: Sequence[Step]
    checks: Checks

    def as_json(self) -> dict[str, Any]:
        """For JSON: people as whole numbers, minus infinity as null."""
        return {
            "method": self.method,
            "lists": list(self.lists),
            "observed": self.observed,
            "hidden": round(self.hidden),
            "estimate": round(self.population),
            "low": round(self.low),
            "high": round(self.high),
            "level": self.level,
            "interactions": [
                {
                    "lists": list(each.lists),
                    "effect": each.effect if math.isfinite(each.effect) else None,
                    "p_value": each.p_value,
                }
                for each in self.interactions
            ],
            "warnings": [{"code": each.code, "message": each.says} for each in self.cautions],
            "steps": [
                {
                    "round": each.round,
                    "lists": list(each.lists),
                    "overlap": each.overlap,
                    "expected": round(each.expected, 2),
                    "p_value": each.p_value,
                    "taken": each.taken,
                    "flaw": each.flaw or None,
                    "estimate": None if each.population is None else round(each.population),
                }
                for each in self.steps
            ],
            "checks": {**asdict(self.checks), "sparse": self.checks.sparse},
        }


def estimate(
    lists: Lists, *, method: str = "stepwise", threshold: float = THRESHOLD, level: float = 0.95
) -> Estimate:
    """Estimate the population behind overlapping lists.

    :param method: `stepwise` lets pairs of lists depend on one another where the counts ask for it;
        `main` lets none.
    :param threshold: how rare an overlap must be by chance for its pair to be taken in.
    :param level: share of intervals that hold the truth, if the model does.
    :raises NoEstimate: where the counts determine none.
    :raises UnknownMethod, TooFewLists: where nothing can be tried.
    """
    if method not in METHODS:
        raise UnknownMethod(given=method, choices=", ".join(METHODS))
    used, empty = lists.without_empty()
    if len(used.names) < 2:
        raise TooFewLists(name=", ".join(lists.names), count=len(used.names))
    table = Table(used)
    flaw = table.flaw([])
    if flaw is not None:
        raise NoEstimate(reason=spoken(_REASONS[flaw]))
    choice = forward(table, threshold=threshold if method == "stepwise" else 0.0)
    fit = choice.fit
    reach = float(ndtri(0.5 + level / 2)) * fit.error
    low = used.observed + fit.hidden * math.exp(-reach)
    high = used.observed + fit.hidden * math.exp(reach)
    cautions = [Caution(code="list-empty", details={"lists": name}) for name in empty]
    return Estimate(
        method=method,
        lists=used.names,
        observed=used.observed,
        hidden=fit.hidden,
        population=used.observed + fit.hidden,
        low=low,
        high=high,
        level=level,
        interactions=_interactions(used, choice),
        cautions=[*cautions, *_cautions(used, table, choice), *_of_width(low, high)],
        steps=[_step(used, trial) for trial in choice.trials],
        checks=_checks(used, table),
    )


def _step(lists: Lists, trial: Trial) -> Step:
    return Step(
        round=trial.round,
        lists=(lists.names[trial.pair[0]], lists.names[trial.pair[1]]),
        overlap=trial.overlap,
        expected=trial.expected,
        p_value=trial.p_value,
        taken=trial.taken,
        flaw=trial.flaw.value if trial.flaw else "",
        population=trial.population,
    )


def _checks(lists: Lists, table: Table) -> Checks:
    whole = table.flaw(table.pairs)
    counts = table.counts
    return Checks(
        cells=len(counts),
        cells_empty=int((counts == 0).sum()),
        pairs=len(table.pairs),
        pairs_empty=sum(table.overlap(pair) == 0 for pair in table.pairs),
        overlap=int(counts[table.histories.sum(axis=1) > 1].sum()),
        # With two lists the one pair takes all there is: nothing is left to tell it from.
        identified=len(lists.names) > 2 and whole is not Flaw.NOT_IDENTIFIED,
        exists=whole is None or whole is Flaw.NOT_IDENTIFIED,
    )


_REASONS = {
    Flaw.NO_MAXIMUM: _("too few people are on more than one list."),
    Flaw.NOT_IDENTIFIED: _("two of the lists cannot be told apart."),
}


def _interactions(lists: Lists, choice: Choice) -> list[Interaction]:
    fit = choice.fit
    finite = iter(fit.effects[1 + len(lists.names) :])
    return [
        Interaction(
            lists=(lists.names[pair[0]], lists.names[pair[1]]),
            effect=-math.inf if pair in fit.empty else float(next(finite)),
            p_value=choice.p_values.get(pair),
        )
        for pair in fit.pairs
    ]


def _cautions(lists: Lists, table: Table, choice: Choice) -> list[Caution]:
    """What the counts cannot tell, pair by pair and for all pairs at once."""
    if len(lists.names) == 2:
        return [Caution(code="two-lists")]
    found: list[Caution] = []
    for pair in table.pairs:
        said = {"lists": tuple(lists.names[place] for place in pair)}
        flaw = choice.refused.get(pair) or (
            table.flaw([*choice.fit.pairs, pair]) if pair not in choice.fit.pairs else None
        )
        if flaw is not None:
            found.append(Caution(code=flaw.value, details=said))
        elif table.overlap(pair) == 0:
            found.append(Caution(code="no-overlap", details=said))
    whole = table.flaw(table.pairs)
    if whole is not None:
        found.append(Caution(code=f"all-pairs-{whole.value}"))
    return found


def _of_width(low: float, high: float) -> list[Caution]:
    times = high / low
    return [Caution(code="wide", details={"times": f"{times:.1f}"})] if times > _WIDE else []
