"""Workbooks made in a test, row by row."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

AR, EN = "label::العربية (ar)", "label::English (en)"
SETTINGS = {
    "form_id": "visits",
    "form_title": "زيارات التفتيش",
    "form_title::English (en)": "Inspection visits",
    "version": "1",
    "default_language": "العربية (ar)",
}
YES_NO = [
    {"list_name": "yes_no", "name": "yes", AR: "نعم", EN: "Yes"},
    {"list_name": "yes_no", "name": "no", AR: "لا", EN: "No"},
]

Row = Mapping[str, Any]


def workbook(
    survey: Sequence[Row] | None = None,
    choices: Sequence[Row] | None = None,
    settings: Mapping[str, Any] | None = None,
    **sheets: Sequence[Row],
) -> bytes:
    """An .xlsx with these rows; without a survey, a small form without any fault."""
    given: dict[str, Sequence[Row]] = {
        "survey": SMALL if survey is None else survey,
        "choices": YES_NO if choices is None else choices,
        "settings": [{**SETTINGS, **(settings or {})}],
        **sheets,
    }
    book = Workbook()
    book.remove(book.active)
    for name, rows in given.items():
        sheet = book.create_sheet(name)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(heading) for heading in headings])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ask(type_: str, name: str, ar: str = "سؤال", en: str = "Question", **more: Any) -> Row:
    """A row of the sheet survey."""
    return {"type": type_, "name": name, AR: ar, EN: en, **more}


#: Nothing is wrong with it.
SMALL = [
    ask("select_one yes_no", "visited", "هل زرتم المكان؟", "Did you visit the place?"),
    ask(
        "integer",
        "workers",
        "كم عاملا فيه؟",
        "How many workers are there?",
        relevant="${visited} = 'yes'",
        required="yes",
        **{
            "constraint": ". < 5000",
            "constraint_message::العربية (ar)": "العدد كبير",
            "constraint_message::English (en)": "Too many",
            "bind::marsad:provision": "TIP 9(1)(a); UNTOC 31",
            "bind::marsad:obligation": "mandatory",
            "bind::marsad:themes": "labour, prevention",
            "bind::marsad:concept": "inspection.workers",
        },
    ),
]


def filled(
    body: str, *, version: str = "1", form_id: str = "visits", uuid: str = "uuid:1"
) -> bytes:
    """A submission of the form."""
    return (
        f'<data id="{form_id}" version="{version}">{body}'
        f"<meta><instanceID>{uuid}</instanceID></meta></data>"
    ).encode()
