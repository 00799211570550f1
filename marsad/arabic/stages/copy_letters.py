"""Words that another copy of the document reads otherwise.

Reads: a line in order and the copies, each repaired first, e.g. «والتحريرات المالية» of a scan
whose text layer has «والتحريات المالية». Writes: the reading that is to be believed; both readings
and where each comes from go into the record. A text layer is believed about letters, a scan is
not; a word that is one beats a word that is none; marks are taken from no scan; digits that differ
are shown to a person, and so are two readings that stand alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar

from rapidfuzz.distance import Levenshtein

from marsad.arabic.copies.reference import Reference
from marsad.arabic.copies.sources import PLAIN, SCAN, TEXT_LAYER, extraction_of
from marsad.arabic.copies.verdict import SECOND, Verdict, are_words, judge, letters_of
from marsad.arabic.copies.words import Pair, Word, paired, words_of
from marsad.arabic.letters import without_marks
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.traced import INSERTED, Traced

#: Below this the text stays and the place is flagged.
_ENOUGH = 0.85
#: Words that must agree on both sides of words that only one copy has.
_AROUND = 2
#: Longer passages that only one copy has are its own matter (front pages, footnotes).
_PASSAGE = 4
#: Slips that make a scan of a text.
_SLIPS = 2


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one copy reads a piece of the text at hand."""

    #: Where the piece starts in the text at hand.
    start: int
    #: One past its last character.
    end: int
    #: As the copy has it.
    text: str
    #: The copy.
    copy: Reference


@dataclass(frozen=True, slots=True)
class _Found:
    """A place where copies differ, and what follows."""

    start: int
    end: int
    verdict: Verdict
    best: str
    candidates: tuple[str, ...]
    evidence: str


class CopyLetters:
    """Take the right letters from another copy, and show where copies differ."""

    name: ClassVar[str] = "copy_letters"
    conserves: ClassVar[bool] = False

    def __init__(self) -> None:
        self._of_line: defaultdict[int, list[_Found]] = defaultdict(list)
        self._kind = PLAIN

    def study(self, draft: Draft) -> None:
        """Lay the copies beside the text and judge every place that differs."""
        if not draft.references:
            return
        self._kind = extraction_of(draft.source)
        text, starts = _joined(draft.lines)
        words = words_of(text)
        met = Counter(letters_of(text[word.start : word.end]) for word in words)
        readings: defaultdict[tuple[int, int], list[_Reading]] = defaultdict(list)
        agreed: Counter[int] = Counter()
        for copy in draft.references:
            for at, reading in self._laid(text, words, copy, agreed):
                readings[at].append(reading)
        if self._kind == PLAIN and _misreads(text, readings):
            self._kind = SCAN
        _mark(draft.lines, starts, words, agreed)
        numbers = _line_numbers(draft.lines, starts, readings)
        for (start, end), found in sorted(readings.items()):
            line, first = numbers[start]
            if end > first + len(line.text):
                continue
            judged = self._judged(text[start:end], start - first, found, agreed, met)
            if judged is not None:
                self._of_line[line.number].append(judged)

    def _laid(
        self, text: str, words: Sequence[Word], copy: Reference, agreed: Counter[int]
    ) -> Iterator[tuple[tuple[int, int], _Reading]]:
        theirs = words_of(copy.text)
        pairs = paired(words, theirs)
        for at, pair in enumerate(pairs):
            start, end = _span(pair.first, pair.last, words)
            other = slice(*_span(pair.other_first, pair.other_last, theirs))
            reading = copy.text[other]
            if pair.same and letters_of(text[start:end]) == letters_of(reading):
                agreed[pair.first] += 1
            elif pair.first != pair.last and pair.other_first != pair.other_last:
                yield (start, end), _Reading(start, end, reading, copy)
            elif _is_worth_showing(pairs, at) and self._may_lack(copy, pair, theirs):
                yield from _lacking(pair, words, text, reading, copy)

    def _may_lack(self, copy: Reference, pair: Pair, theirs: Sequence[Word]) -> bool:
        """Where the order of the copy is a guess, a word it lacks may stand anywhere."""
        if not copy.unsure or pair.other_first >= len(theirs):
            return True
        place = theirs[pair.other_first].start
        return not any(a <= place <= b for a, b in copy.unsure)

    def _judged(
        self,
        piece: str,
        start: int,
        readings: Sequence[_Reading],
        agreed: Counter[int],
        met: Mapping[str, int],
    ) -> _Found | None:
        votes = Counter(letters_of(reading.text) for reading in readings)
        best = max(
            readings,
            key=lambda reading: (
                votes[letters_of(reading.text)],
                reading.copy.kind == TEXT_LAYER,
                reading.copy.kind == PLAIN,
            ),
        )
        verdict = judge(
            piece,
            best.text,
            first_kind=self._kind,
            second_kind=best.copy.kind,
            first_met=met,
            second_met=best.copy.met,
        )
        if votes[letters_of(best.text)] > 1 and _majority_counts(verdict, self._kind, piece):
            verdict = Verdict(wins=SECOND, rule="majority", confidence=0.9)
        if letters_of(piece) == letters_of(best.text) and verdict.rule != "spaces":
            return None
        candidates = tuple(
            dict.fromkeys(_cleaned(reading.text, reading.copy) for reading in readings)
        )
        said = "; ".join(f"“{_cleaned(r.text, r.copy)}” in {r.copy.name}" for r in readings)
        return _Found(
            start=start,
            end=start + len(piece),
            verdict=verdict,
            best=_cleaned(best.text, best.copy),
            candidates=candidates,
            evidence=f"“{piece}” here, {said}: {verdict.why}",
        )

    def mend(self, line: Line) -> Iterator[Mended]:
        """Mend the words of a line, the last one first."""
        text = line.text
        for found in reversed(self._of_line[line.number]):
            piece = text[found.start : found.end]
            takes = found.verdict.wins == SECOND and found.verdict.confidence >= _ENOUGH
            after = _traced(found.best, piece) if takes else piece
            changed = letters_of(after.text) != letters_of(piece.text)
            text = text[: found.start] + after + text[found.end :]
            mended = Mended(
                text=text,
                kind="copy_letters",
                before=piece,
                after=after.text,
                confidence=found.verdict.confidence,
                evidence=found.evidence,
                text_changed=changed,
                applied=takes or (bool(found.verdict.wins) and found.verdict.wins != SECOND),
                candidates=(piece.text, *found.candidates) if takes else found.candidates,
            )
            yield _named(mended, found.verdict.rule)


def _named(mended: Mended, rule: str) -> Mended:
    """Call a place that is not about letters by what it is about."""
    if rule == "digits":
        return replace(mended, kind="copy_digits")
    if rule == "missing":
        return replace(mended, kind="copy_words")
    return replace(mended, kind="copy_spaces") if rule == "spaces" else mended


def _misreads(text: str, readings: Mapping[tuple[int, int], Sequence[_Reading]]) -> bool:
    """Tell a scan by what it is: again and again no word where the text layer has one."""
    slips = 0
    for (start, end), found in readings.items():
        layers = [reading.text for reading in found if reading.copy.kind == TEXT_LAYER]
        slips += bool(layers) and are_words(layers[0]) and not are_words(text[start:end])
    return slips >= _SLIPS


def _joined(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """Return the text as it stands now and where each line starts in it."""
    starts, at, parts = [], 0, []
    for line in lines:
        starts.append(at)
        parts.append(line.text.text + "\n")
        at += len(line.text) + 1
    return "".join(parts), starts


def _span(first: int, last: int, words: Sequence[Word]) -> tuple[int, int]:
    return (words[first].start, words[last - 1].end) if first < last else (0, 0)


def _is_worth_showing(pairs: Sequence[Pair], at: int) -> bool:
    """Tell whether words that one copy lacks stand among words that agree."""
    pair = pairs[at]
    if max(pair.last - pair.first, pair.other_last - pair.other_first) > _PASSAGE or pair.moved:
        return False
    around = [*pairs[max(0, at - _AROUND) : at], *pairs[at + 1 : at + 1 + _AROUND]]
    if len(around) < 2 * _AROUND or not all(one.same and not one.moved for one in around):
        return False
    line_of = [*around[:_AROUND], pair, *around[_AROUND:]]
    return all((a.last, a.other_last) == (b.first, b.other_first) for a, b in pairwise(line_of))


def _lacking(
    pair: Pair, words: Sequence[Word], text: str, reading: str, copy: Reference
) -> Iterator[tuple[tuple[int, int], _Reading]]:
    """Yield words that one copy lacks, with the word before them, so that both sides read."""
    before = words[pair.first - 1]
    if pair.first == pair.last:
        start, end = before.start, before.end
        yield (start, end), _Reading(start, end, f"{text[start:end]} {reading}", copy)
    else:
        start, end = before.start, words[pair.last - 1].end
        shorter = text[before.start : before.end]
        yield (start, end), _Reading(start, end, shorter, copy)


def _mark(
    lines: Sequence[Line], starts: Sequence[int], words: Sequence[Word], agreed: Counter[int]
) -> None:
    """Note on the lines which letters another copy reads alike."""
    at = 0
    for place in sorted(agreed):
        word = words[place]
        while at + 1 < len(starts) and starts[at + 1] <= word.start:
            at += 1
        origins = lines[at].text.origins[word.start - starts[at] : word.end - starts[at]]
        lines[at].agreed.update(origin for origin in origins if origin != INSERTED)


def _line_numbers(
    lines: Sequence[Line],
    starts: Sequence[int],
    readings: Mapping[tuple[int, int], Sequence[_Reading]],
) -> dict[int, tuple[Line, int]]:
    found: dict[int, tuple[Line, int]] = {}
    at = 0
    for start, _ in sorted(readings):
        while at + 1 < len(starts) and starts[at + 1] <= start:
            at += 1
        found[start] = lines[at], starts[at]
    return found


def _majority_counts(verdict: Verdict, kind: str, piece: str) -> bool:
    """Several copies outvote a scan; nobody outvotes a text layer, or changes a digit."""
    return verdict.wins != SECOND and kind != TEXT_LAYER and verdict.rule == "same_standing"


def _cleaned(reading: str, copy: Reference) -> str:
    """Take no marks from a scan."""
    one_line = " ".join(reading.split())
    return without_marks(one_line) if copy.kind == SCAN else one_line


def _traced(reading: str, piece: Traced) -> Traced:
    """Trace each letter of a reading to the letter of the piece that it is or stands for."""
    origins: list[int] = [INSERTED] * len(reading)
    for op in Levenshtein.opcodes(piece.text, reading):
        if op.tag in ("equal", "replace"):
            for step in range(op.dest_end - op.dest_start):
                origins[op.dest_start + step] = piece.origins[op.src_start + step]
    return Traced(reading, tuple(origins))
