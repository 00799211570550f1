"""From records to the figures of a State, and what of them may be released.

A person is counted once in a year, however many bodies recorded them; in every form and every
citizenship that was recorded of them, so that dimensions are never added. Small counts are hidden,
and others with them, by `marsad.privacy`; nothing of the true counts leaves this module but through
it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from marsad import privacy
from marsad.privacy import LeftOut, Overlap, Shown, Sum, Untold
from marsad.statistics.records.codebook import NOT_RECORDED, UNKNOWN, Codebook

VICTIMS = "Detected trafficking victims"
OFFENCES = "Offences of trafficking in persons"
STAGES = ("Persons brought into formal contact", "Persons prosecuted", "Persons convicted")
INDICATORS = (VICTIMS, OFFENCES, *STAGES)
TOTAL, FORM, CITIZENSHIP = "Total", "by form of exploitation", "by citizenship"
#: What a release may lay people out by, besides their number.
BREAKDOWNS = ("sex", "age", "sex_age", "form", "form_sex", "citizenship")
_UNKNOWN = "Unknown"
#: Of whom some form, or citizenship, is recorded, and of whom none is: counted, and never released.
_SOME, _NONE = "Some recorded", "None recorded"
#: What the records are asked for.
NEEDED = (
    "sex", "gender", "age", "citizenship", "purpose", "identification", "stage", "event_status",
)  # fmt: skip
_STATELESS = "stateless"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a release is made of."""

    indicators: Sequence[str] = INDICATORS
    breakdowns: Sequence[str] = BREAKDOWNS
    #: Whether victims that are only presumed are counted.
    with_presumed: bool = True
    #: Counts below it are hidden.
    threshold: int = privacy.THRESHOLD
    #: None: every year there are records of.
    first_year: int | None = None
    last_year: int | None = None

    def as_json(self) -> dict[str, Any]:
        """What was wanted, as it is kept with a release."""
        return {
            "indicators": list(self.indicators),
            "breakdowns": list(self.breakdowns),
            "with_presumed": self.with_presumed,
            "threshold": self.threshold,
            "first_year": self.first_year,
            "last_year": self.last_year,
        }


@dataclass(frozen=True, kw_only=True, order=True)
class Figure:
    """One cell of the figures, before it says a number."""

    indicator: str
    year: int
    dimension: str = TOTAL
    #: "Total", a form, or the ISO code of a country.
    category: str = TOTAL
    sex: str = TOTAL
    age: str = TOTAL


@dataclass(frozen=True, kw_only=True)
class Released:
    """One cell as it would be released."""

    figure: Figure
    shown: Shown

    @property
    def value(self) -> str:
        """The value as it is printed: «12», «<5», «8-11», or c where it is withheld altogether."""
        if self.shown.kind == "exact":
            return str(self.shown.low)
        if self.shown.kind == "small" and self.shown.high is not None:
            return f"<{self.shown.high + 1}"
        return "c" if self.shown.high is None else f"{self.shown.low}-{self.shown.high}"


@dataclass(kw_only=True)
class Person:
    """Somebody as all records of a year together tell of them."""

    sex: str = _UNKNOWN
    age: str = _UNKNOWN
    forms: set[str] = field(default_factory=set)
    citizenships: set[str] = field(default_factory=set)


#: By indicator and year: the people who count, by the keyed hash of their identifier.
People = Mapping[tuple[str, int], Mapping[str, Person]]
Kind = Literal["exact", "small", "withheld"]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The figures of records, as they may be released."""

    cells: Sequence[Released]
    #: People, or offences, who were in several records of one year and count once.
    joined: int
    #: Victims with more than one form, who are counted in each.
    in_several_forms: bool

    def tally(self) -> Mapping[Kind, int]:
        """How many cells are shown exactly, how many are small, how many are withheld."""
        found: Counter[Kind] = Counter(cell.shown.kind for cell in self.cells)
        return {"exact": found["exact"], "small": found["small"], "withheld": found["withheld"]}


def count(
    records: Iterable[Mapping[str, Any]], *, books: Mapping[str, Codebook], wanted: Wanted
) -> Counted:
    """The figures of records, with what is small hidden so that nobody can work it out.

    :param records: as `keeping.load` gives them, with the variables `NEEDED`.
    :param books: the versions of the code lists that the records were read by.
    :raises marsad.privacy.ThresholdTooLow: if the threshold is below 3.
    """
    found, joined = people(records, books=books, wanted=wanted)
    cells: list[Released] = []
    for (indicator, year), persons in sorted(found.items()):
        cells += _released(indicator, year, list(persons.values()), wanted)
    several = any(
        len(person.forms) > 1 for persons in found.values() for person in persons.values()
    )
    return Counted(cells=cells, joined=joined, in_several_forms=several)


def people(
    records: Iterable[Mapping[str, Any]], *, books: Mapping[str, Codebook], wanted: Wanted
) -> tuple[People, int]:
    """Whom records tell of, and how many records were of somebody who was there already."""
    found: dict[tuple[str, int], dict[str, Person]] = defaultdict(dict)
    joined = 0
    for record in records:
        if not _is_of(record["year"], wanted):
            continue
        for indicator in _counts_for(record, books[record["codes"]], wanted):
            known = found[indicator, record["year"]]
            joined += record["key"] in known
            _add(known.setdefault(record["key"], Person()), record, books[record["codes"]])
    return found, joined


def _is_of(year: int, wanted: Wanted) -> bool:
    return (wanted.first_year or year) <= year <= (wanted.last_year or year)


def _counts_for(record: Mapping[str, Any], book: Codebook, wanted: Wanted) -> Iterator[str]:
    """The indicators that a record counts for."""
    if record["kind"] == "victim":
        status = _first(record, "identification")
        if status != "not_a_victim" and (wanted.with_presumed or status == "confirmed"):
            yield from _wanted(VICTIMS, wanted)
    elif record["kind"] == "event":
        if _first(record, "event_status") != "unfounded":
            yield from _wanted(OFFENCES, wanted)
    elif record["kind"] == "perpetrator":
        variable = book.variable("perpetrator", "stage")
        told = (
            [book.code(variable.list, each) for each in record.get("stage") or ()]
            if variable
            else []
        )
        for stage in STAGES:
            if any(code is not None and code.glotip == stage for code in told):
                yield from _wanted(stage, wanted)


def _wanted(indicator: str, wanted: Wanted) -> Iterator[str]:
    if indicator in wanted.indicators:
        yield indicator


def _first(record: Mapping[str, Any], name: str) -> str:
    return next(iter(record.get(name) or ()), "")


def _add(person: Person, record: Mapping[str, Any], book: Codebook) -> None:
    """Add what a record says of a person to what others said: what is known goes before."""
    if person.sex == _UNKNOWN:
        person.sex = _sex(record, book)
    if person.age == _UNKNOWN:
        person.age = _called(book, record, "age", _first(record, "age"))
    for code in record.get("purpose") or ():
        form = _called(book, record, "purpose", code)
        person.forms |= {form} - {_UNKNOWN}
    person.citizenships |= set(record.get("citizenship") or ()) - {UNKNOWN, NOT_RECORDED}


def _sex(record: Mapping[str, Any], book: Codebook) -> str:
    told = _called(book, record, "sex", _first(record, "sex"))
    if told != _UNKNOWN:
        return told
    # Some forms ask for the gender only.
    return {"feminine": "Female", "masculine": "Male"}.get(_first(record, "gender"), _UNKNOWN)


def _called(book: Codebook, record: Mapping[str, Any], name: str, code: str) -> str:
    """What the Global Report calls a code; "Unknown" where it has no name for it."""
    variable = book.variable(record["kind"], name)
    found = book.code(variable.list, code) if variable and code else None
    return (found.glotip if found else "") or _UNKNOWN


# ── one indicator in one year ────────────────────────────────────────────────────────────────────
def _released(
    indicator: str, year: int, persons: Sequence[Person], wanted: Wanted
) -> Iterator[Released]:
    figures = laid_out(indicator, year, persons, wanted.breakdowns)
    shown = privacy.protect(figures.named(), figures.relations(), threshold=wanted.threshold)
    for name, figure in sorted(figures.names().items(), key=lambda each: each[1]):
        yield Released(figure=figure, shown=shown[name])


def laid_out(
    indicator: str, year: int, persons: Sequence[Person], breakdowns: Iterable[str]
) -> Figures:
    """The true counts of some people: they never leave `records` unprotected."""
    figures = Figures(indicator, year)
    by = set(breakdowns) if indicator != OFFENCES else set()
    whole = figures.cell()
    figures.counts[whole] = len(persons)
    for person in persons:
        figures.people(person, by)
        if indicator == VICTIMS:
            figures.forms(person, by)
        if "citizenship" in by:
            figures.citizenships(person)
    return figures


class Figures:
    """The true counts of one indicator in one year, and how they add up."""

    def __init__(self, indicator: str, year: int) -> None:
        self.indicator = indicator
        self.year = year
        self.counts: Counter[Figure] = Counter()
        #: What no release says, and what is said hangs together by.
        self.untold: Counter[Figure] = Counter()

    def cell(self, **more: str) -> Figure:
        """A cell of this indicator and year."""
        return Figure(indicator=self.indicator, year=self.year, **more)

    def add(self, figure: Figure) -> None:
        """Count one more."""
        self.counts[figure] += 1

    def people(self, person: Person, by: set[str]) -> None:
        """Count somebody by sex and age."""
        if by & {"sex", "sex_age"}:
            self.add(self.cell(sex=person.sex))
        if by & {"age", "sex_age"}:
            self.add(self.cell(age=person.age))
        if "sex_age" in by:
            self.add(self.cell(sex=person.sex, age=person.age))

    def forms(self, person: Person, by: set[str]) -> None:
        """Count somebody in every form that was recorded of them."""
        for form in person.forms:
            if by & {"form", "form_sex"}:
                self.add(self.cell(dimension=FORM, category=form))
            if "form_sex" in by:
                self.add(self.cell(dimension=FORM, category=form, sex=person.sex))
        recorded = _SOME if person.forms else _NONE
        if by & {"form", "form_sex"}:
            self.untold[self.cell(dimension=FORM, category=recorded)] += 1
        if "form_sex" in by:
            self.untold[self.cell(dimension=FORM, category=recorded, sex=person.sex)] += 1
            if not by & {"sex", "sex_age"}:
                self.untold[self.cell(sex=person.sex)] += 1

    def citizenships(self, person: Person) -> None:
        """Count somebody in every citizenship that was recorded of them."""
        for country in person.citizenships:
            self.add(self.cell(dimension=CITIZENSHIP, category=country))
        recorded = _SOME if person.citizenships else _NONE
        self.untold[self.cell(dimension=CITIZENSHIP, category=recorded)] += 1

    def relations(self) -> list[Sum | Overlap]:
        """How the counts add up: by sex and age they do, by form and citizenship they overlap."""
        return [*self._sums_of_told(), *self._sums_of_untold()]

    def _sums_of_told(self) -> Iterator[Sum | Overlap]:
        sums: dict[Figure, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        for each in self.counts:
            for way, whole in self._wholes(each):
                sums[whole][way].append(each)
        for whole, ways in sums.items():
            for way, parts in ways.items():
                kind = Overlap if way in (FORM, CITIZENSHIP) else Sum
                if whole in self.counts or whole in self.untold:
                    yield kind(whole=name_of(whole), parts=[name_of(part) for part in parts])

    def _sums_of_untold(self) -> Iterator[Untold]:
        by_sex: dict[Figure, list[Figure]] = defaultdict(list)
        parted: dict[tuple[str, str], None] = {}
        for each in self.untold:
            if each.sex != TOTAL:
                by_sex[replace(each, sex=TOTAL)].append(each)
            if each.dimension != TOTAL:
                parted[each.dimension, each.sex] = None
        for whole, parts in by_sex.items():
            yield Untold(whole=name_of(whole), parts=[name_of(part) for part in parts])
        for dimension, sex in parted:
            both = [
                self.cell(dimension=dimension, category=each, sex=sex) for each in (_SOME, _NONE)
            ]
            yield LeftOut(whole=name_of(self.cell(sex=sex)), parts=[name_of(each) for each in both])

    def _wholes(self, each: Figure) -> Iterator[tuple[str, Figure]]:
        """What a cell is a part of, and in which way."""
        here = {"dimension": each.dimension, "category": each.category}
        if each.sex != TOTAL:
            yield "sex", self.cell(**here, age=each.age)
        if each.age != TOTAL:
            yield "age", self.cell(**here, sex=each.sex)
        if each.dimension != TOTAL:
            yield each.dimension, replace(each, category=_SOME)

    def named(self) -> Mapping[str, int]:
        """The counts by their names, as `marsad.privacy` takes them."""
        everything = (*self.counts.items(), *self.untold.items())
        return {name_of(each): count for each, count in everything}

    def names(self) -> Mapping[str, Figure]:
        """The cells that are not empty, by their names."""
        return {name_of(each): each for each in self.counts if self.counts[each]}


def name_of(figure: Figure) -> str:
    """What a cell is called among those of its indicator and year."""
    return "|".join((figure.dimension, figure.category, figure.sex, figure.age))


# ── as a State would send it ─────────────────────────────────────────────────────────────────────
HEADINGS = (
    "code", "indicator", "dimension", "category", "sex", "age", "citizenship", "year", "unit",
    "value", "source", "definition", "note",
)  # fmt: skip
#: Said of cells that are hidden, in the language of the figures themselves.
_NOTES: Mapping[str, str] = {
    "exact": "",
    "small": "Below the threshold of the release: a range, never a number.",
    "withheld": "Withheld so that smaller counts cannot be worked out: a range, never a number.",
}


def as_rows(
    counted: Counted, *, state: str, source: str, wanted: Wanted
) -> Iterator[Mapping[str, str]]:
    """The release as rows of a file of figures, as a State would upload it."""
    for cell in counted.cells:
        figure = cell.figure
        is_country = figure.dimension == CITIZENSHIP
        yield {
            "code": state,
            "indicator": figure.indicator,
            "dimension": figure.dimension,
            "category": _category(figure),
            "sex": figure.sex,
            "age": figure.age,
            "citizenship": figure.category if is_country and len(figure.category) == 3 else "",
            "year": str(figure.year),
            "unit": "Counts",
            "value": cell.value,
            "source": source,
            "definition": _definition(figure.indicator, wanted),
            "note": _NOTES[cell.shown.kind],
        }


def from_rows(rows: Iterable[Mapping[str, str]]) -> Iterator[Released]:
    """What `as_rows` wrote: what a release says to everybody, and nothing more."""
    for row in rows:
        category = row["category"]
        if row["dimension"] == CITIZENSHIP:
            category = row["citizenship"] or (_STATELESS if category == "Stateless" else category)
        figure = Figure(
            indicator=row["indicator"],
            year=int(row["year"]),
            dimension=row["dimension"],
            category=category,
            sex=row["sex"],
            age=row["age"],
        )
        yield Released(figure=figure, shown=_said(row["value"]))


def _said(value: str) -> Shown:
    """What everybody knows of a count from how it is printed: see `Released.value`."""
    if value == "c":
        return Shown("withheld", 1, None)
    if value.startswith("<"):
        return Shown("small", 1, int(value[1:]) - 1)
    low, dash, high = value.partition("-")
    return Shown("withheld" if dash else "exact", int(low), int(high or low))


def _category(figure: Figure) -> str:
    if figure.dimension != CITIZENSHIP:
        return figure.category
    return "Stateless" if figure.category == _STATELESS else figure.category


def _definition(indicator: str, wanted: Wanted) -> str:
    if indicator == VICTIMS:
        who = "presumed and identified victims" if wanted.with_presumed else "identified victims"
        return (
            f"Counted from records: {who}, each once in a year, in every form of exploitation and"
            " every citizenship recorded of them."
        )
    if indicator == OFFENCES:
        return "Counted from records: events that were not found to be unfounded, once in a year."
    return "Counted from records: each person once in a year, in every stage recorded of them."
