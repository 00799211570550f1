"""A section of a reply, as its page is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marsad.review.types.answer import AnswerView


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that can be chosen here and now."""

    value: str
    label: str
    is_chosen: bool
    #: Whether the other answers leave it open.
    is_offered: bool


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What the State answered before to the same question."""

    #: Key of that answer; `elsewhere`, where it was given in a questionnaire of another room.
    key: str
    path: str
    #: As this form would write it, and as a reader says it.
    value: str
    words: str
    is_confidential: bool
    #: The questionnaire or round it was given in, and when.
    source: str
    at: datetime
    #: Both in one line: what is kept as the origin.
    origin: str


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two answers to one question, of which the writer chooses one."""

    #: What the writer typed, and what holds.
    typed: str
    typed_words: str
    holds: AnswerView


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a repeat."""

    #: Path of the repeat and its numbers: what the page calls it.
    place: str
    dom: str
    #: Which one it is, counted from 1 without gaps.
    number: int
    is_empty: bool
    nodes: Sequence[Node]


@dataclass(frozen=True, kw_only=True)
class Node:
    """A question, a note, a group or a repeat, where it stands on the page."""

    #: `group`, `repeat`, `note`, `question` or `elsewhere`: a kind that no page can ask.
    what: str
    kind: str
    path: str
    position: tuple[int, ...]
    #: What forms and scripts call it: `/data/b/figures/year|1`, and as an id in the page.
    place: str
    dom: str
    #: Values that the form computes filled in.
    label: str
    hint: str
    language: str
    #: Whether it is asked as the answers stand; it is on the page all the same.
    is_shown: bool
    #: Which of the controls draws it.
    control: str = ""
    #: How a number or a date is typed on a phone.
    inputmode: str = ""
    is_required: bool = False
    is_missing: bool = False
    fault: str = ""
    choices: Sequence[Choice] = ()
    answer: AnswerView | None = None
    value: str = ""
    revision: int = 0
    is_confidential: bool = False
    provisions: Sequence[str] = ()
    obligation: str = ""
    remarks: int = 0
    clarifications: int = 0
    earlier: Earlier | None = None
    clash: Clash | None = None
    nodes: Sequence[Node] = field(default_factory=tuple)
    entries: Sequence[Entry] = field(default_factory=tuple)
    #: The kind in words, for what no page can ask.
    kind_label: str = ""

    def every(self) -> list[Node]:
        """Itself and everything in it."""
        found = [self]
        for each in self.nodes:
            found += each.every()
        for entry in self.entries:
            for each in entry.nodes:
                found += each.every()
        return found


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section as its page is drawn."""

    path: str
    name: str
    label: str
    language: str
    nodes: Sequence[Node]
    may_write: bool
    asked: int
    answered: int
    missing: int
    faults: int
    #: How many earlier answers are offered to questions without one.
    offered: int
    #: Names and labels of the sections before and after it, of those that the reader may read.
    before: tuple[str, str] | None
    after: tuple[str, str] | None

    def every(self) -> list[Node]:
        """Everything in it, in order."""
        return [each for node in self.nodes for each in node.every()]


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """An answer that somebody else saved while a page stood open."""

    dom: str
    place: str
    revision: int
    value: str
    words: str
    by: str
    at: datetime
    is_confidential: bool


__all__ = ["Arrived", "Choice", "Clash", "Earlier", "Entry", "Node", "SectionView"]
