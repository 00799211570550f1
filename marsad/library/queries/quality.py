"""Which document needs a better copy: words in doubt, before and after, over the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from marsad.directory.types import Reader
from marsad.library.models import Version
from marsad.library.quality import share
from marsad.library.queries import rights

#: What the table can be sorted by.
SORTS = ("title", "words", "before", "after", "open", "soundness")


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How good one text is."""

    document_key: str
    symbol: str | None
    title: str
    language: str
    is_restricted: bool
    version_key: str
    #: Arabic words in it.
    words: int
    #: Words that no dictionary or list knows, as it came and as it reads.
    unknown_before: int
    unknown_after: int
    #: The same as shares, from 0 to 1.
    before: float
    after: float
    #: Doubtful places nobody has settled yet, and those somebody has.
    open: int
    settled: int
    #: Stage → how many changes it made.
    stages: Mapping[str, int]
    soundness: float
    #: How many copies there are in its language.
    copies: int


def of_version(version: Version) -> Quality | None:
    """The figures of one version; none for a text that is not Arabic, or was never measured."""
    measured: Mapping[str, Any] = version.quality
    if not measured:
        return None
    doubts = version.doubts.aggregate(
        open=Count("pk", filter=Q(ruling=None)), settled=Count("pk", filter=~Q(ruling=None))
    )
    return _quality(version, doubts=doubts, copies=1)


def shelf(*, reader: Reader, sort: str = "") -> list[Quality]:
    """The texts that readers see, of the documents this reader may know of; the worst first."""
    versions = (
        Version.objects.filter(
            is_shown=True, document__in=rights.visible_documents(reader), quality__has_key="words"
        )
        .select_related("document")
        .only("key", "title", "language", "quality", "soundness", "document")
        .annotate(
            open=Count("doubts", filter=Q(doubts__ruling=None), distinct=True),
            settled=Count("doubts", filter=~Q(doubts__ruling=None), distinct=True),
        )
    )
    copies = dict(
        Version.objects.filter(language="ar").values_list("document").annotate(Count("pk"))
    )
    rows = [
        _quality(
            version,
            doubts={"open": version.open, "settled": version.settled},
            copies=copies.get(version.document_id, 1),
        )
        for version in versions
    ]
    name = sort.removeprefix("-")
    by = name if name in SORTS else "after"
    descending = sort.startswith("-") or name not in SORTS
    return sorted(rows, key=lambda row: (getattr(row, by), row.title), reverse=descending)


def _quality(version: Version, *, doubts: Mapping[str, int], copies: int) -> Quality:
    measured = version.quality
    return Quality(
        document_key=version.document.key,
        symbol=version.document.symbol,
        title=version.title,
        language=version.language,
        is_restricted=version.document.access != "public",
        version_key=version.key,
        words=measured["words"],
        unknown_before=measured["unknown_before"],
        unknown_after=measured["unknown"],
        before=share(measured["unknown_before"], measured["words_before"]),
        after=share(measured["unknown"], measured["words"]),
        open=doubts["open"],
        settled=doubts["settled"],
        stages=measured["stages"],
        soundness=version.soundness,
        copies=copies,
    )


def columns() -> Sequence[str]:
    """The names of the figures in a file for other programs: language-neutral."""
    return (
        "document",
        "symbol",
        "title",
        "language",
        "words",
        "words_in_doubt_before",
        "words_in_doubt_after",
        "share_before",
        "share_after",
        "places_open",
        "places_settled",
        "soundness",
        "copies",
    )


def figures(row: Quality) -> tuple[str | int, ...]:
    """One line of that file."""
    return (
        row.document_key,
        row.symbol or "",
        row.title,
        row.language,
        row.words,
        row.unknown_before,
        row.unknown_after,
        f"{row.before:.4f}",
        f"{row.after:.4f}",
        row.open,
        row.settled,
        f"{row.soundness:.3f}",
        row.copies,
    )
