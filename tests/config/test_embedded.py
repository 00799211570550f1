"""The embedded server, and the password that keeps its door."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import server

ASK = """
import sys, psycopg
from pathlib import Path
from config.embedded import server
with psycopg.connect(**server.connection_parameters(Path(sys.argv[1]))) as connection:
    print(connection.execute("SELECT 1").fetchone())
"""

ASK_AT_ONCE = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from config.embedded import server
together = threading.Barrier(8)
def ask(number):
    together.wait()
    return server.connection_parameters(Path(sys.argv[1]))["dbname"]
with ThreadPoolExecutor(8) as threads:
    print(set(threads.map(ask, range(8))))
"""


@pytest.fixture
def home() -> Iterator[Path]:
    # Not in pytest's own folder: other runs close that one to the server's user.
    made = Path(tempfile.mkdtemp(prefix="marsad-embedded-"))
    yield made
    server.stop(made)
    shutil.rmtree(made, ignore_errors=True)


def ask(home: Path, *, does: str = ASK, says: str = "(1,)\n") -> None:
    """Reach the server from a process of its own, which stops it when it leaves."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", does, str(home)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == says


def test_it_starts_again_after_a_start_that_was_cut_short(home: Path) -> None:
    kept = home / server.PASSWORD_FILE
    kept.touch()
    ask(home)
    first = kept.read_text()
    assert len(first) > 20
    assert kept.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in home.iterdir()) == [
        server.PASSWORD_FILE,
        "postgresql",
        "postgresql.lock",
    ]

    kept.write_text("")  # as an earlier version left it, with the door closed behind it
    ask(home)
    assert kept.read_text() not in ("", first)
    assert "trust" not in (home / "postgresql" / "pg_hba.conf").read_text()
    ask(home)


def test_requests_that_come_at_once_when_the_web_server_has_started_reach_it(home: Path) -> None:
    for _start in range(2):
        ask(home, does=ASK_AT_ONCE, says="{'marsad'}\n")
