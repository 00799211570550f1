"""`marsad prepare`: what `marsad up` does first, for those who start the parts themselves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from config import house


class Command(BaseCommand):
    """Bring the tables and the reference data up to date."""

    @property
    def help(self) -> str:  # type: ignore[override]
        """In the language that is spoken when it is asked for, not when the file was loaded."""
        return _("Bring the tables and the reference data of the database up to date.")

    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def handle(self, *args: Any, **options: Any) -> None:
        house.prepare(self.stdout.write)
