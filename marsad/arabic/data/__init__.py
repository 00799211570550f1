"""Word lists of our own compilation. A line that begins with # is a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def lines(name: str | Path) -> tuple[str, ...]:
    """Return the lines of a list in this folder, without comments and blank lines."""
    read = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in read if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a list that are separated by spaces or line breaks."""
    return tuple(word for line in lines(name) for word in line.split())


@cache
def corpus() -> tuple[str, ...]:
    """Return the lines of the reports invented for the language model."""
    return tuple(line for path in sorted((_HERE / "corpus").glob("*.txt")) for line in lines(path))
