"""Where two copies differ, which reading is believed and why: for showing them side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from marsad.arabic.copies.sources import Copy, extraction_of
from marsad.arabic.copies.verdict import NEITHER, Verdict, judge, letters_of
from marsad.arabic.copies.words import Pair, Word, paired, words_of
from marsad.arabic.record import Repair

#: Letters that two pieces may differ in and still be called one piece in two orders.
_SAME_LETTERS = 0.06
#: Letters that must have moved.
_MOVED = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One place where two copies of a document do not read alike."""

    #: `letters`, `digits`, `spaces`, `order`, `only_first` or `only_second`.
    kind: str
    #: Where the piece stands in the first text (equal ends: where it is missing).
    first_start: int
    #: One past its last character.
    first_end: int
    #: Where the piece stands in the second text.
    second_start: int
    #: One past its last character.
    second_end: int
    #: How the first text reads.
    first: str
    #: How the second text reads.
    second: str
    #: `first`, `second`, or empty where a person has to say.
    wins: str
    #: The rule that decided, a code of `arabic.copies.RULES`.
    rule: str
    #: The rule as a sentence in English.
    why: str
    #: From 0 to 1.
    confidence: float


def differences(first: Repair | Copy | str, second: Repair | Copy | str) -> tuple[Difference, ...]:
    """Return where two copies differ, in the order of the first.

    Offsets count in the texts given (in `Repair.text` for a repair). What each copy is believed
    about goes by how it was come by, told from `Repair.source`, `Copy.extraction` or the text.
    Passages that stand elsewhere in the other copy are compared where they stand.

    >>> scan, layer = "منع التحريرات ^(١)", "منع التحريـات (١)"
    >>> [(d.kind, d.first, d.second, d.wins, d.rule) for d in differences(scan, layer)]
    [('letters', 'التحريرات', 'التحريـات', 'second', 'text_layer')]
    """
    (one, first_kind), (two, second_kind) = _seen(first), _seen(second)
    ours, theirs = words_of(one), words_of(two)
    found = []
    pairs = _with_orders_joined(paired(ours, theirs), ours, theirs)
    for pair, start, other_start in _placed(pairs, ours, theirs):
        if pair.same and not _unlike(pair, one, two, ours, theirs):
            continue
        piece = _piece(one, ours, pair.first, pair.last, start)
        other = _piece(two, theirs, pair.other_first, pair.other_last, other_start)
        reading, other_reading = one[slice(*piece)], two[slice(*other)]
        kind = _kind(reading, other_reading)
        if kind == "order":
            verdict = _by_order(first_kind, second_kind)
        else:
            verdict = judge(reading, other_reading, first_kind=first_kind, second_kind=second_kind)
        found.append(
            Difference(
                kind=kind,
                first_start=piece[0],
                first_end=piece[1],
                second_start=other[0],
                second_end=other[1],
                first=reading,
                second=other_reading,
                wins=verdict.wins,
                rule=verdict.rule,
                why=verdict.why,
                confidence=verdict.confidence,
            )
        )
    return tuple(found)


def _seen(given: Repair | Copy | str) -> tuple[str, str]:
    if isinstance(given, Repair):
        return given.text, extraction_of(given.source)
    if isinstance(given, Copy):
        return given.text, given.kind
    return given, extraction_of(given)


def _placed(
    pairs: Sequence[Pair], ours: Sequence[Word], theirs: Sequence[Word]
) -> Iterator[tuple[Pair, int, int]]:
    """Yield each pair with the offsets at which an empty side stands."""
    for pair in pairs:
        start = ours[pair.first - 1].end if 0 < pair.first <= len(ours) else 0
        other = theirs[pair.other_first - 1].end if 0 < pair.other_first <= len(theirs) else 0
        yield pair, start, other


def _piece(text: str, words: Sequence[Word], first: int, last: int, empty: int) -> tuple[int, int]:
    if first == last:
        return empty, empty
    return words[first].start, words[last - 1].end


def _unlike(pair: Pair, one: str, two: str, ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell whether two words that are the same when folded differ in a hamza or a taa marbuta."""
    word, other = ours[pair.first], theirs[pair.other_first]
    return letters_of(one[word.start : word.end]) != letters_of(two[other.start : other.end])


def _kind(first: str, second: str) -> str:
    ours, theirs = letters_of(first), letters_of(second)
    if not ours or not theirs:
        return "only_first" if ours else "only_second"
    if ours == theirs:
        return "spaces"
    if _one_piece_in_two_orders(ours, theirs):
        return "order"
    return "digits" if any(c.isdigit() for c in ours + theirs) else "letters"


def _one_piece_in_two_orders(ours: str, theirs: str) -> bool:
    if min(len(ours), len(theirs)) < 8:
        return False
    apart = Counter(ours)
    apart.subtract(Counter(theirs))
    unlike = sum(map(abs, apart.values()))
    moved = Levenshtein.distance(ours, theirs) - unlike
    return unlike <= _SAME_LETTERS * (len(ours) + len(theirs)) and moved >= _MOVED


def _by_order(first_kind: str, second_kind: str) -> Verdict:
    if (first_kind == "text_layer") == (second_kind == "text_layer"):
        return Verdict(wins=NEITHER, rule="same_standing", confidence=0.5)
    wins = "second" if first_kind == "text_layer" else "first"
    return Verdict(wins=wins, rule="scan_order", confidence=0.95)


#: Words that agree between two that do not, where a line stands in two orders.
_BETWEEN = 3


def _with_orders_joined(
    pairs: Sequence[Pair], ours: Sequence[Word], theirs: Sequence[Word]
) -> list[Pair]:
    """Make one pair of the pieces of a line that stands in another order in the other copy."""
    out: list[Pair] = []
    group: list[Pair] = []
    agreed = 0
    for pair in [*pairs, None]:
        follows = bool(group) and pair is not None and _follows(group[-1], pair)
        if follows and pair is not None and agreed < _BETWEEN:
            group.append(pair)
            agreed = agreed + 1 if pair.same else 0
        else:
            out.extend(_as_order(group, ours, theirs))
            group = [pair] if pair is not None else []
            agreed = 0
        if group == [pair] and pair is not None and pair.same:
            out.append(pair)
            group = []
    return out


def _follows(before: Pair, after: Pair) -> bool:
    return before.last == after.first and before.other_last == after.other_first


def _as_order(group: list[Pair], ours: Sequence[Word], theirs: Sequence[Word]) -> list[Pair]:
    while group and group[-1].same:
        # what agrees at the end is no part of it
        return [*_as_order(group[:-1], ours, theirs), group[-1]]
    if sum(1 for pair in group if not pair.same) < 2:
        return group
    whole = Pair(group[0].first, group[-1].last, group[0].other_first, group[-1].other_last)
    one = "".join(word.key for word in ours[whole.first : whole.last])
    two = "".join(word.key for word in theirs[whole.other_first : whole.other_last])
    return [whole] if _one_piece_in_two_orders(one, two) else group
