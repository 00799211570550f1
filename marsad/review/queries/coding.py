"""Answers to be coded, what was marked in them, what is suggested, and how far analysts agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from marsad.directory import queries as directory
from marsad.directory.types import Person, Reader
from marsad.review import problems, suggesting
from marsad.review.agreement import cohen, krippendorff
from marsad.review.models import Answer, Coding, Round
from marsad.review.queries import rights
from marsad.review.queries import theme as themes
from marsad.review.queries.layout import layout
from marsad.review.queries.reading import answer_read, label_of, latin_of
from marsad.review.terms import IN_WORDS
from marsad.review.types.coding import (
    Agreement,
    AnalystName,
    CodingPage,
    CodingView,
    Difference,
    Piece,
    SuggestionView,
    ThemeAgreement,
    WorkLine,
)

#: Answers on which two differ that a page shows.
MOST_DIFFERENCES = 100


# ── what may be coded ────────────────────────────────────────────────────────────────────────────
def may_code(*, reader: Reader, answer: Answer) -> bool:
    """Whether the reader analyses the round of an answer and may read it."""
    round_ = answer.reply.invitation.round
    return (
        rights.analyses(reader, round_)
        and rights.readable_answers(reader, round_).filter(pk=answer.pk).exists()
    )


def answer_to_code(*, reader: Reader, key: str) -> Answer:
    """An answer in words that the reader may code.

    :raises NoSuchAnswer: if there is none, or it is not open to them.
    :raises NotWords: if it is a choice, a number or a date.
    """
    answer = Answer.objects.select_related("reply__invitation__round").filter(key=key).first()
    if answer is None or not may_code(reader=reader, answer=answer):
        raise problems.NoSuchAnswer
    question = _questions(answer.reply.invitation.round, "ar").get(answer.path)
    if question is None or question.kind not in IN_WORDS:
        raise problems.NotWords
    return answer


def holding_now(answer: Answer) -> Answer | None:
    """The answer that holds in the place of one."""
    return Answer.objects.filter(
        reply=answer.reply_id, path=answer.path, position=answer.position, ended_at__isnull=True
    ).first()


def was_turned_down(coding: Coding) -> bool:
    """Whether it stands for a suggestion that somebody said was wrong."""
    return coding.was_suggested and coding.removed_at == coding.at


# ── one answer ───────────────────────────────────────────────────────────────────────────────────
def page(*, reader: Reader, round_: Round, key: str, language: str) -> CodingPage:
    """One answer, with the reader's marks on it and what is suggested.

    :raises NoSuchAnswer: if there is none of this round, or it is not open to them.
    """
    answer = answer_to_code(reader=reader, key=key)
    if answer.reply.invitation.round_id != round_.pk:
        raise problems.NoSuchAnswer
    question = _questions(round_, language)[answer.path]
    own = list(
        _of_place(answer)
        .filter(analyst=rights.person_of(reader), removed_at__isnull=True)
        .select_related("theme", "answer", "analyst")
    )
    now = answer if answer.ended_at is None else holding_now(answer)
    here = [each for each in own if each.answer_id == answer.pk]
    earlier = [each for each in own if each.answer.ended_at is not None and answer == now]
    iso2 = answer.reply.invitation.state_id
    before, after = _neighbours(reader, round_, answer)
    return CodingPage(
        answer=answer_read(answer, question=question, language=language, latin=latin_of(round_)),
        question=question,
        iso2=iso2,
        state=directory.state_names(language=language).get(iso2, iso2),
        pieces=_pieces(answer.value, here, language=language),
        codings=[_view(each, reader=reader, language=language) for each in here],
        stale=[_view(each, reader=reader, language=language, now=answer) for each in earlier],
        suggestions=_suggestions(reader, round_, answer, here, language=language),
        themes=themes.listed(reader=reader, round_=round_, language=language),
        before=before,
        after=after,
        now="" if now is None or now.pk == answer.pk else now.key,
    )


def _of_place(answer: Answer) -> QuerySet[Coding]:
    """Marks on an answer, and on every other wording of it."""
    return Coding.objects.filter(
        answer__reply=answer.reply_id, answer__path=answer.path, answer__position=answer.position
    ).order_by("start", "end", "theme__ordinal")


def _neighbours(reader: Reader, round_: Round, answer: Answer) -> tuple[str, str]:
    """The answers of the States before and after, to the same question, by code of the State."""
    held = rights.readable_answers(reader, round_).filter(path=answer.path)
    rows = list(
        held.filter(Q(ended_at__isnull=True) | Q(pk=answer.pk))
        .exclude(value="")
        .order_by("reply__invitation__state", "position", "pk")
        .values_list("key", "reply__invitation__state", "position", "pk")
    )
    keys = [row[0] for row in rows]
    place = keys.index(answer.key) if answer.key in keys else -1
    if place < 0:
        return "", ""
    return keys[place - 1] if place else "", keys[place + 1] if place + 1 < len(keys) else ""


def _pieces(text: str, codings: Sequence[Coding], *, language: str) -> list[Piece]:
    """The answer cut at every edge of a mark, so that marks may overlap."""
    edges = sorted({0, len(text), *(p for each in codings for p in (each.start, each.end))})
    found = []
    for start, end in pairwise(edges):
        names = [
            label_of(each.theme.labels, language) or each.theme.code
            for each in codings
            if each.start <= start and end <= each.end
        ]
        found.append(Piece(text=text[start:end], start=start, themes=list(dict.fromkeys(names))))
    return [each for each in found if each.text]


def _view(
    coding: Coding, *, reader: Reader, language: str, now: Answer | None = None
) -> CodingView:
    words = coding.answer.value[coding.start : coding.end]
    return CodingView(
        key=coding.key,
        theme=coding.theme.code,
        label=label_of(coding.theme.labels, language) or coding.theme.code,
        start=coding.start,
        end=coding.end,
        words=words,
        by=coding.analyst.name,
        is_own=coding.analyst_id == getattr(reader, "pk", None),
        at=coding.at,
        was_suggested=coding.was_suggested,
        still_there=now is not None and now.value.count(words) == 1,
    )


# ── suggestions ──────────────────────────────────────────────────────────────────────────────────
def _suggestions(
    reader: Reader, round_: Round, answer: Answer, own: Sequence[Coding], *, language: str
) -> list[SuggestionView]:
    """What earlier coding suggests, less what the reader has given or turned down."""
    if answer.ended_at is not None:
        return []
    learnt = learnt_from(reader, round_)
    if not learnt.passages:
        return []
    labels = {
        each.code: label_of(each.labels, language) or each.code
        for each in round_.themes.filter(retired_at__isnull=True)
    }
    turned_down = {
        (each.theme.code, each.start, each.end)
        for each in Coding.objects.filter(
            answer=answer, analyst=rights.person_of(reader), removed_at__isnull=False
        ).select_related("theme")
        if was_turned_down(each)
    }
    return [
        SuggestionView(
            theme=each.theme,
            label=labels[each.theme],
            start=each.start,
            end=each.end,
            words=answer.value[each.start : each.end],
            because=each.words,
            sureness=each.sureness,
        )
        for each in suggesting.suggest_in(learnt, answer.value)
        if each.theme in labels
        and (each.theme, each.start, each.end) not in turned_down
        and not any(
            one.theme.code == each.theme and one.start < each.end and each.start < one.end
            for one in own
        )
    ]


def learnt_from(reader: Reader, round_: Round) -> suggesting.Learnt:
    """What can be learnt from all coding of a round that the reader may read."""
    found = Coding.objects.filter(removed_at__isnull=True, theme__round=round_)
    state = Coding.objects.filter(theme__round=round_).aggregate(
        count=Count("id"),
        last=Max("id"),
        removed=Max("removed_at"),
        live=Count("id", Q(removed_at=None)),
    )
    if not rights.is_secretariat(reader):
        found = found.filter(answer__in=rights.readable_answers(reader, round_))
    key = (round_.pk, rights.is_secretariat(reader), tuple(state.values()))
    return _learnt(key, _Lazy(found))


class _Lazy:
    """Rows that are fetched only if nothing was learnt from them yet; all alike for the cache."""

    def __init__(self, found: QuerySet[Coding]) -> None:
        self.found = found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Lazy)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=8)
def _learnt(key: Any, rows: _Lazy) -> suggesting.Learnt:
    passages: dict[tuple[int, int, int], tuple[str, set[str]]] = {}
    told = rows.found.order_by("id").values_list(
        "answer_id", "start", "end", "answer__value", "theme__code"
    )
    for answer, start, end, value, theme in told:
        passages.setdefault((answer, start, end), (value[start:end], set()))[1].add(theme)
    return suggesting.learn(passages.values())


# ── what is left to do ───────────────────────────────────────────────────────────────────────────
def worklist(*, reader: Reader, round_: Round, language: str) -> list[WorkLine]:
    """The questions in words, and how far the reader has coded their answers.

    :raises NotAnAnalyst: if the reader does not analyse the round.
    """
    rights.require_analyst(reader, round_)
    questions = {
        path: each for path, each in _questions(round_, language).items() if each.kind in IN_WORDS
    }
    mine = set(
        Coding.objects.filter(
            analyst=rights.person_of(reader), removed_at__isnull=True, theme__round=round_
        ).values_list("answer_id", flat=True)
    )
    rows = (
        rights.readable_answers(reader, round_)
        .filter(ended_at__isnull=True, path__in=list(questions))
        .exclude(value="")
        .order_by("reply__invitation__state", "position")
        .values_list("pk", "key", "path")
    )
    by_path: dict[str, list[tuple[int, str]]] = {}
    for pk, key, path in rows:
        by_path.setdefault(path, []).append((pk, key))
    return [
        WorkLine(
            question=question,
            answers=len(by_path.get(path, ())),
            coded=sum(pk in mine for pk, _key in by_path.get(path, ())),
            next_key=next((key for pk, key in by_path.get(path, ()) if pk not in mine), ""),
        )
        for path, question in questions.items()
    ]


# ── agreement ────────────────────────────────────────────────────────────────────────────────────
def analysts(*, reader: Reader, round_: Round) -> list[AnalystName]:
    """Who has coded answers that the reader may read, and how many.

    :raises NotAnAnalyst: if the reader does not analyse the round.
    """
    rights.require_analyst(reader, round_)
    counted = (
        _live(reader, round_)
        .order_by("analyst__name", "analyst")
        .values_list("analyst", "analyst__name")
        .annotate(answers=Count("answer", distinct=True))
    )
    return [AnalystName(id=pk, name=name, answers=count) for pk, name, count in counted]


def agreement(
    *, reader: Reader, round_: Round, first: int, second: int, language: str
) -> Agreement:
    """How far two analysts agree, and all; and where the two differ.

    A unit is an answer that holds now. What somebody said of it is the set of themes that they gave
    its passages. An answer in which somebody marked nothing counts as not coded by them: it cannot
    be told from one they have not read.

    :raises NotAnAnalyst: if the reader does not analyse the round.
    """
    rights.require_analyst(reader, round_)
    marks = list(_live(reader, round_).select_related("theme", "answer", "analyst"))
    said: dict[int, dict[int, list[Coding]]] = {}
    for each in marks:
        said.setdefault(each.answer_id, {}).setdefault(each.analyst_id, []).append(each)
    shared = {pk: by for pk, by in said.items() if first in by and second in by}
    sets = {pk: (_codes(by[first]), _codes(by[second])) for pk, by in shared.items()}
    everybody = sorted({each.analyst_id for each in marks})
    units = [[_codes(by[one]) if one in by else None for one in everybody] for by in said.values()]
    names = dict(Person.objects.filter(pk__in=[first, second]).values_list("pk", "name"))
    return Agreement(
        first=names.get(first, ""),
        second=names.get(second, ""),
        units=len(shared),
        same=sum(one == other for one, other in sets.values()),
        kappa=cohen(sets.values()),
        alpha=krippendorff(units),
        analysts=len(everybody),
        themes=_by_theme(round_, sets.values(), language=language),
        differences=_differences(
            {pk: shared[pk] for pk, (one, other) in sets.items() if one != other},
            first=first,
            second=second,
            reader=reader,
            round_=round_,
            language=language,
        ),
    )


def _codes(marks: Iterable[Coding]) -> frozenset[str]:
    return frozenset(each.theme.code for each in marks)


def _live(reader: Reader, round_: Round) -> QuerySet[Coding]:
    """Marks that stand, on answers that hold and that the reader may read."""
    readable = rights.readable_answers(reader, round_).filter(ended_at__isnull=True)
    return Coding.objects.filter(
        removed_at__isnull=True, theme__round=round_, answer__in=readable
    ).order_by("answer", "start")


def _by_theme(
    round_: Round, sets: Iterable[tuple[frozenset[str], frozenset[str]]], *, language: str
) -> list[ThemeAgreement]:
    pairs = list(sets)
    used = {code for one, other in pairs for code in one | other}
    found = []
    for theme in round_.themes.filter(code__in=used):
        said = [(theme.code in one, theme.code in other) for one, other in pairs]
        found.append(
            ThemeAgreement(
                label=label_of(theme.labels, language) or theme.code,
                both=said.count((True, True)),
                first_only=said.count((True, False)),
                second_only=said.count((False, True)),
                neither=said.count((False, False)),
                kappa=cohen(said),
            )
        )
    return found


def _differences(
    shared: Mapping[int, Mapping[int, Sequence[Coding]]],
    *,
    first: int,
    second: int,
    reader: Reader,
    round_: Round,
    language: str,
) -> list[Difference]:
    names = directory.state_names(language=language)
    questions = _questions(round_, language)
    answers = Answer.objects.filter(pk__in=list(shared)).order_by(
        "path", "reply__invitation__state", "position"
    )
    return [
        Difference(
            key=answer.key,
            state=names.get(iso2, iso2),
            question=questions[answer.path],
            first=[_view(e, reader=reader, language=language) for e in shared[answer.pk][first]],
            second=[_view(e, reader=reader, language=language) for e in shared[answer.pk][second]],
        )
        for answer in answers.select_related("reply__invitation")[:MOST_DIFFERENCES]
        if answer.path in questions and (iso2 := answer.reply.invitation.state_id)
    ]


def _questions(round_: Round, language: str) -> Mapping[str, Any]:
    if not round_.form_key:
        return {}
    return layout(form_key=round_.form_key, language=language).questions
