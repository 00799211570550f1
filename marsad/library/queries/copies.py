"""Two copies of one document side by side: where they differ, which was believed, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from marsad import arabic
from marsad.directory.types import Reader
from marsad.library import knowing, problems, spots
from marsad.library.models import Version
from marsad.library.queries.document import document_and_version, version_card
from marsad.library.types import VersionCard

#: Changes of these kinds were made because another copy reads so.
BY_COPY = "copy"
#: A page shows no more of each sort; two copies that differ more are hardly copies.
MOST_SHOWN = 300
#: What is shown after the rest: words that one copy lacks are mostly headers of pages.
_LESS = frozenset({"missing", "marks", "spaces"})
#: How many characters on either side say where a difference stands.
_AROUND = 40


@dataclass(frozen=True, kw_only=True)
class Differing:
    """One place where two copies do not read alike, or did not before they were reconciled."""

    #: Of the copy shown, from 1.
    line: int
    #: What stands before and after it in the copy shown.
    before: str
    after: str
    this: str
    other: str
    #: `this`, `other`, or empty where a person has to say.
    wins: str
    #: Code of the rule that decided; empty where only its sentence is known.
    rule: str
    #: Kind of the change that was made; empty where none was.
    kind: str
    #: In English.
    why: str
    confidence: float
    #: Where a person can settle it; None where the copy shown has nothing there.
    span: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two copies and what they differ in."""

    this: VersionCard
    other: VersionCard
    #: Settled by the engine, in one copy or the other.
    settled: Sequence[Differing]
    #: Where they still read differently.
    still: Sequence[Differing]
    #: There are more than are shown.
    is_cut: bool
    #: One of the two waits to be made anew.
    is_stale: bool


def compare(*, reader: Reader, document: str, version: str, other: str) -> Compared:
    """Two copies of a document in one language.

    :raises NoSuchDocument: if it is not open to the reader, or has no such copies.
    """
    this = document_and_version(reader=reader, key=document, version=version)
    that = document_and_version(reader=reader, key=document, version=other)
    if this.pk == that.pk or this.language != that.language:
        raise problems.NoSuchDocument(document=other)
    settled = sorted(
        [*_settled(this, wins="other"), *_settled(that, wins="this")],
        key=lambda each: (each.kind, each.line),
    )
    still = sorted(_still(this, that), key=lambda each: (each.rule in _LESS, each.line))
    return Compared(
        this=version_card(this),
        other=version_card(that),
        settled=settled[:MOST_SHOWN],
        still=still[:MOST_SHOWN],
        is_cut=max(len(settled), len(still)) > MOST_SHOWN,
        is_stale=bool(this.wanted_at or that.wanted_at),
    )


def _settled(version: Version, *, wins: str) -> Iterator[Differing]:
    """What a version took from the other copy."""
    text = _text(version)
    for change in version.changes:
        if not change["kind"].startswith(BY_COPY) or not change["applied"]:
            continue
        spot = text.of_change(change)
        line = text.lines[change["line"] - 1] if change["line"] <= len(text.lines) else ""
        first, last = (spot.first, spot.last) if spot else (0, len(line))
        taken, left = change["after"], change["before"]
        yield Differing(
            line=change["line"],
            before=line[max(0, first - _AROUND) : first],
            after=line[last : last + _AROUND],
            this=left if wins == "other" else taken,
            other=taken if wins == "other" else left,
            wins=wins,
            rule="",
            kind=change["kind"],
            why=change["evidence"],
            confidence=change["confidence"],
        )


def _still(this: Version, that: Version) -> Iterator[Differing]:
    text = _text(this)
    starts = [0]
    for line in text.lines:
        starts.append(starts[-1] + len(line) + 1)
    for found in _differences(this, that):
        number = _line_of(found.first_start, starts)
        line, begins = text.lines[number], starts[number]
        first, last = found.first_start - begins, min(found.first_end - begins, len(line))
        spot = text.found(number, first, last) if first < last else None
        yield Differing(
            line=number + 1,
            before=line[max(0, first - _AROUND) : first],
            after=line[last : last + _AROUND],
            this=found.first,
            other=found.second,
            wins={"first": "this", "second": "other"}.get(found.wins, ""),
            rule=found.rule,
            kind="",
            why=found.why,
            confidence=found.confidence,
            span=(spot.start, spot.end) if spot and spot.reads == found.first else None,
        )


def _line_of(offset: int, starts: Sequence[int]) -> int:
    return min(bisect_right(starts, offset) - 1, len(starts) - 2)


def _text(version: Version) -> spots.Text:
    return spots.Text(source=version.source_text, text=version.text, origins=version.origins)


def _differences(this: Version, that: Version) -> Sequence[arabic.Difference]:
    """Comparing takes a second, so it is kept until either copy is made anew."""
    made = ":".join(f"{each.key}.{each.made_at or each.added_at:%s%f}" for each in (this, that))
    kept: Sequence[arabic.Difference] | None = cache.get(f"library.copies:{made}")
    if kept is None:
        kept = arabic.differences(_repair(this), _repair(that))
        cache.set(f"library.copies:{made}", kept)
    return kept


def _repair(version: Version) -> arabic.Repair:
    changes: Sequence[Mapping[str, Any]] = version.changes
    return knowing.repair_of(source=version.source_text, text=version.text, changes=changes)
