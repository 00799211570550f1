"""What is typed to prepare a round, to invite, and to write on its register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marsad.directory.types import UnGroup
from marsad.review.words import Standing

_DAY = {"type": "date"}


class RoundForm(forms.Form):
    """A round that is prepared."""

    title_ar = forms.CharField(label=_("Title in Arabic"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the notes verbales"),
        help_text=_("Each State is sent one note in each. It may reply in Arabic or in English."),
        choices=[("ar", _("Arabic")), ("en", _("English"))],
        widget=forms.CheckboxSelectMultiple,
        initial=["ar", "en"],
    )
    form_key = forms.ChoiceField(label=_("Questionnaire"))
    mandate_ar = forms.CharField(
        label=_("Mandate, in Arabic"),
        help_text=_("The decision or resolution, as a note verbale names it."),
        max_length=1000,
        required=False,
    )
    mandate_en = forms.CharField(label=_("Mandate, in English"), max_length=1000, required=False)
    mandate_document = forms.ChoiceField(label=_("The decision in the library"), required=False)
    mandate_anchor = forms.CharField(
        label=_("Passage of it"),
        help_text=_("As the address of the passage ends: para-13."),
        max_length=60,
        required=False,
    )
    due_on = forms.DateField(
        label=_("Deadline"),
        help_text=_("Days last until midnight in Vienna."),
        widget=forms.DateInput(attrs=_DAY),
    )
    second_due_on = forms.DateField(
        label=_("Deadline of the second note"),
        help_text=_("For those who have not answered by the first. It can be given later."),
        widget=forms.DateInput(attrs=_DAY),
        required=False,
    )
    cut_off_on = forms.DateField(
        label=_("Last day for late replies"),
        help_text=_("Replies after the deadline are taken until then and marked late."),
        widget=forms.DateInput(attrs=_DAY),
        required=False,
    )
    is_invented = forms.BooleanField(
        label=_("A demonstration among invented States"),
        help_text=_("It can invite invented States only. It cannot be changed afterwards."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        questionnaires: Sequence[tuple[str, str]],
        papers: Sequence[tuple[str, str]],
        offers_invented: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["form_key"], questionnaires)
        _choose(self.fields["mandate_document"], [("", _("none")), *papers])
        if not offers_invented:
            del self.fields["is_invented"]

    def typed(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        return {
            "titles": {"ar": given["title_ar"], "en": given["title_en"]},
            "mandate": {"ar": given["mandate_ar"], "en": given["mandate_en"]},
            "form_key": given["form_key"],
            "languages": given["languages"],
            "due_on": given["due_on"],
            "second_due_on": given["second_due_on"],
            "cut_off_on": given["cut_off_on"],
            "mandate_document": given["mandate_document"],
            "mandate_anchor": given["mandate_anchor"],
        }


class DayForm(forms.Form):
    """A new deadline, or a new last day."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=_DAY))


class LastDayForm(forms.Form):
    """A new last day for late replies, where the old one is over."""

    cut_off_on = forms.DateField(
        label=_("Last day for late replies"), widget=forms.DateInput(attrs=_DAY), required=False
    )


class AnalystForm(forms.Form):
    """Who analyses a round."""

    person = forms.ChoiceField(label=_("Analyst"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["person"], people)


class RegisterForm(forms.Form):
    """What one sees of the register."""

    words = forms.CharField(label=_("Name of the State"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing"),
        choices=[("", pgettext_lazy("filter", "all")), *Standing.choices],
        required=False,
    )
    region = forms.ChoiceField(
        label=_("Regional group"),
        choices=[("", pgettext_lazy("filter", "all")), *UnGroup.choices],
        required=False,
    )


class DeclineForm(forms.Form):
    """A State will not answer."""

    because = forms.CharField(
        label=_("The State's words"),
        help_text=_("As its note verbale gives them. Seen by the Secretariat and the State."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=5000,
        required=False,
    )


class TellForm(forms.Form):
    """The report that a round is taken from."""

    document = forms.ChoiceField(label=_("Report"))

    def __init__(self, *args: Any, papers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["document"], papers)


def _choose(field: forms.Field, choices: Sequence[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
