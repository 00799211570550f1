"""What a person settled about a place of a source; the last stage writes it into the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """How a person reads a piece of the source: accepted, rejected or corrected, it is final.

    >>> from marsad import arabic
    >>> heard = arabic.Decision(start=0, end=7, before="حملة خط", after="جملة خط")
    >>> arabic.repair("حملة خط", decisions=[heard]).text
    'جملة خط'
    """

    #: Offset in the source of the first character settled.
    start: int
    #: One past the last.
    end: int
    #: The characters of the source there, so that a decision never lands on another text.
    before: str
    #: How they read, in reading order, without the line break.
    after: str

    def fits(self, source: str) -> bool:
        """Tell whether the source still says at this place what the person saw."""
        return source[self.start : self.end] == self.before
