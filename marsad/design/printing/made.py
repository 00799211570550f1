"""What every writer hands back, and the little that all of them need."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

# Word and Excel refuse a whole file for one of these; a damaged text may hold them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: The first moment a ZIP archive can name; used where no day is known.
_NO_DAY = date(1980, 1, 1)
#: Put before the names of files that hold what is invented for a demonstration.
INVENTED_PREFIX = "INVENTED-"


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A finished file."""

    #: Its bytes.
    data: bytes
    #: What to call it over HTTP.
    media_type: str
    #: A safe name to save it under: ASCII letters, digits, hyphens and one dot.
    file_name: str


def clean(text: str) -> str:
    """The text without control characters, which no format here can carry."""
    return _CONTROL.sub("", text)


def lines_of(text: str) -> list[str]:
    """Its lines without blank ones: a lettered part of a recommendation has a line of its own."""
    return [line.strip() for line in clean(text).splitlines() if line.strip()]


def file_stem(words: str) -> str:
    """A name a file system takes everywhere.

    >>> file_stem("CTOC/COP/WG.4/2009/2")
    'CTOC-COP-WG.4-2009-2'
    """
    stem = re.sub(r"[^A-Za-z0-9.]+", "-", words).strip("-.")
    return stem[:80] or "document"


def moment(day: date | None) -> datetime:
    """Noon of that day, the time written into a file so that the same content is the same bytes."""
    return datetime.combine(day or _NO_DAY, time(12), tzinfo=UTC)


def steady_archive(data: bytes, *, day: date | None, instead: Mapping[str, bytes]) -> bytes:
    """The same ZIP archive with every entry dated `day`, and some entries replaced.

    Both libraries stamp the clock into their archives; two exports of the same compilation made on
    the same day would otherwise differ, and could not be compared or cached.
    """
    stamp = moment(day).timetuple()[:6]
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(steady, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, instead.get(name, old.read(name)))
    return steady.getvalue()
