"""What is said about one row: noted (understood, and explained), doubted, or refused.

A remark names sheet, row and column, says what is the matter, and what to do. Every code has its
sentence here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.problems import _, said

from .types import Level


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """One thing said about one row."""

    #: Stable name of what is the matter: "censored".
    code: str
    #: "noted", "doubted" or "refused".
    level: Level
    #: Where: sheet ("" in a text file), row counted from 1, column as the spreadsheet names it.
    sheet: str
    row: int
    column: str
    #: The name printed above the column.
    header: str
    #: The value as printed.
    value: str
    #: What the sentence needs besides.
    details: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        """What is the matter and what to do, in the reader's language."""
        says, remedy = SENTENCES[self.code][1:]
        told = {"where": self.where, "value": self.value, **self.details}
        if "wanted" in told:
            told["wanted"] = said(told["wanted"], {})
        if "perhaps" in told:
            told["perhaps"] = _names(told["perhaps"], code=self.code)
        return f"{said(says, told).rstrip()} {said(remedy, told)}".strip()

    @property
    def where(self) -> str:
        """The place in the file: "data!L17", or "row 17, column “value”" in a text file."""
        if self.sheet:
            return f"{self.sheet}!{self.column}{self.row}"
        return said(_("row {row}, column “{column}”"), {"row": self.row, "column": self.header})

    def as_json(self) -> dict[str, Any]:
        """The remark with its sentence."""
        return {
            "code": self.code,
            "level": self.level,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "header": self.header,
            "value": self.value,
            "sentence": self.sentence,
        }


#: By code: the level, what is the matter, and what to do.
SENTENCES: Mapping[str, tuple[Level, str, str]] = {
    # understood, and explained
    "thousands": (
        "noted",
        _("{where}: “{value}” is a number written with separators; it was read as {number}."),
        "",
    ),
    "censored": (
        "noted",
        _("{where}: “{value}” stands for a count from {low} to {high}; it is kept as this range."),
        "",
    ),
    "territory": (
        "noted",
        _("{where}: “{value}” is a territory; its figures are kept, and it is no State."),
        "",
    ),
    "regional_group": (
        "noted",
        _("{where}: “{value}” is a group of States; its figures are kept, and it is no State."),
        "",
    ),
    "other_place": (
        "noted",
        _("{where}: “{value}” is a place without an ISO code, and no State; it is kept."),
        "",
    ),
    "category-country": (
        "noted",
        _("{where}: “{value}” is a country as a category; it was read as {meant}."),
        "",
    ),
    "category-nationals": (
        "noted",
        _("{where}: “{value}” means people of the reporting State itself."),
        "",
    ),
    "category-whole": (
        "noted",
        _("{where}: “{value}” is all of this dimension together; it is never added to its parts."),
        "",
    ),
    "category-apart": (
        "noted",
        _("{where}: “{value}” is no country: {says}."),
        "",
    ),
    "counted-again": (
        "noted",
        _("{where}: “{value}” counts again the people of the total; dimensions are never added."),
        "",
    ),
    "withheld": (
        "noted",
        _("{where}: “{value}” says that the figure is confidential; it is kept as not known."),
        "",
    ),
    # kept, and asked about
    "missing-value": (
        "doubted",
        _("{where}: there is no figure (“{value}”)."),
        _("If it is none, write 0; if nobody knows, leave it: it is kept as not known, not as 0."),
    ),
    "dotted": (
        "doubted",
        _("{where}: “{value}” was read as {number}, taking the stop for a separator."),
        _("If that is wrong, write the number without separators."),
    ),
    "empty-category": (
        "doubted",
        _("{where}: there is no category, so it cannot be told whom this figure counts."),
        _("Write the category, or “Unknown”; until then it is kept as empty."),
    ),
    "unread-category": (
        "doubted",
        _("{where}: the category “{value}” is not known. {perhaps}"),
        _("Say in the mapping what it means, or correct it; until then it is kept as printed."),
    ),
    "broken-letters": (
        "doubted",
        _("{where}: letters of “{value}” were lost in another encoding; it was read as {meant}."),
        _("Correct the spelling, or save the file as UTF-8."),
    ),
    "unknown-indicator": (
        "doubted",
        _("{where}: “{value}” is not an indicator known here."),
        _("Say in the mapping which one it is, or leave it: it is kept as printed."),
    ),
    "unknown-dimension": (
        "doubted",
        _("{where}: “{value}” is not a dimension known here."),
        _("Say in the mapping which one it is, or leave it: it is kept as printed."),
    ),
    "unknown-sex": (
        "doubted",
        _("{where}: “{value}” is not known as a sex."),
        _("Write Female, Male, Other, Unknown or Total, or say in the mapping which one it is."),
    ),
    "unknown-age": (
        "doubted",
        _("{where}: “{value}” is not known as an age."),
        _("Write “0 to 17 years”, “18 years or over”, “Unknown” or “Total”."),
    ),
    "impossible-age": (
        "doubted",
        _("{where}: nobody can be of the age “{value}”."),
        _("Correct the ages; until then the row is kept as printed."),
    ),
    "future-year": (
        "doubted",
        _("{where}: the year {value} lies after the day the file was read."),
        _("Correct the year, if it is a slip."),
    ),
    "lone-text": (
        "doubted",
        _("Row {row} of sheet “{sheet}” says “{value}” and holds no figure; it was left aside."),
        _("If it is a note, put it under the table; if it is a figure, fill its columns."),
    ),
    "hidden-row": (
        "doubted",
        _("{where}: this row is hidden in the sheet; it is kept like those that are seen."),
        _("If it is not to count, delete it; if it is, show it; then send the file again."),
    ),
    "hidden-sheet": (
        "doubted",
        _("Sheet “{sheet}” is hidden, and no figure of it was read."),
        _("If its figures are to count, show it and send the file again; if not, delete it."),
    ),
    # not understood: nothing of the file is stored before these are mended
    "negative": (
        "refused",
        _("{where}: “{value}” is less than nothing, and a count cannot be."),
        _("Correct it; if it is a correction of another figure, correct that figure instead."),
    ),
    "fraction": (
        "refused",
        _("{where}: “{value}” is not a whole number, and people are counted whole."),
        _("Write the count; rates and averages are worked out here."),
    ),
    "not-a-count": (
        "refused",
        _("{where}: “{value}” cannot be read as a count."),
        _("Write a whole number, or “<5” where it must not be known exactly."),
    ),
    "too-many": (
        "refused",
        _("{where}: “{value}” is more than can have been counted."),
        _("Check the number: perhaps two cells have run together."),
    ),
    "date": (
        "refused",
        _("{where}: the cell holds a date ({value}) where {wanted} is due."),
        _("The spreadsheet may have turned what was typed into a date: format the cell as text."),
    ),
    "formula": (
        "refused",
        _("{where}: the cell holds a formula, whose result may change after it was verified."),
        _("Copy the column and paste it as values, then send the file again."),
    ),
    "error-cell": (
        "refused",
        _("{where}: the cell shows an error ({value})."),
        _("Mend the formula or type the value."),
    ),
    "truth": (
        "refused",
        _("{where}: the cell holds {value} where {wanted} is due."),
        _("Type the value."),
    ),
    "bad-year": (
        "refused",
        _("{where}: “{value}” is not a year from {first} to {last}."),
        _("Write the year in four digits; a period of two years belongs into the note."),
    ),
    "no-year": (
        "refused",
        _("{where}: no year stands here."),
        _("Write the year in four digits; a period of two years belongs into the note."),
    ),
    "no-country": (
        "refused",
        _("{where}: no country stands here."),
        _("Write the country, or its ISO code of three letters."),
    ),
    "unknown-country": (
        "refused",
        _("{where}: no State or place is called “{value}”. {perhaps}"),
        _("Correct it, or give its ISO code of three letters."),
    ),
    "two-places": (
        "refused",
        _("{where}: the code and the name mean two places ({perhaps})."),
        _("Correct one of them."),
    ),
    "no-indicator": (
        "refused",
        _("{where}: it is not said what is counted."),
        _("Write the indicator: “Detected trafficking victims”, “Persons convicted”…"),
    ),
}


def _names(perhaps: Sequence[str], *, code: str) -> str:
    """What may have been meant, or the two that were."""
    if code == "two-places":
        return " / ".join(perhaps)
    return said(PERHAPS, {"names": ", ".join(perhaps)}) if perhaps else ""


#: The sentence where something may have been meant.
PERHAPS = _("Perhaps: {names}.")


def level_of(code: str) -> Level:
    """Return how grave a remark of this code is."""
    return SENTENCES[code][0]
