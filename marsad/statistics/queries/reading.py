"""Writing for whoever reads: their language, and their digits where they read in it already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import get_language

from marsad.design.formatting import Formatter, for_reader, reading_as


@contextmanager
def as_read(language: str) -> Iterator[Formatter]:
    """Write in a language: with the digits of the page that asks, if it is in that language."""
    same = (get_language() or "").startswith(language)
    with reading_as(language=language, digits=for_reader().digits if same else None) as formatter:
        yield formatter
