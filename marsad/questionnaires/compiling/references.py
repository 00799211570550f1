"""`${name}` in expressions and words: what is referred to, and what is left without dollars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marsad.questionnaires.checking import xpath

#: `${name}` and `${last-saved#name}`.
REFERENCE = re.compile(r"\$\{\s*(?P<saved>last-saved#)?(?P<name>[^${}]*?)\s*\}")
_OPEN = re.compile(r"\$\{[^}]*$|\$\{[^}]*\$\{")
#: What a reference becomes for the reader of expressions: a name of the same length.
_HELD = re.compile(r"__(?P<name>.+)_")


def names_in(text: str) -> list[str]:
    """Every name referred to, in order."""
    return [found["name"] for found in REFERENCE.finditer(text)]


def broken_in(text: str) -> str:
    """A reference that does not close; empty where all do.

    >>> broken_in("${age} > ${limit"), broken_in("${age} > 3")
    ('${limit', '')
    """
    found = _OPEN.search(text)
    if found:
        return found.group()[:60]
    return next((each.group() for each in REFERENCE.finditer(text) if not each["name"]), "")


def readable(expression: str) -> str:
    """The expression with names for references, so that places in it stay the same.

    >>> readable("${age} > 3")
    '__age_ > 3'
    """

    def held(found: re.Match[str]) -> str:
        inner = found.group()[2:-1].replace("#", "_").replace(" ", "_")
        return f"__{inner}_"

    return REFERENCE.sub(held, expression)


def dependencies(expression: xpath.Expression) -> Iterator[str]:
    """Names that an expression needs the values of, where it stands.

    What it takes from other repetitions (`indexed-repeat`, a predicate on the position) is left
    out: a running total looks back at the repetition before and is no circle.
    """
    if isinstance(expression, xpath.Call):
        if expression.name == "indexed-repeat":
            for argument in expression.arguments[2::2]:
                yield from dependencies(argument)
            return
        for argument in expression.arguments:
            yield from dependencies(argument)
    elif isinstance(expression, xpath.Binary):
        yield from dependencies(expression.left)
        yield from dependencies(expression.right)
    elif isinstance(expression, xpath.Negative):
        yield from dependencies(expression.value)
    elif isinstance(expression, xpath.Path):
        yield from _of_path(expression)


def _of_path(path: xpath.Path) -> Iterator[str]:
    if not isinstance(path.start, str):
        yield from dependencies(path.start)
    by_position = any(step.predicates for step in path.steps) and path.start == "."
    for step in path.steps:
        found = _HELD.fullmatch(step.name)
        if found and not by_position and not found["name"].startswith("last-saved_"):
            yield found["name"]
        for predicate in step.predicates:
            yield from dependencies(predicate)


def name_in(path: xpath.Expression) -> str:
    """The name that a bare reference stands for; empty for anything else."""
    if isinstance(path, xpath.Path) and path.start == "." and len(path.steps) == 1:
        found = _HELD.fullmatch(path.steps[0].name)
        return found["name"] if found else ""
    return ""
