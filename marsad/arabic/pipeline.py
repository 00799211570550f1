"""The order of the stages, and the one place that watches over them.

A stage is given one line and hands back the line mended, one change at a time. The runner checks
every change against the letters of the line before it: a change that would add or lose a letter
or a digit beyond what its own note says is thrown away and kept in `Repair.discarded`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from marsad.arabic.copies.reference import Reference
from marsad.arabic.copies.sources import Copy
from marsad.arabic.decision import Decision
from marsad.arabic.gauge import Damage, looks_damaged
from marsad.arabic.knowledge import Knowledge
from marsad.arabic.language import foreign_lines
from marsad.arabic.letters import letters_and_digits
from marsad.arabic.notices import LONGEST_WORD, longest_word, notices
from marsad.arabic.record import Change, Repair, RepairedLine, Step, assemble
from marsad.arabic.traced import Traced
from marsad.problems import Problem

Progress = Callable[[int, int], None]

#: The stage that writes what people settled.
_OF_PEOPLE = "decided"
#: The stage that mends what was misread.
_OF_READING = "ocr"

#: `Line.behind_marker` of a line whose marker stood at its end, and of one that had none to move.
AT_END, NO_MARKER = -2, -3

_BREAK = re.compile("\r\n|[\n\f\r]")


class LettersLostError(AssertionError):
    """A stage would have added or lost a letter. Raised in tests; elsewhere counted."""


@dataclass(slots=True)
class Line:
    """A line on its way through the stages."""

    #: Counted from 1.
    number: int
    #: Offset in the source.
    start: int
    #: As given, without its break.
    source: str
    #: The break that follows.
    ending: str
    #: As it stands now.
    text: Traced
    #: How it came to stand so.
    steps: list[Step] = field(default_factory=list)
    #: Origins of characters that a kashida tied to the character before them.
    tied_before: set[int] = field(default_factory=set)
    #: Origins of characters that a kashida tied to the character after them.
    tied_after: set[int] = field(default_factory=set)
    #: Origin of the character before which its marker stood, `AT_END` or `NO_MARKER`.
    behind_marker: int = NO_MARKER
    #: Whether it is in another language, or no writing: only a person's word touches it then.
    foreign: bool = False
    #: Whether a copy in order has settled how the line reads: nothing is left to guess.
    settled: bool = False
    #: Origins of letters that another copy of the document reads alike.
    agreed: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Draft:
    """The whole text on its way through the stages."""

    #: As given.
    source: str
    #: Its lines.
    lines: list[Line]
    #: Its damage, measured before anything was touched.
    damage: Damage
    #: What other texts taught.
    knowledge: Knowledge = field(default_factory=Knowledge)
    #: Other copies of the same document, as they came.
    copies: Sequence[str | Copy] = ()
    #: Those that are copies indeed, repaired; the stage `CopyOrder` puts them here.
    references: list[Reference] = field(default_factory=list)
    #: Repairs another text with the same stages and knowledge, and such copies.
    repair_other: Callable[[str, Sequence[Copy]], Repair] | None = None
    #: What the caller should be told about the text as a whole.
    notes: list[Problem] = field(default_factory=list)
    #: What people settled; their word is final.
    decisions: Sequence[Decision] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mended:
    """One change to a line: how the line reads after it, and the note for the record."""

    #: The whole line after the change (unchanged for a place that is only flagged).
    text: Traced
    #: What kind of damage it was.
    kind: str
    #: The piece before.
    before: Traced
    #: The piece after.
    after: str
    #: From 0 to 1.
    confidence: float
    #: Why.
    evidence: str
    #: Whether letters were replaced by others.
    text_changed: bool = False
    #: False for a place that is flagged and left alone.
    applied: bool = True
    #: Other readings of the piece, likeliest first.
    candidates: tuple[str, ...] = ()
    #: `machine` or `person`.
    decided_by: str = "machine"


class Stage(Protocol):
    """One fault, mended. One stage per file in `stages/`; a fresh one for every text."""

    #: As written in the record.
    name: ClassVar[str]
    #: Whether the letters of every change must be the same before and after.
    conserves: ClassVar[bool]

    def study(self, draft: Draft) -> None:
        """Learn from the whole text what is needed to mend a line."""

    def mend(self, line: Line) -> Iterable[Mended]:
        """Yield the changes to this line, each standing on the one before."""


def run(
    source: str,
    *,
    stages: Iterable[Callable[[], Stage]],
    progress: Progress | None = None,
    knowledge: Knowledge | None = None,
    copies: Sequence[str | Copy] = (),
    decisions: Sequence[Decision] = (),
    strict: bool = False,
) -> Repair:
    """Take a text through stages in order.

    :param knowledge: what other texts taught.
    :param copies: other copies of the same document, as they came.
    :param decisions: what people settled; their word is final.
    :param strict: raise `LettersLostError` instead of throwing a faulty change away (for tests).
    """
    stages = tuple(stages)

    def repair_other(text: str, others: Sequence[Copy]) -> Repair:
        # what a copy is asked for is how it reads, not what its misread words might have been
        kept = [make for make in stages if getattr(make, "name", "") != _OF_READING]
        return run(text, stages=kept, knowledge=knowledge, copies=others)

    draft = Draft(
        source=source,
        lines=list(_lines(source)),
        damage=looks_damaged(source),
        knowledge=knowledge or Knowledge(),
        copies=copies,
        decisions=decisions,
        repair_other=repair_other,
    )
    _tell_foreign(draft.lines)
    draft.notes.extend(notices(draft.lines))
    made = [make() for make in stages]
    discarded: list[Change] = []
    for place, stage in enumerate(made):
        stage.study(draft)
        for count, line in enumerate(draft.lines, start=1):
            discarded.extend(_apply(stage, line, strict=strict))
            if progress is not None and count % 20 == 0:
                progress((place * len(draft.lines) + count) // len(made), len(draft.lines))
    if progress is not None:
        progress(len(draft.lines), len(draft.lines))
    return assemble(
        source=source,
        lines=map(_finished, draft.lines),
        discarded=discarded,
        notes=draft.notes,
    )


def _lines(source: str) -> Iterator[Line]:
    start = 0
    number = 1
    for match in (*_BREAK.finditer(source), None):
        end = match.start() if match else len(source)
        text = source[start:end]
        yield Line(
            number=number,
            start=start,
            source=text,
            ending=match.group() if match else "",
            text=Traced.of(text, start=start),
        )
        number += 1
        start = match.end() if match else end


def _tell_foreign(lines: Sequence[Line]) -> None:
    pages: list[list[str]] = [[]]
    for line in lines:
        pages[-1].append(line.source)
        if line.ending == "\f":
            pages.append([])
    for line, foreign in zip(lines, foreign_lines(pages), strict=True):
        line.foreign = foreign or longest_word(line.source) > LONGEST_WORD


def _apply(stage: Stage, line: Line, *, strict: bool) -> list[Change]:
    if line.foreign and stage.name != _OF_PEOPLE:
        return []
    for mended in stage.mend(line):
        change = _change(stage, line, mended)
        if not _keeps_letters(stage, line.text, mended):
            if strict:
                raise LettersLostError(f"{stage.name}, line {line.number}: {change}")
            return [change]
        line.steps.append(Step(change=change, before=line.text))
        line.text = mended.text
    return []


def _change(stage: Stage, line: Line, mended: Mended) -> Change:
    start, end = mended.before.span()
    return Change(
        stage=stage.name,
        kind=mended.kind,
        line=line.number,
        source_start=start,
        source_end=end,
        before=mended.before.text,
        after=mended.after,
        confidence=mended.confidence,
        evidence=mended.evidence,
        text_changed=mended.text_changed,
        applied=mended.applied,
        candidates=mended.candidates,
        decided_by=mended.decided_by,
    )


def _keeps_letters(stage: Stage, before: Traced, mended: Mended) -> bool:
    if not mended.applied:
        return mended.text == before
    taken, given = letters_and_digits(mended.before.text), letters_and_digits(mended.after)
    if stage.conserves and taken != given:
        return False
    now = letters_and_digits(before.text)
    now.subtract(taken)
    now.update(given)
    return +now == letters_and_digits(mended.text.text) and min(now.values(), default=0) >= 0


def _finished(line: Line) -> RepairedLine:
    return RepairedLine(
        source_line=line.number,
        source=line.source,
        text=line.text.text,
        origins=line.text.origins,
        changes=tuple(step.change for step in line.steps),
        ending=line.ending,
        start=line.start,
        steps=tuple(line.steps),
    )
