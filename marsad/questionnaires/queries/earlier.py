"""What a person, or the people of a State, answered before to the same question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from marsad.arabic import fold
from marsad.directory.types import Membership, Person
from marsad.questionnaires import receiving
from marsad.questionnaires.models import Question, Submission
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.queries.outline import Item, outline
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


def offers_of_state(
    *, reader: Person, state: str, roles: Sequence[str], items: Sequence[Item], language: str
) -> Sequence[Offer]:
    """The latest answer that people of a State gave to each of some questions, whoever asked.

    Only what the reader sent themselves, or may read with the names of those who sent it; complete
    and current; sent while they held one of the roles for the State; and what a form can hold.

    :param items: the questions of the form that is filled in now; those in repeats are passed over.
    """
    wanted = [item for item in items if not item.depth and item.kind not in _NOT_OFFERED]
    found: dict[str, Offer] = {}
    for sent in _sent_for(state, roles=roles, reader=reader) if wanted else ():
        asked = outline(form_key=sent.asking.version.key, language=language)
        given = {
            each["path"]: str(each.get("value") or "")
            for each in sent.answers
            if each.get("path") and not each.get("position")
        }
        was = [asked.items[path] for path, value in given.items() if value and path in asked.items]
        for item in wanted:
            same = next((each for each in was if is_same(each, item)), None)
            if same is None or item.path in found or not _holds(item, given[same.path]):
                continue
            found[item.path] = Offer(
                path=item.path,
                value=given[same.path],
                answer=("، " if language == "ar" else ", ").join(item.words_of(given[same.path])),
                answered_at=sent.received_at,
                questionnaire=askings.title_of(sent.asking, language=language),
            )
    return list(found.values())


def is_same(was: Item, item: Item) -> bool:
    """Whether two questions ask the same: one concept; without any, one name and one wording."""
    if was.kind != item.kind:
        return False
    if was.concept or item.concept:
        return was.concept == item.concept
    return was.name == item.name and fold(was.label) == fold(item.label)


def _holds(item: Item, value: str) -> bool:
    """Whether a question offers what was chosen before."""
    if not item.options:
        return True
    chosen = [value] if item.kind == "select_one" else value.split()
    return {option.value for option in item.options}.issuperset(chosen)


def _sent_for(state: str, *, roles: Sequence[str], reader: Person) -> Iterator[Submission]:
    """What people sent while they acted for a State, and the reader may read: the latest first."""
    day = OuterRef("day")
    acted = Membership.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gt=day),
        person=OuterRef("by"),
        body__state=state,
        role__in=list(roles),
        from_date__lte=day,
    )
    open_to = Q(by=reader)
    for kind, receiver in receiving.all_receivers().items():
        subjects = receiver.subjects_read_by(reader=reader)
        if subjects:
            # Where no names were promised, nobody is told what one of those asked has answered.
            open_to |= Q(
                asking__kind=kind, asking__subject_id__in=subjects, asking__shows_names=True
            )
    yield from (
        Submission.objects.annotate(day=TruncDate("received_at"))
        .filter(open_to, Exists(acted), is_current=True, completed_at__isnull=False)
        .select_related("asking__version__questionnaire")
        .defer(
            "xml", "asking__version__xform", "asking__version__workbook", "asking__version__tree"
        )
        .order_by("-received_at", "-id")[:_MOST]
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
