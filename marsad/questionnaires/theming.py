"""What themes are called. The list is the library's, which this room does not read: config says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import get_language

#: The names of all themes in a language, by code.
Names = Callable[[str], Mapping[str, str]]

_names: Names | None = None


def name_themes_with(names: Names) -> None:
    """Ask `names` from now on (`config/apps.py` does this)."""
    global _names
    _names = names


def theme_names() -> Mapping[str, str]:
    """The names of all themes in the reader's language, by code; one it lacks keeps its code."""
    return _names((get_language() or "ar").split("-")[0]) if _names else {}
