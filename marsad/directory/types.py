"""The names other rooms may use."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """What sort of body it is, as the reports of the Conference name them."""

    SECRETARIAT = "secretariat", _("Secretariat")
    MINISTRY = "ministry", _("Ministry or government authority")
    NATIONAL_COORDINATION = "national_coordination", _("National coordination body or rapporteur")
    NGO = "ngo", _("Non-governmental organisation")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    RESEARCH = "research", _("Research institution")


class Role(models.TextChoices):
    """What a person may do in a body. Least privilege: a role gives only what it names."""

    ADMINISTRATOR = "administrator", _("Administrator")
    SECRETARIAT_OFFICER = "secretariat_officer", _("Secretariat officer")
    LIBRARIAN = "librarian", _("Librarian")
    FOCAL_POINT = "focal_point", _("Focal point")
    EXPERT = "expert", _("Government expert")
    OBSERVER = "observer", _("Observer")
    PRACTITIONER = "practitioner", _("Practitioner")
    ANALYST = "analyst", _("Analyst")


from marsad.directory.models import Body, Membership, Person, State  # noqa: E402


class Operator:
    """Whoever works at the machine itself: the command line, and the machine on its own.

    They can read the database anyway; naming them keeps "no reader" from ever meaning "all rights".
    """

    is_authenticated = True
    pk = None


OPERATOR = Operator()

#: Whoever asks: a person, the public, or the operator of the machine.
Reader: TypeAlias = Person | AnonymousUser | Operator


class PersonRequest(HttpRequest):
    """A request whose sender is known to be a person or the public."""

    user: Person | AnonymousUser
    reader: Person | AnonymousUser


__all__ = [
    "OPERATOR",
    "Body",
    "BodyKind",
    "Membership",
    "Operator",
    "Person",
    "PersonRequest",
    "Reader",
    "Role",
    "State",
]
