"""Writing questionnaires: upload, publish, withdraw, discard, say whom they are open to."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from marsad.directory.types import Body, Reader, Role
from marsad.journal import actions as journal
from marsad.questionnaires import problems
from marsad.questionnaires.actions.keeping import keep_questions
from marsad.questionnaires.compiling import Compiled, compile_form
from marsad.questionnaires.models import MediaFile, Questionnaire, QuestionnaireVersion
from marsad.questionnaires.queries import rights
from marsad.questionnaires.words import Access, State

#: In bytes.
LARGEST_WORKBOOK = 20 * 1024 * 1024
LARGEST_MEDIA = 10 * 1024 * 1024
MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "csv": "text/csv",
    "xml": "text/xml",
    "geojson": "application/geo+json",
}


def upload(
    *,
    data: bytes,
    file_name: str,
    by: Reader,
    at: datetime,
    body: Body | None = None,
    questionnaire: str = "",
    media: Mapping[str, bytes] | None = None,
    is_shipped: bool = False,
) -> QuestionnaireVersion:
    """Compile a workbook and keep it as the draft of its questionnaire, in place of an older draft.

    :param body: whose a new questionnaire is; None is the house's own, for officers only.
    :param questionnaire: key of the questionnaire it must belong to; empty takes it from form_id.
    :param media: files that go with the form, by name; those of the draft before are kept.
    :raises BrokenForm: with every fault of the workbook.
    :raises NotAnAuthor, AnotherForm, IdTaken, VersionTaken, NothingChanged, UnknownMedia:
    """
    rights.require_author(by)
    if len(data) > LARGEST_WORKBOOK:
        raise problems.WorkbookTooLarge(size=len(data), most=LARGEST_WORKBOOK // 1024 // 1024)
    files = _checked_media(media or {})
    # Outside the transaction: it takes a second, and needs no database.
    compiled = compile_form(data, name=file_name)
    with transaction.atomic():
        return _keep(
            compiled,
            data=data,
            file_name=file_name,
            body=body,
            expected=questionnaire,
            media=files,
            is_shipped=is_shipped,
            by=by,
            at=at,
        )


def _keep(
    compiled: Compiled,
    *,
    data: bytes,
    file_name: str,
    body: Body | None,
    expected: str,
    media: Mapping[str, bytes],
    is_shipped: bool,
    by: Reader,
    at: datetime,
) -> QuestionnaireVersion:
    found = _questionnaire(
        compiled, body=body, expected=expected, is_shipped=is_shipped, by=by, at=at
    )
    sha256 = hashlib.sha256(data).hexdigest()
    _refuse_repetition(found, compiled, sha256=sha256)
    draft = found.versions.filter(state=State.DRAFT).first()
    kept_media = list(draft.media.all()) if draft else []
    if draft is not None:
        draft.delete()
    newest = found.versions.order_by("-number").first()
    version = QuestionnaireVersion.objects.create(
        key=secrets.token_hex(6),
        questionnaire=found,
        version=compiled.version,
        number=newest.number + 1 if newest else 1,
        file_name=file_name[:255],
        workbook=data,
        workbook_sha256=sha256,
        xform=compiled.xform,
        xform_md5=compiled.md5,
        tree=compiled.tree,
        titles=dict(compiled.titles),
        languages=list(compiled.languages),
        question_count=sum(question.kind not in _UNASKED for question in compiled.questions),
        warnings=[fault.as_data() for fault in compiled.warnings],
        uploaded_at=at,
        uploaded_by=rights.person_of(by),
    )
    keep_questions(version, compiled)
    _keep_media(version, kept=kept_media, media=media)
    if not found.versions.exclude(state=State.DRAFT).exists():
        found.titles = dict(compiled.titles)
        found.save(update_fields=["titles"])
    journal.record(
        action="questionnaires.version.upload", on=version, by=rights.person_of(by), at=at
    )
    return version


_UNASKED = frozenset({"note", "calculate", "metadata", "hidden"})


def _questionnaire(
    compiled: Compiled,
    *,
    body: Body | None,
    expected: str,
    is_shipped: bool,
    by: Reader,
    at: datetime,
) -> Questionnaire:
    """The questionnaire that the form belongs to: the one there is, or a new one."""
    found = Questionnaire.objects.select_for_update().filter(form_id=compiled.form_id).first()
    if expected and (found is None or found.key != expected):
        # Whoever asks for one they may not change must not learn whose it is.
        meant = rights.visible(by).filter(key=expected).first()
        if meant is None:
            raise problems.NoSuchQuestionnaire
        rights.require_editor(by, meant)
        raise problems.AnotherForm(given=compiled.form_id, expected=meant.form_id)
    if found is not None:
        if not rights.may_edit(by, found):
            raise problems.IdTaken(form_id=compiled.form_id)
        return found
    _require_own(by, body)
    try:
        with transaction.atomic():
            made = Questionnaire.objects.create(
                key=secrets.token_hex(6),
                form_id=compiled.form_id,
                titles=dict(compiled.titles),
                body=body,
                is_shipped=is_shipped,
                made_at=at,
            )
    except IntegrityError as taken:
        # Somebody else added it a moment ago.
        raise problems.IdTaken(form_id=compiled.form_id) from taken
    journal.record(
        action="questionnaires.questionnaire.add", on=made, by=rights.person_of(by), at=at
    )
    return made


def _require_own(by: Reader, body: Body | None) -> None:
    """Officers write for anybody, a focal point for their own body only."""
    if rights.edits_all(by):
        return
    if body is None or body.pk not in rights.bodies_written_for(by):
        raise problems.NotAnAuthor


def _refuse_repetition(found: Questionnaire, compiled: Compiled, *, sha256: str) -> None:
    same = found.versions.filter(workbook_sha256=sha256).exclude(state=State.DRAFT).first()
    if same is not None:
        raise problems.NothingChanged(version=same.version)
    taken = found.versions.filter(version=compiled.version).exclude(state=State.DRAFT)
    if taken.exists():
        raise problems.VersionTaken(version=compiled.version, form_id=found.form_id)


# ── files that go with a form ────────────────────────────────────────────────────────────────────
def _checked_media(media: Mapping[str, bytes]) -> Mapping[str, bytes]:
    for name, data in media.items():
        if name.rpartition(".")[2].casefold() not in MEDIA_TYPES or "/" in name or len(name) > 255:
            raise problems.UnknownMedia(name=name, choices=", ".join(sorted(MEDIA_TYPES)))
        if len(data) > LARGEST_MEDIA:
            raise problems.MediaTooLarge(name=name, most=LARGEST_MEDIA // 1024 // 1024)
    return media


def _keep_media(
    version: QuestionnaireVersion, *, kept: Iterable[MediaFile], media: Mapping[str, bytes]
) -> None:
    files = {file.name: bytes(file.data) for file in kept} | dict(media)
    MediaFile.objects.bulk_create(
        MediaFile(
            version=version,
            name=name,
            media_type=MEDIA_TYPES[name.rpartition(".")[2].casefold()],
            data=data,
            size=len(data),
            md5=hashlib.md5(data, usedforsecurity=False).hexdigest(),
        )
        for name, data in files.items()
    )


@transaction.atomic
def add_media(*, key: str, media: Mapping[str, bytes], by: Reader, at: datetime) -> None:
    """Put files beside a draft; one of the same name takes the place of the other.

    :raises NotADraft, UnknownMedia, MediaTooLarge, NoSuchVersion, NotAnAuthor:
    """
    version = _to_change(key, by=by)
    if version.state != State.DRAFT:
        raise problems.NotADraft(version=version.version)
    files = _checked_media(media)
    version.media.filter(name__in=list(files)).delete()
    _keep_media(version, kept=(), media=files)
    journal.record(
        action="questionnaires.version.add_media",
        on=version,
        by=rights.person_of(by),
        at=at,
        details={"count": len(files)},
    )


# ── publishing ───────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def publish(*, key: str, by: Reader, at: datetime) -> QuestionnaireVersion:
    """Publish a draft: from now on it is filled in, and never changes.

    Versions before it are still answered where they were begun.

    :raises NotADraft, MediaMissing, NoSuchVersion, NotAnAuthor:
    """
    version = _to_change(key, by=by)
    if version.state != State.DRAFT:
        raise problems.NotADraft(version=version.version)
    _require_media(version)
    version.state = State.PUBLISHED
    version.published_at = at
    version.published_by = rights.person_of(by)
    version.save(update_fields=["state", "published_at", "published_by"])
    version.questionnaire.titles = version.titles
    version.questionnaire.save(update_fields=["titles"])
    journal.record(
        action="questionnaires.version.publish", on=version, by=rights.person_of(by), at=at
    )
    return version


def _require_media(version: QuestionnaireVersion) -> None:
    from marsad.questionnaires.checking import load_form

    here = set(version.media.values_list("name", flat=True))
    missing = [name for name in load_form(bytes(version.xform)).needs if name not in here]
    if missing:
        raise problems.MediaMissing(names=", ".join(missing))


@transaction.atomic
def withdraw(*, key: str, by: Reader, at: datetime) -> QuestionnaireVersion:
    """End a published version: it is offered no more, and answers to it are refused.

    :raises NotPublished, NoSuchVersion, NotAnAuthor:
    """
    version = _to_change(key, by=by)
    if version.state != State.PUBLISHED:
        raise problems.NotPublished(version=version.version)
    version.state = State.WITHDRAWN
    version.withdrawn_at = at
    version.withdrawn_by = rights.person_of(by)
    version.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    journal.record(
        action="questionnaires.version.withdraw", on=version, by=rights.person_of(by), at=at
    )
    return version


@transaction.atomic
def put_back(*, key: str, by: Reader, at: datetime) -> QuestionnaireVersion:
    """Offer a withdrawn version again, as it was.

    :raises NotWithdrawn, NoSuchVersion, NotAnAuthor:
    """
    version = _to_change(key, by=by)
    if version.state != State.WITHDRAWN:
        raise problems.NotWithdrawn(version=version.version)
    version.state = State.PUBLISHED
    version.withdrawn_at = None
    version.withdrawn_by = None
    version.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    journal.record(
        action="questionnaires.version.put_back", on=version, by=rights.person_of(by), at=at
    )
    return version


@transaction.atomic
def discard(*, key: str, by: Reader, at: datetime) -> None:
    """Throw a draft away; a questionnaire that never had another version goes with it.

    :raises NotADraft, NoSuchVersion, NotAnAuthor:
    """
    version = _to_change(key, by=by)
    if version.state != State.DRAFT:
        raise problems.NotADraft(version=version.version)
    journal.record(
        action="questionnaires.version.discard", on=version, by=rights.person_of(by), at=at
    )
    questionnaire = version.questionnaire
    version.delete()
    if not questionnaire.versions.exists():
        questionnaire.delete()


@transaction.atomic
def open_to(
    *, key: str, access: Access, roles: Iterable[Role], by: Reader, at: datetime
) -> Questionnaire:
    """Say who may know of a questionnaire.

    :raises NoSuchQuestionnaire, NotAnAuthor:
    """
    found = rights.visible(by).select_for_update().filter(key=key).first()
    if found is None:
        raise problems.NoSuchQuestionnaire
    rights.require_editor(by, found)
    found.access = access
    chosen = sorted(role.value for role in roles)
    found.open_to_roles = chosen if access == Access.RESTRICTED else []
    found.save(update_fields=["access", "open_to_roles"])
    journal.record(
        action="questionnaires.questionnaire.open_to",
        on=found,
        by=rights.person_of(by),
        at=at,
        details={"access": access.value, "roles": found.open_to_roles},
    )
    return found


def _to_change(key: str, *, by: Reader) -> QuestionnaireVersion:
    """A version that may be changed by whoever asks, held until the act is done."""
    found = rights.visible_versions(by).select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise problems.NoSuchVersion
    rights.require_editor(by, found.questionnaire)
    return found
