"""From what stands in a cell to what is kept of it, by the type of the variable."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import pycountry

from marsad import countries
from marsad.statistics.records import identifiers
from marsad.statistics.records.codebook import UNKNOWN, Codebook, Variable
from marsad.tabulation.sources import Cell, Odd
from marsad.tabulation.words import folded, known_word

#: Nobody kept records of this before the Protocol was thought of.
FIRST_YEAR = 1990
_OLDEST = 110
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?")
_AGE = re.compile(r"(\d{1,3})(?:\.0+)?")
_BAND = re.compile(r"(\d{1,3})\s*(?:-+|to|–)\s*(\d{1,3})|(\d{1,3})\s*\+")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
#: A paragraph or a letter of an article: «2», «a», «iv».
_PART = r"(?:[1-9]\d?|i{1,3}|iv|vi{0,3}|[a-zء-ي])(?![^\W_])"
#: «5», «art. 5(2)(a)», «225-4-1», «5 bis», «المادة 5/أ».
_ONE_ARTICLE = (
    r"(?:(?:art(?:icle)?s?\.?|المادة|مادة) ?)?[1-9]\d{0,3}"
    r"(?: ?(?:bis|ter|quater|مكرر|[a-zء-ي])(?![^\W_]))?"
    rf"(?:[./\-]{_PART}){{0,2}}(?: ?\( ?{_PART} ?\)){{0,3}}"
)
_ARTICLE = re.compile(rf"{_ONE_ARTICLE}(?:[,;،] ?{_ONE_ARTICLE}){{0,2}}", re.IGNORECASE)
_LONGEST_ARTICLE = 24
#: More digits are a number of something else: a telephone, a paper.
_MOST_DIGITS = 6
#: Of a year, or of a short date such as «12.5.98», nobody can tell whose it is.
_YEAR_OR_DAY = re.compile(r"(?:19|20)\d\d(?:\D.*)?|\d{1,2}[./\-]\d{1,2}[./\-]\d{2}")
_STATELESS = {"stateless", "xxa", "عديم الجنسيه", "عديمه الجنسيه", "apatride"}
_NOT_KNOWN = {"unknown", "not known", "not specified", "غير معروف", "unk", "inconnu", "xxx"}


class NotThis(Exception):  # noqa: N818 - caught in `reading`, never told
    """A value that cannot be; its code is a remark's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a cell is read with."""

    variable: Variable
    book: Codebook
    #: Words that were said to mean a code.
    words: Mapping[str, str]
    this_year: int
    #: The day or the middle of the year of the record, for ages from dates of birth.
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is kept of a cell, and the codes of what is to be said about it."""

    values: Sequence[str]
    remarks: Sequence[str] = ()


def read(cell: Cell, asked: Asked) -> Told:
    """What is kept of a cell.

    :raises NotThis: where it cannot be understood.
    """
    if isinstance(cell, Odd) and cell.kind in ("formula", "error-cell"):
        raise NotThis(cell.kind)
    text = str(cell).translate(_DIGITS).strip()
    return _READERS[asked.variable.type](text, asked)


def day_of(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a printed date; 0 where it does not say.

    >>> day_of("2024-05-31"), day_of("31/05/2024"), day_of("2024"), day_of("soon")
    ((2024, 5, 31), (2024, 5, 31), (2024, 0, 0), None)
    """
    text = text.translate(_DIGITS).strip()
    if found := _ISO.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
    elif found := _DAY_FIRST.fullmatch(text):
        year, month, day = int(found[3]), int(found[2]), int(found[1])
    elif found := _YEAR.fullmatch(text):
        return int(found[1]), 0, 0
    else:
        return None
    return (year, month, day) if 1 <= month <= 12 and day <= 31 else None


def _year(text: str, asked: Asked) -> Told:
    found = day_of(text)
    if found is None or not FIRST_YEAR <= found[0] <= asked.this_year:
        raise NotThis("bad-year")
    return Told(values=[str(found[0])], remarks=["exact-date"] if found[2] else [])


def _month(text: str, asked: Asked) -> Told:
    found = day_of(text)
    if found is None or not FIRST_YEAR <= found[0] <= asked.this_year:
        raise NotThis("bad-month")
    year, month, day = found
    told = f"{year}-{month:02d}" if month else str(year)
    return Told(values=[told], remarks=["exact-date"] if day else [])


def _age(text: str, asked: Asked) -> Told:
    list_ = asked.variable.list
    if found := _AGE.fullmatch(text):
        return Told(values=[_band(int(found[1]), asked)], remarks=["age-in-years"])
    code = _meant(text, asked)
    if code:
        return Told(values=[code])
    born = day_of(text)
    if born and born[1] and asked.day:
        years = asked.day.year - born[0]
        years -= (asked.day.month, asked.day.day) < (born[1], born[2] or 15)
        return Told(values=[_band(years, asked)], remarks=["birth-date"])
    word = known_word("age", text)
    meant = {"0 to 17 years": "0-17", "18 years or over": "18+", "Unknown": UNKNOWN}
    code = meant.get(word.word, "") if word else ""
    if not code or asked.book.code(list_, code) is None:
        raise NotThis("impossible-age")
    return Told(values=[code])


def _band(years: int, asked: Asked) -> str:
    if not 0 <= years <= _OLDEST:
        raise NotThis("impossible-age")
    for low, high, code in _bands(asked.book, asked.variable.list):
        if low <= years <= high:
            return code
    raise NotThis("impossible-age")


def _bands(book: Codebook, list_: str) -> Sequence[tuple[int, int, str]]:
    """The bands of age of a list, the narrowest first."""
    kept: dict[str, Sequence[tuple[int, int, str]]] = book.__dict__.setdefault("_bands", {})
    if list_ not in kept:
        found = []
        for code in book.lists[list_]:
            if band := _BAND.fullmatch(code.code):
                low, high = int(band[1] or band[3]), int(band[2] or _OLDEST)
                found.append((low, high, code.code))
        kept[list_] = sorted(found, key=lambda each: (each[1] - each[0], each))
    return kept[list_]


def _one(text: str, asked: Asked) -> Told:
    code = _meant(text, asked)
    if not code:
        many = _split(text, lambda each: _meant(each, asked))
        raise NotThis("several" if many and len(many) > 1 else "unknown-code")
    return Told(values=[code])


def _multi(text: str, asked: Asked) -> Told:
    found = _split(text, lambda each: _meant(each, asked))
    if not found:
        raise NotThis("unknown-code")
    return Told(values=found)


def _meant(text: str, asked: Asked) -> str:
    given = asked.words.get(text) or text
    code = asked.book.meant(asked.variable.list, given)
    if code or asked.variable.name != "sex":
        return code
    word = known_word("sex", given)
    found = asked.book.code(asked.variable.list, word.code) if word else None
    return found.code if found else ""


def _split(text: str, meant: Callable[[str], str]) -> Sequence[str]:
    """The codes of several words in a cell, however they are kept apart; none if one fails."""
    for pattern in (None, r"[;|·\n]", r"[;|·\n,،]", r"\s+"):
        words = [text] if pattern is None else [each for each in re.split(pattern, text) if each]
        found = [meant(each.strip()) for each in words]
        if found and all(found):
            return list(dict.fromkeys(found))
    return ()


@lru_cache(maxsize=4096)
def _place(text: str) -> str:
    name = folded(text)
    if name in _STATELESS:
        return "stateless"
    if name in _NOT_KNOWN:
        return UNKNOWN
    try:
        found: countries.Country | None = countries.get(text.upper())
    except countries.UnknownCode:
        found = countries.match(text)
    return (found.iso3 or "") if found else ""


def _country(text: str, asked: Asked) -> Told:
    found = _place(asked.words.get(text) or text)
    if not found:
        raise NotThis("unknown-country")
    return Told(values=[found])


def _countries(text: str, asked: Asked) -> Told:
    found = _split(text, lambda each: _place(asked.words.get(each) or each))
    if not found:
        raise NotThis("unknown-country")
    return Told(values=found)


@cache
def _tongues() -> Mapping[str, str]:
    known = {}
    for language in pycountry.languages:
        known[language.alpha_3] = language.alpha_3
        known[folded(language.name)] = language.alpha_3
        if short := getattr(language, "alpha_2", ""):
            known[short] = language.alpha_3
    return known


def _languages(text: str, asked: Asked) -> Told:
    found = _split(text, lambda each: _tongues().get(folded(each), ""))
    if not found:
        raise NotThis("unknown-language")
    return Told(values=found)


def _number(text: str, asked: Asked) -> Told:
    if not _NUMBER.fullmatch(text):
        raise NotThis("bad-number")
    return Told(values=[text.replace(",", ".")])


def _reference(text: str, asked: Asked) -> Told:
    """An article of law and nothing else, for it is kept as it stands."""
    if len(text) > _LONGEST_ARTICLE or not _ARTICLE.fullmatch(text):
        raise NotThis("bad-reference")
    digits = sum(sign.isdigit() for sign in text)
    if digits > _MOST_DIGITS or _YEAR_OR_DAY.fullmatch(text):
        raise NotThis("bad-reference")
    # Of a key more is known to be personal, of others that long numbers are.
    if identifiers.by_value(text) or identifiers.by_value(text, is_key=True):
        raise NotThis("bad-reference")
    return Told(values=[text])


_READERS: Mapping[str, Callable[[str, Asked], Told]] = {
    "year": _year,
    "month": _month,
    "age": _age,
    "one": _one,
    "multi": _multi,
    "country": _country,
    "countries": _countries,
    "languages": _languages,
    "number": _number,
    "reference": _reference,
}
