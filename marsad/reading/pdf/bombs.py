"""Streams of a PDF that would unpack without end, found before PDFium unpacks them."""

from __future__ import annotations

import re
import zlib
from typing import Final

from marsad.reading import errors
from marsad.reading.result import Limits

_STREAM: Final = re.compile(rb"stream\r?\n")
_PACKED: Final = re.compile(rb"/(?:FlateDecode|Fl)\b")
#: How far before a stream its dictionary may begin.
_DICTIONARY: Final = 1_000
_STEP: Final = 4 * 1024 * 1024


def refuse_bombs(data: bytes, *, name: str, limits: Limits) -> None:
    """Refuse a PDF with a stream that becomes larger than any page needs."""
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _DICTIONARY) : found.start()]
        head = head[head.rfind(b"obj") + 1 :]
        packed: bytes | memoryview = memoryview(data)[found.end() :]
        for _layer in range(min(8, len(_PACKED.findall(head)))):
            unpacked = _unpacked(packed, 4 * limits.part)
            if unpacked is None:
                raise errors.ZipBomb(name=name)
            packed = unpacked


def _unpacked(packed: bytes | memoryview, most: int) -> bytes | None:
    """What comes out of one layer of packing; none if it is more than `most` bytes."""
    opener = zlib.decompressobj()
    pieces: list[bytes] = []
    size, at = 0, 0
    try:
        while not opener.eof:
            waiting = opener.unconsumed_tail or packed[at : at + _STEP]
            if not waiting:
                break
            at += 0 if opener.unconsumed_tail else _STEP
            piece = opener.decompress(waiting, _STEP)
            size += len(piece)
            if size > most:
                return None
            pieces.append(piece)
    except zlib.error:
        pass  # damaged, or not packed this way: PDFium will say
    return b"".join(pieces)
