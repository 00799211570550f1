"""Lines of clean text, as they would stand on a page: wrapped, with note numbers and marks."""

from __future__ import annotations

import random
import re

from marsad.arabic.damage.recipe import Recipe

_SENTENCE_END = re.compile(r"(?<=[ء-ي]{3}[.،]) ")
#: Stems that typists mark, because they could be read otherwise.
_MARKED = {
    "اتجار": "اتِّجار",
    "مقدمي": "مقدِّمي",
    "معرض": "معرَّض",
    "مؤثر": "مؤثِّر",
    "محدد": "محدَّد",
}
_STEM = re.compile("|".join(_MARKED))
_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def laid_out(text: str, rng: random.Random, recipe: Recipe) -> list[str]:
    """The lines of the truth."""
    noted = _with_notes(text, rng, recipe.notes)
    if recipe.vowelled:
        noted = _STEM.sub(
            lambda found: _MARKED[found[0]] if rng.random() < recipe.vowelled else found[0], noted
        )
    return [part for line in noted.split("\n") for part in _wrapped(line, recipe.width)]


def _with_notes(text: str, rng: random.Random, chance: float) -> str:
    if not chance:
        return text
    count = 0

    def noted(found: re.Match[str]) -> str:
        nonlocal count
        if rng.random() >= chance:
            return found.group()
        count += 1
        return f"({str(count).translate(_INDIC)}) "

    return _SENTENCE_END.sub(noted, text)


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
