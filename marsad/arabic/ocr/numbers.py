"""Numbers that were probably misread. They are pointed out and never changed.

Optical reading drops a digit («٤ نيسان» for «١٤ نيسان») or swaps the two sides of a stroke
(«١٩٤/٦٣» for the resolution 63/194). Only the other numbers of the text can tell.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from marsad.arabic import data

_D = "0-9٠-٩"
_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_NUMBER = rf"(?<![{_D}/.,])[{_D}]+(?![{_D}/.,][{_D}]|[{_D}])"
#: «- ١٤- فيما يتعلق»، «١ - اعتمد»
_PARAGRAPH = re.compile(rf"^(?:- )?([{_D}]{{1,3}}) ?- ")
#: «قرار الجمعية العامة ١٩٤/٦٣»، «مقرر المؤتمر ١/٤»
_CITED = re.compile(
    rf"(قرار|مقر[ّ]?ر)\S*(?: [^\s{_D}.،؛:]+){{0,4}} ([{_D}]{{1,3}})/([{_D}]{{1,3}})(?![{_D}/])"
)
#: «عام ٢٠٠٩»، «نوفمبر ٢٠٠٨»
_YEAR = re.compile(rf"(?:^|\s)(?:عام|سنة|عامي|لعام) ({_NUMBER})")
#: «^(١)» in the text, «(١) الأمم المتحدة» at the foot of a page
_MARKER = re.compile(rf"\^\(([{_D}]{{1,2}})\)|⁽([⁰¹²³⁴-⁹]{{1,2}})⁾")
_FOOTNOTE = re.compile(rf"^\(([{_D}]{{1,2}})\) \S")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

#: No session of the General Assembly has a higher number than this.
_LAST_SESSION = 90
#: A sequence or a habit is one from this often.
_OFTEN = 3
_LAST_DAY = 31


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspect:
    """A number that hardly reads as it stands."""

    #: The line, from 0.
    line: int
    #: Offset in the line.
    start: int
    #: One past its end.
    end: int
    #: How it may read.
    candidates: tuple[str, ...]
    #: Why it is suspected: a sentence in English.
    evidence: str


def suspects(lines: Sequence[str]) -> list[Suspect]:
    """Return the numbers of a text that its other numbers speak against, in order."""
    found = [
        *_out_of_order(lines),
        *_swapped(lines),
        *_days(lines),
        *_years(lines),
        *_markers(lines),
    ]
    return sorted(found, key=lambda suspect: (suspect.line, suspect.start))


def _value(digits: str) -> int:
    return int(digits.translate(_ASCII))


def _like(value: int, model: str) -> str:
    """Write a number in the digits another one is written in."""
    return str(value).translate(_ARABIC) if model[0] in "٠١٢٣٤٥٦٧٨٩" else str(value)


def _out_of_order(lines: Sequence[str]) -> Iterator[Suspect]:
    """Yield paragraph numbers that break the row of those before and behind them."""
    met = [(at, match) for at, line in enumerate(lines) if (match := _PARAGRAPH.match(line))]
    for (_, one), (at, two), (_, three) in zip(met, met[1:], met[2:], strict=False):
        before, here, after = (_value(match.group(1)) for match in (one, two, three))
        if after == before + 2 and here != before + 1 and before > 1:
            yield Suspect(
                line=at,
                start=two.start(1),
                end=two.end(1),
                candidates=(_like(before + 1, two.group(1)),),
                evidence=f"paragraph {here} stands between paragraphs {before} and {after}",
            )


def _swapped(lines: Sequence[str]) -> Iterator[Suspect]:
    """Yield resolutions and decisions with the session behind the stroke."""
    cited = [
        (at, match, _value(match.group(2)), _value(match.group(3)))
        for at, line in enumerate(lines)
        for match in _CITED.finditer(line)
    ]
    sessions = Counter((match.group(1)[:3], session) for _, match, session, _ in cited)
    for at, match, one, two in cited:
        first = {number: n for (kind, number), n in sessions.items() if kind == match.group(1)[:3]}
        reason = ""
        if one > _LAST_SESSION >= two > 20:
            reason = f"the number before the stroke is the session, and there was no session {one}"
        elif first[one] == 1 and first.get(two, 0) >= _OFTEN and len(first) == 2:
            reason = (
                f"the session stands before the stroke, and {first[two]} others here are of "
                f"session {two}"
            )
        if reason:
            yield Suspect(
                line=at,
                start=match.start(2),
                end=match.end(3),
                candidates=(f"{match.group(3)}/{match.group(2)}",),
                evidence=reason,
            )


def _days(lines: Sequence[str]) -> Iterator[Suspect]:
    """Yield days of a month that lack the ten of another day often named in the same month."""
    months = "|".join(map(re.escape, sorted(_months(), key=len, reverse=True)))
    day = re.compile(rf"({_NUMBER})(?:(?: و ?| ?- ?| إلى | ?–)({_NUMBER}))? (?:{months})")
    dates: defaultdict[str, list[tuple[int, int, int, str]]] = defaultdict(list)
    for at, line in enumerate(lines):
        for match in day.finditer(line):
            month = match.group().rsplit(" ", 1)[-1]
            for group in (1, 2):
                if match.group(group):
                    place = (at, match.start(group), match.end(group), match.group(group))
                    dates[month].append(place)
    for found in dates.values():
        often = Counter(_value(digits) for *_, digits in found)
        for at, start, end, digits in found:
            value = _value(digits)
            longer = [
                other
                for other, count in often.items()
                if other > 9 and other % 10 == value and count >= _OFTEN - 1
            ]
            if _LAST_DAY < value < 100:
                yield Suspect(
                    line=at, start=start, end=end, candidates=(), evidence="no month has such a day"
                )
            elif value < 10 and often[value] == 1 and longer:
                yield Suspect(
                    line=at,
                    start=start,
                    end=end,
                    candidates=tuple(_like(other, digits) for other in sorted(longer)),
                    evidence=f"day {longer[0]} of the same month is named {often[longer[0]]} times",
                )


def _months() -> Iterable[str]:
    return [name for name in data.words("months.txt") if len(name) > 2]


def _years(lines: Sequence[str]) -> Iterator[Suspect]:
    """Yield years with a digit too few or too many."""
    for at, line in enumerate(lines):
        for match in _YEAR.finditer(line):
            if len(match.group(1)) in (3, 5):
                yield Suspect(
                    line=at,
                    start=match.start(1),
                    end=match.end(1),
                    candidates=(),
                    evidence=f"a year has four digits, and this has {len(match.group(1))}",
                )


def _markers(lines: Sequence[str]) -> Iterator[Suspect]:
    """Yield a footnote marker that comes twice where another footnote has none."""
    notes = {_value(match.group(1)) for line in lines if (match := _FOOTNOTE.match(line))}
    markers = [
        (at, match, _value((match.group(1) or match.group(2)).translate(_SUPERSCRIPT)))
        for at, line in enumerate(lines)
        for match in _MARKER.finditer(line)
    ]
    have = {value for *_, value in markers}
    for (_, _, before), (at, match, value) in pairwise(markers):
        if value == before and value + 1 in notes - have:
            group = 1 if match.group(1) else 2
            yield Suspect(
                line=at,
                start=match.start(group),
                end=match.end(group),
                candidates=(_like(value + 1, match.group(group)),),
                evidence=f"footnote {value} is called twice and footnote {value + 1} never",
            )
