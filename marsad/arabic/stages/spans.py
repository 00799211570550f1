"""Spans of days whose two numbers changed places.

Reads: a line in order whose numbers are runs of their own, e.g. «١٩- ١٥ تشرين الأول/أكتوبر» or
«من ١٥ إلى ١٣ شباط/فبراير»: of two days of one month the later cannot come first.
Writes: the numbers exchanged, «١٥-١٩ تشرين الأول/أكتوبر», and no space around the dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.data import words
from marsad.arabic.letters import MARKS
from marsad.arabic.pipeline import Draft, Line, Mended

_DAY = "[0-9٠-٩۰-۹]{1,2}"
_MONTH = "|".join(sorted((w for w in words("months.txt") if not w.startswith("ال")), key=len))
_MARK = "[" + "".join(sorted(MARKS)) + "]*"
_SPAN = re.compile(
    rf"(?<![0-9٠-٩۰-۹/])(?P<one>{_DAY})(?P<between> ?[-–] ?|{_MARK} (?:إلى|و) ?)"
    rf"(?P<two>{_DAY})(?= ?(?:{_MONTH})(?![ء-ي]))"
)


class Spans:
    """Put the earlier of two days of one month first."""

    name: ClassVar[str] = "spans"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._active = False

    def study(self, draft: Draft) -> None:
        """In a clean text an odd span is the author's own."""
        self._active = draft.damage.reversed_runs

    def mend(self, line: Line) -> Iterator[Mended]:
        """Exchange the numbers of every span that runs backwards."""
        if not self._active:
            return
        for match in reversed(list(_SPAN.finditer(line.text.text))):
            if int(match["one"]) <= int(match["two"]) or int(match["one"]) > 31:
                continue
            text = line.text
            between = text[match.start("between") : match.end("between")]
            if between.text.strip() in ("-", "–"):
                between = between.stripped()
            one = text[match.start("one") : match.end("one")]
            two = text[match.start("two") : match.end("two")]
            span = two + between + one
            yield Mended(
                text=text[: match.start()] + span + text[match.end() :],
                kind="span",
                before=text[match.start() : match.end()],
                after=span.text,
                confidence=0.9,
                evidence="of two days of one month the earlier comes first",
            )
