"""Folders for what is in the making: gone when it is made, and after whoever made it was killed.

Figures that nobody verified and records of people pass through them; nothing of either may stay
behind in the temporary folder of a machine.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "marsad-making-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder that this process alone may read; what the killed left is cleared first."""
    _clear()
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as folder:
        yield Path(folder)


def _clear() -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        process = left.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdecimal() and not _lives(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # of somebody else
    return True
