"""`marsad up`: the whole house in one foreground process."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
import webbrowser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from config import demo, house, processes
from config.embedded import server


class Stop(Exception):  # noqa: N818 - not an error: somebody asked us to end
    """Ctrl-C, or the signal that service managers send."""


class Command(BaseCommand):
    """Start the database, the web server and a worker; end them together."""

    @property
    def help(self) -> str:  # type: ignore[override]
        """In the language that is spoken when it is asked for, not when the file was loaded."""
        return _("Start Marsad: database, web server and worker in one process. Ctrl-C ends all.")

    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on"))
        parser.add_argument("--port", type=int, help=_("port; the first free one from 8000 on"))
        parser.add_argument(
            "--demo", action="store_true", help=_("with made-up people and sample documents")
        )
        parser.add_argument("--open", action="store_true", help=_("open the browser"))

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _stop)
        signal.signal(signal.SIGINT, _stop)
        signal.signal(signal.SIGHUP, _stop)  # the terminal was closed
        begun = time.monotonic()
        host = options["host"]
        with processes.only_one(settings.MARSAD_HOME) as hold:
            parts: list[processes.Part] = []
            try:
                port = processes.choose_port(host, options["port"])
                address = f"http://{_name_of(host)}:{port}/"
                hold(address)
                self._prepare()
                parts = _parts(host, port)
                for part in parts:
                    part.start()
                self._wait_until_it_answers(host, port, parts)
                self._tell(address, seconds=time.monotonic() - begun)
                if options["open"]:
                    _open_browser(address)
                self._watch(parts)
            except Stop:
                self._say(_("Shutting down …"))
            finally:
                _deafen()
                processes.end_all(parts)
                connection.close()
                if house.uses_embedded_database():
                    server.stop(settings.MARSAD_HOME)

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def _prepare(self) -> None:
        if house.uses_embedded_database():
            self._say(_("Starting the database in {home} …").format(home=settings.MARSAD_HOME))
        connection.ensure_connection()
        house.prepare(self._say)
        if settings.DEMO:
            house.load_samples(self._say)
            self._greet()
        # The parts open connections of their own.
        connection.close()

    def _greet(self) -> None:
        people = demo.welcome(home=Path(settings.MARSAD_HOME), at=timezone.now())
        if demo.hold_rounds(at=timezone.now()):
            self._say(_("Rounds among invented States were made for the demonstration."))
        if demo.bring_figures(at=timezone.now()):
            self._say(_("Figures of invented States were made up for the demonstration."))
        self._say("")
        self._say(_("The people of the demo (their passwords work in demo mode only):"))
        for person, password in people:
            state = f", {person.body.state}" if person.body.state else ""
            self._say(f"  {person.email:<22} {password:<20} {person.role.label}{state}")
        self._say("")

    def _wait_until_it_answers(self, host: str, port: int, parts: list[processes.Part]) -> None:
        while not processes.answers(host, port):
            for part in parts:
                part.look()
            time.sleep(0.05)

    def _tell(self, address: str, *, seconds: float) -> None:
        self._say(_("Marsad is open at {address}").format(address=address))
        self._say(_("Ready in {seconds} s. Ctrl-C ends it.").format(seconds=f"{seconds:.1f}"))

    def _watch(self, parts: list[processes.Part]) -> None:
        while True:
            for part in parts:
                part.look()
            time.sleep(0.5)


def _stop(number: int, frame: FrameType | None) -> None:
    # Once is enough: make and the terminal may both send it, and a second one must not cut the
    # shutting down short.
    _deafen()
    raise Stop


def _deafen() -> None:
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)


def _parts(host: str, port: int) -> list[processes.Part]:
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
    # One process: sign-in attempts are counted in its memory. Threads wait for the database.
    web += ["--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    web += ["--respawn-failed-workers", "--log-level", "warning", "config.wsgi:application"]
    work = [sys.executable, "-m", "config.manage", "work"]
    return [
        processes.Part(name=_("web server"), command=web),
        # The first one on a database of our own has nobody beside it. One that is started again,
        # or shares a server, must leave alone what other workers have begun.
        processes.Part(
            name=_("worker"),
            command=[*work, "--alone"] if house.uses_embedded_database() else work,
            again=work,
        ),
    ]


def _name_of(host: str) -> str:
    if host in ("127.0.0.1", "0.0.0.0", "::", "::1"):  # noqa: S104 - compared, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _open_browser(address: str) -> None:
    """Open a browser where somebody sits at a screen; on a server there is none to open."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return
    webbrowser.open(address)
