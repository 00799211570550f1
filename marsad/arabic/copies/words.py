"""The words of two texts that stand in order, side by side.

Equal words are found by the longest common run of words; what lies between is paired word by word
where the letters are alike («والتحريرات» and «والتحريات»), one word with two where only a space
differs. A passage that stands elsewhere in the other text (a footnote at the end of another page)
is looked for once more on its own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel, Levenshtein

from marsad.arabic.fold import fold
from marsad.arabic.letters import MARKS, TATWEEL

_INVISIBLE = "".join(sorted(MARKS)) + TATWEEL + "\u200c-\u200f"
#: «٦ ٠٠٠» is one number, and «6000» is the same.
_WORD = re.compile(
    rf"\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+(?:[/.,٫٬]\d+)*"
    rf"|(?:[^\W\d_]|[\ue000-\uf8ff{_INVISIBLE}])+"
)

#: Fewer equal letters than this between two long passages that differ are chance («في»).
_CHANCE, _LONG = 4, 8
#: Words of a passage that is looked for elsewhere, and the share of its pairs of words found there.
_PASSAGE, _FOUND = 5, 0.3
#: Regions of more pairs of words than this are not paired word by word.
_MOST_CELLS = 4_000
#: Share of letters that must agree in two words that are readings of one.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a number, and where it stands."""

    #: Offset in the text.
    start: int
    #: One past its last character.
    end: int
    #: Its folded form.
    key: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of one text and the words of the other that answer to them (either may be none)."""

    #: Place of the first word in the first text.
    first: int
    #: One past the last.
    last: int
    #: Place of the first word in the second text.
    other_first: int
    #: One past the last.
    other_last: int
    #: Whether they are the same when folded.
    same: bool = False
    #: Whether the passage stands elsewhere in the second text.
    moved: bool = False


def words_of(text: str) -> list[Word]:
    """Split a text into words and numbers; signs and spaces lie between."""
    found = []
    for match in _WORD.finditer(text):
        key = fold(match.group()).replace(" ", "")
        if key:
            found.append(Word(match.start(), match.end(), key))
    return found


def paired(one: Sequence[Word], two: Sequence[Word]) -> list[Pair]:
    """Pair the words of two texts, in the order of the first."""
    found = [pair for region in _regions(one, two) for pair in _within(region, one, two)]
    found = _with_passages_moved(found, one, two)
    return sorted(found, key=lambda pair: (pair.first, pair.last, pair.other_first))


def _regions(one: Sequence[Word], two: Sequence[Word]) -> Iterator[Pair]:
    numbers: dict[str, int] = {}
    first = [numbers.setdefault(word.key, len(numbers)) for word in one]
    second = [numbers.setdefault(word.key, len(numbers)) for word in two]
    region: Pair | None = None
    blocks = [
        Pair(op.src_start, op.src_end, op.dest_start, op.dest_end, same=op.tag == "equal")
        for op in Indel.opcodes(first, second)
    ]
    for block in _without_chance(blocks, one):
        if block.same:
            if region is not None:
                yield region
            region = None
            yield block
        elif region is None:
            region = block
        else:
            region = replace(region, last=block.last, other_last=block.other_last)
    if region is not None:
        yield region


def _without_chance(blocks: list[Pair], one: Sequence[Word]) -> Iterator[Pair]:
    """Take a short word that two long unlike passages happen to share for no agreement."""
    sizes = [0, *(_size(block) for block in blocks), 0]
    for place, block in enumerate(blocks, start=1):
        letters = sum(len(word.key) for word in one[block.first : block.last])
        lonely = letters <= _CHANCE and max(_gap(sizes, blocks, place)) >= _LONG
        yield replace(block, same=False) if block.same and lonely else block


def _size(block: Pair) -> int:
    return 0 if block.same else max(block.last - block.first, block.other_last - block.other_first)


def _gap(sizes: list[int], blocks: list[Pair], place: int) -> tuple[int, int]:
    before = sum(sizes[max(0, place - 2) : place])
    after = sum(sizes[place + 1 : place + 3])
    return min(before, after * 4), min(after, before * 4)


def _within(region: Pair, one: Sequence[Word], two: Sequence[Word]) -> list[Pair]:
    """Pair the words of a region that differs, one by one where they are alike."""
    if region.same:
        return [
            Pair(region.first + n, region.first + n + 1, at, at + 1, same=True)
            for n, at in enumerate(range(region.other_first, region.other_last))
        ]
    rows, columns = region.last - region.first, region.other_last - region.other_first
    if not rows or not columns or rows * columns > _MOST_CELLS:
        return [region]
    steps = _cheapest(
        [word.key for word in one[region.first : region.last]],
        [word.key for word in two[region.other_first : region.other_last]],
    )
    pairs = [
        Pair(
            region.first + a,
            region.first + b,
            region.other_first + c,
            region.other_first + d,
            same=b - a == d - c == 1
            and one[region.first + a].key == two[region.other_first + c].key,
        )
        for a, b, c, d in steps
    ]
    return _joined_gaps(pairs)


#: How many words of one text answer to how many of the other.
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))


def _cheapest(one: list[str], two: list[str]) -> list[tuple[int, int, int, int]]:
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for row in range(len(one) + 1):
        for column in range(len(two) + 1):
            ways = [
                (best[row - a, column - b][0] + cost, a, b)
                for a, b in _SHAPES
                if a <= row
                and b <= column
                and (cost := _cost(one[row - a : row], two[column - b : column])) is not None
            ]
            if ways:
                best[row, column] = min(ways)
    steps: list[tuple[int, int, int, int]] = []
    row, column = len(one), len(two)
    while row or column:
        _, a, b = best[row, column]
        steps.append((row - a, row, column - b, column))
        row, column = row - a, column - b
    return steps[::-1]


def _cost(one: list[str], two: list[str]) -> float | None:
    first, second = "".join(one), "".join(two)
    if not one or not two:
        return len(first) + len(second) + 0.5
    away = Levenshtein.distance(first, second)
    if one[-1][-1].isdigit() != two[-1][-1].isdigit():
        return None
    if first[0].isdigit() and len(one) == len(two):
        return away + 0.25
    if away > (1 - _ALIKE) * max(len(first), len(second)):
        return None
    return away + 0.25 * (len(one) + len(two) - 2)


def _joined_gaps(pairs: list[Pair]) -> list[Pair]:
    """Make one pair of words of one text alone that follow one another."""
    out: list[Pair] = []
    for pair in pairs:
        if out and _alone(out[-1]) and _alone(pair) == _alone(out[-1]):
            out[-1] = replace(out[-1], last=pair.last, other_last=pair.other_last)
        else:
            out.append(pair)
    return out


def _alone(pair: Pair) -> str:
    if pair.first == pair.last:
        return "second"
    return "first" if pair.other_first == pair.other_last else ""


def _with_passages_moved(pairs: list[Pair], one: Sequence[Word], two: Sequence[Word]) -> list[Pair]:
    """Look for long passages without a counterpart elsewhere in the other text."""
    ours = [pair for pair in pairs if _is_passage(pair, "first")]
    theirs = [pair for pair in pairs if _is_passage(pair, "second")]
    if not ours or not theirs:
        return pairs
    places: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for place, pair in enumerate(theirs):
        for couple in _couples(two[pair.other_first : pair.other_last]):
            places[couple].add(place)
    out = {pair: [pair] for pair in pairs}
    for pair in ours:
        words = one[pair.first : pair.last]
        votes = Counter(at for couple in _couples(words) for at in places.get(couple, ()))
        if not votes or votes.most_common(1)[0][1] < _FOUND * (len(words) - 1):
            continue
        at = min(votes, key=lambda at: (-votes[at], at))
        found = theirs[at]
        if found not in out or out[found] != [found] or out[pair] != [pair]:
            continue
        moved = _moved(pair, found, one, two)
        out[pair], out[found] = moved, ([] if found != pair else moved)
    return [new for pair in pairs for new in out[pair]]


def _is_passage(pair: Pair, side: str) -> bool:
    ours, theirs = pair.last - pair.first, pair.other_last - pair.other_first
    if pair.same:
        return False
    return (ours if side == "first" else theirs) >= _PASSAGE


def _couples(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    for place in range(len(words) - 1):
        yield words[place].key, words[place + 1].key


def _moved(ours: Pair, theirs: Pair, one: Sequence[Word], two: Sequence[Word]) -> list[Pair]:
    a, b = one[ours.first : ours.last], two[theirs.other_first : theirs.other_last]
    pairs = [pair for region in _regions(a, b) for pair in _within(region, a, b)]
    shifted = [
        Pair(
            pair.first + ours.first,
            pair.last + ours.first,
            pair.other_first + theirs.other_first,
            pair.other_last + theirs.other_first,
            same=pair.same,
            moved=True,
        )
        for pair in pairs
    ]
    if ours == theirs:
        return shifted
    if ours.other_first != ours.other_last:
        shifted.append(replace(ours, first=ours.last))
    if theirs.first != theirs.last:
        shifted.append(replace(theirs, other_first=theirs.other_last))
    return shifted
