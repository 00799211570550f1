"""What an estimate of a hidden population is made from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import for_reader
from marsad.estimation.lists import MOST_BYTES

METHODS = (
    (
        "stepwise",
        _("Stepwise: pairs of lists may lean on one another where the counts ask for it"),
    ),
    ("main", _("Lists alone: no list has anything to do with another")),
)
LEVELS = (("0.95", _("95 of 100")), ("0.8", _("80 of 100")), ("0.99", _("99 of 100")))


def _levels() -> list[tuple[str, str]]:
    """In the digits of whoever reads."""
    return [(code, for_reader().text(str(label))) for code, label in LEVELS]


class HiddenForm(forms.Form):
    """A table of lists, as a file or as text, and how it is to be estimated."""

    file = forms.FileField(
        label=_("File of lists (CSV)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    table = forms.CharField(
        label=_("Or the table itself"),
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 6, "dir": "ltr", "spellcheck": "false", "class": "hidden__table"}
        ),
    )
    method = forms.ChoiceField(label=_("Method"), choices=METHODS, initial="stepwise")
    level = forms.ChoiceField(
        label=_("Of so many such intervals, so many hold the truth"),
        choices=_levels,
        initial="0.95",
    )
    bootstrap = forms.BooleanField(
        label=_("Also bounds that allow for the choice of the model (takes up to a minute)"),
        required=False,
    )

    @property
    def data_given(self) -> tuple[bytes, str] | None:
        """The table and what it is called; None where neither was given."""
        given: Any = self.cleaned_data.get("file")
        if given:
            return given.read(MOST_BYTES + 1), given.name
        typed = self.cleaned_data.get("table", "")
        return (typed.encode(), "") if typed.strip() else None
