"""What a person has begun, and what they sent."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from marsad.directory.types import Person
from marsad.questionnaires import problems
from marsad.questionnaires.models import Draft, DraftFile, Submission
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.types import DraftCard, DraftFileView, DraftView, ReceiptView


def one(*, reader: Person, key: str) -> DraftView:
    """A draft of the reader's.

    :raises NoSuchDraft: where there is none of theirs.
    """
    draft = _of(reader).filter(key=key).first()
    if draft is None:
        raise problems.NoSuchDraft()
    return _view(draft)


def mine(*, reader: Person, language: str) -> Sequence[DraftCard]:
    """The drafts of a reader in which something was written, the latest first."""
    found = (
        _of(reader)
        .filter(revision__gt=0)
        .select_related("asking__version__questionnaire")
        .defer(
            "xml",
            "asking__version__xform",
            "asking__version__workbook",
            "asking__version__tree",
        )
    )
    return [
        DraftCard(
            key=draft.key,
            asking_key=draft.asking.key,
            title=askings.title_of(draft.asking, language=language),
            saved_at=draft.saved_at,
            done=draft.done,
            total=draft.total,
            closes_at=draft.asking.closes_at,
            is_correction=draft.corrects_id is not None,
        )
        for draft in found
    ]


def file(*, reader: Person, key: str, name: str) -> tuple[bytes, str]:
    """The bytes and the kind of a file of a draft.

    :raises NoSuchDraft: where there is none of theirs.
    """
    found = DraftFile.objects.filter(
        draft__key=key, draft__person=reader, draft__discarded_at=None, name=name
    ).first()
    if found is None:
        raise problems.NoSuchDraft()
    return bytes(found.data), found.media_type


def receipt(*, reader: Person, key: str, language: str) -> ReceiptView:
    """What a reader sent, and when it came.

    :raises NoSuchSubmission: where they sent nothing of the kind.
    """
    sent = (
        Submission.objects.select_related("asking__version__questionnaire")
        .defer(
            "xml",
            "asking__version__xform",
            "asking__version__workbook",
            "asking__version__tree",
        )
        .filter(key=key, by=reader)
        .first()
    )
    if sent is None:
        raise problems.NoSuchSubmission()
    return ReceiptView(
        key=sent.key,
        asking_key=sent.asking.key,
        title=askings.title_of(sent.asking, language=language),
        received_at=sent.received_at,
        answer_count=sum(1 for answer in sent.answers if answer.get("value")),
        files=list(sent.attachments.values_list("name", flat=True)),
        is_current=sent.is_current,
    )


def _of(reader: Person) -> QuerySet[Draft]:
    return Draft.objects.filter(person=reader, discarded_at=None)


def _view(draft: Draft) -> DraftView:
    return DraftView(
        key=draft.key,
        revision=draft.revision,
        xml=draft.xml,
        language=draft.language,
        saved_at=draft.saved_at,
        # Until it is saved for the first time, the browser must turn what was sent into its
        # correction.
        corrects_fresh=draft.corrects_id is not None and draft.revision == 0,
        files=[
            DraftFileView(name=name, size=size)
            for name, size in draft.files.values_list("name", "size")
        ],
    )
