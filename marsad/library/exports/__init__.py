"""Writers: a compilation of recommendations, or a whole document, as a file to take away.

>>> from marsad.library import exports
>>> exports.compilation(chosen, format="docx").file_name  # doctest: +SKIP
'marsad-recommendations-2026-11-22-ar.docx'

Every file is in the reader's language, runs in its direction, marks samples as samples, says how it
was chosen, and is the same bytes for the same content and day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from marsad.design.formatting import Formatter, for_reader
from marsad.design.printing import tables
from marsad.design.printing.errors import NoArabicFont, NoChineseFont
from marsad.design.printing.formats import FORMATS, Format
from marsad.design.printing.made import Exported, file_stem
from marsad.library.exports import as_csv, as_docx, as_json, as_pdf, as_text, as_xlsx
from marsad.library.exports.errors import UnknownFormat
from marsad.library.exports.layout import lay_out
from marsad.library.exports.whole import lay_out_whole
from marsad.library.types import Compilation

#: Formats a whole document can be written in.
DOCUMENT_FORMATS = ("docx", "pdf", "text")


def compilation(compilation: Compilation, *, format: str) -> Exported:  # noqa: A002
    """Write a compilation as one of `FORMATS`.

    :raises UnknownFormat: if `format` is none of them.
    :raises NoArabicFont: if a PDF is asked for and nothing here can draw its Arabic.
    """
    kind = _format(format, among=FORMATS)
    with override(compilation.language):  # the reader's choice of digits stays as it is
        data = _compilation(compilation, format=format, formatter=for_reader())
    stem = f"marsad-recommendations-{compilation.made_on}-{compilation.language}"
    return Exported(data=data, media_type=kind.media_type, file_name=f"{stem}.{kind.extension}")


def document(
    structure: Mapping[str, Any],
    *,
    language: str,
    title: str,
    symbol: str | None,
    format: str = "docx",  # noqa: A002
    is_sample: bool = False,
    made_on: date | None = None,
) -> Exported:
    """Write one whole document, from the JSON of its structure, as `docx`, `pdf` or `text`.

    Labels are in the document's own language, whatever the reader's.

    :raises UnknownFormat: if `format` is none of the three.
    :raises NoArabicFont: if a PDF is asked for and nothing here can draw its Arabic.
    """
    kind = _format(format, among=DOCUMENT_FORMATS)
    with override(language):
        formatter = for_reader()
        whole = lay_out_whole(
            structure,
            language=language,
            title=title,
            symbol=symbol,
            is_sample=is_sample,
            formatter=formatter,
        )
        if format == "docx":
            data = as_docx.write_whole(whole, day=made_on)
        elif format == "pdf":
            data = as_pdf.write_whole(whole, day=made_on, formatter=formatter)
        else:
            data = as_text.write_whole(whole)
    stem = f"{file_stem(symbol or title)}-{language}"
    return Exported(data=data, media_type=kind.media_type, file_name=f"{stem}.{kind.extension}")


def table(*, name: str, headings: Sequence[str], rows: Iterable[Sequence[tables.Cell]]) -> Exported:
    """Write any table as CSV."""
    return Exported(
        data=tables.write_csv(headings, rows),
        media_type=FORMATS["csv"].media_type,
        file_name=f"marsad-{file_stem(name)}.csv",
    )


def _compilation(compilation: Compilation, *, format: str, formatter: Formatter) -> bytes:  # noqa: A002
    if format == "json":
        return as_json.write(compilation)
    if format == "csv":
        return as_csv.write(compilation, formatter=formatter)
    if format == "xlsx":
        return as_xlsx.write(compilation, formatter=formatter)
    layout = lay_out(compilation, formatter=formatter)
    if format == "docx":
        return as_docx.write(layout, day=compilation.made_on)
    if format == "pdf":
        return as_pdf.write(layout, day=compilation.made_on, formatter=formatter)
    return as_text.write(layout)


def _format(code: str, *, among: Iterable[str]) -> Format:
    if code not in among:
        raise UnknownFormat(format=code, formats=", ".join(among))
    return FORMATS[code]


__all__ = [
    "DOCUMENT_FORMATS",
    "FORMATS",
    "Exported",
    "Format",
    "NoArabicFont",
    "NoChineseFont",
    "UnknownFormat",
    "compilation",
    "document",
    "table",
]
