"""What is typed and chosen where records are brought in, and figures of them released."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import to_ascii_digits
from marsad.privacy import LEAST_THRESHOLD, THRESHOLD
from marsad.statistics.records import columns
from marsad.statistics.records.cells import FIRST_YEAR
from marsad.statistics.records.counting import BREAKDOWNS, INDICATORS, Wanted

ACCEPTED = ".csv,.xlsx,.tsv,.txt,.parquet"
#: What makes a tick as large as a page of them can be.
_MOST_THRESHOLD = 100


class BringForm(forms.Form):
    """A file of records, whose they are, and how its columns are read."""

    holder = forms.ChoiceField(
        label=_("Whose records they are"),
        help_text=_("Only those who work for it can read them."),
    )
    mapping = forms.ChoiceField(
        label=_("How its columns are called"),
        help_text=_("A column that is not understood is shown to you before anything is kept."),
    )
    kind = forms.ChoiceField(
        label=_("What its rows are"),
        required=False,
    )
    replaces = forms.ChoiceField(
        label=_("What is here already"),
        choices=[
            ("", _("Add these; a record that is here already is replaced by the newer")),
            ("yes", _("Keep only these: they take the place of everything here")),
        ],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "CSV or Excel, without names, numbers of papers, addresses or free text. Identifiers "
            "are your own codes. The file itself is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(
        self,
        *args: Any,
        holders: Sequence[tuple[str, str]],
        kinds: Sequence[tuple[str, str]],
        language: str,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        chosen: Any = self.fields
        chosen["holder"].choices = holders
        named = [(name, columns.known(name).title[language]) for name in columns.names()]
        chosen["mapping"].choices = [("", _("As the last time, else by our names")), *named]
        chosen["mapping"].required = False
        chosen["kind"].choices = [("", _("The file says it: by its sheets or a column")), *kinds]


class YearField(forms.IntegerField):
    """A year, typed in whichever digits."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(to_ascii_digits(value) if isinstance(value, str) else value)


class ReleaseForm(forms.Form):
    """What is counted of records, by what, and below which number nothing is shown."""

    indicators = forms.MultipleChoiceField(
        label=_("What is counted"), widget=forms.CheckboxSelectMultiple
    )
    breakdowns = forms.MultipleChoiceField(
        label=_("Laid out by"), widget=forms.CheckboxSelectMultiple, required=False
    )
    who = forms.ChoiceField(
        label=_("Which victims"),
        choices=[
            ("detected", _("Presumed and identified victims")),
            ("identified", _("Identified victims only")),
        ],
        widget=forms.RadioSelect,
    )
    threshold = YearField(
        label=_("Smallest number that is shown"),
        help_text=_("Smaller counts become a range. It is 5 as a rule, and never below 3."),
        min_value=LEAST_THRESHOLD,
        max_value=_MOST_THRESHOLD,
    )
    first_year = YearField(label=_("From the year"), required=False, min_value=FIRST_YEAR)
    last_year = YearField(label=_("To the year"), required=False, min_value=FIRST_YEAR)

    def __init__(
        self,
        *args: Any,
        indicators: Sequence[tuple[str, str]],
        breakdowns: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        chosen: Any = self.fields
        chosen["indicators"].choices = indicators
        chosen["breakdowns"].choices = breakdowns
        for name, value in FIRST.items():
            self.fields[name].initial = value

    def wanted(self) -> Wanted:
        """What was chosen; ask only where the form is valid."""
        told = self.cleaned_data
        return Wanted(
            indicators=tuple(told["indicators"]),
            breakdowns=tuple(told["breakdowns"]),
            with_presumed=told["who"] == "detected",
            threshold=told["threshold"],
            first_year=told["first_year"],
            last_year=told["last_year"],
        )


#: What is chosen when the page is opened.
FIRST: dict[str, Any] = {
    "indicators": list(INDICATORS),
    "breakdowns": [each for each in BREAKDOWNS if each != "form_sex"],
    "who": "detected",
    "threshold": THRESHOLD,
}


class CodesForm(forms.Form):
    """Another version of the code lists."""

    file = forms.FileField(
        label=_("Another version"),
        help_text=_(
            "JSON, as it is taken away here. It is used for what comes from now on; records that "
            "are here keep theirs."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
