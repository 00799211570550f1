"""Dates and spans of days, as the six languages print them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .fold import fold
from .words import WORDS


@dataclass(frozen=True, kw_only=True)
class FoundDate:
    """A date in a text."""

    #: First day, ISO 8601: "2009-04-14"; "2009-04" without a day; "--04-14" without a year.
    start: str
    #: Last day, in the same form.
    end: str
    #: Where it stands in the folded text.
    span: tuple[int, int]
    #: The words, folded.
    text: str

    @property
    def whole(self) -> bool:
        """Whether year, month and day are all said."""
        return len(self.start) == 10 and not self.start.startswith("--")


_DAY = r"(\d{1,2})(?:er|st|nd|rd|th|-?го|-?е|o)?"
_TO_AR = r"\s*(?:-|–|—|الي|و\s*يوم|و)\s*"
_TO = r"\s*(?:-|–|—|to|and|until|through|au|et|al|a|y|по|и|до)\s*"


@lru_cache(maxsize=8)
def _shapes(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    if language == "zh":
        return _CHINESE, {}
    months = WORDS[language].months
    names = "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in sorted(months, key=len, reverse=True)
    )
    if language == "ar":
        month = rf"({names})(?:\s*/\s*(?:{names}))?"
        shape = (
            rf"(?<![\d/])(?:{_DAY}(?:\s+{month})?(?:\s+\d{{4}})?{_TO_AR})?{_DAY}\s*{month}(?!\w)"
            rf"(?:\s*[،,]?\s*(\d{{4}})(?!\d))?"
            rf"|(?<!\w)[وفبلك]?{month}\s+(\d{{4}})(?!\d)"
        )
    else:
        month = rf"({names})"
        of = r"\s+(?:de\s+|del\s+)?"
        shape = (
            rf"(?<![\d/])(?:{_DAY}(?:{of}{month})?{_TO})?{_DAY}{of}{month}(?!\w)"
            rf"(?:\s*,?\s*(?:de\s+|del\s+)?(\d{{4}})(?!\d))?"
            rf"|(?<!\w){month}(?:\s+(?:de\s+|del\s+)?(\d{{4}}))(?!\d)"
        )
    return re.compile(shape), dict(months)


_CHINESE = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日(?:\s*(?:至|和|、|—|-|到)\s*"
    r"(?:(\d{1,2})\s*月\s*)?(\d{1,2})\s*日)?)?"
)


def find_dates(folded: str, language: str) -> Iterator[FoundDate]:
    """Every date in a folded text, in order."""
    shape, months = _shapes(language)
    torn = list(_torn_spans(folded)) if language == "ar" else []
    yield from torn
    begins = [one.span[0] for one in torn]
    for match in shape.finditer(folded):
        place = bisect_right(begins, match.start()) - 1
        if place >= 0 and match.start() < torn[place].span[1]:
            continue
        parts = _from_chinese(match) if language == "zh" else _from_names(match, months)
        if parts is not None:
            yield FoundDate(start=parts[0], end=parts[1], span=match.span(), text=match[0].strip())


#: «من ١٣ إلى ١٥ … شباط/فبراير ٢٠٠٨» with some words of the line between, after a damaged seam.
_TORN = (
    r"(?<!\w)من\s+(\d{{1,2}})\s+الي((?:\s+[^\W\d_]+){{0,3}})\s+(\d{{1,2}})((?:\s+[^\W\d_]+){{0,5}}?)"
    r"\s+({names})(?:\s*/\s*(?:{names}))?\s+(\d{{4}})(?!\d)"
)
#: Words that make a number an amount and no day.
_AMOUNTS = re.compile(
    r"(?<!\w)(?:يوم|ايام|سن|عام|اعوام|شهر|اشهر|ماي|الف|مليون|دول|بلد|شخص|في الما)"
)


def _torn_spans(folded: str) -> Iterator[FoundDate]:
    """Spans of days that other words of their line have got into."""
    for match in _torn_shape().finditer(folded):
        first, between, last, behind, month, year = match.groups()
        if not (between.strip() or behind.strip()) or _AMOUNTS.search(between + behind):
            continue
        number = WORDS["ar"].months[_name(month)]
        days = sorted(filter(None, (_iso(year, number, first), _iso(year, number, last))))
        if len(days) == 2:
            yield FoundDate(start=days[0], end=days[1], span=match.span(), text=match[0].strip())


@lru_cache(maxsize=1)
def _torn_shape() -> re.Pattern[str]:
    names = sorted(WORDS["ar"].months, key=len, reverse=True)
    return re.compile(_TORN.format(names="|".join(re.escape(name) for name in names)))


def _from_names(match: re.Match[str], months: dict[str, int]) -> tuple[str, str] | None:
    first_day, first_month, last_day, last_month, year, only_month, only_year = match.groups()
    if only_month is not None:
        month = months[_name(only_month)]
        whole = f"{only_year}-{month:02d}"
        return whole, whole
    end_month = months[_name(last_month)]
    end = _iso(year, end_month, last_day)
    start = end
    if first_day is not None:
        start_month = months[_name(first_month)] if first_month else end_month
        start = _iso(year, start_month, first_day)
    if start is None or end is None:
        return None
    # the two days of a span change places in damaged lines: "15 to 13 February"
    return min(start, end), max(start, end)


def _from_chinese(match: re.Match[str]) -> tuple[str, str] | None:
    year, month, day, to_month, to_day = match.groups()
    if day is None:
        whole = f"{year}-{int(month):02d}"
        return (whole, whole) if 1 <= int(month) <= 12 else None
    start = _iso(year, int(month), day)
    end = _iso(year, int(to_month or month), to_day) if to_day else start
    return (start, end) if start and end else None


def _name(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _iso(year: str | None, month: int, day: str) -> str | None:
    try:
        real = date(int(year) if year else 2000, month, int(day))
    except ValueError:
        return None
    return real.isoformat() if year else f"--{real.month:02d}-{real.day:02d}"


def first_date(text: str, language: str) -> FoundDate | None:
    """The first whole date of a text in `language`, or else in English (as front pages have it)."""
    folded = fold(text)
    for tongue in dict.fromkeys((language, "en")):
        for found in find_dates(folded, tongue):
            if found.whole:
                return found
    return None
