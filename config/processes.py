"""The processes that `marsad up` starts, watches and takes down with it."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config.problems import AlreadyUp, PartDied, PortTaken

FIRST_PORT = 8000
_PORTS_TRIED = 50
#: Seconds a process is given to end by itself; a job cut short is done again at the next start.
PATIENCE = 8.0
#: A process that ends this often within a minute is not started again.
_MOST_DEATHS = 5
_PR_SET_PDEATHSIG = 1


@dataclass(kw_only=True)
class Part:
    """One process of the house, started again when it ends by itself."""

    #: What it is called in messages: "web server", "worker".
    name: str
    command: Sequence[str]
    #: How it is started again, where that differs from the first time.
    again: Sequence[str] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    #: When it died, in seconds of the monotonic clock.
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches us alone and we end in order."""
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            list(self.again if self.deaths and self.again else self.command),
            env={**os.environ, **self.environment},
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def look(self) -> None:
        """Start it again if it has ended.

        :raises PartDied: if it keeps ending.
        """
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        self.deaths = [*(death for death in self.deaths if now - death < 60), now]
        if len(self.deaths) >= _MOST_DEATHS:
            raise PartDied(part=self.name, exit_code=self.process.returncode)
        self.start()

    def ask_to_end(self) -> None:
        """Tell it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end_by(self, deadline: float) -> None:
        """Wait until `deadline`, then end it and everything it started."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _die_with_parent() -> None:
    """Have the kernel end this process when its parent is killed without warning."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def end_all(parts: Sequence[Part]) -> None:
    """End all of them together, last started first, and wait until they are gone."""
    deadline = time.monotonic() + PATIENCE
    for part in reversed(parts):
        part.ask_to_end()
    for part in reversed(parts):
        part.end_by(deadline)


# ── one house, one port ──────────────────────────────────────────────────────────────────────────
@contextmanager
def only_one(home: Path) -> Iterator[Callable[[str], None]]:
    """Hold the data folder; the lock falls with the process, however it ends.

    :return: what to call with the address, so that whoever comes second can be told it.
    :raises AlreadyUp: if another `marsad up` holds it.
    """
    with (home / "up.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise AlreadyUp(home=home, address=file.read().strip() or "?") from error

        def write(address: str) -> None:
            file.truncate(0)
            file.write(address)
            file.flush()

        write("")
        yield write


def choose_port(host: str, port: int | None) -> int:
    """The port asked for, or the first free one from 8000 on.

    :raises PortTaken: if the one asked for is taken.
    """
    if port is not None:
        if _is_free(host, port):
            return port
        raise PortTaken(port=port, other=_next_free(host, port + 1))
    return _next_free(host, FIRST_PORT)


def _next_free(host: str, first: int) -> int:
    for port in range(first, min(first + _PORTS_TRIED, 65536)):
        if _is_free(host, port):
            return port
    raise PortTaken(port=first, other=first + _PORTS_TRIED)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # As the web server does: a port whose last connections are still closing is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    reachable = "127.0.0.1" if host in ("0.0.0.0", "") else host  # noqa: S104 - asked, not bound
    with contextlib.suppress(OSError), socket.create_connection((reachable, port), timeout=1):
        return True
    return False
