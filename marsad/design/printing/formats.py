"""What an export can be."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Format(NamedTuple):
    """One kind of file."""

    #: What a reader calls it, in their language.
    label: _StrPromise
    #: What it is called over HTTP.
    media_type: str
    #: The end of its file name, without the dot.
    extension: str


_OFFICE = "application/vnd.openxmlformats-officedocument"

#: Code → what it is, in the order a page offers them.
FORMATS = MappingProxyType(
    {
        "docx": Format(_("Word"), f"{_OFFICE}.wordprocessingml.document", "docx"),
        "pdf": Format(_("PDF"), "application/pdf", "pdf"),
        "xlsx": Format(_("Excel"), f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
        "csv": Format(_("CSV"), "text/csv; charset=utf-8", "csv"),
        "json": Format(_("JSON"), "application/json", "json"),
        "text": Format(_("Plain text"), "text/plain; charset=utf-8", "txt"),
    }
)
