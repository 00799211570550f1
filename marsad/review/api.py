"""Rounds for scripts: the same questions, as JSON.

A script sends the token of a person (`Authorization: Bearer …`); without one it reads what the
public may read.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from ninja import Query, Router, Schema

from marsad.directory.types import PersonRequest, Reader
from marsad.review import register_files
from marsad.review.queries import register as registers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.types.round import RegisterLine, RoundCard

router = Router(tags=["review"])

Language = Literal["", "ar", "en"]


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language(asked: str = "") -> str:
    return asked or (get_language() or "ar").split("-")[0]


class RoundOut(Schema):
    """A round, in one language."""

    id: str
    title: str
    language: str
    #: prepared, open, cut_off, closed or told.
    standing: str
    mandate: str
    questionnaire: str
    questionnaire_version_id: str
    languages: list[str]
    due_on: date | None
    second_due_on: date | None
    cut_off_on: date | None
    opened_at: datetime | None
    closed_at: datetime | None
    invited: int
    #: Made of invented States, or told by a sample: it stands for nothing real.
    is_invented: bool
    is_sample: bool
    #: Id of the report in the library that tells of it; empty for other rounds.
    told_by: str


class LineOut(Schema):
    """One State on the register; the moments are empty in a round that a report tells of.

    Who is neither of the Secretariat, an analyst nor of that State is told what became of it:
    `invited`, `answered`, `late` or `declined`, and no moment before the answer.
    """

    iso2: str
    iso3: str
    name: str
    region: str
    standing: str
    sent_at: datetime | None
    seen_at: datetime | None
    started_at: datetime | None
    answered_at: datetime | None
    is_late: bool
    declined_at: datetime | None
    is_invented: bool
    told_at: str


class RegisterOut(Schema):
    """The register by name of State; nobody is ranked."""

    round: str
    of: int
    replied: int
    counts: dict[str, int]
    #: Whether every State of the round is in it, or only the reader's own.
    is_whole: bool
    is_invented: bool
    is_sample: bool
    states: list[LineOut]


class RegisterQuery(Schema):
    """What of the register is asked for."""

    standing: Literal["", "invited", "sent", "seen", "started", "answered", "late", "declined"] = ""
    region: str = ""
    q: str = ""
    language: Language = ""


@router.get("/rounds", response=list[RoundOut], summary="Rounds that are open to you")
def list_rounds(request: HttpRequest, language: Language = "") -> list[RoundOut]:
    """First those that go on, the newest first."""
    spoken = _language(language)
    with override(spoken):
        return [_round(card) for card in rounds.listed(reader=_reader(request), language=spoken)]


@router.get("/rounds/{key}", response=RoundOut, summary="One round")
def show_round(request: HttpRequest, key: str, language: Language = "") -> RoundOut:
    """A round by its id."""
    spoken = _language(language)
    with override(spoken):
        return _round(rounds.one(reader=_reader(request), key=key, language=spoken))


@router.get("/rounds/{key}/register", response=RegisterOut, summary="Who was asked, who answered")
def show_register(
    request: HttpRequest, key: str, asked: Annotated[RegisterQuery, Query()]
) -> RegisterOut:
    """The register: all of it for the Secretariat and its analysts, its own line for a State.

    It is open to all once a published report says it.
    """
    reader, spoken = _reader(request), _language(asked.language)
    with override(spoken):
        round_ = rights.round_for(reader, key=key)
        card = rounds.card(reader=reader, round_=round_, language=spoken)
        found = registers.register(
            reader=reader,
            round_=round_,
            language=spoken,
            choice=registers.Choice(standing=asked.standing, region=asked.region, words=asked.q),
        )
    return RegisterOut(
        round=card.key,
        of=found.of,
        replied=found.replied,
        counts={each.standing: each.count for each in found.counts},
        is_whole=found.is_whole,
        is_invented=card.is_invented,
        is_sample=card.is_sample,
        states=[_line(line, is_told=card.is_told) for line in found.lines],
    )


@router.get(
    "/rounds/{key}/register/as/{format}",
    summary="The register as a file",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file.",
                "content": {"application/octet-stream": {"schema": {"type": "string"}}},
            }
        }
    },
)
def export_register(
    request: HttpRequest,
    key: str,
    format: Literal["xlsx", "csv", "json"],  # noqa: A002
    language: Language = "",
) -> HttpResponse:
    """As Excel, CSV or JSON; no cell of it can run."""
    reader, spoken = _reader(request), _language(language)
    with override(spoken):
        round_ = rights.round_for(reader, key=key)
        made = register_files.register_file(
            registers.register(reader=reader, round_=round_, language=spoken),
            card=rounds.card(reader=reader, round_=round_, language=spoken),
            language=spoken,
            format=format,
            on=timezone.localdate(),
        )
    response = HttpResponse(made.data, content_type=made.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


def _round(card: RoundCard) -> RoundOut:
    return RoundOut(
        id=card.key,
        title=card.title,
        language=card.language,
        standing=card.standing.value,
        mandate=card.mandate.words,
        questionnaire=card.questionnaire,
        questionnaire_version_id=card.form_key,
        languages=list(card.languages),
        due_on=card.due_on,
        second_due_on=card.second_due_on,
        cut_off_on=card.cut_off_on,
        opened_at=card.opened_at,
        closed_at=card.closed_at,
        invited=card.invited,
        is_invented=card.is_invented,
        is_sample=card.is_sample,
        told_by=card.told_by_key,
    )


def _line(line: RegisterLine, *, is_told: bool) -> LineOut:
    moments: dict[str, Any] = {
        name: None if is_told else getattr(line, name)
        for name in ("sent_at", "seen_at", "started_at", "answered_at", "declined_at")
    }
    return LineOut(
        iso2=line.iso2,
        iso3=line.iso3,
        name=line.name,
        region=line.region,
        standing=line.standing,
        is_late=line.is_late,
        is_invented=line.is_invented,
        told_at=line.told_at_anchor,
        **moments,
    )
