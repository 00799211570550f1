"""Questions to a State about its own figures, each with its explanation.

A question is no accusation and hinders nothing: the State answers it, or corrects the figure. What
cannot be understood at all never comes so far: it is refused when the file is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from marsad.problems import _, said

from . import justice, parts, trends
from .cells import KEY, cells
from .engine import Expression
from .questions import Question
from .remarks import SENTENCES
from .words import words

#: A figure that is at least this many times the one before, or the one before of it, is a break,
#: provided that it is beyond chance as well.
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
        told = {"place": self.place, "year": self.year, "indicator": self.indicator}
        return said(QUESTIONS[self.code], {**told, **self.details})

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
        "{place}, {indicator}: from {before} in {since} to {after} in {year}. That is beyond"
        " chance. Did the definition, the source or the way of counting change?"
    ),
    "repeated": _(
        "{place} {year}, {indicator}: {rows} rows for the same key ({key}); the figure was taken"
        " as {figure}. Which row is right, or what tells them apart?"
    ),
    "definition-changed": _(
        "{place}, {indicator}: {what} is “{after}” in {year} and was “{before}” in {since}. Figures"
        " before and after may not be comparable; please say what changed."
    ),
    "labelled": _("{place} {year}, {indicator}: {count} rows, the first in {where}. {says}"),
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


def check(rows: Expression, *, places: Iterable[str] = ()) -> list[Doubt]:
    """Return every question there is, in the order of places and years.

    >>> check(rows, places=["JOR"])  # doctest: +SKIP
    """
    asked = Question(indicator="", places=tuple(places))
    if asked.places:
        rows = rows.filter(rows.place.isin(list(asked.places)))
    found = [
        *_parts(rows, asked),
        *_convictions(rows, asked),
        *_breaks(rows, asked),
        *_repeated(rows),
        *_definitions(rows),
        *_labelled(rows),
    ]
    return sorted(found, key=lambda doubt: (doubt.place, doubt.year, doubt.code, doubt.indicator))


def _records(expression: Expression) -> list[dict[str, Any]]:
    return list(expression.to_pyarrow().to_pylist())


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _parts(rows: Expression, asked: Question) -> Iterator[Doubt]:
    compared = parts.compared(rows, asked)
    for one in _records(compared.filter(compared.verdict != parts.AGREE)):
        yield _about_parts(one)


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


def _convictions(rows: Expression, asked: Question) -> Iterator[Doubt]:
    named = {word.code: word.word for word in words("indicator")}
    pairs = justice.both(rows, asked, named["prosecutions"], named["convictions"])
    for one in _records(pairs.filter(pairs.low > pairs.high_before)):
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


def _breaks(rows: Expression, asked: Question) -> Iterator[Doubt]:
    changed = trends.changes(rows, asked)
    risen = changed.low >= BREAK * changed.high_since
    fallen = changed.low_since >= BREAK * changed.high
    for one in _records(changed.filter(changed.beyond_chance & (risen | fallen))):
        yield Doubt(
            code="break",
            severity="ask",
            place=one["place"],
            indicator=one["indicator"],
            year=one["year"],
            details={
                "since": one["year_since"],
                "before": _range(one["low_since"], one["high_since"]),
                "after": _range(one["low"], one["high"]),
            },
        )


def _repeated(rows: Expression) -> Iterator[Doubt]:
    counted = rows.group_by(list(KEY)).aggregate(printed=rows.count())
    found = cells(rows).join(counted.filter(counted.printed > 1), list(KEY))
    for one in _records(found):
        key = [one["dimension"], one["category"], one["sex"], one["age"]]
        yield Doubt(
            code="repeated",
            severity="ask",
            place=one["place"],
            indicator=one["indicator"],
            year=one["year"],
            details={
                "rows": one["printed"],
                "key": ", ".join(dict.fromkeys(part for part in key if part)),
                "figure": _range(one["low"] or 0, one["high"] or 0),
            },
        )


def _definitions(rows: Expression) -> Iterator[Doubt]:
    told = rows.filter(rows.dimension == "Total", rows.sex == "Total", rows.age == "Total")
    columns = ["definition", "counting_unit", "law_article", "source"]
    seen = told.select("place", "indicator", "year", *columns).distinct()
    before: dict[tuple[str, str], dict[str, Any]] = {}
    for one in _records(seen.order_by(["place", "indicator", "year", *columns])):
        last = before.get((one["place"], one["indicator"]))
        for what in columns:
            if last and last[what] and one[what] and last[what] != one[what]:
                yield Doubt(
                    code="definition-changed",
                    severity="ask",
                    place=one["place"],
                    indicator=one["indicator"],
                    year=one["year"],
                    details={
                        "what": what.replace("_", " "),
                        "since": last["year"],
                        "before": last[what],
                        "after": one[what],
                    },
                )
        before[one["place"], one["indicator"]] = one


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
                "says": said(_LABEL_SAYS[label], {}),
            },
        )
