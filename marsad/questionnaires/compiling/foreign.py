"""What pyxform says is wrong, told as our own faults with sheet, row and column."""

from __future__ import annotations

import re

from marsad.questionnaires.compiling.faults import CHOICES, SETTINGS, SURVEY, Fault
from marsad.questionnaires.compiling.workbook import Row, Sheet, Workbook

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(?P<sheet>\w+)' sheet")
_COLUMN = re.compile(r"the '(?P<column>[^']+)' (?:value|column)")
_NAMED = re.compile(r"(?:named|name|in) (?:'(?P<name>[^']+)')")
_MISSPELLED = re.compile(r"sheet named '(?P<name>\w+)'.*similar names were found: (?P<found>.+)\.")
_ADDRESS = re.compile(r"\s*(?:Learn more:|See:?|as per the reference template)?\s*https?://\S+")

#: What our own checks have told better, or what is of no use to an author.
_TOLD = (
    "is missing the",
    "have no label",
    "has no label",
    "case-insensitive match",
    "Row without name, text, or label",
    "no longer supported on most devices",
    "should be removed",
)


def fault_of(error: Exception, book: Workbook) -> Fault:
    """The fault that an error of pyxform tells."""
    return _told(_words_of(str(error)), book, code=_code_of(str(error)))


def warnings_of(notes: list[str], book: Workbook) -> list[Fault]:
    """What pyxform noted besides, without what was told already."""
    return [
        _told(_words_of(note), book, code="compiler.warning")
        for note in notes
        if not any(phrase in note for phrase in _TOLD)
    ]


def _code_of(said: str) -> str:
    return "compiler.parameters" if "parameter" in said.casefold() else "compiler"


def _words_of(said: str) -> str:
    return _ADDRESS.sub("", " ".join(said.split()))[:400]


def _told(said: str, book: Workbook, *, code: str) -> Fault:
    numbered = _ROW.search(said)
    named = _SHEET.search(said)
    column = _COLUMN.search(said)
    misspelled = _MISSPELLED.search(said)
    if misspelled:
        details = {"name": misspelled["name"], "found": misspelled["found"]}
        return (
            Fault(code="sheet.missing", details=details)
            if code == "compiler"
            else Fault(code="compiler.warning", details={"reason": said})
        )
    name = named["sheet"] if named else _sheet_meant(said, has_row=numbered is not None)
    sheet = book.sheet(name)
    row = _row_of(sheet, said)
    if numbered:
        number = int(numbered[1])
        row = next(
            (each for each in sheet.rows if each.number == number), Row(number=number, cells={})
        )
    heading = sheet.heading(column["column"].casefold()) if column else ""
    return sheet.fault(code, row=row, column=heading, reason=_ROW.sub("", said))


def _row_of(sheet: Sheet, said: str) -> Row | None:
    """The row of the question that pyxform names, where it gives no number."""
    named = _NAMED.search(said)
    if named is None:
        return None
    rows = (row for row in sheet.rows if sheet.value(row, "name", "value") == named["name"])
    return next(rows, None)


def _sheet_meant(said: str, *, has_row: bool) -> str:
    lowered = said.casefold()
    if "choice" in lowered and not has_row:
        return CHOICES
    return SETTINGS if "setting" in lowered and not has_row else SURVEY
