"""What is asked now, and the form as it is served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from django.db.models import Q, QuerySet
from lxml import etree

from marsad.directory.types import Reader
from marsad.questionnaires import problems, receiving
from marsad.questionnaires.models import Asking, MediaFile, QuestionnaireVersion
from marsad.questionnaires.types import AskingView
from marsad.questionnaires.words import State

_XFORMS = "{http://www.w3.org/2002/xforms}"


def open_to(*, reader: Reader, language: str, at: datetime) -> Sequence[AskingView]:
    """Everything that a reader may answer now, the newest first."""
    found: list[Asking] = []
    for kind, receiver in receiving.all_receivers().items():
        subjects = receiver.subjects_for(reader=reader, at=at)
        found.extend(_open(at).filter(kind=kind, subject_id__in=subjects))
    found.sort(key=lambda asking: (asking.opened_at, asking.pk), reverse=True)
    return [_view(asking, language=language) for asking in found]


def one(*, reader: Reader, key: str, language: str, at: datetime) -> AskingView:
    """One asking that the reader may answer now.

    :raises NothingAsked: where there is none, or it is not for this reader.
    :raises AskingClosed: where it was for this reader, and no answers are taken any more.
    """
    return _view(_answerable(reader=reader, key=key, at=at), language=language)


def of_subject(*, kind: str, subject_id: str, language: str) -> AskingView | None:
    """The asking of another room's subject, for that room."""
    asking = _with_version().filter(kind=kind, subject_id=subject_id).first()
    return _view(asking, language=language) if asking else None


def form(*, reader: Reader, key: str, at: datetime) -> bytes:
    """The XForm of an asking, as it is filled in.

    :raises NothingAsked: where there is none, or it is not for this reader.
    :raises AskingClosed: where no answers are taken any more.
    """
    return served(_answerable(reader=reader, key=key, at=at))


def by_form_id(*, form_id: str) -> Asking:
    """The asking that a submission names.

    :raises NothingAsked: where there is none.
    """
    asking = _with_version().filter(key=form_id.rpartition("-")[2]).first()
    if asking is None or form_id_of(asking) != form_id:
        raise problems.NothingAsked()
    return asking


def require_open(asking: Asking, *, at: datetime) -> None:
    """:raises AskingClosed: where no answers are taken, or the questionnaire was withdrawn."""
    if asking.version.state != State.PUBLISHED:
        raise problems.FormWithdrawn(version=asking.version.version)
    if asking.closes_at is not None and asking.closes_at <= at:
        raise problems.AskingClosed()


def form_id_of(asking: Asking) -> str:
    """What the form is called in this asking: the same form asked twice is two forms on a phone.

    The form's own id, and the key of the asking.
    """
    return f"{asking.version.questionnaire.form_id}-{asking.key}"


def served(asking: Asking) -> bytes:
    """The XForm with its id in this asking; byte for byte the same each time."""
    return _renamed(asking.version_id, form_id_of(asking))


def content(asking: AskingView) -> bytes:
    """The XForm of an asking that the reader was shown."""
    return _renamed(asking.version_id, asking.form_id)


def media(asking: AskingView) -> Iterator[tuple[str, bytes, str]]:
    """The files of its form: name, bytes and kind."""
    for file in MediaFile.objects.filter(version_id=asking.version_id):
        yield file.name, bytes(file.data), file.media_type


def lists(asking: AskingView) -> Mapping[str, bytes]:
    """The files that its choices are looked up in, by name."""
    found = MediaFile.objects.filter(version_id=asking.version_id, name__iendswith=".csv")
    return {file.name: bytes(file.data) for file in found}


def media_names(asking: AskingView) -> Sequence[str]:
    """The names of the files of its form."""
    return list(
        MediaFile.objects.filter(version_id=asking.version_id).values_list("name", flat=True)
    )


def has_media(asking: AskingView) -> bool:
    """Whether files belong to its form."""
    return MediaFile.objects.filter(version_id=asking.version_id).exists()


@lru_cache(maxsize=64)
def _renamed(version_id: int, form_id: str) -> bytes:
    xform = QuestionnaireVersion.objects.values_list("xform", flat=True).get(pk=version_id)
    root = etree.fromstring(bytes(xform))
    instance = root.find(f".//{_XFORMS}instance")
    if instance is not None and len(instance):
        instance[0].set("id", form_id)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _with_version() -> QuerySet[Asking]:
    # Not the bytes of forms and workbooks, which every version carries.
    return Asking.objects.select_related("version__questionnaire").defer(
        "version__xform", "version__workbook", "version__tree"
    )


def _open(at: datetime) -> QuerySet[Asking]:
    return _with_version().filter(
        Q(closes_at__isnull=True) | Q(closes_at__gt=at), version__state=State.PUBLISHED
    )


def _answerable(*, reader: Reader, key: str, at: datetime) -> Asking:
    asking = _with_version().filter(key=key).first()
    if asking is None or not receiving.receiver_of(asking.kind).may_answer(
        reader=reader, subject_id=asking.subject_id, at=at
    ):
        raise problems.NothingAsked()
    require_open(asking, at=at)
    return asking


def _view(asking: Asking, *, language: str) -> AskingView:
    return AskingView(
        key=asking.key,
        kind=asking.kind,
        subject_id=asking.subject_id,
        title=title_of(asking, language=language),
        form_id=form_id_of(asking),
        version=asking.version.version,
        version_id=asking.version_id,
        languages=asking.version.languages,
        purpose=asking.purpose,
        shows_names=asking.shows_names,
        opened_at=asking.opened_at,
        closes_at=asking.closes_at,
    )


def title_of(asking: Asking, *, language: str) -> str:
    """What an asking is called, in that language where it can be."""
    return next(_titles(asking, language), asking.version.questionnaire.form_id)


def _titles(asking: Asking, language: str) -> Iterator[str]:
    """Its title in the reader's language, else in another it has."""
    for titles in (asking.titles, asking.version.titles):
        in_order = [titles.get(language), *titles.values()]
        yield from (title for title in in_order if title)
