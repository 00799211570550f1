"""A workbook made into a form: our own checks first, then pyxform, then a look at what came out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from marsad.questionnaires.checking.errors import UnreadableForm
from marsad.questionnaires.checking.form import MARSAD, Choice, Field, Form
from marsad.questionnaires.compiling import foreign, own_columns, tree
from marsad.questionnaires.compiling.faults import (
    CHOICES,
    SETTINGS,
    SURVEY,
    BrokenForm,
    Fault,
)
from marsad.questionnaires.compiling.headings import check_headings
from marsad.questionnaires.compiling.offers import check_choices
from marsad.questionnaires.compiling.rows import Survey, like, read_rows
from marsad.questionnaires.compiling.rules import check_rules
from marsad.questionnaires.compiling.settings import Settings, read_settings
from marsad.questionnaires.compiling.spoken_words import TRANSLATED, check_words, split
from marsad.questionnaires.compiling.workbook import Sheet, Workbook, plain, read

#: More faults than this help nobody; the rest shows once these are mended.
MOST_FAULTS = 500


@dataclass(frozen=True, kw_only=True)
class Found:
    """One question of a compiled form."""

    path: str
    name: str
    kind: str
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    #: Name of the list of choices, a key of `Compiled.choice_lists`; empty where nothing is chosen.
    choice_list: str
    is_required: bool
    #: Path of the repeat it stands in; empty where it is asked once.
    repeat: str
    serves: own_columns.Serves


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """A form, ready to be served."""

    form_id: str
    version: str
    #: By language code; every language of the form that has a title, the default at least.
    titles: Mapping[str, str]
    #: Codes, the default first.
    languages: Sequence[str]
    xform: bytes
    #: MD5 of the XForm, lower-case hexadecimal.
    md5: str
    #: See `tree.tree_of`.
    tree: Mapping[str, Any]
    #: What can have an answer, in order.
    questions: Sequence[Found]
    choice_lists: Mapping[str, Sequence[Choice]]
    #: Names of the files that must go with the form.
    media: Sequence[str]
    warnings: Sequence[Fault] = field(default_factory=list)


def compile_form(data: bytes, *, name: str = "form.xlsx") -> Compiled:
    """Make a form of a workbook.

    :param name: of the file, for the sentence where it cannot be made.
    :raises BrokenForm: with every fault that was found.
    """
    book = read(data)
    settings, faults = _check(book, data)
    if any(not fault.is_warning for fault in faults):
        raise BrokenForm(name=name, faults=_in_order(faults))
    xform, more = _convert(book, settings, name=name, faults=faults)
    form = _look(xform, name=name, faults=faults)
    return _compiled(form, xform, settings, warnings=_in_order([*faults, *more]))


def faults_of(data: bytes) -> Sequence[Fault]:
    """Every fault and warning of a workbook, without a form being made where none can be."""
    try:
        return compile_form(data).warnings
    except BrokenForm as broken:
        return broken.faults


# ── before ───────────────────────────────────────────────────────────────────────────────────────
def _check(book: Workbook, data: bytes) -> tuple[Settings, list[Fault]]:
    faults = list(book.faults)
    settings = Settings()
    if not book.sheets and faults:
        return settings, faults
    if SURVEY not in book.sheets:
        others = ", ".join(f"“{name}”" for name in book.names[:6]) or like(SURVEY, [])
        return settings, [Fault(code="sheet.missing", details={"name": SURVEY, "found": others})]
    survey = read_rows(book.sheets[SURVEY])
    settings = read_settings(book, data)
    faults += check_headings(book)
    faults += _check_survey(survey)
    faults += survey.faults
    faults += check_rules(survey)
    faults += check_choices(survey, book.sheet(CHOICES))
    faults += check_words(survey, book.sheet(CHOICES), default=settings.default_language)
    faults += _check_own(survey)
    faults += settings.faults
    return settings, faults


def _check_survey(survey: Survey) -> Iterator[Fault]:
    sheet = survey.sheet
    for name in ("type", "name"):
        if not sheet.heading(name, {"type": "command", "name": "tag"}[name]):
            yield sheet.fault("header.missing", name=name)
    if not sheet.rows:
        yield sheet.fault("sheet.empty", name=sheet.name)


def _check_own(survey: Survey) -> Iterator[Fault]:
    """Our own columns."""
    sheet = survey.sheet
    columns = {
        own: sheet.heading(f"bind::{own_columns.PREFIX}:{own}") for own in own_columns.COLUMNS
    }
    for asked in survey.every:
        said = {own: asked.row.cells.get(column, "") for own, column in columns.items() if column}
        for own, text in said.items():
            code = _wrong(own, text)
            if code:
                yield sheet.fault(code, row=asked.row, column=columns[own], given=text[:60])


def _wrong(own: str, text: str) -> str:
    if own == "provision":
        return "" if own_columns.provisions(text) is not None else "provision.unreadable"
    if own == "obligation":
        return "" if own_columns.obligation(text) is not None else "obligation.unknown"
    found = own_columns.codes(text)
    wrong = found is None or (own == "concept" and len(found) > 1)
    return "code.unreadable" if wrong else ""


def _in_order(faults: Sequence[Fault]) -> list[Fault]:
    """Faults before warnings; then as they stand in the workbook."""
    sheets = {"": 0, SETTINGS: 1, SURVEY: 2, CHOICES: 3}
    ordered = sorted(
        faults,
        key=lambda fault: (
            fault.is_warning,
            sheets.get(fault.sheet.casefold(), 4),
            fault.row or 0,
        ),
    )
    return ordered[:MOST_FAULTS]


# ── pyxform ──────────────────────────────────────────────────────────────────────────────────────
def _convert(
    book: Workbook, settings: Settings, *, name: str, faults: list[Fault]
) -> tuple[bytes, list[Fault]]:
    notes: list[str] = []
    try:
        made = convert(_for_pyxform(book, settings), warnings=notes)
    except PyXFormError as error:
        fault = foreign.fault_of(error, book)
        raise BrokenForm(name=name, faults=_in_order([fault, *faults])) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        broke = Fault(code="compiler.broke", details={"reason": reason})
        raise BrokenForm(name=name, faults=_in_order([broke, *faults])) from error
    return made.xform.encode(), foreign.warnings_of(notes, book)


def _for_pyxform(book: Workbook, settings: Settings) -> dict[str, Any]:
    """The sheets as pyxform takes them, with what had to be supplied."""
    given: dict[str, Any] = {"sheet_names": list(book.names)}
    for name, sheet in book.sheets.items():
        if name != SETTINGS:
            # Empty rows stay, so that pyxform counts as the spreadsheet does.
            named = _named_columns(sheet, settings)
            given[name] = [
                {named.get(heading, heading): text for heading, text in row.cells.items()}
                for row in sheet.rows
            ]
            given[f"{name}_header"] = [
                dict.fromkeys(named.get(heading, heading) for heading in sheet.headings)
            ]
    sheet = book.sheet(SETTINGS)
    cells = dict(sheet.rows[0].cells) if sheet.rows else {}
    kept = {
        heading: text
        for heading, text in cells.items()
        if "::" not in heading
        and plain(heading)
        not in ("form_id", "id_string", "set_form_id", "version", "form_title", "title",
                "set_form_title", "default_language", "namespaces")
    }  # fmt: skip
    given[SETTINGS] = [
        {
            **kept,
            "form_id": settings.form_id,
            "form_title": settings.title,
            "version": settings.version,
            "namespaces": _namespaces(
                sheet.value(sheet.rows[0], "namespaces") if sheet.rows else ""
            ),
            **(
                {"default_language": settings.default_language} if settings.default_language else {}
            ),
        }
    ]
    given[f"{SETTINGS}_header"] = [dict.fromkeys(given[SETTINGS][0])]
    return given


def _named_columns(sheet: Sheet, settings: Settings) -> dict[str, str]:
    """Columns of words without a language are in the default one, and say so in the form."""
    if not settings.default_language:
        return {}
    spoken = {split(heading) for heading in sheet.headings}
    return {
        heading: f"{heading}::{settings.default_language}"
        for heading in sheet.headings
        if split(heading)[0] in TRANSLATED
        and not split(heading)[1]
        and (split(heading)[0], settings.default_language) not in spoken
    }


def _namespaces(written: str) -> str:
    """What the author declared, and ours as we read it back."""
    others = [part for part in written.split() if not part.startswith(f"{own_columns.PREFIX}=")]
    return " ".join([*others, f'{own_columns.PREFIX}="{MARSAD}"'])


# ── after ────────────────────────────────────────────────────────────────────────────────────────
def _look(xform: bytes, *, name: str, faults: list[Fault]) -> Form:
    try:
        return Form(xform)
    except UnreadableForm as error:
        broke = Fault(code="compiler.broke", details={"reason": str(error.details["reason"])})
        raise BrokenForm(name=name, faults=[broke, *faults]) from error


def _compiled(
    form: Form, xform: bytes, settings: Settings, *, warnings: Sequence[Fault]
) -> Compiled:
    lists: dict[str, Sequence[Choice]] = {}
    questions = [_found(place, lists) for place in form.questions()]
    titles = {form.languages[0]: settings.title, **settings.titles}
    return Compiled(
        form_id=form.id,
        version=form.version,
        titles=titles,
        languages=list(form.languages),
        xform=xform,
        md5=hashlib.md5(xform, usedforsecurity=False).hexdigest(),
        tree=tree.tree_of(form),
        questions=questions,
        choice_lists=lists,
        media=form.needs,
        warnings=warnings,
    )


def _found(place: Field, lists: dict[str, Sequence[Choice]]) -> Found:
    listed = ""
    if place.choices is not None:
        # Choices of a question's own are a list of its own.
        listed = place.choices.list_name or place.path
        lists.setdefault(listed, tuple(place.choices.items))
    return Found(
        path=place.path,
        name=place.name,
        kind=place.kind,
        labels=dict(place.labels),
        hints=dict(place.hints),
        choice_list=listed,
        is_required="required" in place.rules,
        repeat=place.repeat_path,
        serves=own_columns.serves(place.extras),
    )
