"""Filled forms, for the room that asked: it has judged the rights of the reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q

from marsad.questionnaires import problems
from marsad.questionnaires.models import Asking, Attachment, Submission
from marsad.questionnaires.queries.asking import form_id_of
from marsad.questionnaires.types import SubmissionView


def of_subject(*, kind: str, subject_id: str) -> Iterator[SubmissionView]:
    """The current filled forms of what a room asked, the oldest first, complete ones only."""
    found = (
        Submission.objects.filter(
            asking__kind=kind,
            asking__subject_id=subject_id,
            is_current=True,
            completed_at__isnull=False,
        )
        .defer("xml")
        .order_by("id")
    )
    for submission in found.iterator(chunk_size=500):
        yield _view(submission)


def of_form(*, name: str) -> tuple[Sequence[str], Iterator[SubmissionView]]:
    """What was answered to a form wherever it was asked: keys of its versions, filled forms.

    For the operator of the machine, who judges no rights.

    :param name: a form's id (all askings of it), or its id in one asking.
    :raises NothingAsked: where no such form was ever asked.
    """
    of_name = Q(version__questionnaire__form_id=name) | Q(key=name.rpartition("-")[2])
    askings = [
        asking
        for asking in Asking.objects.select_related("version__questionnaire").filter(of_name)
        if name in (asking.version.questionnaire.form_id, form_id_of(asking))
    ]
    if not askings:
        raise problems.NothingAsked()
    found = Submission.objects.filter(
        asking__in=askings, is_current=True, completed_at__isnull=False
    )
    versions = list(dict.fromkeys(asking.version.key for asking in askings))
    return versions, map(_view, found.defer("xml").order_by("id").iterator(chunk_size=500))


def file(*, kind: str, subject_id: str, key: str, name: str) -> tuple[bytes, str]:
    """The bytes of a file that came with a filled form, and what kind it said it was.

    :raises NoSuchSubmission: where there is none.
    """
    found = Attachment.objects.filter(
        submission__asking__kind=kind,
        submission__asking__subject_id=subject_id,
        submission__key=key,
        name=name,
    ).first()
    if found is None:
        raise problems.NoSuchSubmission()
    return bytes(found.data), found.media_type


def _view(submission: Submission) -> SubmissionView:
    return SubmissionView(
        id=submission.pk,
        key=submission.key,
        by_id=submission.by_id,
        received_at=submission.received_at,
        answers=submission.answers,
        files=list(submission.attachments.values_list("name", "size")),
    )
