"""The signs of a scrambled line, put where the copy has them.

The longest rows of signs that line and copy share are laid first, then shorter ones, single signs
last. What the copy does not have (a letter it misread) stays beside the sign it stood beside.
Nothing is added but spaces, and nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.arabic.copies.reference import Reference, folded
from marsad.arabic.copies.windows import Window
from marsad.arabic.letters import NON_JOINING, is_arabic_letter
from marsad.arabic.traced import Traced

#: Rows of signs laid down, longest first.
_ROWS = (24, 12, 6, 4, 3, 2, 1)
#: A row met more often than this in one line is laid where it is met first.
_MOST_MET = 12


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
        unlike=sum(1 for n in letters if laid[n] < 0),
        places=places,
        signs=tuple(signs),
    )


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
    for (one, two), sizes in (
        (exact, _ROWS[:-1]),
        (loose, _ROWS[:-1]),
        (exact, (1,)),
        (loose, (1,)),
    ):
        for size in sizes:
            while _lay(_rows(one, two, laid, taken, size), laid, rows, taken):
                pass
    return laid, rows


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
    out: list[Traced] = []
    used: set[int] = set()
    at = {origin: place for place, origin in reversed(list(enumerate(line.origins)))}
    for count, here in enumerate(order):
        sign = signs[here]
        if count and _parted(signs, order[count - 1], here, places, text):
            out.append(_space(line, sign, at, used))
        out.append(sign.piece)
    return Traced.joined(out)


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
