"""The signs of a scrambled line, put where the copy has them.

The longest rows of signs that line and copy share are laid first, then shorter ones, single signs
last. What the copy does not have (a letter it misread) stays beside the sign it stood beside.
Nothing is added but spaces, and nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from marsad.arabic.copies.reference import Reference, folded
from marsad.arabic.copies.verdict import reads_parted
from marsad.arabic.copies.windows import Window
from marsad.arabic.letters import NON_JOINING, is_arabic_letter
from marsad.arabic.traced import Traced

#: Rows of signs laid down, longest first.
_ROWS = (24, 12, 6, 4, 3, 2, 1)
#: A row met more often than this in one line is laid where it is met first.
_MOST_MET = 12
#: Letters side by side that a copy may have misread.
_MISREAD = 2
#: In a million words: how common two words must be for a space that no copy has between them.
_SEAM_COMMON = 20.0


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign with the marks that stand on it."""

    #: Folded.
    key: str
    #: As it stands on the line.
    piece: Traced
    #: Whether white space stands before it.
    spaced: bool

    @property
    def exact(self) -> str:
        """The sign as it is, without its marks."""
        return _exact(self.piece.text[:1]) if self.key != "\0" else self.key


def _exact(sign: str) -> str:
    return sign if is_arabic_letter(sign) else folded(sign)


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A line as the copy orders it."""

    #: The line.
    text: Traced
    #: Share of its letters that the copy has too, in rows of four and more.
    sure: float
    #: Letters of the line that the copy does not have there.
    unlike: int
    #: For each sign of the line the place of its letter in the copy's text, -1 for none.
    places: tuple[int, ...]
    #: The signs of the line, in the order they stood.
    signs: tuple[Sign, ...]


def signs_of(text: Traced) -> list[Sign]:
    """Split a line into signs; marks and tatweel go with the sign before them."""
    found: list[Sign] = []
    start, key, spaced, gap = 0, "", False, False
    for place, sign in enumerate(text.text):
        if sign.isspace():
            if key:
                found.append(Sign(key, text[start:place], spaced))
            key, gap, start = "", True, place + 1
            continue
        shape = folded(sign)
        if shape:
            if key:
                found.append(Sign(key, text[start:place], spaced))
                start = place
            key, spaced, gap = shape, gap, False
        elif not key:
            # a mark without a letter before it: a sign of its own
            found.append(Sign("\0", text[place : place + 1], gap))
            start, gap = place + 1, False
    if key:
        found.append(Sign(key, text[start:], spaced))
    return found


def place(line: Traced, window: Window, copy: Reference) -> Placed:
    """Put a line into the order of its window.

    >>> copy = Reference(name="", kind="plain", text="تعقد الدول الأطراف اجتماعا كل سنة")
    >>> place(Traced.of("اجتماعا  تعقد الدول الأطراف"), Window(0, 23, 0.0), copy).text.text
    'تعقد الدول الأطراف اجتماعا'
    """
    signs = signs_of(line)
    targets = _targets(window, copy)
    laid, rows = _laid(signs, [copy.text[at] for at in targets])
    order = _order(signs, laid)
    places = tuple(targets[at] if at >= 0 else -1 for at in laid)
    letters = [n for n, sign in enumerate(signs) if sign.key.isalnum()]
    return Placed(
        text=_written(line, signs, order, places, copy.text),
        sure=sum(1 for n in letters if rows[n] >= min(4, len(letters))) / max(1, len(letters)),
        unlike=sum(1 for n in letters if laid[n] < 0 or not _is_like(signs[n], places[n], copy)),
        places=places,
        signs=tuple(signs),
    )


def _is_like(sign: Sign, at: int, copy: Reference) -> bool:
    return sign.key == folded(copy.text[at])


def _targets(window: Window, copy: Reference) -> list[int]:
    """Return the offsets of the signs of a window, with those around and between its letters."""
    found: list[int] = []
    before: int | None = None
    for letter in window.letters:
        at = copy.places[letter]
        if before is None:
            found.extend(_signs_before(copy, letter))
        elif copy.places[letter - 1] == before:
            found.extend(n for n in range(before + 1, at) if folded(copy.text[n]))
        if not found or found[-1] != at:
            found.append(at)
        before = at
    if before is not None:
        found.extend(_signs_after(copy, window.last))
    return found


def _signs_before(copy: Reference, letter: int) -> list[int]:
    """Return the signs that lean on a letter from before: «(» of «(1)», not the stop before it."""
    start = copy.places[letter - 1] + 1 if letter else 0
    found: list[int] = []
    for at in range(copy.places[letter] - 1, start - 1, -1):
        if copy.text[at].isspace():
            break
        found.append(at)
    return [at for at in reversed(found) if folded(copy.text[at])]


def _signs_after(copy: Reference, letter: int) -> list[int]:
    """Return the signs that lean on the last letter from behind."""
    end = copy.places[letter] if letter < len(copy.places) else len(copy.text)
    found: list[int] = []
    for at in range(copy.places[letter - 1] + 1, end):
        if copy.text[at].isspace():
            break
        found.append(at)
    return [at for at in found if folded(copy.text[at])]


def _laid(ours: Sequence[Sign], theirs: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return for each of our signs the one of theirs it is, and how long the row was laid.

    Letters as they are come before folded ones: «إدماج» is not to lend its alef to «أهداف».
    """
    exact = [sign.exact for sign in ours], [_exact(sign) for sign in theirs]
    loose = [sign.key for sign in ours], [folded(sign) for sign in theirs]
    laid, rows = [-1] * len(ours), [0] * len(ours)
    taken = [False] * len(theirs)
    long, single = _ROWS[:-1], _ROWS[-1:]
    for (one, two), sizes in ((exact, long), (loose, long), (exact, single), (loose, single)):
        if sizes is single and one is exact[0]:
            _lay_enclosed(ours, laid, taken, loose[1])
        for size in sizes:
            while _lay(_rows(one, two, laid, taken, size), laid, rows, taken):
                pass
    _lay_orphans(ours, laid, taken, loose[1])
    return laid, rows


def _lay_enclosed(
    ours: Sequence[Sign], laid: list[int], taken: list[bool], theirs: Sequence[str]
) -> None:
    """Lay a letter or two that the copy misread: «فيكفي» where it has «فيكقي»."""
    for start, end in _left_over(laid):
        if start == 0 or end == len(laid) or end - start > _MISREAD:
            continue
        one, two = laid[start - 1], laid[end]
        free = {key for key, gone in zip(theirs, taken, strict=True) if not gone}
        if any(sign.key in free for sign in ours[start:end]):
            continue
        inside = not any(ours[at].spaced for at in range(start, end + 1))
        if inside and two - one - 1 == end - start and not any(taken[one + 1 : two]):
            for step in range(end - start):
                laid[start + step] = one + 1 + step
                taken[one + 1 + step] = True


def _lay_orphans(
    ours: Sequence[Sign], laid: list[int], taken: list[bool], theirs: Sequence[str]
) -> None:
    """Lay a torn piece that the copy misread into the gap that is left: «أنفسهـ» and «م»."""
    blocked = [
        0 if gone or not key.isalpha() else -1 for gone, key in zip(taken, theirs, strict=True)
    ]
    gaps = _left_over(blocked)
    for start, end in _left_over(laid):
        if not all(sign.key.isalpha() for sign in ours[start:end]):
            continue
        before = laid[start - 1] + 1 if start else -1
        after = laid[end] if end < len(laid) else -1
        fitting = [gap for gap in gaps if gap[1] - gap[0] == end - start]
        beside = [gap for gap in fitting if gap[0] == before or gap[1] == after]
        torn = not any(gap[0] == before or gap[1] == after for gap in gaps)
        if beside or (torn and len(fitting) == 1):
            gap = (beside or fitting)[0]
            gaps.remove(gap)
            for step in range(end - start):
                laid[start + step] = gap[0] + step
                taken[gap[0] + step] = True


def _left_over(laid: Sequence[int]) -> list[tuple[int, int]]:
    """Return the stretches that are not laid yet."""
    found: list[tuple[int, int]] = []
    for at, place in enumerate(laid):
        if place >= 0:
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _rows(
    ours: Sequence[str], theirs: Sequence[str], laid: list[int], taken: list[bool], size: int
) -> list[tuple[int, int, int]]:
    """Return rows that both have free and that are no shorter than `size`, longest first."""
    met: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(theirs) - size + 1):
        if not any(taken[at : at + size]):
            met[tuple(theirs[at : at + size])].append(at)
    found = []
    here = 0
    while here <= len(ours) - size:
        longest = 0
        if all(at < 0 for at in laid[here : here + size]):
            for at in met.get(tuple(ours[here : here + size]), ())[:_MOST_MET]:
                length = size
                while _goes_on(ours, theirs, laid, taken, here + length, at + length):
                    length += 1
                found.append((-length, here, at))
                longest = max(longest, length)
        here += max(1, longest - size + 1)
    return sorted(found)


def _goes_on(
    ours: Sequence[str],
    theirs: Sequence[str],
    laid: list[int],
    taken: list[bool],
    here: int,
    at: int,
) -> bool:
    if here >= len(ours) or at >= len(theirs):
        return False
    return laid[here] < 0 and not taken[at] and ours[here] == theirs[at]


def _lay(
    found: list[tuple[int, int, int]], laid: list[int], rows: list[int], taken: list[bool]
) -> bool:
    any_laid = False
    for length, here, at in found:
        size = -length
        free = all(n < 0 for n in laid[here : here + size]) and not any(taken[at : at + size])
        if not free:
            continue
        for step in range(size):
            laid[here + step] = at + step
            rows[here + step] = size
            taken[at + step] = True
        any_laid = True
    return any_laid


def _order(signs: Sequence[Sign], laid: list[int]) -> list[int]:
    """Return our signs in the copy's order; one the copy lacks goes where its neighbour goes."""
    keys: list[tuple[float, int]] = []
    last = -1.0
    for here, at in enumerate(laid):
        if at >= 0:
            last = float(at)
            keys.append((last, 0))
            continue
        following = next((n for n in laid[here + 1 :] if n >= 0), -1)
        torn = signs[here].spaced and following >= 0 and not _spaced_next(signs, laid, here)
        # beside the sign before it, unless a space parts them and none parts it from the next
        anchor = following - 0.5 if torn or last < 0 else last + 0.25
        keys.append((anchor, here))
    return sorted(range(len(signs)), key=lambda here: (keys[here], here))


def _spaced_next(signs: Sequence[Sign], laid: list[int], here: int) -> bool:
    """Tell whether a space parts this sign from the next that the copy has."""
    for following in range(here + 1, len(signs)):
        if signs[following].spaced:
            return True
        if laid[following] >= 0:
            return False
    return True


def _written(
    line: Traced, signs: Sequence[Sign], order: list[int], places: Sequence[int], text: str
) -> Traced:
    parted = [False, *(_parted(signs, a, b, places, text) for a, b in pairwise(order))]
    _correct(parted, [signs[here] for here in order], order)
    out: list[Traced] = []
    used: set[int] = set()
    at = {origin: place for place, origin in reversed(list(enumerate(line.origins)))}
    for count, here in enumerate(order):
        if parted[count]:
            out.append(_space(line, signs[here], at, used))
        out.append(signs[here].piece)
    return Traced.joined(out)


def _correct(parted: list[bool], signs: Sequence[Sign], order: Sequence[int]) -> None:
    """Where the copy and the line part letters otherwise, ask which makes words."""
    for at in range(1, len(order)):
        if not (signs[at - 1].key.isalpha() and signs[at].key.isalpha()):
            continue
        beside = order[at] == order[at - 1] + 1
        if beside and signs[at].spaced == parted[at]:
            continue
        if parted[at] and not beside:
            continue
        before, after = _word_before(parted, signs, at), _word_after(parted, signs, at)
        parted[at] = reads_parted(
            before, after, otherwise=parted[at], common=1.0 if beside else _SEAM_COMMON
        )


def _word_before(parted: Sequence[bool], signs: Sequence[Sign], at: int) -> str:
    first = at - 1
    while first and not parted[first] and signs[first - 1].key.isalpha():
        first -= 1
    return "".join(sign.exact for sign in signs[first:at])


def _word_after(parted: Sequence[bool], signs: Sequence[Sign], at: int) -> str:
    last = at + 1
    while last < len(signs) and not parted[last] and signs[last].key.isalpha():
        last += 1
    return "".join(sign.exact for sign in signs[at:last])


def _parted(
    signs: Sequence[Sign], before: int, here: int, places: Sequence[int], text: str
) -> bool:
    """Tell whether a space stands between two signs: as in the copy, if it has both."""
    beside = here == before + 1
    one, two = places[before], places[here]
    if one < 0 or two < 0 or two <= one:
        return signs[here].spaced if beside else _may_part(signs[before], signs[here])
    digits = signs[before].key.isdigit() and signs[here].key.isdigit()
    if beside and (digits or signs[here].key in "-–"):
        # «٦ ٠٠٠» is one number, and «١-» its own style: both as they stood
        return signs[here].spaced
    if signs[here].key in "-–" and signs[before].key.isalnum():
        return False
    return any(sign.isspace() for sign in text[one + 1 : two])


def _may_part(before: Sign, here: Sign) -> bool:
    """A sign the copy does not have, beside one that it did not stand beside."""
    if not before.key.isalnum() or not here.key.isalnum():
        return False
    return before.piece.text[:1] in NON_JOINING


def _space(line: Traced, sign: Sign, at: dict[int, int], used: set[int]) -> Traced:
    """Take the space that stood before a sign, else record one as inserted."""
    place = at.get(sign.piece.origins[0], 0)
    if sign.spaced and place and line.text[place - 1] == " " and place not in used:
        used.add(place)
        return line[place - 1 : place]
    return Traced.inserted(" ")
