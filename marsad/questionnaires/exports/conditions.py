"""When a question is asked, in words: for paper, which cannot hide it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.questionnaires.checking import in_language, xpath
from marsad.questionnaires.plain_words import plain


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

    def wanted(self, relevant: str, *, at: str) -> list[tuple[str, str, bool]] | None:
        """Pairs of a question's number and the answer it must have (or must not: False).

        None where the condition is not that simple; alternatives are never simple.
        """
        try:
            expression = xpath.parse(relevant)
        except xpath.Unreadable:
            return None
        found: list[tuple[str, str, bool]] = []
        return found if self._collect(expression, at, found) and found else None

    def _collect(
        self, expression: xpath.Expression, at: str, found: list[tuple[str, str, bool]]
    ) -> bool:
        if isinstance(expression, xpath.Binary) and expression.sign == "and":
            return self._collect(expression.left, at, found) and self._collect(
                expression.right, at, found
            )
        simple = self._simple(expression, at)
        if simple is None:
            return False
        found.append(simple)
        return True

    def _simple(self, expression: xpath.Expression, at: str) -> tuple[str, str, bool] | None:
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
            return None if inner is None else (inner[0], inner[1], not inner[2])
        return None

    def _pair(
        self,
        question: xpath.Expression,
        answer: xpath.Expression,
        at: str,
        *,
        is_wanted: bool,
    ) -> tuple[str, str, bool] | None:
        path = _path_of(question, at)
        if path not in self.numbers or not isinstance(answer, xpath.Text) or not answer.value:
            return None
        return self.numbers[path], self._answer(path, answer.value), is_wanted

    def _answer(self, path: str, value: str) -> str:
        node = self.nodes[path]
        for choice in self.lists.get(node.get("choice_list", "") or path, []):
            if choice["value"] == value:
                return plain(in_language(choice["labels"], self.language)) or value
        return value


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
