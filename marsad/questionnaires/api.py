"""Questionnaires for scripts: the same questions and acts, as JSON.

A script sends the token of a person (`Authorization: Bearer …`); a page its session and CSRF token.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from marsad.directory.token_auth import SIGNED_IN
from marsad.directory.types import PersonRequest, Reader
from marsad.questionnaires import problems
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.compiling import faults_of
from marsad.questionnaires.exports import form as exports
from marsad.questionnaires.queries import bank, rights
from marsad.questionnaires.queries import questionnaire as queries
from marsad.questionnaires.types import BankHit, QuestionnaireCard, VersionCard

router = Router(tags=["questionnaires"])

Language = Literal["", "ar", "en"]
#: Nobody turns pages that far; the database counts no further than nineteen digits.
_LAST = 1_000_000


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language(asked: str = "") -> str:
    return asked or (get_language() or "ar").split("-")[0]


class QuestionnaireOut(Schema):
    """A questionnaire and the version that is filled in now."""

    id: str
    form_id: str
    title: str
    language: str
    languages: list[str]
    questions: int
    state: str
    version: str
    version_id: str
    published_at: datetime | None
    body: str
    is_shipped: bool


class VersionOut(Schema):
    """A version of a questionnaire."""

    id: str
    version: str
    number: int
    state: str
    languages: list[str]
    questions: int
    published_at: datetime | None
    withdrawn_at: datetime | None


class QuestionnaireWhole(QuestionnaireOut):
    """A questionnaire with its versions, the newest first."""

    versions: list[VersionOut]


class ProvisionOut(Schema):
    """A treaty provision that a question serves."""

    instrument: str
    article: str
    paragraph: str


class QuestionOut(Schema):
    """A question of a published questionnaire."""

    questionnaire: str
    version: str
    path: str
    kind: str
    label: str
    language: str
    provisions: list[ProvisionOut]
    obligation: str
    themes: list[str]
    concept: str
    #: How many other published questionnaires ask the same.
    elsewhere: int


class QuestionsOut(Schema):
    """A page of the bank, and how many questions answer in all."""

    count: int
    questions: list[QuestionOut]


class FaultOut(Schema):
    """Something wrong with a workbook."""

    sheet: str
    row: int | None
    column: str
    cell: str
    code: str
    is_warning: bool
    says: str
    remedy: str


class FaultsOut(Schema):
    """What is wrong with a workbook; it can be published where everything is a warning."""

    can_be_published: bool
    faults: list[FaultOut]


def _questionnaire(card: QuestionnaireCard) -> dict[str, Any]:
    return {
        "id": card.key,
        "form_id": card.form_id,
        "title": card.title,
        "language": card.language,
        "languages": list(card.languages),
        "questions": card.question_count,
        "state": card.state.value,
        "version": card.version,
        "version_id": card.version_key,
        "published_at": card.published_at,
        "body": card.body,
        "is_shipped": card.is_shipped,
    }


def _version(card: VersionCard) -> dict[str, Any]:
    return {
        "id": card.key,
        "version": card.version,
        "number": card.number,
        "state": card.state.value,
        "languages": list(card.languages),
        "questions": card.question_count,
        "published_at": card.published_at,
        "withdrawn_at": card.withdrawn_at,
    }


def _question(hit: BankHit) -> dict[str, Any]:
    question = hit.question
    return {
        "questionnaire": hit.form_id,
        "version": hit.version,
        "path": question.path,
        "kind": question.kind,
        "label": question.label,
        "language": question.language,
        "provisions": [asdict(each) for each in question.provisions],
        "obligation": question.obligation,
        "themes": list(question.themes),
        "concept": question.concept,
        "elsewhere": hit.elsewhere,
    }


@router.get("", response=list[QuestionnaireOut], summary="The questionnaires there are")
def questionnaire_list(request: HttpRequest, language: Language = "", q: str = "") -> Any:
    """Those the reader may know of, by title; `q` narrows them by words of the title."""
    cards = queries.listed(reader=_reader(request), language=_language(language), words=q[:200])
    return [_questionnaire(card) for card in cards]


@router.get("/questions", response=QuestionsOut, summary="Search the bank of questions")
def questions(
    request: HttpRequest,
    q: str = "",
    concept: str = "",
    provision: str = "",
    theme: str = "",
    obligation: Literal["", "mandatory", "optional"] = "",
    language: Language = "",
    start: Annotated[int, Query(ge=0, le=_LAST)] = 0,
    most: Annotated[int, Query(ge=1, le=200)] = bank.PAGE,
) -> Any:
    """Every question of every published questionnaire; a provision is named `TIP` or `TIP 6`."""
    found = bank.search(
        reader=_reader(request),
        sought=bank.Sought(
            typed=q[:200],
            concept=concept,
            provision=provision,
            theme=theme,
            obligation=obligation,
        ),
        language=_language(language),
        start=start,
        most=most,
    )
    return {"count": found.count, "questions": [_question(hit) for hit in found.hits]}


@router.post("/check", response=FaultsOut, auth=SIGNED_IN, summary="Check a workbook")
def check(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> Any:
    """What is wrong with an XLSForm; nothing is stored. For those who write questionnaires."""
    rights.require_author(_reader(request))
    faults = faults_of(_bytes_of(file))
    return {
        "can_be_published": all(fault.is_warning for fault in faults),
        "faults": [fault.as_data() for fault in faults],
    }


class UploadIn(Schema):
    """What goes with a workbook."""

    #: Id of the body whose it is; the house's own when not given.
    body: Annotated[int | None, Field(ge=1, le=2**31)] = None
    #: Publish it at once.
    publish: bool = False


@router.post("", response={201: VersionOut}, auth=SIGNED_IN, summary="Upload a workbook")
def upload(
    request: HttpRequest,
    file: Annotated[UploadedFile, File()],
    given: Annotated[UploadIn, Form()],
) -> Any:
    """Keep an XLSForm as a draft, or publish it at once; a broken one is answered by its faults."""
    reader, now = _reader(request), timezone.now()
    version = actions.upload(
        data=_bytes_of(file),
        file_name=file.name or "form.xlsx",
        body=queries.body_to_write_for(reader=reader, body_id=given.body),
        by=reader,
        at=now,
    )
    if given.publish:
        version = actions.publish(key=version.key, by=reader, at=now)
    card = queries.version(reader=reader, key=version.key, language=_language())
    return Status(201, _version(card))


@router.get("/{id}", response=QuestionnaireWhole, summary="One questionnaire")
def questionnaire(request: HttpRequest, id: str, language: Language = "") -> Any:  # noqa: A002
    """By id or form id, with its versions."""
    reader, spoken = _reader(request), _language(language)
    card = queries.card(reader=reader, key=id, language=spoken)
    versions = queries.versions(reader=reader, key=card.key, language=spoken)
    return {**_questionnaire(card), "versions": [_version(each) for each in versions]}


@router.get("/{id}/form", response={200: None}, summary="A form as a file")
def form(
    request: HttpRequest,
    id: str,  # noqa: A002
    format: Literal["json", "xlsx", "xml", "pdf"] = "json",  # noqa: A002
    language: str = "",
) -> HttpResponse:
    """The version that is filled in now: JSON, XLSForm, XForm or PDF."""
    reader = _reader(request)
    content = queries.current(reader=reader, key=id)
    made = exports.form_file(
        reader=reader, key=content.key, format=format, language=language[:20] or _language()
    )
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _bytes_of(file: UploadedFile) -> bytes:
    """The bytes of a workbook.

    :raises WorkbookTooLarge: if it is larger than any is.
    """
    if (file.size or 0) > actions.LARGEST_WORKBOOK:
        raise problems.WorkbookTooLarge(most=actions.LARGEST_WORKBOOK // 1024 // 1024)
    return bytes(file.read())
