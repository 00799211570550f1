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
from marsad.tabulation import labels, tables
from marsad.tabulation.categories import CITIZENSHIP, FORM
from marsad.tabulation.engine import rows_from
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
#: Columns that a number of people stands in: they say where it comes from.
_FIGURES = frozenset(("figure", "since", "bounds", "unknown"))
_RANGE = "–"


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
    found = _in_order(_made(stands.digest, choice, populations, _file(stands)), language)
    sources = _sources(stands, reader, language=language)
    with reading_as(language=language) as write:
        above = [
            *tables.above(choice.name, language, populations=populations),
            _("Source: {sources}.").format(sources="; ".join(sources)),
            _("As at {moment}.").format(moment=write.moment(choice.at or timezone.now())),
            *withdrawn_since(stands, write=write, of_places=choice.places),
        ]
    return TableView(
        choice=choice,
        language=language,
        title=defined.title[language],
        above=above,
        records=found,
        columns=_columns(found, language),
        is_sdg=defined.expression == "sdg",
        is_invented=figures.is_invented(at=choice.at),
        at=choice.at or timezone.now(),
        sources=sources,
        picture=_picture(defined, choice),
    )


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
    with reading_as(language=view.language) as write:
        for one in view.records[first:last]:
            address = _address(defined, view.choice, one)
            yield [
                _cell(one, column, view.language, write=write, named=named, address=address)
                for column in view.columns
            ]


def _cell(
    one: Mapping[str, Any],
    column: TableColumn,
    language: str,
    *,
    write: Formatter,
    named: labels.Named,
    address: str,
) -> TableCell:
    code = column.code
    ends = _ends(code)
    if ends[0] in one:
        low, high = one[ends[0]], one[ends[1]]
        if low is None and high is None:
            return TableCell(text=_untold(code), is_untold=True)
        text = ranged(low, high, write=write, code=code)
        return TableCell(text=text, origin=address if code in _FIGURES else "")
    value = one[code]
    if value is None:
        return TableCell(text=_untold(code), is_untold=True)
    if code == "share_of_places":
        return TableCell(text=write.percent(value))
    if code in ("places", "states") and "low" not in one:
        return TableCell(text=write.number(value), origin=address)
    if code in ("category", "origin") and f"{code}_kind" in one:
        told = labels.category(value, one[f"{code}_kind"], language, named=named)
        return TableCell(text=write.text(told))
    if code in ("year", "year_since", "TIME_PERIOD"):
        return TableCell(text=write.text(str(value)))
    if isinstance(value, int | float):
        return TableCell(text=write.number(value))
    return TableCell(text=write.text(labels.label(code, value, language, named=named)))


def _untold(code: str) -> str:
    return "" if code in _SHARES else _("not told")


def ranged(low: Any, high: Any, *, write: Formatter, code: str = "figure") -> str:
    """A count, a share or a change, or the two that it lies between: «12–15»."""
    if low is None or high is None:
        known = high if low is None else low
        return _one_end(known, write=write, code=code)
    one, other = (_one_end(each, write=write, code=code) for each in (low, high))
    return one if one == other else f"{one}{_RANGE}{other}"


def _one_end(value: Any, *, write: Formatter, code: str) -> str:
    if code in _SHARES:
        return write.percent(value, decimals=1)
    if isinstance(value, float) and value != int(value):
        return write.number(value, decimals=2)
    return write.number(value)


# ── where it comes from, and the same as a picture ───────────────────────────────────────────────
def _address(defined: tables.Definition, choice: TableChoice, one: Mapping[str, Any]) -> str:
    return address_of(origin_of(defined, choice, one))


def origin_of(
    defined: tables.Definition, choice: TableChoice, one: Mapping[str, Any]
) -> OriginQuery:
    """What to ask for the origin of a line's figure."""
    asked = ask(**defined.question)
    base = OriginQuery(
        indicator=asked.indicator,
        years=(one["year"], one["year"]) if "year" in one else choice.years,
        places=(one["place"],) if "place" in one else choice.places,
        states_only=choice.states_only,
        at=choice.at,
    )
    return _ORIGINS.get(defined.expression, _of_line)(base, asked, one)


def _of_line(base: OriginQuery, asked: Question, one: Mapping[str, Any]) -> OriginQuery:
    told = {name: one[name] for name in ("sex", "age", "region", "subregion") if name in one}
    if "category" in one and one.get("dimension", asked.dimension) != "Total":
        told["category"] = one["category"]
    return replace(
        base,
        indicator=one.get("indicator", base.indicator),
        dimension=one.get("dimension", asked.dimension),
        **told,
    )


def _of_flow(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> OriginQuery:
    return replace(base, dimension=CITIZENSHIP, category=one["origin"])


def _of_reach(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> OriginQuery:
    return replace(base, dimension=CITIZENSHIP, reach=one["reach"])


def _of_stage(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> OriginQuery:
    word = next(each.word for each in words("indicator") if each.code == one["stage"])
    return replace(base, indicator=word, all_stages=True)


def _of_goal(base: OriginQuery, _asked: Question, one: Mapping[str, Any]) -> OriginQuery:
    forms = {series: form for form, series in SERIES.items()}
    form = forms[one["SERIES"].removesuffix("R")]
    return replace(
        base,
        years=(one["TIME_PERIOD"], one["TIME_PERIOD"]),
        places=(str(countries.get(one["REF_AREA"].zfill(3)).iso3),),
        dimension=FORM if form else "Total",
        category=form or None,
        sex={"F": "Female", "M": "Male"}.get(one["SEX"], "Total"),
        age={"Y0T17": "0 to 17 years", "Y_GE18": "18 years or over"}.get(one["AGE"], "Total"),
    )


_ORIGINS: Mapping[str, Callable[[OriginQuery, Question, Mapping[str, Any]], OriginQuery]] = {
    "flows": _of_flow,
    "reaches": _of_reach,
    "funnel": _of_stage,
    "sdg": _of_goal,
}


def _picture(defined: tables.Definition, choice: TableChoice) -> str:
    """The address of a picture of the same figures."""
    if not defined.picture:
        return ""
    shown = Choice(**defined.picture, places=choice.places, years=choice.years, at=choice.at)
    try:
        return f"{reverse('statistics:trends')}?{shown.query()}"
    except NoReverseMatch:
        return ""
