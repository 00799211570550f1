"""What people read: is it there, in every language, and nothing but words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marsad.questionnaires.checking.languages import code_of, is_named
from marsad.questionnaires.compiling.faults import Fault
from marsad.questionnaires.compiling.rows import Survey
from marsad.questionnaires.compiling.workbook import Row, Sheet, plain

#: What people read, by the beginning of its heading.
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
#: Scripts, pages inside pages, and words that run something when they are touched.
_SCRIPT = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|svg|math|link|meta|base|form|input|img|video|audio"
    r"|style)\b|\bon[a-z]{3,}\s*=|(?:javascript|vbscript)\s*:\s*\S|data\s*:\s*(?:text|image|application)/",
    re.IGNORECASE,
)
#: The same faults in hundreds of rows say no more than in a few.
_ENOUGH = 50


def languages_of(*sheets: Sheet) -> list[str]:
    """Names of the languages that the columns are in, as they are written, in order."""
    found: dict[str, None] = {}
    for sheet in sheets:
        for heading in sheet.headings:
            column, language = split(heading)
            if language and column in (*TRANSLATED, "media"):
                found.setdefault(language, None)
    return list(found)


def split(heading: str) -> tuple[str, str]:
    """What a column holds, and in which language: `("label", "English (en)")`."""
    first, _colons, language = heading.replace("::", ":").partition(":")
    return plain(first), language.strip()


def check_words(survey: Survey, choices: Sheet, *, default: str) -> Iterator[Fault]:
    """Every fault of what people read, on both sheets."""
    languages = languages_of(survey.sheet, choices)
    yield from _check_languages(survey.sheet, languages, default=default)
    yield from _check_labels(survey)
    for sheet in (survey.sheet, choices):
        yield from _check_columns(sheet, languages)
        yield from _check_scripts(sheet)


def _check_languages(sheet: Sheet, languages: list[str], *, default: str) -> Iterator[Fault]:
    for language in languages:
        if not is_named(language):
            column = next(head for head in sheet.headings or [""] if split(head)[1] == language)
            yield sheet.fault("language.unknown", column=column, given=language)
    if not languages and not default and sheet.heading("label"):
        column = sheet.heading("label")
        yield sheet.fault("language.unnamed", column=column, like="label::العربية (ar)")
        return
    codes = {code_of(language) for language in languages}
    if default and default != "default":
        codes.add(code_of(default))
    if sheet.rows and "ar" not in codes:
        yield sheet.fault("language.no-arabic", column=sheet.heading("label"))


def _check_labels(survey: Survey) -> Iterator[Fault]:
    sheet = survey.sheet
    labels = [heading for heading in sheet.headings if split(heading)[0] == "label"]
    shows = [
        heading
        for heading in sheet.headings
        if split(heading)[0] in ("hint", "image", "video", "audio", "media", "label")
    ]
    for asked in survey.every:
        if asked.needs_words and not any(asked.row.cells.get(heading) for heading in shows):
            yield sheet.fault(
                "label.missing",
                row=asked.row,
                column=labels[0] if labels else "",
                name=asked.name,
            )


def _check_columns(sheet: Sheet, languages: list[str]) -> Iterator[Fault]:
    """What stands in one language and not in another."""
    if len(languages) < 2:
        return
    by_column: dict[str, dict[str, str]] = {}
    for heading in sheet.headings:
        column, language = split(heading)
        if column in TRANSLATED:
            by_column.setdefault(column, {})[language] = heading
    for column, headings in by_column.items():
        if not any(row.cells.get(heading) for row in sheet.rows for heading in headings.values()):
            continue
        if "" in headings and len(headings) == 1:
            yield sheet.fault(
                "language.unnamed", column=headings[""], like=f"{column}::{languages[0]}"
            )
            continue
        for language in languages:
            if language not in headings:
                yield sheet.fault(
                    "label.language-absent",
                    column=next(iter(headings.values())),
                    language=language,
                    column_wanted=f"{column}::{language}",
                )
        yield from _gaps(sheet, headings)


def _gaps(sheet: Sheet, headings: dict[str, str]) -> Iterator[Fault]:
    told = 0
    for row in sheet.rows:
        if not any(row.cells.get(heading) for heading in headings.values()):
            continue
        for language, heading in headings.items():
            if language and not row.cells.get(heading):
                told += 1
                if told > _ENOUGH:
                    return
                yield sheet.fault(
                    "label.language-missing", row=row, column=heading, language=language
                )


def _check_scripts(sheet: Sheet) -> Iterator[Fault]:
    words = [heading for heading in sheet.headings if split(heading)[0] in TRANSLATED]
    for row in sheet.rows:
        for heading in words:
            fault = _script_in(sheet, row, heading)
            if fault is not None:
                yield fault


def _script_in(sheet: Sheet, row: Row, heading: str) -> Fault | None:
    text = row.cells.get(heading, "")
    found = _SCRIPT.search(text) if "<" in text or ":" in text or "=" in text else None
    if found is None:
        return None
    return sheet.fault("label.script", row=row, column=heading, found=found.group()[:40])
