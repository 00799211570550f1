"""What people type about documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import for_reader
from marsad.directory.types import Role
from marsad.library.words import Access

LANGUAGES = [
    ("", _("Let the text tell")),
    ("ar", "العربية"),
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("zh", "中文"),
]


def years_offered(years: Iterable[int]) -> list[tuple[str, str]]:
    """Years to choose from, each in the digits of the reader."""
    reader = for_reader()
    return [(str(year), reader.text(str(year))) for year in years]


class AccessForm(forms.Form):
    """Who may see a document."""

    access = forms.ChoiceField(
        label=_("Who may see it"), choices=Access.choices, widget=forms.RadioSelect
    )
    open_to_roles = forms.MultipleChoiceField(
        label=_("Roles that may read it"),
        help_text=_("Only for a restricted document. Everybody else will not know that it exists."),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class AddForm(AccessForm):
    """What is said of the files being added."""

    access = forms.ChoiceField(
        label=_("Who may see it"),
        choices=Access.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)

    def clean_access(self) -> str:
        return str(self.cleaned_data["access"] or Access.PUBLIC)


class JoinForm(forms.Form):
    """Which document this one is a copy of."""

    into = forms.CharField(
        label=_("Symbol or address of the other document"),
        max_length=300,
    )

    def clean_into(self) -> str:
        """Take a symbol, a key, or the whole address of the document's page."""
        typed = str(self.cleaned_data["into"]).strip().rstrip("/")
        if "/documents/" in typed:
            return typed.partition("/documents/")[2].partition("/")[0]
        return typed


class ShelfForm(forms.Form):
    """What narrows the list of documents."""

    words = forms.CharField(label=_("Title or symbol"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    body = forms.ChoiceField(label=_("Body"), required=False)

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(LANGUAGES)
        self._offer("language", [(code, names.get(code, code)) for code in choices["languages"]])
        self._offer("year", years_offered(choices["years"]))
        self._offer("body", [(body, body) for body in choices["bodies"]])

    def _offer(self, name: str, values: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *values]
