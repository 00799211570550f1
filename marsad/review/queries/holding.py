"""The answers that held at a moment: what every figure, page and export is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from marsad.directory.types import Reader
from marsad.review.models import Answer, Round
from marsad.review.queries import rights
from marsad.review.types.answer import Held, HeldAlike


def held_at(answers: QuerySet[Answer], at: datetime | None) -> QuerySet[Answer]:
    """Those of some answers that held at a moment; now, where none is given."""
    if at is None:
        return answers.filter(ended_at__isnull=True)
    return answers.filter(at__lte=at).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at))


def held(
    *, reader: Reader, round_: Round, at: datetime | None = None, paths: Iterable[str] = ()
) -> Iterator[Held]:
    """The answers of a round that held at a moment and that the reader may read.

    :param at: now, where none is given.
    :param paths: of the questions wanted; all of them where there are none.
    """
    found = held_at(rights.readable_answers(reader, round_), at)
    wanted = list(paths)
    if wanted:
        found = found.filter(path__in=wanted)
    rows = found.order_by("path", "reply__invitation__state", "position").values_list(
        "key",
        "reply__invitation__state_id",
        "path",
        "position",
        "value",
        "is_confidential",
        "at",
    )
    for key, state, path, position, value, is_confidential, given_at in rows.iterator(5_000):
        yield Held(
            key=key,
            state=state,
            path=path,
            position=tuple(position),
            value=value,
            is_confidential=is_confidential,
            at=given_at,
        )


#: Stands for an answer in words, whatever the words are.
IN_WORDS = "…"


def held_alike(
    *,
    reader: Reader,
    round_: Round,
    at: datetime | None = None,
    paths: Iterable[str] = (),
    in_words: Iterable[str] = (),
) -> Iterator[HeldAlike]:
    """The same answers as `held`, those alike together: a tenth of the rows, for counting.

    :param in_words: paths of which only matters that there is an answer; its words stay behind.
    """
    found = held_at(rights.readable_answers(reader, round_), at).exclude(value="")
    wanted = list(paths)
    if wanted:
        found = found.filter(path__in=wanted)
    said = Case(
        When(path__in=list(in_words), then=Value(IN_WORDS)),
        default=F("value"),
        output_field=TextField(),
    )
    rows = (
        found.order_by()
        .annotate(said=said)
        .values_list("path", "position", "said", "is_confidential")
        .annotate(states=ArrayAgg("reply__invitation__state_id"))
    )
    for path, position, value, is_confidential, states in rows:
        yield HeldAlike(
            path=path,
            position=tuple(position),
            value=value,
            is_confidential=is_confidential,
            states=states,
        )
