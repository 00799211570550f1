"""Draw the figures of States that do not exist: the same ones every time.

They have the shape of real collections, and their traps: counts kept as “<5”, people whose sex or
age nobody wrote down, years that nobody reported, dimensions that count the same people again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

FIRST, LAST = 2012, 2024
HEADER = (
    "code", "country", "indicator", "dimension", "category", "sex", "age", "year", "unit", "value",
    "source", "definition",
)  # fmt: skip
#: Below this a collection prints "<5"; it never prints 0.
_LIMIT = 5

VICTIMS = "Detected trafficking victims"
OFFENCES = "Offences of trafficking in persons"
SUSPECTS = "Persons brought into formal contact"
PROSECUTED = "Persons prosecuted"
CONVICTED = "Persons convicted"
FORM, CITIZENSHIP = "by form of exploitation", "by citizenship"
_CHILDREN, _ADULTS, _UNKNOWN, _TOTAL = "0 to 17 years", "18 years or over", "Unknown", "Total"
_FORMS = (
    "Sexual exploitation",
    "Forced labour",
    "Other forms of exploitation",
    "Organ removal",
)


@dataclass(frozen=True, kw_only=True)
class Country:
    """One invented State, as its figures need it."""

    iso3: str
    name: str


@dataclass(kw_only=True)
class _Temper:
    """What distinguishes one invented State from the others."""

    size: float
    growth: float
    women: float
    children: float
    #: How much of each form, in the order of `_FORMS`.
    forms: list[float]
    #: States whose citizens it finds, most of them its own.
    origins: list[str]
    #: Years it did not report.
    silent: set[int]
    #: Whether it says sex and age of hardly anybody.
    is_terse: bool
    #: Whether its courts keep figures; how many offences come of a victim, suspects of an offence,
    #: prosecuted of a suspect, convicted of those.
    has_courts: bool
    courts: tuple[float, float, float, float]


Line = tuple[str, ...]


def collection(countries: Sequence[Country]) -> Iterator[Line]:
    """Yield the lines of a collection over all of the invented States."""
    for index, country in enumerate(countries):
        yield from _of_country(country, index=index, among=countries)


def _of_country(country: Country, *, index: int, among: Sequence[Country]) -> Iterator[Line]:
    drawn = Random(f"figures of {country.iso3}")  # noqa: S311 - drawn to be looked at
    temper = _temper(drawn, index=index, among=among, own=country)
    for year in range(FIRST, LAST + 1):
        if year not in temper.silent:
            yield from _of_year(country, year, temper, drawn)


def _temper(drawn: Random, *, index: int, among: Sequence[Country], own: Country) -> _Temper:
    others = [each.name for each in among if each is not own]
    silent = {year for year in range(FIRST, LAST + 1) if drawn.random() < 0.12}
    if index % 6 == 5:
        silent |= set(range(FIRST, 2016))  # joined later
    if index % 8 == 7:
        silent.add(LAST)
    return _Temper(
        # A few States find hundreds, most find dozens, some a handful.
        size=[640.0, 48.0, 130.0, 22.0, 260.0, 5.0][index % 6] * drawn.uniform(0.7, 1.4),
        growth=drawn.uniform(0.97, 1.09),
        women=drawn.uniform(0.42, 0.82),
        children=drawn.uniform(0.12, 0.44),
        forms=[drawn.uniform(0.3, 0.7), drawn.uniform(0.2, 0.5), drawn.uniform(0.05, 0.25), 0.004],
        origins=[own.name, *drawn.sample(others, 4)],
        silent=silent,
        is_terse=index % 7 == 3,
        has_courts=index % 9 != 8,
        courts=(
            drawn.uniform(0.25, 0.5),
            drawn.uniform(1.0, 1.8),
            drawn.uniform(0.4, 0.8),
            drawn.uniform(0.3, 0.8),
        ),
    )


def _of_year(country: Country, year: int, temper: _Temper, drawn: Random) -> Iterator[Line]:
    # Fewer were found in the year when nobody travelled.
    dip = 0.72 if year == 2020 else 1.0
    level = temper.size * temper.growth ** (year - FIRST) * dip
    victims = max(1, round(drawn.gauss(level, 0.10 * level + 1)))
    groups = _groups(victims, temper, drawn)
    yield from _victims(country, year, victims, groups, temper)
    yield from _forms(country, year, groups, temper, drawn)
    weights = [3.0, *(drawn.uniform(0.2, 1.0) for _origin in temper.origins[1:])]
    yield from _split(country, year, CITIZENSHIP, _shared(victims, weights, drawn, temper.origins))
    if temper.has_courts:
        yield from _courts(country, year, victims, temper, drawn)


Groups = dict[tuple[str, str], int]


def _groups(victims: int, temper: _Temper, drawn: Random) -> Groups:
    """How many of each sex and age, nobody counted twice; some are not known."""
    groups: Groups = {}
    unknown = 0.55 if temper.is_terse else 0.06
    for _victim in range(victims):
        sex = "Female" if drawn.random() < temper.women else "Male"
        age = _CHILDREN if drawn.random() < temper.children else _ADULTS
        if drawn.random() < unknown:
            age = _UNKNOWN
            if drawn.random() < 0.5:
                sex = _UNKNOWN
        groups[sex, age] = groups.get((sex, age), 0) + 1
    return groups


def _victims(
    country: Country, year: int, victims: int, groups: Groups, temper: _Temper
) -> Iterator[Line]:
    yield _line(country, year, victims)
    for (sex, age), count in sorted(groups.items()):
        # Of whom neither is known stands in the margins, as in real collections.
        if temper.is_terse or (sex, age) != (_UNKNOWN, _UNKNOWN):
            yield _line(country, year, count, sex=sex, age=age)
    if temper.is_terse:
        return
    for sex in ("Female", "Male", _UNKNOWN):
        if count := sum(found for (of, _age), found in groups.items() if of == sex):
            yield _line(country, year, count, sex=sex)
    for age in (_CHILDREN, _ADULTS, _UNKNOWN):
        if count := sum(found for (_sex, of), found in groups.items() if of == age):
            yield _line(country, year, count, age=age)


def _forms(
    country: Country, year: int, groups: Groups, temper: _Temper, drawn: Random
) -> Iterator[Line]:
    """Forms of exploitation, women and men apart where sexes are told at all."""
    together = dict.fromkeys(_FORMS, 0)
    for sex in ("Female", "Male", _UNKNOWN):
        some = sum(found for (of, _age), found in groups.items() if of == sex)
        weights = list(temper.forms)
        if sex == "Male":  # men are found in forced labour more often than women are
            weights[0], weights[1] = weights[0] * 0.3, weights[1] * 1.8
        dealt = _shared(some, weights, drawn, _FORMS)
        for form, count in dealt.items():
            together[form] += count
        if not temper.is_terse and sex != _UNKNOWN:
            yield from _split(country, year, FORM, dealt, sex=sex)
    yield from _split(country, year, FORM, together)


def _shared(
    total: int, weights: Sequence[float], drawn: Random, names: Sequence[str]
) -> dict[str, int]:
    """A total dealt out by weights."""
    dealt = dict.fromkeys(names, 0)
    for name in drawn.choices(list(names), list(weights), k=total):
        dealt[name] += 1
    return dealt


def _split(
    country: Country,
    year: int,
    dimension: str,
    dealt: dict[str, int],
    *,
    sex: str = _TOTAL,
    indicator: str = VICTIMS,
) -> Iterator[Line]:
    for category, count in dealt.items():
        if count:
            yield _line(
                country,
                year,
                count,
                dimension=dimension,
                category=category,
                sex=sex,
                indicator=indicator,
            )


def _courts(
    country: Country, year: int, victims: int, temper: _Temper, drawn: Random
) -> Iterator[Line]:
    stages, level = [], float(victims)
    for share in temper.courts:
        level *= share * drawn.uniform(0.9, 1.1)
        stages.append(max(1, round(level)))
    offences, suspects, prosecuted, convicted = stages
    yield _line(country, year, offences, indicator=OFFENCES)
    for indicator, count in ((SUSPECTS, suspects), (PROSECUTED, prosecuted)):
        yield _line(country, year, count, indicator=indicator)
    women = round(convicted * drawn.uniform(0.1, 0.5))
    yield _line(country, year, convicted, indicator=CONVICTED)
    for sex, count in (("Female", women), ("Male", convicted - women)):
        if count:
            yield _line(country, year, count, indicator=CONVICTED, sex=sex)
    own, abroad = temper.origins[0], temper.origins[1]
    dealt = _shared(convicted, [4.0, 1.0], drawn, ["Nationals" if year < 2018 else own, abroad])
    yield from _split(country, year, CITIZENSHIP, dealt, indicator=CONVICTED)


def _line(
    country: Country,
    year: int,
    count: int,
    *,
    indicator: str = VICTIMS,
    dimension: str = "Total",
    category: str = "Total",
    sex: str = _TOTAL,
    age: str = _TOTAL,
    definition: str = "",
) -> Line:
    value = f"<{_LIMIT}" if count < _LIMIT else f"{count:,}"
    return (
        country.iso3, country.name, indicator, dimension, category, sex, age, str(year), "Counts",
        value, "Made up for the demonstration", definition,
    )  # fmt: skip


# ── what one State brings in itself ──────────────────────────────────────────────────────────────
_BEFORE = "Persons identified by the police"
_SINCE = "Persons identified by the police or by the labour inspectorate"


def own(country: Country, *, years: Sequence[int]) -> Iterator[Line]:
    """Yield figures that a State brings in itself and can stand by."""
    drawn = Random(f"own figures of {country.iso3}")  # noqa: S311 - drawn to be looked at
    for year in years:
        women, men = drawn.randint(60, 90), drawn.randint(30, 50)
        yield _line(country, year, women + men)
        yield _line(country, year, women, sex="Female")
        yield _line(country, year, men, sex="Male")
        yield _line(country, year, 40, indicator=PROSECUTED)
        yield _line(country, year, drawn.randint(18, 34), indicator=CONVICTED)


def doubtful(country: Country) -> Iterator[Line]:
    """Yield figures that a State has to look at again: parts above their total, more convicted
    than prosecuted, a jump, another definition, a row twice.
    """
    for year, count, definition in (
        (2021, 88, _BEFORE),
        (2022, 94, _BEFORE),
        (2023, 97, _SINCE),
        (2024, 412, _SINCE),
    ):
        yield _line(country, year, count, definition=definition)
    for sex, count in (("Female", 71), ("Male", 38)):
        yield _line(country, 2023, count, sex=sex, definition=_SINCE)
    for form, count in zip(_FORMS, (210, 180, 19, 3), strict=True):
        yield _line(country, 2024, count, dimension=FORM, category=form)
    yield _line(country, 2023, 14, indicator=PROSECUTED)
    yield _line(country, 2023, 19, indicator=CONVICTED)
    yield _line(country, 2024, 21, indicator=PROSECUTED)
    yield _line(country, 2024, 11, indicator=CONVICTED)
    yield _line(country, 2024, 9, indicator=CONVICTED)
