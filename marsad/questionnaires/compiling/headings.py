"""Headings of the sheets: which no form knows, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import process

from marsad.questionnaires.compiling.faults import SETTINGS, SURVEY, Fault
from marsad.questionnaires.compiling.spoken_words import split
from marsad.questionnaires.compiling.workbook import Sheet, Workbook, plain

_SURVEY = frozenset(
    {
        "type", "command", "name", "tag", "value", "label", "hint", "guidance_hint",
        "constraint_message", "required_message", "constraining_message", "required", "relevant",
        "relevance", "constraint", "calculation", "calculate", "default", "appearance",
        "read_only", "readonly", "choice_filter", "repeat_count", "jr:count", "parameters",
        "trigger", "media", "image", "audio", "video", "big-image", "disabled", "note", "comment",
        "comments", "notes", "save_to", "intent", "bind", "body", "instance", "control",
        "autoplay", "noapperrorstring", "no_app_error_string", "query",
    }
)  # fmt: skip
_SETTINGS = frozenset(
    {
        "form_id", "id_string", "form_title", "title", "version", "default_language",
        "instance_name", "style", "namespaces", "public_key", "submission_url", "auto_send",
        "auto_delete", "allow_choice_duplicates", "name", "clean_text_values", "client_editable",
        "sms_keyword", "set_form_id", "set_form_title", "prefix", "delimiter", "attribute",
        "omit_instanceid",
    }
)  # fmt: skip
#: Columns of any name may stand on the sheet choices: filters look them up.
_KNOWN = {SURVEY: _SURVEY, SETTINGS: _SETTINGS}


def check_headings(book: Workbook) -> Iterator[Fault]:
    """Headings that look like a slip of the pen."""
    for name, known in _KNOWN.items():
        sheet = book.sheets.get(name)
        if sheet is not None:
            yield from _check(sheet, known)


def _check(sheet: Sheet, known: frozenset[str]) -> Iterator[Fault]:
    for heading in sheet.headings:
        column = split(heading)[0]
        if column in known or plain(heading).startswith(("bind:", "body:", "instance:", "sms_")):
            continue
        closest = process.extractOne(column, known, score_cutoff=70)
        if closest is not None:
            yield sheet.fault("header.unknown", column=heading, name=heading[:60], like=closest[0])
