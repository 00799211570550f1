"""How many people are on none of the lists, told to somebody who must explain it to a minister.

Nothing is stored: the table comes with the request and leaves with it.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marsad import estimation
from marsad.design.formatting import Formatter
from marsad.directory.types import Reader
from marsad.estimation import Bounds, Estimate
from marsad.statistics import problems
from marsad.statistics.queries.reading import as_read
from marsad.statistics.types.hidden import Bar, Check, HiddenView, Tried

#: Draws of a page, and how many lists it has the time for.
TIMES = 400
MOST_LISTS = 6
#: Of whoever has not signed in: anybody may ask, and nobody may keep a processor busy.
MOST_OF_VISITORS = 6
MOST_DRAWN_OF_VISITORS = 4
#: How long drawing anew may take, signed in or not.
SECONDS, SECONDS_OF_VISITORS = 60, 15
#: Half of what a label takes of the width.
_LABEL = 22.0
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def estimated(
    data: bytes,
    *,
    name: str,
    method: str,
    level: float = 0.95,
    draw: bool = False,
    reader: Reader,
    language: str,
) -> HiddenView:
    """An estimate with everything that must be said with it.

    :raises marsad.estimation.errors: where the table cannot be read, or determines no estimate.
    :raises TooManyListsForAPage: where drawing anew would take too long.
    :raises TooManyListsForVisitors: the same for somebody who has not signed in.
    :raises TakesTooLong: where it did.
    """
    lists = estimation.read_lists(data, name=name)
    is_visitor = not reader.is_authenticated
    if is_visitor and len(lists.names) > (MOST_DRAWN_OF_VISITORS if draw else MOST_OF_VISITORS):
        raise problems.TooManyListsForVisitors(
            count=len(lists.names), most=MOST_OF_VISITORS, drawn=MOST_DRAWN_OF_VISITORS
        )
    if draw and len(lists.names) > MOST_LISTS:
        raise problems.TooManyListsForAPage(count=len(lists.names), most=MOST_LISTS)
    with as_read(language) as formatter:
        found = estimation.estimate(lists, method=method, level=level)
        drawn = (
            estimation.bounds(
                lists,
                method=method,
                level=level,
                times=TIMES,
                before_each=_within(SECONDS_OF_VISITORS if is_visitor else SECONDS),
            )
            if draw
            else None
        )
        return _Telling(found, drawn, formatter).view()


def _within(seconds: int) -> Callable[[], None]:
    """Raises once so much time has gone by since it was made."""
    ends_at = monotonic() + seconds

    def check() -> None:
        if monotonic() > ends_at:
            raise problems.TakesTooLong(seconds=seconds)

    return check


class _Telling:
    """One estimate in words."""

    def __init__(self, found: Estimate, drawn: Bounds | None, formatter: Formatter) -> None:
        self.found = found
        self.drawn = drawn
        self.formatter = formatter
        self.level = formatter.percent(found.level)

    def view(self) -> HiddenView:
        """All of it."""
        bars, axis, seen_at = self._picture()
        return HiddenView(
            estimate=self.found,
            drawn=self.drawn,
            headline=self._headline(),
            says=list(self._says()),
            model=list(self._model()),
            checks=list(self._checks()),
            tried=[self._tried(step) for step in self.found.steps],
            warnings=[each.says for each in self.found.cautions],
            bars=bars,
            axis=axis,
            seen_at=seen_at,
            json=json.dumps(self._as_json(), ensure_ascii=False, indent=2),
            csv=self._as_csv(),
        )

    # ── words ────────────────────────────────────────────────────────────────────────────────────
    def _headline(self) -> str:
        says = ngettext(
            "About {count} person, between {low} and {high}",
            "About {count} people, between {low} and {high}",
            round(self.found.population),
        )
        return says.format(
            count=self.people(self.found.population),
            low=self.people(self.found.low),
            high=self.people(self.found.high),
        )

    def people(self, number: float) -> str:
        """A whole number of people; "no bound" where there is none."""
        if not math.isfinite(number):
            return _("no bound")
        return self.formatter.number(round(number))

    def _says(self) -> Iterator[str]:
        found = self.found
        yield _(
            "{seen} people are on at least one of the {lists} lists. About {hidden} more are on "
            "none of them: for each person on a list there is about {times} who is on none."
        ).format(
            seen=self.formatter.number(found.observed),
            lists=self.formatter.number(len(found.lists)),
            hidden=self.people(found.hidden),
            times=self.formatter.number(round(found.hidden / found.observed, 1), decimals=1),
        )
        yield _(
            "If the model is right, {level} of intervals made like this hold the true number."
        ).format(level=self.level)
        if self.drawn is not None:
            yield self._drawn(self.drawn)

    def _drawn(self, drawn: Bounds) -> str:
        says = _(
            "The model was chosen by these very counts. Where people are drawn anew {times} times "
            "and the model is chosen anew each time, the bounds are {low} and {high}; {models} "
            "different models came out."
        )
        if drawn.failed:
            says += " " + _("{failed} of the draws had no estimate.")
        return says.format(
            times=self.formatter.number(drawn.times),
            low=self.people(drawn.low),
            high=self.people(drawn.high),
            models=self.formatter.number(drawn.models),
            failed=self.formatter.number(drawn.failed),
        )

    def _model(self) -> Iterator[str]:
        if not self.found.interactions:
            yield _(
                "No list has anything to do with another: whoever is on one is neither likelier "
                "nor less likely to be on any other."
            )
        for each in self.found.interactions:
            names = {"one": each.lists[0], "other": each.lists[1]}
            if not math.isfinite(each.effect):
                says = _("Nobody is on both “{one}” and “{other}”: the two shut one another out.")
            elif each.effect > 0:
                says = _(
                    "Whoever is on “{one}” is likelier to be on “{other}” too: the odds are "
                    "{times} times as high."
                )
                names["times"] = self._times(each.effect)
            else:
                says = _(
                    "Whoever is on “{one}” is less likely to be on “{other}”: the odds are {times} "
                    "times as low."
                )
                names["times"] = self._times(-each.effect)
            yield says.format(**names)

    def _times(self, effect: float) -> str:
        return self.formatter.number(round(math.exp(effect), 1), decimals=1)

    def _checks(self) -> Iterator[Check]:
        checks = self.found.checks
        number = self.formatter.number
        yield Check(
            label=_("An estimate exists"),
            says=_("The model that is shown has one finite estimate, and only one."),
            tone="good",
        )
        yield Check(
            label=_("Can it be checked?"),
            says=_("A model in which every two lists lean on one another can be estimated too.")
            if checks.identified and checks.exists
            else _(
                "A model in which every two lists lean on one another cannot be estimated from "
                "these counts, so the one that is shown cannot be held against it."
            ),
            tone="good" if checks.identified and checks.exists else "warning",
        )
        yield Check(
            label=_("Do the lists overlap?"),
            says=_(
                "{overlap} people are on more than one list; {empty} of {pairs} pairs of lists "
                "have nobody in common; {cells} of {all} combinations are empty."
            ).format(
                overlap=number(checks.overlap),
                empty=number(checks.pairs_empty),
                pairs=number(checks.pairs),
                cells=number(checks.cells_empty),
                all=number(checks.cells),
            ),
            tone="warning" if checks.sparse else "good",
        )

    def _tried(self, step: Any) -> Tried:
        results = {
            "not-identified": _("passed over: the model would not be identified"),
            "no-maximum": _("passed over: the model would have no finite estimate"),
        }
        if step.taken:
            result = _("taken in")
        else:
            result = results.get(step.flaw) or _("not rare enough: the search ends")
        return Tried(
            round=step.round,
            lists=step.lists,
            overlap=step.overlap,
            expected=self.formatter.number(round(step.expected, 1), decimals=1),
            chance=self._chance(step.p_value),
            result=result,
            population="" if step.population is None else self.people(step.population),
        )

    def _chance(self, share: float) -> str:
        least = 0.0001
        if share < least:
            return _("less than {share}").format(share=self.formatter.percent(least, decimals=2))
        return self.formatter.percent(share, decimals=2)

    # ── the picture ──────────────────────────────────────────────────────────────────────────────
    def _picture(self) -> tuple[Sequence[Bar], Sequence[str], float]:
        found, drawn = self.found, self.drawn
        ends = [found.high, found.population]
        if drawn is not None and math.isfinite(drawn.high):
            ends.append(drawn.high)
        step = _step(max(ends))
        most = step * math.ceil(1.02 * max(ends) / step)

        def at(people: float) -> float:
            share = 100 * min(people, most) / most
            # Whoever reads from right to left reads the axis so.
            return round(100 - share if self.formatter.language == "ar" else share, 2)

        def bar(label: str, low: float, high: float) -> Bar:
            return Bar(
                label=label,
                start=at(low),
                end=at(high),
                point=at(found.population),
                middle=min(max((at(low) + at(high)) / 2, _LABEL), 100 - _LABEL),
                says=_("{label}: {people}, between {low} and {high}").format(
                    label=label,
                    people=self.people(found.population),
                    low=self.people(low),
                    high=self.people(high),
                ),
                is_open=not math.isfinite(high),
            )

        bars = [bar(_("The model as it is"), found.low, found.high)]
        if drawn is not None:
            bars.append(bar(_("With the choice of the model"), drawn.low, drawn.high))
        axis = [self.people(value) for value in _values(step, most)]
        return bars, axis, at(found.observed)

    # ── to take away ─────────────────────────────────────────────────────────────────────────────
    def _as_json(self) -> dict[str, Any]:
        more = {"bootstrap": self.drawn.as_json()} if self.drawn else {}
        return {**self.found.as_json(), **more}

    def _as_csv(self) -> str:
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\r\n")
        found = self.found
        rows.writerow(["what", "value"])
        rows.writerow(["method", found.method])
        rows.writerow(["lists", _harmless("; ".join(found.lists))])
        rows.writerow(["observed", found.observed])
        rows.writerow(["hidden", round(found.hidden)])
        rows.writerow(["estimate", round(found.population)])
        rows.writerow(["low", round(found.low)])
        rows.writerow(["high", round(found.high)])
        rows.writerow(["level", found.level])
        if self.drawn is not None:
            told = self.drawn.as_json()
            rows.writerows([f"bootstrap {name}", value] for name, value in told.items())
        rows.writerows(["pair", _harmless("; ".join(each.lists))] for each in found.interactions)
        rows.writerows(["warning", _harmless(each.says)] for each in found.cautions)
        return "\ufeff" + out.getvalue()


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _step(most: float) -> int:
    """How far apart the numbers of the axis are: 1, 2 or 5 with noughts, four or five of them."""
    rough = max(most / 4, 1)
    size = 10 ** math.floor(math.log10(rough))
    return int(next(times * size for times in (1, 2, 5, 10) if times * size >= rough))


def _values(step: int, most: float) -> Iterator[float]:
    value = 0
    while value <= most:
        yield value
        value += step
