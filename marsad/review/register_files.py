"""The register as a file to take away: Excel, CSV, JSON. Marked where its States are invented."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from marsad.design.formatting import lang_dir
from marsad.design.printing.formats import FORMATS as ALL_FORMATS
from marsad.design.printing.made import Exported, clean, moment
from marsad.design.printing.tables import (
    Cell,
    dress_body,
    dress_head,
    put,
    sheet_name,
    steady_workbook,
    write_csv,
)
from marsad.review import invented, problems
from marsad.review.types.round import Register, RegisterLine, RoundCard

FORMATS = ("xlsx", "csv", "json")


def register_file(
    register: Register,
    *,
    card: RoundCard,
    language: str,
    format: str,  # noqa: A002
    on: date,
) -> Exported:
    """The register in one of `FORMATS`, in the reader's language.

    :raises UnknownRegisterFormat: if it is none of them.
    """
    writers: dict[str, Callable[..., bytes]] = {"xlsx": _xlsx, "csv": _csv, "json": _json}
    if format not in writers:
        raise problems.UnknownRegisterFormat(given=format, choices=", ".join(FORMATS))
    kind = ALL_FORMATS[format]
    name = f"register-{card.key}-{on}-{language[:2]}.{kind.extension}"
    return Exported(
        data=writers[format](register, card=card, language=language, on=on),
        media_type=kind.media_type,
        file_name=invented.file_name(name, is_invented=card.is_invented or card.is_sample),
    )


def as_data(register: Register, *, card: RoundCard) -> dict[str, object]:
    """The register for scripts: codes and moments as they are."""
    return {
        "round": card.key,
        "title": card.title,
        "is_invented": card.is_invented,
        "is_sample": card.is_sample,
        "mark": _mark(card),
        "of": register.of,
        "replied": register.replied,
        "counts": {each.standing: each.count for each in register.counts},
        "states": [_line_as_data(line, is_told=card.is_told) for line in register.lines],
    }


def _mark(card: RoundCard) -> str:
    """What has to be said of a register that stands for nothing real."""
    if card.is_invented:
        return str(invented.SENTENCE)
    return str(invented.SAMPLE) if card.is_sample else ""


def _word(card: RoundCard) -> str:
    """The same in a word, for every line of a table: a line may be copied without its head."""
    if card.is_invented:
        return str(invented.MARK)
    return _("Sample") if card.is_sample else ""


def _line_as_data(line: RegisterLine, *, is_told: bool) -> dict[str, object]:
    def iso(at: datetime | None) -> str | None:
        return at.isoformat() if at is not None and not is_told else None

    return {
        "iso2": line.iso2,
        "iso3": line.iso3,
        "name": line.name,
        "is_invented": line.is_invented,
        "region": line.region,
        "standing": line.standing,
        "sent_at": iso(line.sent_at),
        "seen_at": iso(line.seen_at),
        "started_at": iso(line.started_at),
        "answered_at": iso(line.answered_at),
        "is_late": line.is_late,
        "declined_at": iso(line.declined_at),
        "declined_because": line.declined_because,
        "notes": list(line.notes),
        "told_at": line.told_at_anchor,
    }


def _json(register: Register, *, card: RoundCard, language: str, on: date) -> bytes:
    data = as_data(register, card=card)
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


# ── tables ───────────────────────────────────────────────────────────────────────────────────────
def _headings(card: RoundCard) -> list[str]:
    mark = [_word(card)] if _word(card) else []
    return [
        pgettext("country", "State"),
        "ISO 3166-1 alpha-2",
        _("Regional group"),
        _("Standing"),
        _("Note sent"),
        _("Seen"),
        _("Started"),
        _("Answered"),
        _("Declined"),
        _("The State's words"),
        _("Notes verbales"),
        *mark,
    ]


def _cells(line: RegisterLine, *, card: RoundCard) -> list[Cell]:
    def day(at: datetime | None) -> str:
        # Of a round that is told, the report gives no day for each State.
        return str(timezone.localdate(at)) if at is not None and not card.is_told else ""

    cells: list[Cell] = [
        line.name,
        line.iso2,
        line.region_words,
        line.standing_words,
        day(line.sent_at),
        day(line.seen_at),
        day(line.started_at),
        day(line.answered_at),
        day(line.declined_at),
        line.declined_because,
        ", ".join(line.notes),
        *([_word(card)] if _word(card) else []),
    ]
    return [clean(cell) if isinstance(cell, str) else cell for cell in cells]


def _csv(register: Register, *, card: RoundCard, language: str, on: date) -> bytes:
    return write_csv(_headings(card), [_cells(line, card=card) for line in register.lines])


_WIDTHS = (34, 10, 28, 24, 12, 12, 12, 12, 12, 40, 26, 14)


def _xlsx(register: Register, *, card: RoundCard, language: str, on: date) -> bytes:
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # openpyxl types it as "maybe"; a new book has one
        sheet = book.create_sheet()
    sheet.title = sheet_name(_("Register"))
    headings = _headings(card)
    first = _preface(sheet, register, card=card)
    for place, heading in enumerate(headings, start=1):
        dress_head(put(sheet, first, place, heading))
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[place - 1]
    for line, each in enumerate(register.lines, start=first + 1):
        for place, cell in enumerate(_cells(each, card=card), start=1):
            dress_body(put(sheet, line, place, cell), is_marked=bool(_word(card)))
    sheet.freeze_panes = f"B{first + 1}"
    last = max(first + len(register.lines), first + 1)
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(headings))}{last}"
    sheet.sheet_view.rightToLeft = lang_dir(language) == "rtl"
    sheet.page_setup.orientation = "landscape"
    book.properties.title = clean(card.title)
    book.properties.creator = "Marsad"
    book.properties.created = moment(on)
    out = io.BytesIO()
    book.save(out)
    return steady_workbook(out.getvalue(), day=on)


def _preface(sheet: Worksheet, register: Register, *, card: RoundCard) -> int:
    """The title, the mark and the counts above the table; the line that its head stands on."""
    said = [card.title]
    if _mark(card):
        said.append(_mark(card))
    said += [f"{each.words}: {each.count}" for each in register.counts if each.count]
    for line, words in enumerate(said, start=1):
        put(sheet, line, 1, words)
    return len(said) + 2
