"""In which order a form is best computed: what others look at first.

Values are computed when something looks at them, and what they look at before them. Through a form
in which each of a thousand calculations looks at the next, that would go a thousand deep; asked in
this order it never goes deeper than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from marsad.questionnaires.checking import xpath

if TYPE_CHECKING:
    from marsad.questionnaires.checking.form import Field

#: Rules that decide what has a value.
_DECIDE = ("relevant", "calculate")
#: Chains no longer than this are followed as they come.
SHORT = 30


def deep_order(fields: Mapping[str, Field]) -> list[Field]:
    """Fields with rules, each after those it looks at; empty where no chain is long."""
    needs = {path: list(_needs(field, fields)) for path, field in fields.items()}
    depths: dict[str, int] = {}
    for path in _after_what_it_needs(needs):
        depths[path] = 1 + max((depths.get(needed, 0) for needed in needs[path]), default=0)
    if max(depths.values(), default=0) <= SHORT:
        return []
    return [fields[path] for path in depths if any(fields[path].rules.get(r) for r in _DECIDE)]


def _needs(field: Field, fields: Mapping[str, Field]) -> Iterator[str]:
    if field.parent is not None:
        yield field.parent.path
    for rule in _DECIDE:
        text = field.rules.get(rule, "")
        for path in _paths(text) if text else ():
            needed = _resolved(path, field.path)
            if needed in fields:
                yield needed


def needs_of(field: Field, fields: Mapping[str, Field]) -> list[str] | None:
    """The paths of whatever decides if a field is asked and what it is worth.

    None where that cannot be told from the words of its rules: a path with a wildcard, a list.
    """
    found = [] if field.parent is None else [field.parent.path]
    for rule in _DECIDE:
        text = field.rules.get(rule, "")
        if not text:
            continue
        try:
            parts = xpath.walk(xpath.parse(text))
        except xpath.Unreadable:
            return None
        for part in parts:
            if not isinstance(part, xpath.Path):
                continue
            if any(step.axis not in ("child", "parent", "self") for step in part.steps):
                return None
            needed = _resolved(part, field.path)
            if needed not in fields:
                return None
            found.append(needed)
            found += _all_below(fields[needed])
    return found


def _all_below(field: Field) -> list[str]:
    """What a group holds: a rule that looks at a group looks at all of it."""
    found: list[str] = []
    for child in field.children:
        found += [child.path, *_all_below(child)]
    return found


def _paths(text: str) -> list[xpath.Path]:
    try:
        parts = xpath.walk(xpath.parse(text))
    except xpath.Unreadable:
        return []
    return [part for part in parts if isinstance(part, xpath.Path)]


def _resolved(path: xpath.Path, at: str) -> str:
    """The field that a path leads to, whatever its predicates leave out."""
    if path.start == "/":
        steps: list[str] = []
    elif path.start == "." or path.start == xpath.Call("current", ()):
        steps = at.strip("/").split("/")
    else:
        return ""
    for step in path.steps:
        if step.axis == "parent":
            steps = steps[:-1]
        elif step.axis == "child":
            steps.append(step.name)
    return "/" + "/".join(steps)


def _after_what_it_needs(needs: Mapping[str, list[str]]) -> Iterator[str]:
    """Every path after those it needs; a circle is entered somewhere and left."""
    done: set[str] = set()
    for start in needs:
        waiting = [(start, iter(needs[start]))] if start not in done else []
        done.add(start)
        while waiting:
            path, ahead = waiting[-1]
            following = next((each for each in ahead if each not in done), None)
            if following is None:
                waiting.pop()
                yield path
            else:
                done.add(following)
                waiting.append((following, iter(needs[following])))
