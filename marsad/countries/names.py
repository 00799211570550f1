"""Every way to write every country, laid out so that text can be walked along it.

The names are kept as a tree of words: from each word to the words that may follow. Reading a text
along the tree costs the same whether ten names are known or ten thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, pairwise

import pycountry

from marsad.countries import tables
from marsad.countries.folding import words
from marsad.countries.russian import declined

#: Names of fewer words are not turned round: «السودان جنوب» may be prose.
_FEWEST_WORDS_TURNED = 3
#: Names of fewer letters are not recognised from their letters alone.
_FEWEST_LETTERS = 5
#: Shortest name accepted with its words run together: «سريلانكا».
_FEWEST_LETTERS_JOINED = 6
#: Longest abbreviation that counts only in capitals: "US", "DPRK".
_LONGEST_ABBREVIATION = 4

SURE = 1.0
KNOWN = 0.98
FORMER = 0.95
TURNED = 0.85


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """One way to write a country in one language."""

    #: Whose name it is; None for what only looks like a name («فرسان مالطة»).
    iso2: str | None
    #: Language it is written in.
    language: str
    #: As written in our tables or CLDR.
    text: str
    #: How surely this spelling means this country, where nothing speaks against it.
    confidence: float
    #: Last year it was the official name, where it no longer is.
    until: int | None = None
    #: Another meaning is common: counts only among other names.
    ambiguous: bool = False
    #: That other meaning is a person's name: it counts unless a first name or surname is beside it.
    person: bool = False
    #: Spelling that is not ambiguous («عُمان» with its mark).
    certain: str = ""
    #: A namesake lies in this country: "Granada, Spain" is no list of two.
    city_of: str = ""
    #: Counts in capitals only ("US").
    capitals: bool = False


@dataclass(slots=True)
class Node:
    """A place in the tree of words."""

    #: The words that may follow.
    next: dict[str, Node] = field(default_factory=dict)
    #: The names that end here.
    ends: list[Name] = field(default_factory=list)


def _is_abbreviation(text: str) -> bool:
    return text.isupper() and len(text) <= _LONGEST_ABBREVIATION


def _official() -> Iterator[Name]:
    """Yield the names the United Nations writes today."""
    for country in tables.all():
        for language, text in country.names.items():
            yield Name(iso2=country.iso2, language=language, text=text, confidence=SURE)


def _common() -> Iterator[Name]:
    """Yield the names CLDR writes today."""
    for country in tables.all():
        for language in tables.LANGUAGES:
            text = tables.cldr_names(language)[country.iso2]
            yield Name(iso2=country.iso2, language=language, text=text, confidence=SURE)


def _iso() -> Iterator[Name]:
    """Yield the English names of ISO 3166: "Korea, Republic of", "Hashemite Kingdom of Jordan"."""
    for entry in pycountry.countries:
        for kind in ("name", "official_name", "common_name"):
            text = getattr(entry, kind, None)
            if text:
                yield Name(iso2=entry.alpha_2, language="en", text=text, confidence=KNOWN)


def _other() -> Iterator[Name]:
    for row in tables.read_data("aliases.csv"):
        until = int(row["until"]) if row["until"] else None
        confidence = FORMER if until else KNOWN
        yield Name(
            iso2=row["iso2"],
            language=row["language"],
            text=row["name"],
            confidence=confidence,
            until=until,
        )
    for row in tables.read_data("not_states.csv"):
        yield Name(iso2=None, language=row["language"], text=row["name"], confidence=SURE)


@cache
def all_names() -> tuple[Name, ...]:
    """Return every name as written, each once: official names, ours, CLDR's, those of ISO."""
    doubtful = {
        (row["language"], words(row["name"])): row for row in tables.read_data("ambiguous.csv")
    }
    seen: dict[tuple[str | None, str, tuple[str, ...]], Name] = {}
    for name in (*_official(), *_other(), *_common(), *_iso()):
        path = words(name.text)
        if name.language != "zh" and _is_abbreviation(name.text):
            name = replace(name, capitals=True)
        if row := doubtful.get((name.language, path)):
            name = replace(
                name,
                ambiguous=True,
                person=bool(row["person"]),
                certain=row["certain"],
                city_of=row["city_of"],
            )
        seen.setdefault((name.iso2, name.language, path), name)
    return tuple(seen.values())


def spellings(name: Name) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, with the small differences that printers allow themselves."""
    path = words(name.text)
    yield path
    if path[0] in ("saint", "st"):
        yield ("st" if path[0] == "saint" else "saint", *path[1:])
    if name.language == "ar":
        yield from _arabic_spellings(path)
    if name.language == "ru" and not name.capitals:
        yield from declined(path)


def _arabic_spellings(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield «سريلانكا» for «سري لانكا», and «ترينيداد و توباغو» for «ترينيداد وتوباغو»."""
    if len(path) > 1 and len("".join(path)) >= _FEWEST_LETTERS_JOINED:
        yield ("".join(path),)
    if any(word.startswith("و") for word in path[1:]):
        loose: list[str] = [path[0]]
        for word in path[1:]:
            loose += ["و", word[1:]] if word.startswith("و") else [word]
        yield tuple(loose)


def turned(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name with its runs of words in reverse order, each run readable inside.

    That is what text layers of right-to-left pages do to a line. «إيران (جمهورية - الإسلامية)»
    may come out as «الإسلامية) - (جمهورية إيران».
    """
    size = len(path)
    for cuts in range(1, size):
        for places in combinations(range(1, size), cuts):
            edges = (0, *places, size)
            runs = [path[a:b] for a, b in pairwise(edges)]
            yield tuple(word for run in reversed(runs) for word in run)


def _plant(root: Node, path: tuple[str, ...], name: Name) -> None:
    node = root
    for word in path:
        node = node.next.setdefault(word, Node())
    if not any(other.iso2 == name.iso2 and other.language == name.language for other in node.ends):
        node.ends.append(name)


@cache
def tree() -> Node:
    """Return the tree of all names, turned-round Arabic ones included."""
    root = Node()
    for name in all_names():
        for path in spellings(name):
            _plant(root, path, name)
    known = {words(name.text) for name in all_names()}
    for name in all_names():
        path = words(name.text)
        if name.language == "ar" and name.iso2 and len(path) >= _FEWEST_WORDS_TURNED:
            for other_way in turned(path):
                if other_way not in known:
                    _plant(root, other_way, replace(name, confidence=TURNED))
    return root


def letters_key(path: tuple[str, ...]) -> str:
    """Return the letters of some words without their order."""
    return "".join(sorted("".join(path)))


def _unique(pairs: Iterator[tuple[str, Name]]) -> Mapping[str, Name]:
    """Return a table of what belongs to one country only."""
    owners: dict[str, dict[str | None, Name]] = {}
    for key, name in pairs:
        owners.setdefault(key, {}).setdefault(name.iso2, name)
    return {key: next(iter(names.values())) for key, names in owners.items() if len(names) == 1}


@cache
def by_letters() -> Mapping[str, Name]:
    """Return names by the letters of their names in any order: «فادورالسل» is «السلفادور».

    To be asked only inside a list of States, where such a jumble can be nothing else.
    """
    return _unique(
        (key, name)
        for name in all_names()
        if name.iso2 and name.language != "zh" and not name.ambiguous
        for key in [letters_key(words(name.text))]
        if len(key) >= _FEWEST_LETTERS
    )


_ARTICLES = re.compile(r"^(?:ال)+(?=...)")


def bare_key(path: tuple[str, ...]) -> str:
    """Return Arabic words without their articles, in alphabetical order."""
    return " ".join(sorted(_ARTICLES.sub("", word) for word in path))


@cache
def by_bare_words() -> Mapping[str, Name]:
    """Return Arabic names by their words without articles: «العربية سعودية», «الالنمسا».

    To be asked only inside a list of States: pieces of words lose their articles to neighbours.
    """
    return _unique(
        (bare_key(words(name.text)), name)
        for name in all_names()
        if name.iso2 and name.language == "ar" and not name.ambiguous
    )


@cache
def by_word_set() -> Mapping[str, Name]:
    """Return names by the words of their names in any order, run together in alphabetical order."""
    return _unique(
        (" ".join(sorted(path)), name)
        for name in all_names()
        if name.iso2
        for path in spellings(name)
    )


@cache
def plain_names() -> Mapping[str, Name]:
    """Return every name of a country by its folded spelling."""
    plain: dict[str, Name] = {}
    for name in all_names():
        if name.iso2:
            plain.setdefault(" ".join(words(name.text)), name)
    return plain


@cache
def by_word() -> Mapping[str, frozenset[str]]:
    """Return the folded names a word stands in, by word."""
    found: dict[str, set[str]] = {}
    for spelling in plain_names():
        for word in spelling.split():
            found.setdefault(word, set()).add(spelling)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def small_words(role: str) -> frozenset[str]:
    """Return the folded words that play a part around names, in all languages.

    "joining" members of a list, "calling" for a place, "introducing" a member, or "article".
    """
    return frozenset(
        word
        for row in tables.read_data("words.csv")
        if row["role"] == role
        for word in row["words"].split()
    )
