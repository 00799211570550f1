"""Tables of findings, practices and needs to take away: Excel, CSV, JSON.

Every file of an invented round says so in its words and in its name. The order of the lines is that
of the form or of names; a spreadsheet of States in the order of a count is not made here.
"""

from __future__ import annotations

from dataclasses import replace

from marsad.design.printing import sheets
from marsad.design.printing.made import Exported
from marsad.design.printing.sheets import TABLE_FORMATS as FORMATS
from marsad.design.printing.sheets import Sheet
from marsad.review import invented, problems


def write(sheet: Sheet, *, format: str, is_invented: bool) -> Exported:  # noqa: A002
    """The table in a format.

    :raises NoSuchTable: for a format that there is not.
    """
    if format not in FORMATS:
        raise problems.NoSuchTable(given=format, choices=", ".join(FORMATS))
    if is_invented:
        sheet = replace(
            sheet,
            marks=[invented.sentence(sheet.language)],
            mark=invented.mark(sheet.language),
            data={"is_invented": True, **sheet.data},
        )
    name = invented.file_name(f"{sheet.name}.{format}", is_invented=is_invented)
    return sheets.write(sheet, format=format, file_name=name)


__all__ = ["FORMATS", "Sheet", "write"]
