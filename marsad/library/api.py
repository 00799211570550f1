"""The library for scripts: the same questions and acts, as JSON.

A script sends the token of a person (`Authorization: Bearer …`); a page its session and CSRF token.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from marsad.directory.token_auth import SIGNED_IN
from marsad.directory.types import PersonRequest, Reader
from marsad.library import exports, problems, uploads
from marsad.library.actions import arrival as arrivals
from marsad.library.actions import remaking
from marsad.library.actions import ruling as rulings
from marsad.library.queries import arrival as arrival_queries
from marsad.library.queries import document as documents
from marsad.library.queries import doubt as doubts
from marsad.library.queries import quality as qualities
from marsad.library.queries import recommendation as recommendations
from marsad.library.queries import search as searches
from marsad.library.queries import theme as themes
from marsad.library.queries.export import document_file
from marsad.library.types import PlaceCard
from marsad.library.words import Access

router = Router(tags=["library"])


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language(asked: str = "") -> str:
    """The language words come in: of those that the interface speaks.

    :raises UnknownChoice: if it speaks no such language.
    """
    spoken = [code for code, _name in settings.LANGUAGES]
    if asked and asked not in spoken:
        raise problems.UnknownChoice(given=asked, what=_("language"), choices=", ".join(spoken))
    return asked or get_language() or spoken[0]


def _language_of_text(asked: str) -> str:
    """The language of a document: one of those that are read, or empty.

    :raises UnknownChoice: if no document is read in it.
    """
    if asked and asked not in arrivals.LANGUAGES:
        raise problems.UnknownChoice(
            given=asked, what=_("language"), choices=", ".join(arrivals.LANGUAGES)
        )
    return asked


#: Nobody turns pages that far; the database counts no further than nineteen digits.
_LAST_HIT = 1_000_000
Year = Annotated[int | None, Field(ge=1, le=9999)]


class DocumentOut(Schema):
    """A document on the shelf."""

    id: str
    symbol: str | None
    title: str
    language: str
    languages: list[str]
    body: str
    session: str
    year: int | None
    document_date: str | None
    paragraph_count: int
    recommendation_count: int
    version_count: int
    access: str
    is_sample: bool


class DocumentQuery(Schema):
    """What narrows the list."""

    words: str = ""
    year: Year = None
    body: str = ""
    state: str = ""
    in_language: str = ""
    language: str = ""


class RecommendationQuery(Schema):
    """What narrows the index."""

    theme: str = ""
    addressee: str = ""
    strength: str = ""
    year: Year = None
    body: str = ""
    provision: str = ""
    document: str = ""
    words: str = ""
    group_by: str = ""
    language: str = ""


class SearchQuery(Schema):
    """What to look for, and where."""

    q: str
    language: str = ""
    kind: str = ""
    year: Year = None
    document: str = ""
    start: int = Field(0, ge=0, le=_LAST_HIT)
    most: int = Field(20, ge=1, le=100)


class DoubtQuery(Schema):
    """What narrows the list of doubtful places."""

    document: str = ""
    kind: str = ""
    place: int | None = Field(None, ge=1, le=6)
    state: Literal["open", "settled", "all"] = "open"
    after: str = ""
    most: int = Field(20, ge=1, le=100)


#: No source text is longer than the reading allows: twenty million characters.
_LAST_CHARACTER = 100_000_000


class RulingIn(Schema):
    """How a person reads a place."""

    version: str
    start: int = Field(ge=0, le=_LAST_CHARACTER)
    end: int = Field(ge=0, le=_LAST_CHARACTER)
    verdict: str
    #: A candidate, or what is typed.
    words: str | None = None


class ArrivalIn(Schema):
    """What is said of a file that is added."""

    language: str = ""
    access: str = Access.PUBLIC.value
    open_to_roles: list[str] = Field(default_factory=list)


@router.get("/documents", response=list[DocumentOut])
def document_list(request: HttpRequest, asked: Query[DocumentQuery]) -> list[dict[str, Any]]:
    """The documents the reader may see."""
    cards = documents.shelf(
        reader=_reader(request),
        choice=documents.ListChoice(
            words=asked.words,
            year=asked.year,
            body=asked.body,
            state=asked.state.upper(),
            language=_language_of_text(asked.in_language),
        ),
        language=_language(asked.language),
    )
    return [
        {
            **asdict(card),
            "id": card.key,
            "document_date": card.document_date.isoformat() if card.document_date else None,
        }
        for card in cards
    ]


@router.get("/documents/{key}", response=dict[str, Any])
def document(request: HttpRequest, key: str, language: str = "") -> dict[str, Any]:
    """The structure of one document, as `python -m marsad.undocs` prints it."""
    return dict(
        documents.version_of(
            reader=_reader(request), key=key, language=_language_of_text(language) or _language()
        ).structure
    )


@router.get("/documents/{key}/as/{format}")
def document_as(request: HttpRequest, key: str, format: str, language: str = "") -> HttpResponse:  # noqa: A002
    """One document as docx, pdf, text, json or akn."""
    made = document_file(
        reader=_reader(request),
        key=key,
        format=format,
        language=_language_of_text(language) or _language(),
    )
    return _file(made)


@router.post("/documents", response={202: dict[str, Any]}, auth=SIGNED_IN)
def add(
    request: HttpRequest, file: File[UploadedFile], said: Form[ArrivalIn]
) -> Status[dict[str, Any]]:
    """Add a file; a worker reads it. Ask `/arrivals/{key}` how far it has come."""
    arrived = arrivals.receive(
        data=uploads.bytes_of(file),
        name=file.name or "",
        language=_language_of_text(said.language),
        access=said.access,
        open_to_roles=said.open_to_roles,
        by=_reader(request),
        at=timezone.now(),
    )
    return Status(202, {"arrival": arrived.key})


@router.get("/arrivals/{key}", response=dict[str, Any], auth=SIGNED_IN)
def arrival(request: HttpRequest, key: str) -> dict[str, Any]:
    """How far a file has come, and what was found in it."""
    return arrival_queries.outcome(reader=_reader(request), key=key)


@router.get("/doubts", response=dict[str, Any], auth=SIGNED_IN)
def doubt_list(request: HttpRequest, asked: Query[DoubtQuery]) -> dict[str, Any]:
    """Places where a text is in doubt, dearest first, with the candidates."""
    found = doubts.review(
        reader=_reader(request),
        choice=doubts.Choice(
            document=asked.document,
            kind=asked.kind,
            place=asked.place,
            state=doubts.OPEN if asked.state == "open" else asked.state,
            after=asked.after,
        ),
        most=asked.most,
    )
    return {
        "settled": found.settled,
        "total": found.total,
        "more": found.more,
        "places": [_place(card) for card in found.cards],
    }


@router.post("/documents/{key}/rulings", response={201: dict[str, Any]}, auth=SIGNED_IN)
def settle(request: HttpRequest, key: str, said: RulingIn) -> Status[dict[str, Any]]:
    """Rule how a place reads: accepted (with or without a candidate), rejected or corrected."""
    ruling = rulings.settle(
        document=key,
        version=said.version,
        start=said.start,
        end=said.end,
        verdict=said.verdict,
        words=said.words,
        by=_reader(request),
        at=timezone.now(),
    )
    return Status(
        201,
        {"ruling": ruling.key, "before": ruling.before, "after": ruling.after},
    )


@router.delete("/rulings/{ruling}", response={204: None}, auth=SIGNED_IN)
def take_back(request: HttpRequest, ruling: str) -> Status[None]:
    """Take a ruling back."""
    rulings.take_back(ruling=ruling, by=_reader(request), at=timezone.now())
    return Status(204, None)


@router.post("/documents/{key}/reread", response={202: dict[str, Any]}, auth=SIGNED_IN)
def reread(request: HttpRequest, key: str) -> Status[dict[str, Any]]:
    """Read a document again with today's engine, in a worker; what people decided stays."""
    asked = remaking.ask(document=key, by=_reader(request), at=timezone.now())
    return Status(202, {"document": asked.key})


@router.get("/quality", response=list[dict[str, Any]])
def quality(request: HttpRequest) -> list[dict[str, Any]]:
    """Words in doubt before and after, text by text; the worst first."""
    return [asdict(row) for row in qualities.shelf(reader=_reader(request))]


def _place(card: PlaceCard) -> dict[str, Any]:
    said = asdict(card)
    said["place"] = card.place.name.lower() if card.place else None
    return said


@router.get("/recommendations", response=dict[str, Any])
def recommendation_list(request: HttpRequest, asked: Query[RecommendationQuery]) -> dict[str, Any]:
    """The index of recommendations over all documents the reader may see."""
    rows, count = recommendations.index(
        reader=_reader(request), choice=_choice(asked), language=_language(asked.language)
    )
    return {"count": count, "recommendations": [_row(row) for row in rows]}


@router.get("/recommendations/as/{format}")
def recommendations_as(
    request: HttpRequest,
    format: str,  # noqa: A002
    asked: Query[RecommendationQuery],
) -> HttpResponse:
    """The chosen recommendations as text, json, csv, xlsx, docx or pdf."""
    compiled = recommendations.compilation(
        reader=_reader(request),
        choice=_choice(asked),
        language=_language(asked.language),
        on=timezone.localdate(),
    )
    return _file(exports.compilation(compiled, format=format))


@router.get("/themes", response=list[dict[str, str]])
def theme_list(request: HttpRequest, language: str = "") -> list[dict[str, str]]:
    """The published list of themes."""
    return [asdict(theme) for theme in themes.labels(language=_language(language))]


@router.get("/search", response=dict[str, Any])
def search(request: HttpRequest, asked: Query[SearchQuery]) -> dict[str, Any]:
    """Passages with all the words asked for, best first."""
    found = searches.search(
        reader=_reader(request),
        typed=asked.q,
        filters=searches.Filters(
            language=_language_of_text(asked.language),
            kind=asked.kind,
            year=asked.year,
            document=asked.document,
        ),
        start=asked.start,
        most=asked.most,
    )
    return {"count": found.count, "more": found.more, "hits": [asdict(hit) for hit in found.hits]}


def _choice(asked: RecommendationQuery) -> recommendations.Choice:
    return recommendations.Choice(**asked.dict(exclude={"language"}))


def _row(row: Any) -> dict[str, Any]:
    said = asdict(row)
    said.pop("pk")  # ours alone; a recommendation is named by document and ident
    return said


def _file(made: exports.Exported) -> HttpResponse:
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={"Content-Disposition": f'attachment; filename="{made.file_name}"'},
    )
