"""PDFium in a process of its own, with a bound on its memory and its time, and without our secrets.

A PDF is a program of sorts, and PDFium is written in C++: a page that asks for gigabytes, never
ends or brings it down takes that process with it, not the one that serves people.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PIL import Image

from marsad.reading import errors
from marsad.reading.pdf.document import PdfText
from marsad.reading.result import Limits, Progress

_WORKER: Final = (sys.executable, "-m", "marsad.reading.pdf.worker")
_ROOT: Final = Path(__file__).parents[3]
#: What Python needs to start; the rest of the environment holds passwords and keys.
_NEEDED: Final = (
    *("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP"),
    *("VIRTUAL_ENV", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT"),
)
#: How a process ends that took all the seconds it may; Windows knows no such end.
_OUT_OF_SECONDS: Final = -getattr(signal, "SIGXCPU", 0)


class DidNotStart(RuntimeError):  # noqa: N818 - as the problems of this house
    """The process fell over before it looked at the document: a fault of this machine."""


def pdf_pages(
    data: bytes, *, name: str, limits: Limits, progress: Progress | None = None
) -> PdfText:
    """The text of every page, in the order a person would read it."""
    with _asked(data, {"job": "text"}, name=name, limits=limits) as worker:
        for answer in worker.answers():
            if "page" in answer:
                if progress is not None:
                    progress(*answer["page"])
            else:
                return PdfText(pages=tuple(answer["pages"]), letters=answer["letters"])
    raise worker.failure()


def picture_of_page(data: bytes, number: int, *, name: str, dpi: int, pixels: int) -> Image.Image:
    """One page as a grey picture, at `dpi` or less where that would be more than `pixels`."""
    asked = {"job": "picture", "number": number, "dpi": dpi, "pixels": pixels}
    with _asked(data, asked, name=name, limits=Limits()) as worker:
        for answer in worker.answers():
            size = (int(answer["size"][0]), int(answer["size"][1]))
            drawn = worker.rest()
            if len(drawn) == size[0] * size[1]:
                return Image.frombytes("L", size, drawn)
    raise worker.failure()


class _Worker:
    """One process at work on one document."""

    def __init__(self, *, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._done = 0
        self._late = False
        self._is_ready = False
        self._process = subprocess.Popen(  # noqa: S603 - this program, with arguments from here
            _WORKER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    def ask(self, data: bytes, asked: dict[str, Any]) -> None:
        head = {**asked, "name": self._name, "limits": dataclasses.asdict(self._limits)}
        with contextlib.suppress(OSError), self._process.stdin as pipe:  # type: ignore[union-attr]
            pipe.write(json.dumps(head).encode() + b"\n")
            pipe.write(data)

    def answers(self) -> Iterator[dict[str, Any]]:
        """What it says, line by line; a page that takes too long ends it.

        :raises marsad.reading.errors.CannotRead: and `WillNotRead`, as the worker met them.
        """
        out = self._process.stdout
        while out is not None:
            with self._watched():
                line = out.readline()
            if not line.endswith(b"\n"):
                return
            answer: dict[str, Any] = json.loads(line)
            if "ready" in answer:
                self._is_ready = True
                continue
            if "problem" in answer:
                raise getattr(errors, answer["problem"])(**answer["details"])
            self._done = answer.get("page", [self._done])[0]
            yield answer

    def rest(self) -> bytes:
        with self._watched():
            return self._process.stdout.read() if self._process.stdout else b""

    def failure(self) -> Exception:
        """Why it ended without an answer."""
        ended = self._ended()
        if self._late or (ended and ended == _OUT_OF_SECONDS):
            seconds = round(self._limits.page_seconds)
            return errors.TookTooLong(name=self._name, page=self._done + 1, seconds=seconds)
        if not self._is_ready:
            return DidNotStart(f"the process that reads PDF files ended with {ended}")
        return errors.TooHeavy(name=self._name, megabytes=self._limits.memory // (1024 * 1024))

    def _ended(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=1)
        return None

    def end(self) -> None:
        self._process.kill()
        if self._process.stdout:
            self._process.stdout.close()
        self._process.wait()

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        timer = threading.Timer(self._limits.page_seconds, self._too_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(_ROOT), *_paths()])}


def _paths() -> list[str]:
    return [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]


@contextlib.contextmanager
def _asked(data: bytes, asked: dict[str, Any], *, name: str, limits: Limits) -> Iterator[_Worker]:
    worker = _Worker(name=name, limits=limits)
    try:
        worker.ask(data, asked)
        yield worker
    finally:
        worker.end()
