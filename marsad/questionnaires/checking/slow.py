"""Patterns as authors write them for phones, and those that could take for ever: `(a+)+`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

#: No answer is matched beyond this many characters.
LONGEST = 2_000
_MANY = 32

_parse = getattr(re, "_parser").parse  # noqa: B009 - the standard library keeps it private


_CLASS = re.compile(r"\\(?:p\{(?P<name>\w+)\}|.)|[\[\]]", re.DOTALL)
_CLASSES = {"L": r"\w", "N": r"\d", "Nd": r"\d", "Alpha": r"\w", "Digit": r"\d"}
_ARABIC = r"\u0600-\u06ff\u0750-\u077f"


def as_python(pattern: str) -> str:
    """The same pattern without the classes that phones know and Python does not.

    >>> as_python(r"[\\p{L} ]+"), as_python(r"\\p{IsArabic}+")
    ('[\\\\w ]+', '[\\\\u0600-\\\\u06ff\\\\u0750-\\\\u077f]+')
    """
    inside = False

    def put(found: re.Match[str]) -> str:
        nonlocal inside
        if found.group() in "[]":
            inside = found.group() == "["
            return found.group()
        name = (found["name"] or "").removeprefix("Is").removeprefix("In")
        if name == "Arabic":
            return _ARABIC if inside else f"[{_ARABIC}]"
        return _CLASSES.get(name, found.group())

    return _CLASS.sub(put, pattern)


def is_slow(pattern: str) -> bool:
    """Whether a pattern repeats what repeats, which some texts make it try in endless ways.

    Warns whoever writes a form. It does not find all of them: a check lets none run for long.

    >>> is_slow(r"(\\d+)+"), is_slow(r"\\d{3}-\\d+")
    (True, False)

    :raises re.error: if it is no pattern.
    """
    return _nested(_parse(pattern), inside=False)


def _nested(parts: Iterable[Any], *, inside: bool) -> bool:
    for name, given in parts:
        kind = str(name)
        if kind in ("MAX_REPEAT", "MIN_REPEAT"):
            _least, most, repeated = given
            repeats = int(most) > _MANY
            if (inside and repeats) or _nested(repeated, inside=inside or repeats):
                return True
        elif any(_nested(part, inside=inside) for part in _inner(kind, given)):
            return True
    return False


def _inner(kind: str, given: Any) -> list[Any]:
    if kind == "SUBPATTERN":
        return [given[-1]]
    if kind == "BRANCH":
        return list(given[1])
    if kind in ("ASSERT", "ASSERT_NOT"):
        return [given[1]]
    if kind == "ATOMIC_GROUP":
        return [given]
    if kind == "GROUPREF_EXISTS":
        return [part for part in given[1:] if part is not None]
    return []
