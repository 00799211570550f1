"""How good a text was, and how good it is now, counted without a reference."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from marsad.arabic import dictionary
from marsad.arabic.record import Repair

#: An Arabic word with what may be hidden in it: marks, tatweel, private codes.
_WORD = re.compile("[\u0621-\u0652\u0670\u0671\ue000-\uf8ff]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quality:
    """Counts, so that shares can be had over many texts."""

    #: Arabic words as the text came, and how many of them nobody knows.
    words_before: int
    unknown_before: int
    #: The same after repair. Clean text keeps one or two in a hundred: names.
    words: int
    unknown: int
    #: Changes made, by stage.
    changes: dict[str, int]
    #: Places left as they came, for a person.
    flagged: int


def quality_of(repair: Repair) -> Quality:
    """Measure a repair."""
    words_before, unknown_before = _counted(repair.source)
    words, unknown = _counted(repair.text)
    made = [change for change in repair.changes if change.applied]
    return Quality(
        words_before=words_before,
        unknown_before=unknown_before,
        words=words,
        unknown=unknown,
        changes=dict(Counter(change.stage for change in made)),
        flagged=len(repair.changes) - len(made),
    )


def _counted(text: str) -> tuple[int, int]:
    counts = Counter(_WORD.findall(text))
    return counts.total(), sum(n for word, n in counts.items() if not dictionary.known(word))
