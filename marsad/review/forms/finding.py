"""What is typed to write a finding, and to propose, verify or decline a good practice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.problems import Problem
from marsad.review.words import Effect, FindingKind


def _text(label: Any, *, language: str, rows: int = 4, hint: Any = "") -> forms.CharField:
    direction = "rtl" if language == "ar" else "ltr"
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows, "dir": direction, "lang": language}),
    )


def _line(label: Any, *, language: str) -> forms.CharField:
    direction = "rtl" if language == "ar" else "ltr"
    return forms.CharField(
        label=label,
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": direction, "lang": language}),
    )


class FindingForm(forms.Form):
    """A finding in words, with places for its figures."""

    kind = forms.ChoiceField(label=_("What it is"), choices=FindingKind.choices)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    words_ar = _text(_("In Arabic"), language="ar")
    words_en = _text(_("In English"), language="en")
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, themes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "theme", themes)

    def words(self) -> dict[str, str]:
        """By language code."""
        return {
            code: self.cleaned_data[f"words_{code}"]
            for code in ("ar", "en")
            if self.cleaned_data[f"words_{code}"].strip()
        }

    def tell(self, problem: Problem) -> None:
        """Say what is wrong at the words it is wrong in; at the first where that is not known."""
        place = str(problem.details.get("place", ""))
        wrong = [code for code in ("ar", "en") if place and place in self.data[f"words_{code}"]]
        self.add_error(f"words_{(wrong or ['ar'])[0]}", str(problem))


class PracticeForm(forms.Form):
    """A good practice as an analyst proposes it, and as its State corrects it."""

    title_ar = _line(_("Title in Arabic"), language="ar")
    title_en = _line(_("Title in English"), language="en")
    text_ar = _text(_("What is done, in Arabic"), language="ar")
    text_en = _text(_("What is done, in English"), language="en")
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    effect = forms.ChoiceField(
        label=_("Evidence of effect"),
        help_text=_("Most practices come without any. Say what there is, and no more."),
        choices=Effect.choices,
        widget=forms.RadioSelect,
    )
    evidence_ar = _text(_("What shows the effect, in Arabic"), language="ar", rows=2)
    evidence_en = _text(_("What shows the effect, in English"), language="en", rows=2)

    def __init__(self, *args: Any, themes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "theme", themes)

    def in_languages(self, name: str) -> dict[str, str]:
        """`title`, `text` or `evidence`, by language code."""
        return {
            code: self.cleaned_data[f"{name}_{code}"].strip()
            for code in ("ar", "en")
            if self.cleaned_data[f"{name}_{code}"].strip()
        }


class DeclineForm(forms.Form):
    """Why a State does not want a practice published."""

    reason = forms.CharField(
        label=_("Why it is not to be published"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("No theme")), *choices]
