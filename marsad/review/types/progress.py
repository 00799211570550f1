"""How far the States of a round have come, as it leaves the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.review.types.round import RegisterLine


@dataclass(frozen=True, kw_only=True)
class SectionAsked:
    """A section, and how many of its questions are put to every State."""

    name: str
    label: str
    language: str
    asked: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Come:
    """How far one State has come with one section: how much was answered, never what."""

    asked: int
    answered: int
    #: Bodies that have it in their hands, and of them those that said that their part is done.
    bodies: int
    ready: int


@dataclass(frozen=True, kw_only=True)
class StateProgress:
    """One State, with its line of the register."""

    line: RegisterLine
    #: In the order of the form.
    sections: Sequence[Come]

    @property
    def whole(self) -> Come:
        """All sections together; of which body has what, each section tells."""
        return Come(
            asked=sum(each.asked for each in self.sections),
            answered=sum(each.answered for each in self.sections),
            bodies=0,
            ready=0,
        )


@dataclass(frozen=True, kw_only=True)
class RoundProgress:
    """All States by name: nobody is ranked, and how far somebody came is no score."""

    sections: Sequence[SectionAsked]
    #: Those that were chosen.
    states: Sequence[StateProgress]
    #: How many States there are in all, and how many of them sent a reply.
    of: int
    replied: int


__all__ = ["Come", "RoundProgress", "SectionAsked", "StateProgress"]
