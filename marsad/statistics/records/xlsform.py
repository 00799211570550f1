"""The code lists as a form (XLSForm): filled in where there is no network, and brought in as CSV.

The form asks for nothing that tells who somebody is: a code that the body itself gives stands for
the person, and an age, not a date of birth.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from openpyxl import Workbook

from marsad.statistics.records.codebook import KEYS, Codebook, Variable

AR, EN = "العربية (ar)", "English (en)"
#: What a record of each kind is called.
KIND_LABELS: Mapping[str, tuple[str, str]] = {
    "event": ("Event", "واقعة"),
    "victim": ("Victim", "ضحية"),
    "perpetrator": ("Perpetrator", "مرتكب جريمة"),
    "entity": ("Reporting entity", "جهة مبلغة"),
}
_HINTS: Mapping[str, tuple[str, str]] = {
    "id": (
        "A code that your body gives. No name, and no number of a paper.",
        "رمز تضعه جهتكم. لا اسم ولا رقم وثيقة.",
    ),
    "month": ("Year and month, such as 2024-05.", "السنة والشهر، مثل 2024-05."),
    "country": ("ISO code of three letters, such as EGY.", "رمز ISO من ثلاثة أحرف، مثل EGY."),
    "countries": (
        "ISO codes of three letters, with spaces between.",
        "رموز ISO من ثلاثة أحرف، بينها مسافات.",
    ),
    "languages": (
        "ISO 639 codes, with spaces between, such as ar en.",
        "رموز ISO 639 بينها مسافات، مثل ar en.",
    ),
    "reference": ("The number of the article alone.", "رقم المادة وحده."),
}
_ASKED = {
    "id": "text",
    "year": "integer",
    "month": "text",
    "country": "text",
    "countries": "text",
    "languages": "text",
    "number": "integer",
    "reference": "text",
}
_RULES: Mapping[str, str] = {
    "id": "regex(., '^[A-Za-z0-9._-]{1,40}$')",
    "year": ". >= 1990 and . <= 2100",
    "month": "regex(., '^[0-9]{4}-[0-9]{2}$')",
    "country": "regex(., '^[A-Z]{3}$')",
    "countries": "regex(., '^[A-Z]{3}( [A-Z]{3})*$')",
    "languages": "regex(., '^[a-z]{2,3}( [a-z]{2,3})*$')",
    "number": ". >= 0 and . <= 999",
}
_NOT_SO = ("Write it as the hint says.", "اكتبه كما يقول الإرشاد.")

Row = Mapping[str, str]


def sheets(book: Codebook, *, kind: str) -> Mapping[str, Sequence[Row]]:
    """The rows of the three sheets of a form for one kind of record."""
    variables = book.of_kind(kind)
    en, ar = KIND_LABELS[kind]
    title = (f"Record: {en} ({book.version})", f"سجل: {ar} ({book.version})")
    return {
        "survey": [_question(each, kind=kind) for each in variables],
        "choices": list(_choices(book, variables)),
        "settings": [
            {
                "form_id": f"records_{kind}",
                "form_title": title[1],
                f"form_title::{EN}": title[0],
                "version": book.version,
                "default_language": AR,
            }
        ],
    }


def workbook(book: Codebook, *, kind: str) -> bytes:
    """The form as a workbook."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets(book, kind=kind).items():
        sheet = made.create_sheet(name)
        sheet.freeze_panes = "A2"
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(heading) for heading in headings])
    made.properties.creator = "Marsad"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _question(variable: Variable, *, kind: str) -> Row:
    chosen = {"one": "select_one", "age": "select_one", "multi": "select_multiple"}
    asked = chosen.get(variable.type)
    row = {
        "type": f"{asked} {variable.list}" if asked else _ASKED[variable.type],
        "name": variable.name,
        f"label::{AR}": variable.ar,
        f"label::{EN}": variable.en,
        "required": "yes" if variable.name in (KEYS[kind], "year") else "",
    }
    if hint := _HINTS.get(variable.type):
        row |= {f"hint::{EN}": hint[0], f"hint::{AR}": hint[1]}
    if rule := _RULES.get(variable.type):
        row |= {
            "constraint": rule,
            f"constraint_message::{EN}": _NOT_SO[0],
            f"constraint_message::{AR}": _NOT_SO[1],
        }
    return row


def _choices(book: Codebook, variables: Sequence[Variable]) -> Iterator[Row]:
    wanted = {each.list for each in variables if each.list}
    for name, codes in book.lists.items():
        if name in wanted:
            for code in codes:
                yield {
                    "list_name": name,
                    "name": code.code,
                    f"label::{AR}": code.ar,
                    f"label::{EN}": code.en,
                }
