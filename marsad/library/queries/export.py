"""A document as a file to take away."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from marsad import undocs
from marsad.directory.types import Reader
from marsad.library import exports, problems
from marsad.library.models import Version
from marsad.library.queries.document import version_of

#: Code → extension and media type of the formats that the engine itself speaks.
ENGINE_FORMATS = {
    "json": ("json", "application/json"),
    "akn": ("xml", "application/akn+xml"),
}
DOCUMENT_FORMATS = ("docx", "pdf", "text", "json", "akn")


def document_file(
    *,
    reader: Reader,
    key: str,
    format: str,  # noqa: A002
    version: str = "",
    language: str = "",
) -> exports.Exported:
    """One version of a document as Word, PDF, plain text, JSON or Akoma Ntoso.

    :raises NoSuchDocument: if it is not open to the reader.
    :raises UnknownChoice: if there is no such format.
    """
    found = version_of(reader=reader, key=key, version=version, language=language)
    if format not in DOCUMENT_FORMATS:
        raise problems.UnknownChoice(
            given=format, what=_("format"), choices=", ".join(DOCUMENT_FORMATS)
        )
    if format in ENGINE_FORMATS:
        extension, media_type = ENGINE_FORMATS[format]
        return exports.Exported(
            data=_json(found) if format == "json" else _akn(found),
            media_type=media_type,
            file_name=f"{_stem(found)}.{extension}",
        )
    return exports.document(
        found.structure,
        language=found.language,
        title=found.title,
        symbol=found.document.symbol,
        format=format,
        is_sample=found.document.is_sample,
        made_on=found.document.document_date,
    )


def _json(version: Version) -> bytes:
    return json.dumps(version.structure, ensure_ascii=False, indent=1).encode()


def _akn(version: Version) -> bytes:
    """From the structure that is stored: what was read, or what Marsad wrote."""
    return bytes(undocs.to_akn(undocs.structure_from_json(version.structure)))


def _stem(version: Version) -> str:
    name = (version.document.symbol or version.document.key).replace("/", "-")
    return f"{name}-{version.language}"
