"""`marsad directory`: States for everybody, people for whoever works at the machine."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marsad.directory import actions, queries
from marsad.directory.sign_in import password_path
from marsad.directory.types import OPERATOR, BodyKind, Role


class Command(BaseCommand):
    """Ask and change the directory from a terminal."""

    @property
    def help(self) -> str:  # type: ignore[override]
        """In the language that is spoken when it is asked for, not when the file was loaded."""
        return _("Look up States; add people and bodies; give and end roles.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)

        states = verbs.add_parser("states", help=_("all States and territories, or those matching"))
        states.add_argument("text", nargs="?", default="", help=_("name or code"))
        states.add_argument("--json", action="store_true")

        people = verbs.add_parser("people", help=_("who can sign in, and their roles"))
        people.add_argument("--json", action="store_true")

        person = verbs.add_parser("add-person", help=_("make a person; prints a link for them"))
        person.add_argument("email")
        person.add_argument("--name", required=True)
        person.add_argument("--body", required=True, help=_("its name in the directory"))
        person.add_argument("--role", required=True, choices=Role.values)
        person.add_argument("--language", default="", choices=["", "ar", "en"])
        _address(person)

        link = verbs.add_parser("link", help=_("print a new link for choosing a password"))
        link.add_argument("email")
        _address(link)

        body = verbs.add_parser("add-body", help=_("make a body that people hold roles in"))
        body.add_argument("name_en")
        body.add_argument("--arabic", required=True, help=_("its name in Arabic"))
        body.add_argument("--kind", required=True, choices=BodyKind.values)
        body.add_argument("--state", help=_("code of the State it belongs to"))

        grant = verbs.add_parser("grant-role", help=_("give a person a role"))
        end = verbs.add_parser("end-role", help=_("end a role of a person"))
        for either in (grant, end):
            either.add_argument("email")
            either.add_argument("--body", required=True)
            either.add_argument("--role", required=True, choices=Role.values)

        close = verbs.add_parser("close-account", help=_("keep a person from signing in"))
        close.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, "_" + options["verb"].replace("-", "_"))(options)

    def _states(self, options: dict[str, Any]) -> None:
        found = queries.states(language=get_language() or "en", text=options["text"])
        if options["json"]:
            self._write_json([asdict(state) for state in found])
            return
        for state in found:
            mark = f"  [{state.kind_label}]" if state.is_invented else ""
            self.stdout.write(f"{state.iso2}  {state.iso3:<3}  {state.m49:<3}  {state.name}{mark}")

    def _people(self, options: dict[str, Any]) -> None:
        found = queries.people(OPERATOR, language=get_language() or "en")
        if options["json"]:
            self._write_json([asdict(person) for person in found])
            return
        for person in found:
            held = "; ".join(
                f"{role.role_label}, {role.body}" for role in person.roles if role.is_open
            )
            self.stdout.write(f"{person.email}  {person.name}  {held}")

    def _add_person(self, options: dict[str, Any]) -> None:
        person = actions.admit(
            email=options["email"],
            name=options["name"],
            language=options["language"],
            body=queries.body(name=options["body"]),
            role=options["role"],
            by=OPERATOR,
            at=timezone.now(),
        )
        self._write_link(options, path=password_path(person))

    def _link(self, options: dict[str, Any]) -> None:
        person = queries.person(OPERATOR, email=options["email"])
        self._write_link(options, path=password_path(person))

    def _write_link(self, options: dict[str, Any], *, path: str) -> None:
        self.stderr.write(_("Send this link by a way you trust; it works once:"))
        self.stdout.write(options["address"].rstrip("/") + path)

    def _add_body(self, options: dict[str, Any]) -> None:
        actions.add_body(
            kind=options["kind"],
            name_ar=options["arabic"],
            name_en=options["name_en"],
            state=options["state"],
            by=OPERATOR,
            at=timezone.now(),
        )

    def _grant_role(self, options: dict[str, Any]) -> None:
        actions.grant_role(
            person=queries.person(OPERATOR, email=options["email"]),
            body=queries.body(name=options["body"]),
            role=options["role"],
            by=OPERATOR,
            at=timezone.now(),
        )

    def _end_role(self, options: dict[str, Any]) -> None:
        membership = queries.open_membership(
            OPERATOR, email=options["email"], body=options["body"], role=options["role"]
        )
        actions.end_role(membership=membership, by=OPERATOR, at=timezone.now())

    def _close_account(self, options: dict[str, Any]) -> None:
        person = queries.person(OPERATOR, email=options["email"])
        actions.close_account(person=person, by=OPERATOR, at=timezone.now())

    def _write_json(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _address(parser: argparse.ArgumentParser) -> None:
    known = settings.CSRF_TRUSTED_ORIGINS
    parser.add_argument(
        "--address",
        default=known[0] if known else "http://localhost:8000",
        help=_("where this installation is reached; begins the link"),
    )
