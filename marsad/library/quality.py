"""How good a text is: the share of words in doubt before and after, and what each stage did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from marsad.arabic import dictionary

#: An Arabic word with what may be hidden in it: marks, tatweel, private codes.
_WORD = re.compile("[\u0621-\u0652\u0670\u0671\ue000-\uf8ff]+")


def words_in_doubt(text: str) -> tuple[int, int]:
    """How many Arabic words a text has, and how many of them no dictionary or list knows.

    Names of people and places are among these: clean text has one or two in a hundred.
    """
    counts = Counter(_WORD.findall(text))
    unknown = sum(times for word, times in counts.items() if not dictionary.known(word))
    return sum(counts.values()), unknown


def measured(
    *, source: str, text: str, changes: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, int] | int]:
    """What is kept of a version: counts only, so that shares can be had over many."""
    kept = list(changes)
    words_before, unknown_before = words_in_doubt(source)
    words_after, unknown_after = words_in_doubt(text)
    return {
        "words_before": words_before,
        "unknown_before": unknown_before,
        "words": words_after,
        "unknown": unknown_after,
        "flagged": sum(not change["applied"] for change in kept),
        "stages": dict(Counter(change["stage"] for change in kept if change["applied"])),
    }


def share(part: float, whole: float) -> float:
    """A share from 0 to 1; nothing of nothing is 0.

    >>> share(1, 4), share(0, 0)
    (0.25, 0.0)
    """
    return part / whole if whole else 0.0
