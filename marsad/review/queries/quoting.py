"""What of the answers may be quoted: what a State cleared for publication, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from marsad.arabic.language import OTHER, language_of
from marsad.directory import queries as directory
from marsad.directory.types import OPERATOR, Reader
from marsad.review.composing import Quote, last_day
from marsad.review.models import Answer, Round
from marsad.review.queries import rights
from marsad.review.queries.figure import questions_of
from marsad.review.queries.holding import held_at
from marsad.review.terms import IN_WORDS
from marsad.review.types.report import Extractable

#: Letters of an answer that make it worth quoting, and those that an extract shows at most.
_LEAST, MOST = 40, 1_500


def quotable(round_: Round, *, at: datetime) -> QuerySet[Answer]:
    """The answers in words that held at a moment and that everybody may read, today too."""
    hidden_now = Answer.objects.filter(
        reply=OuterRef("reply"),
        path=OuterRef("path"),
        position=OuterRef("position"),
        ended_at__isnull=True,
        is_confidential=True,
    )
    return (
        held_at(rights.readable_answers(OPERATOR, round_), at)
        .filter(~Exists(hidden_now), is_confidential=False, reply__is_public=True)
        .exclude(value="")
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A part of an answer; to its end, where the end is nought."""

    answer: str
    start: int
    end: int


def quotes_of(
    round_: Round, passages: Iterable[Passage], *, at: datetime, languages: Iterable[str]
) -> dict[Passage, Quote]:
    """Passages as a report may quote them, looked up together; without those it may not."""
    wanted = list(passages)
    if not wanted:
        return {}
    known = quotable(round_, at=at).filter(key__in={each.answer for each in wanted})
    answers = {each.key: each for each in known.select_related("reply__invitation")}
    questions = {
        language: {each.path: each.label for each in questions_of(round_, language=language)}
        for language in languages
    }
    return {
        passage: Quote(
            answer=passage.answer,
            text=answer.value[passage.start : passage.end or MOST].strip(),
            language=_language_of(answer.value),
            state=str(answer.reply.invitation.state_id),
            question={code: labels.get(answer.path, "") for code, labels in questions.items()},
            on=last_day(answer.at),
        )
        for passage in wanted
        if (answer := answers.get(passage.answer)) is not None
    }


def _language_of(text: str) -> str:
    """Of a text in Arabic letters its own; any other is taken for English, the other one asked."""
    found = language_of(text)
    return "en" if found == OTHER else found


def extractable(
    *, reader: Reader, round_: Round, path: str, language: str, at: datetime
) -> Sequence[Extractable]:
    """The answers to a question that may be quoted, by State in the order of the language.

    :raises NotAnAnalyst: if the reader may not write reports of the round.
    """
    rights.require_analyst(reader, round_)
    names = directory.state_names(language=language)
    labels = {each.path: each.label for each in questions_of(round_, language=language)}
    found = quotable(round_, at=at).filter(path=path).select_related("reply__invitation")
    quotes = [
        Extractable(
            answer=each.key,
            state=str(each.reply.invitation.state_id),
            state_name=names.get(str(each.reply.invitation.state_id), ""),
            path=path,
            question=labels.get(path, ""),
            text=each.value[:MOST],
        )
        for each in found
    ]
    return sorted(quotes, key=lambda each: each.state_name)


def first_quotes(round_: Round, *, at: datetime) -> dict[str, str]:
    """One answer in words of each question that may be quoted, by path: for a first draft.

    The longest, since it says most; the State it is of plays no part.
    """
    paths = {each.path for each in questions_of(round_, language="en") if each.kind in IN_WORDS}
    found: dict[str, tuple[int, str]] = {}
    for key, path, value in quotable(round_, at=at).values_list("key", "path", "value"):
        size = len(value)
        if path in paths and _LEAST <= size <= MOST and size > found.get(path, (0, ""))[0]:
            found[path] = (size, key)
    return {path: key for path, (_size, key) in found.items()}


__all__ = ["MOST", "Passage", "extractable", "first_quotes", "quotable", "quotes_of"]
