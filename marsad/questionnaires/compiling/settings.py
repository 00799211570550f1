"""The sheet settings: what the form is called, which version it is, which language comes first."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from marsad.questionnaires.checking.languages import code_of
from marsad.questionnaires.compiling.faults import SETTINGS, Fault
from marsad.questionnaires.compiling.spoken_words import languages_of
from marsad.questionnaires.compiling.workbook import Row, Sheet, Workbook, plain

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}")


@dataclass(kw_only=True)
class Settings:
    """What the sheet says, with what had to be supplied."""

    form_id: str = ""
    version: str = ""
    title: str = ""
    #: Title by language code, where columns such as `form_title::English (en)` give it.
    titles: dict[str, str] = field(default_factory=dict)
    #: As the columns name it; empty where no column names a language.
    default_language: str = ""
    faults: list[Fault] = field(default_factory=list)


def read_settings(book: Workbook, data: bytes) -> Settings:
    """The settings of a workbook, with their faults."""
    sheet = book.sheets.get(SETTINGS) or Sheet(name=SETTINGS)
    row = sheet.rows[0] if sheet.rows else Row(number=2, cells={})
    found = Settings(
        form_id=sheet.value(row, "form_id", "id_string", "set_form_id"),
        version=sheet.value(row, "version"),
        title=sheet.value(row, "form_title", "title", "set_form_title"),
        default_language=sheet.value(row, "default_language"),
    )
    found.faults += _check_id(found, sheet, row)
    found.faults += _check_version(found, sheet, row, data)
    found.faults += _check_title(found, sheet, row)
    found.faults += _check_default(found, sheet, row, book)
    if sheet.value(row, "public_key") or sheet.value(row, "submission_url"):
        column = sheet.heading("public_key", "submission_url")
        found.faults.append(sheet.fault("settings.encrypted", row=row, column=column))
    return found


def _check_id(found: Settings, sheet: Sheet, row: Row) -> Iterator[Fault]:
    column = sheet.heading("form_id", "id_string", "set_form_id")
    if not found.form_id:
        yield sheet.fault("settings.no-id", row=row, column=column)
    elif not _ID.fullmatch(found.form_id):
        yield sheet.fault("settings.bad-id", row=row, column=column, given=found.form_id[:60])


def _check_version(found: Settings, sheet: Sheet, row: Row, data: bytes) -> Iterator[Fault]:
    column = sheet.heading("version")
    if not found.version:
        # The same workbook is the same version, whoever compiles it.
        found.version = f"v-{hashlib.sha256(data).hexdigest()[:10]}"
        yield sheet.fault("settings.no-version", row=row, column=column, version=found.version)
    elif not _VERSION.fullmatch(found.version):
        yield sheet.fault("settings.bad-version", row=row, column=column, given=found.version[:60])


def _check_title(found: Settings, sheet: Sheet, row: Row) -> Iterator[Fault]:
    if not found.title:
        found.title = found.form_id
        yield sheet.fault("settings.no-title", row=row, column=sheet.heading("form_title"))
    for heading in sheet.headings:
        name, _colons, language = heading.replace("::", ":").partition(":")
        # `heading::English` too: pyxform breaks on a title in several languages, and ignores this.
        named = ("form_title", "title", "heading")
        if language and plain(name) in named and row.cells.get(heading):
            found.titles[code_of(language)] = row.cells[heading]


def _check_default(found: Settings, sheet: Sheet, row: Row, book: Workbook) -> Iterator[Fault]:
    languages = languages_of(book.sheet("survey"), book.sheet("choices"))
    column = sheet.heading("default_language")
    if found.default_language and languages and found.default_language not in languages:
        # Columns without a language are then in the default one.
        if not _has_unnamed(book.sheet("survey")):
            yield sheet.fault(
                "settings.default-language-unknown",
                row=row,
                column=column,
                given=found.default_language[:60],
                like=languages[0],
            )
    elif languages and not found.default_language:
        arabic = [language for language in languages if code_of(language) == "ar"]
        found.default_language = (arabic or languages)[0]
        if len(languages) > 1:
            yield sheet.fault(
                "settings.no-default-language",
                row=row,
                column=column,
                chosen=found.default_language,
            )


def _has_unnamed(sheet: Sheet) -> bool:
    return bool(sheet.heading("label", "hint"))
