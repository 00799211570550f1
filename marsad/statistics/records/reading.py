"""A file of records in; records without anything that tells who they speak of, and a preview, out.

Nothing is kept where a single row cannot be understood, and nothing at all is kept of a file that
tells who somebody is: reading it stops at the first such cell.
"""

from __future__ import annotations

import calendar
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from marsad.problems import _, said
from marsad.statistics.records import columns as mappings
from marsad.statistics.records import identifiers
from marsad.statistics.records.cells import FIRST_YEAR, Asked, NotThis, day_of, read
from marsad.statistics.records.codebook import KEYS, KINDS, Codebook, Variable
from marsad.statistics.records.columns import Meaning, RecordMapping
from marsad.statistics.records.errors import (
    LacksColumn,
    LacksColumnInText,
    NoKind,
    NoKindInText,
    NoRecordColumns,
    TellsMuch,
    TellsWho,
)
from marsad.statistics.records.pseudonyms import pseudonym
from marsad.statistics.records.remarks import Level, RecordRemark
from marsad.tabulation.errors import MergedCells, TooLarge
from marsad.tabulation.mapping import ColumnMapping
from marsad.tabulation.reader import digest_of
from marsad.tabulation.sources import Cell, Line, Table, column_letters, open_tables

#: Records of one file; a State with more sends them year by year.
MOST_RECORDS = 1_000_000
#: Of each kind of remark so many are kept whole; all are counted.
KEPT_OF_EACH = 50
_LOOKED_AT = 40
#: Codes of a list that a sentence names.
_NAMED_CODES = 12
_NOTHING = frozenset({"", "-", "--", "..", "n/a", "na", "null", "none given"})


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record as it is kept."""

    kind: str
    #: The keyed hash of its identifier.
    key: str
    year: int
    #: By variable: its codes, or what else is kept.
    values: Mapping[str, Sequence[str]]
    #: The row it was read from.
    row: int

    @property
    def is_withdrawn(self) -> bool:
        """Whether the person withdrew consent, so that nothing of them is held any more."""
        return list(self.values.get("consent", ())) == ["withdrawn"]


@dataclass(kw_only=True)
class ColumnRead:
    """A column of the file, and what it was read as."""

    header: str
    #: "variable", "flag", "kind", "aside", "unknown".
    role: str
    variable: str
    #: Cells with something in them.
    filled: int = 0


@dataclass(kw_only=True)
class RecordPreview:
    """What would be kept, and what there is to say about it."""

    name: str
    #: SHA-256 of the file, which itself is never kept.
    file: str
    #: The version of the code lists it was read by.
    version: str
    mapping: RecordMapping
    rows: int = 0
    understood: int = 0
    doubted: int = 0
    refused: int = 0
    #: Records by kind.
    kinds: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[RecordRemark] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)

    @property
    def may_be_kept(self) -> bool:
        """Whether every row and column could be understood, and there is at least one record."""
        return self.refused == 0 and self.understood + self.doubted > 0

    def say(self, remark: RecordRemark) -> None:
        """Keep a remark, and count it."""
        self.counts[remark.code] += 1
        if self.counts[remark.code] <= KEPT_OF_EACH:
            self.remarks.append(remark)

    def remarks_of(self, level: Level) -> list[RecordRemark]:
        """The remarks of one level."""
        return [each for each in self.remarks if each.level == level]

    def as_json(self) -> dict[str, Any]:
        """The preview as plain JSON, sentences included; no value of the file is in it."""
        return {
            "name": self.name,
            "file": self.file,
            "codes": self.version,
            "rows": self.rows,
            "understood": self.understood,
            "doubted": self.doubted,
            "refused": self.refused,
            "may_be_kept": self.may_be_kept,
            "kinds": dict(self.kinds),
            "counts": dict(self.counts.most_common()),
            "columns": [vars(each) for each in self.columns],
            "left_aside": self.left_aside,
            "remarks": [
                {**each.as_json(), "level": each.level, "sentence": each.sentence}
                for each in self.remarks
            ],
        }


class RecordReading:
    """The records of a file, one after the other; the preview grows as they are read."""

    def __init__(
        self,
        path: Path,
        *,
        book: Codebook,
        key: bytes,
        mapping: RecordMapping | None = None,
        kind: str = "",
        name: str | None = None,
        this_year: int | None = None,
    ) -> None:
        """Read a file by a version of the code lists.

        :param key: what identifiers are hashed with.
        :param kind: what all rows are, where the file does not say.
        """
        self.path = path
        self.book = book
        self.key = key
        mapping = mapping or mappings.known("ours")
        self.kind = kind or mapping.kind
        self.this_year = this_year or datetime.now(UTC).year
        self.preview = RecordPreview(
            name=name or path.name, file=digest_of(path), version=book.version, mapping=mapping
        )
        self.seen: set[tuple[str, str, int]] = set()

    def __iter__(self) -> Iterator[Record]:
        """Yield every record that could be understood.

        :raises TellsWho: where a cell tells who somebody is.
        :raises TellsMuch: where a cell holds free text.
        :raises NoRecordColumns: where no line names columns of records.
        """
        preview = self.preview
        found = False
        plain = ColumnMapping(name="records")
        with open_tables(self.path, name=preview.name, mapping=plain) as tables:
            for table in tables:
                sheet = _Sheet(self, table)
                if not sheet.find_columns():
                    preview.left_aside.append(table.sheet)
                    continue
                found = True
                yield from sheet.records()
        if not found:
            needed = ", ".join(f"“{each}”" for each in ("victim_key", "year", "sex"))
            raise NoRecordColumns(name=preview.name, needed=needed, looked=_LOOKED_AT)


@dataclass(frozen=True, kw_only=True)
class _Column:
    index: int
    header: str
    meaning: Meaning


class _Sheet:
    """One sheet: its line of names, and its records."""

    def __init__(self, reading: RecordReading, table: Table) -> None:
        self.reading = reading
        self.book = reading.book
        self.mapping = reading.preview.mapping
        self.preview = reading.preview
        self.table = table
        self.headers: list[str] = []
        self.header_row = 0
        self.lines: Iterator[Line] = iter(())
        self.tallies: dict[int, ColumnRead] = {}
        self.told: set[tuple[str, int]] = set()
        self.nothing = _NOTHING | {each.casefold() for each in self.mapping.nothing}
        self.kind = reading.kind or mappings.kind_of(table.sheet)
        self.of_kind: dict[str, list[_Column]] = {}

    # -- the line of names ------------------------------------------------------------------------
    def find_columns(self) -> bool:
        """Whether a line names columns of records; the following ones are then the records."""
        lines = iter(self.table.lines)
        seen = list(itertools.islice(lines, _LOOKED_AT))
        best: tuple[int, Line] | None = None
        for line in seen:
            known = self._known(_texts(line))
            if known >= 2 and (best is None or known > best[0]):
                best = (known, line)
        if best is None:
            return False
        line = best[1]
        self.headers, self.header_row = _texts(line), line.number
        under = (each for each in seen if each.number > line.number)
        self.lines = itertools.chain(under, lines)
        self._check_merged()
        self._check_kind()
        return True

    def _known(self, texts: Sequence[str]) -> int:
        kinds = [self.kind] if self.kind else list(KINDS)
        return max(
            sum(
                bool(identifiers.by_header(text)) or self._meaning(text, kind).role != "unknown"
                for text in texts
                if text
            )
            for kind in kinds
        )

    def _meaning(self, header: str, kind: str) -> Meaning:
        return mappings.meaning(header, kind=kind, book=self.book, mapping=self.mapping)

    def _check_merged(self) -> None:
        bad = [each for each in self.table.merged if _last_row(each) >= self.header_row]
        if bad:
            raise MergedCells(
                name=self.preview.name, sheet=self.table.sheet, ranges=", ".join(bad[:5])
            )

    def _check_kind(self) -> None:
        """Say so where neither the sheet nor a column nor the file says what the rows are."""
        if any(self._meaning(each, "").role == "kind" for each in self.headers if each):
            self.kind = ""
            return
        if not self.kind:
            # An identifier is of one kind only, unless it is one of several.
            named = {kind for kind in KINDS if self._names(KEYS[kind], kind)}
            first = [each for each in ("victim", "perpetrator", "event", "entity") if each in named]
            if not first:
                raise (NoKind if self.table.sheet else NoKindInText)(
                    name=self.preview.name, sheet=self.table.sheet
                )
            self.kind = first[0]
        key = KEYS[self.kind]
        for needed in (key, "year"):
            if not self._names(needed, self.kind):
                raise (LacksColumn if self.table.sheet else LacksColumnInText)(
                    name=self.preview.name,
                    sheet=self.table.sheet,
                    missing=needed,
                    found=[each for each in self.headers if each],
                )

    def _names(self, variable: str, kind: str) -> bool:
        found = (self._meaning(each, kind).variable for each in self.headers if each)
        return any(each is not None and each.name == variable for each in found)

    def columns(self, kind: str) -> list[_Column]:
        """The columns as they are read for records of a kind."""
        if kind not in self.of_kind:
            made: list[_Column] = []
            there: dict[str, int] = {}
            for index, header in enumerate(self.headers):
                if not header:
                    continue
                meaning = self._meaning(header, kind)
                if meaning.role == "unknown" and not self.kind:
                    # In a sheet of several kinds a column may be of another kind than this row.
                    others = (self._meaning(header, each) for each in KINDS)
                    meaning = next((each for each in others if each.role != "unknown"), meaning)
                    meaning = Meaning(role="of another") if meaning.variable else meaning
                column = _Column(index=index, header=header, meaning=meaning)
                if meaning.role == "variable" and meaning.variable:
                    first = there.setdefault(meaning.variable.name, index)
                    if first != index:
                        self._say_once("same-column", column, variable=meaning.variable.name)
                        continue
                made.append(column)
                self._tally(column)
            self.of_kind[kind] = made
        return self.of_kind[kind]

    def _tally(self, column: _Column) -> None:
        variable = column.meaning.variable
        name = variable.name if variable else ""
        kept = self.tallies.get(column.index)
        if kept is None:
            kept = ColumnRead(header=column.header, role=column.meaning.role, variable=name)
            self.tallies[column.index] = kept
            self.preview.columns.append(kept)
        elif name:
            kept.role, kept.variable = column.meaning.role, name

    # -- the records ------------------------------------------------------------------------------
    def records(self) -> Iterator[Record]:
        """Yield what the lines under the names say."""
        for line in self.lines:
            if not any(self._is_filled(cell) for cell in line.cells):
                continue
            if self._is_names_again(line):
                self._remark("names-again", line.number, 0)
                continue
            self.preview.rows += 1
            if self.preview.rows > MOST_RECORDS:
                raise TooLarge(name=self.preview.name, most=MOST_RECORDS)
            record = self._record(line)
            if record is not None:
                yield record

    def _is_filled(self, cell: Cell) -> bool:
        return cell is not None and str(cell).strip().casefold() not in self.nothing

    def _is_names_again(self, line: Line) -> bool:
        if line.number > self.header_row + 1:
            return False
        named = [
            column.meaning.variable
            for column in self.columns(self.kind)
            if column.index < len(line.cells)
            and (variable := column.meaning.variable)
            and str(line.cells[column.index] or "").strip()
            in (variable.en, variable.ar, variable.name)
        ]
        return len(named) >= 2

    def _record(self, line: Line) -> Record | None:
        row = _Row(self, line)
        record = row.read()
        if row.levels & {"refused"}:
            self.preview.refused += 1
            return None
        assert record is not None
        same = (record.kind, record.key, record.year)
        if same in self.reading.seen:
            row.say("stands-twice", row.key_index)
        self.reading.seen.add(same)
        if record.is_withdrawn:
            row.say("consent-withdrawn", row.index_of("consent"))
        else:
            self.preview.kinds[record.kind] += 1
        if "doubted" in row.levels:
            self.preview.doubted += 1
        else:
            self.preview.understood += 1
        return record

    # -- what is said -----------------------------------------------------------------------------
    def _remark(self, code: str, row: int, index: int, **details: Any) -> RecordRemark:
        remark = RecordRemark(
            code=code,
            sheet=self.table.sheet,
            row=row,
            column=column_letters(index),
            header=self.headers[index] if index < len(self.headers) else "",
            details=details,
        )
        self.preview.say(remark)
        return remark

    def _say_once(self, code: str, column: _Column, **details: Any) -> None:
        """Say something about a whole column."""
        if (code, column.index) not in self.told:
            self.told.add((code, column.index))
            remark = self._remark(code, 0, column.index, **details)
            # A column nobody can read keeps the file out as a row does.
            self.preview.refused += remark.level == "refused"

    def check_told(self, column: _Column, line: Line, text: str) -> None:
        """Stop where a cell tells who somebody is.

        :raises TellsWho: if it does.
        :raises TellsMuch: if it is free text.
        """
        variable = column.meaning.variable
        is_key = variable is not None and variable.type == "id"
        what = "" if variable else identifiers.by_header(column.header)
        where = ""
        if not what:
            what = identifiers.by_value(text, is_key=is_key)
            where = said(_(" (row {row})"), {"row": line.number}) if what else ""
        name = self.preview.name
        if what:
            raise TellsWho(header=column.header, name=name, what=said(what, {}), where=where)
        if identifiers.is_told(text):
            where = said(_(" (row {row})"), {"row": line.number})
            raise TellsMuch(header=column.header, name=name, where=where)


class _Row:
    """One line being read."""

    def __init__(self, sheet: _Sheet, line: Line) -> None:
        self.sheet = sheet
        self.line = line
        self.values: dict[str, Sequence[str]] = {}
        self.levels: set[Level] = set()
        self.key_index = 0
        self.kind = sheet.kind or self._own_kind()

    def say(self, code: str, index: int, **details: Any) -> None:
        """Say something about a cell of this row."""
        remark = self.sheet._remark(code, self.line.number, index, **details)
        self.levels.add(remark.level)

    def read(self) -> Record | None:
        """The record, or None where something in it is refused."""
        if not self.kind:
            return None
        filled = list(self._filled())
        day = self._day(filled)
        for column, cell in filled:
            self.sheet.tallies[column.index].filled += 1
            self._read_cell(column, cell, day)
        self._check()
        if "refused" in self.levels:
            return None
        return Record(
            kind=self.kind,
            key=self.values.pop(KEYS[self.kind])[0],
            year=int(self.values.pop("year")[0]),
            # A form can say the same in a list and in a column of its own.
            values={name: list(dict.fromkeys(told)) for name, told in self.values.items()},
            row=self.line.number,
        )

    def _own_kind(self) -> str:
        for index, header in enumerate(self.sheet.headers):
            if header and self.sheet._meaning(header, "").role == "kind":
                cell = self.line.cells[index] if index < len(self.line.cells) else None
                kind = mappings.kind_of(str(cell or "")) or str(cell or "").strip().casefold()
                if kind in KINDS:
                    return kind
                self.say("unknown-kind", index)
        return ""

    def _filled(self) -> Iterator[tuple[_Column, Cell]]:
        for column in self.sheet.columns(self.kind):
            cells = self.line.cells
            cell = cells[column.index] if column.index < len(cells) else None
            if self.sheet._is_filled(cell):
                yield column, cell

    def _day(self, filled: Sequence[tuple[_Column, Cell]]) -> date | None:
        """The day of the record, or the middle of its year, from which ages are reckoned."""
        for column, cell in filled:
            variable = column.meaning.variable
            if variable is not None and variable.name == "year":
                found = day_of(str(cell))
                if found and FIRST_YEAR <= found[0] <= self.sheet.reading.this_year:
                    month = found[1] or 6
                    last = calendar.monthrange(found[0], month)[1]
                    return date(found[0], month, min(found[2] or 30, last))
        return None

    def _read_cell(self, column: _Column, cell: Cell, day: date | None) -> None:
        sheet, meaning = self.sheet, column.meaning
        text = str(cell).strip()
        if meaning.role in ("aside", "unknown", "of another"):
            sheet.check_told(column, self.line, text)
            if meaning.role == "unknown":
                sheet._say_once("unknown-column", column)
            elif meaning.role == "aside":
                sheet._say_once("column-aside", column)
        elif meaning.role == "flag" and meaning.variable:
            self._read_flag(meaning, text)
        elif meaning.variable and meaning.variable.type == "id":
            sheet.check_told(column, self.line, text)
            self._read_id(column, meaning.variable, text)
        elif meaning.variable:
            self._read_value(column, meaning.variable, cell, day)

    def _read_flag(self, meaning: Meaning, text: str) -> None:
        assert meaning.variable is not None
        if text.casefold() in ("1", "1.0", "true", "yes", "نعم"):
            name = meaning.variable.name
            self.values[name] = [*self.values.get(name, ()), meaning.code]

    def _read_id(self, column: _Column, variable: Variable, text: str) -> None:
        self.sheet._say_once("pseudonym", column)
        if variable.name == KEYS[self.kind]:
            self.key_index = column.index
        key = self.sheet.reading.key
        self.values[variable.name] = [pseudonym(text, variable=variable.name, key=key)]

    def _read_value(
        self, column: _Column, variable: Variable, cell: Cell, day: date | None
    ) -> None:
        sheet = self.sheet
        asked = Asked(
            variable=variable,
            book=sheet.book,
            words=sheet.mapping.words.get(variable.name, {}),
            this_year=sheet.reading.this_year,
            day=day if variable.name == "age" else None,
        )
        try:
            told = read(cell, asked)
        except NotThis as wrong:
            sheet.check_told(column, self.line, str(cell).strip())
            self.say(wrong.code, column.index, **self._details(wrong.code, variable))
            return
        for code in told.remarks:
            sheet._say_once(code, column)
        kept = list(told.values)
        self.values[variable.name] = [*self.values.get(variable.name, ()), *kept]

    def _details(self, code: str, variable: Variable) -> dict[str, Any]:
        if code in ("bad-year", "bad-month"):
            return {"first": FIRST_YEAR, "last": self.sheet.reading.this_year}
        if code != "unknown-code":
            return {}
        codes = [each.code for each in self.sheet.book.lists[variable.list]]
        more = "…" if len(codes) > _NAMED_CODES else ""
        return {"variable": variable.name, "codes": ", ".join(codes[:_NAMED_CODES]) + more}

    def _check(self) -> None:
        if KEYS[self.kind] not in self.values:
            self.say("no-key", self.index_of(KEYS[self.kind]))
        if "year" not in self.values and "refused" not in self.levels:
            self.say("no-year", self.index_of("year"))
        values = self.values
        purposes = set(values.get("purpose", ()))
        if values.get("labour_sector") and purposes and not purposes & _LABOUR:
            self.say("sector-without-labour", self.index_of("labour_sector"))
        if values.get("identification") == ["confirmed"] and not values.get("decided_by"):
            self.say("confirmed-by-nobody", self.index_of("identification"))

    def index_of(self, name: str) -> int:
        """Which column says something of this name; the first where none does."""
        for column in self.sheet.columns(self.kind):
            variable = column.meaning.variable
            if variable is not None and variable.name == name:
                return column.index
        return 0


_LABOUR = {
    "forced_labour", "child_labour", "servitude", "domestic_servitude", "forced_begging",
    "forced_criminality", "slavery_or_similar", "unknown", "not_recorded", "other",
}  # fmt: skip


def _texts(line: Line) -> list[str]:
    return ["" if cell is None else str(cell).strip().lstrip("'") for cell in line.cells]


def _last_row(ranged: str) -> int:
    return int("".join(sign for sign in ranged.split(":")[1] if sign.isdigit()))
