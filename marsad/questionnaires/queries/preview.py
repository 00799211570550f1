"""A version as its authors look at it before, and after, it is published."""

from __future__ import annotations

from marsad.directory.types import Reader
from marsad.questionnaires import problems
from marsad.questionnaires.models import MediaFile
from marsad.questionnaires.queries import rights
from marsad.questionnaires.types import PreviewView


def one(*, reader: Reader, key: str, language: str) -> PreviewView:
    """The form of a version that the reader may see.

    :raises NoSuchVersion: where there is none.
    """
    version = rights.visible_versions(reader).filter(key=key).defer("workbook", "tree").first()
    if version is None:
        raise problems.NoSuchVersion()
    titles = {**version.questionnaire.titles, **version.titles}
    return PreviewView(
        key=version.key,
        questionnaire_key=version.questionnaire.key,
        version=version.version,
        title=titles.get(language) or next(iter(titles.values()), version.questionnaire.form_id),
        xform=bytes(version.xform),
        media=list(version.media.values_list("name", flat=True)),
        lists={
            file.name: bytes(file.data) for file in version.media.filter(name__iendswith=".csv")
        },
    )


def media(*, reader: Reader, key: str, name: str) -> tuple[bytes, str]:
    """A picture, sound or list that goes with a version.

    :raises NoSuchMedia: where there is none, or the version is not the reader's to see.
    """
    found = MediaFile.objects.filter(
        version__in=rights.visible_versions(reader).filter(key=key), name=name
    ).first()
    if found is None:
        raise problems.NoSuchMedia()
    return bytes(found.data), found.media_type
