"""Expressions of a form, read: XPath 1.0 as ODK uses it, into a tree that can be walked.

The tree is small tuples of dataclasses. `evaluate.py` computes with it; the compiler walks it to
find what an expression refers to.

>>> sorted(functions_of(parse("sum(/data/r/n) + coalesce(../x, 0)")))
['coalesce', 'sum']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

#: Longer than any expression a person writes; a bound for what a machine might.
LONGEST = 20_000
#: Parentheses and predicates inside one another.
DEEPEST = 60
#: Things joined by the same sign: a tree of them is as deep as they are many.
LONGEST_CHAIN = 250

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<text>\"[^\"]*\"|'[^']*')"
    rf"|(?P<name>{_NAME}(?::(?!:){_NAME})?|{_NAME}:\*)"
    r"|(?P<sign>//|::|\.\.|!=|<=|>=|[()\[\].,/|+\-*=<>@$])"
    r")"
)
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})


class Unreadable(ValueError):  # noqa: N818 - it is told, not raised to the reader
    """An expression that cannot be read, and where: the character, from 0."""

    def __init__(self, at: int, near: str) -> None:
        super().__init__(f"at {at}: {near!r}")
        self.at = at
        self.near = near


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    value: Expression


@dataclass(frozen=True, slots=True)
class Step:
    #: child, parent, self, descendant (for `//`), attribute, following-sibling …
    axis: str
    #: Local name, or `*`.
    name: str
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    #: What it starts from: `/`, `.` (the context), or an expression such as `instance('x')`.
    start: Expression | str
    steps: tuple[Step, ...]


Expression: TypeAlias = Number | Text | Call | Binary | Negative | Path


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """Read an expression.

    :raises Unreadable: where it cannot be read.
    """
    if len(text) > LONGEST:
        raise Unreadable(LONGEST, text[:20])
    reader = _Reader(text, list(_tokens(text)))
    expression = reader.expression()
    reader.expect_end()
    return expression


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    end = len(text.rstrip())
    while position < end:
        found = _TOKEN.match(text, position)
        if found is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise Unreadable(start, text[start : start + 20])
        kind = found.lastgroup or ""
        yield _Token(kind, found.group(kind), found.start(kind))
        position = found.end()


#: Signs from the loosest to the tightest.
_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_WORDS = frozenset({"or", "and", "div", "mod"})


class _Reader:
    """A descent over the tokens."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    # ── looking ──────────────────────────────────────────────────────────────────────────────────
    def peek(self, ahead: int = 0) -> _Token | None:
        place = self.position + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def is_sign(self, sign: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.kind == "sign" and token.value == sign

    def take(self, sign: str) -> bool:
        if self.is_sign(sign):
            self.position += 1
            return True
        return False

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            self.fail()

    def expect_end(self) -> None:
        if self.peek() is not None:
            self.fail()

    def fail(self) -> None:
        token = self.peek()
        at = token.at if token else len(self.text.rstrip())
        raise Unreadable(at, self.text[at : at + 20])

    # ── the grammar ──────────────────────────────────────────────────────────────────────────────
    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail()
        found = self.level(0)
        self.depth -= 1
        return found

    def level(self, height: int) -> Expression:
        if height == len(_LEVELS):
            return self.unary()
        left = self.level(height + 1)
        joined = 0
        while (sign := self._operator(_LEVELS[height])) is not None:
            joined += 1
            if joined > LONGEST_CHAIN:
                self.fail()
            left = Binary(sign, left, self.level(height + 1))
        return left

    def _operator(self, signs: frozenset[str]) -> str | None:
        token = self.peek()
        if token is None or token.value not in signs:
            return None
        if token.kind == "name" and token.value not in _WORDS:
            return None
        if token.kind not in ("sign", "name"):
            return None
        self.position += 1
        return token.value

    def unary(self) -> Expression:
        negative = False
        while self.take("-"):
            negative = not negative
        found = self.union()
        return Negative(found) if negative else found

    def union(self) -> Expression:
        found = self.path()
        while self.take("|"):
            found = Binary("|", found, self.path())
        return found

    def path(self) -> Expression:
        token = self.peek()
        if token is None:
            self.fail()
            raise AssertionError
        if token.kind == "number":
            self.position += 1
            return Number(float(token.value))
        if token.kind == "text":
            self.position += 1
            return Text(token.value[1:-1])
        if self.is_sign("/"):
            self.position += 1
            return Path("/", self.steps() if self._at_step() else ())
        if self.is_sign("//"):
            return Path("/", self.more_steps())
        if self.is_sign("(") or self._at_call():
            return self.filtered()
        return Path(".", (*self.steps(),))

    def filtered(self) -> Expression:
        """A call or a parenthesis, and the steps that go on from it."""
        found: Expression
        if self.take("("):
            found = self.expression()
            self.expect(")")
        else:
            found = self.call()
        predicates = self.predicates()
        steps: tuple[Step, ...] = ()
        if predicates:
            steps = (Step("self", "*", predicates),)
        if self.is_sign("/") or self.is_sign("//"):
            steps += self.more_steps()
        return Path(found, steps) if steps else found

    def call(self) -> Call:
        name = self.tokens[self.position].value
        self.position += 1
        self.expect("(")
        arguments: list[Expression] = []
        if not self.take(")"):
            arguments.append(self.expression())
            while self.take(","):
                arguments.append(self.expression())
            self.expect(")")
        return Call(name, tuple(arguments))

    def _at_call(self) -> bool:
        token = self.peek()
        return (
            token is not None
            and token.kind == "name"
            and token.value not in _NODE_TYPES
            and self.is_sign("(", 1)
        )

    def _at_step(self) -> bool:
        token = self.peek()
        return token is not None and (
            token.kind == "name" or (token.kind == "sign" and token.value in (".", "..", "@", "*"))
        )

    def steps(self) -> tuple[Step, ...]:
        return (self.step(), *self.more_steps())

    def more_steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        while True:
            if self.take("//"):
                found.append(Step("descendant-or-self", "*"))
            elif not self.take("/"):
                return tuple(found)
            found.append(self.step())

    def step(self) -> Step:
        if self.take("."):
            return Step("self", "*", self.predicates())
        if self.take(".."):
            return Step("parent", "*", self.predicates())
        axis = "child"
        if self.take("@"):
            axis = "attribute"
        elif self.is_sign("::", 1):
            axis = self.tokens[self.position].value
            self.position += 2
        return Step(axis, self.name_test(), self.predicates())

    def name_test(self) -> str:
        if self.take("*"):
            return "*"
        token = self.peek()
        if token is None or token.kind != "name":
            self.fail()
            raise AssertionError
        self.position += 1
        if token.value in _NODE_TYPES and self.take("("):
            self.expect(")")
            return "*"
        return token.value.rpartition(":")[2]

    def predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.take("["):
            found.append(self.expression())
            self.expect("]")
        return tuple(found)


# ── walking ──────────────────────────────────────────────────────────────────────────────────────
def walk(expression: Expression) -> Iterator[Expression]:
    """Every part of an expression, itself first."""
    yield expression
    if isinstance(expression, Call):
        for argument in expression.arguments:
            yield from walk(argument)
    elif isinstance(expression, Binary):
        yield from walk(expression.left)
        yield from walk(expression.right)
    elif isinstance(expression, Negative):
        yield from walk(expression.value)
    elif isinstance(expression, Path):
        if not isinstance(expression.start, str):
            yield from walk(expression.start)
        for step in expression.steps:
            for predicate in step.predicates:
                yield from walk(predicate)


def functions_of(expression: Expression) -> frozenset[str]:
    """The names of the functions it calls."""
    return frozenset(part.name for part in walk(expression) if isinstance(part, Call))


def paths_of(expression: Expression) -> list[Path]:
    """The paths in it that start at the root or at the context."""
    return [
        part for part in walk(expression) if isinstance(part, Path) and isinstance(part.start, str)
    ]
