"""The form of a round as it is read and coded: sections, questions, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from marsad.directory.types import OPERATOR
from marsad.questionnaires.checking import in_language
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.types import QuestionView
from marsad.review.types.reading import Layout, SectionLayout


@lru_cache(maxsize=32)
def layout(*, form_key: str, language: str) -> Layout:
    """The form of a round in a language. A published version never changes, so it is kept.

    Whoever may read an answer may read the question, also when the form is restricted later.
    """
    questions = questionnaires.questions(reader=OPERATOR, key=form_key, language=language)
    tree = questionnaires.tree(reader=OPERATOR, key=form_key)
    nodes = {node["path"]: node for node in _nodes(tree["children"])}
    by_section: dict[str, list[QuestionView]] = {}
    for each in questions:
        by_section.setdefault(_section_path(each.path, nodes), []).append(each)
    sections = [
        _section(path, nodes.get(path, {}), held, language=language)
        for path, held in by_section.items()
    ]
    return Layout(
        form_key=form_key,
        language=language,
        sections=sections,
        questions={each.path: each for section in sections for each in section.questions},
        section_of={each.path: section for section in sections for each in section.questions},
        repeats={
            path: in_language(node.get("labels", {}), language) or node["name"]
            for path, node in nodes.items()
            if node["kind"] == "repeat"
        },
    )


def words_of(question: QuestionView, value: str) -> str:
    """An answer as the reader would say it: choices by their words, the rest as it was written."""
    if not question.choices or not value:
        return value
    labels = dict(question.choices)
    if value in labels:
        return labels[value]
    return " · ".join(labels.get(each, each) for each in value.split())


def _nodes(children: Any) -> Iterator[Mapping[str, Any]]:
    for node in children:
        yield node
        yield from _nodes(node.get("children", []))


def _section_path(path: str, nodes: Mapping[str, Any]) -> str:
    """The outermost group that a question stands in; the form itself where it is in none."""
    parts = path.split("/")
    outermost = "/".join(parts[:3])
    return outermost if outermost != path and outermost in nodes else "/".join(parts[:2])


def _section(
    path: str, node: Mapping[str, Any], questions: list[QuestionView], *, language: str
) -> SectionLayout:
    labels = node.get("labels", {})
    short = language.partition("-")[0]
    return SectionLayout(
        path=path,
        name=path.rpartition("/")[2],
        label=in_language(labels, language) or str(node.get("name", "")) or path.strip("/"),
        language=short if labels.get(short) else next((c for c in labels if labels[c]), short),
        questions=tuple(questions),
    )
