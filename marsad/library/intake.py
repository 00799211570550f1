"""From the bytes of a file to what a shelf can hold: read, repair, find the structure.

No database here: the worker calls this outside any transaction, so that a long document holds no
lock, and a worker that dies leaves nothing behind.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any

from marsad import arabic, reading, undocs
from marsad.library.words import Stage
from marsad.undocs.themes import Theme

#: Told the stage and how much of it is done, 0 to 100.
Progress = Callable[[Stage, int], None]

#: How many of the smallest hashes stand for a text. 256 put the error of the estimated overlap
#: near 1/16 (Broder 1997, "On the resemblance and containment of documents").
SKETCH_SIZE = 256
#: A text of fewer word pairs has too little of its own to be recognised by: two short notes on one
#: form would be taken for copies.
SMALLEST_SKETCH = 60


@dataclass(frozen=True, kw_only=True)
class Understood:
    """All that one file told us."""

    kind: str
    media_type: str
    #: Where the text came from: plain, glyphs or ocr.
    layer: str
    notes: Sequence[str]
    language: str
    source_text: str
    text: str
    #: Line of `source_text`, from 0, that each line of `text` was made of.
    source_lines: Sequence[int]
    changes: Sequence[dict[str, Any]]
    structure: undocs.Structure
    #: 0 to 1; see `soundness`.
    soundness: float
    sketch: Sequence[int]


def understand(
    data: bytes,
    *,
    name: str,
    language: str = "",
    themes: Sequence[Theme] | None = None,
    progress: Progress = lambda stage, percent: None,
) -> Understood:
    """Read a file as far as the engines can.

    :param language: the language the sender named; empty lets the text tell.
    :raises marsad.problems.Problem: with a sentence, for whatever cannot be read.
    """
    progress(Stage.READING, 0)
    read = reading.read(data, name=name, progress=_percent(progress, Stage.READING))
    progress(Stage.REPAIRING, 0)
    mended = _mend(read.text, language=language, progress=progress)
    progress(Stage.STRUCTURING, 0)
    structure = undocs.read_structure(mended.text, language=language or None, themes=themes)
    return Understood(
        kind=read.kind.value,
        media_type=read.media_type,
        layer=read.layer,
        notes=read.notes,
        language=structure.language,
        source_text=read.text,
        text=mended.text,
        source_lines=mended.source_lines,
        changes=mended.changes,
        structure=structure,
        soundness=soundness(read.text, layer=read.layer),
        sketch=sketch(mended.text),
    )


@dataclass(frozen=True, kw_only=True)
class _Mended:
    text: str
    source_lines: Sequence[int]
    changes: Sequence[dict[str, Any]]


def _mend(text: str, *, language: str, progress: Progress) -> _Mended:
    if language not in ("", "ar") or not arabic.looks_arabic(text):
        lines = range(text.count("\n") + text.count("\f") + 1)
        return _Mended(text=text, source_lines=list(lines), changes=[])
    repair = arabic.repair(text, progress=_percent(progress, Stage.REPAIRING))
    return _Mended(
        text=repair.text,
        source_lines=[line.source_line - 1 for line in repair.lines],
        changes=[asdict(change) for change in repair.changes],
    )


def _percent(progress: Progress, stage: Stage) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        progress(stage, min(100, 100 * done // max(total, 1)))

    return tell


def soundness(source: str, *, layer: str) -> float:
    """How sound a text was as it arrived, from 0 to 1: what decides which copy is shown.

    Falls with the share of stretched letters, hidden letters and lines written out of order, and
    a little for optical reading, whose faults cannot be seen in the text alone: 1 / (1 + faults).
    """
    damage = arabic.looks_damaged(source)
    out_of_order = damage.gaps + damage.dash_first + damage.glued + damage.mirrored
    faults = (
        damage.tatweel_rate
        + damage.private_codes / max(damage.letters, 1)
        + min(1.0, out_of_order / max(damage.lines, 1))
        + (0.05 if layer == "ocr" else 0.0)
    )
    return 1.0 / (1.0 + faults)


def sketch(text: str) -> list[int]:
    """The smallest hashes of the pairs of words in `text`, sorted.

    Stems in pairs survive line breaks, marks and most faults of extraction, and two different
    reports share few of them.
    """
    stems = [term.term for term in arabic.terms(text)]
    pairs = {f"{first} {second}" for first, second in itertools.pairwise(stems)}
    hashes = sorted(
        int.from_bytes(blake2b(pair.encode(), digest_size=8).digest(), "big", signed=True)
        for pair in pairs
    )
    return hashes[:SKETCH_SIZE]


def resemblance(first: Sequence[int], second: Sequence[int]) -> float:
    """The share of word pairs two texts have in common (Jaccard), estimated from their sketches.

    Nothing for texts too short to tell.

    >>> resemblance(range(100), range(100)), resemblance([1, 2, 3], [1, 2, 3])
    (1.0, 0.0)
    """
    if min(len(first), len(second)) < SMALLEST_SKETCH:
        return 0.0
    smallest = sorted({*first, *second})[: min(SKETCH_SIZE, max(len(first), len(second)))]
    return len(set(first) & set(second) & set(smallest)) / len(smallest)
