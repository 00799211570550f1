"""What recognition makes of a line: letters that look alike, lost letters, words run together."""

from __future__ import annotations

import random
import re
from typing import Final

from marsad.arabic.damage.recipe import Recipe
from marsad.arabic.letters import DIGITS, is_arabic_letter

#: Letters that differ by their dots, or by a stroke that a bad print loses.
_ALIKE: Final = (
    "بتثني",
    "جحخ",
    "دذ",
    "رز",
    "سش",
    "صض",
    "طظ",
    "عغ",
    "فق",
    "ةه",
    "يئى",
    "اأإ",
    "لا",
    "مه",
)
_FOR: Final = {
    letter: "".join(dict.fromkeys("".join(g for g in _ALIKE if letter in g).replace(letter, "")))
    for letter in set("".join(_ALIKE))
}
_FIGURES = re.compile(f"[{''.join(sorted(DIGITS))}]{{2,}}")


def recognised(line: str, rng: random.Random, recipe: Recipe) -> str:
    """The line with some of the errors of recognition; other letters than before."""
    line = _FIGURES.sub(lambda found: _fewer(found.group(), rng, recipe.figures), line)
    return "".join(
        _seen(line[place - 1 : place], sign, line[place + 1 : place + 2], rng, recipe)
        for place, sign in enumerate(line)
    )


def _fewer(figures: str, rng: random.Random, chance: float) -> str:
    if rng.random() >= chance:
        return figures
    lost = rng.randrange(len(figures))
    return figures[:lost] + figures[lost + 1 :]


def _seen(before: str, sign: str, after: str, rng: random.Random, recipe: Recipe) -> str:
    """One character, as it comes out."""
    if sign == " " and is_arabic_letter(before or " ") and is_arabic_letter(after or " "):
        return _blank(rng, recipe)
    if not is_arabic_letter(sign):
        return sign
    inside = is_arabic_letter(before or " ") and is_arabic_letter(after or " ")
    if inside and rng.random() < recipe.dropped:
        return ""
    if sign in _FOR and rng.random() < recipe.confused:
        return rng.choice(_FOR[sign])
    return sign


def _blank(rng: random.Random, recipe: Recipe) -> str:
    chance = rng.random()
    if chance < recipe.joined:
        return ""
    return ". " if chance < recipe.joined + recipe.stops else " "
