"""What people do in the directory: make people and bodies, give roles and end them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, models, transaction
from django.utils import timezone

from marsad.directory import problems, queries
from marsad.directory.models import Body, Membership, Person, State, Token
from marsad.directory.types import BodyKind, InventedState, Reader, Role, StateKind
from marsad.journal import actions as journal

#: What the tables hold.
_LONGEST_ADDRESS = 254
_LONGEST_NAME = 200


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    by: Reader,
    at: datetime,
    language: str = "",
    password: str | None = None,
    is_demo: bool = False,
) -> Person:
    """Make a person who can sign in once they have chosen a password.

    :param password: for the people of the demo only; everybody else chooses their own.
    :raises NotAnAdministrator: if `by` may not make people.
    :raises NotAnAddress: if the address is none.
    :raises AddressTaken: if somebody signs in with it already.
    """
    queries.require_administrator(by)
    address = email.strip().lower()
    _check_address(address)
    if not name.strip():
        raise problems.NameMissing
    if len(name.strip()) > _LONGEST_NAME:
        raise problems.NameTooLong(most=_LONGEST_NAME)
    if language not in ("", "ar", "en"):
        raise problems.UnknownChoice(given=language, choices="ar, en")
    # Two administrators may type one address at the same moment; the second waits for the first.
    _hold_address(address)
    if Person.objects.filter(email=address).exists():
        raise problems.AddressTaken(email=address)
    person = Person.objects.create_user(
        address, password, name=name.strip(), language=language, is_demo=is_demo
    )
    # The administrator vouches for the address; allauth asks this table when a password is reset.
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=True)
    _record("directory.person.add", on=person, by=by, at=at)
    return person


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise problems.NotAnAddress(email=address) from error
    if len(address) > _LONGEST_ADDRESS:
        raise problems.NotAnAddress(email=f"{address[:40]}…")


def _hold_address(address: str) -> None:
    """Keep others from making a person with this address until this transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])


@transaction.atomic
def admit(
    *, email: str, name: str, language: str, body: Body, role: str, by: Reader, at: datetime
) -> Person:
    """Make a person and give them their first role: both, or neither.

    :raises AddressTaken: if somebody signs in with the address already.
    """
    person = add_person(email=email, name=name, language=language, by=by, at=at)
    grant_role(person=person, body=body, role=role, by=by, at=at)
    return person


@transaction.atomic
def close_account(*, person: Person, by: Reader, at: datetime) -> None:
    """Keep a person from signing in, and end every role they hold. Their name stays in the journal.

    :raises LastAdministrator: if nobody would be left to give roles.
    """
    queries.require_administrator(by)
    for held in person.memberships.open_on(timezone.localdate(at)):
        end_role(membership=held, by=by, at=at)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _record("directory.person.close", on=person, by=by, at=at)


@transaction.atomic
def add_body(
    *,
    kind: str,
    name_ar: str,
    name_en: str,
    by: Reader,
    at: datetime,
    state: str | None = None,
) -> Body:
    """Make a body that people can hold roles in.

    :param state: alpha-2 code of the State it belongs to; None for the Secretariat and for
        international organisations.
    :raises NoSuchState: if no State has that code.
    :raises BodyNamedAlready: if there is one of that name.
    """
    queries.require_administrator(by)
    if kind not in BodyKind.values:
        raise problems.UnknownChoice(given=kind, choices=", ".join(BodyKind.values))
    if not name_ar.strip() or not name_en.strip():
        raise problems.NameMissing
    if max(len(name_ar.strip()), len(name_en.strip())) > _LONGEST_NAME:
        raise problems.NameTooLong(most=_LONGEST_NAME)
    if state is not None and not State.objects.filter(pk=state.upper()).exists():
        raise problems.NoSuchState(code=state)
    code = state.upper() if state else None
    if Body.objects.filter(name_en=name_en.strip(), state_id=code).exists():
        raise problems.BodyNamedAlready(name=name_en)
    body = Body.objects.create(
        kind=kind, name_ar=name_ar.strip(), name_en=name_en.strip(), state_id=code
    )
    _record("directory.body.add", on=body, by=by, at=at)
    return body


#: The alpha-2 codes that ISO 3166-1 leaves to its users, save those in wide use all the same:
#: Kosovo, the oceans, the European Union, “unknown”.
_LEFT_TO_USERS = re.compile(r"(?!XK|XZ|QU|XX)(?:X[A-Z]|Q[M-Z])")


@transaction.atomic
def invent_states(*, states: Iterable[InventedState], by: Reader, at: datetime) -> int:
    """Add invented States to the directory of a demonstration; those already there stay.

    :return: how many were added.
    :raises OnlyInADemonstration: anywhere else, since nobody shall take one for a State.
    :raises NotLeftToUsers: if ISO could give one of the codes to a State, or has given it.
    """
    queries.require_administrator(by)
    if not settings.DEMO:
        raise problems.OnlyInADemonstration
    wanted = list(states)
    for each in wanted:
        if not _LEFT_TO_USERS.fullmatch(each.iso2):
            raise problems.NotLeftToUsers(code=each.iso2)
    known = set(State.objects.values_list("iso2", flat=True))
    added = [
        State(
            iso2=each.iso2,
            iso3=each.iso3,
            kind=StateKind.MEMBER,
            un_group=each.un_group,
            names=dict(each.names),
            is_invented=True,
        )
        for each in wanted
        if each.iso2 not in known
    ]
    State.objects.bulk_create(added)
    for state in added:
        _record("directory.state.invent", on=state, by=by, at=at)
    return len(added)


@transaction.atomic
def grant_role(*, person: Person, body: Body, role: str, by: Reader, at: datetime) -> Membership:
    """Give a person a role in a body, from today on.

    :raises RoleHeldAlready: if they hold it there already.
    """
    queries.require_administrator(by)
    if role not in Role.values:
        raise problems.UnknownChoice(given=role, choices=", ".join(Role.values))
    if person.memberships.filter(body=body, role=role, until_date__isnull=True).exists():
        raise problems.RoleHeldAlready(role=str(Role(role).label))
    membership = Membership.objects.create(
        person=person, body=body, role=role, from_date=timezone.localdate(at)
    )
    _forget_roles(person)
    _record(
        "directory.role.grant",
        on=membership,
        by=by,
        at=at,
        details={"person": person.pk, "body": body.pk, "role": role},
    )
    return membership


@transaction.atomic
def end_role(*, membership: Membership, by: Reader, at: datetime) -> None:
    """End a role; what it allowed is refused from this moment on.

    :raises RoleEndedAlready: if it was ended before.
    :raises LastAdministrator: if nobody would be left to give roles.
    """
    queries.require_administrator(by)
    day = timezone.localdate(at)
    # Locked together: two administrators who end each other's role at one moment must not both win.
    administrators = Membership.objects.select_for_update().open_on(day)
    administrators = administrators.filter(role=Role.ADMINISTRATOR, person__is_active=True)
    if not settings.DEMO:
        administrators = administrators.filter(person__is_demo=False)
    others_remain = [held.pk for held in administrators] != [membership.pk]
    current = Membership.objects.select_for_update().get(pk=membership.pk)
    if current.until_date is not None and current.until_date <= day:
        raise problems.RoleEndedAlready
    if not others_remain:
        raise problems.LastAdministrator
    current.until_date = max(day, current.from_date)
    current.save(update_fields=["until_date"])
    membership.until_date = current.until_date
    _forget_roles(membership.person)
    _record(
        "directory.role.end",
        on=membership,
        by=by,
        at=at,
        details={"person": membership.person_id, "role": membership.role},
    )


def _forget_roles(person: Person) -> None:
    person.__dict__.pop("_memberships_by_day", None)


def _record(
    action: str,
    *,
    on: models.Model,
    by: Reader,
    at: datetime,
    details: dict[str, Any] | None = None,
) -> None:
    journal.record(
        action=action,
        on=on,
        by=by if isinstance(by, Person) else None,
        at=at,
        details=details,
    )


@transaction.atomic
def make_token(*, name: str, by: Person, at: datetime) -> str:
    """Make a token for one of the person's scripts; it may do what the person may do.

    :return: the secret, told this once.
    :raises NameMissing: if the script has no name.
    """
    if not name.strip():
        raise problems.NameMissing
    secret = f"marsad_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        person=by, name=name.strip()[:100], digest=queries.digest_of(secret), made_at=at
    )
    _record("directory.token.make", on=token, by=by, at=at)
    return secret


@transaction.atomic
def end_token(*, token_id: int, by: Person, at: datetime) -> None:
    """Call a token back.

    :raises NoSuchToken: if it is not the person's own, or was ended before.
    """
    token = Token.objects.filter(pk=token_id, person=by, ended_at__isnull=True).first()
    if token is None:
        raise problems.NoSuchToken
    token.ended_at = at
    token.save(update_fields=["ended_at"])
    _record("directory.token.end", on=token, by=by, at=at)


def note_use(*, token: Token, at: datetime) -> None:
    """Keep the day a token was last used, so that its owner sees which are dead."""
    if token.used_at is None or timezone.localdate(token.used_at) != timezone.localdate(at):
        Token.objects.filter(pk=token.pk).update(used_at=at)
