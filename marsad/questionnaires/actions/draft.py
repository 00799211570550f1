"""Begin, save, throw away and hand in what is being filled in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from defusedxml import ElementTree
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from marsad.directory.types import Person
from marsad.journal import actions as journal
from marsad.questionnaires import attachments, checking, openrosa, problems
from marsad.questionnaires.actions import submission as submissions
from marsad.questionnaires.models import Asking, Draft, DraftFile, Submission
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.types import DraftFileView, FileSent, Received

#: Files of one draft.
MOST_FILES = 100
#: How long one may take back that a draft was thrown away.
KEPT_AFTER_DISCARDING = timedelta(days=14)
_MEGABYTE = 1024 * 1024
#: The tag of a language.
_TAG = re.compile(r"[A-Za-z0-9-]{0,20}")


def begin(*, asking: str, by: Person, language: str, at: datetime) -> str:
    """The key of a person's draft for an asking: the one they have, or a new one.

    :raises NothingAsked, AskingClosed: where they cannot answer it now.
    """
    view = askings.one(reader=by, key=asking, language=language, at=at)
    try:
        with transaction.atomic():
            draft, _made = Draft.objects.get_or_create(
                asking=Asking.objects.get(key=view.key),
                person=by,
                discarded_at=None,
                defaults={"key": secrets.token_hex(8), "language": language, "began_at": at},
            )
    except IntegrityError:  # two windows at once; the other was faster
        draft = Draft.objects.get(asking__key=view.key, person=by, discarded_at=None)
    return draft.key


@transaction.atomic
def begin_correction(*, submission: str, by: Person, at: datetime) -> str:
    """A draft with what was sent before, to be sent again in its place; the key of its asking.

    :raises NoSuchSubmission: where it is not theirs, or was corrected since.
    :raises DraftBegun: where the person has begun another answer, which is kept.
    """
    sent = (
        Submission.objects.select_related("asking")
        .filter(key=submission, by=by, is_current=True)
        .first()
    )
    if sent is None:
        raise problems.NoSuchSubmission()
    askings.one(reader=by, key=sent.asking.key, language="", at=at)
    mine = Draft.objects.filter(asking=sent.asking, person=by, discarded_at=None)
    # One that was opened and never written in stands in nobody's way.
    mine.filter(revision=0, files=None).exclude(corrects=sent).delete()
    if mine.exclude(corrects=sent).exists():
        raise problems.DraftBegun()
    draft, made = Draft.objects.get_or_create(
        asking=sent.asking,
        person=by,
        discarded_at=None,
        defaults={"key": secrets.token_hex(8), "began_at": at, "corrects": sent},
    )
    if made:
        draft.xml = _as_text(bytes(sent.xml))
        draft.save(update_fields=["xml"])
        DraftFile.objects.bulk_create(
            DraftFile(
                draft=draft,
                name=file.name,
                media_type=file.media_type,
                data=file.data,
                size=file.size,
                added_at=at,
            )
            for file in sent.attachments.all()
        )
    return sent.asking.key


def _as_text(xml: bytes) -> str:
    """A filled form as text, whatever encoding a phone wrote it in."""
    try:
        return xml.decode("utf-8")
    except UnicodeDecodeError:
        return str(ElementTree.tostring(ElementTree.fromstring(xml), encoding="unicode"))


@transaction.atomic
def save(
    *,
    key: str,
    xml: str,
    revision: int,
    language: str,
    progress: Mapping[str, int],
    by: Person,
    at: datetime,
) -> int:
    """Save a draft and return its new revision.

    Savings are not journaled one by one: somebody types, and a second later types on.

    :param revision: the one that the browser began from.
    :raises NoSuchDraft: where it is not this person's, or was thrown away or handed in.
    :raises SavedElsewhere: where another browser saved since; nothing is written over.
    """
    xml = openrosa.writable(xml)
    draft = _held(key=key, by=by)
    _require_its_form(draft, xml)
    if draft.revision != revision:
        raise problems.SavedElsewhere()
    _write(draft, xml=xml, language=language, at=at)
    draft.done = max(0, min(int(progress.get("done", 0)), 100_000))
    draft.total = max(0, min(int(progress.get("all", 0)), 100_000))
    draft.save()
    return draft.revision


def _held(*, key: str, by: Person) -> Draft:
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("asking__version__questionnaire")
        .defer("asking__version__xform", "asking__version__workbook", "asking__version__tree")
        .filter(key=key, person=by, discarded_at=None)
        .first()
    )
    if draft is None:
        raise problems.NoSuchDraft()
    return draft


def _require_its_form(draft: Draft, xml: str) -> None:
    """:raises marsad.problems.Problem: if it is not XML, or an instance of another form."""
    said = checking.envelope(xml.encode("utf-8"))
    expected = askings.form_id_of(draft.asking)
    if said.form_id != expected:
        raise problems.OtherVersion(given=said.form_id, expected=expected)


def _write(draft: Draft, *, xml: str, language: str, at: datetime) -> None:
    draft.xml = xml
    draft.language = language if _TAG.fullmatch(language) else ""
    draft.revision += 1
    draft.saved_at = at


@transaction.atomic
def add_file(
    *, key: str, name: str, data: bytes, accept: str, by: Person, at: datetime
) -> DraftFileView:
    """Keep a file with a draft, under a name that no other file of it has.

    :raises FileTooLarge, FileOfWrongKind, FilesTooMany: then nothing is kept.
    """
    draft = _held(key=key, by=by)
    if len(data) > settings.LARGEST_ATTACHMENT:
        raise problems.FileTooLarge(
            name=name,
            size=-(-len(data) // _MEGABYTE),
            most=settings.LARGEST_ATTACHMENT // _MEGABYTE,
        )
    kind = attachments.kind_of(name=name, data=data, accept=accept)
    taken = set(draft.files.values_list("name", flat=True))
    if len(taken) >= MOST_FILES:
        raise problems.FilesTooMany(most=MOST_FILES)
    made = DraftFile.objects.create(
        draft=draft,
        name=attachments.safe_name(name, taken=taken),
        media_type=kind,
        data=data,
        size=len(data),
        added_at=at,
    )
    return DraftFileView(name=made.name, size=made.size)


@transaction.atomic
def discard(*, key: str, by: Person, at: datetime) -> None:
    """Throw a draft away; for two weeks it can be taken back."""
    Draft.objects.filter(person=by, discarded_at__lt=at - KEPT_AFTER_DISCARDING).delete()
    draft = _held(key=key, by=by)
    draft.discarded_at = at
    draft.save(update_fields=["discarded_at"])
    _journal("questionnaires.draft.discard", draft, by=by, at=at)


@transaction.atomic
def restore(*, key: str, by: Person, at: datetime) -> None:
    """Take it back that a draft was thrown away.

    :raises NoSuchDraft: where there is none, or it was thrown away too long ago.
    :raises DraftBegunSince: where the person has begun another one.
    """
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("asking")
        .filter(key=key, person=by, discarded_at__gte=at - KEPT_AFTER_DISCARDING)
        .first()
    )
    if draft is None:
        raise problems.NoSuchDraft()
    others = Draft.objects.filter(asking=draft.asking, person=by, discarded_at=None)
    # One that was opened and never written in is no reason to lose what was.
    others.filter(revision=0, files=None).delete()
    if others.exists():
        raise problems.DraftBegunSince()
    draft.discarded_at = None
    draft.save(update_fields=["discarded_at"])
    _journal("questionnaires.draft.restore", draft, by=by, at=at)


def hand_in(
    *, key: str, xml: str, revision: int, language: str, by: Person, at: datetime
) -> Received:
    """Hand a filled form over to the room that asked; the draft is gone then.

    What was typed is saved first, so that nothing is lost where it cannot be taken.

    :raises SavedElsewhere, NoSuchDraft: as `save` does.
    :raises BadAnswers: with every fault, in the language of the form; the draft stays.
    """
    xml = openrosa.writable(xml)
    try:
        return _hand_in(key=key, xml=xml, revision=revision, language=language, by=by, at=at)
    except problems.NoSuchDraft:
        # It was handed in, and the answer to that was lost on its way to the browser.
        before = submissions.received_before(xml=xml.encode("utf-8"), by=by)
        if before is None:
            raise
        return before


def _hand_in(
    *, key: str, xml: str, revision: int, language: str, by: Person, at: datetime
) -> Received:
    with transaction.atomic():
        draft = _held(key=key, by=by)
        _require_its_form(draft, xml)
        if draft.revision != revision:
            raise problems.SavedElsewhere()
        _write(draft, xml=xml, language=language, at=at)
        draft.save()
    with transaction.atomic(), override(_spoken(language)):
        draft = _held(key=key, by=by)
        received = submissions.receive(
            xml=xml.encode("utf-8"), files=_files_named(draft), by=by, at=at
        )
        draft.delete()
    return received


def _spoken(language: str) -> str:
    """The language that faults are told in: the form's, where the house speaks it."""
    base = language.split("-")[0]
    return base if base in dict(settings.LANGUAGES) else "en"


def _files_named(draft: Draft) -> list[FileSent]:
    """The files that an answer still names; one that was replaced stays behind."""
    named = [
        name
        for name in draft.files.values_list("name", flat=True)
        if name in draft.xml or _escaped(name) in draft.xml
    ]
    return [
        FileSent(name=file.name, media_type=file.media_type, data=bytes(file.data))
        for file in draft.files.filter(name__in=named)
    ]


def _escaped(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _journal(action: str, draft: Draft, *, by: Person, at: datetime) -> None:
    shown = by if draft.asking.shows_names else None
    journal.record(action=action, on=draft, by=shown, at=at, details={"asking": draft.asking.key})
