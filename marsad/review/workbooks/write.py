"""A reply as an Excel workbook, to be filled in where there is no network.

A sheet for each section, one more for each repeat; drop-downs for choices; labels locked, answers
not. Hidden columns say which question a row is about and which revision of its answer was seen.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from marsad.design.formatting import lang_dir
from marsad.questionnaires.queries.outline import Item, Outline, Section
from marsad.review import invented
from marsad.review.actions.answer import NOT_ANSWERED_HERE
from marsad.review.workbooks import codes
from marsad.review.workbooks.cells import LONGEST_CELL, Value, clean, put, sheet_name
from marsad.review.workbooks.options import labels_of, said

#: Rows for new entries of a repeat, beyond those it has.
SPARE_ROWS = 20
#: What Excel shows beside a cell.
_LONGEST_PROMPT = 250
_INK, _SOFT, _ACCENT, _FIELD, _WARN = "1A2128", "4A5661", "0B4F7A", "FFFDF3", "962020"
_EDGE = Side(style="thin", color="D7DDE2")
_BOX = Border(top=_EDGE, bottom=_EDGE, left=_EDGE, right=_EDGE)
_CODES_ROW, _HEADINGS_ROW = 3, 4

Place = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The answer that held in a place when the workbook was made."""

    value: str
    revision: int
    is_confidential: bool


@dataclass(frozen=True, kw_only=True)
class About:
    """Whose workbook it is."""

    reply_key: str
    round_key: str
    iso2: str
    round_title: str
    state: str
    language: str
    made_at: datetime
    #: As the reader reads it; empty where the round has none.
    due: str
    is_invented: bool


@dataclass(kw_only=True)
class _Book:
    """The workbook while it is made."""

    book: Workbook
    about: About
    outline: Outline
    stored: Mapping[Place, Stored]
    hidden: Worksheet
    names: set[str] = field(default_factory=set)
    #: Ranges of the hidden sheet that hold lists, by what stands in them.
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def is_rtl(self) -> bool:
        return lang_dir(self.about.language) == "rtl"

    def sheet(self, words: str) -> Worksheet:
        made: Worksheet = self.book.create_sheet(sheet_name(words, taken=self.names))
        made.sheet_view.rightToLeft = self.is_rtl
        return made

    def list_of(self, words: Sequence[str]) -> str:
        """Where a list for a drop-down stands; written once."""
        key = tuple(words)
        if key not in self.lists:
            column = len(self.lists) + 4
            for row, each in enumerate(words, start=1):
                put(self.hidden, row, column, each)
            letter = get_column_letter(column)
            self.lists[key] = (
                f"{quote_sheetname(codes.HIDDEN_SHEET)}!${letter}$1:${letter}${len(words)}"
            )
        return self.lists[key]


def write(
    about: About,
    *,
    outline: Outline,
    sections: Sequence[Section],
    stored: Mapping[Place, Stored],
) -> bytes:
    """The workbook of some sections of a reply, in the language that is spoken now."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        first = book.create_sheet()
    hidden = book.create_sheet(codes.HIDDEN_SHEET)
    made = _Book(book=book, about=about, outline=outline, stored=stored, hidden=hidden)
    made.names.add(codes.HIDDEN_SHEET)
    _instruct(made, first)
    for section in sections:
        _section(made, section)
    _tell(made)
    book.move_sheet(hidden, offset=len(book.sheetnames))
    hidden.sheet_state = "veryHidden"
    book.active = 1 if len(book.sheetnames) > 2 else 0
    book.properties.title = clean(f"{about.state}: {about.round_title}")
    book.properties.creator = "Marsad"
    book.properties.language = about.language
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tell(made: _Book) -> None:
    """What the hidden sheet says of the workbook."""
    about = made.about
    told = {
        "version": codes.VERSION,
        "reply": about.reply_key,
        "round": about.round_key,
        "state": about.iso2,
        "form": made.outline.form_key,
        "language": about.language,
        "made_at": about.made_at.isoformat(timespec="seconds"),
    }
    for row, name in enumerate(codes.ABOUT, start=1):
        put(made.hidden, row, 1, name)
        put(made.hidden, row, 2, told[name])


def _instruct(made: _Book, sheet: Worksheet) -> None:
    """The first sheet: what this is and how it is filled in."""
    about = made.about
    sheet.title = sheet_name(_("How to fill this in"), taken=made.names)
    sheet.sheet_view.rightToLeft = made.is_rtl
    sheet.sheet_view.showGridLines = False
    lines: list[tuple[str, Font]] = [(about.round_title, Font(bold=True, size=16, color=_ACCENT))]
    if about.is_invented:
        lines.append((str(invented.SENTENCE), Font(bold=True, color=_WARN)))
    plain, soft = Font(size=12, color=_INK), Font(color=_SOFT)
    lines += [
        (about.state, Font(bold=True, size=14, color=_INK)),
        *([(_("Answers are due on {day}.").format(day=about.due), plain)] if about.due else []),
        (_("1. Each section has its own sheet. Write in the light yellow cells only."), plain),
        (
            _(
                "2. Where there is a list, choose from it. Where several can be chosen, write one "
                "under another in the same cell, or put a semicolon between them."
            ),
            plain,
        ),
        (_("3. Dates are written as 2026-11-22. Arabic and Latin digits are both read."), plain),
        (
            _(
                "4. “Yes” under “For the Secretariat only” keeps an answer out of everything that "
                "others see."
            ),
            plain,
        ),
        (
            _("5. In sheets with several entries every line is one; use the empty lines for more."),
            plain,
        ),
        (
            _(
                "6. Do not take out columns, also not hidden ones: by them your answers are found "
                "again."
            ),
            plain,
        ),
        (
            _(
                "7. Upload the file on the page it came from. You will see what it would change "
                "before anything is taken in, and what others answered meanwhile."
            ),
            plain,
        ),
        (_("Reply: {key}").format(key=about.reply_key), soft),
    ]
    for row, (words, font) in enumerate(lines, start=1):
        cell = put(sheet, row, 1, words)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 100
    sheet.protection.sheet = True


# ── a section ────────────────────────────────────────────────────────────────────────────────────
def _section(made: _Book, section: Section) -> None:
    once = [each for each in section.every() if each.depth == 0 and each.kind != "note"]
    if any(each.is_question for each in once):
        _questions(made, section, once)
    for item in section.every():
        if item.kind == "repeat":
            asked = [each for each in item.every() if each.is_question and each.repeat == item.path]
            if asked:
                _repeat(made, section, item, asked)


def _head(made: _Book, sheet: Worksheet, *, title: str, note: str) -> None:
    put(sheet, 1, 1, title).font = Font(bold=True, size=14, color=_ACCENT)
    mark = [str(invented.SENTENCE)] if made.about.is_invented else []
    put(sheet, 2, 1, " · ".join([*mark, note])).font = Font(
        color=_WARN if mark else _SOFT, bold=bool(mark)
    )
    sheet.row_dimensions[_CODES_ROW].hidden = True
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, allowed, False)
    if made.about.is_invented:
        header = sheet.oddHeader
        assert header is not None
        header.center.text = str(invented.MARK)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _headings(
    sheet: Worksheet, columns: Iterable[tuple[str, str, float]], *, hidden: Iterable[str]
) -> None:
    """The hidden row of codes, the row of headings, the widths."""
    for place, (code, words, width) in enumerate(columns, start=1):
        put(sheet, _CODES_ROW, place, code)
        cell = put(sheet, _HEADINGS_ROW, place, words)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_ACCENT)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = width
        dimension.hidden = code in hidden


def _questions(made: _Book, section: Section, items: Sequence[Item]) -> None:
    sheet = made.sheet(section.label)
    _head(made, sheet, title=section.label, note=_("Write in the light yellow cells only."))
    _headings(
        sheet,
        [
            (codes.NUMBER, _("No."), 6),
            (codes.QUESTION, _("Question"), 55),
            (codes.ANSWER, _("Answer"), 60),
            (codes.CONFIDENTIAL, _("For the Secretariat only"), 16),
            (codes.HELP, _("What can be answered"), 45),
            (codes.PATH, codes.PATH, 4),
            (codes.BASE, codes.BASE, 4),
        ],
        hidden=(codes.PATH, codes.BASE),
    )
    sheet.freeze_panes = f"C{_HEADINGS_ROW + 1}"
    number, row = 0, _HEADINGS_ROW
    for item in items:
        row += 1
        if not item.is_question:
            _label(put(sheet, row, 2, item.label), bold=True)
            continue
        number += 1
        put(sheet, row, 1, number).font = Font(color=_SOFT)
        _label(put(sheet, row, 2, item.label + (" *" if item.is_required else "")))
        _label(put(sheet, row, 5, _help(item)), soft=True)
        _question(made, sheet, row, item)


def _question(made: _Book, sheet: Worksheet, row: int, item: Item) -> None:
    """The answer of one question; what Excel cannot hold is left to the page."""
    stored = made.stored.get((item.path, ()))
    value = stored.value if stored else ""
    if item.kind in NOT_ANSWERED_HERE:
        words = _("This asks for a file or a map. Send it to the Secretariat beside the reply.")
        _label(put(sheet, row, 3, words), soft=True)
        return
    if len(value) > LONGEST_CELL:
        _label(put(sheet, row, 3, _("This one is answered on the page.")), soft=True)
        return
    _fill(put(sheet, row, 3, _shown(item, value)), item, value)
    put(sheet, row, 4, _yes() if stored and stored.is_confidential else "")
    _open(sheet.cell(row=row, column=4))
    put(sheet, row, 6, item.path)
    put(sheet, row, 7, stored.revision if stored else 0)
    _offer(made, sheet, item, [f"C{row}"])
    _offer_yes(made, sheet, f"D{row}")


# ── a repeat ─────────────────────────────────────────────────────────────────────────────────────
def _repeat(made: _Book, section: Section, repeat: Item, asked: Sequence[Item]) -> None:
    asked = [each for each in asked if each.kind not in NOT_ANSWERED_HERE]
    label = repeat.label or section.label
    sheet = made.sheet(label if label == section.label else f"{label} ({section.label})")
    note = (
        _("One line for each entry; the empty lines are for more.")
        if repeat.depth == 1
        else _("One line for each entry; “No.” says in which entry it stands, such as 2.1.")
    )
    _head(made, sheet, title=f"{section.label}: {label}", note=note)
    _headings(
        sheet,
        [
            (codes.POSITION, _("No."), 8),
            *((f"{codes.VALUE}{each.path}", _heading(each), 28) for each in asked),
            (codes.CONFIDENTIAL, _("For the Secretariat only"), 16),
            (codes.BASES, codes.BASES, 4),
        ],
        hidden=(codes.BASES,),
    )
    last = len(asked) + 3
    row = _HEADINGS_ROW + 1
    for place, each in enumerate(asked, start=2):
        _label(put(sheet, row, place, _help(each)), soft=True)
    put(sheet, row, last, codes.NO_ANSWERS)
    sheet.freeze_panes = f"B{row + 1}"
    paths = {each.path for each in asked}
    known = sorted({place for path, place in made.stored if path in paths})
    for position in [*known, *_spare(known, depth=repeat.depth)]:
        row += 1
        _entry(made, sheet, row, asked, position)
    first = _HEADINGS_ROW + 2
    for place, each in enumerate(asked, start=2):
        letter = get_column_letter(place)
        _offer(made, sheet, each, [f"{letter}{first}:{letter}{row}"])
    letter = get_column_letter(last - 1)
    _offer_yes(made, sheet, f"{letter}{first}:{letter}{row}")


def _heading(item: Item) -> str:
    return item.label + (" *" if item.is_required else "")


def _spare(known: Sequence[tuple[int, ...]], *, depth: int) -> Iterator[tuple[int, ...]]:
    last = max((place[0] for place in known), default=0)
    for number in range(last + 1, last + 1 + SPARE_ROWS):
        yield (number,) if depth == 1 else ()


def _entry(
    made: _Book, sheet: Worksheet, row: int, asked: Sequence[Item], position: tuple[int, ...]
) -> None:
    """One line: an entry that is stored, or an empty one for a new entry."""
    _open(put(sheet, row, 1, ".".join(map(str, position))))
    bases: dict[str, int] = {}
    marks = []
    for place, each in enumerate(asked, start=2):
        stored = made.stored.get((each.path, position)) if position else None
        value = stored.value if stored else ""
        if len(value) > LONGEST_CELL:
            _label(put(sheet, row, place, _("This one is answered on the page.")), soft=True)
            bases[each.path] = -1
            continue
        _fill(put(sheet, row, place, _shown(each, value)), each, value)
        if stored is not None:
            bases[each.path] = stored.revision
            marks.append(stored.is_confidential)
    only = bool(marks) and all(marks)
    put(sheet, row, len(asked) + 2, _yes() if only else "")
    _open(sheet.cell(row=row, column=len(asked) + 2))
    put(sheet, row, len(asked) + 3, json.dumps({"of": bases, "only": only}, ensure_ascii=False))


# ── cells ────────────────────────────────────────────────────────────────────────────────────────
def _shown(item: Item, value: str) -> Value:
    """A value as a person would type it."""
    if not value:
        return ""
    if item.options:
        return said(item, value)
    if item.kind == "integer" and len(value) <= 15:
        return int(value)
    if item.kind in ("decimal", "range") and len(value) <= 15:
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _fill(cell: SheetCell, item: Item, value: str) -> None:
    """A cell to write in; a date is a date for Excel too."""
    if item.kind == "date" and value:
        with contextlib.suppress(ValueError):
            cell.value = date.fromisoformat(value)
    if item.kind == "date":
        cell.number_format = "yyyy-mm-dd"
    elif item.kind not in ("integer", "decimal", "range"):
        cell.number_format = "@"
    _open(cell)


def _open(cell: object) -> None:
    assert isinstance(cell, SheetCell)
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", fgColor=_FIELD)
    cell.border = _BOX
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _label(cell: SheetCell, *, bold: bool = False, soft: bool = False) -> None:
    cell.font = Font(bold=bold, color=_SOFT if soft else _INK)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _help(item: Item) -> str:
    """The hint, and what can be chosen."""
    parts = [item.hint] if item.hint else []
    if item.rules.get("relevant"):
        parts.append(_("Only where an earlier answer leads to it."))
    if item.kind == "select_multiple":
        parts.append(_("Several, one under another:"))
    if item.options:
        parts += [f"– {label}" for label in labels_of(item).values()]
    return "\n".join(parts)


def _offer(made: _Book, sheet: Worksheet, item: Item, cells: Sequence[str]) -> None:
    """A drop-down for one choice; for others what is asked for, beside the cell."""
    if item.kind == "select_one" and item.options:
        rule = DataValidation(
            type="list",
            formula1=made.list_of(list(labels_of(item).values())),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=_("Not on the list"),
            error=_("Choose one of what the list offers."),
        )
    elif item.hint:
        rule = DataValidation(allow_blank=True)
    else:
        return
    if item.hint:
        rule.showInputMessage = True
        rule.prompt = clean(item.hint)[:_LONGEST_PROMPT]
    sheet.add_data_validation(rule)
    for each in cells:
        rule.add(each)


def _offer_yes(made: _Book, sheet: Worksheet, cells: str) -> None:
    rule = DataValidation(type="list", formula1=made.list_of([_yes()]), allow_blank=True)
    sheet.add_data_validation(rule)
    rule.add(cells)


def _yes() -> str:
    return _("Yes")
