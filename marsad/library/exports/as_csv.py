"""A compilation as CSV: see `design.printing.tables` for how it is kept safe.

Zero recommendations leave the header alone.
"""

from __future__ import annotations

from marsad.design.formatting import Formatter
from marsad.design.printing.tables import write_csv
from marsad.library.exports import rows
from marsad.library.types import Compilation


def write(compilation: Compilation, *, formatter: Formatter) -> bytes:
    """The table, header first."""
    return write_csv(
        [column.heading for column in rows.columns()], rows.rows(compilation, formatter=formatter)
    )
