"""What States are asked about their figures, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.statistics import places, problems
from marsad.statistics.models import Question
from marsad.statistics.queries import board, rights
from marsad.statistics.types.board import QuestionCard
from marsad.statistics.words import AnswerKind, Severity
from marsad.tabulation import labels
from marsad.tabulation.checks import sentence


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What narrows the list."""

    #: Code of the State; "" for all that the reader may see.
    state: str = ""
    #: Key of the edition; "" for the newest one of every source.
    edition: str = ""
    #: "open", "answered", or "" for both.
    standing: str = "open"
    #: Whether those that are only good to know are listed as well.
    notes: bool = False


def listed(
    *, reader: Reader, choice: Choice, language: str, start: int = 0, most: int = 50
) -> tuple[list[QuestionCard], int]:
    """Some of the questions that the reader may see, and how many there are.

    :raises NotForThem: where the reader neither keeps the collections nor belongs to a State.
    """
    if not rights.is_secretariat(reader) and not rights.states_of(reader):
        raise problems.NotForThem
    found = _narrowed(rights.visible_questions(reader), choice)
    ordered = found.order_by("place", "-year", "indicator", "id").select_related(
        "edition__source", "answered_by", "carried_from__edition"
    )
    names = directory.state_names(language=language)
    named = places.names()
    cards = [
        _card(each, reader=reader, language=language, names=names, named=named)
        for each in ordered[start : start + most]
    ]
    return cards, found.count()


def _narrowed(found: QuerySet[Question], choice: Choice) -> QuerySet[Question]:
    if choice.edition:
        found = found.filter(edition__key=choice.edition)
    else:
        found = found.filter(edition__in=board.newest_editions())
    narrowing = Q()
    if choice.state:
        narrowing &= Q(state=choice.state)
    if choice.standing == "open":
        narrowing &= Q(answer_kind="")
    elif choice.standing == "answered":
        narrowing &= ~Q(answer_kind="")
    if not choice.notes:
        narrowing &= Q(severity__in=board.ASKED)
    return found.filter(narrowing)


def one(*, reader: Reader, key: str, language: str) -> QuestionCard:
    """:raises NoSuchQuestion: if there is none, or the reader may not see it."""
    found = (
        rights.visible_questions(reader)
        .select_related("edition__source", "answered_by", "carried_from__edition")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise problems.NoSuchQuestion
    names = directory.state_names(language=language)
    return _card(found, reader=reader, language=language, names=names, named=places.names())


def states(*, reader: Reader, language: str) -> list[tuple[str, str]]:
    """The States that are asked anything the reader may see, by name."""
    codes = set(rights.visible_questions(reader).values_list("state", flat=True).distinct())
    names = directory.state_names(language=language)
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1])


def _card(
    found: Question,
    *,
    reader: Reader,
    language: str,
    names: dict[str, str],
    named: labels.Named,
) -> QuestionCard:
    return QuestionCard(
        key=found.key,
        sentence=sentence(
            found.check_code,
            place=found.place,
            indicator=found.indicator,
            year=found.year,
            details=found.details,
            named=named,
        ),
        severity=found.severity,
        severity_label=str(Severity(found.severity).label),
        state=found.state_id,
        state_name=names.get(found.state_id, found.state_id),
        indicator=labels.label("indicator", found.indicator, language),
        year=found.year,
        edition_key=found.edition.key,
        edition_number=found.edition.number,
        may_open_edition=rights.may_have_file(reader, found.edition.source),
        source_name=found.edition.source.names.get(language)
        or found.edition.source.names.get("en", ""),
        asked_at=found.asked_at,
        answer_kind=found.answer_kind,
        answer_label=str(AnswerKind(found.answer_kind).label) if found.answer_kind else "",
        answer=found.answer,
        answered_at=found.answered_at,
        answered_by=board.name_of(found.answered_by),
        carried_from=found.carried_from.edition.number if found.carried_from else None,
        may_answer=rights.may_answer(reader, state=found.state_id),
    )
