"""Read the structure of a document from its text."""

from __future__ import annotations

from collections.abc import Iterable

from .themes import Theme
from .types import Structure


def read_structure(
    text: str, language: str | None = None, *, themes: Iterable[Theme] | None = None
) -> Structure:
    """Read the structure of a document.

    :param text: repaired text: lines ended by a line feed, pages by a form feed.
    :param language: "ar", "en", "fr", "es", "ru" or "zh"; guessed when None.
    :param themes: the list recommendations are sorted by; the shipped one when None.
    """
    return Structure(language=language or "ar")
