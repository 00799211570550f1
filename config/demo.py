"""The people of the demo: at least one for each role, each in a body. Their passwords work nowhere
else. Some act for States that do not exist either, in rounds that were made up for the demo.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from marsad.directory import actions, problems, queries
from marsad.directory.types import OPERATOR, Body, BodyKind, Person, Role
from marsad.review.demonstration import loading as rounds
from marsad.statistics.demonstration import loading as figures

PASSWORDS = "demo-passwords.json"
# Letters and digits that are not mistaken for one another when typed from a screen.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, kw_only=True)
class DemoBody:
    """A made-up body."""

    kind: BodyKind
    name_ar: str
    name_en: str
    #: Code of the invented State it belongs to; none for most.
    state: str | None = None


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """A made-up person and the role they show."""

    #: Part of the address before `@`, and how the passwords are kept.
    key: str
    name_ar: str
    name_en: str
    role: Role
    body: DemoBody

    @property
    def email(self) -> str:
        """The address they sign in with; the domain can never receive mail."""
        return f"{self.key}@demo.invalid"


# No body belongs to a real State: nothing made up is said of anybody.
_SECRETARIAT = DemoBody(
    kind=BodyKind.SECRETARIAT, name_ar="الأمانة (تجريبية)", name_en="Secretariat (demo)"
)
_JUSTICE = DemoBody(
    kind=BodyKind.MINISTRY,
    name_ar="وزارة العدل (تجريبية)",
    name_en="Ministry of Justice (demo)",
)
_COORDINATION = DemoBody(
    kind=BodyKind.NATIONAL_COORDINATION,
    name_ar="اللجنة الوطنية لمكافحة الاتجار بالأشخاص (تجريبية)",
    name_en="National Committee against Trafficking in Persons (demo)",
)
_NGO = DemoBody(kind=BodyKind.NGO, name_ar="دار الأمل (تجريبية)", name_en="House of Hope (demo)")
_ORGANISATION = DemoBody(
    kind=BodyKind.INTERGOVERNMENTAL,
    name_ar="منظمة حكومية دولية (تجريبية)",
    name_en="Intergovernmental organisation (demo)",
)
_INSTITUTE = DemoBody(
    kind=BodyKind.RESEARCH, name_ar="معهد البحوث (تجريبي)", name_en="Research institute (demo)"
)
_VELUNDRA = "QV"
_COMMITTEE_OF_VELUNDRA = DemoBody(
    kind=BodyKind.NATIONAL_COORDINATION,
    name_ar="اللجنة الوطنية لفيلوندرا (دولة متخيَّلة)",
    name_en="National Committee of Velundra (invented State)",
    state=_VELUNDRA,
)
_LABOUR_OF_VELUNDRA = DemoBody(
    kind=BodyKind.MINISTRY,
    name_ar="وزارة العمل في فيلوندرا (دولة متخيَّلة)",
    name_en="Ministry of Labour of Velundra (invented State)",
    state=_VELUNDRA,
)
_NGO_OF_VELUNDRA = DemoBody(
    kind=BodyKind.NGO,
    name_ar="بيت العتبة في فيلوندرا (دولة متخيَّلة)",
    name_en="Threshold House of Velundra (invented State)",
    state=_VELUNDRA,
)
_MISSION_OF_VELUNDRA = DemoBody(
    kind=BodyKind.MINISTRY,
    name_ar="البعثة الدائمة لفيلوندرا (دولة متخيَّلة)",
    name_en="Permanent Mission of Velundra (invented State)",
    state=_VELUNDRA,
)
_COMMITTEE_OF_MARISOND = DemoBody(
    kind=BodyKind.NATIONAL_COORDINATION,
    name_ar="اللجنة الوطنية لماريسوند (دولة متخيَّلة)",
    name_en="National Committee of Marisond (invented State)",
    state="XM",
)

PEOPLE = (
    DemoPerson(key="amal", name_ar="أمل", name_en="Amal", role=Role.LIBRARIAN, body=_SECRETARIAT),
    DemoPerson(
        key="yusuf",
        name_ar="يوسف",
        name_en="Yusuf",
        role=Role.SECRETARIAT_OFFICER,
        body=_SECRETARIAT,
    ),
    DemoPerson(
        key="idris", name_ar="إدريس", name_en="Idris", role=Role.ADMINISTRATOR, body=_SECRETARIAT
    ),
    DemoPerson(
        key="salma", name_ar="سلمى", name_en="Salma", role=Role.FOCAL_POINT, body=_COORDINATION
    ),
    DemoPerson(key="tariq", name_ar="طارق", name_en="Tariq", role=Role.EXPERT, body=_JUSTICE),
    DemoPerson(
        key="mariam", name_ar="مريم", name_en="Mariam", role=Role.OBSERVER, body=_ORGANISATION
    ),
    DemoPerson(key="basma", name_ar="بسمة", name_en="Basma", role=Role.PRACTITIONER, body=_NGO),
    DemoPerson(key="reem", name_ar="ريم", name_en="Reem", role=Role.ANALYST, body=_INSTITUTE),
    DemoPerson(key="faris", name_ar="فارس", name_en="Faris", role=Role.ANALYST, body=_INSTITUTE),
    # Velundra still drafts its reply, in several hands; Marisond has sent its own.
    DemoPerson(
        key="layla",
        name_ar="ليلى",
        name_en="Layla",
        role=Role.FOCAL_POINT,
        body=_COMMITTEE_OF_VELUNDRA,
    ),
    DemoPerson(
        key="hamid", name_ar="حامد", name_en="Hamid", role=Role.EXPERT, body=_LABOUR_OF_VELUNDRA
    ),
    DemoPerson(key="dana", name_ar="دانة", name_en="Dana", role=Role.EXPERT, body=_NGO_OF_VELUNDRA),
    DemoPerson(
        key="adam", name_ar="آدم", name_en="Adam", role=Role.OBSERVER, body=_MISSION_OF_VELUNDRA
    ),
    DemoPerson(
        key="nour",
        name_ar="نور",
        name_en="Nour",
        role=Role.FOCAL_POINT,
        body=_COMMITTEE_OF_MARISOND,
    ),
)


def welcome(*, home: Path, at: datetime) -> list[tuple[DemoPerson, str]]:
    """Make the people of the demo where they are missing, and tell their passwords.

    The passwords are drawn at random for each data folder and kept in it, readable by its owner
    only, so that they can be shown again at the next start. `PersonBackend` refuses these people
    outside demo mode.
    """
    rounds.load_states(at=at)
    passwords = _passwords(home)
    first = Person.objects.filter(email=PEOPLE[0].email).first()
    # Checking a password is slow on purpose, so one stands for all: they were set together.
    known = first is not None and first.check_password(passwords[PEOPLE[0].key])
    for demo in PEOPLE:
        with transaction.atomic():
            _welcome(demo, password=passwords[demo.key], known=known, at=at)
    return [(demo, passwords[demo.key]) for demo in PEOPLE]


def hold_rounds(*, at: datetime) -> int:
    """Make the rounds among invented States, where they are missing; the people are there already.

    :return: how many were made.
    """
    found = {each.key: Person.objects.filter(email=each.email).first() for each in PEOPLE}
    people = {key: person for key, person in found.items() if person is not None}
    cast = rounds.Cast(
        officer=people["yusuf"],
        analysts=(people["reem"], people["faris"]),
        people=people,
        focal_points={
            each.body.state: people[each.key]
            for each in PEOPLE
            if each.role == Role.FOCAL_POINT and each.body.state
        },
    )
    return rounds.load(cast=cast, at=at) + rounds.tell_sample(at=at)


def bring_figures(*, at: datetime) -> int:
    """Bring in the made-up figures of the invented States, where there are none yet.

    :return: how many rows came.
    """
    return figures.load(verifier=_person("nour"), waiting_for=_person("layla"), at=at)


def _person(key: str) -> Person | None:
    return Person.objects.filter(email=f"{key}@demo.invalid").first()


def _welcome(demo: DemoPerson, *, password: str, known: bool, at: datetime) -> None:
    found = Person.objects.filter(email=demo.email).first()
    if found is None:
        name = f"{demo.name_ar} ({demo.name_en})"
        found = actions.add_person(
            email=demo.email, name=name, password=password, by=OPERATOR, at=at, is_demo=True
        )
    elif not known:
        found.set_password(password)
        found.save(update_fields=["password"])
    if demo.role not in queries.roles_of(found):
        body = _body(demo.body, at=at)
        actions.grant_role(person=found, body=body, role=demo.role, by=OPERATOR, at=at)


def _body(demo: DemoBody, *, at: datetime) -> Body:
    try:
        return queries.body(name=demo.name_en)
    except problems.NoSuchBody:
        return actions.add_body(
            kind=demo.kind,
            name_ar=demo.name_ar,
            name_en=demo.name_en,
            state=demo.state,
            by=OPERATOR,
            at=at,
        )


def _passwords(home: Path) -> dict[str, str]:
    kept = home / PASSWORDS
    known: dict[str, str] = {}
    if kept.exists():
        known = json.loads(kept.read_text(encoding="ascii"))
    missing = [demo.key for demo in PEOPLE if demo.key not in known]
    if missing:
        known.update({key: _draw() for key in missing})
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(known, file)
    return known


def _draw() -> str:
    """Three groups of five: short enough to type, and some 74 bits."""
    groups = ["".join(secrets.choice(_ALPHABET) for _letter in range(5)) for _group in range(3)]
    return "-".join(groups)
