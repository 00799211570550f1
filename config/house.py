"""Make the house ready to live in: tables, reference data, samples. Safe to do at every start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

Say = Callable[[str], None]

#: One number that all of Marsad's processes agree on; two that prepare one database take turns.
_TURN = 0x4D415253


def is_ready() -> bool:
    """Whether the database has every table this version needs."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def prepare(say: Say) -> None:
    """Bring the tables and the reference data up to date, telling each step to `say`."""
    with _alone():
        if not is_ready():
            say(_("Preparing the tables of the database …"))
            call_command("migrate", verbosity=0, interactive=False)
        _load_reference_data(say)


def _load_reference_data(say: Say) -> None:
    from marsad.directory import loading as directory
    from marsad.library import loading as library
    from marsad.questionnaires import loading as questionnaires

    count = directory.load_states()
    say(_("{count} States and territories are in the directory.").format(count=count))
    library.load_reference_data(at=timezone.now())
    if questionnaires.load_shipped(at=timezone.now()):
        say(_("The questionnaires that come with Marsad are published."))


def load_samples(say: Say) -> None:
    """Put the sample documents of the demo into the library."""
    from marsad.library import loading as library

    say(_("Putting the sample documents into the library …"))
    library.load_samples(at=timezone.now())


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_TURN])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])


def uses_embedded_database() -> bool:
    """Whether the database is the one in Marsad's own data folder."""
    settings: dict[str, Any] = connection.settings_dict
    return bool(settings["ENGINE"] == "config.embedded")
