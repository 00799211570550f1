"""What scripts may ask of the figures, under /api/v1/statistics/.

A script sends the token of a person (`Authorization: Bearer …`) and may do what that person may.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from marsad.directory.token_auth import SIGNED_IN
from marsad.directory.types import Person, PersonRequest, Reader
from marsad.statistics import problems, uploads
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import question as questions
from marsad.statistics.queries import arrival as arrival_queries
from marsad.statistics.queries import board as boards
from marsad.statistics.queries import edition as edition_queries
from marsad.statistics.queries import question as question_queries
from marsad.statistics.types.board import EditionCard
from marsad.tabulation.sources import check_encoding

router = Router(tags=["statistics"])

_LAST = 100_000_000


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language() -> str:
    return (get_language() or "ar")[:2]


class FigureIn(Schema):
    """What is said of a file of figures."""

    #: Code of the source: `glotip`, `sdg`, or `state-jo` for a State's own.
    source: str
    #: Of a text file that is not UTF-8: `cp1256`.
    encoding: str = ""


class PieceQuery(Schema):
    """Which piece of a long list."""

    start: int = Field(0, ge=0, le=_LAST)
    most: int = Field(100, ge=1, le=1_000)


class RemarkQuery(PieceQuery):
    """Which remarks."""

    level: Literal["", "noted", "doubted", "refused"] = ""
    code: str = Field("", max_length=60)


class QuestionQuery(PieceQuery):
    """Which questions."""

    state: str = Field("", max_length=2)
    edition: str = Field("", max_length=16)
    standing: Literal["open", "answered", "all"] = "open"
    notes: bool = False


class MappingIn(Schema):
    """How the columns of a file are to be read: see `python -m marsad.tabulation`."""

    columns: dict[str, str]
    constants: dict[str, str] = Field(default_factory=dict)
    aside: list[str] = Field(default_factory=list)
    encoding: str | None = None
    sheet: str | None = None


class AnswerIn(Schema):
    """What a State says to a question."""

    kind: str
    note: str = Field("", max_length=5_000)


# ── files ────────────────────────────────────────────────────────────────────────────────────────
@router.get("/figures", response=dict[str, Any], auth=SIGNED_IN)
def figures(request: HttpRequest) -> dict[str, Any]:
    """Sources and files that the reader may see, and how far each has come."""
    found = boards.board(reader=_reader(request), language=_language())
    return {
        "sources": [
            {
                "source": each.code,
                "name": each.name,
                "newest": _edition(each.newest) if each.newest else None,
                "in_force": _edition(each.in_force) if each.in_force else None,
            }
            for each in found.sources
        ],
        "arrivals": [asdict(each) for each in found.arrivals],
        "open_questions": found.open_questions,
    }


@router.post("/arrivals", response={202: dict[str, Any]}, auth=SIGNED_IN)
def send(
    request: HttpRequest, file: File[UploadedFile], said: Form[FigureIn]
) -> Status[dict[str, Any]]:
    """Send a file of figures; a worker reads it. Ask `/arrivals/{key}` how far it has come."""
    arrived = uploads.received(
        file,
        source=said.source,
        encoding=said.encoding,
        by=_reader(request),
        at=timezone.now(),
        too_large="marsad.too_large" in request.META,
    )
    return Status(202, {"arrival": arrived.key})


@router.get("/arrivals/{key}", response=dict[str, Any], auth=SIGNED_IN)
def arrival(request: HttpRequest, key: str) -> dict[str, Any]:
    """How far a file has come, its columns, and how often what was remarked."""
    found = arrival_queries.view(reader=_reader(request), key=key, language=_language())
    return asdict(found)


@router.get("/arrivals/{key}/remarks", response=dict[str, Any], auth=SIGNED_IN)
def remarks(request: HttpRequest, key: str, asked: Query[RemarkQuery]) -> dict[str, Any]:
    """What is to be said about its rows, in their order."""
    found, count = arrival_queries.remarks(
        reader=_reader(request),
        key=key,
        level=asked.level,
        code=asked.code,
        start=asked.start,
        most=asked.most,
    )
    return {"count": count, "remarks": [asdict(each) for each in found]}


@router.get("/arrivals/{key}/rows", response=dict[str, Any], auth=SIGNED_IN)
def rows(request: HttpRequest, key: str, asked: Query[PieceQuery]) -> dict[str, Any]:
    """Its rows as they were understood."""
    found, count = arrival_queries.rows(
        reader=_reader(request),
        key=key,
        language=_language(),
        start=asked.start,
        most=asked.most,
    )
    return {"count": count, "rows": [asdict(each) for each in found]}


@router.post("/arrivals/{key}/columns", response={202: dict[str, Any]}, auth=SIGNED_IN)
def columns(request: HttpRequest, key: str, said: MappingIn) -> Status[dict[str, Any]]:
    """Say how its columns are to be read; it is read anew."""
    view = arrival_queries.view(reader=_reader(request), key=key, language=_language())
    if said.encoding:
        check_encoding(said.encoding)
    arrivals.map_columns(
        key=key,
        mapping={**view.mapping, **said.dict()},
        by=_reader(request),
        at=timezone.now(),
    )
    return Status(202, {"arrival": key})


@router.post("/arrivals/{key}/take", response={201: dict[str, Any]}, auth=SIGNED_IN)
def take(request: HttpRequest, key: str, keeps: bool = False) -> Status[dict[str, Any]]:
    """Make it the next edition of its source; `keeps`: with what it says nothing of, as before."""
    made = arrivals.take(key=key, by=_reader(request), at=timezone.now(), keeps=keeps)
    return Status(201, _one(request, made.key))


@router.post("/arrivals/{key}/put-aside", response={204: None}, auth=SIGNED_IN)
def put_aside(request: HttpRequest, key: str) -> Status[None]:
    """Count nothing of it."""
    arrivals.put_aside(key=key, by=_reader(request), at=timezone.now())
    return Status(204, None)


# ── editions ─────────────────────────────────────────────────────────────────────────────────────
@router.get("/editions/{key}", response=dict[str, Any], auth=SIGNED_IN)
def edition(request: HttpRequest, key: str) -> dict[str, Any]:
    """An edition, and what it changed against the one before."""
    told = _one(request, key)
    changed = edition_queries.changes(reader=_reader(request), key=key, language=_language())
    return {**told, "changes": asdict(changed) if changed else None}


@router.post("/editions/{key}/verify", response=dict[str, Any], auth=SIGNED_IN)
def verify(request: HttpRequest, key: str) -> dict[str, Any]:
    """Say for the State that the figures are right: they are in force from now on."""
    person = _reader(request)
    if not isinstance(person, Person):
        raise problems.NoSuchEdition
    editions.verify(key=key, by=person, at=timezone.now())
    return _one(request, key)


@router.post("/editions/{key}/restore", response={201: dict[str, Any]}, auth=SIGNED_IN)
def restore(request: HttpRequest, key: str) -> Status[dict[str, Any]]:
    """Make an earlier edition stand again, as a new one."""
    made = editions.restore(key=key, by=_reader(request), at=timezone.now())
    return Status(201, _one(request, made.key))


@router.post("/editions/{key}/withdraw", response=dict[str, Any], auth=SIGNED_IN)
def withdraw(request: HttpRequest, key: str) -> dict[str, Any]:
    """Have the newest edition count no more."""
    editions.withdraw(key=key, by=_reader(request), at=timezone.now())
    return _one(request, key)


def _one(request: HttpRequest, key: str) -> dict[str, Any]:
    card = edition_queries.card(reader=_reader(request), key=key, language=_language())
    if not card.may_have_file:
        raise problems.NoSuchEdition
    return _edition(card)


def _edition(card: EditionCard) -> dict[str, Any]:
    return {**asdict(card), "standing": card.standing.value}


# ── questions ────────────────────────────────────────────────────────────────────────────────────
@router.get("/questions", response=dict[str, Any], auth=SIGNED_IN)
def question_list(request: HttpRequest, asked: Query[QuestionQuery]) -> dict[str, Any]:
    """What States are asked about their figures, and what they answered."""
    found, count = question_queries.listed(
        reader=_reader(request),
        choice=question_queries.Choice(
            state=asked.state.upper(),
            edition=asked.edition,
            standing="" if asked.standing == "all" else asked.standing,
            notes=asked.notes,
        ),
        language=_language(),
        start=asked.start,
        most=asked.most,
    )
    return {"count": count, "questions": [asdict(each) for each in found]}


@router.post("/questions/{key}/answer", response=dict[str, Any], auth=SIGNED_IN)
def answer(request: HttpRequest, key: str, said: AnswerIn) -> dict[str, Any]:
    """Answer a question for its State."""
    questions.answer(
        key=key, kind=said.kind, note=said.note, by=_reader(request), at=timezone.now()
    )
    found = question_queries.one(reader=_reader(request), key=key, language=_language())
    return asdict(found)
