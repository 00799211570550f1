"""CSV and SDMX-CSV: text with one figure a line.

Text is read as UTF-8, or as its first bytes say, or as the mapping says; an encoding is never
guessed in silence, for a wrong guess turns every name into another name.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..errors import CannotTabulate, MixedFlows, NotText, UnknownEncoding, WrongEncoding
from ..mapping import ColumnMapping
from .lines import Cell, Line, Table

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: What spreadsheets and databases of all Member States write, of this and the last century.
_ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii",
    "cp1256", "iso8859-6", "cp720", "cp864", "mac-arabic",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1257", "cp1258",
    "iso8859-1", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15",
    "cp437", "cp850", "cp852", "cp866", "koi8-r", "koi8-u", "mac-roman", "tis-620", "cp874",
    "gb18030", "gbk", "gb2312", "big5", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949",
)  # fmt: skip
_SHOWN = 40
_DELIMITERS = ",;\t|"
#: No cell of figures is longer; a quotation mark that is never closed would swallow the file.
_LONGEST_CELL = 100_000
_RUN = re.compile(rb"[\x80-\xff]{3}")
_SAMPLE = 64 * 1024


@contextmanager
def text_table(path: Path, *, name: str, mapping: ColumnMapping) -> Iterator[Table]:
    """Open a text file and yield its one table."""
    encoding = _encoding(path, mapping)
    with path.open(encoding=encoding, newline="") as file:
        try:
            first = file.readline(_SAMPLE)
        except UnicodeError as error:
            raise _wrong(path, name, encoding) from error
        file.seek(0)
        flow = _Flow(first, name)
        delimiter = mapping.delimiter or max(_DELIMITERS, key=first.count)
        yield Table(
            sheet="",
            lines=_lines(file, path, name, encoding, delimiter, flow),
            flow=_first_flow(path, name, encoding, delimiter, flow),
        )


class _Flow:
    """Where an SDMX-CSV file says which flow a line is of."""

    def __init__(self, header: str, name: str) -> None:
        names = [part.strip().strip('"').upper() for part in header.split(",")]
        self.name = name
        self.column = -1
        for key in ("STRUCTURE_ID", "DATAFLOW"):
            if names and key in names[:2]:
                self.column = names.index(key)
        self.seen = ""

    def of(self, cells: list[str]) -> str:
        """The flow of a line without its version: "AGENCY:FLOW"."""
        return cells[self.column].split("(")[0].strip() if self.column < len(cells) else ""

    def check(self, cells: list[str], number: int) -> None:
        """Say so where a second flow begins."""
        if self.column < 0 or not cells:
            return
        flow = self.of(cells)
        if self.seen and flow != self.seen:
            raise MixedFlows(name=self.name, first=self.seen, second=flow, row=number)
        self.seen = flow


def check_encoding(given: str) -> str:
    """Return the one name of an encoding that figures are read in.

    >>> check_encoding("Latin-1")
    'iso8859-1'

    :raises UnknownEncoding: for any other, and for what only programs write ("base64", "idna").
    """
    try:
        name = codecs.lookup(given).name
    except (LookupError, ValueError):
        name = ""
    if name not in _ENCODINGS:
        raise UnknownEncoding(given=given[:_SHOWN], known=", ".join(_ENCODINGS))
    return name


def _encoding(path: Path, mapping: ColumnMapping) -> str:
    if mapping.encoding:
        return check_encoding(mapping.encoding)
    with path.open("rb") as file:
        head = file.read(4)
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")


def _first_flow(path: Path, name: str, encoding: str, delimiter: str, flow: _Flow) -> str:
    if flow.column < 0:
        return ""
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        rows = csv.reader(_checked(file, name), delimiter=delimiter)
        next(rows, None)
        return flow.of(next(rows, []))


def _lines(
    file: IO[str], path: Path, name: str, encoding: str, delimiter: str, flow: _Flow
) -> Iterator[Line]:
    limit = csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(_checked(file, name), delimiter=delimiter)
    try:
        for row in rows:
            if rows.line_num > 1:
                flow.check(row, rows.line_num)
            cells: list[Cell] = [cell if cell != "" else None for cell in row]
            yield Line(rows.line_num, cells)
    except UnicodeError as error:
        raise _wrong(path, name, encoding) from error
    except csv.Error as error:
        raise CannotTabulate(name=name) from error
    finally:
        csv.field_size_limit(limit)


def _checked(file: IO[str], name: str) -> Iterator[str]:
    """The lines as they stand; one that holds a NUL can be kept nowhere."""
    for number, line in enumerate(file, start=1):
        if "\0" in line:
            raise NotText(name=name, row=number)
        yield line


def _wrong(path: Path, name: str, encoding: str) -> WrongEncoding:
    """Say where the first byte stands that does not belong, and what would read it."""
    number, sample = _first_bad_line(path, encoding)
    return WrongEncoding(
        name=name,
        encoding=encoding.upper().replace("-SIG", ""),
        row=number,
        guess=_likely(sample),
    )


def _likely(sample: bytes) -> str:
    """Which of the two encodings of old spreadsheets a text is likely to be in.

    Arabic words are runs of high bytes; in French or Spanish one stands alone.
    """
    return "cp1256" if _RUN.search(sample) else "cp1252"


def _first_bad_line(path: Path, encoding: str) -> tuple[int, bytes]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode(encoding)
            except UnicodeError:
                return number, line + file.read(_SAMPLE)
    return 1, b""
