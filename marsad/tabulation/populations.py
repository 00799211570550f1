"""How many people live where: what rates are taken of. They come from a file, never from here.

A CSV with one population a line:

    code,year,sex,age,population
    JOR,2019,Total,Total,10101694
    JOR,2019,Female,0 to 17 years,2052000

Without the columns of sex and age a line is the whole population.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from marsad.problems import _, said

from .errors import BadPopulations, NoSuchFile
from .places import place_of
from .types import Place
from .words import folded, known_word

#: A place, a year, a sex and an age: "JOR", 2019, "Total", "Total".
Key = tuple[str, int, str, str]

_NAMES = {
    "code": ("code", "iso3", "iso3 code", "ref area", "الرمز"),
    "country": ("country", "place", "state", "البلد", "الدولة"),
    "year": ("year", "time period", "السنة"),
    "sex": ("sex", "الجنس"),
    "age": ("age", "العمر"),
    "population": ("population", "value", "obs value", "السكان", "عدد السكان"),
}


@dataclass(frozen=True, kw_only=True)
class Populations:
    """Populations of one source."""

    #: What the file is called: said wherever a rate is.
    name: str
    counts: Mapping[Key, int]

    def of(self, place: str, year: int, sex: str = "Total", age: str = "Total") -> int | None:
        """Return a population, or None where the file does not hold it."""
        return self.counts.get((place, year, sex, age))


def read_populations(path: Path, *, name: str = "") -> Populations:
    """Read a file of populations.

    :raises NoSuchFile: where there is none.
    :raises BadPopulations: where a line of it cannot be understood.
    """
    name = name or path.name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return Populations(name=name, counts=dict(_lines(file, name)))
    except OSError as error:
        raise NoSuchFile(name=str(path)) from error
    except (UnicodeError, csv.Error) as error:
        raise BadPopulations(name=name, why=_("it is not text in UTF-8")) from error


def _lines(file: Iterator[str], name: str) -> Iterator[tuple[Key, int]]:
    rows = csv.reader(file)
    columns = _columns(next(rows, []), name)
    seen: set[Key] = set()
    for cells in rows:
        told = {field: cells[at].strip() for field, at in columns.items() if at < len(cells)}
        if not any(told.values()):
            continue
        key, count = _line(told, name, rows.line_num)
        if key in seen:
            raise _bad(name, rows.line_num, _("this population stands twice"))
        seen.add(key)
        yield key, count


def _columns(names: list[str], name: str) -> dict[str, int]:
    found = {}
    for at, printed in enumerate(names):
        for field, spellings in _NAMES.items():
            if folded(printed.replace("_", " ")) in map(folded, spellings):
                found[field] = at
    if "population" not in found or "year" not in found or not {"code", "country"} & set(found):
        raise BadPopulations(name=name, why=_("its first line does not name the columns"))
    return found


def _line(told: Mapping[str, str], name: str, number: int) -> tuple[Key, int]:
    place = place_of(told.get("code", ""), told.get("country", ""))
    if not isinstance(place, Place):
        raise _bad(name, number, _("its country is not known"))
    sex = known_word("sex", told.get("sex") or "Total")
    age = known_word("age", told.get("age") or "Total")
    if sex is None or age is None:
        raise _bad(name, number, _("its sex or age is not known"))
    try:
        year = int(told.get("year", ""))
        count = int(told.get("population", "").replace(",", "").replace(" ", ""))
    except ValueError:
        raise _bad(name, number, _("its year or its population is not a whole number")) from None
    if count < 1:
        raise _bad(name, number, _("a population is at least 1"))
    return (place.code, year, sex.word, age.word), count


def _bad(name: str, number: int, why: str) -> BadPopulations:
    return BadPopulations(name=name, why=said(_("line {row}: {why}"), {"row": number, "why": why}))
