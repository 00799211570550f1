"""What a repair hands back: the text, where it came from and every change that made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marsad.arabic.traced import Traced
from marsad.problems import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing one stage did (or, where it was not sure, did not dare to do) to one line."""

    #: The stage that did it, as in `pipeline.STAGES`.
    stage: str
    #: What kind of damage was mended: `tatweel`, `private_code`, `run_order`…
    kind: str
    #: The line of the source, counted from 1.
    line: int
    #: First offset in the source touched.
    source_start: int
    #: One past the last offset in the source touched.
    source_end: int
    #: The piece before.
    before: str
    #: The piece after; equal to `before` where the change is only flagged.
    after: str
    #: How sure the stage is, from 0 to 1.
    confidence: float
    #: Why: a sentence in English with the figures it rests on.
    evidence: str
    #: `machine` or `person`.
    decided_by: str = "machine"
    #: Whether letters were replaced by other letters, rather than decoded, moved or spaced.
    text_changed: bool = False
    #: False for a doubtful place that was left as it is and needs a person.
    applied: bool = True
    #: Other readings of the piece, likeliest first; for a flagged place, what a person may choose.
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A line as it stood before a change, so that the change can be taken back."""

    #: The change.
    change: Change
    #: The whole line before it.
    before: Traced


@dataclass(frozen=True, kw_only=True, slots=True)
class RepairedLine:
    """One line of the source and what became of it."""

    #: The line of the source, counted from 1.
    source_line: int
    #: The line as given, without its line break.
    source: str
    #: The repaired line, without its line break.
    text: str
    #: One source offset per character of `text`, -1 for a recorded insertion.
    origins: tuple[int, ...]
    #: The changes made to this line, in order.
    changes: tuple[Change, ...]
    #: The line break (or page break) that follows, as given.
    ending: str
    #: Offset in the source of the first character of the line.
    start: int
    #: How to go back, one step per change.
    steps: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """A repaired text, the text it was made from and the record of what was done.

    >>> from marsad import arabic
    >>> arabic.repair("العمـل").text
    'العمل'
    """

    #: The repaired text: the lines of the source in their order, line and page breaks kept.
    text: str
    #: The text that was given.
    source: str
    #: For each character of `text` its offset in `source`, or -1 for a recorded insertion.
    origins: Sequence[int]
    #: Everything that was done, in order of lines.
    changes: tuple[Change, ...]
    #: Source and repaired line side by side.
    lines: tuple[RepairedLine, ...]
    #: Results of a stage thrown away because they would have added or lost a letter: bugs.
    discarded: tuple[Change, ...] = ()
    #: What concerns the text as a whole (`errors.NotACopy`): sentences to print, never raised.
    notes: tuple[Problem, ...] = field(default=(), compare=False)


def assemble(
    *,
    source: str,
    lines: Iterable[RepairedLine],
    discarded: Iterable[Change] = (),
    notes: Iterable[Problem] = (),
) -> Repair:
    """Put repaired lines together into a `Repair`."""
    kept = tuple(lines)
    pieces: list[str] = []
    origins: list[int] = []
    for line in kept:
        pieces.append(line.text + line.ending)
        origins.extend(line.origins)
        ending_starts = line.start + len(line.source)
        origins.extend(range(ending_starts, ending_starts + len(line.ending)))
    return Repair(
        text="".join(pieces),
        source=source,
        origins=tuple(origins),
        changes=tuple(change for line in kept for change in line.changes),
        lines=kept,
        discarded=tuple(discarded),
        notes=tuple(notes),
    )


def undo(repair: Repair, *changes: int) -> Repair:
    """Return `repair` without the changes at these places of `repair.changes`.

    The changes of one line stand on one another, so a change takes the later ones of its line
    with it: the line goes back to how it stood before the change.

    >>> from marsad import arabic
    >>> repair = arabic.repair("العمـل")
    >>> arabic.undo(repair, *range(len(repair.changes))).text
    'العمـل'
    """
    refused = {place % len(repair.changes) for place in changes} if repair.changes else set()
    lines: list[RepairedLine] = []
    first = 0
    for line in repair.lines:
        here = [place - first for place in refused if first <= place < first + len(line.changes)]
        first += len(line.changes)
        lines.append(_as_before(line, min(here)) if here else line)
    return assemble(
        source=repair.source, lines=lines, discarded=repair.discarded, notes=repair.notes
    )


def _as_before(line: RepairedLine, place: int) -> RepairedLine:
    before = line.steps[place].before
    return RepairedLine(
        source_line=line.source_line,
        source=line.source,
        text=before.text,
        origins=before.origins,
        changes=line.changes[:place],
        ending=line.ending,
        start=line.start,
        steps=line.steps[:place],
    )
