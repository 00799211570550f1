"""What is typed and chosen while coding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, str]]


class ThemeForm(forms.Form):
    """The words of a theme, and what it belongs under."""

    label_ar = forms.CharField(
        label=_("Name in Arabic"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )
    label_en = forms.CharField(
        label=_("Name in English"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "lang": "en"}),
    )
    parent = forms.ChoiceField(label=_("Under"), required=False)

    def __init__(self, *args: Any, themes: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("A theme of its own")), *themes]

    def labels(self) -> dict[str, str]:
        """By language code."""
        typed = self.cleaned_data
        return {"ar": typed.get("label_ar", ""), "en": typed.get("label_en", "")}


class PassageForm(forms.Form):
    """A passage and its themes; without a passage, the whole answer."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    themes = forms.MultipleChoiceField(
        label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    was_suggested = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, themes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["themes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(themes)

    def passage(self, length: int) -> tuple[int, int]:
        """First character, and first after; all of the answer where nothing was marked."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        return (0, length) if start is None or end is None else (start, end)


class PairForm(forms.Form):
    """Two analysts whose coding is compared."""

    first = forms.ChoiceField(label=_("One analyst"))
    second = forms.ChoiceField(label=_("Another analyst"))

    def __init__(self, *args: Any, analysts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(analysts)
