"""Who is asked, and how strongly: the words that make a sentence a recommendation."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from .types import Strength


@dataclass(frozen=True, kw_only=True)
class Force:
    """What a sentence asks, and of whom."""

    #: How strongly.
    strength: Strength
    #: Codes of those addressed, in the order of the text.
    addressees: tuple[str, ...]
    #: Where in the folded text it begins.
    start: int


#: Those addressed, and shapes of asking, by language (data/forces.json). The narrower stands before
#: the wider: States not parties before States parties, those before States.
_DATA = json.loads((files(__package__) / "data" / "forces.json").read_text(encoding="utf-8"))
_ADDRESSEES: Mapping[str, list[tuple[str, str]]] = _DATA["addressees"]
_SHAPES: Mapping[str, list[tuple[Strength, str]]] = _DATA["shapes"]
_ARTICLE: Mapping[str, str] = _DATA["article"]
_AND: Mapping[str, str] = _DATA["and"]
_ASIDE: Mapping[str, str] = _DATA["aside"]
#: "consider …" right behind what asks turns should into should_consider.
_CONSIDER = {language: re.compile(pattern) for language, pattern in _DATA["consider"].items()}
#: The same where a lettered item opens with it.
_CONSIDERING = {language: re.compile(pattern) for language, pattern in _DATA["considering"].items()}
_LOOKS = re.compile(r"^[تين]نظر$")


def _who(language: str) -> str:
    one = "|".join(f"(?:{pattern})" for _, pattern in _ADDRESSEES[language])
    article = _ARTICLE[language]
    return rf"(?:{article}(?:{one})(?:(?:{_AND[language]}){article}(?:{one})){{0,4}})"


def _compile(language: str) -> tuple[tuple[Strength, re.Pattern[str]], ...]:
    who, gap = _who(language), _ASIDE[language]
    shapes = []
    for strength, shape in _SHAPES[language]:
        pattern = _each(shape, who)
        pattern = pattern.replace("GAP", gap).replace("ONE", r"[^\s،.,:]{2,20}")
        shapes.append((strength, re.compile(pattern)))
    return tuple(shapes)


def _each(shape: str, who: str) -> str:
    count = 0

    def name(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"(?P<who{count}>{who})"

    return re.sub("WHO", name, shape)


_COMPILED = {language: _compile(language) for language in _SHAPES}
_EACH = {
    language: tuple((code, re.compile(pattern)) for code, pattern in addressees)
    for language, addressees in _ADDRESSEES.items()
}


def read_force(folded: str, language: str) -> Force | None:
    """The first thing a folded text asks of somebody; None where it asks nobody."""
    best: tuple[int, int, Strength, re.Match[str]] | None = None
    for rank, (strength, shape) in enumerate(_COMPILED[language]):
        match = shape.search(folded)
        if match is not None and (best is None or (match.start(), rank) < best[:2]):
            best = (match.start(), rank, strength, match)
    if best is None:
        return None
    start, _, strength, match = best
    if strength == "should" and _considers(match, folded, language):
        strength = "should_consider"
    who = next(value for name, value in match.groupdict().items() if name[:3] == "who" and value)
    return Force(strength=strength, addressees=addressees_in(who, language), start=start)


def _considers(match: re.Match[str], folded: str, language: str) -> bool:
    verbs = (value for name, value in match.groupdict().items() if name.startswith("verb"))
    if any(verb and _LOOKS.match(verb) for verb in verbs):
        return True
    return _CONSIDER[language].match(folded, match.end()) is not None


def begins_with_consider(folded: str, language: str) -> bool:
    """Whether a lettered item opens with "consider …"."""
    return _CONSIDERING[language].match(folded) is not None


def addressees_in(folded: str, language: str) -> tuple[str, ...]:
    """Codes of all addressed in a phrase, in its order."""
    found: list[tuple[int, str]] = []
    covered: list[tuple[int, int]] = []
    for code, pattern in _EACH[language]:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in covered):
                continue
            covered.append((start, end))
            found.append((start, code))
    return tuple(dict.fromkeys(code for _, code in sorted(found)))
