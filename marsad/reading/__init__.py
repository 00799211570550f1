"""Bytes of a file in, lines of text out, with the guards against bad input.

>>> from marsad import reading
>>> reading.read(b"13. Decides to remain seized of the matter.", name="a.txt").kind
<Kind.TXT: 'txt'>
"""

from __future__ import annotations

from marsad.reading.door import check_size, read, read_file, safe_media_type
from marsad.reading.errors import CannotRead, WillNotRead
from marsad.reading.ocr import available as ocr_available
from marsad.reading.picture import picture
from marsad.reading.result import Kind, Layer, Limits, Progress, Reading
from marsad.reading.sniff import sniff

__all__ = [
    "CannotRead",
    "Kind",
    "Layer",
    "Limits",
    "Progress",
    "Reading",
    "WillNotRead",
    "check_size",
    "ocr_available",
    "picture",
    "read",
    "read_file",
    "safe_media_type",
    "sniff",
]
