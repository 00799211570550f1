"""A version to take away: XLSForm as it came, XForm, JSON, or PDF for printing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from marsad.directory.types import Reader
from marsad.questionnaires import problems
from marsad.questionnaires.exports import printed
from marsad.questionnaires.queries import questionnaire as queries

#: By their names in addresses, and what to call them over HTTP.
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "pdf": "application/pdf",
    "xml": "text/xml; charset=utf-8",
}
#: What readers call each.
NAMES = {"xlsx": "XLSForm (Excel)", "json": "JSON", "pdf": "PDF", "xml": "XForm (XML)"}


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A finished file."""

    data: bytes
    media_type: str
    #: ASCII letters, digits, hyphens and dots.
    file_name: str


def form_file(*, reader: Reader, key: str, format: str, language: str) -> Exported:  # noqa: A002
    """A version in one of the formats.

    :param language: which the PDF is printed in, where the form has it.
    :raises UnknownFormat, NoSuchVersion, NoArabicFont:
    """
    if format not in FORMATS:
        raise problems.UnknownFormat(given=format, choices=", ".join(FORMATS))
    card = queries.version(reader=reader, key=key, language=language)
    if format == "xlsx":
        data = queries.workbook(reader=reader, key=key)[0]
    elif format == "xml":
        data = queries.form(reader=reader, key=key).xform
    elif format == "json":
        data = _as_json(reader=reader, key=key)
    else:
        chosen = _language(card.languages, language)
        data = printed.write(
            card=card,
            tree=queries.tree(reader=reader, key=key),
            lists=queries.choice_lists(reader=reader, key=key),
            language=chosen,
        )
        return _named(card.form_id, f"{card.version}-{chosen}", format, data)
    return _named(card.form_id, card.version, format, data)


def _language(languages: object, wanted: str) -> str:
    known = [str(code) for code in languages]  # type: ignore[attr-defined]
    return wanted if wanted in known or not known else known[0]


def _named(form_id: str, version: str, format: str, data: bytes) -> Exported:  # noqa: A002
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{form_id}-{version}").strip("-.") or "form"
    return Exported(data=data, media_type=FORMATS[format], file_name=f"{stem}.{format}")


def _as_json(*, reader: Reader, key: str) -> bytes:
    card = queries.version(reader=reader, key=key, language="")
    whole = {
        **queries.tree(reader=reader, key=key),
        "titles": queries.form(reader=reader, key=key).titles,
        "state": card.state.value,
        "published_at": card.published_at.isoformat() if card.published_at else None,
        "choice_lists": queries.choice_lists(reader=reader, key=key),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()
