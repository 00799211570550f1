"""Check what was typed; save nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marsad.directory import queries
from marsad.directory.types import Role


class RoleForm(forms.Form):
    """A role in a body."""

    body = forms.ChoiceField(label=_("Body"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            (body.name_en, queries.body_name(body, language=language)) for body in queries.bodies()
        ]


class PersonForm(RoleForm):
    """A new person with their first role."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("They sign in with it."))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As their browser says")), *settings.LANGUAGES],
        required=False,
    )
    field_order = ["name", "email", "language", "body", "role"]  # noqa: RUF012 - as Django has it
