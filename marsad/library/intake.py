"""From the bytes of a file to what a shelf can hold: read, repair, find the structure.

No database here: the worker calls this outside any transaction, so that a long document holds no
lock, and a worker that dies leaves nothing behind.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any

from marsad import arabic, reading, undocs
from marsad.arabic.pipeline import run
from marsad.arabic.stages.decided import Decided
from marsad.library import quality, spots
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


#: What the engine calls the ways a text is come by; it tells the others from the text itself.
EXTRACTIONS = {reading.Layer.GLYPHS.value: "text_layer", reading.Layer.OCR.value: "scan"}


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
    #: By line of `text`, where its characters stood in the source; see `spots.py`.
    origins: Sequence[spots.Runs]
    changes: Sequence[dict[str, Any]]
    #: What the engine says of the text as a whole: code, sentence and details of each remark.
    remarks: Sequence[dict[str, Any]]
    #: See `quality.py`; nothing for a text that is not Arabic.
    quality: dict[str, Any]
    structure: undocs.Structure
    #: 0 to 1; see `soundness`.
    soundness: float
    sketch: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text as it came out of its file."""

    kind: str
    media_type: str
    layer: str
    notes: Sequence[str]
    text: str


@dataclass(frozen=True, kw_only=True)
class Help:
    """What the repair may lean on besides the text itself."""

    #: What the shelf has taught.
    knowledge: arabic.Knowledge | None = None
    #: Other copies of the document, as they came.
    copies: Sequence[arabic.Copy] = ()
    #: What people ruled about this copy.
    decisions: Sequence[arabic.Decision] = ()


_ALONE = Help()


def understand(
    data: bytes,
    *,
    name: str,
    language: str = "",
    themes: Sequence[Theme] | None = None,
    leaning_on: Help = _ALONE,
    progress: Progress = lambda stage, percent: None,
) -> Understood:
    """Read a file as far as the engines can.

    :param language: the language the sender named; empty lets the text tell.
    :raises marsad.problems.Problem: with a sentence, for whatever cannot be read.
    """
    return understand_text(
        read_file(data, name=name, progress=progress),
        language=language,
        themes=themes,
        leaning_on=leaning_on,
        progress=progress,
    )


def read_file(
    data: bytes, *, name: str, progress: Progress = lambda stage, percent: None
) -> Source:
    """From bytes to text, and no further.

    :raises marsad.problems.Problem: with a sentence, for whatever cannot be read.
    """
    progress(Stage.READING, 0)
    read = reading.read(data, name=name, progress=_percent(progress, Stage.READING))
    return Source(
        kind=read.kind.value,
        media_type=read.media_type,
        layer=read.layer,
        notes=read.notes,
        text=read.text,
    )


def understand_text(
    source: Source,
    *,
    language: str = "",
    themes: Sequence[Theme] | None = None,
    leaning_on: Help = _ALONE,
    progress: Progress = lambda stage, percent: None,
) -> Understood:
    """Repair a text and find its structure: first, and again when there is more to lean on."""
    progress(Stage.REPAIRING, 0)
    mended = _mend(source.text, language=language, leaning_on=leaning_on, progress=progress)
    progress(Stage.STRUCTURING, 0)
    structure = undocs.read_structure(mended.text, language=language or None, themes=themes)
    return Understood(
        kind=source.kind,
        media_type=source.media_type,
        layer=source.layer,
        notes=source.notes,
        language=structure.language,
        source_text=source.text,
        text=mended.text,
        source_lines=mended.source_lines,
        origins=mended.origins,
        changes=mended.changes,
        remarks=mended.remarks,
        quality=_quality(source.text, mended=mended, language=structure.language),
        structure=structure,
        soundness=soundness(source.text, layer=source.layer),
        sketch=sketch(mended.text),
    )


def _quality(text: str, *, mended: _Mended, language: str) -> dict[str, Any]:
    if language != "ar":
        return {}
    return quality.measured(source=text, text=mended.text, changes=mended.changes)


@dataclass(frozen=True, kw_only=True)
class _Mended:
    text: str
    source_lines: Sequence[int]
    origins: Sequence[spots.Runs]
    changes: Sequence[dict[str, Any]]
    remarks: Sequence[dict[str, Any]]


def _mend(text: str, *, language: str, leaning_on: Help, progress: Progress) -> _Mended:
    if language in ("", "ar") and arabic.looks_arabic(text):
        repair = arabic.repair(
            text,
            progress=_percent(progress, Stage.REPAIRING),
            knowledge=leaning_on.knowledge,
            copies=leaning_on.copies,
            decisions=leaning_on.decisions,
        )
    else:  # nothing to repair but what a person ruled
        repair = run(text, stages=[Decided], decisions=leaning_on.decisions)
    return _Mended(
        text=repair.text,
        source_lines=[line.source_line - 1 for line in repair.lines],
        origins=[spots.runs_of(line.origins) for line in repair.lines],
        changes=[asdict(change) for change in repair.changes],
        remarks=[
            {"code": note.code, "says": note.says, "details": _plain(note.details)}
            for note in repair.notes
        ],
    )


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    """Details as they can be kept: numbers as numbers, so that the reader's digits write them."""
    return {
        name: value if isinstance(value, int | float) else str(value)
        for name, value in details.items()
    }


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
