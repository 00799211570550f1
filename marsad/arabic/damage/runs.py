"""A line of clean text, written out run by run from the left edge of the page."""

from __future__ import annotations

import random
import re

from marsad.arabic.damage.recipe import Recipe
from marsad.arabic.letters import MARKS, NON_JOINING, TATWEEL, is_arabic_letter, is_private

#: «١- », «أولا- », «(أ) » at the start of a line.
_MARKER = re.compile(r"^(?:(?P<dashed>[0-9٠-٩]{1,3}|[ء-ي]{3,6})- ?|(?P<bracketed>\([ء-ي]ـ?\)) )")
#: What a page draws in a run of its own: a symbol or a Latin phrase, a number, a bracket, a stop.
_SIGN = re.compile(
    r"[A-Za-z][\w/.,'&-]*(?: [A-Za-z][\w/.,'&-]*)*|[0-9٠-٩]+(?:[/.,٫٬][0-9٠-٩]+)*|[()\[\]«»]"
    r"|[.:](?=\s|$)"
)
_WORD = re.compile(rf"[ء-ي{''.join(sorted(MARKS))}]+")
_SHORTEST = 12
#: A page stretches no more joints so far than one for so many letters.
_LETTERS_PER_JOINT = 10
#: Chance that a run goes on with the portion before it, in a line of several layers.
_GOES_ON = 0.4


def in_runs(line: str, rng: random.Random, recipe: Recipe) -> str:
    """The line as a page in runs gives it; letters are moved, never changed."""
    marker = _MARKER.match(line) if rng.random() < recipe.markers else None
    rest = line[marker.end() :] if marker else line
    written = "".join(_written(rest, rng, recipe))
    if marker is None:
        return written
    loose = f"-{marker['dashed']}" if marker["dashed"] else marker["bracketed"]
    return f"{written.rstrip()}{' ' * rng.randint(1, 9)}{loose}"


def _written(line: str, rng: random.Random, recipe: Recipe) -> list[str]:
    if rng.random() >= recipe.runs or len(line) < _SHORTEST:
        return [line]
    joints = _stretched_joints(line, rng, recipe)
    cuts = sorted((_cuts(line, rng, recipe) | joints) - {0, len(line)})
    bounds = list(zip([0, *cuts], [*cuts, len(line)], strict=True))
    runs = [(TATWEEL * 2 if start in joints else "") + line[start:end] for start, end in bounds]
    runs[-1] += " "  # a line that goes on ends in the space before its next word
    layers = max(recipe.layers, 0.5) if joints else recipe.layers
    return [_edged(run, rng, recipe) for run in _ordered(runs, rng, layers)]


def _cuts(line: str, rng: random.Random, recipe: Recipe) -> set[int]:
    cuts = {_cut(line, rng, recipe) for _ in range(rng.randint(1, recipe.cuts))}
    for sign in _SIGN.finditer(line):
        if rng.random() < recipe.signs:
            cuts |= {sign.start(), sign.end()}
    for word in _WORD.finditer(line):
        place = _first_mark(word.group())
        if place and rng.random() < recipe.marked:
            cuts |= {word.start() + place, word.end()}
    return cuts


def _cut(line: str, rng: random.Random, recipe: Recipe) -> int:
    place = rng.randrange(4, len(line) - 4)
    if rng.random() < recipe.torn and _may_part(line[place - 1], line[place]):
        return place
    space = line.find(" ", place)
    return space + 1 if space > 0 else len(line)


def _may_part(letter: str, following: str) -> bool:
    """Two letters of one word, unless they are drawn as one («لا»)."""
    drawn_as_one = letter == "ل" and following in "اأإآ"
    return is_arabic_letter(letter) and is_arabic_letter(following) and not drawn_as_one


def _first_mark(word: str) -> int | None:
    """Where the letter with the first mark stands: 3 in «الاتِّجار»."""
    return next((place - 1 for place, sign in enumerate(word) if sign in MARKS), None)


def _stretched_joints(line: str, rng: random.Random, recipe: Recipe) -> set[int]:
    """Places inside words where a stretched joint begins a run."""
    if rng.random() >= recipe.kashida:
        return set()
    joints = [
        place
        for place in range(2, len(line))
        if joins(line[place - 1]) and _may_part(line[place - 1], line[place])
    ]
    most = max(2, len(line) // _LETTERS_PER_JOINT)
    return set(rng.sample(joints, min(len(joints), most, rng.randint(2, 7))))


def joins(letter: str) -> bool:
    """Tell whether a letter is tied to the letter after it."""
    return is_arabic_letter(letter) and letter not in NON_JOINING


def _ordered(runs: list[str], rng: random.Random, layers: float) -> list[str]:
    """The runs last one first, or portion by portion as `decoder/layers.py` tells."""
    if len(runs) < 4 or rng.random() >= layers:
        return runs[::-1]
    portions: list[list[str]] = []
    for run in runs:
        goes_on = portions and (run.startswith(TATWEEL) or rng.random() < _GOES_ON)
        if goes_on:
            portions[-1].append(run)
        else:
            portions.append([run])
    return by_portions([_set_apart(portion) for portion in portions])


def _set_apart(portion: list[str]) -> list[str]:
    """The pieces of one portion, with the space that the extractor puts behind each."""
    return [run + " " for run in portion] if len(portion) > 1 else portion


def by_portions(portions: list[list[str]]) -> list[str]:
    """Write out portions one after another, each in reverse, and in reverse where two meet.

    >>> "".join(by_portions([list("1234"), list("567")]))
    '4327165'
    >>> "".join(by_portions([["1"], ["2"], ["3"]]))
    '321'
    """
    written = [run for portion in portions for run in reversed(portion)]
    meeting: list[int] = []
    place = 0
    for portion in portions:
        place += len(portion)
        meeting.append(place)
    start = 0
    while start < len(written):
        end = start + 1
        while end in meeting and end < len(written):
            end += 1
        written[start:end] = written[start:end][::-1]
        start = end
    return written


def _edged(run: str, rng: random.Random, recipe: Recipe) -> str:
    """A sign loses the spaces beside it, or the space at the end of a run grows."""
    if _SIGN.fullmatch(run.strip()):
        return run.strip() if rng.random() < recipe.glued else run
    if run.endswith(" ") and rng.random() < recipe.gaps:
        return run + " " * rng.randint(1, 6)
    return run


def stretched(line: str, rng: random.Random, chance: float) -> str:
    """The line with some of its joints drawn out."""
    out: list[str] = []
    for letter, following in zip(line, [*line[1:], " "], strict=True):
        out.append(letter)
        tied = is_private(following) or _may_part(letter, following)
        if joins(letter) and tied and rng.random() < chance:
            out.append(TATWEEL * rng.randint(1, 2))
    return "".join(out)
