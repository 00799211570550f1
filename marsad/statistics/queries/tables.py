"""Named tables over the figures in force, in a reader's words, and the origin of each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marsad import countries
from marsad.design.formatting import Formatter, reading_as
from marsad.directory.types import Reader
from marsad.statistics import places
from marsad.statistics.models import Standing
from marsad.statistics.queries import figures, rights
from marsad.statistics.queries.origin import address_of
from marsad.statistics.queries.withdrawn import withdrawn_since
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.origin import OriginQuery
from marsad.statistics.types.table import (
    TableCard,
    TableCell,
    TableChoice,
    TableColumn,
    TableView,
)
from marsad.tabulation import labels, series, tables, trends
from marsad.tabulation.answers import records
from marsad.tabulation.categories import CITIZENSHIP, FORM
from marsad.tabulation.engine import Expression, rows_from
from marsad.tabulation.populations import Populations
from marsad.tabulation.questions import Question, ask, span
from marsad.tabulation.sdmx import SERIES
from marsad.tabulation.words import words

#: The order in which tables are listed: who reported, victims, where from, justice, for others.
ORDER = (
    "coverage", "detected-victims", "detected-victims-by-subregion", "detected-victims-trend",
    "victims-trend-of-states", "victims-by-sex", "victims-by-age", "victims-by-age-and-sex",
    "victims-by-form", "form-by-sex", "form-by-age", "form-by-age-and-sex", "age-and-sex-by-form",
    "reach", "flows", "repatriated", "offences", "offences-classes", "justice-funnel",
    "suspects-by-sex", "prosecuted-by-sex", "convictions", "convictions-classes",
    "convictions-trend-of-states", "convicted-by-sex", "convicted-by-form", "convicted-citizens",
    "sdg-16-2-2", "national-profile",
)  # fmt: skip
#: Columns for programs that a reader has no use for.
_LEFT_OUT = frozenset(
    ("place_kind", "origin_kind", "category_kind", "repeated", "missing", "not_states_named",
     "OBS_VALUE", "OBS_STATUS", "known_low", "known_high")
)  # fmt: skip
_SHARES = frozenset(("share", "change", "share_of_places"))
_COUNTS = frozenset(
    ("figure", "since", "known", "unknown", "states", "not_states", "censored", "of", "places",
     "years", "bounds")
)  # fmt: skip
#: Columns with the figure of a line, of which it has one.
_MAIN = ("figure", "bounds", "states", "places")
#: Tables whose lines stand on two years each.
_OF_TWO_YEARS = ("steps", "directions")
_RANGE = "–"
#: The places behind each line of a table, by what tells the line from the others.
Behind = Mapping[tuple[Any, ...], tuple[str, ...]]


def listed(*, language: str) -> list[TableCard]:
    """All tables, with what each counts and serves."""
    known = tables.names()
    named = [*(name for name in ORDER if name in known), *sorted(set(known) - set(ORDER))]
    return [
        TableCard(
            name=name,
            title=tables.definition(name).title[language],
            counts=tables.definition(name).counts[language],
            serves=tables.purposes(name, language),
        )
        for name in named
    ]


def table(
    *,
    choice: TableChoice,
    reader: Reader,
    language: str,
    populations: Populations | None = None,
) -> TableView:
    """A table. Whatever is in force is public.

    :raises marsad.tabulation.errors.UnknownTable: if there is none of this name.
    :raises NothingInForce: where nothing was in force then.
    """
    defined = tables.definition(choice.name)
    stands = figures.in_force(at=choice.at)
    asked, choice = choice, _of_two_years(defined, choice, stands)
    found = _in_order(_made(stands.digest, choice, populations, _file(stands)), language)
    sources = _sources(stands, reader, language=language)
    with reading_as(language=language) as write:
        defining = [
            *tables.above(choice.name, language, populations=populations),
            *_widened(asked, choice, stands, write=write),
        ]
        stands_on = [
            _("Source: {sources}.").format(sources=pgettext("between sources", "; ").join(sources)),
            _("As at {moment}.").format(moment=write.moment(choice.at or timezone.now())),
            *withdrawn_since(stands, write=write, of_places=choice.places),
        ]
    return TableView(
        choice=choice,
        language=language,
        title=defined.title[language],
        above=[*defining, *stands_on],
        stands_on=stands_on,
        records=found,
        columns=_columns(found, language),
        is_sdg=defined.expression == "sdg",
        is_invented=figures.is_invented(at=choice.at),
        at=choice.at or timezone.now(),
        sources=sources,
        picture=_picture(defined, choice),
    )


def _of_two_years(defined: tables.Definition, choice: TableChoice, stands: Standing) -> TableChoice:
    """A change needs two years: with one year alone comes the year before."""
    if defined.expression not in _OF_TWO_YEARS or choice.years is None:
        return choice
    first, last = choice.years
    there = [year for year in _known(stands)[0] if first <= year <= last]
    if len(there) != 1:
        return choice
    return replace(choice, years=(there[0] - 1, there[0]))


def _widened(
    asked: TableChoice, choice: TableChoice, stands: Standing, *, write: Formatter
) -> Iterator[str]:
    """That a year more was taken than was asked for, or that there is none to take."""
    if choice.years is None or asked.years == choice.years:
        return
    before, year = choice.years
    if before in _known(stands)[0]:
        says = _("A change needs two years: that of {year} is counted from {before}.")
    else:
        says = _("A change needs two years, and no figures of {before} are here to begin from.")
    yield write.text(says.format(year=year, before=before))


def span_of(given: str) -> tuple[int, int]:
    """First and last year of "2019" or "2017-2020".

    :raises BadYears: where it is neither.
    """
    return span(given)


def moment_of(given: str) -> datetime | None:
    """The moment an address names; None where it names none."""
    return Choice.of({"at": given}).at if given else None


def years_known(*, at: datetime | None = None) -> tuple[int, ...]:
    """The years that there are figures of.

    :raises NothingInForce: where nothing was in force then.
    """
    return _known(figures.in_force(at=at))[0]


def places_known(*, language: str, at: datetime | None = None) -> list[tuple[str, str]]:
    """Codes and names of the places that have figures, by name.

    :raises NothingInForce: where nothing was in force then.
    """
    named = places.names()
    told = [
        (code, labels.label("place", code, language, named=named))
        for code in _known(figures.in_force(at=at))[1]
    ]
    return sorted(told, key=lambda each: countries.sort_key(each[1], language))


def _known(stands: Standing) -> tuple[tuple[int, ...], tuple[str, ...]]:
    return _found_in(stands.digest, _file(stands))


@lru_cache(maxsize=8)
def _found_in(_digest: str, file: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    rows = rows_from([Path(file)])
    years = rows.select("year").distinct().order_by("year").to_pyarrow().to_pylist()
    codes = rows.select("place").distinct().order_by("place").to_pyarrow().to_pylist()
    return tuple(one["year"] for one in years), tuple(one["place"] for one in codes)


def _file(stands: Standing) -> str:
    return str(figures.file_of(stands))


def _made(
    digest: str, choice: TableChoice, populations: Populations | None, file: str
) -> Sequence[Mapping[str, Any]]:
    plain = replace(choice, at=None)
    if populations is not None:
        return _run(plain, populations, file)
    return _kept(digest, plain, file)


@lru_cache(maxsize=64)
def _kept(_digest: str, choice: TableChoice, file: str) -> Sequence[Mapping[str, Any]]:
    """What lies under a digest never changes, so a table of it is made once in a process."""
    return _run(choice, None, file)


def _run(
    choice: TableChoice, populations: Populations | None, file: str
) -> Sequence[Mapping[str, Any]]:
    return tables.table(
        rows_from([Path(file)]),
        choice.name,
        years=choice.years,
        places=choice.places,
        states_only=choice.states_only,
        populations=populations,
    )


def _in_order(found: Sequence[Mapping[str, Any]], language: str) -> list[Mapping[str, Any]]:
    """Places in the order of their names, for nobody is ranked; all else as it was counted."""
    named = places.names()
    told = list(found)
    if not told:
        return told

    @cache
    def by_name(column: str, code: str) -> Any:
        return countries.sort_key(labels.label(column, code, language, named=named), language)

    # Sorting keeps what is equal in its order: what is sorted by last counts most.
    for column in _sorted_by(list(told[0])):
        told.sort(key=lambda one, name=column: by_name(name, one[name]))  # type: ignore[misc]
    if next(iter(told[0])) == "year":
        told.sort(key=lambda one: one["year"])
    return told


def _sorted_by(columns: Sequence[str]) -> Sequence[str]:
    """Columns of places that lines are put in order by, the last first."""
    if columns[0] in ("place", "origin"):
        return [name for name in ("place", "origin") if name in columns]
    if "REF_AREA" in columns:
        return ["REF_AREA"]
    return [name for name in ("category", "place") if name in columns and "place" in columns]


def _sources(stands: Standing, reader: Reader, *, language: str) -> list[str]:
    seen = rights.visible_editions(reader).filter(pk__in=stands.editions.values("pk"))
    told = []
    for edition in seen.select_related("source").order_by("source__code"):
        names = edition.source.names
        name = names.get(language) or names.get("en") or edition.source.code
        with reading_as(language=language) as write:
            told.append(
                _("{source}, edition {number}").format(
                    source=name, number=write.number(edition.number)
                )
            )
    return told


# ── columns and cells ────────────────────────────────────────────────────────────────────────────
def _columns(found: Sequence[Mapping[str, Any]], language: str) -> list[TableColumn]:
    codes: dict[str, None] = {}
    for name in found[0] if found else ():
        if name not in _LEFT_OUT:
            codes[_shown_as(name)] = None
    return [
        TableColumn(
            code=code,
            label=labels.heading("figure" if code == "bounds" else code, language),
            is_number=code in _SHARES or code in _COUNTS,
        )
        for code in codes
        if not _is_idle(found, code)
    ]


def _shown_as(name: str) -> str:
    """One column for the two ends of a range."""
    if name in ("LOWER_BOUND", "UPPER_BOUND"):
        return "bounds"
    for end in ("low", "high"):
        if name == end:
            return "figure"
        if name == f"{end}_since":
            return "since"
        if name.endswith(f"_{end}"):
            return name.removesuffix(f"_{end}")
    return name


def _ends(code: str) -> tuple[str, str]:
    """The columns of both ends of a range."""
    special = {
        "figure": ("low", "high"),
        "since": ("low_since", "high_since"),
        "bounds": ("LOWER_BOUND", "UPPER_BOUND"),
    }
    return special.get(code, (f"{code}_low", f"{code}_high"))


def _is_idle(found: Sequence[Mapping[str, Any]], code: str) -> bool:
    """A column that says the same of every line, and that is nothing."""
    if code in ("unknown", "not_states"):
        column = _ends(code)[1] if code == "unknown" else code
        return not any(one.get(column) for one in found)
    return False


def lines(view: TableView, *, first: int = 0, last: int | None = None) -> Iterator[list[TableCell]]:
    """The lines of a table as a reader sees them; call it in the language of the table."""
    defined = tables.definition(view.choice.name)
    named = places.names()
    behind = _behind(defined, view.choice)
    with reading_as(language=view.language) as write:
        for one in view.records[first:last]:
            asked = _origins_of(defined, view.choice, one, behind=behind)
            yield [
                _cell(
                    one,
                    column,
                    view.language,
                    write=write,
                    named=named,
                    origin=address_of(asked[column.code]) if column.code in asked else "",
                )
                for column in view.columns
            ]


def _cell(
    one: Mapping[str, Any],
    column: TableColumn,
    language: str,
    *,
    write: Formatter,
    named: labels.Named,
    origin: str,
) -> TableCell:
    code = column.code
    ends = _ends(code)
    if ends[0] in one:
        low, high = one[ends[0]], one[ends[1]]
        if low is None and high is None:
            return TableCell(text=_untold(code), is_untold=True)
        return TableCell(text=ranged(low, high, write=write, code=code), origin=origin)
    value = one[code]
    if value is None:
        return TableCell(text=_untold(code), is_untold=True)
    if code == "share_of_places":
        return TableCell(text=write.percent(value))
    if code in ("category", "origin") and f"{code}_kind" in one:
        told = labels.category(value, one[f"{code}_kind"], language, named=named)
        return TableCell(text=write.text(told))
    if code in ("year", "year_since", "TIME_PERIOD"):
        return TableCell(text=write.text(str(value)))
    if isinstance(value, int | float):
        return TableCell(text=write.number(value), origin=origin)
    return TableCell(text=write.text(labels.label(code, value, language, named=named)))


def _untold(code: str) -> str:
    return "" if code in _SHARES else _("not told")


def ranged(low: Any, high: Any, *, write: Formatter, code: str = "figure") -> str:
    """A count, a share or a change, or the two that it lies between: «12–15»."""
    if low is None or high is None:
        known = high if low is None else low
        return _one_end(known, write=write, code=code)
    one, other = (_one_end(each, write=write, code=code) for each in (low, high))
    if one == other:
        return one
    if low < 0:
        # A dash between signs of less than none would be read as one of them.
        return pgettext("less than none", "{low} to {high}").format(low=one, high=other)
    return f"{one}{_RANGE}{other}"


def _one_end(value: Any, *, write: Formatter, code: str) -> str:
    if code in _SHARES:
        return write.percent(value, decimals=1)
    if isinstance(value, float) and value != int(value):
        return write.number(value, decimals=2)
    return write.number(value)


# ── where it comes from, and the same as a picture ───────────────────────────────────────────────
def origin_of(
    defined: tables.Definition, choice: TableChoice, one: Mapping[str, Any]
) -> OriginQuery:
    """What to ask for the origin of a line's figure; of a change, for that of its last year."""
    asked = _origins_of(defined, choice, one, behind=_behind(defined, choice))
    return next(asked[code] for code in _MAIN if code in asked)


def _origins_of(
    defined: tables.Definition, choice: TableChoice, one: Mapping[str, Any], *, behind: Behind
) -> Mapping[str, OriginQuery]:
    """What to ask for the origin of each figure of a line, by column.

    Shares have none, nor has what is not known: that is what the total leaves, and no row says it.
    """
    asked = ask(**defined.question)
    base = OriginQuery(
        indicator=asked.indicator,
        years=(one["year"], one["year"]) if "year" in one else choice.years,
        places=(one["place"],) if "place" in one else choice.places,
        states_only=choice.states_only,
        at=choice.at,
    )
    if defined.expression in _LINES:
        there = behind.get(_line(defined, one))
        if there is None:
            # Other figures came into force since the line was counted.
            return {}
        base = replace(base, places=there)
    return _ORIGINS.get(defined.expression, _of_line)(base, asked, one)


Origins = Mapping[str, OriginQuery]


def _of_line(base: OriginQuery, asked: Question, one: Mapping[str, Any]) -> Origins:
    told = {name: one[name] for name in ("sex", "age", "region", "subregion") if name in one}
    if "category" in one and one.get("dimension", asked.dimension) != "Total":
        told["category"] = one["category"]
    query = replace(
        base,
        indicator=one.get("indicator", base.indicator),
        dimension=one.get("dimension", asked.dimension),
        **told,
    )
    return {"figure": query}


def _of_step(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> Origins:
    since = one["year_since"]
    return {"figure": base, "since": replace(base, years=(since, since))}


def _of_direction(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> Origins:
    return {"states": replace(base, years=(one["year_since"], one["year"]))}


def _of_class(base: OriginQuery, _asked: Question, _one: Mapping[str, Any]) -> Origins:
    return {"states": base}


def _of_coverage(base: OriginQuery, _asked: Question, _one: Mapping[str, Any]) -> Origins:
    return {"places": base}


def _of_flow(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> Origins:
    return {"figure": replace(base, dimension=CITIZENSHIP, category=one["origin"])}


def _of_reach(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> Origins:
    return {"figure": replace(base, dimension=CITIZENSHIP, reach=one["reach"])}


def _of_stage(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> Origins:
    word = next(each.word for each in words("indicator") if each.code == one["stage"])
    return {"figure": replace(base, indicator=word, all_stages=True)}


def _of_goal(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> Origins:
    forms = {series_of: form for form, series_of in SERIES.items()}
    form = forms[one["SERIES"].removesuffix("R")]
    query = replace(
        base,
        years=(one["TIME_PERIOD"], one["TIME_PERIOD"]),
        places=(str(countries.get(one["REF_AREA"].zfill(3)).iso3),),
        dimension=FORM if form else "Total",
        category=form or None,
        sex={"F": "Female", "M": "Male"}.get(one["SEX"], "Total"),
        age={"Y0T17": "0 to 17 years", "Y_GE18": "18 years or over"}.get(one["AGE"], "Total"),
    )
    return {"bounds": query}


_ORIGINS: Mapping[str, Callable[[OriginQuery, Question, Mapping[str, Any]], Origins]] = {
    "steps": _of_step,
    "directions": _of_direction,
    "classes": _of_class,
    "coverage": _of_coverage,
    "flows": _of_flow,
    "reaches": _of_reach,
    "funnel": _of_stage,
    "sdg": _of_goal,
}


# ── the places behind a line ─────────────────────────────────────────────────────────────────────
#: Tables whose lines stand on some places, and what tells one line from the others.
_LINES: Mapping[str, tuple[str, ...]] = {
    "steps": ("year",),
    "directions": ("year", "trend"),
    "classes": ("year", "band"),
    "coverage": ("year", "region", "place_kind"),
}


def _line(defined: tables.Definition, one: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(one[name] for name in _LINES[defined.expression])


def _behind(defined: tables.Definition, choice: TableChoice) -> Behind:
    """The places of each line; of none where its own columns name them."""
    if defined.expression not in _LINES:
        return {}
    stands = figures.in_force(at=choice.at)
    return _kept_behind(stands.digest, replace(choice, at=None), _file(stands))


@lru_cache(maxsize=16)
def _kept_behind(_digest: str, choice: TableChoice, file: str) -> Behind:
    defined = tables.definition(choice.name)
    asked = ask(
        **defined.question,
        years=choice.years,
        places=choice.places,
        states_only=choice.states_only,
    )
    found: dict[tuple[Any, ...], set[str]] = {}
    for one in _place_by_place(rows_from([Path(file)]), asked, defined):
        found.setdefault(_line(defined, one), set()).add(one["place"])
    return {line: tuple(sorted(codes)) for line, codes in found.items()}


def _place_by_place(
    rows: Expression, asked: Question, defined: tables.Definition
) -> Iterator[Mapping[str, Any]]:
    """The figure of each place, with the line in which it is counted."""
    if defined.expression in _OF_TWO_YEARS:
        for one in records(trends.changes(rows, asked)):
            yield {**one, "trend": _trend(one)}
        return
    if defined.expression == "coverage":
        yield from _covered(rows, asked)
        return
    for one in records(series.series(rows, replace(asked, by=("country",)))):
        if one["low"] is not None:
            yield {**one, "band": _band(one, defined.options["limits"])}


def _trend(one: Mapping[str, Any]) -> str:
    """As the table of directions counts it."""
    if not one["beyond_chance"]:
        return "stable"
    return "up" if one["low"] > one["high_since"] else "down"


def _band(one: Mapping[str, Any], limits: Sequence[int]) -> str:
    """As `series.classes` counts it."""
    if one["high"] == 0:
        return "0"
    first = 1
    for limit in limits:
        if one["low"] >= first and one["high"] <= limit:
            return f"{first}-{limit}"
        first = limit + 1
    return f"{first}+" if one["low"] >= first else "across"


def _covered(rows: Expression, asked: Question) -> Iterator[Mapping[str, Any]]:
    """Each place of a year in one region, as `series.coverage` counts it."""
    regions: dict[tuple[int, str, str], str] = {}
    for one in records(series.series(rows, replace(asked, by=("country", "region")))):
        if one["low"] is not None:
            key = one["year"], one["place"], one["place_kind"]
            regions[key] = max(regions.get(key, ""), one["region"])
    for (year, place, kind), region in regions.items():
        yield {"year": year, "place": place, "place_kind": kind, "region": region}


def _picture(defined: tables.Definition, choice: TableChoice) -> str:
    """The address of a picture of the same figures."""
    if not defined.picture:
        return ""
    shown = Choice(**defined.picture, places=choice.places, years=choice.years, at=choice.at)
    try:
        return f"{reverse('statistics:trends')}?{shown.query()}"
    except NoReverseMatch:
        return ""
