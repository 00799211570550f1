"""How much of what answers a question is found, and how much of what is found answers it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from django.contrib.auth.models import AnonymousUser

from marsad.library.models import Document, Version
from marsad.library.queries import search

QUERIES = json.loads((Path(__file__).parent / "queries.json").read_text(encoding="utf-8"))
#: A passage: its document as queries.json names it, and its anchor.
Place = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question, the passages that answer it, and those the search named, best first."""

    typed: str
    relevant: frozenset[Place]
    found: Sequence[Place]

    @property
    def recall_at_20(self) -> float:
        return len(self.relevant & set(self.found[:20])) / len(self.relevant)

    @property
    def precision_at_5(self) -> float:
        """Of the first five or fewer that are shown, the share that answers the question."""
        first = self.found[:5]
        return sum(place in self.relevant for place in first) / len(first) if first else 0.0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Means over all questions, and the questions that fell short, worst first."""

    questions: int
    recall_at_20: float
    precision_at_5: float
    worst: Sequence[Asked]

    def __str__(self) -> str:
        worst = "\n".join(
            f"    {asked.recall_at_20:.2f} {asked.precision_at_5:.2f}  {asked.typed}"
            f"  missed {sorted(asked.relevant - set(asked.found[:20]))}"
            f"  others {[place for place in asked.found[:5] if place not in asked.relevant]}"
            for asked in self.worst
        )
        return (
            f"{self.questions} questions: recall@20 {self.recall_at_20:.3f}, "
            f"precision@5 {self.precision_at_5:.3f}\n{worst}"
        )


def ask(
    questions: Iterable[Mapping[str, object]],
    *,
    language: str,
    names: Mapping[str, str],
    only: str = "",
) -> list[Asked]:
    """Put the questions to the search as the public would.

    :param names: the name queries.json has for a document, by its key.
    :param only: key of the one document to search.
    """
    return [
        Asked(
            typed=str(question[language]),
            relevant=frozenset(
                (name, anchor)
                for name, anchors in question["relevant"].items()  # type: ignore[attr-defined]
                for anchor in anchors
            ),
            found=_found(str(question[language]), language=language, names=names, only=only),
        )
        for question in questions
        if language in question
    ]


def _found(typed: str, *, language: str, names: Mapping[str, str], only: str) -> list[Place]:
    # A question in English may quote English words of an Arabic document.
    filters = search.Filters(language="" if only or len(names) > 2 else language, document=only)
    result = search.search(reader=AnonymousUser(), typed=typed, filters=filters, most=100)
    return [(names[hit.document_key], hit.anchor) for hit in result.hits]


def figures(asked: Sequence[Asked]) -> Figures:
    return Figures(
        questions=len(asked),
        recall_at_20=mean(each.recall_at_20 for each in asked),
        precision_at_5=mean(each.precision_at_5 for each in asked),
        worst=sorted(
            (each for each in asked if each.recall_at_20 < 1 or each.precision_at_5 < 0.6),
            key=lambda each: each.recall_at_20,
        ),
    )


def agreement(
    questions: Sequence[Mapping[str, object]],
    *,
    document: Document,
    first: Version,
    second: Version,
    language: str = "ar",
) -> tuple[float, list[tuple[str, set[str]]]]:
    """Of the passages found in `first`, the share found in `second` too; and what was missed."""
    in_first, in_second = (
        _anchors(questions, document=document, shown=version, language=language)
        for version in (first, second)
    )
    wanted = sum(len(anchors) for anchors in in_first.values())
    assert wanted >= 10, "too little is found in the first to compare"
    missed = [
        (typed, lost) for typed, anchors in in_first.items() if (lost := anchors - in_second[typed])
    ]
    return 1 - sum(len(lost) for _typed, lost in missed) / wanted, missed


def _anchors(
    questions: Sequence[Mapping[str, object]],
    *,
    document: Document,
    shown: Version,
    language: str,
) -> dict[str, set[str]]:
    document.versions.filter(language=language).update(is_shown=False)
    document.versions.filter(pk=shown.pk).update(is_shown=True)
    return {
        asked.typed: {anchor for _name, anchor in asked.found}
        for asked in ask(
            questions, language=language, names={document.key: "it"}, only=document.key
        )
    }


def names_of(name_of: Callable[[str], str]) -> dict[str, str]:
    """The name of every document on the shelf, from the name of a file it came in."""
    return {
        key: name_of(file_name)
        for key, file_name in Version.objects.filter(is_shown=True).values_list(
            "document__key", "file_name"
        )
    }
