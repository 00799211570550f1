"""What is in the making leaves nothing behind, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from marsad.statistics.scratch import scratch

_WORKS = """
import sys, time
from marsad.statistics.scratch import scratch
with scratch() as folder:
    (folder / "figures.csv").write_text("not verified yet")
    print(folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_what_a_killed_worker_left_is_cleared_by_the_next_and_that_of_the_living_stays(
    temporary: Path,
) -> None:
    at_work = [
        subprocess.Popen([sys.executable, "-c", _WORKS], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    killed, living = (Path(str(each.stdout and each.stdout.readline().strip())) for each in at_work)
    try:
        at_work[0].kill()
        at_work[0].wait()
        assert (killed / "figures.csv").exists()
        with scratch() as folder:
            assert folder.parent == temporary
            assert folder.stat().st_mode & 0o077 == 0
            assert not killed.exists()
            assert (living / "figures.csv").exists()
        assert not folder.exists()
    finally:
        for each in at_work:
            each.kill()
            each.communicate()


def test_what_belongs_to_nobody_of_ours_is_left_alone(temporary: Path) -> None:
    others = [temporary / "marsad-making-of-a-film", temporary / f"other-{os.getpid()}"]
    for each in others:
        each.mkdir()
    with scratch():
        assert all(each.exists() for each in others)
