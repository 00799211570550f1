"""What a text refers to: decisions and resolutions, treaty series, articles of instruments."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

_NUMBER = r"(\d{1,3})\s*/\s*(\d{1,3})(?![\d/])"


@dataclass(frozen=True, kw_only=True)
class FoundDecision:
    """A decision or resolution named once."""

    #: "decision" or "resolution".
    kind: str
    #: Both numbers as printed.
    printed: tuple[int, int]
    #: Which body took it, None where the words do not say.
    body: str | None


#: Kind of paper by language: words before the number, or around it in Chinese.
_DECISION_WORDS = {
    "ar": ("مقرر", "قرار"),
    "en": ("decision", "resolution"),
    "fr": ("decision", "resolution"),
    "es": ("decision", "resolucion"),
    "ru": ("решени", "резолюци"),
}
_NAMES = json.loads((files(__package__) / "data" / "names.json").read_text(encoding="utf-8"))
_BODY_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (record["name"], re.compile("|".join(record["patterns"]))) for record in _NAMES["bodies"]
)


def _decision_shape(language: str) -> re.Pattern[str]:
    if language == "zh":
        return re.compile(rf"第\s*{_NUMBER}\s*号\s*(决定|决议)")
    decision, resolution = _DECISION_WORDS[language]
    letters = r"[^\W\d_]"
    before = r"(?<!\w)[وفبلك]{0,2}(?:ال|لل)?" if language == "ar" else r"(?<!\w)"
    return re.compile(
        rf"{before}({decision}|{resolution}){letters}{{0,6}}"
        rf"((?:\s+[«\"“]?{letters}+){{0,5}}?)\s*[،,]?\s*(?:no\.?|n°|№|رقم)?\s*{_NUMBER}"
        rf"((?:\s*(?:و|and|et|y|и|,|،)\s*\d{{1,3}}\s*/\s*\d{{1,3}}(?![\d/])){{0,10}})"
    )


_DECISIONS = {language: _decision_shape(language) for language in (*_DECISION_WORDS, "zh")}


def find_decisions(folded: str, language: str) -> Iterator[FoundDecision]:
    """Decisions and resolutions named in a folded text, in order."""
    taken: list[tuple[int, int]] = []
    yield from _plain_decisions(folded, language, taken)
    if language == "ar":
        yield from _displaced_decisions(folded, taken)


#: A number like 5/2 that is no part of a symbol, date or page number.
_LONE_NUMBER = re.compile(r"(?<![\d/a-z.-])(\d{1,3})\s*/\s*(\d{1,3})(?![\d/-])")
_LONE_WORD = re.compile(r"(?<!\w)[وفبلك]{0,2}(?:ال|لل)?(مقرر|قرار)(?:ه|ها)?(?!\w)")
_REACH = 60


def _displaced_decisions(folded: str, taken: list[tuple[int, int]]) -> Iterator[FoundDecision]:
    """A number that a damaged line left shortly before its word: «٥/٢ في قراره»."""
    begins = [begin for begin, _ in taken]
    numbers = [
        match
        for match in _LONE_NUMBER.finditer(folded)
        if not _inside(match.start(), begins, taken)
    ]
    starts = [match.start() for match in numbers]
    for word in _LONE_WORD.finditer(folded):
        if _inside(word.start(), begins, taken):
            continue
        first = bisect_left(starts, word.start() - _REACH)
        last = bisect_left(starts, word.start())
        between = folded[starts[first] : word.start()] if last - first == 1 else "."
        if "." in between:
            continue
        near = folded[max(0, word.start() - 200) : word.end() + 60]
        yield FoundDecision(
            kind="decision" if word[1] == "مقرر" else "resolution",
            printed=(int(numbers[first][1]), int(numbers[first][2])),
            body=_body_of(folded[word.end() : word.end() + 25]) or _body_of(near),
        )


def _inside(place: int, begins: list[int], spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(begins, place) - 1
    return index >= 0 and place < spans[index][1]


def _plain_decisions(
    folded: str, language: str, taken: list[tuple[int, int]]
) -> Iterator[FoundDecision]:
    for match in _DECISIONS[language].finditer(folded):
        taken.append(match.span())
        if language == "zh":
            first, second, word = match.groups()
            kind, between, more = ("decision" if word == "决定" else "resolution"), "", ""
        else:
            word, between, first, second, more = match.groups()
            kind = "decision" if word == _DECISION_WORDS[language][0] else "resolution"
        context = re.split(r"[.。]\s", folded[max(0, match.start() - 200) : match.start()])[-1]
        after = re.split(r"[.。]\s", folded[match.end() : match.end() + 60])[0]
        body = _body_of(between) or _body_close(context, after, language)
        yield FoundDecision(kind=kind, printed=(int(first), int(second)), body=body)
        for one, two in re.findall(r"(\d{1,3})\s*/\s*(\d{1,3})", more):
            yield FoundDecision(kind=kind, printed=(int(one), int(two)), body=body)


def _body_of(text: str) -> str | None:
    for name, pattern in _BODY_PATTERNS:
        if pattern.search(text):
            return name
    return None


def _body_close(before: str, after: str, language: str) -> str | None:
    """The body right behind the number ("décision 4/4 de la …"), nearest before, or after it."""
    if language in ("fr", "es", "ru", "ar"):
        said = _body_of(re.split(r"[,،;.]", after[:40])[0])
        if said is not None:
            return said
    nearest: tuple[int, str] | None = None
    for name, pattern in _BODY_PATTERNS:
        for match in pattern.finditer(before):
            if nearest is None or match.start() > nearest[0]:
                nearest = (match.start(), name)
    if nearest:
        return nearest[1]
    return _body_of(after)


def in_order(
    printed: tuple[int, int], body: str | None, sessions: Iterable[int]
) -> tuple[str, bool]:
    """The number with the session first, and whether the order is a guess.

    Digits of such numbers are swapped in damaged Arabic: "194/63" can only be 63/194, since there
    has been no session 194. "1/4" could be either; where every other decision of that body is
    of session 4, it is read as 4/1 and marked as uncertain.

    >>> in_order((194, 63), "General Assembly", ())
    ('63/194', False)
    """
    first, second = printed
    limit = 120 if body in ("General Assembly", "Human Rights Council") else 30
    if body in (None, "Economic and Social Council", "Security Council"):
        limit = 2100
    if first > limit >= second:
        return f"{second}/{first}", False
    known = set(sessions)
    if body == "Conference" and first not in known and second in known and first != second:
        return f"{second}/{first}", True
    return f"{first}/{second}", False


_TREATY = re.compile(
    r"(?:المجلد|(?<!\w)الد|vol(?:ume)?s?\.?|т(?:ом)?\.?|第)\s*(\d{3,4})\s*卷?\s*[،,，]?\s*"
    r"(?:الرقم|رقم|no\.?|n[o°º]|nr\.?|num\.?|№|第)\s*(\d{3,6})(?!\d)"
)


_VOLUME = re.compile(r"(?<!\d)\d{4}(?!\d)")
_REGISTERED = re.compile(r"(?<!\d)\d{5,6}(?!\d)")


def find_treaty_series(folded: str) -> list[tuple[int, int]]:
    """Volume and registration number of every treaty reference."""
    found = [(int(volume), int(number)) for volume, number in _TREATY.findall(folded)]
    if found or "المجلد" not in folded or "الرقم" not in folded:
        return found
    # in a damaged line the words change places; a volume has four digits, a number five or six
    volumes, numbers = _VOLUME.findall(folded), _REGISTERED.findall(folded)
    if len(volumes) == len(numbers) == 1:
        return [(int(volumes[0]), int(numbers[0]))]
    return []


_INSTRUMENTS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (record["code"], record["kind"], re.compile("|".join(record["patterns"])))
    for record in _NAMES["instruments"]
)
_GENERIC = (
    ("protocol", re.compile(r"بروتوكول|protocol|протокол|议定书")),
    ("convention", re.compile(r"اتفاقيه|convention|convencion|конвенци|公约")),
)


@dataclass(frozen=True, kw_only=True)
class FoundArticle:
    """An article named once."""

    #: Its number.
    article: str
    #: Number of the paragraph within it.
    paragraph: str | None
    #: Code of the instrument, None if unknown.
    instrument: str | None


_N = r"(?P<article>\d{1,3})(?![\d/])"
_ARTICLES = {
    "ar": re.compile(
        r"(?:(?:ال|لل|بال)فقر(?:ه|ات)\s+(?:الفرعيه\s+)?(?P<before>\d{1,2})\s*"
        r"(?:\(\s*\S{1,2}\s*\)\s*)?من\s+)?(?:ال|لل|بال)(?:ماده|مادتين|مادتان|مواد)\s+"
        rf"{_N}(?P<more>(?:\s*(?:و|،)\s*\d{{1,3}}(?![\d/])){{0,20}})"
    ),
    "en": re.compile(
        r"(?:paragraphs?\s+(?P<before>\d{1,2})\s*(?:\(\w\)\s*)?,?\s+of\s+)?\b(?:article|rule)s?\s+"
        rf"{_N}(?:,?\s+paragraphs?\s+(?P<after>\d{{1,2}}))?"
        r"(?P<more>(?:\s*(?:,|and)\s*\d{1,3}(?![\d/])){0,20})"
    ),
    "fr": re.compile(
        r"(?:paragraphes?\s+(?P<before>\d{1,2})\s+de\s+)?(?:l'|\b)articles?\s+"
        rf"{_N}(?:,?\s+paragraphes?\s+(?P<after>\d{{1,2}}))?"
        r"(?P<more>(?:\s*(?:,|et)\s*\d{1,3}(?![\d/])){0,20})"
    ),
    "es": re.compile(
        r"(?:parrafo\s+(?P<before>\d{1,2})\s+del\s+)?\barticulos?\s+"
        rf"{_N}(?:,?\s+parrafo\s+(?P<after>\d{{1,2}}))?"
        r"(?P<more>(?:\s*(?:,|y)\s*\d{1,3}(?![\d/])){0,20})"
    ),
    "ru": re.compile(
        r"(?:пункт\w*\s+(?P<before>\d{1,2})\s+)?\bстат(?:ь\w+|еи)\s+"
        rf"{_N}(?P<more>(?:\s*(?:,|и)\s*\d{{1,3}}(?![\d/])){{0,20}})"
    ),
    "zh": re.compile(rf"第\s*{_N}\s*条(?:第\s*(?P<after>\d{{1,2}})\s*款)?"),
}


class Articles:
    """Reads articles paragraph by paragraph and remembers which instrument was spoken of last."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._last: dict[str, str] = {}

    def read(self, folded: str) -> list[FoundArticle]:
        """The articles named in one folded text."""
        named = _Named(folded)
        found = []
        for match in _ARTICLES[self._language].finditer(folded):
            said = match.groupdict()
            instrument = self._instrument(folded, match, named)
            for article in (said["article"], *re.findall(r"\d+", said.get("more") or "")):
                found.append(
                    FoundArticle(
                        article=article,
                        paragraph=said.get("before") or said.get("after"),
                        instrument=instrument,
                    )
                )
        if self._language == "ar":
            found += _displaced_articles(folded, named)
        self._last |= named.last
        return found

    def _instrument(self, folded: str, match: re.Match[str], named: _Named) -> str | None:
        """The instrument named right after (or in Chinese right before), else the last one."""
        start, end = match.span()
        close = (max(0, start - 40), start) if self._language == "zh" else (end, end + 35)
        right_there = named.first_in(*close)
        if right_there is not None:
            return right_there
        window = folded[close[0] : close[1]]
        for kind, pattern in _GENERIC:
            if pattern.search(window):
                return named.last_before(start, kind) or self._last.get(kind)
        return named.last_before(start, None)


#: An article whose number a damaged line left before it: «٦ في المادة …».
_NUMBER_FIRST = re.compile(r"(?<![\d/])(\d{1,3})\s+(?:في|من)\s+الماده(?!\s*\d)")


def _displaced_articles(folded: str, named: _Named) -> list[FoundArticle]:
    return [
        FoundArticle(
            article=match[1],
            paragraph=None,
            instrument=named.first_in(match.end(), match.end() + 90)
            or named.last_before(match.start(), None),
        )
        for match in _NUMBER_FIRST.finditer(folded)
    ]


class _Named:
    """The instruments that one text names, by place."""

    def __init__(self, folded: str) -> None:
        found = sorted(
            (match.start(), code, kind)
            for code, kind, pattern in _INSTRUMENTS
            for match in pattern.finditer(folded)
        )
        self._all = found
        self._places = [place for place, _, _ in found]
        self._by_kind: dict[str, list[tuple[int, str]]] = {}
        for place, code, kind in found:
            self._by_kind.setdefault(kind, []).append((place, code))
        self.last = {kind: entries[-1][1] for kind, entries in self._by_kind.items()}

    def first_in(self, start: int, end: int) -> str | None:
        """The first one named between two places."""
        index = bisect_left(self._places, start)
        inside = index < len(self._all) and self._places[index] < end
        return self._all[index][1] if inside else None

    def last_before(self, place: int, kind: str | None) -> str | None:
        """The last one named before a place, of one kind or of any."""
        if kind is None:
            index = bisect_left(self._places, place)
            return self._all[index - 1][1] if index else None
        entries = self._by_kind.get(kind, [])
        index = bisect_left(entries, (place, ""))
        return entries[index - 1][1] if index else None
