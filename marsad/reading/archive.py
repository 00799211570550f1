"""Packed files (DOCX is a ZIP of XML), opened without letting them unpack without end."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from lxml import etree

from marsad.reading import errors
from marsad.reading.result import Limits

_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_STEP: Final = 256 * 1024
#: Below this a part may be packed as tightly as it likes: a table of blanks packs a thousandfold.
_SMALL: Final = 4 * 1024 * 1024
_PARTS: Final = 20_000


class Archive:
    """The parts of a packed file, each unpacked only when asked for and only so far."""

    def __init__(self, data: bytes, *, name: str, limits: Limits, format_name: str) -> None:
        self._name = name
        self._limits = limits
        self._format = format_name
        if _END_OF_DIRECTORY not in data[-66_000:]:
            raise errors.Truncated(name=name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise errors.Damaged(name=name, format=format_name) from error
        self._check_directory()

    def _check_directory(self) -> None:
        """Refuse by what the central directory itself declares, before unpacking anything."""
        infos = self._zip.infolist()
        total = sum(info.file_size for info in infos)
        if len(infos) > _PARTS or total > self._limits.inflated:
            raise errors.ZipBomb(name=self._name)
        if any(_is_dense(info, self._limits.ratio) for info in infos):
            raise errors.ZipBomb(name=self._name)

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    def part(self, part: str) -> bytes:
        """The bytes of one part; the directory may lie, so the bytes are counted as they come."""
        info = self._infos[part]
        if info.flag_bits & 0x1:
            raise errors.Password(name=self._name)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_STEP):
                    size += len(piece)
                    if size > self._limits.part:
                        raise errors.ZipBomb(name=self._name)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise errors.Damaged(name=self._name, format=self._format) from error
        except (NotImplementedError, RuntimeError) as error:  # an unknown way of packing
            raise errors.Damaged(name=self._name, format=self._format) from error
        return b"".join(pieces)

    def xml(self, part: str) -> etree._Element:
        """One part as XML: no entities, no network, no document type, no endless depth."""
        return parse_xml(self.part(part), name=self._name, format_name=self._format)


def _is_dense(info: zipfile.ZipInfo, ratio: int) -> bool:
    return info.file_size > _SMALL and info.file_size > ratio * max(1, info.compress_size)


def parse_xml(data: bytes, *, name: str, format_name: str) -> etree._Element:
    """`data` as XML, without ever expanding an entity or fetching anything.

    Office files have no document type; entities that multiply can only be declared in one, so
    a part that has one is refused rather than read in part.
    """
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise errors.Damaged(name=name, format=format_name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise errors.Damaged(name=name, format=format_name) from error
