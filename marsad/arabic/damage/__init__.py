"""Damage with known truth: what a bad extraction does to clean text, made on purpose.

Clean text is wrapped into lines; each line is cut into runs, the runs are written out in reverse,
letters are stretched with tatweel, some vanish behind private codes, or are recognised wrongly.
The truth is kept line for line, so tests and benchmarks can say how much of it a repair brings
back. The same seed gives the same damage.

>>> import random
>>> made = damage("١- تشارك الدول الأطراف في الاجتماع.", rng=random.Random(1))
>>> made.truth
'١- تشارك الدول الأطراف في الاجتماع.'
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.arabic.damage.lines import laid_out
from marsad.arabic.damage.noise import recognised
from marsad.arabic.damage.recipe import RECIPES, Recipe
from marsad.arabic.damage.runs import in_runs, stretched
from marsad.arabic.letters import is_arabic_letter

__all__ = ["RECIPES", "Damaged", "Recipe", "copies", "damage"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Damaged:
    """Damaged text and the truth behind it, line for line."""

    #: What a bad extraction would give.
    text: str
    #: The clean text with the same line breaks.
    truth: str

    def pairs(self) -> list[tuple[str, str]]:
        """Each line as it came and as it should read."""
        return list(zip(self.text.split("\n"), self.truth.split("\n"), strict=True))


def damage(text: str, *, rng: random.Random, recipe: Recipe | None = None) -> Damaged:
    """Damage a clean text, line by line."""
    chosen = recipe or Recipe()
    truth = laid_out(text, rng, chosen)
    broken = [_line(line, rng, chosen) for line in truth]
    return Damaged(text="\n".join(broken), truth="\n".join(truth))


def copies(text: str, *, seed: int, recipes: Sequence[Recipe]) -> tuple[Damaged, ...]:
    """Several copies of one document, each damaged in its own way.

    >>> one, other = copies("قرر المؤتمر ما يلي", seed=1, recipes=list(RECIPES.values())[:2])
    >>> one.truth.split() == other.truth.split()
    True
    """
    once = [replace(recipe, notes=0.0) for recipe in recipes]  # the truth is one
    return tuple(
        damage(text, rng=random.Random(f"{seed}:{place}"), recipe=recipe)  # noqa: S311
        for place, recipe in enumerate(once)
    )


def _line(line: str, rng: random.Random, recipe: Recipe) -> str:
    if not any(map(is_arabic_letter, line)):
        return line
    line = recognised(line, rng, recipe)
    for letters, code in recipe.codes:
        line = line.replace(letters, code)
    return stretched(in_runs(line, rng, recipe), rng, recipe.tatweel)
