"""What comes in by a form or the API, before anything is done with it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from marsad import reading


def bytes_of(file: UploadedFile[Any]) -> bytes:
    """The bytes of an upload. Of one that is too large only the beginning was kept.

    :raises marsad.reading.errors.TooLarge: with the size it had when it was sent.
    """
    reading.check_size(file.size or 0, name=file.name or "", limits=reading.Limits())
    return bytes(file.read())
