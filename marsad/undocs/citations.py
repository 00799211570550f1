"""What a text refers to: decisions and resolutions, treaty series, articles of instruments."""

from __future__ import annotations

import json
import re
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
    for match in _DECISIONS[language].finditer(folded):
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


def find_treaty_series(folded: str) -> list[tuple[int, int]]:
    """Volume and registration number of every treaty reference."""
    return [(int(volume), int(number)) for volume, number in _TREATY.findall(folded)]


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


_ARTICLES = {
    "ar": re.compile(
        r"(?:(?:ال|لل|بال)فقر(?:ه|ات)\s+(?:الفرعيه\s+)?(\d{1,2})\s*(?:\(\s*\S{1,2}\s*\)\s*)?من\s+)?"
        r"(?:ال|لل|بال)ماده\s+(\d{1,3})(?![\d/])"
    ),
    "en": re.compile(
        r"(?:paragraphs?\s+(\d{1,2})\s*(?:\(\w\)\s*)?,?\s+of\s+)?\b(?:article|rule)\s+(\d{1,3})(?![\d/])"
        r"(?:,?\s+paragraphs?\s+(\d{1,2}))?"
    ),
    "fr": re.compile(
        r"(?:paragraphes?\s+(\d{1,2})\s+de\s+)?(?:l'|\b)article\s+(\d{1,3})(?![\d/])"
        r"(?:,?\s+paragraphes?\s+(\d{1,2}))?"
    ),
    "es": re.compile(
        r"(?:parrafo\s+(\d{1,2})\s+del\s+)?\barticulo\s+(\d{1,3})(?![\d/])(?:,?\s+parrafo\s+(\d{1,2}))?"
    ),
    "ru": re.compile(r"(?:пункт\w*\s+(\d{1,2})\s+)?\bстать\w+\s+(\d{1,3})(?![\d/])"),
    "zh": re.compile(r"第\s*(\d{1,3})\s*条(?:第\s*(\d{1,2})\s*款)?"),
}


class Articles:
    """Reads articles paragraph by paragraph and remembers which instrument was spoken of last."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._last: dict[str, str] = {}

    def read(self, folded: str) -> list[FoundArticle]:
        """The articles named in one folded text."""
        named = sorted(
            (match.start(), code, kind)
            for code, kind, pattern in _INSTRUMENTS
            for match in pattern.finditer(folded)
        )
        found = []
        for match in _ARTICLES[self._language].finditer(folded):
            article, paragraph = self._numbers(match)
            instrument = self._instrument(folded, match, named)
            found.append(FoundArticle(article=article, paragraph=paragraph, instrument=instrument))
        for _, code, kind in named:
            self._last[kind] = code
        return found

    def _numbers(self, match: re.Match[str]) -> tuple[str, str | None]:
        groups = match.groups()
        if self._language == "zh":
            return groups[0], groups[1]
        after = groups[2] if len(groups) > 2 else None
        return groups[1], groups[0] or after

    def _instrument(
        self, folded: str, match: re.Match[str], named: list[tuple[int, str, str]]
    ) -> str | None:
        """The instrument named right after (or in Chinese right before), else the last one."""
        start, end = match.span()
        close = (start - 40, start) if self._language == "zh" else (end, end + 35)
        for place, code, _ in named:
            if close[0] <= place < close[1]:
                return code
        before = [(code, kind) for place, code, kind in named if place < start]
        window = folded[max(0, close[0]) : close[1]]
        for kind, pattern in _GENERIC:
            if pattern.search(window):
                same = [code for code, other in before if other == kind]
                return same[-1] if same else self._last.get(kind)
        return before[-1][0] if before else None
