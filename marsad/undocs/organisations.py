"""Names of organisations as reports list them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from .fold import fold

_LIKE_ENOUGH = 92


@dataclass(frozen=True, kw_only=True)
class FoundOrganisation:
    """A known organisation in a text."""

    #: Our code: "IOM".
    code: str
    #: Where it stands in the folded text.
    start: int
    end: int


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Folded names and their codes."""
    text = (files(__package__) / "data" / "organisations.json").read_text(encoding="utf-8")
    records = json.loads(text)["organisations"]
    return {_level(name): record["code"] for record in records for name in record["names"]}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    parts = (
        re.escape(name)
        .replace(r"\ ", r"\s+")
        .replace(r"\-", r"\s*-\s*")
        .replace(r"\s+\s*-", r"\s*-")
        for name in longest_first
    )
    return re.compile("(?<![a-zа-я])[وفبلك]?(" + "|".join(parts) + ")(?![a-zа-яء-ي])")


def _level(name: str) -> str:
    return re.sub(r"\s+", " ", fold(name)).strip(" .")


def find_organisations(folded: str) -> list[FoundOrganisation]:
    """Known organisations in a folded text, in order."""
    found = []
    for match in _pattern().finditer(folded):
        name = re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", match[1]))
        code = _by_level().get(name)
        if code is not None:
            found.append(FoundOrganisation(code=code, start=match.start(1), end=match.end(1)))
    return found


@lru_cache(maxsize=1)
def _by_level() -> dict[str, str]:
    return {re.sub(r"\s*-\s*", "-", name): code for name, code in _names().items()}


@lru_cache(maxsize=4096)
def code_for(name: str) -> str | None:
    """The code of an organisation by its whole name, a misread letter or two forgiven."""
    level = re.sub(r"\s*[(（][^)）]*[)）]\s*", " ", _level(name)).strip()
    if not level:
        return None
    if level in _names():
        return _names()[level]
    if len(level) > 200:
        return None
    likeliest = process.extractOne(
        level, list(_names()), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH
    )
    return _names()[likeliest[0]] if likeliest else None
