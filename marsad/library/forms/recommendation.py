"""What people type about recommendations and themes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import for_reader
from marsad.library.queries.recommendation import Choices
from marsad.library.types import ThemeLabel
from marsad.library.words import instrument_code

GROUPINGS = [("", _("One list")), ("theme", _("By theme")), ("meeting", _("By meeting"))]


class ChoiceForm(forms.Form):
    """What narrows the index of recommendations; offers only what occurs, with its count."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    addressee = forms.ChoiceField(label=_("Addressee"), required=False)
    strength = forms.ChoiceField(label=_("Strength"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    body = forms.ChoiceField(label=_("Body"), required=False)
    provision = forms.ChoiceField(label=_("Provision"), required=False)
    document = forms.CharField(required=False, widget=forms.HiddenInput)
    group_by = forms.ChoiceField(label=_("Arrange"), required=False, choices=GROUPINGS)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "theme": choices.themes,
            "addressee": choices.addressees,
            "strength": choices.strengths,
            "year": choices.years,
            "body": choices.bodies,
            "provision": choices.provisions,
        }
        for name, values in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *self._counted(values)]

    @staticmethod
    def _counted(values: Sequence[tuple[str, str, int]]) -> list[tuple[str, str]]:
        reader = for_reader()
        return [
            (value, f"{reader.text(label)} ({reader.number(count)})")
            for value, label, count in values
        ]


class ThemesForm(forms.Form):
    """Under which themes a recommendation stands."""

    themes = forms.MultipleChoiceField(
        label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, themes: Sequence[ThemeLabel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["themes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(theme.code, theme.label) for theme in themes]


class ThemeForm(forms.Form):
    """One theme of the published list."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Latin letters and dashes; it never changes.")
    )
    label_ar = forms.CharField(label=_("Name in Arabic"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=200)
    label_fr = forms.CharField(label=_("Name in French"), max_length=200, required=False)
    keywords_ar = forms.CharField(
        label=_("Words that suggest it, in Arabic"),
        help_text=_("One word or phrase on a line; * stands for any ending."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "rtl", "lang": "ar"}),
        required=False,
    )
    keywords_en = forms.CharField(
        label=_("Words that suggest it, in English"),
        help_text=_("One word or phrase on a line; * stands for any ending."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "ltr", "lang": "en"}),
        required=False,
    )
    provisions = forms.CharField(
        label=_("Provisions it serves"),
        help_text=_(
            "One on a line: instrument, comma, article. For example: "
            "Trafficking in Persons Protocol, 9"
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
    )

    def clean_keywords_ar(self) -> list[str]:
        return _lines(self.cleaned_data["keywords_ar"])

    def clean_keywords_en(self) -> list[str]:
        return _lines(self.cleaned_data["keywords_en"])

    def clean_provisions(self) -> list[dict[str, str]]:
        return [self._provision(line) for line in _lines(self.cleaned_data["provisions"])]

    @staticmethod
    def _provision(line: str) -> dict[str, str]:
        parts = [part.strip() for part in re.split("[,،]", line)]
        if len(parts) != 2 or not all(parts):
            raise forms.ValidationError(
                _("“%(line)s” is not an instrument, a comma and an article."),
                params={"line": line},
            )
        return {"instrument": instrument_code(parts[0]), "article": parts[1]}


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]
