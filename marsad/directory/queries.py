"""What one asks the directory. Anybody may ask about States; administrators ask about people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marsad import countries
from marsad.directory import problems
from marsad.directory.models import Body, Membership, Person, State, Token
from marsad.directory.types import (
    InventedState,
    Operator,
    PersonView,
    Reader,
    Role,
    RoleHeld,
    StateKind,
    StateView,
    UnGroup,
)

#: What a list of States can be sorted by.
STATE_ORDERS = ("name", "iso2", "iso3", "m49", "region", "kind")


# ── who holds what ───────────────────────────────────────────────────────────────────────────────
def roles_of(reader: Reader, *, on: date | None = None) -> frozenset[Role]:
    """The roles a reader holds on a day, today where none is given. The public holds none."""
    held = memberships_of(reader, on=on)
    return frozenset(Role(each.role) for each in held if each.role in Role.values)


def memberships_of(reader: Reader, *, on: date | None = None) -> Sequence[Membership]:
    """The roles a reader holds on a day, each with its body. The public holds none.

    Asked many times while one page is made; kept with the person for as long as the request has
    them, and thrown away by the actions that change it.
    """
    if not isinstance(reader, Person) or not reader.is_active:
        return ()
    day = on or timezone.localdate()
    kept: dict[date, Sequence[Membership]] = reader.__dict__.setdefault("_memberships_by_day", {})
    if day not in kept:
        kept[day] = tuple(reader.memberships.open_on(day).select_related("body"))
    return kept[day]


def holds(reader: Reader, *roles: Role) -> bool:
    """Whether a reader holds one of the roles today.

    >>> from marsad.directory.types import OPERATOR
    >>> holds(OPERATOR, Role.LIBRARIAN)
    False
    """
    return not roles_of(reader).isdisjoint(roles)


def may_administer(reader: Reader) -> bool:
    """Whether a reader may make people and give roles."""
    return isinstance(reader, Operator) or holds(reader, Role.ADMINISTRATOR)


def require_administrator(reader: Reader) -> None:
    """:raises NotAnAdministrator: if the reader may not make people and give roles."""
    if not may_administer(reader):
        raise problems.NotAnAdministrator


# ── people and bodies ────────────────────────────────────────────────────────────────────────────
def people(reader: Reader, *, language: str) -> list[PersonView]:
    """Everybody who can sign in, by name, with the roles they hold and held."""
    require_administrator(reader)
    return [
        _person_view(person, language=language)
        for person in Person.objects.prefetch_related("memberships__body").order_by("name", "id")
    ]


def person(reader: Reader, *, email: str) -> Person:
    """The person who signs in with an address.

    :raises NoSuchPerson: if nobody does.
    """
    require_administrator(reader)
    found = Person.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise problems.NoSuchPerson(email=email)
    return found


def person_view(reader: Reader, *, person_id: int, language: str) -> PersonView:
    """One person as administrators see them.

    :raises NoSuchPerson: if there is none.
    """
    require_administrator(reader)
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise problems.NoSuchPerson(email=person_id)
    return _person_view(found, language=language)


def person_by_id(reader: Reader, *, person_id: int) -> Person:
    """One person, to be acted on.

    :raises NoSuchPerson: if there is none.
    """
    require_administrator(reader)
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise problems.NoSuchPerson(email=person_id)
    return found


def membership(reader: Reader, *, membership_id: int) -> Membership:
    """One role of one person in one body.

    :raises NoSuchMembership: if there is none.
    """
    require_administrator(reader)
    found = Membership.objects.select_related("person", "body").filter(pk=membership_id).first()
    if found is None:
        raise problems.NoSuchMembership
    return found


def open_membership(reader: Reader, *, email: str, body: str, role: str) -> Membership:
    """The role a person holds in a body today.

    :raises NoSuchMembership: if they do not hold it.
    """
    held = person(reader, email=email).memberships.open_on(timezone.localdate())
    found = held.filter(body=_body_named(body), role=role).first()
    if found is None:
        raise problems.NoSuchMembership
    return found


def bodies() -> list[Body]:
    """Every body, by its English name."""
    return list(Body.objects.select_related("state"))


def body(*, name: str) -> Body:
    """The body of a name, Arabic or English.

    :raises NoSuchBody: if there is none.
    """
    return _body_named(name)


def _body_named(name: str) -> Body:
    wanted = name.strip()
    found = Body.objects.filter(name_en__iexact=wanted) | Body.objects.filter(name_ar=wanted)
    first = found.first()
    if first is None:
        raise problems.NoSuchBody(name=wanted)
    return first


def body_name(body: Body, *, language: str) -> str:
    """What a body is called in a language."""
    return body.name_ar if language.split("-")[0] == "ar" else body.name_en


def _person_view(person: Person, *, language: str) -> PersonView:
    today = timezone.localdate()
    roles = [
        RoleHeld(
            id=held.pk,
            role=held.role,
            role_label=str(Role(held.role).label),
            body=body_name(held.body, language=language),
            from_date=held.from_date,
            until_date=held.until_date,
            is_open=held.from_date <= today
            and (held.until_date is None or held.until_date > today),
        )
        for held in person.memberships.all()
    ]
    return PersonView(
        id=person.pk,
        name=person.name,
        email=person.email,
        is_active=person.is_active,
        is_demo=person.is_demo,
        roles=tuple(sorted(roles, key=lambda role: (not role.is_open, role.from_date))),
    )


# ── States ───────────────────────────────────────────────────────────────────────────────────────
def states(*, language: str, text: str = "", sort: str = "name") -> list[StateView]:
    """All States and territories whose names or codes hold `text`, sorted.

    :param sort: one of `STATE_ORDERS`, with a leading `-` for the other way round.
    """
    found = [_state_view(state, language=language) for state in _shown_states()]
    wanted = text.strip()
    if wanted:
        # What people type is seldom the official name: «فنزويلا», "Ivory Coast".
        known = countries.match(wanted)
        named = known.iso2 if known else ""
        found = [state for state in found if state.iso2 == named or _mentions(state, wanted)]
    key = sort.removeprefix("-")
    order = _order(key if key in STATE_ORDERS else "name", language=language)
    return sorted(found, key=order, reverse=sort.startswith("-"))


def state(*, iso2: str, language: str) -> StateView:
    """One State or territory by its code: alpha-2, alpha-3 or M49.

    :raises NoSuchState: if no State has that code.
    """
    code = iso2.strip().upper()
    for field in ("iso2", "iso3", "m49"):
        found = _shown_states().filter(**{field: code}).first()
        if code and found is not None:
            return _state_view(found, language=language)
    raise problems.NoSuchState(code=iso2)


def state_codes() -> list[str]:
    """The alpha-2 codes of all States and territories; of invented ones never."""
    return list(State.objects.filter(is_invented=False).values_list("iso2", flat=True))


def invented_states() -> list[InventedState]:
    """The invented States of a demonstration; none anywhere else."""
    if not settings.DEMO:
        return []
    return [
        InventedState(iso2=state.iso2, iso3=state.iso3, names=state.names, un_group=state.un_group)
        for state in State.objects.filter(is_invented=True)
    ]


def _shown_states() -> QuerySet[State]:
    """States that exist; in a demonstration the invented ones too, which pages mark as such."""
    return State.objects.all() if settings.DEMO else State.objects.filter(is_invented=False)


def iso2_by_iso3() -> dict[str, str]:
    """The alpha-2 code of every State and territory, by its alpha-3 code; invented ones too."""
    return dict(State.objects.exclude(iso3="").values_list("iso3", "iso2"))


def state_names(*, language: str) -> dict[str, str]:
    """The name of every State and territory in a language, by alpha-2 code.

    Invented ones are among them, since a round of theirs has to name them.
    """
    return {
        state.iso2: _name(state, language=language) for state in State.objects.only("iso2", "names")
    }


def _name(state: State, *, language: str) -> str:
    names: dict[str, str] = state.names
    return names.get(language.split("-")[0]) or names.get("en") or state.iso2


def _state_view(state: State, *, language: str) -> StateView:
    return StateView(
        iso2=state.iso2,
        iso3=state.iso3,
        m49=state.m49,
        kind=state.kind,
        kind_label=_("Invented for the demonstration")
        if state.is_invented
        else str(StateKind(state.kind).label),
        name=_name(state, language=language),
        names=state.names,
        region=_region_name(state.region, language=language),
        subregion=_region_name(state.subregion, language=language),
        un_group=str(UnGroup(state.un_group).label) if state.un_group else "",
        is_invented=state.is_invented,
    )


def _region_name(m49: str, *, language: str) -> str:
    region = countries.regions().get(m49)
    if region is None:
        return ""
    return region.names.get(language.split("-")[0]) or region.names["en"]


def _mentions(state: StateView, wanted: str) -> bool:
    written = (*state.names.values(), state.iso2, state.iso3, state.m49, state.region)
    return any(wanted.casefold() in text.casefold() for text in written)


def _order(key: str, *, language: str) -> Callable[[StateView], Any]:
    spoken = language.split("-")[0]

    def by_name(state: StateView) -> Any:
        if state.is_invented:
            return countries.sort_key(state.name, spoken)
        return countries.get(state.iso2).sort_keys[spoken]

    if key == "name":
        return by_name
    return lambda state: (str(getattr(state, key)), by_name(state))


# ── tokens ───────────────────────────────────────────────────────────────────────────────────────
def digest_of(secret: str) -> str:
    """How a token is kept: SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_token(*, secret: str) -> Token | None:
    """The token with this secret, unless it was called back or its person's account is closed."""
    return (
        Token.objects.select_related("person")
        .filter(digest=digest_of(secret), ended_at__isnull=True, person__is_active=True)
        .first()
    )


def tokens_of(person: Person) -> list[Token]:
    """A person's open tokens, newest first; never the secrets."""
    return list(Token.objects.filter(person=person, ended_at__isnull=True))
