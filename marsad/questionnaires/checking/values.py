"""What may stand in an answer, kind by kind: read, put into one form, or refused.

Digits of every script that people type are brought to 0-9 where a number, a date or a place is
meant; in words they stay as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

_DIGITS = str.maketrans(
    {
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
        "٫": ".",
        "−": "-",
        "٬": None,
        "\u200e": None,
        "\u200f": None,
        "\u061c": None,
    }
)

_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_ZONE = r"(Z|[+-]\d{2}(?::?\d{2})?)?"
_TIME = re.compile(rf"(\d{{2}}):(\d{{2}})(?::(\d{{2}})(?:\.(\d{{1,9}}))?)?{_ZONE}", re.ASCII)

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400


def ascii_digits(text: str) -> str:
    """Digits and signs as machines write them.

    >>> ascii_digits("١٢٫٥")
    '12.5'
    """
    return text.translate(_DIGITS)


def integer(text: str) -> str | None:
    """A whole number in one form, or None where it is none."""
    found = ascii_digits(text).strip()
    return str(int(found)) if _INTEGER.fullmatch(found) else None


def decimal(text: str) -> str | None:
    """A number, as it was written but for its digits, or None where it is none."""
    found = ascii_digits(text).strip()
    return found.removeprefix("+") if _DECIMAL.fullmatch(found) else None


def day(text: str) -> str | None:
    """A date `2026-11-22`; what follows a T is left out, as forms do."""
    found = ascii_digits(text).strip()
    read = read_date(found.partition("T")[0])
    return read.isoformat() if read else None


def time_of_day(text: str) -> str | None:
    """A time `10:30:00.000+01:00`, as it was written but for its digits."""
    found = ascii_digits(text).strip()
    return found if read_time(found) is not None else None


def moment(text: str) -> str | None:
    """A date and a time with a T between them."""
    found = ascii_digits(text).strip()
    return found if read_moment(found) is not None else None


def boolean(text: str) -> str | None:
    """`true` or `false`; 1 and 0 mean the same."""
    return {"true": "true", "false": "false", "1": "true", "0": "false"}.get(text.strip())


def point(text: str) -> str | None:
    """Latitude, longitude, and where they are known altitude and accuracy."""
    parts = ascii_digits(text).split()
    if not 2 <= len(parts) <= 4 or not all(_DECIMAL.fullmatch(part) for part in parts):
        return None
    if abs(float(parts[0])) > 90 or abs(float(parts[1])) > 180:
        return None
    return " ".join(parts)


def line(text: str) -> str | None:
    """Two points or more, with semicolons between them."""
    return _points(text, least=2)


def shape(text: str) -> str | None:
    """A line that ends where it begins."""
    found = _points(text, least=3)
    if found is None:
        return None
    ends = [" ".join(place.split()[:2]) for place in found.split("; ")]
    return found if ends[0] == ends[-1] else None


def _points(text: str, *, least: int) -> str | None:
    places = [point(part) for part in text.strip().strip(";").split(";")]
    if len(places) < least:
        return None
    known = [place for place in places if place is not None]
    return "; ".join(known) if len(known) == len(places) else None


def words(text: str) -> str | None:
    """Any text; spaces around it say nothing."""
    return text.strip()


#: By the kind of a question: how its answer is read. Choices and files need the form besides.
READERS: dict[str, Callable[[str], str | None]] = {
    "integer": integer,
    "decimal": decimal,
    "boolean": boolean,
    "date": day,
    "time": time_of_day,
    "dateTime": moment,
    "geopoint": point,
    "geotrace": line,
    "geoshape": shape,
}


# ── as values one can compute with ───────────────────────────────────────────────────────────────
def read_date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    try:
        return time(
            int(found[1]),
            int(found[2]),
            int(found[3] or 0),
            int((found[4] or "0")[:6].ljust(6, "0")),
            tzinfo=_zone(found[5]),
        )
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def read_moment(text: str) -> datetime | None:
    """A date and a time, in whatever zone it names, or none."""
    first, _t, rest = text.partition("T")
    if not rest:
        return None
    at, on = read_time(rest), read_date(first)
    return datetime.combine(on, at) if at is not None and on is not None else None


def days(text: str, *, now: datetime) -> float | None:
    """Days since 1970 of a date or a moment, by the clock of `now`; None for anything else.

    >>> days("1970-01-02", now=datetime(2026, 1, 1, tzinfo=timezone.utc))
    1.0
    """
    if len(text) < 10 or text[4:5] != "-":
        return None
    on = read_date(text)
    if on is not None:
        return float(on.toordinal() - _EPOCH)
    at = read_moment(text)
    if at is None:
        return None
    try:
        local = at.astimezone(now.tzinfo) if at.tzinfo else at
    except OverflowError:  # before the first year, or after the last
        return None
    since_midnight = (
        local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1_000_000
    )
    return local.toordinal() - _EPOCH + since_midnight / _DAY


def day_of(number: float) -> date | None:
    """The day that stands so many days after the first of 1970."""
    try:
        return date.fromordinal(_EPOCH + int(number // 1))
    except (ValueError, OverflowError):
        return None


def moment_of(number: float, *, now: datetime) -> datetime | None:
    """The moment that stands so many days after the first of 1970."""
    on = day_of(number)
    if on is None:
        return None
    seconds = round((number - number // 1) * _DAY, 3)
    start = datetime(on.year, on.month, on.day, tzinfo=now.tzinfo)
    return start + timedelta(seconds=seconds)
