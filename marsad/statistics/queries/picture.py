"""A picture of the figures in force: from a choice to what charts, tables and files are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import cache

from marsad.design.formatting import Digits, reading_as
from marsad.directory.types import Reader
from marsad.statistics import places, problems
from marsad.statistics.models import Standing
from marsad.statistics.queries import figures, picture_words, rights
from marsad.statistics.queries.picture_counting import COUNTS, Asked, Counted, question_of
from marsad.statistics.queries.withdrawn import withdrawn_since
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.picture import Picture
from marsad.tabulation import sdmx
from marsad.tabulation.answers import Record
from marsad.tabulation.asking import answer
from marsad.tabulation.categories import CITIZENSHIP, FORM
from marsad.tabulation.cells import behind, silent
from marsad.tabulation.engine import Expression, rows_from
from marsad.tabulation.justice import STAGES, of_full_places
from marsad.tabulation.places import all_places
from marsad.tabulation.questions import Question
from marsad.tabulation.words import known_word

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
#: What a kind of picture is laid out by where nothing is chosen.
_USUALLY = {"bars": "form"}
#: Kinds whose figures can be told as shares, and what shares are of.
SHARED = ("line", "bars")
_SHARED_BY = ("sex", "age", "form")


def settled(choice: Choice) -> Choice:
    """The choice without what has no meaning in its kind of picture: one picture, one address."""
    kind = choice.kind
    by = choice.by if choice.by in LAID_OUT_BY.get(kind, ()) else ""
    laid_out = by or _USUALLY.get(kind, "")
    idle = {*_IDLE.get(kind, ()), laid_out}
    shares = kind in SHARED and laid_out in _SHARED_BY
    usual = "share" if kind == "bars" else "count"
    return replace(
        choice,
        indicator=Choice().indicator if "indicator" in idle else choice.indicator,
        form="" if "form" in idle else choice.form,
        sex="" if "sex" in idle else choice.sex,
        age="" if "age" in idle else choice.age,
        by="" if by == _USUALLY.get(kind) else by,
        measure=choice.measure if shares and choice.measure != usual else "",
        same_states=choice.same_states or kind != "line",
    )


def picture(*, choice: Choice, reader: Reader, language: str) -> Picture:
    """What is seen of the figures in force. They are public, so every reader sees the same.

    A picture without marks says in its sentences why, and what to do.

    :raises NothingInForce: where no figures were published by then.
    """
    return picture_of(figures.in_force(at=choice.at), choice=choice, language=language)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a page shows of the figures in force."""

    picture: Picture
    #: As `settled`.
    choice: Choice
    #: Changes whenever other figures come into force.
    version: str
    #: Whether these are the figures of now, and change when others come.
    is_now: bool
    #: Places that figures are of, by name, and the years of any, the latest first.
    places: Sequence[tuple[str, str]]
    years: Sequence[int]


def seen(*, choice: Choice, reader: Reader, language: str) -> Seen:
    """A picture, with what can be chosen beside it.

    :raises NothingInForce: where no figures were published by then.
    """
    standing = figures.in_force(at=choice.at)
    choice = settled(choice)
    return Seen(
        picture=picture_of(standing, choice=choice, language=language),
        choice=choice,
        version=_version_of(standing, choice=choice),
        is_now=choice.at is None,
        places=_places(standing, language=language),
        years=_years(standing),
    )


def version_of(*, choice: Choice) -> str:
    """The same for the moment of a choice.

    :raises NothingInForce: where no figures were published by then.
    """
    return _version_of(figures.in_force(at=choice.at), choice=choice)


def _version_of(standing: Standing, *, choice: Choice) -> str:
    """Of a moment gone by it changes as well when something of it is withdrawn: that is said."""
    gone = 0 if choice.at is None else standing.editions.filter(withdrawn_at__isnull=False).count()
    return _version(standing.digest, standing.from_at, gone)


def version_now() -> tuple[str, datetime | None]:
    """What changes whenever other figures come into force, and since when they are; cheap."""
    newest = Standing.objects.order_by("-from_at").values_list("digest", "from_at").first()
    return (_version(*newest), newest[1]) if newest and newest[0] else ("", None)


def _version(digest: str, at: datetime, gone: int = 0) -> str:
    told = f"{digest} {at.isoformat()}{f' {gone}' if gone else ''}"
    return sha256(told.encode()).hexdigest()[:16]


def picture_of(standing: Standing, *, choice: Choice, language: str) -> Picture:
    """The same of figures that were looked up already.

    :raises PlaceNotKnown: where a place is chosen that nobody has named.
    """
    choice = settled(choice)
    is_now = choice.at is None
    digits = Digits.chosen(choice.numerals) or Digits.default_for(language)
    choice = replace(choice, numerals=digits.value, at=None)
    name = _name("picture", standing, choice.query(), language)
    found: Picture | None = cache.get(name)
    if found is None:
        _check_places(choice)
        found = _made(standing, choice=choice, language=language, digits=digits)
        cache.set(name, found, _KEPT)
    return found if is_now else _with_withdrawn(found, standing, digits=digits)


def _with_withdrawn(found: Picture, standing: Standing, *, digits: Digits) -> Picture:
    """The picture, saying what of it was withdrawn since: that may be long after it was kept."""
    if not found.marks:
        return found
    with reading_as(language=found.language, digits=digits) as write:
        said = withdrawn_since(standing, write=write, of_places=found.places)
    return replace(found, sentences=(*found.sentences, *said), withdrawn=tuple(said))


def _check_places(choice: Choice) -> None:
    named = places.names() if choice.places else {}
    for code in choice.places:
        if code not in named:
            raise problems.PlaceNotKnown(given=code)


def as_sdmx(*, choice: Choice, reader: Reader) -> str:
    """What a picture stands on as SDMX-CSV.

    Of detected victims these are the observations of indicator 16.2.2 for its years and places, in
    the codes of the Goals; of all else the rows behind it, as they were printed, in our own flow.

    :raises NothingInForce: where no figures were published by then.
    """
    choice = settled(choice)
    standing = figures.in_force(at=choice.at)
    shown = picture_of(standing, choice=choice, language="en")
    if not shown.marks:
        raise problems.NothingReported(why=" ".join(shown.sentences[:-1]))
    of = choice.places or (shown.places if choice.kind == "line" else ())
    question = replace(question_of(_laid_out(choice)), years=shown.years, places=tuple(of))
    if choice.indicator == "victims" and choice.kind in ("line", "bars", "pyramid", "map"):
        told = sdmx.sdg_as_sdmx(_rows(standing), question)
        # The Goals have no codes for some places and words: what is left of them is told as it is.
        if len(told.splitlines()) > 1:
            return told
    if choice.kind == "flows":
        question = replace(question, dimension=CITIZENSHIP, by=("category",), places=())
    elif choice.kind == "funnel":
        question = replace(question, indicator="")
    rows = _rows(standing)
    made_of = behind(of_full_places(rows) if choice.kind == "funnel" else rows, question)
    made_of = made_of.mutate(category=made_of.category_printed)
    if choice.kind == "flows" and of:
        # Of the chosen places some may be the origin alone.
        ends = (made_of.place.isin(of), made_of.citizenship.isin(of))
        made_of = made_of.filter(ends[0] | ends[1])
    elif choice.kind == "funnel":
        stages = [_stage(code) for code in STAGES]
        made_of = made_of.filter(made_of.indicator.isin(stages))
    return sdmx.rows_as_sdmx(_told_to(reader, made_of, standing))


def _stage(code: str) -> str:
    known = known_word("indicator", code)
    return known.word if known else code


def _told_to(reader: Reader, rows: Expression, standing: Standing) -> Expression:
    """Rows without the notes of States' own files that the reader is not told."""
    untold = rights.without_own_words(reader, standing)
    return rows.mutate(note=rows.file.isin(untold).ifelse("", rows.note)) if untold else rows


def _places(standing: Standing, *, language: str) -> Sequence[tuple[str, str]]:
    def made() -> Sequence[tuple[str, str]]:
        with reading_as(language=language) as formatter:
            labels = picture_words.Labels(formatter)
            told = _rows(standing).select("place").distinct().to_pyarrow()["place"].to_pylist()
            states_first = sorted(labels.by_name(told), key=lambda code: code in _groups())
            return [(code, labels.place(code)) for code in states_first]

    return _kept(_name("places", standing, language), made)


@lru_cache(maxsize=1)
def _groups() -> frozenset[str]:
    """Codes of groups of States, which stand last in a list of places."""
    return frozenset(place.code for place in all_places() if place.kind == "regional_group")


def _years(standing: Standing) -> Sequence[int]:
    def made() -> Sequence[int]:
        told = _rows(standing).select("year").distinct().to_pyarrow()["year"].to_pylist()
        return sorted(told, reverse=True)

    return _kept(_name("years", standing), made)


def _made(standing: Standing, *, choice: Choice, language: str, digits: Digits) -> Picture:
    file = figures.file_of(standing)

    def run(expression: Callable[..., Expression], question: Question, **more: Any) -> list[Record]:
        name = _name("records", standing, expression.__qualname__, repr(question), repr(more))
        return _kept(name, lambda: answer([file], expression, question, **more))

    with reading_as(language=language, digits=digits) as formatter:
        labels = picture_words.Labels(formatter)
        asked = Asked(choice=choice, labels=labels, run=run)
        counted = COUNTS[choice.kind](asked)
        counted = replace(counted, says=(*counted.says, *_silent(asked, counted)))
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
            years=counted.based.years if counted.based else None,
            places=tuple(sorted(counted.based.places)) if counted.based else (),
        )


def _title(choice: Choice, counted: Counted, *, labels: picture_words.Labels) -> str:
    choice = _laid_out(choice)
    years = labels.years(counted.based.years) if counted.based else ""
    return picture_words.title(choice, years=years, labels=labels)


def _sentences(
    standing: Standing, choice: Choice, counted: Counted, *, labels: picture_words.Labels
) -> tuple[str, ...]:
    reported = counted.based.places if counted.based else ()
    source = picture_words.source(standing, reported=reported, labels=labels)
    if counted.based is None:
        return tuple(map(labels.formatter.text, (*counted.why_none, *counted.says, source)))
    based = picture_words.based_on(choice, counted.based, labels=labels)
    absent = picture_words.absent(choice, counted.based, labels=labels)
    told = (*based, *absent, *counted.says, picture_words.definition(choice), source)
    return tuple(map(labels.formatter.text, told))


def silent_years(*, code: str, indicator: str, at: datetime | None) -> Sequence[int]:
    """Years in which a place has limits under forms and nothing else: see `tabulation.silent`.

    :raises NothingInForce: where no figures were published by then.
    """
    choice = Choice(indicator=indicator, kind="bars", by="form", places=(code,))
    question = replace(question_of(choice), places=(code,))
    standing = figures.in_force(at=at)
    return [one["year"] for one in answer([figures.file_of(standing)], silent, question)]


def _silent(asked: Asked, counted: Counted) -> list[str]:
    """How many are left out of a picture of forms, for nobody can tell whether they reported."""
    choice = _laid_out(asked.choice)
    question = question_of(choice)
    if question.dimension != FORM:
        return []
    years = counted.based.years if counted.based else choice.years
    question = replace(question, years=years, places=choice.places)
    left = len({one["place"] for one in asked.run(silent, question)})
    return picture_words.silent(left, labels=asked.labels) if left else []


def _laid_out(choice: Choice) -> Choice:
    return replace(choice, by=choice.by or _USUALLY.get(choice.kind, ""))


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
