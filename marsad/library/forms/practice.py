"""What people type to find a good practice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import for_reader
from marsad.library.queries.practice import Offered


class PracticeChoiceForm(forms.Form):
    """What narrows the compendium; offers only what occurs, with its count."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    effect = forms.ChoiceField(label=_("Evidence of effect"), required=False)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in (("theme", offered.themes), ("effect", offered.effects)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *_counted(values)]


def _counted(values: Sequence[tuple[str, str, int]]) -> list[tuple[str, str]]:
    reader = for_reader()
    return [(value, f"{label} ({reader.number(count)})") for value, label, count in values]
