"""The other end of `apart.py`: one document read from standard input, answers on standard output.

A line of JSON says what is asked, the bytes of the PDF follow. Each answer is a line of JSON; a
picture is followed by its bytes. The first says that the process has started.
"""

from __future__ import annotations

import contextlib
import json
import math
import sys
from typing import Any, BinaryIO

from marsad.problems import Problem
from marsad.reading import errors
from marsad.reading.pdf.document import pdf_pages, picture_of_page
from marsad.reading.result import Limits


def main() -> None:
    """Answer what is asked, within the memory allowed."""
    out = sys.stdout.buffer
    _say({"ready": True}, out)
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**asked["limits"])
    _bound(limits.memory)
    _allow(limits.page_seconds)
    data = sys.stdin.buffer.read()
    try:
        if asked["job"] == "text":
            _text(data, asked["name"], limits, out)
        else:
            _picture(data, asked, out)
    except MemoryError:
        heavy = errors.TooHeavy(name=asked["name"], megabytes=limits.memory // (1024 * 1024))
        _refuse(heavy, out)
    except Problem as problem:
        _refuse(problem, out)
    out.flush()


def _bound(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows bounds processes by other means
        return
    with contextlib.suppress(ValueError, OSError):  # less is allowed already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow(seconds: float) -> None:
    """So many seconds more at work; the other end may have died and watches no longer."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    with contextlib.suppress(ValueError, OSError):  # less is allowed already
        resource.setrlimit(resource.RLIMIT_CPU, (until, most))


def _text(data: bytes, name: str, limits: Limits, out: BinaryIO) -> None:
    def page_done(done: int, pages: int) -> None:
        _allow(limits.page_seconds)
        _say({"page": [done, pages]}, out)

    found = pdf_pages(data, name=name, limits=limits, progress=page_done)
    _say({"pages": found.pages, "letters": found.letters}, out)


def _picture(data: bytes, asked: dict[str, Any], out: BinaryIO) -> None:
    picture = picture_of_page(
        data, asked["number"], name=asked["name"], dpi=asked["dpi"], pixels=asked["pixels"]
    ).convert("L")
    _say({"size": picture.size}, out)
    out.write(picture.tobytes())


def _refuse(problem: Problem, out: BinaryIO) -> None:
    _say({"problem": type(problem).__name__, "details": problem.details}, out)


def _say(answer: dict[str, Any], out: BinaryIO) -> None:
    out.write(json.dumps(answer).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
