"""What people choose and type about doubtful places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import for_reader
from marsad.library.queries.doubt import ALL, OPEN, SETTLED, Choice, ReviewChoices
from marsad.library.repairs import kind_name
from marsad.library.words import LessonKind, Place, Verdict

STATES = [(OPEN, _("Not settled yet")), (SETTLED, _("Settled")), (ALL, _("All"))]
#: A title longer than this would make the list of documents wider than a phone.
_TITLE = 70


class ReviewForm(forms.Form):
    """What narrows the review list; offers only what occurs, with how much of it is open."""

    document = forms.ChoiceField(label=_("Document"), required=False)
    place = forms.ChoiceField(label=_("Where"), required=False)
    kind = forms.ChoiceField(label=_("What is doubtful"), required=False)
    state = forms.ChoiceField(label=_("Show"), required=False, choices=STATES)

    def __init__(self, *args: Any, choices: ReviewChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(
            "document",
            [
                (key, Truncator(title).chars(_TITLE), count)
                for key, title, _language, count in choices.documents
            ],
        )
        self._offer(
            "place", [(str(code), str(Place(code).label), count) for code, count in choices.places]
        )
        self._offer("kind", [(kind, kind_name(kind), count) for kind, count in choices.kinds])

    def _offer(self, name: str, values: list[tuple[str, str, int]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        reader = for_reader()
        field.choices = [
            ("", _("All")),
            *((code, f"{reader.text(label)} ({reader.number(n)})") for code, label, n in values),
        ]

    def choice(self, *, after: str = "") -> Choice:
        """What was chosen; what is on no list is left out."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        place = chosen.get("place")
        return Choice(
            document=chosen.get("document", ""),
            kind=chosen.get("kind", ""),
            place=int(place) if place else None,
            state=chosen.get("state", OPEN),
            after=after,
        )


class RulingForm(forms.Form):
    """How a person reads a place."""

    verdict = forms.ChoiceField(choices=Verdict.choices, required=False)
    words = forms.CharField(required=False, strip=False)
    #: A candidate, taken by its own button.
    take = forms.CharField(required=False, strip=False)

    def ruling(self) -> tuple[str, str | None]:
        """The verdict and the words of it."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        if "take" in self.data:  # it may be empty: a sign to be left out
            return Verdict.ACCEPTED.value, said.get("take", "")
        verdict = said.get("verdict", "")
        return verdict, said.get("words", "") if verdict == Verdict.CORRECTED else None


class LessonForm(forms.Form):
    """What narrows the list of lessons."""

    kind = forms.ChoiceField(
        label=_("What was taught"), required=False, choices=[("", _("All")), *LessonKind.choices]
    )
    words = forms.CharField(label=_("With these letters"), required=False, max_length=60)
