"""From text to words that can be compared: one way of writing for every way of writing.

A `Token` keeps the place of a word in the text it came from, so nothing found later ever has to
be looked for again. Folding is for comparing only; its result is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Marks and invisible signs that stand inside a word without being one of its letters:
# tatweel, harakat, Quranic signs, Latin combining accents, joiners and direction marks.
_INSIDE = (
    r"\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0300-\u036f\u0610-\u061a"
    r"\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
)
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

# "U.S.A." is one word; so is "St." with its stop; a Chinese character is a word by itself.
_TOKEN = re.compile(
    rf"(?P<initials>(?:[A-Z]\.){{2,}}(?:[A-Z]\b)?)"
    rf"|(?P<han>[{_HAN}])"
    rf"|(?P<word>(?:(?:Sts?|Ste|Sta|Dem|Rep|Fed|EE|UU|Mrs?|Ms|Mme|Dr|M|Sra?|Св)\.)"
    rf"|(?:[^\W\d_{_HAN}][{_INSIDE}]*)+)"
    r"|(?P<comma>[,،、，;؛；|•])"
    r"|(?P<stop>[.。!?؟！？:：]|\n[ \t\r]*\n)"
)

_JUNK = re.compile(rf"[{_INSIDE}]+")
_SHADDA = "\u0651"

_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
        "ۀ": "ه", "ە": "ه", "ہ": "ه", "ؤ": "و", "ئ": "ي", "ё": "е", "ø": "o", "ł": "l",
        "đ": "d", "ı": "i", "æ": "ae", "œ": "oe",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word or a sign of a text."""

    #: "word", "comma" (between members of a list) or "stop" (between sentences).
    kind: str
    #: The word as it is compared; empty for signs.
    folded: str
    #: Where it stands in the text: first character, and one past the last.
    start: int
    end: int
    #: Whether its first letter is a capital, or belongs to a script without capitals.
    capital: bool


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return one word without marks, stretching, accents, case or spelling habits.

    >>> fold_word("إيرلنــدا") == fold_word("أيرلندا")
    True
    >>> fold_word("Türkiye")
    'turkiye'
    """
    word = _JUNK.sub("", word)
    if word.isascii():
        return word.lower().replace(".", "")
    word = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS)
    return _without_accents(word).replace(".", "")


def _without_accents(word: str) -> str:
    """Take accents off Latin letters; й is a letter of its own, not an и with an accent."""
    if not any("\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff" for letter in word):
        return _JUNK.sub("", word)
    return _JUNK.sub("", unicodedata.normalize("NFD", word))


def tokens(text: str) -> list[Token]:
    """Return the words, commas and stops of a text, in the order they are written."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        if kind in ("comma", "stop"):
            found.append(Token(kind=kind, folded="", start=start, end=end, capital=False))
            continue
        raw = match.group()
        folded = fold_word(raw)
        if folded:
            capital = not raw[0].islower()
            found.append(Token(kind="word", folded=folded, start=start, end=end, capital=capital))
    return found


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, with "," for a comma inside it.

    >>> words("Iran, Islamic Republic of")
    ('iran', ',', 'islamic', 'republic', 'of')
    """
    return tuple(
        token.folded or ","
        for token in tokens(text)
        if token.kind == "word" or token.kind == "comma"
    )


def doubled(text: str) -> bool:
    """Tell whether a doubling mark (shadda) is written: «عَمّان» is a city, «عُمان» a State."""
    return _SHADDA in text


def bare_offset(text: str, start: int, letters: int) -> int:
    """Return the place in `text` after so many letters counted from `start`, marks not counted."""
    place = start
    while letters and place < len(text):
        if not _JUNK.match(text[place]):
            letters -= 1
        place += 1
    while place < len(text) and _JUNK.match(text[place]):
        place += 1
    return place
