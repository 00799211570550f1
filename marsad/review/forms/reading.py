"""What narrows a reading and a search of answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marsad.directory.types import UnGroup
from marsad.review.queries.reading import NONE, Choice
from marsad.review.queries.search import SearchChoice

Choices = Sequence[tuple[str, str]]
#: Languages that answers are told apart by.
LANGUAGES = (("ar", _("Arabic")), ("en", _("English")))


class ReadingForm(forms.Form):
    """Filters over answers."""

    path = forms.CharField(required=False, widget=forms.HiddenInput)
    group = forms.ChoiceField(label=_("Regional group"), required=False)
    answer = forms.ChoiceField(label=_("Answer"), required=False)
    language = forms.ChoiceField(label=_("Language of the answer"), required=False)
    confidential = forms.ChoiceField(label=_("Confidential"), required=False)
    at = forms.DateField(
        label=_("As at the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    since = forms.DateField(
        label=_("Changed since the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        choices: Choices = (),
        sees_confidential: bool = False,
        of_one_state: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        none = (NONE, _("No answer"))
        self._offer("group", UnGroup.choices)
        self._offer("answer", [*choices, none])
        self._offer("language", LANGUAGES)
        self._offer("confidential", [("yes", _("For the Secretariat only")), ("no", _("Open"))])
        unwanted = [] if sees_confidential else ["confidential"]
        if of_one_state:
            unwanted = ["path", "group", "answer", "language", "confidential"]
        elif choices:
            unwanted.append("language")
        for name in unwanted:
            del self.fields[name]

    def _offer(self, name: str, values: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext_lazy("answers", "All")), *values]

    def choice(self) -> Choice:
        """What was chosen; what is on no list is left out, the form says so."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        return Choice(
            group=chosen.get("group", ""),
            answer=chosen.get("answer", ""),
            language=chosen.get("language", ""),
            confidential=chosen.get("confidential", ""),
            at=end_of(chosen.get("at")),
            since=end_of(chosen.get("since")),
        )


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
    section = forms.ChoiceField(label=_("Section"), required=False)
    group = forms.ChoiceField(label=_("Regional group"), required=False)
    language = forms.ChoiceField(label=_("Language of the answer"), required=False)
    state = forms.ChoiceField(label=pgettext_lazy("party", "State"), required=False)

    def __init__(self, *args: Any, sections: Choices, states: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {
            "section": sections,
            "group": UnGroup.choices,
            "language": LANGUAGES,
            "state": states,
        }
        for name, values in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", pgettext_lazy("answers", "All")), *values]

    def choice(self) -> SearchChoice:
        """What was chosen; what is on no list is left out."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        names = ("section", "group", "language", "state")
        return SearchChoice(**{name: chosen.get(name, "") for name in names})


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day in Vienna."""
    if day is None:
        return None
    after = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return after - timedelta(microseconds=1)
