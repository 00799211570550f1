"""Search terms of a text: what is indexed, and what is marked in a hit."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from marsad.arabic.data import words
from marsad.arabic.fold import fold
from marsad.arabic.letters import MARKS, TATWEEL

_MARKS = "".join(sorted(MARKS)) + TATWEEL
#: A UN symbol («CTOC/COP/WG.4/2019/L.1/Add.2»), a number («٣/٣», «6 000» is two), or a word.
_TOKEN = re.compile(
    r"[A-Za-z]+(?:[./-][A-Za-z0-9]+)*/[A-Za-z0-9]+(?:[./-][A-Za-z0-9]+)*"
    r"|[0-9٠-٩۰-۹]+(?:[/.,٫٬][0-9٠-٩۰-۹]+)*"
    rf"|[ء-غف-يٱ-ۓ{_MARKS}]+"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
)
_ARABIC = re.compile("[ء-ۓ]")
#: The article behind one or two one-letter words: «وبالاتجار», «فالدول», «للاتجار», «كالعمل».
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=.{3})")
#: A conjunction in front of a word long enough to stand without it: «ومكافحة».
_CONJUNCTION = re.compile(r"^[وف](?=[بلك]?.{4})")


@dataclass(frozen=True, slots=True)
class Term:
    """One term and where the word it was made from stands."""

    #: The folded, stemmed form: equal for all forms of a word.
    term: str
    #: Offset of the word in the text given.
    start: int
    #: One past its last character.
    end: int


class _Stemmers(threading.local):
    """Snowball's stemmers, one pair per thread: they may not be shared."""

    def __init__(self) -> None:
        self.arabic = Stemmer.Stemmer("arabic")
        self.english = Stemmer.Stemmer("english")


_stemmers = _Stemmers()


@cache
def _whole_stems() -> frozenset[str]:
    """Stems of words that begin with a letter that only looks like a conjunction («وزارة»)."""
    return frozenset(_stemmers.arabic.stemWords([fold(word) for word in words("whole_words.txt")]))


@lru_cache(maxsize=65536)
def term_of(word: str) -> str:
    """Return the one term of a word, number or symbol.

    >>> len({term_of(w) for w in ("الاتجار", "اتجار", "بالاتجار", "والاتِّجار", "للاتجار")})
    1
    """
    folded = fold(word)
    if "/" in folded or folded[:1].isdigit():
        return folded
    if not _ARABIC.search(folded):
        return str(_stemmers.english.stemWord(folded))
    return fold(str(_stemmers.arabic.stemWord(_bare(folded)))) or folded


def _bare(folded: str) -> str:
    """Take off what Arabic writes together with a word but is a word of its own."""
    bare = _ARTICLE.sub("", folded, count=1)
    if bare != folded or _stemmers.arabic.stemWord(folded) in _whole_stems():
        return bare
    return _CONJUNCTION.sub("", folded, count=1)


def terms(text: str) -> list[Term]:
    """Return the search terms of a text, each with the place of its word.

    >>> [t.term for t in terms("CTOC/COP/WG.4/2019/6 and States")]
    ['ctoc/cop/wg.4/2019/6', 'and', 'state']
    """
    return [
        Term(term, match.start(), match.end())
        for match in _TOKEN.finditer(text)
        if (term := term_of(match.group()))
    ]
