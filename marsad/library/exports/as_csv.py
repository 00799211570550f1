"""A compilation as CSV that a spreadsheet opens with its Arabic whole.

UTF-8 with a byte-order mark (without it Excel takes the file for a Windows code page), every cell
quoted, lines ended by CR LF as RFC 4180 has it. Zero recommendations leave the header alone. A cell
that could be taken for a formula begins with an apostrophe: see `rows.dangerous`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from marsad.design.formatting import Formatter
from marsad.library.exports import rows
from marsad.library.types import Compilation


def write(compilation: Compilation, *, formatter: Formatter) -> bytes:
    """The table, header first."""
    return write_table(
        [column.heading for column in rows.columns()], rows.rows(compilation, formatter=formatter)
    )


def write_table(headings: Sequence[str], lines: Iterable[Sequence[rows.Cell]]) -> bytes:
    """Any table, header first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings)
    for line in lines:
        writer.writerow([guarded(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: rows.Cell) -> rows.Cell:
    """The cell, with an apostrophe before it where it could run.

    >>> guarded("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if rows.dangerous(cell) else cell
