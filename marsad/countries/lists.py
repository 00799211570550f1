"""A list of States in a document: who is on it, and what on it is no State we know.

«أ، ب، وج» is read member by member. Whatever is neither a name nor a joining word is reported,
with proposals, so that a member the tables do not know is never lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.countries.folding import Token
from marsad.countries.lookup import Candidate, suggest
from marsad.countries.matcher import JOINING, Found, Reader
from marsad.countries.names import small_words

#: Words that introduce a member without naming it: «حكومة مصر», "the Government of Egypt".
_INTRODUCING = small_words("introducing")
#: Words after which a member follows: «المراقب عن», "the representatives of".
_LEADING = _INTRODUCING | small_words("calling")
#: More words than this are a sentence, which resembles no name.
_LONGEST_MEMBER = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Unknown:
    """A member of a list that is no country we know by this name."""

    #: As it is written.
    text: str
    #: Where it stands: first character, and one past the last.
    start: int
    end: int
    #: Countries it may be; for a person to choose from.
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StatesList:
    """A list of States as it was read."""

    #: The members that are known, in the order they stand in the text.
    found: list[Found]
    #: What else stands in the list.
    unknown: list[Unknown]
    #: Where the list begins (after "the following States:") and where its sentence ends.
    start: int
    end: int

    @property
    def iso2(self) -> list[str]:
        """The codes of the known members, in the order they stand in the text."""
        return [found.iso2 for found in self.found]


def read_list(text: str, language: str | None = None) -> StatesList:
    """Read a list of States: the text may begin with its introduction and go on after its end.

    >>> one = read_list("مُثّلت الدول التالية: الأردن، أطلنطس، ومصر. وحضر آخرون من كندا.")
    >>> one.iso2, [unknown.text for unknown in one.unknown]
    (['JO', 'EG'], ['أطلنطس'])
    """
    reader = Reader(text, language=language, listing=True, strict=True)
    everything = reader.read()
    begin = _beginning(reader.tokens, text, everything)
    finish = _finish(reader.tokens, text, begin)
    start = reader.tokens[begin].start if begin < len(reader.tokens) else len(text)
    end = reader.tokens[finish].start if finish < len(reader.tokens) else len(text)
    found = [one for one in everything if start <= one.start < end]
    return StatesList(
        found=found,
        unknown=_unknown(reader, range(begin, finish), found),
        start=start,
        end=end,
    )


def _is_colon(token: Token, text: str) -> bool:
    return token.kind == "stop" and text[token.start] in ":："


def _beginning(tokens: list[Token], text: str, found: list[Found]) -> int:
    """Return the first word of the list: after the colon in front of the first member."""
    names = {one.start: one for one in found}
    colons = [place for place, token in enumerate(tokens) if _is_colon(token, text)]
    for place in colons:
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following and any(start in names for start in range(following.start, following.end)):
            return place + 1
    first = found[0].start if found else len(text)
    before = [place for place in colons if tokens[place].start < first]
    return before[-1] + 1 if before else _after_introduction(tokens, first)


def _after_introduction(tokens: list[Token], first: int) -> int:
    """Return where a list without a colon begins: "made by the representatives of Algeria, …"."""
    for place, token in enumerate(tokens):
        if token.end > first:
            leads = place and tokens[place - 1].folded in _LEADING
            return place if leads else 0
        if token.kind != "word":
            return 0
    return 0


def _finish(tokens: list[Token], text: str, begin: int) -> int:
    """Return one past the last word of the list: where its sentence ends."""
    for place in range(begin, len(tokens)):
        token = tokens[place]
        if token.kind != "stop" or _is_colon(token, text) or place == begin:
            continue
        is_blank_line = text[token.start] == "\n"
        if is_blank_line and tokens[place - 1].kind == "comma":
            continue
        return place
    return len(tokens)


def _unknown(reader: Reader, places: range, found: list[Found]) -> list[Unknown]:
    """Return the runs of words between `places` that no finding covers."""
    taken = _taken(reader.tokens, found)
    unknown: list[Unknown] = []
    for piece in reader.pieces():
        run: list[Token] = []
        for place in piece:
            if place in taken or place not in places:
                unknown += _reported(reader.text, run)
                run = []
            else:
                run.append(reader.tokens[place])
        unknown += _reported(reader.text, run)
    return unknown


def _taken(tokens: list[Token], found: list[Found]) -> set[int]:
    taken: set[int] = set()
    place = 0
    for one in found:
        while place < len(tokens) and tokens[place].end <= one.start:
            place += 1
        while place < len(tokens) and tokens[place].start < one.end:
            taken.add(place)
            place += 1
    return taken


def _reported(text: str, run: list[Token]) -> list[Unknown]:
    """Return what a run of uncovered words says, if it says more than «و» or "the"."""
    while run and run[0].folded in JOINING:
        run = run[1:]
    if all(token.folded in JOINING or token.folded in _INTRODUCING for token in run):
        return []
    start, end = run[0].start, run[-1].end
    written = text[start:end]
    short = len(run) <= _LONGEST_MEMBER
    candidates = tuple(suggest(written)) if short else ()
    return [Unknown(text=written, start=start, end=end, candidates=candidates)]
