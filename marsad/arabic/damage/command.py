"""`python -m marsad.arabic damage FILE --seed N`: damage with known truth."""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from marsad.arabic.damage import RECIPES, Damaged, Recipe, damage
from marsad.arabic.errors import NoSuchRecipe, Unreadable
from marsad.arabic.given import text_of
from marsad.arabic.output import write
from marsad.problems import Problem

_FIELDS = {field.name: field for field in dataclasses.fields(Recipe) if field.name != "codes"}

_HELP = """Damage a clean text as bad extractions do; the same seed gives the same damage.

The damaged text goes to standard output. --truth prints the truth instead, line for line the same;
--truth FILE writes it to FILE beside. With --format json, one object holds seed, recipe and lines,
each with text and truth."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        recipe = _recipe(options.recipe, options.set)
        clean = text_of(options.file).text
        made = damage(clean, rng=random.Random(options.seed), recipe=recipe)  # noqa: S311
        if isinstance(options.truth, str):
            _store(options.truth, _ended(made.truth))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    if options.format == "json":
        write(_as_json(made, options.seed, recipe))
    else:
        write(_ended(made.truth if options.truth is True else made.text))
    return 0


def _parser() -> argparse.ArgumentParser:
    shown = ", ".join(f"{name} ({field.default})" for name, field in _FIELDS.items())
    parser = argparse.ArgumentParser(
        prog="python -m marsad.arabic damage",
        description=f"{_HELP}\n\nWhat --set takes, and what a recipe has by itself: {shown}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a clean text; - reads standard input")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="a whole number (0)")
    parser.add_argument("--recipe", default="justified", help=f"one of {', '.join(RECIPES)}")
    parser.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="change one figure of it"
    )
    parser.add_argument("--truth", nargs="?", const=True, metavar="FILE", help="the clean lines")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _recipe(name: str, settings: Sequence[str]) -> Recipe:
    if name not in RECIPES:
        raise NoSuchRecipe(given=name, known=", ".join(RECIPES))
    changed: dict[str, float] = {}
    for setting in settings:
        figure, _sign, value = setting.partition("=")
        if figure not in _FIELDS:
            raise NoSuchRecipe(given=setting, known=", ".join(_FIELDS))
        whole = isinstance(_FIELDS[figure].default, int)
        try:
            changed[figure] = int(value) if whole else float(value)
        except ValueError:
            raise NoSuchRecipe(given=setting, known=", ".join(_FIELDS)) from None
    return dataclasses.replace(RECIPES[name], **changed)  # type: ignore[arg-type]


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _store(file: str, truth: str) -> None:
    try:
        Path(file).write_text(truth, encoding="utf-8")
    except OSError as error:
        raise Unreadable(name=file, reason=error.strerror or "unknown reason") from None


def _as_json(made: Damaged, seed: int, recipe: Recipe) -> str:
    kept = {
        "seed": seed,
        "recipe": dataclasses.asdict(recipe),
        "lines": [{"text": text, "truth": truth} for text, truth in made.pairs()],
    }
    return json.dumps(kept, ensure_ascii=False) + "\n"
