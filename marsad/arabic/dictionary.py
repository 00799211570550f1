"""An Arabic dictionary where the machine has one, and how common a word is everywhere.

The dictionary is hunspell's (`hunspell-ar` of Debian, `dictionary-ar` of npm): it accepts every
form its rules allow, also forms nobody writes («المهريين»). The list of frequencies (wordfreq)
holds what people write, in its tail also slips and words run together. Each alone takes many a
slip for a word; `known` asks both. All words are looked up without marks and tatweel.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from marsad.arabic.letters import without_marks

#: Names the file `….dic` of a dictionary, or the folder it lies in; «none» for no dictionary.
VARIABLE = "MARSAD_ARABIC_DICTIONARY"

_FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
    "~/Library/Spelling",
    "~/.local/share/hunspell",
    "node_modules/dictionary-ar",
)
_NAMES = ("ar", "ar_SA", "ar_EG", "index")

#: Longer strings are no words, and hunspell takes no more than a hundred letters.
_LONGEST = 40

#: Measured on 19,000 words of our own and 20,000 of them with one slip of optical reading: a word
#: that the dictionary accepts and the list holds (99 % of words, 12 % of slips), one that only the
#: list holds (half of the names, 1 % of slips), one that is listed where there is no dictionary
#: (98.7 % and 14 %). In uses per million words.
_LISTED, _LISTED_ONLY, _LISTED_ALONE = 0.01, 0.1, 0.02


class _Spelling(Protocol):
    def spell(self, word: str) -> bool: ...

    def suggest(self, word: str) -> tuple[str, ...]: ...


_ONE_AT_A_TIME = threading.Lock()


@cache
def _spelling() -> _Spelling | None:
    """Load the dictionary once; it takes a second and a half."""
    for folder, name in _places():
        if (folder / f"{name}.dic").is_file() and (folder / f"{name}.aff").is_file():
            try:
                from hunspell import Hunspell

                found: _Spelling = Hunspell(name, hunspell_data_dir=str(folder))
            except Exception:  # noqa: S112 - whatever ails it, there is no dictionary then
                continue
            return found
    return None


def _places() -> Iterator[tuple[Path, str]]:
    told = os.environ.get(VARIABLE, "").strip()
    if told.lower() == "none":
        return
    if told:
        path = Path(told).expanduser()
        yield path.parent, path.stem
        yield from ((path, name) for name in _NAMES)
    for folder in _FOLDERS:
        yield from ((Path(folder).expanduser(), name) for name in _NAMES)


def present() -> bool:
    """Tell whether this machine has an Arabic dictionary."""
    with _ONE_AT_A_TIME:
        return _spelling() is not None


def accepts(word: str) -> bool | None:
    """Tell whether the dictionary accepts a word; None where there is no dictionary."""
    return _accepts(without_marks(word))


@lru_cache(maxsize=200_000)
def _accepts(word: str) -> bool | None:
    with _ONE_AT_A_TIME:
        spelling = _spelling()
        if spelling is None:
            return None
        if not word or len(word) > _LONGEST:
            return False
        try:
            return bool(spelling.spell(word))
        except ValueError:  # a lone surrogate
            return False


@lru_cache(maxsize=4096)
def suggestions(word: str) -> tuple[str, ...]:
    """Return what the dictionary proposes for a word, best first; slow (half a second)."""
    word = without_marks(word)
    if not word or len(word) > _LONGEST:
        return ()
    with _ONE_AT_A_TIME:
        spelling = _spelling()
        try:
            return tuple(spelling.suggest(word)) if spelling is not None else ()
        except ValueError:
            return ()


@cache
def frequencies() -> Mapping[str, float]:
    """Return every word of the list and its share of all words (620,000; loaded when asked for)."""
    import wordfreq

    listed: Mapping[str, float] = wordfreq.get_frequency_dict("ar", "best")
    return listed


@lru_cache(maxsize=1 << 17)
def commonness(word: str) -> float:
    """Return how often a word is met in a million words of Arabic; 0 for a word not listed.

    >>> commonness("الدول") > commonness("الدويلات") > commonness("الدوويلات")
    True
    """
    return frequencies().get(without_marks(word), 0.0) * 1_000_000


def known(word: str) -> bool:
    """Tell whether a word is one, by the dictionary (if there is one) and the list together.

    >>> known("الأشخاص"), known("الأشخحاص")
    (True, False)
    """
    return _known(without_marks(word))


@lru_cache(maxsize=200_000)
def _known(word: str) -> bool:
    accepted = _accepts(word)
    if accepted is False:
        return commonness(word) >= _LISTED_ONLY
    least = _LISTED if accepted else _LISTED_ALONE
    return any(commonness(form) >= least for form in _forms(word))


def _forms(word: str) -> Iterator[str]:
    """Yield the word, and without the conjunctions that any word may take: «وبحراسة»."""
    yield word
    if len(word) > 4 and word[0] in "وف":
        yield word[1:]
