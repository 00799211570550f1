"""What each kind of picture counts: from a choice to marks, through expressions of `tabulation`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from marsad.statistics.queries.picture_words import Based, Labels, axis_of, region_code
from marsad.statistics.types.choice import FIRST, LAST, Choice
from marsad.statistics.types.picture import Mark
from marsad.tabulation import flows, justice, series, trends
from marsad.tabulation.answers import Record
from marsad.tabulation.categories import FORM
from marsad.tabulation.cells import told as who_reported
from marsad.tabulation.questions import Question
from marsad.tabulation.words import known_word, words

#: Years of a line where none are chosen.
_YEARS_OF_A_LINE = 10
#: A year is full once this share of those who reported in the best year have reported in it.
_FULL = 0.75
#: Lines that one can tell apart; bars that one can read; flows that a table can hold. Of many flows
#: the small ones are drawn together.
MOST_LINES, MOST_BARS, MOST_FLOWS = 8, 40, 1000
_UNKNOWN = ("unknown", "empty", "unread")
_WHOLE = ("total", "whole")
#: A place, what it is, and a year in which it reported.
Told = tuple[str, str, int]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is counted from, and for which choice."""

    #: As `settled`.
    choice: Choice
    labels: Labels
    #: Runs an expression of `tabulation` on the figures: `run(series.series, question)`. What was
    #: asked once is kept, whatever the language.
    run: Callable[..., list[Record]]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The marks of a picture, and what they stand on."""

    marks: Sequence[Mark] = ()
    based: Based | None = None
    #: Sentences of this kind of picture, besides those of every kind.
    says: Sequence[str] = ()
    #: Why there is nothing, and what to do.
    why_none: Sequence[str] = ()
    x_title: str = ""
    y_title: str = ""
    series: Sequence[tuple[str, str]] = field(default=())
    order: Sequence[tuple[str, str]] = field(default=())
    is_share: bool = False


def question_of(choice: Choice, *, by: tuple[str, ...] | None = None) -> Question:
    """The question behind a picture, without its years and places."""
    given = by if by is not None else ((choice.by,) if choice.by else ())
    by_form = "form" in given
    named = {word.code: word.word for word in words("indicator")}
    return Question(
        indicator=named[choice.indicator],
        by=tuple("category" if each == "form" else each for each in given),
        dimension=FORM if by_form or choice.form else "Total",
        category=_word("category", choice.form) or None,
        sex=_word("sex", choice.sex) or "Total",
        age=_word("age", choice.age) or "Total",
    )


def _word(field_: str, code: str) -> str:
    known = known_word(field_, code) if code else None
    return known.word if known else ""


def _reported(asked: Asked, question: Question) -> list[Told]:
    found = asked.run(who_reported, question)
    return [(one["place"], one["place_kind"], one["year"]) for one in found]


# ── years and places ─────────────────────────────────────────────────────────────────────────────
def _told(asked: Asked, question: Question) -> list[Told]:
    """Who of the chosen places reported on it when."""
    wanted = set(asked.choice.places)
    return [one for one in _reported(asked, question) if not wanted or one[0] in wanted]


def full_year(told: Iterable[Told]) -> int | None:
    """The latest year in which nearly as many reported as in the best; None where nobody did."""
    counts: dict[int, int] = {}
    for _place, _kind, year in told:
        counts[year] = counts.get(year, 0) + 1
    if not counts:
        return None
    enough = max(counts.values()) * _FULL
    return max(year for year, count in counts.items() if count >= enough)


def _within(told: Sequence[Told], years: tuple[int, int] | None) -> list[Told]:
    first, last = years or (FIRST, LAST)
    return [one for one in told if first <= one[2] <= last]


def _one_year(asked: Asked, told: Sequence[Told]) -> int | None:
    """The last of the chosen years that has figures; the latest full one where none is chosen."""
    if asked.choice.years is None:
        return full_year(told)
    return max((one[2] for one in _within(told, asked.choice.years)), default=None)


def _span(asked: Asked, told: Sequence[Told]) -> tuple[int, int] | None:
    """The years of a picture over time, as far as there are figures."""
    latest = full_year(told)
    if asked.choice.years is None and latest is not None:
        told = _within(told, (latest - _YEARS_OF_A_LINE + 1, latest))
    years = [one[2] for one in _within(told, asked.choice.years)]
    return (min(years), max(years)) if years else None


def _based(told: Iterable[Told], *, years: tuple[int, int], **more: Any) -> Based:
    """What stands behind a picture of the places of `told` in its years."""
    there = {one[0]: one[1] for one in told if years[0] <= one[2] <= years[1]}
    odd = sum(kind != "state" for kind in there.values())
    return Based(years=years, states=len(there), not_states=odd, places=frozenset(there), **more)


def _none(asked: Asked, told: Sequence[Told]) -> Counted:
    """Nothing was reported: why, and what to do."""
    if not asked.choice.places and not told:
        return Counted(
            why_none=[
                _("No State reported this."),
                _("Choose another indicator, or take away the form, the sex or the age."),
            ]
        )
    if not told:
        return Counted(
            why_none=[
                _("None of the places you chose reported this."),
                _("Choose other places, or take away the form, the sex or the age."),
            ]
        )
    years = asked.labels.years((min(one[2] for one in told), max(one[2] for one in told)))
    return Counted(
        why_none=[
            _("No State reported this for the years you chose; figures are from {years}.").format(
                years=years
            ),
            _("Choose other years."),
        ]
    )


# ── line ─────────────────────────────────────────────────────────────────────────────────────────
def line(asked: Asked) -> Counted:
    """Figures over years: of the same States in all of them, unless that was chosen otherwise."""
    question = question_of(asked.choice)
    told = _told(asked, question)
    span = _span(asked, told)
    if span is None:
        return _none(asked, told)
    told = _within(told, span)
    apart = asked.choice.by == "country" or len({one[0] for one in told}) == 1
    if asked.choice.same_states and not apart and span[0] != span[1]:
        told = _same(told)
        if not told:
            return _none_the_same(asked, span)
    places = tuple(sorted({one[0] for one in told}))
    question = replace(question, years=span, places=places)
    counted = _over_time(asked, question, told, span)
    if counted.why_none or apart or span[0] == span[1]:
        return counted
    says = _who_is_compared(asked, question, told, counted)
    return replace(counted, says=says)


def _same(told: Sequence[Told]) -> list[Told]:
    """Those alone that reported in every year in which anybody did."""
    years = {one[2] for one in told}
    by_place: dict[str, set[int]] = {}
    for place, _kind, year in told:
        by_place.setdefault(place, set()).add(year)
    return [one for one in told if by_place[one[0]] == years]


def _none_the_same(asked: Asked, span: tuple[int, int]) -> Counted:
    return Counted(
        why_none=[
            _("No State reported in every year of {years}.").format(years=asked.labels.years(span)),
            _("Choose fewer years, or count all that reported, whichever the year."),
        ]
    )


def _over_time(
    asked: Asked, question: Question, told: Sequence[Told], span: tuple[int, int]
) -> Counted:
    is_share = asked.choice.measure == "share" and asked.choice.by in ("sex", "age", "form")
    every = asked.run(series.shares if is_share else series.series, question)
    found = _known(every, question)
    lines = _groups(asked, found)
    if len(lines) > MOST_LINES:
        return _too_many(MOST_LINES, asked)
    marks = [
        _mark(
            one,
            x=str(one["year"]),
            x_label=asked.labels.year(one["year"]),
            series_=_group(asked, one),
            is_share=is_share,
        )
        for one in found
    ]
    return Counted(
        marks=marks,
        based=_based(told, years=span, **_added(every, found, is_share=is_share)),
        x_title=_("Year"),
        y_title=_y_title(asked, is_share=is_share),
        series=lines if asked.choice.by else (),
        order=[(str(year), asked.labels.year(year)) for year in range(span[0], span[1] + 1)],
        is_share=is_share,
    )


def _who_is_compared(
    asked: Asked, question: Question, told: Sequence[Told], counted: Counted
) -> list[str]:
    """Which States stand behind each year, and the change over those that tell it."""
    labels = asked.labels
    first, last = min(one[2] for one in told), max(one[2] for one in told)
    if asked.choice.same_states:
        who = _("Only the {states} that reported in every one of these years are counted.")
        based = _based(told, years=(first, last), low=0, high=0, censored=0)
        says = [who.format(states=labels.reporters(based.states, based.not_states))]
    else:
        each = sorted(Counter(one[2] for one in told).values())
        says = [
            _(
                "Not the same States reported in each year: {least} in one, {most} in another. A "
                "rise or a fall may be theirs alone."
            ).format(least=labels.formatter.number(each[0]), most=labels.formatter.number(each[-1]))
        ]
    if asked.choice.by:
        return says
    return says + _change(asked, replace(question, years=None), since=first, until=last)


def _change(asked: Asked, question: Question, *, since: int, until: int) -> list[str]:
    found = asked.run(trends.change, question, since=since, until=until)
    if not found or found[0]["change_low"] is None or found[0]["change_high"] is None:
        return []
    one, labels = found[0], asked.labels
    says = {
        "up": _("From {since} to {until} it rose by {share} in the {states} that reported both."),
        "down": _("From {since} to {until} it fell by {share} in the {states} that reported both."),
        "same": _("It was the same in {since} and {until} in the {states} that reported both."),
    }.get(
        one["direction"],
        _(
            "Whether it rose or fell from {since} to {until} cannot be told: the ranges of the "
            "{states} that reported both overlap."
        ),
    )
    low, high = sorted((abs(one["change_low"]), abs(one["change_high"])))
    told = {
        "since": labels.year(since),
        "until": labels.year(until),
        "share": labels.percent(low, high),
        "states": labels.reporters(one["states"], one["not_states"]),
    }
    return [says.format(**told)]


# ── bars, pyramid, map ───────────────────────────────────────────────────────────────────────────
def bars(asked: Asked) -> Counted:
    """One year laid out by something: shares of the known cases, or numbers of places."""
    by = asked.choice.by or "form"
    asked = replace(asked, choice=replace(asked.choice, by=by))
    question = question_of(asked.choice)
    told = _told(asked, question)
    year = _one_year(asked, told)
    if year is None:
        return _none(asked, told)
    question = replace(question, years=(year, year), places=asked.choice.places)
    can_share = by in ("sex", "age", "form")
    is_share = can_share and asked.choice.measure != "count"
    every = asked.run(series.shares if is_share else series.series, question)
    found = _known(every, question)
    order = _groups(asked, found)
    if len(order) > MOST_BARS:
        return _too_many(MOST_BARS, asked)
    marks = [_bar(asked, one, is_share=is_share) for one in found]
    place = {code: at for at, (code, _label) in enumerate(order)}
    return Counted(
        marks=sorted(marks, key=lambda mark: place[mark.x]),
        based=_based(told, years=(year, year), **_added(every, found, is_share=is_share)),
        x_title=axis_of(by),
        y_title=_y_title(asked, is_share=is_share),
        order=order,
        is_share=is_share,
    )


def _bar(asked: Asked, one: Record, *, is_share: bool) -> Mark:
    code, label = _group(asked, one)
    return _mark(one, x=code, x_label=label, is_share=is_share)


def pyramid(asked: Asked) -> Counted:
    """Age groups of women and girls on one side, of men and boys on the other."""
    question = question_of(asked.choice, by=("age", "sex"))
    told = _told(asked, question)
    year = _one_year(asked, told)
    if year is None:
        return _none(asked, told)
    question = replace(question, years=(year, year), places=asked.choice.places)
    every = asked.run(series.series, question)
    found = [
        one
        for one in every
        if one["sex"] in ("Female", "Male") and one["age"] not in ("Total", "Unknown")
    ]
    left = [one for one in every if one not in found]
    labels = asked.labels
    ages = sorted({one["age"] for one in found}, key=_age_order)
    marks = [
        _mark(
            one,
            x=_code("age", one["age"]),
            x_label=labels.word("age", one["age"]),
            series_=(_code("sex", one["sex"]), labels.word("sex", one["sex"])),
        )
        for one in found
    ]
    return Counted(
        marks=marks,
        based=_based(told, years=(year, year), **_sums(found)),
        says=_left_out(asked, left),
        x_title=axis_of("age"),
        y_title=_y_title(asked),
        series=[(_code("sex", sex), labels.word("sex", sex)) for sex in ("Female", "Male")],
        order=[(_code("age", age), labels.word("age", age)) for age in ages],
    )


def _left_out(asked: Asked, left: Sequence[Record]) -> list[str]:
    low, high = (sum(one[end] or 0 for one in left) for end in ("low", "high"))
    if not high:
        return []
    return [
        _("Of {number} more, sex or age is another or not known; they are not drawn.").format(
            number=asked.labels.number(low, high)
        )
    ]


def map_(asked: Asked) -> Counted:
    """Where: one figure for each place that reported."""
    question = question_of(asked.choice, by=("country",))
    told = _told(asked, question)
    year = _one_year(asked, told)
    if year is None:
        return _none(asked, told)
    question = replace(question, years=(year, year), places=asked.choice.places)
    found = _told_only(asked.run(series.series, question))
    labels = asked.labels
    by_place = {one["place"]: one for one in found}
    marks = [
        _mark(by_place[code], x=code, x_label=labels.place(code))
        for code in labels.by_name(list(by_place))
    ]
    return Counted(
        marks=marks,
        based=_based(told, years=(year, year), **_sums(found)),
        x_title=axis_of("country"),
        y_title=_y_title(asked),
    )


# ── flows ────────────────────────────────────────────────────────────────────────────────────────
def flows_(asked: Asked) -> Counted:
    """From where to where: citizenship against the place that detected them."""
    by = asked.choice.by or ("country" if asked.choice.places else "region")
    question = replace(question_of(asked.choice, by=()), by=())
    told = _reported(asked, replace(question, dimension="by citizenship", by=("category",)))
    year = _one_year(asked, told)
    if year is None:
        return _none(asked, told)
    chosen = _within(told, asked.choice.years) if asked.choice.years else ()
    years = (min(one[2] for one in chosen), year) if chosen else (year, year)
    question = replace(question, years=years, places=asked.choice.places)
    found = asked.run(flows.between, question, by=by, most=MOST_FLOWS + 2)
    known = [one for one in found if one["is_named"]]
    left = [one for one in found if not one["is_named"]]
    marks = _flows_between(asked, known, by=by)
    if not marks:
        return _none(asked, ())
    if len(marks) > MOST_FLOWS:
        return _too_many(MOST_FLOWS, asked)
    detecting = {one["place"] for one in asked.run(flows.detecting, question)}
    return Counted(
        marks=marks,
        based=_based(
            [one for one in told if one[0] in detecting],
            years=years,
            **_sums(known),
        ),
        says=[
            *_not_named(asked, left),
            _("Citizenship is taken for the origin; a journey may have begun elsewhere."),
        ],
        x_title=_("Citizens of"),
        y_title=_y_title(asked),
        series=list(dict.fromkeys((mark.series, mark.series_label) for mark in marks)),
        order=list(dict.fromkeys((mark.x, mark.x_label) for mark in marks)),
    )


def _flows_between(asked: Asked, known: Sequence[Record], *, by: str) -> list[Mark]:
    """One mark for each pair, in the order of their names."""

    # A place stands in many flows, and is looked up once.
    @cache
    def end(name: str) -> tuple[str, str]:
        if by == "country":
            return name, asked.labels.place(name)
        return region_code(name), asked.labels.region(name)

    marks = []
    for one in known:
        (origin, origin_label), (place, place_label) = end(one["origin"]), end(one["destination"])
        marks.append(
            _mark(one, x=origin, x_label=origin_label, series_=(place, place_label)),
        )
    return sorted(marks, key=lambda mark: (mark.x_label, mark.x, mark.series_label, mark.series))


def _not_named(asked: Asked, left: Sequence[Record]) -> list[str]:
    low, high = (sum(one[end] for one in left) for end in ("low", "high"))
    if not high:
        return []
    return [
        _("Of {number} more, no country of citizenship is named; they are not drawn.").format(
            number=asked.labels.number(low, high)
        )
    ]


# ── funnel, classes, coverage ────────────────────────────────────────────────────────────────────
def funnel(asked: Asked) -> Counted:
    """Offences, suspects, prosecutions, convictions in the places that reported all four."""
    question = Question(indicator="", places=asked.choice.places, years=asked.choice.years)
    every = asked.run(justice.funnel, question)
    if not every:
        return _none(asked, _told(asked, question_of(asked.choice)))
    most = max(one["states"] for one in every)
    full = [one["year"] for one in every if one["states"] >= most * _FULL]
    year = max(full if asked.choice.years is None else [one["year"] for one in every])
    found = [one for one in every if one["year"] == year]
    stages = [(code, asked.labels.code("indicator", code)) for code in justice.STAGES]
    marks = [
        _mark(one, x=stages[one["stage"]][0], x_label=stages[one["stage"]][1]) for one in found
    ]
    return Counted(
        marks=marks,
        based=Based(
            years=(year, year),
            states=found[0]["states"],
            not_states=found[0]["not_states"],
            **_sums(found),
        ),
        x_title=_("Stage"),
        y_title=_("Offences, then persons"),
        order=stages,
    )


def classes(asked: Asked) -> Counted:
    """How many places fall into each class of counts."""
    question = question_of(asked.choice, by=())
    told = _told(asked, question)
    year = _one_year(asked, told)
    if year is None:
        return _none(asked, told)
    question = replace(question, years=(year, year), places=asked.choice.places)
    found = {one["band"]: one for one in asked.run(series.classes, question)}
    limits = ((1, 10), (11, 50))
    order = [("0", _("None"))]
    order += [(f"{low}-{high}", asked.labels.years((low, high))) for low, high in limits]
    order.append(("51+", _("More than {number}").format(number=asked.labels.number(50, 50))))
    if "across" in found:
        order.append(("across", _("Between two classes")))
    count = {code: found[code]["states"] if code in found else 0 for code, _label in order}
    marks = [
        Mark(x=code, x_label=label, low=count[code], high=count[code], states=count[code])
        for code, label in order
    ]
    return Counted(
        marks=marks,
        based=_based(told, years=(year, year), low=0, high=0, censored=0),
        x_title=asked.labels.code("indicator", asked.choice.indicator),
        y_title=_("States and places"),
        order=order,
    )


def coverage(asked: Asked) -> Counted:
    """How many places reported in each year; of places that were chosen, which of them did."""
    question = question_of(asked.choice, by=())
    told = _told(asked, question)
    within = _within(told, asked.choice.years)
    if not within:
        return _none(asked, told)
    span = (min(one[2] for one in within), max(one[2] for one in within))
    labels = asked.labels
    apart = 0 < len(asked.choice.places) <= MOST_BARS
    sides = [(code, labels.place(code)) for code in labels.by_name(asked.choice.places)]
    question = replace(question, years=span, places=asked.choice.places)
    return Counted(
        marks=_each_that_told(asked, within) if apart else _how_many_told(asked, question),
        based=_based(told, years=span, low=0, high=0, censored=0),
        x_title=_("Year"),
        y_title=_("Reported") if apart else _("States and places that reported"),
        series=sides if apart else (),
        order=[(str(year), labels.year(year)) for year in range(span[0], span[1] + 1)],
    )


def _how_many_told(asked: Asked, question: Question) -> list[Mark]:
    counts: dict[int, int] = {}
    for one in asked.run(series.coverage, question):
        counts[one["year"]] = counts.get(one["year"], 0) + one["places"]
    return [
        Mark(
            x=str(year),
            x_label=asked.labels.year(year),
            low=count,
            high=count,
            states=count,
        )
        for year, count in sorted(counts.items())
    ]


def _each_that_told(asked: Asked, within: Sequence[Told]) -> list[Mark]:
    return [
        Mark(
            x=str(year),
            x_label=asked.labels.year(year),
            series=place,
            series_label=asked.labels.place(place),
            low=1,
            high=1,
            states=1,
        )
        for place, _kind, year in sorted(within, key=lambda one: (one[2], one[0]))
    ]


# ── common ───────────────────────────────────────────────────────────────────────────────────────
def _told_only(found: Iterable[Record]) -> list[Record]:
    return [one for one in found if one["low"] is not None and one["states"]]


def _known(found: Iterable[Record], question: Question) -> list[Record]:
    """What is drawn: of a breakdown its known parts, neither the whole nor what nobody knows."""
    kept = _told_only(found)
    if "category" in question.by:
        return [one for one in kept if one["category_kind"] not in (*_UNKNOWN, *_WHOLE)]
    for name in ("sex", "age"):
        if name in question.by:
            kept = [one for one in kept if one[name] not in ("Unknown", "Total")]
    return kept


def _group(asked: Asked, one: Record) -> tuple[str, str]:
    """Which line or bar a figure belongs to: code and label."""
    labels = asked.labels
    match asked.choice.by:
        case "":
            return "", ""
        case "country":
            return one["place"], labels.place(one["place"])
        case "region" | "subregion" as by:
            return region_code(one[by]), labels.region(one[by])
        case "form":
            return _code("category", one["category"]), labels.word("category", one["category"])
        case by:
            return _code(by, one[by]), labels.word(by, one[by])


def _groups(asked: Asked, found: Iterable[Record]) -> list[tuple[str, str]]:
    """Lines or bars in their order: of words that of the field, of places that of their names."""
    groups = {_group(asked, one) for one in found}
    by = asked.choice.by
    if by in ("sex", "age", "form"):
        return sorted(groups, key=lambda group: _code_order(by, group[0]))
    if by == "country":
        label = dict(groups)
        return [(code, label[code]) for code in asked.labels.by_name(list(label))]
    return sorted(groups, key=lambda group: (not group[0], group[1]))


def _code(field_: str, word: str) -> str:
    known = known_word(field_, word)
    return known.code if known else word


def _code_order(field_: str, code: str) -> tuple[int, str]:
    known = [word.code for word in words("category" if field_ == "form" else field_)]
    return (known.index(code) if code in known else len(known)), code


def _age_order(age: str) -> tuple[int, str]:
    return _code_order("age", _code("age", age))


def _mark(
    one: Record,
    *,
    x: str,
    x_label: str,
    series_: tuple[str, str] = ("", ""),
    is_share: bool = False,
) -> Mark:
    ends = ("share_low", "share_high") if is_share else ("low", "high")
    return Mark(
        x=x,
        x_label=x_label,
        series=series_[0],
        series_label=series_[1],
        low=one[ends[0]] or 0,
        high=min(one[ends[1]] or 0, 1) if is_share else one[ends[1]],
        censored=one["censored"],
        states=one["states"],
    )


def _sums(found: Sequence[Record]) -> Mapping[str, Any]:
    """All that is drawn."""
    return {name: sum(one[name] for one in found) for name in ("low", "high", "censored")}


def _added(
    every: Sequence[Record], found: Sequence[Record], *, is_share: bool
) -> Mapping[str, Any]:
    """All that is drawn; of shares the known cases, once for each year, and those not known.

    :param every: also what is not drawn: of a year may be known how many there were, and no part.
    """
    if not is_share:
        return _sums(found)
    once = {one["year"]: one for one in every}.values()
    added = {
        name: sum(one[name] for one in once)
        for name in ("known_low", "known_high", "unknown_low", "unknown_high")
    }
    return {
        "censored": sum(one["censored"] for one in found),
        "low": added["known_low"],
        "high": added["known_high"],
        "unknown": (added["unknown_low"], added["unknown_high"]),
    }


def _y_title(asked: Asked, *, is_share: bool = False) -> str:
    what = asked.labels.code("indicator", asked.choice.indicator)
    return _("Share of the known: {what}").format(what=what) if is_share else what


def _too_many(most: int, asked: Asked) -> Counted:
    return Counted(
        why_none=[
            _("That is more than can be told apart in one picture: at most {most}.").format(
                most=asked.labels.number(most, most)
            ),
            _("Choose fewer places, or lay it out by region."),
        ]
    )


COUNTS: Mapping[str, Callable[[Asked], Counted]] = {
    "line": line,
    "bars": bars,
    "pyramid": pyramid,
    "map": map_,
    "flows": flows_,
    "funnel": funnel,
    "classes": classes,
    "coverage": coverage,
}
