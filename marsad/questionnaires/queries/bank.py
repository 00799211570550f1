"""The bank: every question of every published questionnaire, and where else a thing is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from marsad.directory.types import Reader
from marsad.questionnaires import terms
from marsad.questionnaires.checking import in_language
from marsad.questionnaires.models import Question, QuestionnaireVersion
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.queries import rights
from marsad.questionnaires.types import BankHit
from marsad.questionnaires.words import State

PAGE = 30


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is looked for; empty means all."""

    typed: str = ""
    concept: str = ""
    #: Code of an instrument, with or without an article: `TIP`, `TIP 6`.
    provision: str = ""
    theme: str = ""
    obligation: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.typed, self.concept, self.provision, self.theme, self.obligation))


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of questions, and how many there are in all."""

    hits: list[BankHit]
    count: int


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What one can narrow by: codes that occur, with how many questions each has."""

    concepts: list[tuple[str, int]]
    provisions: list[tuple[str, int]]
    themes: list[tuple[str, int]]
    questionnaires: int
    questions: int


def search(
    *, reader: Reader, sought: Sought, language: str, start: int = 0, most: int = PAGE
) -> Found:
    """Questions of the newest published version of each questionnaire the reader may see."""
    found = _sought(_asked(reader), sought)
    count = found.count()
    page = _ranked(found, sought)[start : start + most]
    return Found(hits=_hits(page, reader=reader, language=language), count=count)


def same_concept(*, reader: Reader, concept: str, language: str) -> list[BankHit]:
    """Every question of a concept, in whatever published questionnaire."""
    found = _asked(reader).filter(concept=concept) if concept else Question.objects.none()
    return _hits(found.order_by("version", "ordinal"), reader=reader, language=language)


def offered(*, reader: Reader) -> Offered:
    """What occurs in the bank, to choose from."""
    concepts: Counter[str] = Counter()
    provisions: Counter[str] = Counter()
    themes: Counter[str] = Counter()
    asked = _asked(reader)
    for concept, served, named in asked.values_list("concept", "provisions", "themes"):
        if concept:
            concepts[concept] += 1
        provisions.update({f"{one['instrument']} {one['article']}".strip() for one in served})
        themes.update(set(named))
    return Offered(
        concepts=sorted(concepts.items()),
        provisions=sorted(provisions.items(), key=lambda pair: _article_order(pair[0])),
        themes=sorted(themes.items()),
        questionnaires=asked.values("version").distinct().count(),
        questions=asked.count(),
    )


def _article_order(provision: str) -> tuple[str, int, str]:
    instrument, _space, article = provision.partition(" ")
    digits = "".join(letter for letter in article if letter.isdigit())
    return instrument, int(digits or 0), article


def _asked(reader: Reader) -> QuerySet[Question]:
    newest = (
        QuestionnaireVersion.objects.filter(
            state=State.PUBLISHED, questionnaire__in=rights.visible(reader)
        )
        .order_by()
        .values("questionnaire")
        .annotate(last=Max("number"))
        .values_list("questionnaire", "last")
    )
    keys = dict(newest)
    versions = [
        pk
        for pk, questionnaire, number in QuestionnaireVersion.objects.filter(
            questionnaire__in=list(keys), state=State.PUBLISHED
        ).values_list("pk", "questionnaire", "number")
        if keys[questionnaire] == number
    ]
    return Question.objects.filter(version__in=versions).exclude(kind__in=questionnaires.SILENT)


def _sought(asked: QuerySet[Question], sought: Sought) -> QuerySet[Question]:
    query = terms.question(sought.typed)
    if sought.typed and not query:
        return asked.none()
    if query:
        asked = asked.extra(where=["questionnaires_question.terms @@ %s::tsquery"], params=[query])
    if sought.concept:
        asked = asked.filter(concept=sought.concept)
    if sought.theme:
        asked = asked.filter(themes__contains=[sought.theme])
    if sought.obligation:
        asked = asked.filter(obligation=sought.obligation)
    if sought.provision:
        instrument, _space, article = sought.provision.partition(" ")
        served = {"instrument": instrument} | ({"article": article} if article else {})
        asked = asked.filter(provisions__contains=[served])
    return asked


def _ranked(found: QuerySet[Question], sought: Sought) -> QuerySet[Question]:
    query = terms.question(sought.typed)
    if not query:
        return found.order_by("version__questionnaire__form_id", "ordinal")
    return found.extra(
        select={"rank": "ts_rank_cd(questionnaires_question.terms, %s::tsquery)"},
        select_params=[query],
        order_by=["-rank", "version_id", "ordinal"],
    )


def _hits(found: QuerySet[Question], *, reader: Reader, language: str) -> list[BankHit]:
    questions = list(found.select_related("choice_list", "version__questionnaire"))
    concepts = {question.concept for question in questions if question.concept}
    elsewhere: dict[str, set[int]] = {}
    for concept, version in (
        _asked(reader).filter(concept__in=concepts).values_list("concept", "version")
        if concepts
        else ()
    ):
        elsewhere.setdefault(concept, set()).add(version)
    return [
        BankHit(
            question=questionnaires.question_view(question, language=language),
            questionnaire_key=question.version.questionnaire.key,
            questionnaire_title=in_language(question.version.titles, language)
            or question.version.questionnaire.form_id,
            form_id=question.version.questionnaire.form_id,
            version=question.version.version,
            elsewhere=len(elsewhere.get(question.concept, set()) - {question.version_id}),
        )
        for question in questions
    ]
