"""What a workbook that came back says: answers by place, and what is wrong, cell by cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel

from marsad.arabic import fold
from marsad.questionnaires.checking.values import READERS
from marsad.questionnaires.queries import judging
from marsad.questionnaires.queries.outline import Item, Outline
from marsad.review.actions.answer import MOST_ENTRIES, NOT_ANSWERED_HERE
from marsad.review.workbooks import codes
from marsad.review.workbooks.opened import Opened, RawCell, RawSheet, letter
from marsad.review.workbooks.options import plain
from marsad.review.workbooks.options import read as read_options

#: Faults that are told; more help nobody.
MOST_FAULTS = 100
#: Rows among which the codes or the headings stand.
_TOP = 12
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*", re.ASCII)
#: Days of Excel that a number in the field of a date may well mean: 1954 to 2119.
_DAYS = range(20_000, 80_000)


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """What is wrong with a cell, a row or a sheet, and what to do."""

    sheet: str
    #: As Excel counts; 0 for all of the sheet.
    row: int
    #: Its letter; empty for all of the row.
    column: str
    says: str

    def as_data(self) -> dict[str, Any]:
        """For JSON and for pages."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "says": self.says}


@dataclass(frozen=True, kw_only=True)
class Written:
    """What stands in the workbook for one question."""

    path: str
    position: tuple[int, ...]
    #: As the form writes it.
    value: str
    #: The revision that the workbook was made from; 0 where there was no answer.
    base: int
    #: None leaves it as it is.
    is_confidential: bool | None
    #: Where it stands: sheet, row, letter of the column.
    sheet: str
    row: int
    column: str


@dataclass(kw_only=True)
class Understood:
    """A workbook, read."""

    written: dict[tuple[str, tuple[int, ...]], Written] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)

    def fault(self, sheet: str, row: int, column: str, says: str) -> None:
        """Note what is wrong; more than enough is left out."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(CellFault(sheet=sheet, row=row, column=column, says=says))


@dataclass(kw_only=True)
class _Reader:
    """The form in every language that a workbook may be written in, and what was found so far."""

    outlines: Sequence[Outline]
    found: Understood

    @property
    def outline(self) -> Outline:
        return self.outlines[0]

    def versions_of(self, path: str) -> list[Item]:
        """A question in each language."""
        return [each.items[path] for each in self.outlines if path in each.items]


def understand(opened: Opened, *, outlines: Sequence[Outline]) -> Understood:
    """Read the sheets of a workbook.

    :param outlines: the form, first in the language of whoever uploads.
    """
    reader = _Reader(outlines=outlines, found=Understood())
    read_any = False
    for sheet in opened.sheets:
        columns, top = _columns(sheet)
        if not columns:
            continue
        read_any = True
        if _is_merged(reader, sheet, top):
            continue
        if codes.POSITION in columns or codes.BASES in columns:
            _read_entries(reader, sheet, columns, top)
        else:
            _read_questions(reader, sheet, columns, top)
    if not read_any:
        reader.found.fault(
            "",
            0,
            "",
            _(
                "No sheet has the hidden columns by which answers are found. Download the workbook "
                "again, and copy your answers into it."
            ),
        )
    return reader.found


# ── finding columns ──────────────────────────────────────────────────────────────────────────────
def _columns(sheet: RawSheet) -> tuple[dict[str, int], int]:
    """Columns by their code, wherever they were moved to, and the row above the answers.

    The hidden row of codes is looked for first; where somebody took it out, the headings are.
    """
    found: dict[str, int] = {}
    top = 0
    for number in range(1, _TOP + 1):
        cells = sheet.rows.get(number, {})
        here = {
            str(cell.value): place
            for place, cell in cells.items()
            if isinstance(cell.value, str) and cell.value.startswith("m:")
        }
        if not here:
            continue
        for code, place in here.items():
            found.setdefault(code, place)
        top = number
    if found:
        _add_by_headings(sheet.rows.get(top, {}), found)
    return found, top


def _add_by_headings(cells: Mapping[int, RawCell], found: dict[str, int]) -> None:
    """Columns that only their heading tells: in either language of the house."""
    known = {}
    for language in ("ar", "en"):
        with override(language):
            known[plain(_("Answer"))] = codes.ANSWER
            known[plain(_("For the Secretariat only"))] = codes.CONFIDENTIAL
            known[plain(_("No."))] = codes.NUMBER
    for place, cell in cells.items():
        code = known.get(plain(str(cell.value)))
        if code is not None and code not in found:
            found[code] = place


def _is_merged(reader: _Reader, sheet: RawSheet, top: int) -> bool:
    """Whether cells that hold answers were merged: then nobody knows which answer was meant."""
    for where in sheet.merged:
        _left, _above, _right, below = range_boundaries(where)
        if below is not None and below > top:
            reader.found.fault(
                sheet.name,
                below,
                "",
                _(
                    "The cells {range} were merged into one, so it cannot be told which answer "
                    "they hold. Unmerge them, and write each answer in its own cell."
                ).format(range=where),
            )
            return True
    return False


# ── sheets of questions ──────────────────────────────────────────────────────────────────────────
def _read_questions(reader: _Reader, sheet: RawSheet, columns: Mapping[str, int], top: int) -> None:
    missing = [
        words
        for code, words in (
            (codes.PATH, codes.PATH),
            (codes.ANSWER, _("Answer")),
            (codes.BASE, codes.BASE),
        )
        if code not in columns
    ]
    if missing:
        _tell_missing(reader, sheet, missing)
        return
    for number, cells in sheet.rows.items():
        if number <= top or columns[codes.PATH] not in cells:
            continue
        path = str(cells[columns[codes.PATH]].value).strip()
        if path.startswith("m:"):
            continue
        item = _item(reader, sheet, number, path)
        if item is None:
            continue
        base = _base(cells.get(columns[codes.BASE]))
        if base is None:
            _tell_bases(reader, sheet, number)
            continue
        value = _value(reader, sheet, number, columns[codes.ANSWER], cells, item)
        only = _confidential(reader, sheet, number, columns, cells)
        if value is not None and only is not ...:
            written = Written(
                path=path,
                position=(),
                value=value,
                base=base,
                is_confidential=only,
                sheet=sheet.name,
                row=number,
                column=letter(columns[codes.ANSWER]),
            )
            _keep(reader, written)


def _tell_missing(reader: _Reader, sheet: RawSheet, missing: Sequence[str]) -> None:
    reader.found.fault(
        sheet.name,
        0,
        "",
        _(
            "The sheet lacks the column “{column}”, so its answers cannot be found. Download the "
            "workbook again, and copy your answers into it. Columns may be moved, and not taken "
            "out."
        ).format(column="”, “".join(missing)),
    )


def _tell_bases(reader: _Reader, sheet: RawSheet, row: int) -> None:
    reader.found.fault(
        sheet.name,
        row,
        "",
        _(
            "The hidden cell that says which answer this row was made from was changed. Download "
            "the workbook again, and copy this answer into it."
        ),
    )


def _item(reader: _Reader, sheet: RawSheet, row: int, path: str) -> Item | None:
    item = reader.outline.items.get(path)
    if item is None or not item.is_question or item.kind in NOT_ANSWERED_HERE:
        reader.found.fault(
            sheet.name,
            row,
            "",
            _(
                "The hidden cell of this row names a question that the questionnaire does not ask. "
                "Download the workbook again, and copy this answer into it."
            ),
        )
        return None
    return item


def _base(cell: RawCell | None) -> int | None:
    if cell is None:
        return None
    text = str(cell.value).strip()
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _keep(reader: _Reader, written: Written) -> None:
    """Keep an answer; one question in two rows must say the same."""
    place = (written.path, written.position)
    other = reader.found.written.get(place)
    if other is None:
        reader.found.written[place] = written
    elif (other.value, other.is_confidential) != (written.value, written.is_confidential):
        reader.found.fault(
            written.sheet,
            written.row,
            written.column,
            _(
                "This question stands in the workbook twice with different answers: also in sheet "
                "“{sheet}”, row {row}. Delete the row that is wrong."
            ).format(sheet=other.sheet, row=other.row),
        )


# ── sheets of repeats ────────────────────────────────────────────────────────────────────────────
def _read_entries(reader: _Reader, sheet: RawSheet, columns: Mapping[str, int], top: int) -> None:
    questions = {
        code.removeprefix(codes.VALUE): place
        for code, place in columns.items()
        if code.startswith(codes.VALUE)
    }
    missing = [
        words
        for code, words in ((codes.POSITION, _("No.")), (codes.BASES, codes.BASES))
        if code not in columns
    ]
    if not questions:
        missing.append(_("Answer"))
    if missing:
        _tell_missing(reader, sheet, missing)
        return
    items = {path: _item(reader, sheet, top, path) for path in questions}
    if not all(items.values()):
        return
    known = {path: item for path, item in items.items() if item is not None}
    lines = list(_lines(reader, sheet, columns, top, known, questions))
    seen: dict[tuple[int, ...], int] = {}
    last = max((line.position[0] for line in lines if line.position), default=0)
    for line in lines:
        position = line.position
        if position is None:
            last += 1
            position = (last,)
        if position in seen:
            reader.found.fault(
                sheet.name,
                line.row,
                letter(columns[codes.POSITION]),
                _(
                    "Two lines have the number {number}: this one and row {row}. Give each entry a "
                    "number of its own."
                ).format(number=".".join(map(str, position)), row=seen[position]),
            )
            continue
        seen[position] = line.row
        _read_line(reader, sheet, columns, line, position, known, questions)


@dataclass(frozen=True, kw_only=True)
class _Line:
    row: int
    cells: Mapping[int, RawCell]
    #: None for a new entry without a number.
    position: tuple[int, ...] | None
    bases: Mapping[str, int]
    #: Whether all of it was for the Secretariat only when the workbook was made.
    was_only: bool


def _lines(
    reader: _Reader,
    sheet: RawSheet,
    columns: Mapping[str, int],
    top: int,
    items: Mapping[str, Item],
    questions: Mapping[str, int],
) -> Iterator[_Line]:
    """The lines that hold an entry: those that were there, and those that were added."""
    depth = next(iter(items.values())).depth
    for number, cells in sheet.rows.items():
        if number <= top:
            continue
        told = str(cells[columns[codes.BASES]].value) if columns[codes.BASES] in cells else ""
        if told.strip() == codes.NO_ANSWERS or told.startswith("m:"):
            continue
        bases, was_only = _bases(told)
        if bases is None:
            _tell_bases(reader, sheet, number)
            continue
        if not bases and not any(place in cells for place in questions.values()):
            continue  # an empty line that nobody used
        position = _position(cells.get(columns[codes.POSITION]), depth=depth)
        if position is ... or (position is None and (depth > 1 or bases)):
            reader.found.fault(
                sheet.name,
                number,
                letter(columns[codes.POSITION]),
                _("“No.” must say which entry this is, as {example}. Correct it.").format(
                    example=".".join(["2", *["1"] * (depth - 1)])
                ),
            )
            continue
        yield _Line(row=number, cells=cells, position=position, bases=bases, was_only=was_only)


def _bases(told: str) -> tuple[dict[str, int] | None, bool]:
    """What the hidden cell says; a line that was added has nothing there."""
    if not told.strip():
        return {}, False
    try:
        read = json.loads(told)
        bases = {str(path): int(revision) for path, revision in read["of"].items()}
        return bases, bool(read["only"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, False


def _position(cell: RawCell | None, *, depth: int) -> Any:
    """The numbers of an entry; None where there is none, `...` where it cannot be one."""
    if cell is None:
        return None
    text = fold(str(cell.value)).strip()
    if isinstance(cell.value, float) and cell.value.is_integer() and depth == 1:
        text = str(int(cell.value))
    if not _NUMBER.fullmatch(text):
        return ...
    position = tuple(map(int, text.split(".")))
    if len(position) != depth or not all(1 <= each <= MOST_ENTRIES for each in position):
        return ...
    return position


def _read_line(
    reader: _Reader,
    sheet: RawSheet,
    columns: Mapping[str, int],
    line: _Line,
    position: tuple[int, ...],
    items: Mapping[str, Item],
    questions: Mapping[str, int],
) -> None:
    only = _confidential(reader, sheet, line.row, columns, line.cells)
    if only is ...:
        return
    if only is False and not line.was_only:
        only = None  # nothing was ticked, and nothing is unticked
    for path, place in questions.items():
        if line.bases.get(path) == -1:
            continue  # too long for a cell: left to the page
        value = _value(reader, sheet, line.row, place, line.cells, items[path])
        if value is not None:
            written = Written(
                path=path,
                position=position,
                value=value,
                base=line.bases.get(path, 0),
                is_confidential=only,
                sheet=sheet.name,
                row=line.row,
                column=letter(place),
            )
            _keep(reader, written)


# ── cells ────────────────────────────────────────────────────────────────────────────────────────
def _confidential(
    reader: _Reader,
    sheet: RawSheet,
    row: int,
    columns: Mapping[str, int],
    cells: Mapping[int, RawCell],
) -> Any:
    """Yes, no, None where the column was taken out, `...` where it says something else."""
    place = columns.get(codes.CONFIDENTIAL)
    if place is None:
        return None
    cell = cells.get(place)
    if cell is None:
        return False
    said = plain(str(cell.value))
    yes, no = {"yes", "true", "1", "x", "نعم"}, {"no", "false", "0", "لا"}
    if cell.kind != "f" and said in yes | no:
        return said in yes
    reader.found.fault(
        sheet.name,
        row,
        letter(place),
        _(
            "“For the Secretariat only” takes “Yes”, or nothing; it holds “{value}”. Correct it."
        ).format(value=str(cell.value)[:60]),
    )
    return ...


def _value(
    reader: _Reader,
    sheet: RawSheet,
    row: int,
    place: int,
    cells: Mapping[int, RawCell],
    item: Item,
) -> str | None:
    """What a cell answers, as the form writes it; None where it is a fault."""
    cell = cells.get(place)
    if cell is None:
        return ""
    says = ""
    if cell.kind == "f":
        says = _("The cell holds a formula. Write what it comes to in words or figures instead.")
    elif cell.kind == "e":
        says = _("The cell holds an error of Excel ({value}). Write the answer instead.").format(
            value=str(cell.value)[:20]
        )
    if not says:
        value, says = _read_value(reader, item, cell)
        if not says:
            return value
    whole = _("“{question}”: {message}").format(question=item.label[:120], message=says)
    reader.found.fault(sheet.name, row, letter(place), whole)
    return None


def _read_value(reader: _Reader, item: Item, cell: RawCell) -> tuple[str, str]:
    """A value as the form writes it, and what is wrong with it."""
    if item.options and item.kind in ("select_one", "select_multiple", "rank"):
        return _read_choice(reader, item, cell)
    if item.kind == "date" and isinstance(cell.value, int | float):
        return "", _not_a_date(cell.value)
    typed = _text(item, cell.value)
    value = judging.normal(form_key=reader.outline.form_key, path=item.path, typed=typed)
    return value, _kept(item.kind, value, typed)


def _read_choice(reader: _Reader, item: Item, cell: RawCell) -> tuple[str, str]:
    value, unknown = read_options(reader.versions_of(item.path), _text(item, cell.value))
    if not unknown:
        return value, ""
    offered = "، " if reader.outline.language == "ar" else ", "
    labels = offered.join(option.label for option in item.options[:8])
    more = " …" if len(item.options) > 8 else ""
    return "", _("it does not offer “{value}”. It offers: {offered}").format(
        value=unknown[0][:80], offered=labels + more
    )


def _not_a_date(number: float) -> str:
    """A date that became a number, or a year alone."""
    if int(number) in _DAYS:
        meant = from_excel(int(number))
        day = meant.date().isoformat() if isinstance(meant, datetime) else str(meant)
        return _(
            "the cell holds the number {number}, which Excel keeps for the date {day}. If that is "
            "meant, write it as {day}."
        ).format(number=int(number), day=day)
    return _("“{value}” is no date. Write day, month and year, such as 2026-11-22.").format(
        value=f"{number:g}"
    )


def _kept(kind: str, value: str, typed: str) -> str:
    """What is wrong with an answer that its kind does not take."""
    reads = READERS.get("decimal" if kind == "range" else kind)
    if not typed or reads is None or reads(value) is not None:
        return ""
    shown = typed[:60]
    if kind == "integer":
        return _("it asks for a whole number, and the cell holds “{value}”.").format(value=shown)
    if kind in ("decimal", "range"):
        return _("it asks for a number, and the cell holds “{value}”.").format(value=shown)
    if kind == "date":
        return _("“{value}” is no date. Write day, month and year, such as 2026-11-22.").format(
            value=shown
        )
    return _(
        "“{value}” cannot be read as an answer to it. Write it as the last column shows."
    ).format(value=shown)


def _text(item: Item, value: Any) -> str:
    """What stands in a cell, as somebody would have typed it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        is_day = value.time() == time() and item.kind != "dateTime"
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float):
        return repr(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()
