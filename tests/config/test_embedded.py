"""The embedded server, and the password that keeps its door."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from config.embedded import server

ASK = """
import sys, psycopg
from pathlib import Path
from config.embedded import server
with psycopg.connect(**server.connection_parameters(Path(sys.argv[1]))) as connection:
    print(connection.execute("SELECT 1").fetchone())
"""


def ask(home: Path) -> None:
    """Reach the server from a process of its own, which stops it when it leaves."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK, str(home)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "(1,)\n"


def test_it_starts_again_after_a_start_that_was_cut_short(tmp_path: Path) -> None:
    kept = tmp_path / server.PASSWORD_FILE
    kept.touch()
    ask(tmp_path)
    first = kept.read_text()
    assert len(first) > 20
    assert kept.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        server.PASSWORD_FILE,
        "postgresql",
        "postgresql.lock",
    ]

    kept.write_text("")  # as an earlier version left it, with the door closed behind it
    ask(tmp_path)
    assert kept.read_text() not in ("", first)
    assert "trust" not in (tmp_path / "postgresql" / "pg_hba.conf").read_text()
    ask(tmp_path)
