"""`marsad up`, as a real process with its own data folder."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.management.commands import up


class House:
    """A running `marsad up`."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.home = home
        self.log = home.with_suffix(".log")
        self.process = marsad("up", *arguments, home=home, output=self.log)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_until_open(self) -> str:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            found = re.search(r"Marsad is open at (\S+)", self.said())
            if found:
                return found[1]
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)
        raise AssertionError(self.said())

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def parts(self) -> list[psutil.Process]:
        """Every living process that belongs to this data folder."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.status() == psutil.STATUS_ZOMBIE:
                    continue
                where = [process.environ().get("MARSAD_HOME", ""), *process.cmdline()]
                if any(str(self.home) in text for text in where):
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def worker(self) -> psutil.Process:
        return next(part for part in self.parts() if "work" in part.cmdline())


def marsad(*arguments: str, home: Path, output: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if "MARSAD_" not in name}
    environment.pop("DATABASE_URL", None)
    environment |= {"MARSAD_HOME": str(home), "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "default"}
    with output.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "config.manage", *arguments],
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("up") / "home"


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    opened = House(home)
    try:
        yield opened
    finally:
        if opened.process.poll() is None:
            opened.end(signal.SIGTERM)
        for left in opened.parts():
            left.kill()


def test_it_opens_and_leaves_nothing_running_behind(house: House) -> None:
    address = house.wait_until_open()
    with urllib.request.urlopen(address + "account/login/") as page:
        assert page.status == 200
    assert len(house.parts()) > 3

    assert house.end(signal.SIGINT) == 0
    assert house.parts() == []


def test_it_takes_its_parts_along_when_it_is_killed(house: House) -> None:
    address = house.wait_until_open()
    urllib.request.urlopen(address + "account/login/").close()
    house.process.kill()
    house.process.wait(10)

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and len(not_the_database(house)) > 0:
        time.sleep(0.2)
    assert not_the_database(house) == []


def not_the_database(house: House) -> list[psutil.Process]:
    return [part for part in house.parts() if "postgres" not in part.name()]


def test_it_starts_a_worker_again_that_was_killed(house: House) -> None:
    house.wait_until_open()
    first = house.worker()
    assert "--alone" in first.cmdline()
    first.kill()

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if house.worker().pid != first.pid:
                break
        except StopIteration:
            pass
        time.sleep(0.2)
    assert house.worker().pid != first.pid
    # Others may have begun work since: only the first takes up at once what lies there.
    assert "--alone" not in house.worker().cmdline()


def test_it_says_that_it_is_already_running_and_ends_when_it_is_told_to(
    house: House, tmp_path: Path
) -> None:
    address = house.wait_until_open()

    second = marsad("up", home=house.home, output=tmp_path / "second")
    assert second.wait(60) == 1
    assert (tmp_path / "second").read_text() == (
        f"Marsad is already running on the data folder {house.home}, at {address}.\n"
    )
    assert house.end(signal.SIGTERM) == 0
    assert house.parts() == []


def test_it_says_that_the_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        asked = marsad("up", "--port", str(port), home=tmp_path / "home", output=tmp_path / "out")
        assert asked.wait(60) == 1

    said = (tmp_path / "out").read_text()
    assert said.startswith(f"Another program already listens on port {port}.")
    assert said.count("\n") == 1


def test_it_says_that_the_data_folder_cannot_be_written(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.touch()
    asked = marsad("check", home=in_the_way / "home", output=tmp_path / "out")

    assert asked.wait(60) == 1
    said = (tmp_path / "out").read_text()
    assert "cannot be written" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("embedded", [True, False])
def test_it_takes_up_unfinished_work_at_once_only_where_nobody_else_works(
    embedded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up.house, "uses_embedded_database", lambda: embedded)
    _web, worker = up._parts("127.0.0.1", 8000)
    assert ("--alone" in worker.command) is embedded
    assert "--alone" not in worker.again
