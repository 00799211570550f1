"""What is typed to ask the people of a body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.directory.types import Role


class SurveyForm(forms.Form):
    """A new survey."""

    body = forms.ChoiceField(label=_("Whose people are asked"))
    form_key = forms.ChoiceField(label=_("Questionnaire"))
    title_ar = forms.CharField(label=_("Title in Arabic"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    purpose = forms.CharField(
        label=_("What it is for"),
        help_text=_("Told to those who are asked, before they answer."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
        required=False,
    )
    open_to_roles = forms.MultipleChoiceField(
        label=_("Which of them"),
        help_text=_("Everybody in the body where none is chosen."),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("Answers are taken until midnight in Vienna; without a day, until you close."),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    once_each = forms.BooleanField(
        label=_("One answer from each person"), initial=True, required=False
    )
    shows_names = forms.BooleanField(
        label=_("Show me who answered"),
        help_text=_("Told to those who are asked. It cannot be changed afterwards."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        bodies: Sequence[tuple[str, str]],
        questionnaires: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("body", bodies), ("form_key", questionnaires)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class ReopenForm(forms.Form):
    """Until when answers are taken again."""

    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
