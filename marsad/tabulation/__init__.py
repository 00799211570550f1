"""Files of figures in, tables and trends out; every figure with what it stands on.

>>> from marsad import tabulation
>>> reading = tabulation.Reading(Path("figures.xlsx"))  # doctest: +SKIP
>>> rows = tabulation.rows_in_memory(reading)  # doctest: +SKIP
>>> tabulation.answers.series(rows, tabulation.ask("victims", years="2019"))  # doctest: +SKIP

Expressions (`series`, `trends`, `justice`, `flows`, `parts`) take a table of rows and a `Question`
and return an Ibis expression; `answers` and `tables` run them.
"""

from __future__ import annotations

from . import (
    answers,
    checks,
    combining,
    flows,
    justice,
    mapping,
    parts,
    patterns,
    sdmx,
    series,
    tables,
    trends,
    writing,
)
from .checks import Doubt, check
from .engine import connect, rows_from, rows_in_memory
from .keeping import keep, keep_rows
from .mapping import ColumnMapping
from .places import NamedPlace, place_names
from .questions import BREAKDOWNS, Question, ask
from .reader import Preview, Reading, digest_of, preview
from .remarks import Remark
from .schema import SCHEMA
from .types import Kept, Place, Row
from .words import Word, words

__all__ = [
    "BREAKDOWNS",
    "SCHEMA",
    "ColumnMapping",
    "Doubt",
    "Kept",
    "NamedPlace",
    "Place",
    "Preview",
    "Question",
    "Reading",
    "Remark",
    "Row",
    "Word",
    "answers",
    "ask",
    "check",
    "checks",
    "combining",
    "connect",
    "digest_of",
    "flows",
    "justice",
    "keep",
    "keep_rows",
    "mapping",
    "parts",
    "patterns",
    "place_names",
    "preview",
    "rows_from",
    "rows_in_memory",
    "sdmx",
    "series",
    "tables",
    "trends",
    "words",
    "writing",
]
