"""Where a figure comes from: what is asked, and what is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime

from marsad.design.formatting import to_ascii_digits
from marsad.problems import _, spoken
from marsad.statistics import problems
from marsad.tabulation.words import known_word, words

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_LONGEST = 120
#: A line of the same States names every one of them: more codes than there are places.
_LONGEST_PLACES = 4_000


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginQuery:
    """One figure, as an address names it."""

    #: As kept: "Detected trafficking victims".
    indicator: str
    dimension: str = "Total"
    #: As tables have it: a form, the code of a country; None for all of the dimension.
    category: str | None = None
    sex: str = "Total"
    age: str = "Total"
    years: tuple[int, int] | None = None
    #: Codes of places; none for all.
    places: tuple[str, ...] = ()
    states_only: bool = False
    #: Parts of the world by their English names; None for all.
    region: str | None = None
    subregion: str | None = None
    #: How far from home people were detected: one of `tabulation.flows.REACHES`.
    reach: str = ""
    #: Only of those that reported every stage of justice.
    all_stages: bool = False
    at: datetime | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> OriginQuery:
        """Read it from an address.

        :raises OriginNotUnderstood: where it is none.
        """
        if not _one(given, "indicator"):
            raise problems.OriginNotUnderstood(why=spoken(_("it does not say what is counted")))
        return cls(
            indicator=_word("indicator", _one(given, "indicator")),
            dimension=_word("dimension", _one(given, "dimension") or "total"),
            category=_word("category", _one(given, "category")) if "category" in given else None,
            sex=_word("sex", _one(given, "sex") or "total"),
            age=_word("age", _one(given, "age") or "total"),
            years=_years(_one(given, "year")),
            places=_places(given),
            states_only="states_only" in given,
            region=_one(given, "region") if "region" in given else None,
            subregion=_one(given, "subregion") if "subregion" in given else None,
            reach=_one(given, "reach"),
            all_stages="all_stages" in given,
            at=_moment(_one(given, "at")),
        )

    def query(self) -> str:
        """What stands after the question mark of its address."""
        told: dict[str, str | None] = {
            "indicator": _code("indicator", self.indicator),
            "dimension": "" if self.dimension == "Total" else _code("dimension", self.dimension),
            "category": self.category,
            "sex": "" if self.sex == "Total" else _code("sex", self.sex),
            "age": "" if self.age == "Total" else _code("age", self.age),
            "year": "-".join(map(str, dict.fromkeys(self.years or ()))),
            "place": ",".join(self.places),
            "states_only": "1" if self.states_only else "",
            "region": self.region,
            "subregion": self.subregion,
            "reach": self.reach,
            "all_stages": "1" if self.all_stages else "",
            "at": self.at.isoformat() if self.at else "",
        }
        may_be_empty = ("category", "region", "subregion")
        kept = {
            name: value
            for name, value in told.items()
            if value or (value is not None and name in may_be_empty)
        }
        return urlencode(kept, safe=",:")


def _one(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name) or ""
    return to_ascii_digits(str(value)).strip()[:_LONGEST]


def _places(given: Mapping[str, Any]) -> tuple[str, ...]:
    """All of them, or none of the answer: a figure of some would pass for that of all."""
    told = str(given.get("place") or "")
    if len(told) > _LONGEST_PLACES:
        raise problems.OriginNotUnderstood(why=spoken(_("it names too many places")))
    return tuple(code for code in to_ascii_digits(told).strip().upper().split(",") if code)


def _word(field: str, given: str) -> str:
    known = known_word(field, given)
    return known.word if known else given


def _code(field: str, word: str) -> str:
    return next((each.code for each in words(field) if each.word == word), word)


def _years(given: str) -> tuple[int, int] | None:
    if not given:
        return None
    found = _YEARS.fullmatch(given)
    if not found:
        raise problems.OriginNotUnderstood(why=spoken(_("“{year}” is no year"), year=given))
    return int(found[1]), int(found[2] or found[1])


def _moment(given: str) -> datetime | None:
    if not given:
        return None
    try:
        found = parse_datetime(given.replace(" ", "+"))
        # A zone a day away ("+23:59") is none that a database knows.
        told = found.astimezone(UTC) if found is not None and found.tzinfo else None
    except (ValueError, OverflowError):
        told = None
    if told is None:
        raise problems.OriginNotUnderstood(why=spoken(_("“{at}” is no moment"), at=given))
    return told


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginRow:
    """A row of a file, as it was printed, and what was made of it."""

    place: str
    place_name: str
    year: int
    #: In the reader's words, and as printed.
    dimension: str
    category: str
    category_printed: str
    sex: str
    age: str
    #: As printed: "1,282", "<5".
    value: str
    #: The least and the most it can be; None where it says no number.
    low: int | None
    high: int | None
    #: Digest of the file, the sheet and the row in it, counted from 1.
    file: str
    sheet: str
    row: int
    #: Number of the edition in `Origin.editions`, counted from 0; -1 where it is not known.
    edition: int
    #: What was remarked when it was read, in sentences.
    remarks: Sequence[str]
    #: In the words of the source, where it says them.
    definition: str
    law_article: str
    counting_unit: str
    status: str
    #: "" of a State's own row, for readers outside of it.
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginEdition:
    """An edition that rows came with. Offices are named, and no persons."""

    source: str
    number: int
    #: "" of a State's own file, for readers outside of it: nobody verifies a name.
    file_name: str
    brought_at: datetime
    brought_by: str
    published_at: datetime | None
    #: Who verified it, in a sentence: a State, or why nobody had to.
    verified: str
    #: When it was withdrawn; it is told as it was in force before.
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """What a figure was made of."""

    query: OriginQuery
    #: What is asked, in a line: "Detected victims, female, 2018, Mexico".
    title: str
    low: int | None
    high: int | None
    #: Cells between limits.
    censored: int
    #: Places with a figure in it.
    states: int
    #: What is counted, in sentences.
    definition: Sequence[str]
    #: How several rows for one figure were dealt with; empty where there were none.
    how: Sequence[str]
    editions: Sequence[OriginEdition]
    #: Rows of the page asked for, and how many there are in all.
    rows: Sequence[OriginRow]
    total: int
    #: Since when these figures are in force.
    in_force_since: datetime
    is_invented: bool

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        told = asdict(self)
        told["query"] = self.query.query()
        return told
