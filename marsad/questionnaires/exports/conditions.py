"""When a question is asked, in words: for paper, which cannot hide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.questionnaires.checking import in_language, xpath
from marsad.questionnaires.plain_words import plain


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an earlier answer must be, or must not be."""

    #: Number of the question, as it is printed.
    number: str
    #: Any of these answers.
    answers: tuple[str, ...]
    is_wanted: bool = True


class Conditions:
    """Knows the questions of a form by path, with their numbers and choices."""

    def __init__(
        self,
        *,
        numbers: Mapping[str, str],
        nodes: Mapping[str, Mapping[str, Any]],
        lists: Mapping[str, list[dict[str, Any]]],
        language: str,
    ) -> None:
        self.numbers = numbers
        self.nodes = nodes
        self.lists = lists
        self.language = language

    def wanted(self, relevant: str, *, at: str) -> list[Wanted] | None:
        """What must all be so; None where the condition is not that simple."""
        try:
            expression = xpath.parse(relevant)
        except xpath.Unreadable:
            return None
        found = [self._one(part, at) for part in _parts(expression, "and")]
        known = [one for one in found if one is not None]
        return known if len(known) == len(found) else None

    def _one(self, expression: xpath.Expression, at: str) -> Wanted | None:
        """One answer, or several of the same question of which any will do."""
        found = [self._simple(part, at) for part in _parts(expression, "or")]
        known = [one for one in found if one is not None]
        if len(known) < len(found) or len({one.number for one in known}) != 1:
            return None
        if len(known) > 1 and not all(one.is_wanted for one in known):
            return None
        answers = tuple(answer for one in known for answer in one.answers)
        return Wanted(number=known[0].number, answers=answers, is_wanted=known[0].is_wanted)

    def _simple(self, expression: xpath.Expression, at: str) -> Wanted | None:
        if isinstance(expression, xpath.Binary) and expression.sign in ("=", "!="):
            return self._pair(
                expression.left, expression.right, at, is_wanted=expression.sign == "="
            )
        if not isinstance(expression, xpath.Call):
            return None
        given = expression.arguments
        if expression.name == "selected" and len(given) == 2:
            return self._pair(given[0], given[1], at, is_wanted=True)
        if expression.name == "not" and len(given) == 1:
            inner = self._simple(given[0], at)
            if inner is not None:
                return Wanted(
                    number=inner.number, answers=inner.answers, is_wanted=not inner.is_wanted
                )
        return None

    def _pair(
        self, question: xpath.Expression, answer: xpath.Expression, at: str, *, is_wanted: bool
    ) -> Wanted | None:
        path = _path_of(question, at)
        if path not in self.numbers or not isinstance(answer, xpath.Text) or not answer.value:
            return None
        return Wanted(
            number=self.numbers[path],
            answers=(self._answer(path, answer.value),),
            is_wanted=is_wanted,
        )

    def _answer(self, path: str, value: str) -> str:
        node = self.nodes[path]
        for choice in self.lists.get(node.get("choice_list", "") or path, []):
            if choice["value"] == value:
                return plain(in_language(choice["labels"], self.language)) or value
        return value


def _parts(expression: xpath.Expression, sign: str) -> list[xpath.Expression]:
    """What is joined by `and`, or by `or`."""
    if isinstance(expression, xpath.Binary) and expression.sign == sign:
        return [*_parts(expression.left, sign), *_parts(expression.right, sign)]
    return [expression]


def _path_of(expression: xpath.Expression, at: str) -> str:
    """The question that a bare path means, asked from the place `at`."""
    if not isinstance(expression, xpath.Path) or not isinstance(expression.start, str):
        return ""
    steps = [] if expression.start == "/" else at.strip("/").split("/")
    for step in expression.steps:
        if step.predicates:
            return ""
        if step.axis == "parent":
            steps = steps[:-1]
        elif step.axis == "child":
            steps.append(step.name)
    return "/" + "/".join(steps)
