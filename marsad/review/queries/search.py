"""Words found in the answers of all States, in every form that Arabic or English gives them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL

from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.review import problems
from marsad.review.models import Answer, Round
from marsad.review.queries import rights
from marsad.review.queries.layout import layout
from marsad.review.queries.reading import answer_read, language_of_words, latin_of, tags_of
from marsad.review.terms import question as asked_for
from marsad.review.terms import snippet
from marsad.review.types.reading import Found, FoundAnswer, Layout

PAGE = 20
#: Hits that are looked through for a filter that only their words can tell.
_MOST = 2_000


@dataclass(frozen=True, kw_only=True)
class SearchChoice:
    """What narrows a search; empty means all."""

    #: Path of a section, code of a regional group, and of the language that answers are in.
    section: str = ""
    group: str = ""
    language: str = ""
    state: str = ""


def search(
    *,
    reader: Reader,
    round_: Round,
    typed: str,
    language: str,
    choice: SearchChoice | None = None,
    start: int = 0,
    most: int = PAGE,
) -> Found:
    """Answers that hold now, with all the words typed, best first.

    :raises NothingToSearch: if nothing was typed that can be searched for.
    """
    choice = choice or SearchChoice()
    asked = asked_for(typed)
    if not asked.tsquery:
        raise problems.NothingToSearch
    if not round_.form_key:
        return Found(hits=(), count=0)
    form = layout(form_key=round_.form_key, language=language)
    found = _narrowed(_matching(reader, round_, asked.tsquery), choice)
    rank = RawSQL(
        "ts_rank_cd(review_answer.terms, %s::tsquery, 1)",
        [asked.tsquery],
        output_field=FloatField(),
    )
    ordered = found.order_by(rank.desc(), "reply__invitation__state", "path", "position")
    if choice.language:
        latin = latin_of(round_)
        rows = [
            row
            for row in ordered[:_MOST]
            if language_of_words(row.value, otherwise=latin) == choice.language
        ]
        count, rows = len(rows), rows[start : start + most]
    else:
        count, rows = found.count(), list(ordered[start : start + most])
    hits = _hits(rows, reader=reader, round_=round_, form=form, terms=asked.terms)
    return Found(hits=hits, count=count)


def _matching(reader: Reader, round_: Round, tsquery: str) -> QuerySet[Answer]:
    held = rights.readable_answers(reader, round_).filter(ended_at__isnull=True)
    found: QuerySet[Answer] = held.extra(
        where=["review_answer.terms @@ %s::tsquery"], params=[tsquery]
    )
    return found.select_related("reply__invitation")


def _narrowed(found: QuerySet[Answer], choice: SearchChoice) -> QuerySet[Answer]:
    if choice.section:
        found = found.filter(path__startswith=f"{choice.section}/")
    if choice.group:
        found = found.filter(reply__invitation__state__un_group=choice.group)
    if choice.state:
        found = found.filter(reply__invitation__state=choice.state)
    return found


def _hits(
    rows: list[Answer], *, reader: Reader, round_: Round, form: Layout, terms: frozenset[str]
) -> list[FoundAnswer]:
    language = form.language
    names = directory.state_names(language=language)
    tags = tags_of(reader, round_, [row.key for row in rows], language=language)
    latin = latin_of(round_)
    found = []
    for row in rows:
        question = form.questions.get(row.path)
        if question is None:
            continue
        iso2 = row.reply.invitation.state_id
        found.append(
            FoundAnswer(
                iso2=iso2,
                state=names.get(iso2, iso2),
                answer=answer_read(
                    row, question=question, language=language, latin=latin, tags=tags
                ),
                question=question,
                pieces=snippet(row.value, asked=terms),
            )
        )
    return found
