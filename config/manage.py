"""The installed command `marsad`: Django's management commands under the product's name."""

from __future__ import annotations

import os
import sys

USAGE_WIDTH = 22


def main() -> None:
    """Run the command line; a foreseen problem is one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["up"] and "--demo" in sys.argv:
        # Before the settings are read; the processes that `up` starts inherit it.
        os.environ["MARSAD_DEMO"] = "1"
    try:
        _run(sys.argv)
    except BrokenPipeError:
        # Whoever read our output has read enough (`marsad library list | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)


def _run(arguments: list[str]) -> None:
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from marsad.problems import Problem

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reading one setting reads them all
    except (ImproperlyConfigured, Problem) as error:
        _give_up(str(error))
    import django
    from django.utils import translation

    django.setup()
    translation.activate(_language_of_the_terminal())
    if arguments[1:] in ([], ["help"], ["--help"], ["-h"]):
        sys.stdout.write(_help())
        return
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    from config import problem_responses
    from config.problems import DatabaseSilent, NotPrepared

    try:
        _prepare_for(arguments[1])
        # Under its own name also where it runs as `python -m config.manage`.
        execute_from_command_line(["marsad", *arguments[1:]])
    except Problem as problem:
        _give_up(str(problem), exit_code=problem_responses.EXIT_CODE)
    except OperationalError as error:
        _give_up(str(DatabaseSilent(reason=str(error).strip().splitlines()[0].rstrip("."))))
    except ProgrammingError as error:
        if "does not exist" not in str(error):
            raise
        _give_up(str(NotPrepared()))


def _prepare_for(command: str) -> None:
    """Let a room's command find its tables, also where `marsad up` never ran.

    Only in the database that is Marsad's own: a server is prepared when its keeper says so.
    """
    from django.core.management import get_commands

    from config import house

    app = get_commands().get(command)
    if not isinstance(app, str) or not app.startswith("marsad.") or "--help" in sys.argv:
        return
    if house.uses_embedded_database() and not house.is_ready():
        house.prepare(lambda sentence: print(sentence, file=sys.stderr, flush=True))


def _give_up(sentence: str, *, exit_code: int = 1) -> None:
    sys.stdout.flush()
    sys.stderr.write(sentence + "\n")
    sys.exit(exit_code)


def _language_of_the_terminal() -> str:
    """Arabic in an Arabic terminal, English elsewhere: pages have their own switch."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "ar" if os.environ[name].startswith("ar") else "en"
    return "en"


def _help() -> str:
    """Marsad's own commands first; Django's are there, and are named at the end."""
    from django.core.management import get_commands, load_command_class
    from django.utils.translation import gettext as _

    ours: list[str] = []
    others: list[str] = []
    for name, app in sorted(get_commands().items()):
        if app == "config" or app.startswith("marsad."):
            line = str(load_command_class(app, name).help).splitlines()[0]
            ours.append(f"  marsad {name:<{USAGE_WIDTH - 9}} {line}")
        else:
            others.append(name)
    return "\n".join(
        [
            _("What Marsad can do:"),
            "",
            *ours,
            "",
            _("marsad COMMAND --help tells more. Commands of the frameworks underneath:"),
            "",
            "  " + " ".join(others),
            "",
        ]
    )


if __name__ == "__main__":
    main()
