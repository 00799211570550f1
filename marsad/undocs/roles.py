"""Lists of States and organisations, and the role a sentence gives them."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from marsad import countries
from marsad.countries.order import sort_key

from .fold import fold, without_marks
from .organisations import code_for, find_organisations


@dataclass(frozen=True, kw_only=True)
class RoleList:
    """Those to whom one sentence gives one role."""

    #: "party", "signatory", "observer", "spoke" or "replied".
    role: str
    #: States, in order.
    iso2: tuple[str, ...]
    #: Organisations, in order: name as printed and code.
    organisations: tuple[tuple[str, str | None], ...]
    #: Members of a list of States that are neither.
    unknown: tuple[str, ...]
    #: Where the sentence begins in the text, for the lines beside it.
    start: int
    #: Where it ends.
    end: int
    #: Agenda items it speaks of.
    agenda_items: tuple[str, ...]
    #: Whether the States were put back into the order of the alphabet, in which lists are printed.
    reordered: bool = False


@dataclass(frozen=True, kw_only=True)
class _Cues:
    """Words by which a language gives a role; read against folded text."""

    spoke: re.Pattern[str]
    replied: re.Pattern[str]
    signatory: re.Pattern[str]
    not_signatory: re.Pattern[str]
    observer: re.Pattern[str]
    party: re.Pattern[str]
    #: A sentence about presence: parties and signatories count only there.
    present: re.Pattern[str]
    #: A list of organisations, not of States.
    bodies: re.Pattern[str]
    #: What those who spoke or were present are named right after, where there is no colon.
    named_after: re.Pattern[str]
    #: What follows names and is no longer one: "…, which is a regional organization".
    aside: re.Pattern[str]


_DATA = json.loads((files(__package__) / "data" / "roles.json").read_text(encoding="utf-8"))
_CUES: Mapping[str, _Cues] = {
    language: _Cues(**{name: re.compile(pattern) for name, pattern in cues.items()})
    for language, cues in _DATA["cues"].items()
}
_STATES: Mapping[str, re.Pattern[str]] = {
    language: re.compile(pattern) for language, pattern in _DATA["states"].items()
}
_SENTENCE = re.compile(r"(?<!\bSt)(?<!\bNo)(?<!\bvol)[.。؟?!](?=\s|$|[\u4e00-\u9fff])")
_COLON = re.compile(r"[:：]")
_COMMAS = re.compile(r"[،,;؛、，；]")
_AND_ONE = re.compile(r"^(?:and|et|y|и|以及|和)\s+|^و(?=ال)")
_AGENDA_ITEMS = re.compile(
    r"(?:البند(?:ين|ان)?|بنود|items?|points?|temas?|пункт\w*|议程项目)\s*((?:\d{1,2}(?:\s*(?:و|and|et|y|и|和|,|،)\s*)?)+)"
)


def read_roles(text: str, language: str) -> list[RoleList]:
    """Every list of a paragraph, by sentence.

    >>> read_roles("The following States parties were represented: Egypt, Iraq.", "en")[0].iso2
    ('EG', 'IQ')
    """
    return [found for start, end in _spans(text) if (found := _read(text, start, end, language))]


def _spans(text: str) -> list[tuple[int, int]]:
    """Sentences of a text."""
    spans, start = [], 0
    for match in _SENTENCE.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def _read(text: str, start: int, end: int, language: str) -> RoleList | None:
    sentence = text[start:end]
    cues = _CUES[language]
    colon = _COLON.search(sentence)
    lead = fold(sentence[: colon.start()]) if colon else fold(sentence)
    reordered = False
    role = _role(lead, cues)
    if role is None and colon and language == "ar":
        # in a line put back in the wrong order the colon may stand before half of its opening
        role = _role(fold(sentence[: colon.end() + 150]), cues)
    if role is None:
        return None
    if colon:
        states, bodies, unknown = _listed(sentence[colon.end() :], lead, language, cues)
        states = _before_colon(sentence[: colon.start()], states, language) + states
        if language == "ar":
            ordered = in_printed_order(states, sentence)
            reordered, states = ordered != states, ordered
    else:
        states, bodies, unknown = _named(sentence, language, cues)
    if not states and not bodies:
        return None
    return RoleList(
        role=role,
        iso2=tuple(states),
        organisations=tuple(bodies),
        unknown=tuple(unknown),
        start=start,
        end=end,
        agenda_items=_items_in(lead),
        reordered=reordered,
    )


def _items_in(lead: str) -> tuple[str, ...]:
    found = [
        number for match in _AGENDA_ITEMS.finditer(lead) for number in re.findall(r"\d+", match[1])
    ]
    return tuple(dict.fromkeys(found))


def _role(lead: str, cues: _Cues) -> str | None:
    if cues.spoke.search(lead):
        return "spoke"
    if cues.replied.search(lead):
        return "replied"
    if not cues.present.search(lead) and not cues.observer.search(lead):
        return None
    if cues.signatory.search(lead) and not cues.not_signatory.search(lead):
        return "signatory"
    if cues.observer.search(lead):
        return "observer"
    if cues.party.search(lead):
        return "party"
    return None


_Read = tuple[list[str], list[tuple[str, str | None]], list[str]]


def _listed(text: str, lead: str, language: str, cues: _Cues) -> _Read:
    """Members of a list behind a colon."""
    if cues.bodies.search(lead) and not _speaks_of_states(lead, language):
        return [], _bodies(text), []
    found = countries.find(text)
    placed = [(one.start, one.iso2) for one in found if one.iso2 != "EU"]
    bodies: list[tuple[int, str, str | None]] = [
        (one.start, one.matched, "EU") for one in found if one.iso2 == "EU"
    ]
    unknown: list[str] = []
    for start, chunk in _uncovered(text, [(one.start, one.end) for one in found]):
        code = code_for(chunk)
        torn = _completed(chunk, near=text[max(0, start - _REACH) : start + _REACH])
        if code is not None:
            bodies.append((start, chunk, code))
        elif torn is not None and torn not in {iso2 for _, iso2 in placed}:
            placed.append((start, torn))
        else:
            unknown.append(chunk)
    states = [iso2 for _, iso2 in sorted(placed)]
    ordered = [(name, code) for _, name, code in sorted(bodies, key=lambda body: body[0])]
    return list(dict.fromkeys(states)), ordered, unknown


#: Characters a line holds: how far a damaged line carries a word away.
_REACH = 120


@cache
def _name_heads() -> frozenset[str]:
    """Words that begin the Arabic names of several States and do not name one: «جمهورية»."""
    first = Counter(country.names["ar"].split()[0] for country in countries.all())
    return frozenset(word for word, names in first.items() if names >= 3)


def _completed(chunk: str, *, near: str) -> str | None:
    """The State whose name lost its first word to the other end of a line.

    «س، جمهورية» at the end and «كوريا، …» at the beginning of one line are «جمهورية كوريا».
    """
    loose = _name_heads() & set(re.findall(r"\w+", near))
    whole = (countries.match(f"{head} {chunk}") for head in sorted(loose))
    return next((country.iso2 for country in whole if country is not None), None)


#: A figure with a word glued behind it, as seams leave it: «٢وفي إطار».
_GLUED = re.compile(r"\d[\u0621-\u064a]{2}")
_FEWEST = 8
_FARTHEST = 10
#: Below it a name is not as printed: its words or letters are out of order.
_SURE = 0.9


def in_printed_order(states: list[str], text: str) -> list[str]:
    """Put a list back into its order where damaged lines shuffled some of its members.

    Lists of States are printed in the order of the Arabic alphabet. Only a list that keeps that
    order on the whole, and whose sentence is visibly torn, is put back: half its members rise
    at least, and none is farther from its place than the members of a line reach. Any other list
    is left as it stands.
    """
    if len(states) < _FEWEST:
        return states
    found = countries.find(text)
    torn = any(one.confidence < _SURE for one in found) or _GLUED.search(text)
    if not torn:
        return states
    printed = {one.iso2: one.matched for one in found if one.confidence >= _SURE}
    keys = {
        iso2: sort_key(printed.get(iso2) or countries.get(iso2).names["ar"], "ar")
        for iso2 in states
    }
    right = sorted(states, key=lambda iso2: keys[iso2])
    places = {iso2: place for place, iso2 in enumerate(right)}
    reach = min(_FARTHEST, len(states) // 2)
    near = all(abs(places[iso2] - place) <= reach for place, iso2 in enumerate(states))
    rising = sum(keys[one] < keys[other] for one, other in pairwise(states))
    return right if near and rising >= 0.5 * (len(states) - 1) else states


_TAIL = 80


def _before_colon(lead: str, states: list[str], language: str) -> list[str]:
    """Members that a damaged line left on the wrong side of the colon: "…, Spain, Armenia: …"."""
    if language != "ar" or len(states) < 3 or "،" not in lead[-_TAIL:]:
        return []
    tail = lead[-_TAIL:]
    tail = tail[tail.index("،") :]
    found = [one for one in countries.find(tail) if one.iso2 != "EU"]
    covered = sum(one.end - one.start for one in found)
    said = sum(not sign.isspace() and sign not in "،" for sign in tail)
    if not found or covered < said * 0.6:
        return []
    return [one.iso2 for one in found if one.iso2 not in states]


def _speaks_of_states(lead: str, language: str) -> bool:
    return _STATES[language].search(lead) is not None


def _uncovered(text: str, covered: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Members between commas that no State covers."""
    starts = [start for start, _ in covered]
    chunks: list[tuple[int, str]] = []
    begin = 0
    for match in [*_COMMAS.finditer(text), None]:
        end = match.start() if match else len(text)
        place = bisect_left(starts, begin - 1)
        if place > 0 and covered[place - 1][1] > begin:
            place -= 1
        touched = place < len(covered) and covered[place][0] < end
        chunk = text[begin:end].strip(" .()\n")
        if not touched and sum(sign.isalpha() for sign in chunk) > 3:
            chunks.append((begin, _AND_ONE.sub("", chunk)))
        begin = match.end() if match else end
    return chunks


def _bodies(text: str) -> list[tuple[str, str | None]]:
    """Members of a list of organisations; a known name may hold a comma of its own."""
    text = without_marks(text)
    folded_found = find_organisations(_same_length_fold(text))
    spans = [(one.start, one.end, one.code) for one in folded_found]
    members: list[tuple[str, str | None]] = []
    begin = 0
    for match in [*_COMMAS.finditer(text), None]:
        end = match.start() if match else len(text)
        if any(start < end < stop for start, stop, _ in spans):
            continue
        chunk = text[begin:end].strip(" .\n")
        begin = match.end() if match else end
        if sum(sign.isalpha() for sign in chunk) > 2:
            name = _AND_ONE.sub("", chunk)
            members.append((name, code_for(name)))
    return members


_EASY = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "’": "'", "é": "e",
     "É": "e", "è": "e", "á": "a", "ó": "o", "í": "i", "й": "и"}
)  # fmt: skip


def _same_length_fold(text: str) -> str:
    """A folding that keeps every character in its place."""
    lowered = text.translate(_EASY)
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in lowered)


def _named(sentence: str, language: str, cues: _Cues) -> _Read:
    """States and organisations of a sentence without a colon: "the observer for …"."""
    sentence = without_marks(sentence)
    level = _same_length_fold(sentence)
    after = cues.named_after.search(level)
    if after is None:
        return [], [], []
    rest = sentence[after.end() :]
    aside = cues.aside.search(_same_length_fold(rest))
    if aside:
        rest = rest[: aside.start()]
    level = _same_length_fold(rest)
    spans = [(one.start, one.end, one.code) for one in find_organisations(level)]
    found = [
        one
        for one in countries.find(rest)
        if not any(one.start < end and start < one.end for start, end, _ in spans)
    ]
    bodies: list[tuple[int, str, str | None]] = [
        (start, rest[start:end], code) for start, end, code in spans
    ]
    bodies += [(one.start, one.matched, "EU") for one in found if one.iso2 == "EU"]
    states = [one.iso2 for one in found if one.iso2 != "EU"]
    if not bodies and not states and aside:
        name = rest.strip(" ،,")
        bodies = [(0, name, code_for(name))]
    ordered = [(name, code) for _, name, code in sorted(bodies, key=lambda body: body[0])]
    return list(dict.fromkeys(states)), ordered, []
