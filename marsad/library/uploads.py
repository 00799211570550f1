"""What comes in by a form or the API, before anything is done with it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from marsad import reading

_MEGABYTE = 1024 * 1024


def bytes_of(file: UploadedFile[Any]) -> bytes:
    """The bytes of an upload. Of one that is too large only the beginning was kept.

    :raises marsad.reading.errors.TooLarge: with the size it had when it was sent.
    """
    limit = reading.Limits().size
    size = file.size or 0
    if size > limit:
        raise reading.errors.TooLarge(
            name=file.name or "",
            megabytes=-(-size // _MEGABYTE),
            limit=f"{limit / _MEGABYTE:g}",
        )
    return bytes(file.read())
