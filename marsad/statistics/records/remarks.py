"""What is said about one row or column of a file of records. No value is ever repeated in it.

What stands in a cell may tell who somebody is, and remarks are kept: so a remark says where the
cell is, and not what is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from marsad.problems import _, said

Level = Literal["noted", "doubted", "refused"]


@dataclass(frozen=True, kw_only=True)
class RecordRemark:
    """One thing said about one row, or about a column (row 0)."""

    code: str
    sheet: str
    row: int
    #: As the spreadsheet names it, and the name printed above.
    column: str
    header: str
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """Whether it is noted, doubted or refused."""
        return SENTENCES[self.code][0]

    @property
    def sentence(self) -> str:
        """What is the matter and what to do, in the reader's language."""
        return said(SENTENCES[self.code][1], {**self.details, "where": self.where})

    @property
    def where(self) -> str:
        """The place in the file."""
        if not self.row:
            return said(_("column “{header}”"), {"header": self.header})
        if self.sheet:
            return f"{self.sheet}!{self.column}{self.row}"
        told = {"row": self.row, "header": self.header}
        return said(_("row {row}, column “{header}”"), told)

    def as_json(self) -> dict[str, Any]:
        """The remark as it is kept; its sentence is made when somebody reads it."""
        return {
            "code": self.code,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "header": self.header,
            "details": dict(self.details),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> RecordRemark:
        """A remark that was kept."""
        return cls(**kept)


SENTENCES: Mapping[str, tuple[Level, str]] = {
    # understood, and explained
    "birth-date": ("noted", _("{where}: a date of birth; only the band of age is kept.")),
    "age-in-years": ("noted", _("{where}: an age in years; only its band is kept.")),
    "exact-date": ("noted", _("{where}: a date; only its year or month is kept.")),
    "pseudonym": (
        "noted",
        _("{where}: identifiers are kept as keyed hashes, which nobody can turn back."),
    ),
    "column-aside": ("noted", _("{where}: left aside, nothing of it is kept.")),
    "consent-withdrawn": (
        "noted",
        _(
            "{where}: consent was withdrawn. Nothing of this record is kept, and what is held of"
            " the person leaves every edition once the file is taken in."
        ),
    ),
    "names-again": ("noted", _("{where}: a second line of names; it is no record.")),
    # doubted
    "stands-twice": (
        "doubted",
        _("{where}: this identifier stands for the same year before; the later row counts."),
    ),
    "sector-without-labour": (
        "doubted",
        _("{where}: a sector of labour, and no form of labour exploitation. Check the forms."),
    ),
    "confirmed-by-nobody": (
        "doubted",
        _("{where}: an identified victim, and nobody who decided it. Add who did."),
    ),
    # refused
    "unknown-column": (
        "refused",
        _(
            "{where}: the code lists have nothing of this name. Say what it is, leave it aside, or"
            " delete it."
        ),
    ),
    "same-column": (
        "refused",
        _("{where}: another column is read as “{variable}” too. Leave one of them aside."),
    ),
    "no-key": ("refused", _("{where}: no identifier. Give each record one of your own.")),
    "no-year": ("refused", _("{where}: no year. Give the year of the record.")),
    "bad-year": (
        "refused",
        _("{where}: no year or date from {first} to {last}. Write 2024, or 2024-05-31."),
    ),
    "bad-month": (
        "refused",
        _("{where}: no month or date from {first} to {last}. Write 2024-05."),
    ),
    "unknown-code": (
        "refused",
        _("{where}: not one of the codes of “{variable}”: {codes}. Put one of them in its place."),
    ),
    "unknown-country": (
        "refused",
        _("{where}: no country that is known here. Write its ISO code of three letters."),
    ),
    "unknown-language": (
        "refused",
        _("{where}: no language that is known here. Write its ISO 639 code."),
    ),
    "impossible-age": ("refused", _("{where}: no age from 0 to 110, and no band of age.")),
    "bad-number": ("refused", _("{where}: no number from 0 to 999.")),
    "bad-reference": (
        "refused",
        _("{where}: no article of law. Write its number alone, such as 5(2)."),
    ),
    "unknown-kind": (
        "refused",
        _("{where}: no kind of record. Write victim, perpetrator, event or entity."),
    ),
    "several": ("refused", _("{where}: several values where one is asked for.")),
    "formula": ("refused", _("{where}: a formula. Put its result as a value.")),
    "error-cell": ("refused", _("{where}: an error of the spreadsheet. Correct the cell.")),
}
