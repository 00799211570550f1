"""Figures of our own writing, small enough to add up in the head."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from marsad import tabulation
from marsad.tabulation import mapping
from marsad.tabulation.engine import Expression

SHARED = Path(os.environ.get("MARSAD_SHARED", str(Path(__file__).parents[2].parent / "shared")))
GLOTIP = SHARED / "data" / "unodc_glotip.xlsx"

HEADER = (
    "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex",
    "Age", "Year", "Unit of measurement", "txtVALUE", "Source",
)  # fmt: skip

VICTIMS = "Detected trafficking victims"
CHILDREN, ADULTS = "0 to 17 years", "18 years or over"
FORM, CITIZENSHIP = "by form of exploitation", "by citizenship"


def line(
    code: str,
    year: object,
    value: object,
    *,
    name: str = "",
    indicator: str = VICTIMS,
    dimension: str = "Total",
    category: object = "Total",
    sex: str = "Total",
    age: str = "Total",
) -> list[object]:
    """One line in the columns of the Global Report's workbook."""
    return [
        code or None, name or None, None, None, indicator, dimension, category, sex, age, year,
        "Counts", value, "OURS",
    ]  # fmt: skip


def save_workbook(
    path: Path,
    lines: Iterable[Sequence[object]],
    *,
    header: Sequence[object] = HEADER,
    above: Sequence[Sequence[object]] = (("Figures of nobody",), ("as at today",)),
    change: Callable[[Any], None] = lambda sheet: None,
) -> Path:
    """A workbook of the shape of the Global Report's: two lines of title, names, figures."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "figures"
    for given in (*above, header, *lines):
        sheet.append(list(given))
    change(sheet)
    book.save(path)
    return path


def rows_of(path: Path) -> Expression:
    """The rows of a file, read as the Global Report's."""
    return tabulation.rows_in_memory(tabulation.Reading(path, mapping=mapping.known("glotip")))
