"""A compiled form put into the database: its questions, its lists, the words it is found by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from marsad.questionnaires import plain_words, terms
from marsad.questionnaires.compiling import Compiled, Found
from marsad.questionnaires.models import ChoiceList, Question, QuestionnaireVersion

#: Words of choices by which a question is found; beyond them a list is data, not words.
_MOST_CHOICES = 200


def keep_questions(version: QuestionnaireVersion, compiled: Compiled) -> None:
    """Write the questions of a version, once; what it had before is gone."""
    version.questions.all().delete()
    version.choice_lists.all().delete()
    lists = ChoiceList.objects.bulk_create(
        ChoiceList(
            version=version,
            name=name[:200],
            choices=[{"value": one.value, "labels": dict(one.labels)} for one in choices],
        )
        for name, choices in compiled.choice_lists.items()
    )
    by_name = dict(zip(compiled.choice_lists, lists, strict=True))
    Question.objects.bulk_create(
        (
            _question(version, found, ordinal, by_name, compiled)
            for ordinal, found in enumerate(compiled.questions)
        ),
        batch_size=500,
    )


def _question(
    version: QuestionnaireVersion,
    found: Found,
    ordinal: int,
    lists: dict[str, ChoiceList],
    compiled: Compiled,
) -> Question:
    return Question(
        version=version,
        ordinal=ordinal,
        path=found.path,
        name=found.name,
        kind=found.kind,
        labels=dict(found.labels),
        hints=dict(found.hints),
        choice_list=lists.get(found.choice_list),
        is_required=found.is_required,
        repeat=found.repeat,
        provisions=[asdict(served) for served in found.serves.provisions],
        obligation=found.serves.obligation,
        themes=list(found.serves.themes),
        concept=found.serves.concept,
        terms=terms.vector(map(plain_words.plain, _words_of(found, compiled))),
    )


def _words_of(found: Found, compiled: Compiled) -> Iterable[str]:
    yield from found.labels.values()
    yield from found.hints.values()
    for choice in compiled.choice_lists.get(found.choice_list, ())[:_MOST_CHOICES]:
        yield from choice.labels.values()
