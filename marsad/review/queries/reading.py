"""Answers side by side: one question across States, one State across questions.

Whoever asks sees what `rights` opens to them. A State that replied and did not answer a question is
shown as not having answered it. States stand in the order of their names, never by their answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from marsad.arabic.language import OTHER, language_of
from marsad.directory import queries as directory
from marsad.directory.types import Reader, UnGroup
from marsad.questionnaires.types import QuestionView
from marsad.review import problems
from marsad.review.models import Answer, Coding, Invitation, Round
from marsad.review.queries import rights
from marsad.review.queries.holding import held_at
from marsad.review.queries.layout import layout, words_of
from marsad.review.queries.section import place_of
from marsad.review.terms import IN_WORDS
from marsad.review.types.reading import (
    AnsweredQuestion,
    AnsweredSection,
    AnswerRead,
    Layout,
    QuestionLine,
    QuestionPage,
    ReplyLink,
    SectionLine,
    StateAnswers,
    StatePage,
    Tag,
)

#: Chosen as an answer: those that gave none.
NONE = "-"
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_ARABIC = re.compile(r"[\u0620-\u06d3]")
#: So much of an answer tells its language.
_SAMPLE = 600


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What narrows a reading; empty means all."""

    #: Code of a regional group.
    group: str = ""
    #: A value that the form offers, or `NONE`.
    answer: str = ""
    #: Code of the language that answers are written in.
    language: str = ""
    #: `yes` or `no`, for those who see what is confidential.
    confidential: str = ""
    #: The moment whose answers are read; now, where none is given.
    at: datetime | None = None
    #: The moment since which answers must have changed.
    since: datetime | None = None

    @property
    def narrows(self) -> bool:
        """Whether States may be left out by it."""
        return bool(self.group or self.answer or self.language or self.confidential or self.since)


class _Row(NamedTuple):
    key: str
    state: str
    path: str
    position: tuple[int, ...]
    value: str
    is_confidential: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A State of a round, as a reading needs it."""

    iso2: str
    name: str
    group: str


# ── what there is ────────────────────────────────────────────────────────────────────────────────
def contents(*, reader: Reader, round_: Round, language: str) -> list[SectionLine]:
    """The questions of a round by section, and how many States answered each."""
    if not round_.form_key:
        return []
    now = held_at(rights.readable_answers(reader, round_), None).exclude(value="").order_by()
    # What is asked once has one answer of a State; only entries of repeats need telling apart.
    counts = dict(now.filter(position=[]).values_list("path").annotate(states=Count("id")))
    counts |= dict(
        now.exclude(position=[]).values_list("path").annotate(states=Count("reply", distinct=True))
    )
    return [
        SectionLine(
            path=section.path,
            label=section.label,
            language=section.language,
            questions=[
                QuestionLine(
                    path=each.path,
                    label=each.label,
                    language=each.language,
                    answered=counts.get(each.path, 0),
                )
                for each in section.questions
            ],
        )
        for section in layout(form_key=round_.form_key, language=language).sections
    ]


def replies(*, reader: Reader, round_: Round, language: str) -> list[ReplyLink]:
    """The States whose answers the reader may read, by name."""
    return [
        ReplyLink(iso2=each.iso2, name=each.name)
        for each in _lines(reader, round_, language=language)
    ]


def sees_confidential(reader: Reader) -> bool:
    """Whether marks of confidentiality say anything to this reader: others never meet one."""
    return rights.is_secretariat(reader)


# ── one question across States ───────────────────────────────────────────────────────────────────
def by_question(
    *, reader: Reader, round_: Round, path: str, language: str, choice: Choice | None = None
) -> QuestionPage:
    """What every State that replied answered to one question.

    :raises NoQuestionHere: if the form of the round has none of that path.
    """
    choice = choice or Choice()
    form = _form(round_, language)
    question = form.questions.get(path)
    if question is None:
        raise problems.NoQuestionHere
    lines = _lines(reader, round_, language=language)
    rows = _rows(reader, round_, at=choice.at, paths=[path])
    told = _by_state(rows, reader=reader, round_=round_, form=form, language=language)
    if choice.since is not None:
        earlier = _rows(reader, round_, at=choice.since, paths=[path])
        told = _changed(told, earlier, question=question)
    shown = [
        kept
        for line in lines
        if (kept := _narrowed(line, told.get(line.iso2, []), choice=choice)) is not None
    ]
    before, after = form.near(path)
    return QuestionPage(
        question=question,
        section=form.section_of[path],
        before=before,
        after=after,
        states=shown,
        replied=len(lines),
        answered=len({row.state for row in rows if row.value}),
    )


def _narrowed(line: _Line, answers: Sequence[AnswerRead], *, choice: Choice) -> StateAnswers | None:
    """A State with those of its answers that were asked for; None where it has none of them."""
    if choice.group and line.group != choice.group:
        return None
    wanted = [each for each in answers if _is_wanted(each, choice)]
    asks_answers = (
        choice.answer not in ("", NONE) or choice.language or choice.confidential or choice.since
    )
    if asks_answers and not wanted:
        return None
    if choice.answer == NONE and answers:
        return None
    return StateAnswers(
        iso2=line.iso2,
        name=line.name,
        group=line.group,
        group_label=_group_label(line.group),
        answers=wanted,
    )


def _is_wanted(answer: AnswerRead, choice: Choice) -> bool:
    if choice.answer not in ("", NONE) and choice.answer not in answer.value.split():
        return False
    if choice.language and (not answer.is_text or answer.language != choice.language):
        return False
    return not choice.confidential or answer.is_confidential == (choice.confidential == "yes")


def _changed(
    told: Mapping[str, list[AnswerRead]], earlier: Iterable[_Row], *, question: QuestionView
) -> dict[str, list[AnswerRead]]:
    """Only what differs from an earlier day, with what was said then."""
    was = {(row.state, row.position): row.value for row in earlier}
    return {
        state: [
            replace(each, was=words_of(question, before))
            for each in answers
            if (before := was.get((state, tuple(each.position)), "")) != each.value
        ]
        for state, answers in told.items()
    }


# ── one State across questions ───────────────────────────────────────────────────────────────────
def of_state(
    *, reader: Reader, round_: Round, iso2: str, language: str, choice: Choice | None = None
) -> StatePage:
    """What one State answered to every question.

    :raises NoSuchReply: if it sent none, or it is not open to the reader.
    """
    choice = choice or Choice()
    lines = _lines(reader, round_, language=language)
    place = next((number for number, each in enumerate(lines) if each.iso2 == iso2), None)
    if place is None:
        raise problems.NoSuchReply
    form = _form(round_, language)
    rows = _rows(reader, round_, at=choice.at, state=iso2)
    told = _read(rows, reader=reader, round_=round_, form=form, language=language)
    if choice.since is not None:
        earlier = {
            (row.path, row.position): row.value
            for row in _rows(reader, round_, at=choice.since, state=iso2)
        }
        told = list(_changed_of(told, earlier, form=form))
    by_path: dict[str, list[AnswerRead]] = {}
    for each in told:
        by_path.setdefault(each.path, []).append(each)
    invitation = Invitation.objects.select_related("reply").get(round=round_, state=iso2)
    return StatePage(
        iso2=iso2,
        name=lines[place].name,
        submitted_at=invitation.reply.submitted_at,
        is_late=invitation.is_late,
        sections=_sections(form, by_path, every=choice.since is None),
        answered=len(by_path),
        before=lines[place - 1].iso2 if place else "",
        after=lines[place + 1].iso2 if place + 1 < len(lines) else "",
    )


def _changed_of(
    told: Iterable[AnswerRead], earlier: Mapping[tuple[str, tuple[int, ...]], str], *, form: Layout
) -> Iterator[AnswerRead]:
    for each in told:
        before = earlier.get((each.path, tuple(each.position)), "")
        if before != each.value:
            yield replace(each, was=words_of(form.questions[each.path], before))


def _sections(
    form: Layout, by_path: Mapping[str, Sequence[AnswerRead]], *, every: bool
) -> list[AnsweredSection]:
    sections = [
        AnsweredSection(
            section=section,
            questions=[
                AnsweredQuestion(question=each, answers=by_path.get(each.path, ()))
                for each in section.questions
                if every or each.path in by_path
            ],
        )
        for section in form.sections
    ]
    return [each for each in sections if each.questions]


# ── taking away ──────────────────────────────────────────────────────────────────────────────────
def flat(
    *,
    reader: Reader,
    round_: Round,
    language: str,
    choice: Choice | None = None,
    path: str = "",
    iso2: str = "",
) -> Iterator[tuple[StateAnswers, QuestionView, AnswerRead | None]]:
    """Answers line by line: of one question, of one State, or all of them.

    :raises NoQuestionHere, NoSuchReply: as the pages do.
    """
    if path:
        page = by_question(
            reader=reader, round_=round_, path=path, language=language, choice=choice
        )
        for state in page.states:
            for answer in state.answers or (None,):
                yield state, page.question, answer
        return
    lines = {each.iso2: each for each in _lines(reader, round_, language=language)}
    for code in [iso2] if iso2 else list(lines):
        one = of_state(reader=reader, round_=round_, iso2=code, language=language, choice=choice)
        line = lines[code]
        state = StateAnswers(
            iso2=code,
            name=line.name,
            group=line.group,
            group_label=_group_label(line.group),
            answers=(),
        )
        for section in one.sections:
            for asked in section.questions:
                for answer in asked.answers or (None,):
                    yield state, asked.question, answer


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────
def language_of_words(text: str, *, otherwise: str = "und") -> str:
    """The language that people wrote in, as far as letters tell: `ar`, `fa`, `ur`, or `otherwise`.

    >>> language_of_words("صدر القانون رقم 5 (ILO)"), language_of_words("A law", otherwise="en")
    ('ar', 'en')
    """
    sample = text[:_SAMPLE]
    arabic = len(_ARABIC.findall(sample))
    if arabic <= len(_LATIN.findall(sample)):
        return otherwise if _LATIN.search(sample) else "und"
    found = language_of(sample)
    return "ar" if found == OTHER else found


def latin_of(round_: Round) -> str:
    """The language that Latin letters most likely are in, of those that replies are given in."""
    return next((code for code in round_.languages if code not in ("ar", "fa", "ur")), "en")


def _form(round_: Round, language: str) -> Layout:
    if not round_.form_key:
        raise problems.NoQuestionHere
    return layout(form_key=round_.form_key, language=language)


def _lines(reader: Reader, round_: Round, *, language: str) -> list[_Line]:
    """The States whose answers the reader may read, by name: those that replied, and their own."""
    replied = Q(reply__submitted_at__isnull=False)
    if not rights.analyses(reader, round_):
        replied &= Q(reply__is_public=True)
    own = Q(reply__isnull=False, state__in=rights.states_of(reader))
    found = (
        Invitation.objects.filter(round=round_)
        .filter(replied | own)
        .order_by()
        .values_list("state_id", "state__un_group")
    )
    names = directory.state_names(language=language)
    lines = [_Line(iso2=code, name=names.get(code, code), group=group) for code, group in found]
    return sorted(lines, key=lambda each: (each.name.casefold(), each.iso2))


def _rows(
    reader: Reader,
    round_: Round,
    *,
    at: datetime | None,
    paths: Sequence[str] = (),
    state: str = "",
) -> list[_Row]:
    """Answers that held at a moment, what was taken away left out."""
    found: QuerySet[Answer] = held_at(rights.readable_answers(reader, round_), at)
    found = found.exclude(value="")
    if paths:
        found = found.filter(path__in=paths)
    if state:
        found = found.filter(reply__invitation__state=state)
    rows = found.order_by("path", "position").values_list(
        "key",
        "reply__invitation__state_id",
        "path",
        "position",
        "value",
        "is_confidential",
        "at",
    )
    return [_Row(*row[:3], tuple(row[3]), *row[4:]) for row in rows]


def _by_state(
    rows: Sequence[_Row], *, reader: Reader, round_: Round, form: Layout, language: str
) -> dict[str, list[AnswerRead]]:
    found: dict[str, list[AnswerRead]] = {}
    read = _read(rows, reader=reader, round_=round_, form=form, language=language)
    kept = [row for row in rows if row.path in form.questions]
    for row, answer in zip(kept, read, strict=True):
        found.setdefault(row.state, []).append(answer)
    return found


def _read(
    rows: Sequence[_Row], *, reader: Reader, round_: Round, form: Layout, language: str
) -> list[AnswerRead]:
    tags = tags_of(reader, round_, [row.key for row in rows], language=language)
    stale = _stale_in(reader, round_, {row.path for row in rows})
    latin = latin_of(round_)
    return [
        replace(
            answer_read(
                row, question=form.questions[row.path], language=language, latin=latin, tags=tags
            ),
            has_stale_tags=(row.state, row.path, row.position) in stale,
        )
        for row in rows
        if row.path in form.questions
    ]


def answer_read(
    row: Any,
    *,
    question: QuestionView,
    language: str,
    latin: str = "en",
    tags: Mapping[str, Sequence[Tag]] | None = None,
) -> AnswerRead:
    """One answer, as it is read; `row` is an answer, or as much of one as is read."""
    is_text = question.kind in IN_WORDS
    return AnswerRead(
        key=row.key,
        path=row.path,
        position=tuple(row.position),
        place=place_of(row.path, row.position).removeprefix("/"),
        value=row.value,
        words=words_of(question, row.value),
        language=(
            language_of_words(row.value, otherwise=latin)
            if is_text
            else question.language
            if question.choices
            else language
        ),
        is_text=is_text,
        is_confidential=row.is_confidential,
        at=row.at,
        was=None,
        tags=(tags or {}).get(row.key, ()),
    )


def tags_of(
    reader: Reader, round_: Round, keys: Sequence[str], *, language: str
) -> dict[str, list[Tag]]:
    """Themes that passages of answers were given, by key of the answer; analysts only."""
    if not keys or not rights.analyses(reader, round_):
        return {}
    found: dict[str, list[Tag]] = {}
    codings = Coding.objects.filter(
        removed_at__isnull=True, answer__reply__invitation__round=round_, theme__retired_at=None
    )
    if len(keys) < 1_000:
        codings = codings.filter(answer__key__in=keys)
    seen = codings.order_by("theme__ordinal").values_list(
        "answer__key", "theme__code", "theme__labels"
    )
    for key, code, labels in seen:
        tag = Tag(code=code, label=label_of(labels, language) or code)
        told = found.setdefault(key, [])
        if tag not in told:
            told.append(tag)
    return found


def _stale_in(reader: Reader, round_: Round, paths: set[str]) -> set[Any]:
    """Places whose earlier wording has marks that nobody has looked at since; for analysts."""
    if not paths or not rights.analyses(reader, round_):
        return set()
    rows = Coding.objects.filter(
        removed_at__isnull=True,
        answer__ended_at__isnull=False,
        theme__round=round_,
        answer__path__in=paths,
    ).values_list("answer__reply__invitation__state_id", "answer__path", "answer__position")
    return {(state, path, tuple(position)) for state, path, position in rows}


def label_of(labels: Mapping[str, str], language: str) -> str:
    """Words in a language, or in the first there is."""
    return labels.get(language.partition("-")[0]) or next(
        (each for each in labels.values() if each), ""
    )


def _group_label(code: str) -> str:
    return str(UnGroup(code).label) if code else ""
