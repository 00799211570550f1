"""What the damaged lines of a report should read, taken from a corrected copy of it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from marsad.arabic import Repair
from marsad.arabic.letters import without_marks

_ENDS = ".،؛:*()"
_PARAGRAPH = re.compile(r"(?m)^ *([0-9]{1,2}) ?- ")


def compared(text: str, *, marks: bool = False) -> str:
    """A text as texts are compared: no marks, no tatweel, one space, none beside signs."""
    plain = unicodedata.normalize("NFC", text).replace("ـ", "")
    plain = plain if marks else without_marks(plain)
    digits = "".join(
        str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in plain
    )
    return re.sub(r"\s*([^\w\s])\s*", r"\1", re.sub(r"\s+", " ", digits)).strip()


def distance(text: str, truth: str) -> int:
    """Edits between two compared texts; signs at the ends count where both have them."""
    return min(
        Levenshtein.distance(one, other)
        for one in {text, text.strip(_ENDS)}
        for other in {truth, truth.strip(_ENDS)}
    )


@dataclass(frozen=True, kw_only=True)
class Score:
    """How near lines came to their truth."""

    lines: int
    exact: int
    edits: int
    letters: int

    @property
    def error_rate(self) -> float:
        return self.edits / max(1, self.letters)

    @property
    def exactness(self) -> float:
        return self.exact / max(1, self.lines)


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Compare lines with their truth; blank ones do not count."""
    edits = [
        (distance(compared(text), compared(truth)), len(compared(truth)))
        for text, truth in pairs
        if compared(truth)
    ]
    return Score(
        lines=len(edits),
        exact=sum(not wrong for wrong, _letters in edits),
        edits=sum(wrong for wrong, _letters in edits),
        letters=sum(letters for _wrong, letters in edits),
    )


def corrected(scan: str, slips: Path) -> str:
    """The scanned copy with the slips mended that were found by reading it.

    :param slips: lines of place, as read, as meant, times; a number is a paragraph.
    """
    text = re.sub(r"[\^*<>]", "", without_marks(unicodedata.normalize("NFKC", scan)))
    text = "".join(
        str(unicodedata.digit(s)) if unicodedata.category(s) == "Nd" else s for s in text
    )
    with slips.open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if not row[0].startswith("#")]
    for place, read, meant, times in rows:
        start, end = _place(text, place)
        part = re.sub(rf"(?<!\w){_spaced(read)}(?!\w)", meant, text[start:end], count=int(times))
        text = text[:start] + part + text[end:]
    return text


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _place(text: str, place: str) -> tuple[int, int]:
    starts = {match.group(1): match.start() for match in _PARAGRAPH.finditer(text)}
    if not place.isdigit():
        return 0, len(text)
    first = starts.get(place, 0) if place != "0" else 0
    after = [start for start in starts.values() if start > first]
    return first, min(after, default=len(text))


def true_lines(repair: Repair, reference: str) -> Iterator[tuple[str, str | None]]:
    """Each line of a repair with what it should read: the stretch of the reference that has its
    letters. None where no stretch has them (a line whose letters belong to two places).
    """
    whole = compared(reference)
    places = [place for place, sign in enumerate(whole) if sign.isalnum()]
    letters = [whole[place] for place in places]
    near = 0
    for line in repair.lines:
        text = compared(line.text)
        wanted = Counter(sign for sign in text if sign.isalnum())
        if wanted.total() < 3:
            continue
        start = _stretch(letters, places, whole, wanted, near)
        if start is None:
            yield text, None
            continue
        near = start + wanted.total()
        yield text, _widened(whole, places[start], places[near - 1] + 1)


def _stretch(
    letters: Sequence[str], places: Sequence[int], whole: str, wanted: Counter[str], near: int
) -> int | None:
    """Where the stretch begins that has these letters but for two, best at the edges of words."""
    size = wanted.total()
    found: list[tuple[int, int, bool, int, int]] = []
    off = Counter(letters[:size])
    off.subtract(wanted)
    wrong = sum(map(abs, off.values()))
    for start in range(len(letters) - size + 1):
        if wrong <= 2:
            first, last = places[start], places[start + size - 1] + 1
            cut = (first > 0 and whole[first - 1].isalnum()) + whole[last : last + 1].isalnum()
            away = abs(start - near)
            found.append((wrong, cut, away > 3000, away, start))
        if start + size < len(letters):
            for sign, step in ((letters[start], -1), (letters[start + size], 1)):
                wrong -= abs(off[sign])
                off[sign] += step
                wrong += abs(off[sign])
    return min(found)[-1] if found else None


def _widened(whole: str, start: int, end: int) -> str:
    while start and whole[start - 1] == "(":
        start -= 1
    while end < len(whole) and whole[end] in ".،؛:)":
        end += 1
    return whole[start:end]
