"""Damage with known truth: what a bad extraction does to clean text, made on purpose.

Clean text is wrapped into lines; each line is cut into runs, the runs are written out in reverse,
letters are stretched with tatweel, digraphs vanish behind private codes. The truth is kept, so
tests and benchmarks can say how much of it a repair brings back.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from marsad.arabic.letters import NON_JOINING, TATWEEL, is_arabic_letter

_NUMBER_FIRST = re.compile(r"^([0-9٠-٩]{1,3})[-–] ?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """How much of each kind of damage to do, as chances from 0 to 1."""

    #: Letters per line at which the text is wrapped; 0 keeps the lines as they are.
    width: int = 80
    #: Chance that a line is written out in several runs.
    runs: float = 0.6
    #: Chance that a cut between runs falls inside a word.
    torn: float = 0.25
    #: Chance that a space at a seam grows to a gap.
    gaps: float = 0.5
    #: Chance that a joining letter is stretched.
    tatweel: float = 0.12
    #: Digraphs to hide, and the private code of each.
    codes: tuple[tuple[str, str], ...] = (("ته", "\ue814"), ("به", "\ue812"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Damaged:
    """Damaged text and the truth behind it, line for line."""

    #: What a bad extraction would give.
    text: str
    #: The clean text with the same line breaks.
    truth: str


def damage(text: str, *, rng: random.Random, recipe: Recipe | None = None) -> Damaged:
    """Damage a clean text.

    >>> made = damage("١- تشارك الدول الأطراف في الاجتماع.", rng=random.Random(1))
    >>> made.truth
    '١- تشارك الدول الأطراف في الاجتماع.'
    """
    chosen = recipe or Recipe()
    truth = [part for line in text.split("\n") for part in _wrapped(line, chosen.width)]
    broken = [_line(line, rng, chosen) for line in truth]
    return Damaged(text="\n".join(broken), truth="\n".join(truth))


def _wrapped(line: str, width: int) -> list[str]:
    if not width or len(line) <= width:
        return [line]
    lines: list[str] = []
    for word in line.split(" "):
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def _line(line: str, rng: random.Random, recipe: Recipe) -> str:
    if not any(map(is_arabic_letter, line)):
        return line
    marker = _NUMBER_FIRST.match(line)
    rest = line[marker.end() :] if marker else line
    runs = _runs(rest, rng, recipe)
    if marker:
        runs.insert(0, f"  -{marker.group(1)}")
    written = "".join(reversed(runs))
    for letters, code in recipe.codes:
        written = written.replace(letters, code)
    return _stretched(written, rng, recipe.tatweel)


def _runs(line: str, rng: random.Random, recipe: Recipe) -> list[str]:
    """Cut a line into runs; the space at a seam stays with one of its neighbours."""
    if rng.random() >= recipe.runs or len(line) < 12:
        return [line]
    cuts = sorted({_cut(line, rng, recipe) for _ in range(rng.randint(1, 3))} - {0, len(line)})
    runs = [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    return [_gapped(run, rng, recipe) for run in runs]


def _cut(line: str, rng: random.Random, recipe: Recipe) -> int:
    place = rng.randrange(4, len(line) - 4)
    if rng.random() < recipe.torn and line[place : place + 1].isalpha():
        return place
    return line.find(" ", place) + 1


def _gapped(run: str, rng: random.Random, recipe: Recipe) -> str:
    if rng.random() < recipe.gaps and run.endswith(" "):
        return run + " " * rng.randint(1, 6)
    return run


def _stretched(line: str, rng: random.Random, chance: float) -> str:
    out: list[str] = []
    for letter, following in zip(line, [*line[1:], " "], strict=True):
        out.append(letter)
        joins = is_arabic_letter(letter) and letter not in NON_JOINING
        if joins and is_arabic_letter(following) and rng.random() < chance:
            out.append(TATWEEL * rng.randint(1, 2))
    return "".join(out)
