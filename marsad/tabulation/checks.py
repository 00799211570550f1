"""Questions to a State about its own figures, each with its explanation.

A question is no accusation and hinders nothing: the State answers it, or corrects the figure. What
cannot be understood at all never comes so far: it is refused when the file is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from marsad import problems
from marsad.problems import _, said, spoken

from . import justice, labels, parts, patterns, trends
from .asking import answer_of_rows
from .cells import KEY, cells
from .engine import Expression
from .questions import Question
from .remarks import SENTENCES
from .words import words

#: A figure that is at least this many times the one before, or the one before of it, is mentioned
#: if no Poisson count would do so; it is asked about where the history of the series is against it.
BREAK = 2.0

Severity = Literal["ask", "warn", "note"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """One question to one State."""

    #: Stable name of what is asked: "parts-more".
    code: str
    #: "ask": somebody should answer; "warn": may well be right; "note": good to know.
    severity: Severity
    #: Code of the place.
    place: str
    indicator: str
    #: The year asked about; the later one where it is about two.
    year: int
    #: What the sentence needs.
    details: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        """The question in the reader's language."""
        return sentence(
            self.code,
            place=self.place,
            indicator=self.indicator,
            year=self.year,
            details=self.details,
        )

    def as_json(self) -> dict[str, Any]:
        """The question as plain JSON."""
        told = asdict(replace(self, details=dict(self.details)))
        return {**told, "sentence": self.sentence}


QUESTIONS = {
    "parts-more": _(
        "{place} {year}, {indicator}: the parts by {split} come to {parts}, more than the total of"
        " {total}. Which of the two is right?"
    ),
    "parts-more-unless-none": _(
        "{place} {year}, {indicator}: the parts by {split} come to {parts}, more than the total of"
        " {total}; they would agree if “<5” stood for nobody in some of them. Does it?"
    ),
    "parts-fewer": _(
        "{place} {year}, {indicator}: the parts by {split} come to {parts}, fewer than the total"
        " of {total}. Are the others unknown? Then say how many."
    ),
    "convictions-above-prosecutions": _(
        "{place} {year}: {convicted} convicted, but {prosecuted} prosecuted. That can be right, for"
        " courts close cases of earlier years; please confirm it."
    ),
    "break": _(
        "{place}, {indicator}: from {before} in {since} to {after} in {year}. That is more than"
        " chance brings. Did the definition, the source or the way of counting change?"
    ),
    "repeated": _(
        "{place} {year}, {indicator}: {rows} rows for the same key ({key}); the figure was taken"
        " as {figure}. Which row is right, or what tells them apart?"
    ),
    "definition-changed": _(
        "{place}, {indicator}: {what} is “{after}” in {year} and was “{before}” in {since}. Figures"
        " before and after may not be comparable; please say what changed."
    ),
    "no-total": _(
        "{place} {year}, {indicator}: the file lays people out and gives no total. Once it is"
        " verified, nothing that other sources say of this year counts any more, their total"
        " neither. What is the total?"
    ),
    "labelled": _("{place} {year}, {indicator}: {says} Rows: {count}, the first in {where}."),
}
#: Remarks of the reading that are worth a question afterwards.
_LABELS = (
    "impossible-age", "empty-category", "unread-category", "broken-letters", "unknown-indicator",
    "unknown-dimension", "unknown-sex", "unknown-age", "missing-value", "dotted",
)  # fmt: skip
_LABEL_SAYS = {
    "impossible-age": _("Nobody can be of the age given."),
    "empty-category": _("There is no category, so it cannot be told whom they count."),
    "unread-category": _("The category is not known."),
    "broken-letters": _("Letters were lost in another encoding."),
    "unknown-indicator": _("The indicator is not known."),
    "unknown-dimension": _("The dimension is not known."),
    "unknown-sex": _("The sex is not known here."),
    "unknown-age": _("The age is not known here."),
    "missing-value": _("There is no figure."),
    "dotted": _("The stop in the figure was taken for a separator."),
}


#: What parts are laid out by, and what can change between years, as sentences call it.
_CALLED = {
    "sex": _("sex"),
    "age": _("age"),
    "sex and age": _("sex and age"),
    "form": _("form of exploitation"),
    "citizenship": _("citizenship"),
    "definition": _("the definition"),
    "counting unit": _("the counting unit"),
    "law article": _("the article of law"),
    "source": _("the source"),
}


#: Details that are a figure or a range of one, already written.
_FIGURES = frozenset(
    {"parts", "total", "convicted", "prosecuted", "before", "after", "figure", "rows"}
)


def sentence(
    code: str,
    *,
    place: str,
    indicator: str,
    year: int,
    details: Mapping[str, Any],
    named: labels.Named | None = None,
) -> str:
    """A question in the reader's language: places, indicators and words by their names there.

    :param details: as a `Doubt` has them, also such as were kept as JSON and read again.
    :param named: what places are called, where not as everybody calls them.

    >>> sentence("convictions-above-prosecutions", place="JOR", indicator="Persons convicted",
    ...          year=2019, details={"convicted": "9", "prosecuted": "7"})[:12]
    'Jordan 2019:'
    """
    language = problems.language()
    told = dict(details)
    for name in ("split", "what"):
        if name in told:
            told[name] = spoken(_CALLED.get(told[name], told[name]))
    if "key" in told:
        told["key"] = _in_words(told["key"], language, named)
    if told.get("label") in _LABEL_SAYS:
        told["says"] = spoken(_LABEL_SAYS[told["label"]])
    # Definitions that changed are told in the words of their source, digits and all.
    for name in _FIGURES & told.keys() if "what" not in told else ():
        told[name] = problems.digits(str(told[name]))
    told["place"] = labels.label("place", place, language, named=named)
    told["indicator"] = labels.label("indicator", indicator, language)
    told["year"] = year
    return said(QUESTIONS[code], told)


def _in_words(key: Sequence[str], language: str, named: labels.Named | None) -> str:
    """What tells rows apart, word by word: dimension, category, sex, age."""
    columns = ("dimension", "category", "sex", "age")
    parts = [
        labels.label(column, word, language, named=named)
        for column, word in zip(columns, key, strict=True)
        if word
    ]
    return spoken(_(", ")).join(dict.fromkeys(parts))


def check(rows: Expression, *, places: Iterable[str] = (), own: bool = False) -> list[Doubt]:
    """Return every question there is, in the order of places and years.

    :param own: whether a State gives them itself, in place of what others say of it.

    >>> check(rows, places=["JOR"])  # doctest: +SKIP
    """
    asked = tuple(places)
    every = rows
    if asked:
        rows = rows.filter(rows.place.isin(list(asked)))
    found = [
        *_parts(every, asked),
        *_convictions(every, asked),
        *_breaks(every, asked),
        *_repeated(every, asked),
        *_definitions(rows),
        *_labelled(rows),
        *(_without_total(rows) if own else ()),
    ]
    return sorted(found, key=lambda doubt: (doubt.place, doubt.year, doubt.code, doubt.indicator))


def _records(expression: Expression) -> list[dict[str, Any]]:
    return list(expression.to_pyarrow().to_pylist())


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _parts(rows: Expression, places: Sequence[str]) -> Iterator[Doubt]:
    for one in answer_of_rows(rows, _disagreeing, places=places):
        yield _about_parts(one)


def _disagreeing(rows: Expression, question: Question) -> Expression:
    compared = parts.compared(rows, question)
    return compared.filter(compared.verdict != parts.AGREE)


def _about_parts(one: dict[str, Any]) -> Doubt:
    fewer = one["verdict"] == parts.FEWER
    unless = one["if_none"] and not fewer
    # A State need not know the citizenship or the form of everyone.
    mild = unless or (fewer and one["split"] in ("form", "citizenship"))
    code = "parts-fewer" if fewer else "parts-more-unless-none" if unless else "parts-more"
    return Doubt(
        code=code,
        severity="note" if mild else "ask",
        place=one["place"],
        indicator=one["indicator"],
        year=one["year"],
        details={
            "split": one["split"],
            "parts": _range(one["parts_low"], one["parts_high"]),
            "total": _range(one["low"], one["high"]),
        },
    )


def _convictions(rows: Expression, places: Sequence[str]) -> Iterator[Doubt]:
    named = {word.code: word.word for word in words("indicator")}
    stages = (named["prosecutions"], named["convictions"])
    for one in answer_of_rows(rows, _more_convicted, *stages, places=places):
        yield Doubt(
            code="convictions-above-prosecutions",
            severity="warn",
            place=one["place"],
            indicator=named["convictions"],
            year=one["year"],
            details={
                "convicted": _range(one["low"], one["high"]),
                "prosecuted": _range(one["low_before"], one["high_before"]),
            },
        )


def _more_convicted(
    rows: Expression, question: Question, prosecutions: str, convictions: str
) -> Expression:
    pairs = justice.both(rows, question, prosecutions, convictions)
    return pairs.filter(pairs.low > pairs.high_before)


def _breaks(every: Expression, places: Sequence[str]) -> Iterator[Doubt]:
    """Steps that break with the history of the series; such as double or halve it are mentioned.

    How much series swing is learned from all places, whichever are asked about.
    """
    told = {}
    for one in patterns.breaks(patterns.gather(every)):
        if one.beyond_chance and (not places or one.place in places):
            told[one.place, one.indicator, one.until[0]] = _broken(
                one.place,
                one.indicator,
                (one.since[0], one.until[0]),
                (_range(one.before.low, one.before.high), _range(one.after.low, one.after.high)),
                severity="ask",
            )
    for each in answer_of_rows(every, _doubled_or_halved, places=places):
        key = each["place"], each["indicator"], each["year"]
        if key not in told:
            told[key] = _broken(
                each["place"],
                each["indicator"],
                (each["year_since"], each["year"]),
                (_range(each["low_since"], each["high_since"]), _range(each["low"], each["high"])),
                severity="warn",
            )
    yield from told.values()


def _doubled_or_halved(rows: Expression, question: Question) -> Expression:
    changed = trends.changes(rows, question)
    risen = changed.low >= BREAK * changed.high_since
    fallen = changed.low_since >= BREAK * changed.high
    return changed.filter(changed.beyond_chance & (risen | fallen))


def _broken(
    place: str,
    indicator: str,
    years: tuple[int, int],
    figures: tuple[str, str],
    *,
    severity: Severity,
) -> Doubt:
    return Doubt(
        code="break",
        severity=severity,
        place=place,
        indicator=indicator,
        year=years[1],
        details={"since": years[0], "before": figures[0], "after": figures[1]},
    )


def _several(rows: Expression, _question: Question) -> Expression:
    counted = rows.group_by(list(KEY)).aggregate(printed=rows.count())
    return cells(rows).join(counted.filter(counted.printed > 1), list(KEY))


def _repeated(rows: Expression, places: Sequence[str]) -> Iterator[Doubt]:
    for one in answer_of_rows(rows, _several, places=places):
        key = [one["dimension"], one["category"], one["sex"], one["age"]]
        yield Doubt(
            code="repeated",
            severity="ask",
            place=one["place"],
            indicator=one["indicator"],
            year=one["year"],
            details={
                "rows": one["printed"],
                "key": key,
                "figure": _range(one["low"] or 0, one["high"] or 0),
            },
        )


def _definitions(rows: Expression) -> Iterator[Doubt]:
    told = rows.filter(rows.dimension == "Total", rows.sex == "Total", rows.age == "Total")
    columns = ["definition", "counting_unit", "law_article", "source"]
    seen = told.select("place", "indicator", "year", *columns).distinct()
    # What is not said in a year did not change: the last year that says it is looked at.
    last: dict[tuple[str, str, str], tuple[int, str]] = {}
    for one in _records(seen.order_by(["place", "indicator", "year", *columns])):
        for what in columns:
            key = one["place"], one["indicator"], what
            since, before = last.get(key, (one["year"], ""))
            if before and one[what] and before != one[what]:
                yield Doubt(
                    code="definition-changed",
                    severity="ask",
                    place=one["place"],
                    indicator=one["indicator"],
                    year=one["year"],
                    details={
                        "what": what.replace("_", " "),
                        "since": since,
                        "before": before,
                        "after": one[what],
                    },
                )
            if one[what]:
                last[key] = one["year"], one[what]


def _without_total(rows: Expression) -> Iterator[Doubt]:
    """Years that take the place of a total without giving one; its parts by sex and age are one."""
    key = ("place", "indicator", "year")
    totals = rows.filter(rows.dimension == "Total", rows.low.notnull()).select(*key)
    for one in _records(rows.select(*key).distinct().anti_join(totals, list(key))):
        yield Doubt(
            code="no-total",
            severity="ask",
            place=one["place"],
            indicator=one["indicator"],
            year=one["year"],
            details={},
        )


def _labelled(rows: Expression) -> Iterator[Doubt]:
    wanted = [rows.labels.contains(label) for label in _LABELS]
    any_of = wanted[0]
    for one in wanted[1:]:
        any_of = any_of | one
    found = rows.filter(any_of).select("place", "indicator", "year", "labels", "sheet", "row")
    grouped: defaultdict[tuple[str, str, int, str], list[str]] = defaultdict(list)
    for row in _records(found.order_by(["place", "indicator", "year", "sheet", "row"])):
        for label in row["labels"].split():
            if label in _LABELS:
                where = f"{row['sheet']}!{row['row']}" if row["sheet"] else str(row["row"])
                grouped[row["place"], row["indicator"], row["year"], label].append(where)
    for (place, indicator, year, label), places in grouped.items():
        yield Doubt(
            code="labelled",
            severity="ask" if SENTENCES[label][0] == "doubted" else "note",
            place=place,
            indicator=indicator,
            year=year,
            details={
                "count": len(places),
                "where": places[0],
                "label": label,
            },
        )
