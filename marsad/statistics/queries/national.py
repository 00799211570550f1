"""The national report: figures of one State by year, sex, age, form, citizenship and in justice.

It compares the State with nobody. What was not reported is said in words: an empty year is not
drawn and not written as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from marsad import countries
from marsad.design.formatting import Formatter, reading_as
from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.statistics import invented, places, problems
from marsad.statistics.models import Standing
from marsad.statistics.queries import figures, rights
from marsad.statistics.queries import picture as pictures
from marsad.statistics.queries import tables as queries
from marsad.statistics.queries.origin import address_of
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.national import NationalReport, NationalSection, NationalTable
from marsad.statistics.types.origin import OriginQuery
from marsad.statistics.types.picture import Picture
from marsad.statistics.types.table import TableCell, TableChoice
from marsad.tabulation import checks, flows, labels, tables
from marsad.tabulation.answers import records
from marsad.tabulation.categories import CITIZENSHIP, FORM
from marsad.tabulation.engine import Expression, rows_from
from marsad.tabulation.places import all_places
from marsad.tabulation.questions import ask
from marsad.tabulation.words import words

Record = Mapping[str, Any]
REPATRIATION = "by country of repatriation"
#: The stages in the order in which a case passes them.
STAGES = ("offences", "suspects", "prosecutions", "convictions")
#: Years of citizenship that are printed; all of them stand in the table of the profile.
_RECENT = 5
#: Questions about the figures that are printed.
_MOST_DOUBTS = 40
_DASH = "–"


def report(
    *,
    code: str,
    reader: Reader,
    language: str,
    at: datetime | None = None,
    with_questions: bool = False,
) -> NationalReport:
    """All that is known of one State or place.

    :param with_questions: also what does not fit in the figures, for those who may know: the State
        itself and the Secretariat. A file that is handed on does not hold it.
    :raises NoSuchPlace: if there is none of this code.
    :raises NothingInForce: where no figures were published by then.
    """
    wanted = _known(code)
    stands = figures.in_force(at=at)
    choice = TableChoice(name="national-profile", places=(wanted,), at=at)
    view = queries.table(choice=choice, reader=reader, language=language)
    with reading_as(language=language) as write:
        teller = _Teller(
            code=wanted,
            name=places.name_of(wanted, language=language),
            language=language,
            write=write,
            records=view.records,
            years=queries.years_known(at=at),
            reader=reader,
            at=at,
        )
        return NationalReport(
            code=wanted,
            name=teller.name,
            language=language,
            title=_("Trafficking in persons: what is known of {state}").format(state=teller.name),
            marks=list(_marks(view.is_invented, view.records)),
            summary=list(_summary(teller)),
            sections=[
                each
                for each in _sections(teller, stands, with_questions=with_questions)
                if each is not None
            ],
            sources=view.stands_on,
            is_invented=view.is_invented,
            at=at or timezone.now(),
        )


def listed(
    *, language: str, at: datetime | None = None
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Codes and names of the States with figures, by name; then of the places that are no States.

    :raises NothingInForce: where nothing was in force then.
    """
    others = {each.code for each in all_places() if each.kind != "state"}
    found = queries.places_known(language=language, at=at)
    return (
        [each for each in found if each[0] not in others],
        [each for each in found if each[0] in others],
    )


def _known(code: str) -> str:
    """The code of a place as figures have it.

    :raises NoSuchPlace: if there is none.
    """
    named = places.names()
    wanted = code.strip().upper()
    # "ABW+CUW" cannot stand in an address as it is.
    for spelt in (wanted, wanted.replace("-", "+")):
        if spelt in named:
            return spelt
    try:
        found = countries.get(wanted).iso3
    except countries.UnknownCode:
        found = None
    if not found:
        raise problems.NoSuchPlace(given=code[:20])
    return found


@dataclass(frozen=True, kw_only=True)
class _Teller:
    """What every section is told from."""

    code: str
    name: str
    language: str
    write: Formatter
    #: Of the table `national-profile`.
    records: Sequence[Record]
    #: Years that there are figures of at all.
    years: Sequence[int]
    reader: Reader
    at: datetime | None

    def of(self, indicator: str, dimension: str = "Total", layout: str = "") -> list[Record]:
        """Figures of an indicator: in total, or laid out by sex, age or category."""
        word = _word(indicator)
        return [
            one
            for one in self.records
            if one["indicator"] == word and one["dimension"] == dimension and _laid(one) == layout
        ]

    def reported(self, indicator: str) -> list[int]:
        """Years with a total."""
        return [one["year"] for one in self.of(indicator) if one["low"] is not None]

    def label(self, column: str, value: Any) -> str:
        return labels.label(column, value, self.language, named=places.names())

    def counted(self, indicator: str) -> str:
        return self.label("indicator", _word(indicator))

    def year(self, year: int) -> str:
        return self.write.text(str(year))

    def spans(self, years: Iterable[int]) -> str:
        """Years in a sentence: "2003, 2005–2008 and 2011"."""
        return self.write.listed(
            self.year(first) if first == last else f"{self.year(first)}{_DASH}{self.year(last)}"
            for first, last in runs(years)
        )

    def number(self, one: Record) -> str:
        return queries.ranged(one["low"], one["high"], write=self.write)

    def picture(self, **choice: Any) -> Picture | None:
        """A picture of this State alone; none where there is nothing to draw."""
        told = pictures.picture(
            choice=Choice(places=(self.code,), at=self.at, **choice),
            reader=self.reader,
            language=self.language,
        )
        return told if told.marks else None

    def cell(self, one: Record | None, *, known: bool = True) -> TableCell:
        """A figure with its origin, or that it was not reported."""
        if one is None or one["low"] is None:
            return TableCell(text=_("not reported") if known else "", is_untold=True)
        total = one["dimension"] == "Total"
        query = OriginQuery(
            indicator=one["indicator"],
            dimension=one["dimension"],
            category=None if total else one["category"],
            sex=one["sex"],
            age=one["age"],
            years=(one["year"], one["year"]),
            places=(self.code,),
            at=self.at,
        )
        return TableCell(text=self.number(one), origin=address_of(query))


def runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Years that follow one another, as first and last.

    >>> runs([2003, 2005, 2006])
    [(2003, 2003), (2005, 2006)]
    """
    found: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if found and found[-1][1] == year - 1:
            found[-1] = found[-1][0], year
        else:
            found.append((year, year))
    return found


def _word(code: str) -> str:
    return next(each.word for each in words("indicator") if each.code == code)


def _laid(one: Record) -> str:
    if one["dimension"] != "Total":
        return "category"
    return "sex" if one["sex"] != "Total" else "age" if one["age"] != "Total" else ""


# ── in short ─────────────────────────────────────────────────────────────────────────────────────
def _marks(is_invented: bool, found: Sequence[Record]) -> Iterable[str]:
    if is_invented:
        yield str(invented.SENTENCE)
    kinds = {one["place_kind"] for one in found}
    if kinds == {"territory"}:
        yield _("This is a territory and no State.")
    elif kinds == {"regional_group"}:
        yield _(
            "This is a group of States and no State. Whether its figures hold those of States that "
            "report for themselves is not known."
        )
    elif kinds == {"other_place"}:
        yield _("This is no State.")


def _summary(teller: _Teller) -> Iterable[str]:
    if not teller.records:
        yield _(
            "No figures on trafficking in persons in {state} are in force here. That is not none: "
            "nobody reported any."
        ).format(state=teller.name)
        return
    told = teller.reported("victims")
    if told:
        newest = next(one for one in teller.of("victims") if one["year"] == max(told))
        yield _("Detected victims in {year}, the last year with a total: {figure}.").format(
            year=teller.year(newest["year"]), figure=teller.number(newest)
        )
        yield _("A total of detected victims was reported for {years}.").format(
            years=teller.spans(told)
        )
    else:
        yield _("No total of detected victims was ever reported.")
    convicted = teller.reported("convictions")
    if convicted:
        newest = next(one for one in teller.of("convictions") if one["year"] == max(convicted))
        yield _("Persons convicted in {year}, the last year reported: {figure}.").format(
            year=teller.year(newest["year"]), figure=teller.number(newest)
        )
    else:
        yield _("No number of persons convicted was ever reported.")
    censored = sum(one["censored"] for one in teller.records)
    if censored:
        yield _(
            "Some figures were given as a limit: “<5” is 1 to 4. They are ranges here, written "
            "with a dash: the figure lies between the two."
        )


# ── sections ─────────────────────────────────────────────────────────────────────────────────────
def _sections(
    teller: _Teller, stands: Standing, *, with_questions: bool
) -> Iterable[NationalSection | None]:
    if teller.records:
        yield _by_year(teller)
        yield _split(teller, "sex")
        yield _split(teller, "age")
        yield _forms(teller)
        yield _citizenship(teller)
    rows = rows_from([figures.file_of(stands)])
    yield _abroad(teller, rows)
    if teller.records:
        yield _repatriated(teller)
        yield _justice(teller)
        yield _offenders(teller, "sex")
        yield _offenders(teller, "form")
        yield _offenders(teller, "citizenship")
        yield _not_reported(teller)
        yield _remarks(teller, rows)
        if with_questions:
            yield _doubts(teller, rows)
    yield _definitions(teller)


def _by_year(teller: _Teller) -> NationalSection:
    found = {one["year"]: one for one in teller.of("victims")}
    told = teller.reported("victims")
    span = [year for year in teller.years if told and min(told) <= year <= max(told)]
    table = None
    if found:
        table = NationalTable(
            caption=teller.counted("victims"),
            header=[labels.heading("year", teller.language), teller.counted("victims")],
            rows=[
                [TableCell(text=teller.year(year)), teller.cell(found.get(year))] for year in span
            ],
        )
    missing = [year for year in teller.years if year not in told]
    return NationalSection(
        anchor="victims",
        title=_("Detected victims by year"),
        sentences=[
            _("A detected victim was found; how many there are in all these figures do not say.")
        ],
        picture=teller.picture(kind="line", years=(min(told), max(told)))
        if len(told) > 1
        else None,
        table=table,
        untold=[
            _("No total of detected victims is here for {years}. Such years are not none.").format(
                years=teller.spans(missing)
            )
        ]
        if missing
        else [],
    )


def _split(teller: _Teller, layout: str) -> NationalSection:
    """Victims by sex or by age, year by year."""
    found = teller.of("victims", layout=layout)
    sex = layout == "sex"
    title = _("Detected victims by sex") if sex else _("Detected victims by age")
    if not found:
        untold = _("The sex of detected victims was never reported.")
        if not sex:
            untold = _("The age of detected victims was never reported.")
        return NationalSection(anchor=f"by-{layout}", title=title, untold=[untold])
    return NationalSection(
        anchor=f"by-{layout}",
        title=title,
        sentences=list(_unknown_of(teller, layout)),
        picture=teller.picture(kind="bars", by=layout),
        table=_matrix(teller, found, layout, caption=title),
    )


def _unknown_of(teller: _Teller, layout: str) -> Iterable[str]:
    unknown = _left(teller.of("victims"), teller.of("victims", layout=layout), layout)
    if unknown:
        yield _("Shares are of those of whom it is known. Not known: {told}.").format(
            told=teller.write.listed(
                _("{figure} in {year}").format(figure=teller.number(one), year=teller.year(year))
                for year, one in unknown.items()
            )
        )


def _left(
    totals: Sequence[Record], parts: Sequence[Record], layout: str
) -> Mapping[int, Mapping[str, int]]:
    """Of how many it is not known, year by year; years in which it is known of all are left out.

    The rule of `series.not_known`, for one place, of the records that the report has at hand: what
    was printed as unknown, and at least what the total has more than its known parts; all of the
    total where it told no parts.
    """
    found = {}
    told = [one for one in (*totals, *parts) if one["low"] is not None]
    for year in sorted({one["year"] for one in told}):
        of_year = [one for one in told if one["year"] == year]
        total = [one for one in of_year if one[layout] == "Total"]
        printed = [one for one in of_year if one[layout] == "Unknown"]
        known = [one for one in of_year if one[layout] not in ("Total", "Unknown")]
        low = max(_sum(printed, "low"), _sum(total, "low") - _sum(known, "high"))
        high = max(_sum(printed, "high"), _sum(total, "high") - _sum(known, "low"))
        if high:
            found[year] = {"low": low, "high": high}
    return found


def _sum(found: Sequence[Record], end: str) -> int:
    return sum(one[end] for one in found)


def _matrix(
    teller: _Teller, found: Sequence[Record], layout: str, *, caption: str
) -> NationalTable:
    """Years down, what it is laid out by across."""
    order = [each.word for each in words(layout)] if layout in ("sex", "age", "category") else []
    columns = sorted(
        {one[layout] for one in found},
        key=lambda value: (order.index(value) if value in order else len(order), str(value)),
    )
    at = {(one["year"], one[layout]): one for one in found}
    years = sorted({one["year"] for one in found})
    return NationalTable(
        caption=caption,
        header=[
            labels.heading("year", teller.language),
            *(teller.label(layout, value) for value in columns),
        ],
        rows=[
            [
                TableCell(text=teller.year(year)),
                *(teller.cell(at.get((year, value))) for value in columns),
            ]
            for year in years
        ],
    )


def _forms(teller: _Teller) -> NationalSection:
    title = _("Detected victims by form of exploitation")
    found = teller.of("victims", FORM, "category")
    silent = pictures.silent_years(code=teller.code, indicator="victims", at=teller.at)
    untold = []
    if silent:
        untold.append(
            _(
                "For {years} the source prints “<5” under each form and no total. That may mean "
                "that nothing was reported, so it is left out."
            ).format(years=teller.spans(silent))
        )
    if not found:
        never = _("The form of exploitation of detected victims was never reported.")
        return NationalSection(anchor="by-form", title=title, untold=untold or [never])
    totals = set(teller.reported("victims"))
    alone = [year for year in sorted({one["year"] for one in found}) if year not in totals]
    sentences = []
    if any(one["repeated"] for one in found):
        sentences.append(
            _(
                "Where one form stands in several rows of the source, the figure lies between the "
                "largest of them and all together."
            )
        )
    if alone:
        untold.append(
            _("For {years} the source prints figures by form and no total.").format(
                years=teller.spans(alone)
            )
        )
    return NationalSection(
        anchor="by-form",
        title=title,
        sentences=sentences,
        picture=teller.picture(kind="bars", by="form"),
        table=_matrix(teller, found, "category", caption=title),
        untold=untold,
    )


def _citizenship(teller: _Teller) -> NationalSection:
    title = _("Detected victims by citizenship")
    found = [
        one
        for one in teller.of("victims", CITIZENSHIP, "category")
        if one["category_kind"] not in ("whole", "total")
    ]
    if not found:
        untold = _("The citizenship of detected victims was never reported.")
        return NationalSection(anchor="by-citizenship", title=title, untold=[untold])
    table, sentences = _by_country(teller, found, caption=title)
    return NationalSection(anchor="by-citizenship", title=title, sentences=sentences, table=table)


def _by_country(
    teller: _Teller, found: Sequence[Record], *, caption: str
) -> tuple[NationalTable, list[str]]:
    """Countries down in the order of their names, the last years across."""
    years = sorted({one["year"] for one in found})
    shown = years[-_RECENT:]
    at = {(one["category"], one["year"]): one for one in found}
    named = {
        one["category"]: labels.category(
            one["category"], one["category_kind"], teller.language, named=places.names()
        )
        for one in found
        if one["year"] in shown
    }
    order = sorted(named, key=lambda code: countries.sort_key(named[code], teller.language))
    table = NationalTable(
        caption=caption,
        header=[
            pgettext("country", "Country, or as printed"),
            *(teller.year(year) for year in shown),
        ],
        rows=[
            [
                TableCell(text=teller.write.text(named[code])),
                *(teller.cell(at.get((code, year)), known=False) for year in shown),
            ]
            for code in order
        ],
    )
    sentences = [_("An empty cell: nobody of this country was reported in that year.")]
    if len(years) > len(shown):
        sentences.append(
            _(
                "These are the last {count} years with such figures; those of {years} are in the "
                "table “National profile”."
            ).format(
                count=teller.write.number(len(shown)), years=teller.spans(years[: -len(shown)])
            )
        )
    return table, sentences


def _abroad(teller: _Teller, rows: Expression) -> NationalSection | None:
    """Citizens of this State whom others detected."""
    asked = ask("victims", dimension=CITIZENSHIP)
    told = flows.flows(rows, asked)
    found = records(told.filter(told.origin == teller.code, told.place != teller.code))
    title = _("Citizens of {state} detected elsewhere").format(state=teller.name)
    if not found:
        return None
    named = sorted(
        found,
        key=lambda one: countries.sort_key(teller.label("place", one["place"]), teller.language),
    )
    table = NationalTable(
        caption=title,
        header=[
            pgettext("country", "Detected in"),
            labels.heading("figure", teller.language),
            labels.heading("years", teller.language),
        ],
        rows=[
            [
                TableCell(text=teller.label("place", one["place"])),
                TableCell(
                    text=teller.number(one),
                    origin=address_of(
                        OriginQuery(
                            indicator=asked.indicator,
                            dimension=CITIZENSHIP,
                            category=teller.code,
                            places=(one["place"],),
                            at=teller.at,
                        )
                    ),
                ),
                TableCell(text=teller.write.number(one["years"])),
            ]
            for one in named
        ],
    )
    return NationalSection(
        anchor="abroad",
        title=title,
        sentences=[
            _(
                "As the States and places named reported it, all years together. They are counted "
                "there and not among the victims detected in {state}."
            ).format(state=teller.name)
        ],
        table=table,
    )


def _repatriated(teller: _Teller) -> NationalSection | None:
    found = teller.of("victims", REPATRIATION, "category")
    if not found:
        return None
    title = _("Citizens brought home from abroad")
    table, sentences = _by_country(teller, found, caption=title)
    whole = _("“Abroad” is all countries together and is never added to them.")
    return NationalSection(
        anchor="repatriated", title=title, sentences=[*sentences, whole], table=table
    )


def _justice(teller: _Teller) -> NationalSection:
    title = _("From offence to conviction")
    at = {
        (stage, one["year"]): one
        for stage in STAGES
        for one in teller.of(stage)
        if one["low"] is not None
    }
    if not at:
        untold = _("No offence, suspect, prosecution or conviction was ever reported.")
        return NationalSection(anchor="justice", title=title, untold=[untold])
    years = sorted({year for _stage, year in at})
    full = [year for year in years if all((stage, year) in at for stage in STAGES)]
    table = NationalTable(
        caption=title,
        header=[
            labels.heading("year", teller.language),
            *(teller.counted(stage) for stage in STAGES),
        ],
        rows=[
            [
                TableCell(text=teller.year(year)),
                *(teller.cell(at.get((stage, year))) for stage in STAGES),
            ]
            for year in years
        ],
    )
    never = [stage for stage in STAGES if not any(key[0] == stage for key in at)]
    return NationalSection(
        anchor="justice",
        title=title,
        sentences=[
            _(
                "Offences and persons are different things, and courts close cases of earlier "
                "years: one column is no share of another."
            )
        ],
        picture=teller.picture(kind="funnel", years=(full[-1], full[-1])) if full else None,
        table=table,
        untold=[
            _("Never reported: {what}.").format(
                what=teller.write.listed(teller.counted(stage) for stage in never)
            )
        ]
        if never
        else [],
    )


_OFFENDERS: Mapping[str, tuple[str, str, str]] = {
    "sex": ("Total", "sex", gettext_noop("Persons convicted by sex")),
    "form": (FORM, "category", gettext_noop("Persons convicted by form of exploitation")),
    "citizenship": (CITIZENSHIP, "category", gettext_noop("Persons convicted by citizenship")),
}


def _offenders(teller: _Teller, layout: str) -> NationalSection | None:
    dimension, column, says = _OFFENDERS[layout]
    found = [
        one
        for one in teller.of("convictions", dimension, column)
        if one["category_kind"] != "whole"
    ]
    if not found:
        return None
    title = _(says)
    sentences: list[str] = []
    if layout == "citizenship":
        table, sentences = _by_country(teller, found, caption=title)
    else:
        table = _matrix(teller, found, column, caption=title)
    return NationalSection(
        anchor=f"convicted-by-{layout}", title=title, sentences=sentences, table=table
    )


def _not_reported(teller: _Teller) -> NationalSection:
    """What nobody told, indicator by indicator."""
    told = []
    for each in words("indicator"):
        years = teller.reported(each.code)
        missing = [year for year in teller.years if year not in years]
        what = teller.counted(each.code)
        if not years:
            told.append(_("{what}: never in total.").format(what=what))
        elif missing:
            told.append(
                _("{what}: not in total for {years}.").format(
                    what=what, years=teller.spans(missing)
                )
            )
    return NationalSection(
        anchor="not-reported",
        title=_("What was not reported"),
        sentences=[
            _(
                "Figures of any State are here for {years}. What a State did not report is not "
                "none, and says nothing about what happened."
            ).format(years=teller.spans(teller.years))
        ],
        untold=told,
    )


# ── remarks, questions, definitions ──────────────────────────────────────────────────────────────
def _remarks(teller: _Teller, rows: Expression) -> NationalSection | None:
    """What was remarked when the rows were read, by kind."""
    own = rows.filter(rows.place == teller.code)
    counted: dict[str, int] = {}
    for one in records(own.group_by("labels").aggregate(rows=own.count())):
        for code in one["labels"].split():
            counted[code] = counted.get(code, 0) + one["rows"]
    said = [
        _("{says} Rows: {count}.").format(says=_(says), count=teller.write.number(counted[code]))
        for code, says in _REMARKS.items()
        if code in counted
    ]
    if not said:
        return None
    return NationalSection(
        anchor="remarks", title=_("What was remarked when the figures were read"), sentences=said
    )


_REMARKS: Mapping[str, str] = {
    "censored": gettext_noop("A limit stands for a count that is not told: “<5” is 1 to 4."),
    "counted-again": gettext_noop(
        "The people of the total are counted again by form, citizenship or country; such figures "
        "are never added to the total."
    ),
    "thousands": gettext_noop("A number was written with separators, as in “1,282”."),
    "category-country": gettext_noop("A country stands as a category, by name or by its people."),
    "category-nationals": gettext_noop("A category means people of the reporting State itself."),
    "category-whole": gettext_noop(
        "A category such as “Abroad” is all of its kind together; it is not added to its parts."
    ),
    "category-apart": gettext_noop("A category is no country: stateless, unknown, a region."),
    "empty-category": gettext_noop("There is no category, so it is not known whom this counts."),
    "unread-category": gettext_noop("A category could not be read and is kept as printed."),
    "broken-letters": gettext_noop("Letters of a name were lost in another encoding."),
    "missing-value": gettext_noop("There is no figure in the row; it is kept as not known."),
    "withheld": gettext_noop("The figure is confidential; it is kept as not known."),
}


def _doubts(teller: _Teller, rows: Expression) -> NationalSection | None:
    """What does not fit: told to the State itself and to the Secretariat, and nobody else."""
    if not _may_see_doubts(teller):
        return None
    found = checks.check(rows, places=[teller.code])
    if not found:
        return None
    said = [doubt.sentence for doubt in found[:_MOST_DOUBTS]]
    if len(found) > len(said):
        said.append(
            _("And {count} more: see the questions about the figures.").format(
                count=teller.write.number(len(found) - len(said))
            )
        )
    return NationalSection(
        anchor="questions",
        title=_("Questions that the figures leave open"),
        sentences=[
            _("For {state} and the Secretariat; the public does not see this part.").format(
                state=teller.name
            ),
            *said,
        ],
    )


def _may_see_doubts(teller: _Teller) -> bool:
    if rights.is_secretariat(teller.reader):
        return True
    own = rights.states_brought_for(teller.reader)
    return any(
        directory.state(iso2=iso2, language=teller.language).iso3 == teller.code for iso2 in own
    )


def _definitions(teller: _Teller) -> NationalSection:
    names = ("detected-victims", "offences", "suspects-by-sex", "prosecuted-by-sex", "convictions")
    told = [
        f"{teller.label('indicator', word.word)}: {tables.definition(name).counts[teller.language]}"
        for word, name in zip(words("indicator"), names, strict=True)
    ]
    return NationalSection(
        anchor="definitions",
        title=_("What is counted, and how to read it"),
        sentences=[
            *told,
            _("Years are calendar years. No dimension is added to another."),
            _("This report compares {state} with no other State.").format(state=teller.name),
        ],
    )
