"""What people type about questionnaires."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import for_reader
from marsad.directory.types import Role
from marsad.questionnaires.queries.bank import Offered
from marsad.questionnaires.theming import theme_names
from marsad.questionnaires.words import Access, Obligation, provision_name

ACCEPT = ".xlsx"


class UploadForm(forms.Form):
    """A workbook, and whose questionnaire it is."""

    file = forms.FileField(
        label=_("XLSForm workbook"),
        help_text=_("An Excel file (.xlsx) with the sheets survey, choices and settings."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        allow_empty_file=True,
    )
    body = forms.TypedChoiceField(
        label=_("Whose it is"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, *args: Any, bodies: list[tuple[int, str]], may_leave_open: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.TypedChoiceField)
        nobody = [("", _("The Secretariat, for everybody"))] if may_leave_open else []
        field.choices = [*nobody, *((str(pk), name) for pk, name in bodies)]
        field.required = not may_leave_open


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class MediaForm(forms.Form):
    """Files that go with a form."""

    upload = forms.FileField(
        label=_("Files to add"),
        help_text=_("Pictures, sounds and lists (.csv) that the form names."),
        widget=_ManyFiles(attrs={"multiple": True}),
    )


class AccessForm(forms.Form):
    """Who may know of a questionnaire."""

    access = forms.ChoiceField(label=_("Open to"), choices=Access.choices, widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(
        label=_("Roles it is open to besides"),
        help_text=_("Only where it is restricted."),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class BankForm(forms.Form):
    """What is looked for in the bank; offers only what occurs."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    concept = forms.ChoiceField(label=_("Concept"), required=False)
    provision = forms.ChoiceField(label=_("Provision"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    obligation = forms.ChoiceField(
        label=_("Obligation"), required=False, choices=[("", _("All")), *Obligation.choices]
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("concept", [(code, code, count) for code, count in offered.concepts])
        names = theme_names()
        themes = [(code, names.get(code, code), count) for code, count in offered.themes]
        self._offer("theme", sorted(themes, key=lambda theme: theme[1]))
        self._offer(
            "provision",
            [(code, provision_words(code), count) for code, count in offered.provisions],
        )

    def _offer(self, name: str, values: list[tuple[str, str, int]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        number = for_reader().number
        counted = [(code, f"{label} ({number(count)})") for code, label, count in values]
        field.choices = [("", _("All")), *counted]


def provision_words(code: str) -> str:
    """`TIP 6` in the reader's words."""
    instrument, _space, article = code.partition(" ")
    return provision_name(instrument, article, "")
