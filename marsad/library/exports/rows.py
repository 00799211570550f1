"""A compilation as a table: one row a recommendation, for CSV and Excel."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter
from marsad.design.printing.made import clean
from marsad.design.printing.tables import Cell
from marsad.library.exports.layout import (
    language_name,
    meeting,
    provisions,
    theme_labels,
    unique_rows,
)
from marsad.library.types import Compilation, RecommendationRow


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the table."""

    heading: str
    #: Width in characters.
    width: int


def columns() -> list[Column]:
    """The columns, in the reader's language."""
    named = [
        (_("No."), 6),
        (_("Citation"), 30),
        (_("Recommendation"), 80),
        (_("Addressed to"), 24),
        (_("Strength"), 16),
        (_("Themes"), 30),
        (_("Provisions named"), 22),
        (_("Provisions served, by theme"), 22),
        (_("Document"), 24),
        (_("Title of the document"), 40),
        (_("Meeting"), 32),
        (_("Year"), 8),
        (_("Section"), 30),
        (_("Paragraph"), 11),
        (_("Id in the document"), 12),
        (_("Language of the text"), 14),
        (_("Confirmed as the same elsewhere"), 14),
        (_("Sample"), 10),
    ]
    return [Column(heading=heading, width=width) for heading, width in named]


def rows(compilation: Compilation, *, formatter: Formatter) -> list[list[Cell]]:
    """One list of cells for each recommendation, numbers as numbers."""
    return [
        _cells(place, row, reader=compilation.language, formatter=formatter)
        for place, row in enumerate(unique_rows(compilation), start=1)
    ]


def _cells(place: int, row: RecommendationRow, *, reader: str, formatter: Formatter) -> list[Cell]:
    cells: list[Cell] = [
        place,
        row.citation,
        row.text,
        formatter.listed(row.addressee_labels),
        row.strength_label,
        theme_labels(row, formatter=formatter),
        provisions(row, basis="text", formatter=formatter),
        provisions(row, basis="theme", formatter=formatter),
        row.document_symbol,
        row.document_title,
        meeting(row, formatter=formatter),
        row.year,
        row.section,
        _number_where_one(row.paragraph),
        row.ident,
        language_name(row.language, reader=reader),
        row.same_confirmed,
        _("Sample") if row.is_sample else "",
    ]
    return [clean(cell) if isinstance(cell, str) else cell for cell in cells]


def _number_where_one(said: str | None) -> Cell:
    return int(said) if said is not None and said.isdecimal() else said
