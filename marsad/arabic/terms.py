"""Search terms of a text: what is indexed, and what is marked in a hit."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from marsad.arabic.data import lines, words
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
#: The same before shorter words, if the list knows them: «الحق», «وحرس».
_SHORT_CONJUNCTION = re.compile(r"^[وف](?=.{3})")
_SHORT_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=.{2})")
#: A conjunction in front of a word long enough to stand without it: «ومكافحة».
_CONJUNCTION = re.compile(r"^[وف](?=[بلك]?.{4})")
#: A preposition of one letter without an article behind it: «لحماية», «ولمنع», «كعامل». It may as
#: well be the first letter of the word («لجنة», «كتاب»), so both readings are kept.
_PREPOSITION = re.compile(r"^[وف]?(?:ل(?=.{3})|[بك](?=.{4}))")
#: The plural of «توصية» is «توصيات»: brought to the singular before stemming, which would leave
#: «توصيا». With a pronoun the singular has a taa too: «قدراتها», «جنسيته».
_FEMININE = re.compile(r"(?<=.{3})(?:ات|ات(?:ها|هما|هم|هن|ه|نا|كم|ي)|ت(?:ها|هما|هم|هن|ه))$")
#: Plural and accusative of words long enough to be whole without: «القنصليون», «شفويا»; the plural
#: that another noun follows: «مفتشو العمل». With a pronoun it is no plural («تمكينهم»), but what is
#: taken off «تمكين» must go there too.
_MASCULINE = re.compile(r"(?<=.{4})(?:(?:ون|ين)(?:ها|هما|هم|هن|ه|نا)?|ا|و)$")
#: What follows a form that is on the list: a pronoun («ضحاياها») or the accusative («شهودا»).
_ENDING = re.compile(r"(?<=.{2})(?:ها|هم|هن|هما|ه|نا|كم|ي|ا)$")
#: British and American spelling: «organisation», «criminalised»; «labour»; «programme».
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{3})our"), "or"),
    (re.compile(r"mme(?=s?$)"), "m"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term and where the word it was made from stands."""

    #: The folded, stemmed form: equal for all forms of a word.
    term: str
    #: Offset of the word in the text given.
    start: int
    #: One past its last character.
    end: int
    #: What else the word may be: «لحماية» is a term of its own, and «حماية» behind a preposition.
    also: str = ""


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


@cache
def _forms() -> dict[str, str]:
    """The first form on each line of the list, by every form on it."""
    return {
        fold(form): fold(line.split()[0]) for line in lines("forms.txt") for form in line.split()
    }


def _listed(word: str) -> str:
    """The form under which a listed word is found, with or without what is written to it."""
    forms = _forms()
    for shorter in (word, _SHORT_CONJUNCTION.sub("", word), _SHORT_ARTICLE.sub("", word)):
        for form in (shorter, _ENDING.sub("", shorter, count=1)):
            if form in forms:
                return forms[form]
    return ""


@lru_cache(maxsize=65536)
def term_of(word: str) -> str:
    """Return the one term of a word, number or symbol.

    >>> len({term_of(w) for w in ("الاتجار", "اتجار", "بالاتجار", "والاتِّجار", "للاتجار")})
    1
    >>> len({term_of(w) for w in ("ضحية", "الضحايا", "لضحاياه")})
    1
    """
    folded = fold(word)
    if "/" in folded or folded[:1].isdigit():
        return folded
    if not _ARABIC.search(folded):
        return _english(folded)
    listed = _listed(folded) or _listed(_PREPOSITION.sub("", folded, count=1))
    if listed:
        return _stem(listed)
    bare = _MASCULINE.sub("", _bare(folded), count=1)
    if not word.endswith("ة"):  # «مؤقتة» ends like «جنسيته» once it is folded
        bare = _FEMININE.sub("ه", bare, count=1)
    return _stem(bare) or folded


@lru_cache(maxsize=65536)
def also_of(word: str) -> str:
    """Return the term of what stands behind a preposition of one letter, if there may be one.

    >>> also_of("لحماية") == term_of("حماية")
    True
    """
    folded = fold(word)
    behind = _PREPOSITION.sub("", folded, count=1)
    if behind == folded or _ARTICLE.match(folded) or not _ARABIC.search(folded):
        return ""
    also = term_of(behind)
    return "" if also == term_of(word) else also


def _english(folded: str) -> str:
    word = _forms().get(folded, folded)
    for spelling, common in _SPELLINGS:
        word = spelling.sub(common, word)
    return str(_stemmers.english.stemWord(word))


def _stem(word: str) -> str:
    return fold(str(_stemmers.arabic.stemWord(word)))


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
        Term(term, match.start(), match.end(), also_of(match.group()))
        for match in _TOKEN.finditer(text)
        if (term := term_of(match.group()))
    ]
