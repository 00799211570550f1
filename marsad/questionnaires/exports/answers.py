"""Answers to take away: a row for each filled form, a column for each question.

A question in a repeat has a column for each time it was answered (`age [1]`, `age [2]`). Words are
words whatever they begin with: a cell that a spreadsheet could take for a formula begins with an
apostrophe in CSV, and is typed as text in Excel.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from marsad.questionnaires import problems
from marsad.questionnaires.types import QuestionView, SubmissionView

#: What a spreadsheet could run.
_RUNS = re.compile(r"^[=+\-@\t\r]")
#: What Excel refuses a whole file for.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: How many columns a sheet of Excel has, and what one cell of it holds.
_MOST_COLUMNS = 16_384
_LONGEST_CELL = 32_767

Cell = str | int | float


@dataclass(frozen=True, kw_only=True)
class Column:
    """One question, in one repetition."""

    question: QuestionView
    #: (1,) in a repeat, (2, 1) in a repeat in a repeat; empty outside.
    position: tuple[int, ...]

    @property
    def heading(self) -> str:
        """What the question is called, with its repetition."""
        return self.question.label + self._times

    @property
    def code(self) -> str:
        """The question's path without the name of the form, with its repetition."""
        return self.question.path.strip("/").partition("/")[2] + self._times

    @property
    def _times(self) -> str:
        return f" [{'.'.join(map(str, self.position))}]" if self.position else ""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was answered, ready to be written in any format."""

    title: str
    language: str
    columns: Sequence[Column]
    submissions: Sequence[SubmissionView]
    #: Who answered, by their id; None where names do not stand beside answers.
    names: Mapping[int, str] | None


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A finished file."""

    data: bytes
    media_type: str
    #: ASCII letters, digits, hyphens and one dot.
    file_name: str


def lay_out(
    *,
    title: str,
    language: str,
    questions: Sequence[QuestionView],
    submissions: Iterable[SubmissionView],
    names: Mapping[int, str] | None = None,
) -> Answers:
    """Find the columns that the answers need."""
    found = list(submissions)
    positions: dict[str, set[tuple[int, ...]]] = {}
    for submission in found:
        for answer in submission.answers:
            positions.setdefault(answer["path"], set()).add(tuple(answer["position"]))
    columns = [
        Column(question=question, position=position)
        for question in questions
        for position in sorted(positions.get(question.path, {()}))
    ]
    return Answers(title=title, language=language, columns=columns, submissions=found, names=names)


def write(answers: Answers, *, format: str) -> Exported:  # noqa: A002
    """Write the answers as `xlsx`, `csv` or `json`.

    :raises KeyError: for another format.
    """
    writer, media_type = FORMATS[format]
    data = writer(answers)
    return Exported(data=data, media_type=media_type, file_name=f"answers.{format}")


def _rows(answers: Answers) -> Iterable[list[Cell]]:
    for submission in answers.submissions:
        said = {(each["path"], tuple(each["position"])): each for each in submission.answers}
        who = (
            []
            if answers.names is None
            else [_CONTROL.sub("", answers.names.get(submission.by_id or 0, ""))]
        )
        yield [
            submission.key,
            submission.received_at.isoformat(timespec="seconds"),
            *who,
            *(
                _cell(column.question, said.get((column.question.path, column.position)))
                for column in answers.columns
            ),
        ]


def _headings(answers: Answers) -> list[str]:
    who = [] if answers.names is None else [_("Who answered")]
    return [_("Filled form"), _("Received"), *who, *(each.heading for each in answers.columns)]


def _codes(answers: Answers) -> list[str]:
    who = [] if answers.names is None else ["by"]
    return ["key", "received_at", *who, *(column.code for column in answers.columns)]


def _cell(question: QuestionView, answer: Mapping[str, object] | None) -> Cell:
    if answer is None:
        return ""
    value = str(answer["value"])
    if not value:
        return ""
    if question.choices:
        labels = dict(question.choices)
        chosen = answer["values"] or [value]
        assert isinstance(chosen, list | tuple)
        return " · ".join(labels.get(str(each), str(each)) for each in chosen)
    if question.kind == "integer":
        return int(value)
    if question.kind in ("decimal", "range"):
        return float(value)
    return _CONTROL.sub("", value)


# ── formats ──────────────────────────────────────────────────────────────────────────────────────
def _csv(answers: Answers) -> bytes:
    """UTF-8 with a byte-order mark, without which Excel garbles Arabic; codes, then words."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    sheet.writerow(_codes(answers))
    sheet.writerow([_guarded(heading) for heading in _headings(answers)])
    sheet.writerows([_guarded(cell) for cell in row] for row in _rows(answers))
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> Cell:
    """The cell, with an apostrophe before it where it could run.

    >>> _guarded("=1+1"), _guarded(-3)
    ("'=1+1", -3)
    """
    return f"'{cell}" if isinstance(cell, str) and _RUNS.match(cell) else cell


def _xlsx(answers: Answers) -> bytes:
    headings = _headings(answers)
    if len(headings) > _MOST_COLUMNS:
        raise problems.TooManyColumns(count=len(headings), most=_MOST_COLUMNS)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Answers")[:31])
    sheet.sheet_view.rightToLeft = answers.language.startswith("ar")
    sheet.freeze_panes = "B3"
    sheet.append([_typed(sheet, heading, bold=True) for heading in headings])
    sheet.append([_typed(sheet, code) for code in _codes(answers)])
    for row in _rows(answers):
        sheet.append([_typed(sheet, cell) for cell in row])
    book.properties.title = _CONTROL.sub("", answers.title)
    book.properties.creator = "Marsad"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(sheet: WriteOnlyWorksheet, value: Cell, *, bold: bool = False) -> SheetCell:
    kept = value[:_LONGEST_CELL] if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=kept)
    if isinstance(kept, str):
        cell.data_type = "s"  # openpyxl takes "=…" for a formula
    if bold:
        cell.font = Font(bold=True)
    return cell


def _json(answers: Answers) -> bytes:
    asked = {column.question.path for column in answers.columns}
    told = [
        {
            "key": submission.key,
            "received_at": submission.received_at.isoformat(timespec="seconds"),
            **({} if answers.names is None else {"by": answers.names.get(submission.by_id or 0)}),
            "answers": [
                {
                    "path": answer["path"],
                    "position": list(answer["position"]),
                    "value": answer["values"] or answer["value"],
                }
                for answer in submission.answers
                # Not what a phone adds about itself and its owner.
                if answer["path"] in asked
            ],
        }
        for submission in answers.submissions
    ]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


_Writer = Callable[[Answers], bytes]
FORMATS: Mapping[str, tuple[_Writer, str]] = {
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (_csv, "text/csv; charset=utf-8"),
    "json": (_json, "application/json"),
}
