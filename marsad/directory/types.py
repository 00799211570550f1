"""The names other rooms may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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


class StateKind(models.TextChoices):
    """What a State or territory is to the United Nations."""

    MEMBER = "member", _("Member State")
    OBSERVER = "observer", _("Observer State")
    TERRITORY = "territory", _("Territory")
    ENTITY = "entity", _("Party to treaties that is not a member State")


class UnGroup(models.TextChoices):
    """The regional groups of the United Nations."""

    AFRICA = "africa", _("African States")
    ASIA_PACIFIC = "asia-pacific", _("Asia-Pacific States")
    EASTERN_EUROPE = "eastern-europe", _("Eastern European States")
    LATIN_AMERICA_CARIBBEAN = (
        "latin-america-caribbean",
        _("Latin American and Caribbean States"),
    )
    WESTERN_EUROPE_OTHERS = "western-europe-others", _("Western European and other States")


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


@dataclass(frozen=True, kw_only=True)
class StateView:
    """A State or territory, in the words of one language."""

    #: ISO 3166-1 alpha-2 and alpha-3; `iso3` is empty for the European Union.
    iso2: str
    iso3: str
    #: United Nations M49 number with leading zeros; empty for the European Union.
    m49: str
    #: What it is: a member State, an observer State, a territory, a party that is neither.
    kind: str
    kind_label: str
    #: Its name in the language asked for.
    name: str
    #: Its display name by language code.
    names: Mapping[str, str]
    #: Name of the M49 region and sub-region, empty where it has none.
    region: str
    subregion: str
    #: Name of the regional group in the United Nations, empty where it is in none.
    un_group: str
    #: Made up for the demonstration: no place on earth.
    is_invented: bool = False


@dataclass(frozen=True, kw_only=True)
class InventedState:
    """A State of the demonstration, which exists nowhere else."""

    #: Codes that ISO 3166-1 leaves to its users: `XA`, `XAM`.
    iso2: str
    iso3: str
    #: Its name by language code.
    names: Mapping[str, str]
    #: Code of a regional group of the United Nations.
    un_group: str


@dataclass(frozen=True, kw_only=True)
class RoleHeld:
    """One role of one person in one body."""

    #: Which membership it is.
    id: int
    role: str
    role_label: str
    #: Name of the body in the language asked for.
    body: str
    from_date: date
    #: The first day on which it holds no more.
    until_date: date | None
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """A person as administrators see them."""

    id: int
    name: str
    email: str
    is_active: bool
    is_demo: bool
    #: Roles that hold first, then those that have ended.
    roles: tuple[RoleHeld, ...]


class PersonRequest(HttpRequest):
    """A request whose sender is known to be a person or the public."""

    user: Person | AnonymousUser
    reader: Person | AnonymousUser


__all__ = [
    "OPERATOR",
    "Body",
    "BodyKind",
    "InventedState",
    "Membership",
    "Operator",
    "Person",
    "PersonRequest",
    "PersonView",
    "Reader",
    "Role",
    "RoleHeld",
    "State",
    "StateKind",
    "StateView",
    "UnGroup",
]
