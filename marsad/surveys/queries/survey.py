"""Surveys, as those who are asked and those who ask see them."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Count, Q
from django.utils import timezone

from marsad.directory import queries as directory
from marsad.directory.types import OPERATOR, Person, Reader, Role
from marsad.questionnaires.exports import answers as exporting
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.queries import submission as submissions
from marsad.questionnaires.types import QuestionView, SubmissionView
from marsad.surveys import problems
from marsad.surveys.models import Survey
from marsad.surveys.queries import asking, rights
from marsad.surveys.types import Bar, QuestionSummary, SurveyCard

#: How many of the newest answers in words a summary shows.
_WORDS_SHOWN = 8


def mine(*, reader: Reader, language: str) -> list[SurveyCard]:
    """The surveys whose answers the reader may read, the newest first."""
    counted = rights.managed(reader).annotate(
        current=Count("responses", filter=Q(responses__is_current=True))
    )
    return [_card(survey, language=language) for survey in counted]


def one(*, reader: Reader, key: str, language: str) -> SurveyCard:
    """:raises NoSuchSurvey: if there is none, or its answers are not the reader's to read."""
    return _card(_managed(reader, key), language=language)


def may_ask(reader: Reader) -> bool:
    """Whether the reader may make surveys at all."""
    return bool(rights.bodies_surveyed_by(reader))


def summary(*, reader: Reader, key: str, language: str) -> list[QuestionSummary]:
    """What the answers to each question come to.

    :raises NoSuchSurvey: if there is none, or its answers are not the reader's to read.
    """
    survey = _managed(reader, key)
    questions = _questions(survey, language)
    found = list(submissions.of_subject(kind=asking.KIND, subject_id=survey.key))
    return [_summary(question, found) for question in questions if question.kind != "note"]


def answers(*, reader: Reader, key: str, language: str) -> exporting.Answers:
    """Everything that was answered, ready to be taken away.

    :raises NoSuchSurvey: if there is none, or its answers are not the reader's to read.
    """
    survey = _managed(reader, key)
    found = list(submissions.of_subject(kind=asking.KIND, subject_id=survey.key))
    return exporting.lay_out(
        title=_title(survey, language),
        language=language,
        questions=_questions(survey, language),
        submissions=found,
        names=_names(found) if survey.shows_names else None,
    )


def file(*, reader: Reader, key: str, submission: str, name: str) -> tuple[bytes, str]:
    """A file that came with an answer.

    :raises NoSuchSurvey: if there is none, or its answers are not the reader's to read.
    """
    survey = _managed(reader, key)
    return submissions.file(kind=asking.KIND, subject_id=survey.key, key=submission, name=name)


def _questions(survey: Survey, language: str) -> Sequence[QuestionView]:
    """The questions that were asked, whoever may use the questionnaire today.

    The right is judged on the survey; its answers stay readable when the form is restricted later.
    """
    return questionnaires.questions(reader=OPERATOR, key=survey.form_key, language=language)


def _managed(reader: Reader, key: str) -> Survey:
    survey = rights.managed(reader).select_related("made_by").filter(key=key).first()
    if survey is None:
        raise problems.NoSuchSurvey()
    return survey


def _names(found: Sequence[SubmissionView]) -> Mapping[int, str]:
    people = Person.objects.filter(pk__in={each.by_id for each in found})
    return dict(people.values_list("pk", "name"))


def _card(survey: Survey, *, language: str) -> SurveyCard:
    asked = asking.of_survey(survey.key, language=language)
    count = getattr(survey, "current", None)
    form = questionnaires.form(reader=OPERATOR, key=survey.form_key)
    return SurveyCard(
        key=survey.key,
        title=_title(survey, language),
        purpose=survey.purpose,
        body=directory.body_name(survey.body, language=language),
        form_key=survey.form_key,
        questionnaire=form.titles.get(language) or next(iter(form.titles.values()), form.form_id),
        asking_key=asked.key,
        made_at=survey.made_at,
        closes_at=survey.closes_at,
        is_open=survey.closes_at is None or survey.closes_at > timezone.now(),
        shows_names=survey.shows_names,
        once_each=survey.once_each,
        asked=[str(Role(role).label) for role in survey.open_to_roles],
        response_count=survey.responses.filter(is_current=True).count() if count is None else count,
    )


def _title(survey: Survey, language: str) -> str:
    return str(survey.titles.get(language) or next(iter(survey.titles.values())))


def _summary(question: QuestionView, found: Sequence[SubmissionView]) -> QuestionSummary:
    said = [
        answer
        for submission in found
        for answer in submission.answers
        if answer["path"] == question.path and answer["value"] != ""
    ]
    values = [str(answer["value"]) for answer in said]
    files = [
        (submission.key, str(answer["file"]))
        for submission in found
        for answer in submission.answers
        if answer["path"] == question.path and answer["file"]
    ]
    told = QuestionSummary(
        path=question.path,
        label=question.label,
        language=question.language,
        kind=question.kind,
        kind_label=question.kind_label,
        answered=len(values),
        asked=len(found),
        bars=_bars(question, said) if question.choices else (),
        files=files,
        words=_newest(values) if question.kind in ("text", "date", "time", "datetime") else (),
    )
    if question.kind not in ("integer", "decimal", "range") or not values:
        return told
    numbers = [float(value) for value in values]
    return _with_numbers(told, numbers)


def _with_numbers(told: QuestionSummary, numbers: Sequence[float]) -> QuestionSummary:
    return replace(
        told,
        least=min(numbers),
        median=statistics.median(numbers),
        mean=statistics.fmean(numbers),
        greatest=max(numbers),
    )


def _newest(values: Sequence[str]) -> Sequence[str]:
    return list(reversed(values[-_WORDS_SHOWN:]))


def _bars(question: QuestionView, said: Sequence[Mapping[str, object]]) -> list[Bar]:
    taken: Counter[str] = Counter()
    for answer in said:
        chosen = answer["values"] or [answer["value"]]
        assert isinstance(chosen, list | tuple)
        taken.update(map(str, chosen))
    return [
        Bar(label=label, count=taken[value], share=taken[value] / max(1, len(said)))
        for value, label in question.choices
    ]
