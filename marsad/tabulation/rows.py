"""From one line of a table to the row it says, and everything there is to remark about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from marsad.problems import _

from .categories import CITIZENSHIP, FORM, PEOPLE, Category, category_of, is_form, kinds
from .header import Columns
from .places import NoPlace, place_of
from .remarks import Remark, level_of
from .sources import Cell, Line, Odd, column_letters
from .types import Counted, Place, Row
from .values import counted
from .words import folded, known_word

FIRST_YEAR = 1900
LAST_YEAR = 2100
_OLDEST = 120
_AGES = re.compile(r"(\d+)\s*(?:-|–|to|à|a|إلى)\s*(\d+)")
_NUMBER = re.compile(r"\d+")
#: What a blank means where a column is not there, or a cell in it is empty.
_BLANK_IS_TOTAL = ("dimension", "sex", "age")
_SUSPECT = {
    "indicator": "unknown-indicator",
    "dimension": "unknown-dimension",
    "sex": "unknown-sex",
    "age": "unknown-age",
}
#: How SDMX-CSV writes that a text, or a number, is missing.
_SDMX_NOTHING = ("#N/A", "NaN")
_DIGITS_OF_A_YEAR = 4
_PLAIN_TEXT = ("status", "source", "definition", "law_article", "counting_unit", "note")


_NONE: Mapping[str, Place] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """What became of one line."""

    #: The row; None where the line was refused, or is none.
    row: Row | None
    remarks: tuple[Remark, ...]


class _Refused(Exception):  # noqa: N818 - the words of the house: understood, doubted, refused
    """The line cannot be understood; its remarks say why."""


class LineReader:
    """Reads the lines of one table."""

    def __init__(
        self,
        columns: Columns,
        *,
        sheet: str,
        file: str,
        coded: bool,
        this_year: int,
        places: Mapping[str, Place] = _NONE,
    ) -> None:
        self._columns = columns
        self._mapping = columns.mapping
        self._places = columns.places
        self._sheet = sheet
        self._file = file
        self._coded = coded
        self._this_year = this_year
        #: Places known for this reading only, by every way to write them.
        self._more = places
        self._remarks: list[Remark] = []
        self._line = Line(0, [])

    def understand(self, line: Line) -> Understood | None:
        """Return what a line says; None where it says nothing at all."""
        filled = [cell for cell in line.cells if cell is not None and cell != ""]
        if not filled:
            return None
        self._line = line
        self._remarks = []
        if self._is_lone(filled):
            self._say("lone-text", "country", value=str(filled[0]), sheet=self._sheet)
            return Understood(row=None, remarks=tuple(self._remarks))
        try:
            row: Row | None = self._row()
        except _Refused:
            row = None
        return Understood(row=row, remarks=tuple(self._remarks))

    def _is_lone(self, filled: Sequence[Cell]) -> bool:
        return len(filled) == 1 and not {"year", "value"} & {
            field for field, index in self._places.items() if self._cell_at(index) is not None
        }

    # -- the cells of the line ------------------------------------------------------------------

    def _cell_at(self, index: int) -> Cell:
        cells = self._line.cells
        cell = cells[index] if index < len(cells) else None
        return None if cell == "" or (self._coded and cell in _SDMX_NOTHING) else cell

    def _cell(self, field: str) -> Cell:
        index = self._places.get(field)
        cell = None if index is None else self._cell_at(index)
        return self._mapping.constants.get(field) if cell is None else cell

    def _text(self, field: str) -> str:
        """The text of a cell, in the words that were accepted for it."""
        if field not in self._places:
            return self._mapping.constants.get(field, "")
        cell = self._cell(field)
        if cell is None:
            return ""
        if isinstance(cell, Odd):
            self._odd(cell, field, wanted=_("text"))
        text = str(cell).strip()
        if self._coded and ": " in text:
            text = text.split(": ")[0]
        return self._mapping.meaning(field, text)

    def _tells(self, field: str) -> bool:
        """Whether the row itself says it."""
        index = self._places.get(field)
        return index is not None and self._cell_at(index) is not None

    def _odd(self, cell: Odd, field: str, *, wanted: str) -> None:
        self._say(cell.kind, field, value=cell.shown, wanted=wanted)

    # -- what is said about it ------------------------------------------------------------------

    def _say(self, code: str, field: str, *, value: str | None = None, **details: Any) -> None:
        index = self._places.get(field, self._places.get("code", 0))
        level = level_of(code)
        printed = self._cell_at(index)
        headers = self._columns.headers
        self._remarks.append(
            Remark(
                code=code,
                level=level,
                sheet=self._sheet,
                row=self._line.number,
                column=column_letters(index),
                header=headers[index] if index < len(headers) else "",
                value=str("" if printed is None else printed) if value is None else value,
                details={"row": self._line.number, **details},
            )
        )
        if level == "refused":
            raise _Refused

    # -- the row --------------------------------------------------------------------------------

    def _row(self) -> Row:
        place = self._place()
        indicator, *rest = self._indicator()
        printed = rest[1] if len(rest) > 1 else self._text("category")
        dimension = rest[0] if rest else self._word("dimension")
        if not rest and not self._text("dimension") and is_form(printed):
            dimension = FORM  # a table of forms need not say that it is one
        citizenship = self._text("citizenship")
        if citizenship and not rest and not printed and not self._text("dimension"):
            dimension, printed = CITIZENSHIP, citizenship  # nor one of citizenships
        category = self._category(dimension, printed)
        year = self._year()
        value = self._value()
        sex, age = self._word("sex"), self._age()
        return Row(
            country=self._printed_country(),
            place=place.code,
            place_kind=place.kind,
            region=self._text("region") or place.region,
            subregion=self._text("subregion") or place.subregion,
            indicator=indicator,
            dimension=dimension,
            category=category.word or printed or ("Total" if dimension == "Total" else ""),
            category_kind=category.kind,
            sex=sex,
            age=age,
            citizenship=self._citizenship(category, place),
            year=year,
            unit=self._word("unit") or "Counts",
            low=value.low,
            high=value.high,
            value=self._printed_value(),
            censoring=value.censoring,
            repeats=self._mapping.repeats_in(dimension),
            labels=" ".join(dict.fromkeys(remark.code for remark in self._remarks)),
            file=self._file,
            sheet=self._sheet,
            row=self._line.number,
            **{field: self._text(field) for field in _PLAIN_TEXT if field != "counting_unit"},
            counting_unit=self._text("counting_unit") or _unit_of(indicator),
        )

    def _printed_country(self) -> str:
        return self._text("country") or self._text("code")

    def _printed_value(self) -> str:
        cell = self._cell("value")
        return "" if cell is None else str(cell)

    def _place(self) -> Place:
        code, name = self._text("code"), self._text("country")
        if name and not self._tells("code"):
            code = ""  # what is the same in every row says nothing against what this one says
        if code.isdigit():
            code = code.zfill(3)  # M49 numbers lose their zeros in spreadsheets: 4 is 004
        found = self._place_here(code, name) or place_of(code, name)
        field = "country" if name else "code"
        if isinstance(found, NoPlace):
            told = list(found.perhaps)
            self._say(found.why, field, value=name or code, sheet=self._sheet, perhaps=told)
            raise _Refused
        if found.kind != "state":
            self._say(found.kind, field, value=name or code)
        return found

    def _place_here(self, code: str, name: str) -> Place | NoPlace | None:
        by_code, by_name = self._known_here(code), self._known_here(name)
        if (by_code or by_name) and code and name and by_code != by_name:
            return NoPlace(why="two-places", perhaps=(code, name))
        return by_code or by_name

    def _known_here(self, printed: str) -> Place | None:
        return self._more.get(folded(printed)) if self._more and printed else None

    def _indicator(self) -> list[str]:
        text = self._text("indicator")
        if not text:
            self._say("no-indicator", "indicator")
        # A series of SDMX can say indicator, dimension and category in one code.
        parts = text.split(" | ")
        word = known_word("indicator", parts[0])
        if word is None:
            self._say("unknown-indicator", "indicator", value=text)
            return [text]
        return [word.word, *parts[1:]]

    def _word(self, field: str) -> str:
        text = self._text(field)
        if not text:
            return "Total" if field in _BLANK_IS_TOTAL else ""
        word = known_word(field, text)
        if word:
            return word.word
        if field in _SUSPECT:
            self._say(_SUSPECT[field], field, value=text)
        return text

    def _age(self) -> str:
        text = self._text("age")
        word = known_word("age", text) if text else None
        if word or not text:
            return word.word if word else "Total"
        numbers = [int(number) for number in _NUMBER.findall(text)]
        if _is_impossible(text, numbers):
            self._say("impossible-age", "age", value=text)
        elif not numbers:
            self._say("unknown-age", "age", value=text)
        return text

    def _category(self, dimension: str, printed: str) -> Category:
        if not printed and dimension == "Total":
            return category_of(dimension, "Total")
        here = self._known_here(printed) if dimension in PEOPLE else None
        if here is not None:
            category = Category(kind="country", citizenship=here.code)
        else:
            category = category_of(dimension, printed)
        for code in category.labels:
            meant = category.citizenship or category.kind
            told = list(category.perhaps)
            self._say(code, "category", value=printed, meant=meant, perhaps=told)
        self._explain(category, printed)
        if dimension != "Total":
            self._say("counted-again", "dimension", value=dimension)
        return category

    def _explain(self, category: Category, printed: str) -> None:
        if category.kind == "country":
            self._say("category-country", "category", value=printed, meant=category.citizenship)
        elif category.kind in ("nationals", "whole"):
            self._say(f"category-{category.kind}", "category", value=printed)
        elif category.kind in kinds():
            told = kinds()[category.kind]
            self._say("category-apart", "category", value=printed, says=told)

    def _citizenship(self, category: Category, place: Place) -> str:
        if category.kind == "nationals":
            return place.code
        if category.citizenship:
            return category.citizenship
        text = self._text("citizenship")
        if not text:
            return ""
        if here := self._known_here(text):
            return here.code
        found = category_of("by citizenship", text)
        return place.code if found.kind == "nationals" else found.citizenship or text

    def _year(self) -> int:
        cell = self._cell("year")
        if isinstance(cell, Odd):
            self._odd(cell, "year", wanted=_("a year"))
        year = _year_of(cell)
        if year is None:
            if cell is None or not str(cell).strip():
                self._say("no-year", "year")
            self._say("bad-year", "year", first=FIRST_YEAR, last=LAST_YEAR)
            raise _Refused
        if year > self._this_year:
            self._say("future-year", "year")
        return year

    def _value(self) -> Counted:
        cell = self._cell("value")
        if isinstance(cell, Odd):
            self._odd(cell, "value", wanted=_("a count"))
        found = counted("" if cell is None else cell)
        if isinstance(found, str):
            self._say(found, "value")
            raise _Refused
        if found.label:
            self._say(found.label, "value", number=found.low, low=found.low, high=found.high)
        return found


def _year_of(cell: Cell) -> int | None:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    # "²⁰¹⁹" are digits, and no number.
    if (
        not text.isdecimal()
        or len(text) > _DIGITS_OF_A_YEAR
        or not FIRST_YEAR <= int(text) <= LAST_YEAR
    ):
        return None
    return int(text)


def _is_impossible(text: str, numbers: list[int]) -> bool:
    between = _AGES.search(text)
    turned = bool(between and int(between[1]) > int(between[2]))
    return turned or any(number > _OLDEST for number in numbers)


def _unit_of(indicator: str) -> str:
    word = known_word("indicator", indicator)
    return word.counting_unit if word else ""


def lines_of(reader: LineReader, columns: Columns) -> Iterator[Understood]:
    """Yield what each line under the names says."""
    for line in columns.lines:
        understood = reader.understand(line)
        if understood is not None:
            yield understood
