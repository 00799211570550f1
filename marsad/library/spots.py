"""Spots: pieces of a repaired line, and where their characters stood in the source.

A person rules about words as they read them; the engine keeps the ruling by the characters of the
source. Lines that were put in order have their characters elsewhere than they read, so a spot is
widened until it holds, in the text, exactly what it holds in the source. No database here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any
from zlib import crc32

#: A change the engine made although it was less sure than this is a doubt too.
SURE_FROM = 0.7
#: As many candidates as a person can look over; the keys 1 to 3 take them.
MOST_CANDIDATES = 3


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place of a line, as it reads and as it came."""

    #: Index of the line, from 0.
    line: int
    #: Offsets in the source.
    start: int
    end: int
    #: Places in the line of the text.
    first: int
    last: int
    #: How it reads.
    reads: str
    #: How it would read without the change that was made or proposed here.
    as_it_came: str
    #: Other readings, likeliest first.
    candidates: Sequence[str] = ()


#: Runs of origins of one line: [offset, count], the offset -1 for what was put in.
Runs = Sequence[Sequence[int]]


def runs_of(origins: Iterable[int]) -> list[list[int]]:
    """Origins written shortly, since most follow one another.

    >>> runs_of([4, 5, 6, -1, -1, 0, 1])
    [[4, 3], [-1, 2], [0, 2]]
    """
    numbered = enumerate(origins)
    runs = groupby(numbered, key=lambda pair: -1 if pair[1] < 0 else pair[1] - pair[0] + 10**9)
    found = ([origin for _place, origin in run] for _key, run in runs)
    return [[run[0], len(run)] for run in found]


def origins_of(runs: Runs) -> list[int]:
    """The other way round.

    >>> origins_of([[4, 3], [-1, 2], [0, 2]])
    [4, 5, 6, -1, -1, 0, 1]
    """
    return [(first + step if first >= 0 else -1) for first, count in runs for step in range(count)]


def lines_of(text: str) -> list[str]:
    """Lines as the engines count them: a page break ends a line too."""
    return text.replace("\f", "\n").split("\n")


@dataclass(frozen=True)
class Text:
    """A source, its repaired text and the way from one to the other."""

    source: str
    text: str
    #: By line; empty where it is not known.
    origins: Sequence[Runs]

    @cached_property
    def source_lines(self) -> list[str]:
        return lines_of(self.source)

    @cached_property
    def lines(self) -> list[str]:
        return lines_of(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Offset in the source of each line."""
        found = [0]
        for line in self.source_lines:
            found.append(found[-1] + len(line) + 1)
        return found[:-1]

    def line_at(self, offset: int) -> int:
        """The line in which an offset of the source lies."""
        return bisect_right(self.starts, offset) - 1

    def origins_in(self, line: int) -> list[int]:
        """One offset of the source for each character of a line of the text; none if unknown."""
        if not line < len(self.lines):
            return []
        if line < len(self.origins):
            found = origins_of(self.origins[line])
        elif self.lines[line] == self.source_lines[line]:
            found = list(range(self.starts[line], self.starts[line] + len(self.lines[line])))
        else:
            found = []
        return found if len(found) == len(self.lines[line]) else []

    # ── spots ────────────────────────────────────────────────────────────────────────────────────
    def whole_line(self, line: int) -> Spot | None:
        """A line from end to end; none for one without a character in the source."""
        if not 0 <= line < min(len(self.lines), len(self.source_lines)):
            return None
        source = self.source_lines[line]
        if not source:
            return None
        return Spot(
            line=line,
            start=self.starts[line],
            end=self.starts[line] + len(source),
            first=0,
            last=len(self.lines[line]),
            reads=self.lines[line],
            as_it_came=source,
        )

    def spot(
        self, start: int, end: int, *, as_it_came: str | None = None, others: Sequence[str] = ()
    ) -> Spot | None:
        """The spot of the characters `start` to `end` of the source.

        :param as_it_came: how just these characters would read; the source itself when not told.
        :param others: other readings of just these characters.
        """
        line = self.line_at(start)
        whole = self.whole_line(line)
        if whole is None or not whole.start <= start < end <= whole.end:
            return None
        origins = self.origins_in(line)
        here = [place for place, origin in enumerate(origins) if start <= origin < end]
        if not here or _foreign(origins[here[0] : here[-1] + 1], start, end):
            return whole
        reads = self.lines[line][here[0] : here[-1] + 1]
        came = self.source[start:end] if as_it_came is None else as_it_came
        return Spot(
            line=line,
            start=start,
            end=end,
            first=here[0],
            last=here[-1] + 1,
            reads=reads,
            as_it_came=came,
            candidates=_offered(others, reads=reads, came=came),
        )

    def of_change(self, change: Mapping[str, Any]) -> Spot | None:
        """Where a change of the engine stands, what it replaced and what else is possible."""
        spot = self.spot(
            change["source_start"],
            change["source_end"],
            as_it_came=change["before"],
            others=change.get("candidates", ()),
        )
        if spot is None or change["applied"]:
            return spot
        # Left alone and flagged: as it came is as it reads.
        return replace(spot, as_it_came=spot.reads)

    def found(self, line: int, first: int, last: int) -> Spot | None:
        """The spot of the characters `first` to `last` of a line of the text."""
        origins = self.origins_in(line)
        inner = [origin for origin in origins[first:last] if origin >= 0]
        if not inner:
            return self.whole_line(line)
        start, end = min(inner), max(inner) + 1
        spot = self.spot(start, end)
        return spot if spot is not None and (spot.first, spot.last) == (first, last) else None


def _foreign(origins: Iterable[int], start: int, end: int) -> bool:
    return any(origin >= 0 and not start <= origin < end for origin in origins)


def _offered(others: Iterable[str], *, reads: str, came: str) -> list[str]:
    """Each once, without what it reads already and what keeping it would give."""
    found = dict.fromkeys(other for other in others if other not in (reads, came))
    return list(found)[:MOST_CANDIDATES]


def sign_of(characters: str) -> str:
    """A short sign of characters, by which a page that was loaded earlier shows what it means.

    >>> sign_of("abc") == sign_of("abd")
    False
    """
    return f"{crc32(characters.encode(errors='surrogatepass')):08x}"


def is_doubtful(change: Mapping[str, Any]) -> bool:
    """Whether a person should look at it: left alone for want of evidence, or made on little."""
    if change["decided_by"] != "machine":
        return False
    return not change["applied"] or change["confidence"] < SURE_FROM
