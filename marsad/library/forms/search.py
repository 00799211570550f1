"""What narrows a search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.library.forms.document import LANGUAGES, years_offered
from marsad.library.queries.search import Filters
from marsad.library.words import PassageKind


class SearchForm(forms.Form):
    """Words, and where to look for them."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=500,
        help_text=_(
            "Every form of a word is found. “Two words” in quotation marks must stand together; "
            "-word must not occur."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(
        label=_("In"), required=False, choices=[("", _("All passages")), *PassageKind.choices]
    )
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(LANGUAGES)
        self._offer("language", [(code, names.get(code, code)) for code in choices["languages"]])
        self._offer("year", years_offered(choices["years"]))

    def _offer(self, name: str, values: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *values]

    def filters(self) -> Filters:
        """What was chosen; what is on no list is left out."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        year = chosen.get("year")
        return Filters(
            language=chosen.get("language", ""),
            kind=chosen.get("kind", ""),
            year=int(year) if year else None,
        )
