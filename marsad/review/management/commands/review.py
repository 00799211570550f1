"""`marsad review …`: rounds, findings and reports from the command line.

Whoever runs it works at the machine itself. Words come in English unless `--reader` says otherwise,
so that scripts can rely on them.
"""

from __future__ import annotations

from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from marsad.review.management import rounds

#: Further commands, each a module of `marsad.review.management` with `HELP`, `add_arguments` and
#: `handle`.
_MORE = ("findings", "report")


class Command(BaseCommand):
    help = "Open rounds and follow them, remind, count findings, write the report."
    requires_migrations_checks = False
    # `make check` makes them: here a script would wait for all pages to be loaded, every time.
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", metavar="COMMAND", required=True)
        for name, (perform, arguments, says) in rounds.COMMANDS.items():
            one = _parser(does, name, says)
            one.add_argument("--json", action="store_true")
            arguments(one)
            one.set_defaults(perform=perform)
        for name in _MORE:
            if find_spec(f"marsad.review.management.{name}") is None:
                continue
            module = import_module(f"marsad.review.management.{name}")
            one = _parser(does, name, getattr(module, "HELP", (module.__doc__ or "").strip()))
            module.add_arguments(one)
            one.set_defaults(perform=module.handle)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["reader"]):
            options["perform"](options, self.stdout)


def _parser(does: Any, name: str, says: str) -> ArgumentParser:
    parser: ArgumentParser = does.add_parser(name, help=says, description=says)
    parser.add_argument(
        "--reader", default="en", choices=["ar", "en"], help="language of labels and messages"
    )
    return parser
