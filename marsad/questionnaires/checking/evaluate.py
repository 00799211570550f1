"""Expressions computed: each is made into a function once, and asked for every submission.

Values are text, numbers (float), yes and no (bool), and lists of elements, as in XPath 1.0. As ODK
does, a date compares as a number of days, an element that is not asked has no value, and a path
from the root stays inside the repeat it is asked in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from marsad.questionnaires.checking import values, xpath
from marsad.questionnaires.checking.errors import TooTangled
from marsad.questionnaires.checking.instance import Element

if TYPE_CHECKING:
    from marsad.questionnaires.checking.form import Form

Value: TypeAlias = "str | float | bool | list[Element]"
Compiled: TypeAlias = "Callable[[Scope], Value]"


#: Elements that the expressions of one submission may look at: a second or two of work.
MOST_LOOKED_AT = 500_000
#: Characters of one text, and of all the long ones that are made for one submission.
LONGEST = 200_000
MOST_WRITTEN = 50_000_000
#: What is shorter is not counted.
_SHORT = 1_000
#: Seconds that the patterns of one submission may take together.
PATTERNS_TAKE = 2.0


class CannotCompute(Exception):  # noqa: N818 - told by whoever asked
    """A function that is not known here, or a place that cannot be reached."""


@dataclass(slots=True)
class Run:
    """One submission being checked: what expressions may look at."""

    form: Form
    root: Element
    now: datetime
    #: Whether an element is asked, and its text: the check knows, lazily.
    is_relevant: Callable[[Element], bool] = field(default=lambda _element: True)
    text_of: Callable[[Element], str] = field(default=lambda element: element.text)
    #: How many elements expressions have looked at.
    spent: int = 0
    #: Seconds that patterns have taken.
    matched: float = 0.0
    #: Characters of the long texts that were made.
    made: int = 0

    def spend(self, count: int) -> None:
        """:raises TooTangled: once expressions have looked at more than any honest form asks."""
        self.spent += count
        if self.spent > MOST_LOOKED_AT:
            raise TooTangled

    def write(self, count: int) -> None:
        """:raises TooTangled: before texts grow beyond what any answer holds."""
        if count > _SHORT:
            self.made += count
            if count > LONGEST or self.made > MOST_WRITTEN:
                raise TooTangled

    def match_for(self, seconds: float) -> None:
        """:raises TooTangled: once patterns have taken longer than any honest form does."""
        self.matched += seconds
        if self.matched > PATTERNS_TAKE:
            raise TooTangled


@dataclass(slots=True)
class Scope:
    """Where an expression is computed."""

    run: Run
    #: The context, and what `current()` means: the question whose expression it is.
    element: Element
    current: Element
    #: Place of the element among those that a predicate judges, from 1.
    position: int = 1
    size: int = 1


# ── from one kind of value to another ────────────────────────────────────────────────────────────
def to_text(value: Value, run: Run) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return written(value)
    return text_of(value[0], run) if value else ""


def text_of(element: Element, run: Run) -> str:
    """The text of an element; of a group, of everything in it."""
    if element.field is None:
        return element.text
    return run.text_of(element)


def written(number: float) -> str:
    """A number as forms write it: whole ones without a point."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


def to_number(value: Value, run: Run) -> float:
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    text = to_text(value, run).strip()
    if not text:
        return math.nan
    try:
        return float(text) if text[0] in "+-.0123456789" and "_" not in text else math.nan
    except ValueError:
        found = values.days(text, now=run.now)
        return math.nan if found is None else found


def to_boolean(value: Value, run: Run) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, list):
        return any(element.children or text_of(element, run) for element in value)
    return bool(value)


# ── comparing ────────────────────────────────────────────────────────────────────────────────────
_NUMBERS = frozenset({"integer", "decimal", "range"})


def _atoms(value: Value, run: Run) -> list[str | float | bool]:
    if not isinstance(value, list):
        return [value]
    found: list[str | float | bool] = []
    for element in value:
        text = text_of(element, run)
        kind = element.field.kind if element.field else ""
        number = to_number(text, run) if kind in _NUMBERS and text else math.nan
        found.append(text if math.isnan(number) else number)
    return found


def _equal(left: str | float | bool, right: str | float | bool, run: Run) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left, run) == to_boolean(right, run)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left, run) == to_number(right, run)
    return left == right


def _compare(sign: str, left: Value, right: Value, run: Run) -> bool:
    if isinstance(left, list) != isinstance(right, list):
        # A list against yes or no: whether there is anything in it.
        if isinstance(left, bool):
            right = to_boolean(right, run)
        elif isinstance(right, bool):
            left = to_boolean(left, run)
    ones, others = _atoms(left, run), _atoms(right, run)
    if len(ones) > 1 and len(others) > 1:
        run.spend(len(ones) * len(others))
    if sign in ("=", "!="):
        # As on phones: a question without an answer is an empty text, not a missing one.
        ones, others = ones or [""], others or [""]
        wanted = sign == "="
        return any(_equal(one, other, run) is wanted for one in ones for other in others)
    return any(
        _ORDER[sign](to_number(one, run), to_number(other, run)) for one in ones for other in others
    )


_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left)


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) else math.nan


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "div": _divide,
    "mod": _remainder,
}


# ── making functions of expressions ──────────────────────────────────────────────────────────────
@lru_cache(maxsize=8192)
def compiled(text: str) -> Compiled:
    """The function of an expression.

    :raises xpath.Unreadable: where it cannot be read.
    :raises CannotCompute: if it calls a function that is not known.
    """
    return function_of(xpath.parse(text))


def function_of(expression: xpath.Expression) -> Compiled:
    if isinstance(expression, xpath.Number | xpath.Text):
        constant: Value = expression.value
        return lambda scope: constant
    if isinstance(expression, xpath.Negative):
        inner = function_of(expression.value)
        return lambda scope: -to_number(inner(scope), scope.run)
    if isinstance(expression, xpath.Binary):
        return _binary(expression)
    if isinstance(expression, xpath.Path):
        return _path(expression)
    return _call(expression)


def _binary(expression: xpath.Binary) -> Compiled:
    left, right = function_of(expression.left), function_of(expression.right)
    sign = expression.sign
    if sign == "or":
        return lambda scope: (
            to_boolean(left(scope), scope.run) or to_boolean(right(scope), scope.run)
        )
    if sign == "and":
        return lambda scope: (
            to_boolean(left(scope), scope.run) and to_boolean(right(scope), scope.run)
        )
    if sign == "|":
        return lambda scope: _union(left(scope), right(scope))
    if sign in _ARITHMETIC:
        compute = _ARITHMETIC[sign]
        return lambda scope: compute(
            to_number(left(scope), scope.run), to_number(right(scope), scope.run)
        )
    return lambda scope: _compare(sign, left(scope), right(scope), scope.run)


def _union(left: Value, right: Value) -> list[Element]:
    if not isinstance(left, list) or not isinstance(right, list):
        raise CannotCompute("|")
    return _distinct([*left, *right])


def _call(expression: xpath.Call) -> Compiled:
    from marsad.questionnaires.checking import functions

    special = functions.SPECIAL.get(expression.name)
    if special is not None:
        return special(expression, function_of)
    known = functions.KNOWN.get(expression.name)
    if known is None:
        raise CannotCompute(expression.name)
    arguments = [function_of(argument) for argument in expression.arguments]

    def called(scope: Scope) -> Value:
        found = known(scope, [argument(scope) for argument in arguments])
        if isinstance(found, str):
            scope.run.write(len(found))
        return found

    return called


# ── paths ────────────────────────────────────────────────────────────────────────────────────────
_Walk: TypeAlias = "Callable[[list[Element], Scope], list[Element]]"


def _path(expression: xpath.Path) -> Compiled:
    if expression.start == "/":
        return _from_root(expression.steps)
    walks = [_walk(step) for step in expression.steps]
    if expression.start == ".":
        return lambda scope: _asked(_along(walks, [scope.element], scope), scope)
    start = function_of(expression.start)  # type: ignore[arg-type]

    def go_on(scope: Scope) -> Value:
        begin = start(scope)
        return _asked(_along(walks, begin if isinstance(begin, list) else [], scope), scope)

    return go_on


def _from_root(steps: Sequence[xpath.Step]) -> Compiled:
    """A path from the root: inside the repeats that the question itself stands in."""
    walks = [_walk(step) for step in steps]
    if steps and steps[0].axis != "child":
        return lambda scope: _asked(_along(walks, [scope.run.root], scope), scope)
    plain = [step.name if step.axis == "child" and not step.predicates else "" for step in steps]

    def go(scope: Scope) -> Value:
        if not plain or plain[0] not in (scope.run.root.name, "*"):
            return [scope.run.root] if not plain else []
        chain = scope.current.chain()
        found = [scope.run.root]
        done = 1
        last = len(plain) - 1
        if chain[0] is scope.run.root:
            while done < last and done < len(chain) and chain[done].name == plain[done]:
                found = [chain[done]]
                done += 1
        return _asked(_along(walks[done:], found, scope), scope)

    return go


def everywhere(expression: xpath.Path) -> Compiled:
    """The same path without staying inside any repeat."""
    walks = [_walk(step) for step in expression.steps[1:]]
    return lambda scope: _asked(_along(walks, [scope.run.root], scope), scope)


def _along(walks: Sequence[_Walk], elements: list[Element], scope: Scope) -> list[Element]:
    for walk in walks:
        if not elements:
            break
        elements = walk(elements, scope)
    return elements


def _asked(elements: list[Element], scope: Scope) -> list[Element]:
    """Only what is asked has a value; the question itself always has its own."""
    is_relevant = scope.run.is_relevant
    if len(elements) > 1:
        scope.run.spend(len(elements))
    return [
        element
        for element in elements
        if element.field is None or element is scope.current or is_relevant(element)
    ]


def _walk(step: xpath.Step) -> _Walk:
    axis = _AXES.get(step.axis)
    if axis is None:
        raise CannotCompute(f"{step.axis}::")
    name = step.name
    if not step.predicates:
        if len(name) and step.axis == "child" and name != "*":
            return lambda elements, scope: (
                list(elements[0].children.get(name, ()))
                if len(elements) == 1
                else [child for element in elements for child in element.children.get(name, ())]
            )
        return lambda elements, scope: _distinct(
            [found for element in elements for found in axis(element, name)]
        )
    tests = [_predicate(predicate) for predicate in step.predicates]

    def judged(elements: list[Element], scope: Scope) -> list[Element]:
        found: list[Element] = []
        for element in elements:
            candidates = list(axis(element, name))
            for test in tests:
                candidates = test(candidates, scope)
            found += candidates
        return _distinct(found)

    return judged


def _distinct(elements: list[Element]) -> list[Element]:
    return list(dict.fromkeys(elements)) if len(elements) > 1 else elements


def _predicate(expression: xpath.Expression) -> _Walk:
    quick = _lookup(expression)
    if quick is not None:
        return quick
    judge = function_of(expression)

    def keep(candidates: list[Element], scope: Scope) -> list[Element]:
        kept: list[Element] = []
        scope.run.spend(len(candidates))
        inner = Scope(scope.run, scope.element, scope.current, size=len(candidates))
        for place, candidate in enumerate(candidates, start=1):
            inner.element, inner.position = candidate, place
            said = judge(inner)
            is_place = isinstance(said, float)
            if said == place if is_place else to_boolean(said, scope.run):
                kept.append(candidate)
        return kept

    return keep


def _lookup(expression: xpath.Expression) -> _Walk | None:
    """`[name = …]` over a long list: the other side is computed once, not for every candidate."""
    if not isinstance(expression, xpath.Binary) or expression.sign != "=":
        return None
    for own, other in (
        (expression.left, expression.right),
        (expression.right, expression.left),
    ):
        name = _own_child(own)
        if name and not _depends_on_context(other):
            wanted = function_of(other)

            def find(
                candidates: list[Element], scope: Scope, name: str = name, wanted: Compiled = wanted
            ) -> list[Element]:
                value = wanted(scope)
                if isinstance(value, list) and not value:
                    value = ""
                quick = _by_index(candidates, name, value, scope.run)
                if quick is not None:
                    return quick
                scope.run.spend(len(candidates))
                return [
                    candidate
                    for candidate in candidates
                    if _compare("=", list(candidate.children.get(name, ())), value, scope.run)
                ]

            return find
    return None


def _by_index(candidates: list[Element], name: str, value: Value, run: Run) -> list[Element] | None:
    """Items of one of the form's own lists, found without looking at each; None elsewhere."""
    if not candidates or candidates[0].field is not None or candidates[0].parent is None:
        return None
    wanted = _atoms(value, run)
    parent, tag = candidates[0].parent, candidates[0].name
    if len(wanted) != 1 or not isinstance(wanted[0], str):
        return None
    if len(candidates) != len(parent.children.get(tag, ())):
        return None  # another predicate has left some out already
    return parent.by_value(tag, name).get(wanted[0], [])


def _own_child(expression: xpath.Expression) -> str:
    if (
        isinstance(expression, xpath.Path)
        and expression.start == "."
        and all(step.axis in ("self", "child") for step in expression.steps)
    ):
        named = [step for step in expression.steps if step.axis == "child"]
        if len(named) == 1 and not named[0].predicates:
            return named[0].name
    return ""


def _depends_on_context(expression: xpath.Expression) -> bool:
    for part in xpath.walk(expression):
        if isinstance(part, xpath.Path) and part.start == ".":
            return True
        if isinstance(part, xpath.Call) and part.name in ("position", "last"):
            return True
    return False


def _children(element: Element, name: str) -> Sequence[Element]:
    if name == "*":
        return list(element.every_child())
    return element.children.get(name, ())


def _parents(element: Element, name: str) -> Sequence[Element]:
    parent = element.parent
    return [parent] if parent is not None and name in ("*", parent.name) else ()


def _itself(element: Element, name: str) -> Sequence[Element]:
    return [element] if name in ("*", element.name) else ()


def _below(element: Element, name: str) -> Sequence[Element]:
    return [each for each in element.descendants() if name in ("*", each.name)]


def _siblings(element: Element, *, before: bool) -> list[Element]:
    if element.parent is None:
        return []
    every = list(element.parent.every_child())
    place = every.index(element)
    return every[:place] if before else every[place + 1 :]


_AXES: dict[str, Callable[[Element, str], Sequence[Element]]] = {
    "child": _children,
    "parent": _parents,
    "self": _itself,
    "descendant-or-self": _below,
    "descendant": lambda element, name: [
        each for each in _below(element, name) if each is not element
    ],
    "ancestor": lambda element, name: [
        each for each in element.chain()[:-1] if name in ("*", each.name)
    ],
    "preceding-sibling": lambda element, name: [
        each for each in _siblings(element, before=True) if name in ("*", each.name)
    ],
    "following-sibling": lambda element, name: [
        each for each in _siblings(element, before=False) if name in ("*", each.name)
    ],
    "attribute": lambda element, name: (
        [Element(name, parent=element, text=element.attributes[name])]
        if name in element.attributes
        else []
    ),
}
