"""Workbooks (.xlsx), sheet by sheet and line by line, without unpacking them whole.

Read from the XML itself and not through openpyxl: a stream of 600,000 cells costs half the
time, a formula is told from a value and a date from a number, and merged cells are seen, which
openpyxl's stream leaves out.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import IO
from xml.parsers import expat

from lxml import etree

from ..errors import (
    CutWorkbook,
    DamagedWorkbook,
    FarAside,
    MacroWorkbook,
    NotATable,
    OldWorkbook,
    Unpacks,
)
from .cells import MOST_COLUMNS, FarCellError, SheetReader
from .lines import Cell, Line, Odd, Table

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
# Number formats that come with every spreadsheet and show dates or times.
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_SIGNS = re.compile(r"[dmyhs]", re.IGNORECASE)
_NOT_SIGNS = re.compile(r"\"[^\"]*\"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.", re.IGNORECASE)

#: A sheet that is "veryHidden" cannot even be shown from the menus of a spreadsheet.
_HIDDEN = ("hidden", "veryHidden")

#: A part that unpacks to more is not read.
MOST_UNPACKED = 2 * 1024**3
#: A part may be packed this tightly once it is larger than `_SMALL`; real sheets come to 30.
_MOST_RATIO = 400
_SMALL = 64 * 1024**2
_PIECE = 128 * 1024
_LONGEST_NUMBER = 300


@contextmanager
def workbook_tables(path: Path, *, name: str) -> Iterator[Iterator[Table]]:
    """Open a workbook and yield its sheets."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, name)
            book = _Book(archive, name)
            yield book.tables()
    except zipfile.BadZipFile as error:
        raise CutWorkbook(name=name) from error


def _check(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.namelist()
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise MacroWorkbook(name=name)
    if "xl/workbook.xml" not in parts:
        raise NotATable(name=name)
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise MacroWorkbook(name=name)
    for info in archive.infolist():
        if info.flag_bits & 0x1:
            raise OldWorkbook(name=name)
        dense = info.file_size > _SMALL and info.file_size > _MOST_RATIO * info.compress_size
        if dense or info.file_size > MOST_UNPACKED:
            raise Unpacks(name=name, most=_SMALL // 1024**2)


class _Counting:
    """A part as a stream that stops where it unpacks to more than it declared."""

    def __init__(self, stream: IO[bytes], size: int, name: str) -> None:
        self._stream = stream
        self._left = size
        self._name = name

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size if size > 0 else _PIECE)
        self._left -= len(piece)
        if self._left < 0:
            raise Unpacks(name=self._name, most=_SMALL // 1024**2)
        return piece


class _Book:
    """What all sheets of a workbook share: texts, formats, names."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._texts = self._shared_texts()
        self._dates = self._date_styles()
        self._epoch = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones

    def tables(self) -> Iterator[Table]:
        """Yield every sheet in the order of the workbook, those that are hidden at the end."""
        for sheet, part, is_hidden in sorted(self._sheets(), key=itemgetter(2)):
            hidden: set[int] = set()
            yield Table(
                sheet=sheet,
                lines=self._lines(part, hidden),
                merged=self._merged(part),
                is_hidden=is_hidden,
                hidden_rows=hidden,
            )

    def _elements(self, part: str, tag: str) -> Iterator[etree._Element]:
        try:
            info = self._archive.getinfo(part)
            with self._archive.open(info) as stream:
                counting = _Counting(stream, info.file_size, self._name)
                for _event, element in etree.iterparse(
                    counting,
                    tag=(_MAIN + tag, _STRICT + tag),
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                ):
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise DamagedWorkbook(name=self._name, part=part) from error

    def _sheets(self) -> list[tuple[str, str, bool]]:
        """The name of each sheet, where it stands, and whether it is hidden."""
        relations = etree.fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): str(link.get("Target")) for link in relations}
        found = []
        for sheet in self._elements("xl/workbook.xml", "sheet"):
            target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if "worksheets/" in part:
                found.append((str(sheet.get("name")), part, sheet.get("state") in _HIDDEN))
        return found

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        return [_text(item) for item in self._elements("xl/sharedStrings.xml", "si")]

    def _date_styles(self) -> frozenset[str]:
        if "xl/styles.xml" not in self._archive.namelist():
            return frozenset()
        custom = {
            int(item.get("numFmtId", 0))
            for item in self._elements("xl/styles.xml", "numFmt")
            if _DATE_SIGNS.search(_NOT_SIGNS.sub("", item.get("formatCode", "")))
        }
        formats = [
            int(style.get("numFmtId", 0))
            for group in self._elements("xl/styles.xml", "cellXfs")
            for style in group
        ]
        return frozenset(
            str(place)
            for place, number in enumerate(formats)
            if number in _DATE_FORMATS or number in custom
        )

    def _merged(self, part: str) -> tuple[str, ...]:
        """Merged cells stand after all rows, so they are looked for before the rows are read."""
        found: list[bytes] = []
        rest = b""
        try:
            with self._archive.open(part) as stream:
                while piece := stream.read(_PIECE):
                    text = rest + piece
                    found += _MERGED.findall(text)
                    rest = text[text.rfind(b"<") :]
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise DamagedWorkbook(name=self._name, part=part) from error
        return tuple(ranged.decode() for ranged in dict.fromkeys(found))

    def _lines(self, part: str, hidden: set[int]) -> Iterator[Line]:
        reader = SheetReader(self._cell, hidden=hidden)
        try:
            info = self._archive.getinfo(part)
            with self._archive.open(info) as stream:
                counting = _Counting(stream, info.file_size, self._name)
                while piece := counting.read(_PIECE):
                    yield from reader.feed(piece)
                yield from reader.close()
        except FarCellError as far:
            raise FarAside(name=self._name, cell=str(far)[:12], most=MOST_COLUMNS) from far
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise DamagedWorkbook(name=self._name, part=part) from error

    def _cell(self, kind: str | None, style: str | None, value: str) -> Cell:
        if kind == "s":
            return self._texts[int(value)] if int(value) < len(self._texts) else ""
        if kind in ("str", "inlineStr"):
            return value
        if kind is None or kind == "n":
            if style in self._dates:
                return Odd("date", self._date(float(value)))
            return _number(value)
        if kind == "b":
            return Odd("truth", "TRUE" if value == "1" else "FALSE")
        return Odd("date" if kind == "d" else "error-cell", value)

    def _date(self, days: float) -> str:
        try:
            return (self._epoch + timedelta(days=days)).date().isoformat()
        except OverflowError:
            return str(days)


def _number(value: str) -> int | float | str:
    """A number; as it stands where it is none, or so long that it can be none of people."""
    if value.removeprefix("-").isdecimal() and len(value) <= _LONGEST_NUMBER:
        return int(value)
    try:
        return float(value)
    except ValueError:
        return value


def _text(item: etree._Element) -> str:
    # Runs of a text in several fonts; the reading aid of East Asian names (rPh) is no part of it.
    pieces = []
    for part in item:
        tag = str(part.tag).rpartition("}")[2]
        if tag == "t":
            pieces.append(part.text or "")
        elif tag == "r":
            pieces.append(_text(part))
    return "".join(pieces)
