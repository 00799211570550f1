"""What a person answered before to questions of the same concept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marsad.directory.types import Person
from marsad.questionnaires.models import Question, Submission
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.types import AskingView, Offer

#: How many of a person's latest filled forms are looked through.
_MOST = 50
#: Kinds whose answers are not taken over: a file belongs to its form.
_NOT_OFFERED = frozenset({"image", "audio", "video", "file", "note", "calculate", "acknowledge"})


def offers(*, reader: Person, asking: AskingView, language: str) -> Sequence[Offer]:
    """The latest earlier answer to each question of an asking that shares a concept with it.

    Only what the reader sent themselves, and only what this form can hold.
    """
    asked = {
        question.concept: question
        for question in Question.objects.select_related("choice_list")
        .filter(version_id=asking.version_id, repeat="")
        .exclude(concept="")
        .exclude(kind__in=_NOT_OFFERED)
        .defer("terms")
    }
    if not asked:
        return []
    found: dict[str, Offer] = {}
    for sent in _sent(reader):
        paths = _paths(sent, concepts=list(asked))
        for answer in sent.answers:
            concept = paths.get(answer.get("path", ""))
            if concept is None or concept in found or answer.get("position"):
                continue
            offer = _offer(answer, to=asked[concept], sent=sent, language=language)
            if offer is not None:
                found[concept] = offer
    return list(found.values())


def _sent(reader: Person) -> Iterator[Submission]:
    yield from (
        Submission.objects.filter(by=reader, is_current=True, completed_at__isnull=False)
        .select_related("asking__version__questionnaire")
        .defer(
            "xml", "asking__version__xform", "asking__version__workbook", "asking__version__tree"
        )
        .order_by("-received_at")[:_MOST]
    )


def _paths(sent: Submission, *, concepts: list[str]) -> Mapping[str, str]:
    return dict(
        Question.objects.filter(
            version_id=sent.asking.version_id, concept__in=concepts, repeat=""
        ).values_list("path", "concept")
    )


def _offer(
    answer: Mapping[str, Any], *, to: Question, sent: Submission, language: str
) -> Offer | None:
    value = str(answer.get("value") or "")
    if not value or answer.get("kind") != to.kind:
        return None
    words = _in_words(value, to=to, language=language)
    if words is None:
        return None
    return Offer(
        path=to.path,
        value=value,
        answer=words,
        answered_at=sent.received_at,
        questionnaire=askings.title_of(sent.asking, language=language),
    )


def _in_words(value: str, *, to: Question, language: str) -> str | None:
    """The answer as a reader would say it; None where the form does not offer it any more."""
    if to.choice_list is None:
        return value
    labels = {choice["value"]: choice["labels"] for choice in to.choice_list.choices}
    chosen = value.split(" ") if to.kind != "select_one" else [value]
    if not all(one in labels for one in chosen):
        return None
    return (
        "، ".join(_label(labels[one], language) for one in chosen)
        if language == "ar"
        else (", ".join(_label(labels[one], language) for one in chosen))
    )


def _label(labels: Mapping[str, str], language: str) -> str:
    return labels.get(language) or next(iter(labels.values()), "")
