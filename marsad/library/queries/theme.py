"""The published list of themes, as the library keeps it."""

from __future__ import annotations

from marsad.library import problems
from marsad.library.models import Theme
from marsad.library.types import ThemeLabel
from marsad.undocs import themes as undocs_themes


def label(theme: Theme, *, language: str) -> str:
    """The theme's name in the reader's language, English where there is none."""
    return str(getattr(theme, f"label_{language}", "") or theme.label_en)


def labels(*, language: str) -> list[ThemeLabel]:
    """The whole list in its order."""
    return [
        ThemeLabel(code=theme.code, label=label(theme, language=language))
        for theme in Theme.objects.all()
    ]


def published(*, language: str) -> list[tuple[ThemeLabel, Theme]]:
    """The whole list in its order, each with its name in the reader's language."""
    return [
        (ThemeLabel(code=theme.code, label=label(theme, language=language)), theme)
        for theme in Theme.objects.all()
    ]


def theme(*, code: str) -> Theme:
    """:raises UnknownTheme: if the list has no such code."""
    found = Theme.objects.filter(code=code).first()
    if found is None:
        raise problems.UnknownTheme(theme=code)
    return found


def published_themes() -> list[undocs_themes.Theme]:
    """The list in the form the `undocs` engine classifies by."""
    return [
        undocs_themes.theme_from(
            {
                "code": theme.code,
                "labels": {"ar": theme.label_ar, "en": theme.label_en, "fr": theme.label_fr},
                "keywords": theme.keywords,
                "provisions": theme.provisions,
            }
        )
        for theme in Theme.objects.all()
    ]
