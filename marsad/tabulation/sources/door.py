"""Which kind of file this is, by its bytes and not by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import EmptyFile, NoSuchFile, NotATable, OldWorkbook
from ..mapping import ColumnMapping
from .lines import Table
from .parquet import parquet_table
from .text import text_table
from .workbook import workbook_tables

_ZIP = b"PK\x03\x04"
_PARQUET = b"PAR1"
_OLE = b"\xd0\xcf\x11\xe0"
# What else people send: PDF, pictures, gzip, HTML saved under the name of a workbook.
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"<!DOCTYPE", b"<html", b"{\\rtf")


@contextmanager
def open_tables(path: Path, *, name: str, mapping: ColumnMapping) -> Iterator[Iterator[Table]]:
    """Open a file and yield its tables, one after the other.

    :raises CannotTabulate: where the file as a whole cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise NoSuchFile(name=str(path)) from error
    if not head:
        raise EmptyFile(name=name)
    if head.startswith(_OLE):
        raise OldWorkbook(name=name)
    if head.startswith(_ZIP):
        with workbook_tables(path, name=name) as tables:
            yield tables
    elif head.startswith(_PARQUET):
        yield iter([parquet_table(path, name=name)])
    elif head.lstrip().startswith(_OTHERS) or _is_binary(head):
        raise NotATable(name=name)
    else:
        with text_table(path, name=name, mapping=mapping) as table:
            yield iter([table])


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\x00" in head
