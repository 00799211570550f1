"""The colours of the house, read from the style sheet that names them.

A printed page is as light as the light theme: the first block of the sheet.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import marsad.design

_TOKENS = Path(marsad.design.__file__).parent / "static" / "design" / "tokens.css"
_COLOUR = re.compile(r"--(?P<name>[a-z-]+):\s*#(?P<value>[0-9a-f]{6});")


@lru_cache(maxsize=1)
def _colours() -> dict[str, str]:
    light = _TOKENS.read_text(encoding="utf-8").split("}", 1)[0]
    return {found["name"]: found["value"].upper() for found in _COLOUR.finditer(light)}


def colour(name: str) -> str:
    """A colour by its name in the style sheet, as six hexadecimal digits without a sign."""
    return _colours()[name]


INK = colour("ink")
QUIET = colour("ink-soft")
RULE = colour("line")
ACCENT = colour("accent")
ON_ACCENT = colour("on-accent")
WARNING = colour("warning")
WARNING_SOFT = colour("warning-soft")
