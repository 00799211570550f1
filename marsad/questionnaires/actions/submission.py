"""Take a filled form in: once, checked, and into the room that asked."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import lru_cache
from xml.etree.ElementTree import canonicalize

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import get_language

from marsad.directory.types import Person
from marsad.journal import actions as journal
from marsad.questionnaires import attachments, checking, problems, receiving
from marsad.questionnaires.checking import Envelope
from marsad.questionnaires.models import Asking, Attachment, Device, MediaFile, Submission
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.types import FileSent, Received, Taken

#: As many files as one filled form may have, over all its requests.
MOST_FILES = 500
_MEGABYTE = 1024 * 1024


@transaction.atomic
def receive(
    *,
    xml: bytes,
    files: Sequence[FileSent] = (),
    more_to_come: bool = False,
    by: Person,
    at: datetime,
    device: Device | None = None,
) -> Received:
    """Take a filled form in, or the rest of its files.

    The same form sent again is not stored again; files that had not come are added to it. It is
    handed to the room that asked when the last request of it has come, in the same transaction.

    :param more_to_come: other requests with files of the same filled form follow.
    :raises marsad.problems.Problem: with a sentence; then nothing of this request is stored.
    """
    envelope = checking.envelope(xml)
    files = _judged_by_bytes(files)
    _one_at_a_time(envelope.instance_id)
    known = _known(envelope.instance_id)
    if known is not None:
        return _sent_again(known, xml=xml, files=files, more_to_come=more_to_come, by=by, at=at)
    submission = _stored(
        envelope, xml=xml, files=files, more_to_come=more_to_come, by=by, at=at, device=device
    )
    missing = _add(submission, files)
    if not more_to_come:
        _retire_corrected(submission)
        _hand_over(submission, by=by, at=at)
    return Received(key=submission.key, is_new=True, missing=missing)


def received_before(*, xml: bytes, by: Person) -> Received | None:
    """What came of this very filled form when it was sent before; none where it never came."""
    known = Submission.objects.filter(
        instance_id=checking.envelope(xml).instance_id, by=by, digest=digest_of(xml)
    ).first()
    return None if known is None else Received(key=known.key, is_new=False, missing=())


def digest_of(xml: bytes) -> str:
    """SHA-256 of the canonical form: the same answers written differently are the same."""
    written = canonicalize(from_file=io.BytesIO(xml), strip_text=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _one_at_a_time(instance_id: str) -> None:
    """Let the same filled form, sent twice at once, come in one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('marsad.submission'), hashtext(%s))",
            [instance_id],
        )


def _known(instance_id: str) -> Submission | None:
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("asking")
        .filter(instance_id=instance_id)
        .first()
    )


def _sent_again(
    known: Submission,
    *,
    xml: bytes,
    files: Sequence[FileSent],
    more_to_come: bool,
    by: Person,
    at: datetime,
) -> Received:
    if known.digest != digest_of(xml) or known.by_id != by.pk:
        raise problems.TwoContents()
    missing = _add(known, files)
    if known.completed_at is None and not more_to_come:
        if missing:
            raise problems.FilesMissing(names=", ".join(missing))
        askings.require_open(known.asking, at=at)
        _checked(known.asking, xml=xml, sent=_sent_before(known), at=at)
        _retire_corrected(known)
        known.completed_at = at
        known.save(update_fields=["completed_at"])
        _hand_over(known, by=by, at=at)
    return Received(key=known.key, is_new=False, missing=missing)


def _stored(
    envelope: Envelope,
    *,
    xml: bytes,
    files: Sequence[FileSent],
    more_to_come: bool,
    by: Person,
    at: datetime,
    device: Device | None,
) -> Submission:
    asking = _asking(envelope, by=by, at=at)
    corrects = _corrected(envelope, asking=asking, by=by)
    sent = None if more_to_come else _sent(files)
    answers = _checked(asking, xml=xml, sent=sent, at=at)
    submission = Submission.objects.create(
        key=secrets.token_hex(8),
        asking=asking,
        instance_id=envelope.instance_id,
        xml=xml,
        digest=digest_of(xml),
        answers=answers,
        by=by,
        device=device,
        received_at=at,
        completed_at=None if more_to_come else at,
        corrects=corrects,
    )
    journal.record(
        action="questionnaires.submission.receive",
        on=submission,
        # Where no name stands beside answers, none stands in the journal of them either.
        by=by if asking.shows_names else None,
        at=at,
        details={"asking": asking.key},
    )
    return submission


def _asking(envelope: Envelope, *, by: Person, at: datetime) -> Asking:
    asking = askings.by_form_id(form_id=envelope.form_id)
    receiver = receiving.receiver_of(asking.kind)
    if not receiver.may_answer(reader=by, subject_id=asking.subject_id, at=at):
        raise problems.NothingAsked()
    askings.require_open(asking, at=at)
    if envelope.version != asking.version.version:
        raise problems.OtherVersion(given=envelope.version, expected=asking.version.version)
    return asking


def _corrected(envelope: Envelope, *, asking: Asking, by: Person) -> Submission | None:
    """The submission that this one corrects; it stays current until this one is complete."""
    if not envelope.deprecated_id:
        return None
    earlier = (
        Submission.objects.select_for_update()
        .filter(instance_id=envelope.deprecated_id, asking=asking, by=by, is_current=True)
        .first()
    )
    if earlier is None:
        raise problems.NotTheLatest()
    return earlier


def _checked(
    asking: Asking,
    *,
    xml: bytes,
    sent: Mapping[str, checking.Sent] | None,
    at: datetime,
) -> list[Mapping[str, object]]:
    """The answers, as the form allows them.

    :param sent: the files that came, by name; None where they are on their way.

    :raises BadAnswers: with the first fault in words, and all of them in its details.
    """
    checked = checking.check(
        askings.served(asking),
        xml,
        media=_lists(asking.version_id),
        files=sent,
        now=at,
        language=get_language() or "",
    )
    if checked.faults:
        raise problems.BadAnswers(
            count=len(checked.faults),
            first=checked.faults[0].says,
            faults=[fault.as_data() for fault in checked.faults],
        )
    return [asdict(answer) for answer in checked.answers]


@lru_cache(maxsize=16)
def _lists(version_id: int) -> Mapping[str, bytes]:
    """The files that a published version looks choices and values up in; they never change."""
    found = MediaFile.objects.filter(version_id=version_id).values_list("name", "data")
    looked_up = (
        Q(name__iendswith=".csv") | Q(name__iendswith=".xml") | Q(name__iendswith=".geojson")
    )
    return {name: bytes(data) for name, data in found.filter(looked_up)}


def _sent(files: Sequence[FileSent]) -> Mapping[str, checking.Sent]:
    return {
        file.name: checking.Sent(size=len(file.data), media_type=file.media_type) for file in files
    }


def _sent_before(submission: Submission) -> Mapping[str, checking.Sent]:
    """The files that came with all requests of a filled form, without their bytes."""
    found = submission.attachments.values_list("name", "size", "media_type")
    return {name: checking.Sent(size=size, media_type=kind) for name, size, kind in found}


def _judged_by_bytes(files: Sequence[FileSent]) -> Sequence[FileSent]:
    """The files with the kinds that their bytes tell: pages named as pictures are not taken.

    :raises FilesTooMany, FileTooLarge, FileOfWrongKind:
    """
    if len(files) > MOST_FILES:
        raise problems.FilesTooMany(most=MOST_FILES)
    for file in files:
        if len(file.data) > settings.LARGEST_ATTACHMENT:
            raise problems.FileTooLarge(
                name=file.name,
                size=-(-len(file.data) // _MEGABYTE),
                most=settings.LARGEST_ATTACHMENT // _MEGABYTE,
            )
    return [
        replace(
            file,
            media_type=attachments.kind_of_sent(
                name=file.name, data=file.data, said=file.media_type
            ),
        )
        for file in files
    ]


def _add(submission: Submission, files: Sequence[FileSent]) -> Sequence[str]:
    """Keep the files that its answers name and that had not come; return the names of the rest."""
    named = {str(answer["file"]) for answer in submission.answers if answer.get("file")}
    if not named:
        return []
    here = set(submission.attachments.values_list("name", flat=True))
    new = {file.name: file for file in files if file.name in named - here}
    if len(here) + len(new) > MOST_FILES:
        raise problems.FilesTooMany(most=MOST_FILES)
    Attachment.objects.bulk_create(
        Attachment(
            submission=submission,
            name=file.name,
            media_type=file.media_type[:100],
            data=file.data,
            size=len(file.data),
            sha256=hashlib.sha256(file.data).hexdigest(),
        )
        for file in new.values()
    )
    return sorted(named - here - set(new))


def _retire_corrected(submission: Submission) -> None:
    """Let what is corrected count no more, now that its correction is complete.

    :raises NotTheLatest: where another correction of it came before.
    """
    if submission.corrects_id is not None:
        corrected = Submission.objects.filter(pk=submission.corrects_id, is_current=True)
        if not corrected.update(is_current=False):
            raise problems.NotTheLatest()


def _hand_over(submission: Submission, *, by: Person, at: datetime) -> None:
    """Give a filled form, all of which has come, to the room that asked."""
    taken = Taken(
        submission_id=submission.pk,
        key=submission.key,
        asking_key=submission.asking.key,
        subject_id=submission.asking.subject_id,
        by_id=by.pk,
        corrects_id=submission.corrects_id,
    )
    receiving.receiver_of(submission.asking.kind).take(taken=taken, at=at)
