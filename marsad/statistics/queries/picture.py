"""A picture of the figures in force: from a choice to what charts, tables and files are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import cache

from marsad.design.formatting import Digits, reading_as
from marsad.directory.types import Reader
from marsad.statistics.models import Standing
from marsad.statistics.queries import figures, picture_words
from marsad.statistics.queries.picture_counting import COUNTS, Asked, Counted
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.picture import Picture
from marsad.tabulation.answers import Record, records
from marsad.tabulation.engine import Expression, rows_from
from marsad.tabulation.questions import Question

T = TypeVar("T")

#: Figures in force never change, so what is made of them may stay until it is pushed out.
_KEPT = 24 * 3600
#: What each kind of picture can be laid out by.
LAID_OUT_BY = {
    "line": ("sex", "age", "form", "region", "country"),
    "bars": ("form", "sex", "age", "region", "subregion", "country"),
    "flows": ("region", "subregion", "country"),
}
#: What has no meaning in a kind of picture.
_IDLE = {
    "funnel": ("indicator", "form", "sex", "age"),
    "pyramid": ("sex", "age"),
    "flows": ("form",),
}
#: Kinds whose figures can be told as shares.
SHARED = ("line", "bars")


def settled(choice: Choice) -> Choice:
    """The choice without what has no meaning in its kind of picture: one picture, one address."""
    idle = dict.fromkeys(_IDLE.get(choice.kind, ()), "")
    if choice.by not in LAID_OUT_BY.get(choice.kind, ()):
        idle["by"] = ""
    elif choice.by in ("sex", "age", "form"):
        idle[choice.by] = ""
    if "indicator" in idle:
        idle["indicator"] = Choice().indicator
    if choice.kind not in SHARED or choice.by in ("region", "subregion", "country"):
        idle["measure"] = ""
    settled_ = replace(choice, **idle)  # type: ignore[arg-type]
    return settled_ if choice.kind == "line" else replace(settled_, same_states=True)


def picture(*, choice: Choice, reader: Reader, language: str) -> Picture:
    """What is seen of the figures in force. They are public, so every reader sees the same.

    A picture without marks says in its sentences why, and what to do.

    :raises NothingInForce: where no figures were published by then.
    """
    return picture_of(figures.in_force(at=choice.at), choice=choice, language=language)


def picture_of(standing: Standing, *, choice: Choice, language: str) -> Picture:
    """The same of figures that were looked up already."""
    choice = settled(choice)
    digits = Digits.chosen(choice.numerals) or Digits.default_for(language)
    choice = replace(choice, numerals=digits.value, at=None)
    name = _name("picture", standing, choice.query(), language)
    found: Picture | None = cache.get(name)
    if found is None:
        found = _made(standing, choice=choice, language=language, digits=digits)
        cache.set(name, found, _KEPT)
    return found


def tag(standing: Standing, *, choice: Choice, language: str) -> str:
    """What changes whenever the picture does: for ETags."""
    return _name("tag", standing, settled(choice).query(), language)


def places_told(standing: Standing) -> Sequence[str]:
    """Codes of all places that figures in force are of."""
    return _kept(
        _name("places", standing),
        lambda: sorted(
            _rows(standing).select("place").distinct().to_pyarrow()["place"].to_pylist()
        ),
    )


def years_told(standing: Standing) -> Sequence[int]:
    """All years that figures in force are of, the latest first."""
    return _kept(
        _name("years", standing),
        lambda: sorted(
            _rows(standing).select("year").distinct().to_pyarrow()["year"].to_pylist(),
            reverse=True,
        ),
    )


def _made(standing: Standing, *, choice: Choice, language: str, digits: Digits) -> Picture:
    def run(expression: Callable[..., Expression], question: Question, **more: Any) -> list[Record]:
        name = _name("records", standing, expression.__qualname__, repr(question), repr(more))
        return _kept(name, lambda: records(expression(_rows(standing), question, **more)))

    with reading_as(language=language, digits=digits) as formatter:
        labels = picture_words.Labels(formatter)
        asked = Asked(choice=choice, labels=labels, run=run)
        counted = COUNTS[choice.kind](asked)
        return Picture(
            kind=choice.kind,
            language=language,
            title=_title(choice, counted, labels=labels),
            sentences=_sentences(standing, choice, counted, labels=labels),
            x_title=counted.x_title,
            y_title=counted.y_title,
            marks=tuple(counted.marks),
            series=tuple(counted.series),
            order=tuple(counted.order),
            is_share=counted.is_share,
            is_invented=_is_invented(standing),
            at=standing.from_at,
        )


def _title(choice: Choice, counted: Counted, *, labels: picture_words.Labels) -> str:
    if choice.kind == "bars" and not choice.by:
        choice = replace(choice, by="form")
    years = labels.years(counted.based.years) if counted.based else ""
    return picture_words.title(choice, years=years, labels=labels)


def _sentences(
    standing: Standing, choice: Choice, counted: Counted, *, labels: picture_words.Labels
) -> tuple[str, ...]:
    source = picture_words.source(standing, labels=labels)
    if counted.based is None:
        return (*counted.why_none, source)
    based = picture_words.based_on(choice, counted.based, labels=labels)
    absent = picture_words.absent(choice, counted.based, labels=labels)
    return (*based, *absent, *counted.says, picture_words.definition(choice), source)


def _is_invented(standing: Standing) -> bool:
    return standing.editions.filter(source__is_invented=True).exists()


def _rows(standing: Standing) -> Expression:
    return rows_from([figures.file_of(standing)])


def _kept(name: str, make: Callable[[], T]) -> T:
    found: T | None = cache.get(name)
    if found is None:
        found = make()
        cache.set(name, found, _KEPT)
    return found


def _name(what: str, standing: Standing, *more: str) -> str:
    """A name in the cache: of one content, one moment, one question."""
    told = "\n".join([standing.digest, standing.from_at.isoformat(), *more])
    return f"statistics.{what}.{sha256(told.encode()).hexdigest()}"
