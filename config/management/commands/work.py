"""`marsad work`: one worker. Any number of them may run, on any number of machines."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

import procrastinate
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from config.tasks import retry_stalled_jobs


class Command(BaseCommand):
    """Do the work that pages and commands left for later."""

    @property
    def help(self) -> str:  # type: ignore[override]
        """In the language that is spoken when it is asked for, not when the file was loaded."""
        return _("Run one more worker, on this or another machine. Ctrl-C ends it.")

    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--alone",
            action="store_true",
            help=_("no other worker runs: take up at once what the last one left unfinished"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(_work(alone=options["alone"]))


async def _work(*, alone: bool) -> None:
    # As procrastinate's own command does it: Django's connection cannot wait for news.
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker:
        async with worker.open_async():
            await _run(worker, alone=alone)


async def _run(worker: procrastinate.App, *, alone: bool) -> None:
    # A worker that was killed said no farewell; whoever is alone need not wait for its heartbeat
    # to be missed.
    await retry_stalled_jobs(worker, patience=0 if alone else None)
    await worker.run_worker_async(
        # One job at a time: reading is work for the processor, not waiting.
        concurrency=1,
        # A job that cannot be ended in time is killed with us and done again at the next start.
        shutdown_graceful_timeout=6,
    )
