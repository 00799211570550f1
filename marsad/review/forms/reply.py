"""What is typed and chosen while a reply is drafted and cleared."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.review.actions.answer import LONGEST_REASON
from marsad.review.actions.remark import LONGEST


class AssignForm(forms.Form):
    """Which body gets which section."""

    section = forms.ChoiceField(label=_("Section"))
    body = forms.TypedChoiceField(label=_("Body"), coerce=int)

    def __init__(
        self,
        *args: object,
        sections: Sequence[tuple[str, str]],
        bodies: Sequence[tuple[int, str]],
        **more: object,
    ) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["section"].choices = list(sections)  # type: ignore[attr-defined]
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """Who may read the answers, and what the focal point looked at."""

    is_public = forms.TypedChoiceField(
        label=_("Who may read the answers"),
        choices=[
            ("yes", _("Everybody: they are published, save those kept for the Secretariat")),
            ("no", _("The Secretariat and its analysts only")),
        ],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    """The State's words, where it gives any."""

    because = forms.CharField(
        label=_("In the words of your State"),
        help_text=_("The Secretariat reads them on the register. They may stay empty."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class RemarkForm(forms.Form):
    """Something said about an answer."""

    text = forms.CharField(
        label=_("What you want to say"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ReasonForm(forms.Form):
    """Why an answer changes after the reply was sent."""

    reason = forms.CharField(
        label=_("Why it changes"),
        help_text=_("The reason stays on record with the answer."),
        error_messages={"required": _("Say why the answer changes.")},
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
