"""What changed in common, and which series stand out; the latter to their State first.

A series that stands out is a judgement about one State. It is shown to whoever acts for that State
and to the Secretariat at once, and to the public once the State has answered the question about it,
or `DAYS` after somebody who acts for the State could read it. Where nobody acts for a State here,
nobody was asked, and the public is not told (docs/decisions/0019).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import ceil, floor
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.statistics import problems
from marsad.statistics.models import Question, Standing
from marsad.statistics.queries import figures, rights
from marsad.statistics.queries.picture_words import Labels
from marsad.statistics.queries.reading import as_read
from marsad.statistics.types.choice import FIRST, LAST, Choice
from marsad.statistics.types.patterns import Common, Openness, OwnChange, Patterns, Signal, Verdict
from marsad.tabulation import patterns as engine
from marsad.tabulation.engine import rows_from
from marsad.tabulation.errors import UnevenSpans
from marsad.tabulation.words import known_word, words

#: A signal is public so many days after its State could read it.
DAYS = 30
#: The check whose question asks a State about a series that stands out.
CHECK = "break"
#: Above it, a difference is called usual; below, how rare it is is told.
_USUAL = 0.5
#: From three times as many on, a rise is told in times and no more in hundredths.
_MANY = 2.0
#: Smaller swings are not told apart.
_HARDLY = 0.01


def patterns(
    *,
    since: int | None = None,
    until: int | None = None,
    indicator: str = "",
    reader: Reader,
    language: str,
    now: datetime | None = None,
) -> Patterns:
    """What changed between two years, as far as this reader may see it.

    Where no years are given, the last two that at least half as many reported as ever reported one.

    :param indicator: a code ("victims"); "" for all.
    :raises NothingInForce: where no figures are published.
    :raises UnevenSpans: where the later year is not after the earlier one.
    :raises YearNotKnown: where there are no figures of a year.
    """
    standing = figures.in_force()
    judged = _judged(standing.digest)
    first, last = _years(judged, since=since, until=until)
    with as_read(language) as formatter:
        labels = Labels(formatter)
        named = known_word("indicator", indicator).word if indicator else ""  # type: ignore[union-attr]
        telling = _Telling(labels=labels, now=now or timezone.now(), reader=reader)
        signals = [
            one
            for one in judged.signals
            if first < one.until[0] <= last and named in ("", one.indicator)
        ]
        told = telling.signals(signals)
        shown = [one for one in told if telling.sees(one)]
        return Patterns(
            since=first,
            until=last,
            indicator=indicator,
            years=judged.years,
            indicators=[(each.code, labels.known(each)) for each in words("indicator")],
            common=[
                telling.common(one)
                for one in _common(standing.digest, first, last)
                if named in ("", one.indicator)
            ],
            signals=shown,
            waiting=sum(not one.openness.is_public for one in told),
            own=list(telling.own(standing.digest, first, last, indicator=named)),
            steps=judged.steps,
            series=len(judged.series),
            at=standing.from_at,
            is_invented=figures.is_invented(),
            today=timezone.localdate(telling.now),
        )


# ── what is judged, once for every set of figures ────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class _Judged:
    series: Sequence[engine.Series]
    #: Steps that are beyond chance, of all steps of all series.
    signals: Sequence[engine.Change]
    steps: int
    #: Years with figures, and the two that are looked at where none are chosen.
    years: Sequence[int]
    usual: tuple[int, int] | None


# Figures in force never change under their digest, so that what is worked out once stays right.
@lru_cache(maxsize=4)
def _judged(digest: str) -> _Judged:
    series = engine.gather(rows_from([_file(digest)]))
    steps = engine.breaks(series)
    counted: dict[int, int] = {}
    for one in series:
        for year in one.years:
            counted[year] = counted.get(year, 0) + 1
    years = sorted(counted)
    full = [year for year in years if 2 * counted[year] >= max(counted.values())]
    return _Judged(
        series=series,
        signals=[one for one in steps if one.beyond_chance],
        steps=len(steps),
        years=years,
        usual=(full[-2], full[-1]) if len(full) > 1 else None,
    )


@lru_cache(maxsize=32)
def _common(digest: str, since: int, until: int) -> Sequence[engine.Pattern]:
    return engine.overall(rows_from([_file(digest)]), since=since, until=until)


@lru_cache(maxsize=32)
def _changes(digest: str, since: int, until: int) -> Sequence[engine.Change]:
    return engine.changes(_judged(digest).series, since=since, until=until)


def _file(digest: str) -> Any:
    return figures.file_of(Standing(digest=digest))


def _years(judged: _Judged, *, since: int | None, until: int | None) -> tuple[int, int]:
    for year in (since, until):
        if year is not None and year not in judged.years:
            raise problems.YearNotKnown(
                year=str(year), first=str(judged.years[0]), last=str(judged.years[-1])
            )
    if judged.usual is None and (since is None or until is None):
        raise problems.OneYearOnly
    first, last = judged.usual or (0, 0)
    if until is not None:
        last = until
        earlier = [year for year in judged.years if year < until]
        first = earlier[-1] if earlier else until
    if since is not None:
        first = since
        last = last if until is not None or last > since else max(judged.years)
    if first >= last:
        raise UnevenSpans(since=str(first), until=str(last))
    return first, last


# ── how it is told ───────────────────────────────────────────────────────────────────────────────
class _Telling:
    """Judgements in sentences, for one reader."""

    def __init__(self, *, labels: Labels, now: datetime, reader: Reader) -> None:
        self.labels = labels
        self.now = now
        self.is_secretariat = rights.is_secretariat(reader)
        self.own_states = frozenset(rights.states_of(reader))
        self.answers = frozenset(rights.states_brought_for(reader))
        self._states = directory.iso2_by_iso3()

    # ── many places ──────────────────────────────────────────────────────────────────────────────
    def common(self, one: engine.Pattern) -> Common:
        """A pattern over many places."""
        what = self.labels.word("indicator", one.indicator)
        field = "category" if one.by == "form" else one.by
        category = self.labels.word(field, one.category) if one.by else ""
        return Common(
            indicator=_code("indicator", one.indicator),
            indicator_label=what,
            by=one.by,
            category=one.category,
            category_label=category,
            verdict=_verdict(one),
            direction=one.direction,
            says=self._says(one, what=what, category=category),
            stands_on=self._stands_on(one),
            judged=self._judged(one),
            picture=_picture(one).query(),
            figures=one.as_json(),
        )

    def _says(self, one: engine.Pattern, *, what: str, category: str) -> str:
        told = {
            "what": what,
            "category": category,
            "since": self.labels.years(one.since),
            "until": self.labels.years(one.until),
            "before": self._figure(one.before_low, one.before_high, is_share=one.is_share),
            "after": self._figure(one.after_low, one.after_high, is_share=one.is_share),
            "change": self.moved(
                one.direction, one.change_low, one.change_high, points=one.is_share
            ),
        }
        if one.is_share:
            says = _(
                "“{category}” among {what}, of those of whom it is known: from {before} in {since} "
                "to {after} in {until}, {change}."
            )
        else:
            says = _("{what}: from {before} in {since} to {after} in {until}, {change}.")
        return says.format(**told)

    def _figure(self, low: float, high: float, *, is_share: bool) -> str:
        if not is_share:
            return self.labels.number(low, high)
        one, other = (self.labels.formatter.percent(each, decimals=1) for each in (low, high))
        return one if one == other else _("{low} to {high}").format(low=one, high=other)

    def moved(
        self, direction: str, low: float | None, high: float | None, *, points: bool = False
    ) -> str:
        """A change in words: how far up or down, or that it cannot be told."""
        if direction == "same":
            return _("no change")
        if direction == "unsure":
            return _("which need be no change, for the ranges meet")
        if low is None or high is None:
            return _("from none")
        if points:
            return self._points(direction, low, high)
        if direction == "up" and low >= _MANY:
            return self._as_many(1 + low, 1 + high)
        ends = sorted((abs(low), abs(high)))
        says = _("up by {size}") if direction == "up" else _("down by {size}")
        return says.format(size=self.labels.percent(*ends))

    def _as_many(self, low: float, high: float) -> str:
        # In whole numbers: of a range those that hold it, of a number the nearest.
        least, most = (floor(low), ceil(high)) if low != high else (round(low), round(high))
        says = ngettext("{times} time as many", "{times} times as many", most)
        return says.format(times=self.labels.number(least, most))

    def _points(self, direction: str, low: float, high: float) -> str:
        ends = sorted((100 * abs(low), 100 * abs(high)))
        one, other = (self.labels.formatter.number(end, decimals=1) for end in ends)
        size = one if one == other else _("{low} to {high}").format(low=one, high=other)
        if direction == "up":
            return _("up by {size} percentage points").format(size=size)
        return _("down by {size} percentage points").format(size=size)

    def _stands_on(self, one: engine.Pattern) -> str:
        reporters = self.labels.reporters(one.places, one.not_states)
        number = self.labels.formatter.number
        says = _(
            "It stands on {reporters} that reported both years, of {either} that reported either; "
            "in {rose} it rose for sure, in {fell} it fell."
        )
        if one.censored:
            says += " " + self.labels.formatter.counted(
                "{count} cell between limits makes it a range.",
                "{count} cells between limits make it a range.",
                one.censored,
            )
        return says.format(
            reporters=reporters,
            either=number(one.either),
            rose=number(one.rose),
            fell=number(one.fell),
        )

    def _judged(self, one: engine.Pattern) -> str:
        if one.rarity is None:
            return _("Too few reported both years to judge: {least} are needed.").format(
                least=self.labels.formatter.number(engine.LEAST_PLACES)
            )
        if one.rarity >= _USUAL:
            return _("It was not called beyond chance: the ranges or single States explain it.")
        return _(
            "Had nothing changed in common, so great a difference would come about once in {times}."
        ).format(times=self._times(one.rarity))

    def _times(self, rarity: float) -> str:
        return self.labels.formatter.number(_rounded(1 / max(rarity, 1e-6)))

    # ── one place ────────────────────────────────────────────────────────────────────────────────
    def signals(self, found: Sequence[engine.Change]) -> list[Signal]:
        """Series that stand out, by name of place, with what became of the question."""
        since = rights.answering_since(on=timezone.localdate(self.now))
        asked = _questions(found)
        told = [self._signal(one, asked.get(_key_of(one), []), since) for one in found]
        order = {
            code: at for at, code in enumerate(self.labels.by_name([*{one.place for one in found}]))
        }
        return sorted(told, key=lambda one: (order[one.place], one.indicator_label, one.year))

    def _signal(
        self, one: engine.Change, asked: Sequence[Question], since: Mapping[str, date]
    ) -> Signal:
        openness, moment = self._openness(one.place, asked, since)
        what = self.labels.word("indicator", one.indicator)
        state = self._states.get(one.place, "")
        return Signal(
            place=one.place,
            place_label=self.labels.place(one.place),
            indicator=_code("indicator", one.indicator),
            indicator_label=what,
            year=one.until[0],
            says=self._step(one, what=what),
            judged=_(
                "The years of this series swing by about {swing} anyway; so great a difference "
                "would come about once in {times}."
            ).format(swing=self._swing(one), times=self._times(one.rarity)),
            openness=openness,
            status=self._status(openness, moment),
            question=next((each.key for each in reversed(asked)), "")
            if state in self.answers or self.is_secretariat
            else "",
            picture=_of_place(one).query(),
            figures=one.as_json(),
        )

    def _swing(self, one: engine.Change) -> str:
        percent = self.labels.formatter.percent
        if one.swing < _HARDLY:
            return _("less than {share}").format(share=percent(_HARDLY))
        return percent(one.swing)

    def _step(self, one: engine.Change, *, what: str) -> str:
        return _("{what}: from {before} in {since} to {after} in {until}, {change}.").format(
            what=what,
            since=self.labels.years(one.since),
            until=self.labels.years(one.until),
            before=self.labels.number(one.before.low, one.before.high),
            after=self.labels.number(one.after.low, one.after.high),
            change=self.moved(one.direction, one.change_low, one.change_high),
        )

    def _openness(
        self, place: str, asked: Sequence[Question], since: Mapping[str, date]
    ) -> tuple[Openness, datetime | None]:
        answered = [each.answered_at for each in asked if each.answered_at]
        if answered:
            return Openness.ANSWERED, min(answered)
        reader_since = since.get(self._states.get(place, ""))
        if not asked or reader_since is None:
            return Openness.NOT_ASKED, None
        begun = timezone.make_aware(datetime.combine(reader_since, datetime.min.time()))
        read = max(min(each.asked_at for each in asked), begun)
        passed = read + timedelta(days=DAYS)
        return (Openness.TIME_PASSED if passed <= self.now else Openness.WAITING), passed

    def _status(self, openness: Openness, moment: datetime | None) -> str:
        day = self.labels.formatter.date(timezone.localdate(moment)) if moment else ""
        says = {
            Openness.ANSWERED: _("The State answered the question about it on {day}."),
            Openness.TIME_PASSED: _(
                "The State was asked; the time to answer first ended on {day}, and no answer came."
            ),
            Openness.WAITING: _("The State is asked; the public does not see it before {day}."),
            Openness.NOT_ASKED: _(
                "Nobody who acts for this State could be asked here, so the public does not see it."
            ),
        }
        return says[openness].format(day=day)

    def sees(self, one: Signal) -> bool:
        """Whether this reader may see a signal."""
        if one.openness.is_public or self.is_secretariat:
            return True
        return self._states.get(one.place, "-") in self.own_states

    def own(self, digest: str, since: int, until: int, *, indicator: str) -> Iterator[OwnChange]:
        """Changes of the States that the reader acts for."""
        for one in _changes(digest, since, until) if self.own_states else ():
            if self._states.get(one.place) not in self.own_states or indicator not in (
                "",
                one.indicator,
            ):
                continue
            yield OwnChange(
                place_label=self.labels.place(one.place),
                indicator_label=self.labels.word("indicator", one.indicator),
                before=self.labels.number(one.before.low, one.before.high),
                after=self.labels.number(one.after.low, one.after.high),
                change=self.moved(one.direction, one.change_low, one.change_high),
                swing=self._swing(one),
                beyond_chance=one.beyond_chance,
                picture=_of_place(one).query(),
            )


def changes(*, since: int, until: int, reader: Reader) -> list[engine.Change]:
    """Changes between two years of the places whose judgement a reader may see at once.

    :raises NothingInForce: where no figures are published.
    :raises UnevenSpans: where the later year is not after the earlier one.
    """
    found = _changes(figures.in_force().digest, since, until)
    if rights.is_secretariat(reader):
        return list(found)
    own, known = set(rights.states_of(reader)), directory.iso2_by_iso3()
    return [one for one in found if known.get(one.place, "-") in own]


def _verdict(one: engine.Pattern) -> Verdict:
    if one.rarity is None:
        return "too-few"
    return "beyond" if one.beyond_chance else "within"


def _rounded(times: float) -> int:
    """One in so many, in two digits: 2,000 and not 1,987."""
    size = 10 ** max(len(str(int(times))) - 2, 0)
    return int(times // size * size)


def _code(field: str, word: str) -> str:
    known = known_word(field, word)
    return known.code if known else word


def _picture(one: engine.Pattern) -> Choice:
    years = one.since[0], one.until[1]
    code = _code("indicator", one.indicator)
    if not one.by:
        return Choice(indicator=code, years=years)
    return Choice(indicator=code, years=years, by=one.by, measure="share")


def _of_place(one: engine.Change) -> Choice:
    return Choice(
        indicator=_code("indicator", one.indicator), places=(one.place,), years=(FIRST, LAST)
    )


#: What a question and a signal have in common.
_Key = tuple[str, str, int, int]


def _key_of(one: engine.Change) -> _Key:
    return one.place, one.indicator, one.since[0], one.until[0]


def _questions(found: Iterable[engine.Change]) -> Mapping[_Key, Sequence[Question]]:
    """What States were asked about these very figures, the earliest question first."""
    figures_of = {_key_of(one): (_ends(one.before), _ends(one.after)) for one in found}
    asked: dict[_Key, list[Question]] = {}
    for each in Question.objects.filter(
        check_code=CHECK, place__in={key[0] for key in figures_of}
    ).order_by("asked_at", "id"):
        key = each.place, each.indicator, each.details.get("since", 0), each.year
        if figures_of.get(key) == (each.details.get("before"), each.details.get("after")):
            asked.setdefault(key, []).append(each)
    return asked


def _ends(count: engine.Count) -> str:
    return str(count.low) if count.low == count.high else f"{count.low}–{count.high}"
