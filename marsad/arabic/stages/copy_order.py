"""Lines whose order another copy of the document shows.

Reads: a line of a text layer without tatweel, its runs in reverse, e.g. «ليها لتشجيعها البروتوكول
المحددة، ويتيح الاطلاع ع», and the copies, each repaired first. Writes: the same letters in the
order and with the spaces of the copy, and a mark on the line (`Line.settled`), so that `RunOrder`
need not guess it. A private code is written out where the copy shows its letters. A copy that is
another document is left out, and the repair says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from marsad.arabic.copies.likeness import are_copies
from marsad.arabic.copies.placing import Placed, place, signs_of
from marsad.arabic.copies.reference import Reference
from marsad.arabic.copies.sources import TEXT_LAYER, Copy, as_copies, extraction_of
from marsad.arabic.copies.windows import Window, windows
from marsad.arabic.errors import NotACopy
from marsad.arabic.knowledge import Knowledge, learn
from marsad.arabic.letters import TATWEEL, is_private, letters_and_digits
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.record import Repair
from marsad.arabic.traced import Traced

#: Longer lines are paragraphs in one line: their order is not that of a page's line.
_LONGEST = 3_000
#: Share of a line's letters that the copy may lack, and that must stand in rows as in the copy.
_MOST_UNLIKE, _LEAST_SURE = 0.12, 0.55
#: Most letters that one private code stands for.
_CODE = 3


@dataclass(frozen=True, slots=True)
class _Place:
    window: Window
    copy: Reference


class CopyOrder:
    """Put the runs of a line into the order that a copy shows."""

    name: ClassVar[str] = "copy_order"
    conserves: ClassVar[bool] = False

    def __init__(self) -> None:
        self._places: dict[int, _Place] = {}
        self._codes: dict[str, str] = {}
        self._source = ""

    def study(self, draft: Draft) -> None:
        """Repair the copies, and find the lines in them."""
        self._source = draft.source
        kind = extraction_of(draft.source)
        for copy in _true_copies(draft):
            repaired = _repaired(copy, draft, kind)
            draft.references.append(Reference.of(copy, repaired))
            draft.knowledge = _with(draft.knowledge, learn([repaired]))
        if kind == TEXT_LAYER and draft.references:
            self._find_lines(draft)
            if draft.damage.private_codes:
                self._codes = self._read_codes(draft)
                # with the codes read off, more letters of a line are known
                self._find_lines(draft)

    def _find_lines(self, draft: Draft) -> None:
        self._places = {}
        texts = {line.number: self._with_codes(line) for line in draft.lines}
        for copy in sorted(draft.references, key=lambda one: one.kind == TEXT_LAYER):
            left = [number for number in texts if number not in self._places]
            found = windows([_letters(texts[number]) for number in left], copy)
            for number, window in zip(left, found, strict=True):
                if window is not None and copy.is_sure(window.first, window.last):
                    self._places[number] = _Place(window, copy)

    def _with_codes(self, line: Line) -> Traced:
        """Return a line with the codes written out that a copy has shown."""
        text = line.text
        for mended in self._mend_codes(line):
            text = mended.text
        return text

    def _read_codes(self, draft: Draft) -> dict[str, str]:
        """Return what the copies show for private codes, where they show it again and again."""
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for line in draft.lines:
            at = self._places.get(line.number)
            if at is None or not any(map(is_private, line.source)):
                continue
            placed = place(line.text, at.window, at.copy)
            for origin, letters in _shown(line, placed, at.copy):
                votes[draft.source[origin]][letters] += 1
        table = {}
        for code, met in votes.items():
            (letters, count), *others = met.most_common(2)
            if count > 2 * sum(number for _, number in others):
                table[code] = letters
        return table

    def mend(self, line: Line) -> Iterator[Mended]:
        """Write out the codes of a line and put it in order."""
        yield from self._mend_codes(line)
        at = self._places.get(line.number)
        if at is None:
            return
        placed = place(line.text, at.window, at.copy)
        if not _is_sound(line.text, placed):
            return
        line.settled = True
        if _bare(placed.text.text) == _bare(line.text.text):
            return
        moved = _without_spaces(placed.text.text) != _without_spaces(line.text.text)
        letters = sum(1 for sign in placed.signs if sign.key.isalnum())
        mended = Mended(
            text=placed.text,
            kind="copy_order",
            before=line.text,
            after=placed.text.text,
            confidence=round(min(0.99, 0.9 + 0.1 * placed.sure - placed.unlike / letters), 3),
            evidence=(
                f"as in {at.copy.name}, where {letters - placed.unlike} of the {letters} letters "
                "of this line stand in this order"
            ),
        )
        yield mended if moved else replace(mended, kind="copy_spaces")

    def _mend_codes(self, line: Line) -> Iterator[Mended]:
        text = line.text
        for at, sign in enumerate(line.source if self._codes else ""):
            if sign not in self._codes:
                continue
            origin = line.start + at
            mended = _recoded(text, origin, self._codes[sign], sign)
            if mended is not None:
                yield mended
                text = mended.text


def _true_copies(draft: Draft) -> list[Copy]:
    kept = []
    for copy in as_copies(draft.copies):
        if are_copies(draft.source, copy.text):
            kept.append(copy)
        else:
            draft.notes.append(NotACopy(name=copy.name))
    return kept


def _repaired(copy: Copy, draft: Draft, kind: str) -> Repair:
    """Repair a copy by itself; a text layer with the order that the other texts show."""
    if draft.repair_other is None:
        raise ValueError("a draft with copies needs to know how to repair them")
    others = [Copy(text=draft.source, extraction=kind)] if kind != TEXT_LAYER else []
    return draft.repair_other(copy.text, others if copy.kind == TEXT_LAYER else ())


def _with(one: Knowledge, two: Knowledge) -> Knowledge:
    return Knowledge(
        words=dict(Counter(one.words) + Counter(two.words)),
        pairs=dict(Counter(one.pairs) + Counter(two.pairs)),
        codes={**two.codes, **one.codes},
        confusions=one.confusions,
    )


def _letters(text: Traced) -> str:
    if len(text) > _LONGEST:
        return ""
    return "".join(s.key for s in signs_of(text) if s.key.isalnum())


def _is_sound(line: Traced, placed: Placed) -> bool:
    """Tell whether a line is the copy's indeed: most letters in rows, numbers whole, none lost."""
    letters = sum(1 for sign in placed.signs if sign.key.isalnum())
    if not letters or placed.unlike > max(1, _MOST_UNLIKE * letters):
        return False
    if placed.sure < _LEAST_SURE and (placed.unlike or letters > 12):
        return False
    same = letters_and_digits(line.text) == letters_and_digits(placed.text.text)
    return same and _numbers(line.text) == _numbers(placed.text.text)


def _numbers(text: str) -> Counter[str]:
    spaced = "".join(sign if sign.isdigit() else " " for sign in text)
    return Counter(spaced.split())


def _bare(text: str) -> str:
    return " ".join(text.split())


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _shown(line: Line, placed: Placed, copy: Reference) -> Iterator[tuple[int, str]]:
    """Yield, for the private codes of a line, the letters that the copy has in their place."""
    by_origin = {
        origin: at
        for sign, at in zip(placed.signs, placed.places, strict=True)
        for origin in sign.piece.origins
    }
    for at, sign in enumerate(line.source):
        if not is_private(sign):
            continue
        before = _beside(line.source, at, -1)
        after = _beside(line.source, at, 1)
        one = by_origin.get(line.start + before, -1) if before is not None else -1
        two = by_origin.get(line.start + after, -1) if after is not None else -1
        if one < 0 or two <= one:
            continue
        between = copy.text[one + 1 : two]
        letters = "".join(letter for letter in between if _is_letter(letter))
        if len(letters) <= _CODE and not any(letter.isspace() for letter in between):
            yield line.start + at, letters


def _beside(source: str, at: int, step: int) -> int | None:
    """Return the letter beside a code, past tatweel; none where a space or a code is there."""
    at += step
    while 0 <= at < len(source) and source[at] == TATWEEL:
        at += step
    return at if 0 <= at < len(source) and _is_letter(source[at]) else None


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and sign != TATWEEL and not is_private(sign)


def _recoded(text: Traced, origin: int, letters: str, code: str) -> Mended | None:
    """Write a code as the copy shows it, where it stands unsolved or was solved otherwise."""
    here = [place for place, known in enumerate(text.origins) if known == origin]
    if not here or "".join(text.text[place] for place in here) == letters:
        return None
    start, end = here[0], here[-1] + 1
    if end - start != len(here):
        return None
    after = text[:start] + Traced.standing_for(letters, origin=origin) + text[end:]
    first, last = start, end
    while first and not text.text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text.text[last].isspace():
        last += 1
    return Mended(
        text=after,
        kind="copy_code",
        before=text[first:last],
        after=after.text[first : last - (end - start) + len(letters)],
        confidence=0.95,
        evidence=f"U+{ord(code):04X}: the other copy has “{letters}” in its place",
    )
