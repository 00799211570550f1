"""A file of figures as it comes by a form or the API, before anything is done with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from marsad.directory.types import Reader
from marsad.statistics import problems
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import source as sources
from marsad.statistics.models import Arrival
from marsad.statistics.queries import rights
from marsad.tabulation import mapping as mappings
from marsad.tabulation.sources import check_encoding


def received(
    file: UploadedFile[Any] | None,
    *,
    source: str,
    by: Reader,
    at: datetime,
    encoding: str = "",
    after: str = "",
    too_large: bool = False,
) -> Arrival:
    """Take in a file that was sent; a worker reads it.

    :param after: key of a file of the same source that was sent before; its columns are read alike.
    :param too_large: whether the request as a whole was, so that nothing of it was kept.
    :raises TooLargeToSend: of one that is too large only the beginning was kept.
    :raises NoFile: if there is none.
    :raises UnknownEncoding: if no text of figures is written in it.
    :raises NoSuchSource: if it is none of this reader's.
    :raises NoSuchArrival: if what was sent before is none of this reader's.
    """
    if too_large or (file is not None and (file.size or 0) > settings.LARGEST_FIGURES):
        raise problems.TooLargeToSend(most=settings.LARGEST_FIGURES // 1_000_000)
    if not isinstance(file, TemporaryUploadedFile):
        raise problems.NoFile
    if encoding:
        check_encoding(encoding)
    of = sources.brought_by(code=source, by=by, at=at)
    known = _as_before(after, source=of.code, by=by) if after else {}
    mapping = None
    if known or encoding:
        before = known or of.mapping or mappings.known("plain").as_json()
        told = mappings.remembered(before, name=of.code)
        mapping = mappings.from_json(told | ({"encoding": encoding} if encoding else {}))
    return arrivals.receive(
        Path(file.temporary_file_path()),
        source=of.code,
        by=by,
        at=at,
        file_name=file.name or _("unnamed file"),
        mapping=mapping,
    )


def _as_before(key: str, *, source: str, by: Reader) -> dict[str, Any]:
    """How the columns of a file that was sent before were read; nothing if of another source."""
    before = rights.arrival_for(by, key=key)
    return dict(before.mapping) if before.source.code == source else {}
