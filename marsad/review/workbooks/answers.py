"""Answers to take away as Excel, CSV or JSON: a line for each, also for those not given.

Every file of an invented round says so in its words, and in its name.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from marsad.design.formatting import lang_dir
from marsad.questionnaires.types import QuestionView
from marsad.review import invented
from marsad.review.types.reading import AnswerRead, StateAnswers
from marsad.review.workbooks.cells import Value, clean, guarded, put, sheet_name

Line = tuple[StateAnswers, QuestionView, AnswerRead | None]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What is taken away, ready to be written in any format."""

    round_key: str
    title: str
    language: str
    is_invented: bool
    #: The moment whose answers these are.
    at: datetime
    lines: Sequence[Line]
    #: Whether the column that says what is for the Secretariat only is there.
    shows_confidential: bool
    #: What stands for no answer, for this reader.
    no_answer: str


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A finished file."""

    data: bytes
    media_type: str
    #: ASCII letters, digits, hyphens and one dot.
    file_name: str


def write(taken: Taken, *, format: str, name: str = "answers") -> Exported:  # noqa: A002
    """Write answers as `xlsx`, `csv` or `json`.

    :raises KeyError: for another format.
    """
    writer, media_type = FORMATS[format]
    file_name = invented.file_name(f"{name}.{format}", is_invented=taken.is_invented)
    return Exported(data=writer(taken), media_type=media_type, file_name=file_name)


def _headings(taken: Taken) -> list[str]:
    confidential = [_("For the Secretariat only")] if taken.shows_confidential else []
    return [
        _("Code of the State"),
        pgettext("party", "State"),
        _("Regional group"),
        _("Question"),
        _("Path of the question"),
        _("Repetition"),
        _("Answer"),
        _("As the form writes it"),
        _("Language of the answer"),
        *confidential,
        _("Answered at"),
        _("Themes"),
    ]


def _cells(taken: Taken, line: Line) -> list[Value]:
    state, question, answer = line
    begun: list[Value] = [state.iso2, state.name, state.group_label, question.label, question.path]
    if answer is None:
        blank: list[Value] = ["", taken.no_answer, "", ""]
        return [*begun, *blank, *([""] if taken.shows_confidential else []), "", ""]
    confidential: list[Value] = []
    if taken.shows_confidential:
        confidential = [_("yes") if answer.is_confidential else _("no")]
    return [
        *begun,
        ".".join(map(str, answer.position)),
        answer.words,
        answer.value,
        answer.language,
        *confidential,
        answer.at.isoformat(timespec="seconds"),
        " · ".join(tag.label for tag in answer.tags),
    ]


def _rows(taken: Taken) -> Iterable[list[Value]]:
    for line in taken.lines:
        yield _cells(taken, line)


def _xlsx(taken: Taken) -> bytes:
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        sheet = book.create_sheet()
    sheet.title = sheet_name(_("Answers"), taken=set())
    sheet.sheet_view.rightToLeft = lang_dir(taken.language) == "rtl"
    row = 1
    if taken.is_invented:
        put(sheet, row, 1, str(invented.SENTENCE)).font = Font(bold=True, color="962020")
        row += 1
    for column, heading in enumerate(_headings(taken), start=1):
        put(sheet, row, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 60 if column == 7 else 18
    sheet.freeze_panes = f"C{row + 1}"
    for place, cells in enumerate(_rows(taken), start=row + 1):
        for column, value in enumerate(cells, start=1):
            if value != "":
                cell = put(sheet, place, column, value)
                if column == 7:
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.properties.title = clean(taken.title)
    book.properties.creator = "Marsad"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(taken: Taken) -> bytes:
    """UTF-8 with a byte-order mark, without which Excel garbles Arabic."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    mark = [_("Invented")] if taken.is_invented else []
    if taken.is_invented:
        sheet.writerow([str(invented.SENTENCE)])
    sheet.writerow([*map(guarded, _headings(taken)), *mark])
    marked = [str(invented.MARK)] if taken.is_invented else []
    sheet.writerows([*map(guarded, cells), *marked] for cells in _rows(taken))
    return out.getvalue().encode("utf-8-sig")


def _json(taken: Taken) -> bytes:
    told: dict[str, object] = {
        "round": taken.round_key,
        "title": taken.title,
        "as_at": taken.at.isoformat(timespec="seconds"),
        "is_invented": taken.is_invented,
    }
    if taken.is_invented:
        told["notice"] = str(invented.SENTENCE)
    told["answers"] = [_told(taken, *line) for line in taken.lines]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _told(
    taken: Taken, state: StateAnswers, question: QuestionView, answer: AnswerRead | None
) -> dict[str, object]:
    told: dict[str, object] = {
        "state": state.iso2,
        "name": state.name,
        "group": state.group,
        "path": question.path,
        "question": question.label,
    }
    if answer is None:
        return {**told, "answer": None}
    told |= {
        "position": list(answer.position),
        "value": answer.value,
        "answer": answer.words,
        "language": answer.language,
        "at": answer.at.isoformat(timespec="seconds"),
        "key": answer.key,
    }
    if taken.shows_confidential:
        told["is_confidential"] = answer.is_confidential
    if answer.tags:
        told["themes"] = [tag.code for tag in answer.tags]
    return told


_Writer = Callable[[Taken], bytes]
FORMATS: Mapping[str, tuple[_Writer, str]] = {
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (_csv, "text/csv; charset=utf-8"),
    "json": (_json, "application/json"),
}
