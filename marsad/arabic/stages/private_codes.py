"""Private glyph codes, solved from the words around them.

Reads: words in which a font hid letters behind its own codes: U+E814 + «ريب» prints as «ريب» and
was «تهريب»; U+F02A is the asterisk of a symbol font.
Writes: the letters, or nothing for a code that stands for a vowel mark. The table is solved for
every text anew: each expansion of up to three letters that completes a word known from our lists
or from the text itself is a vote. A code whose best expansion does not stand clearly above the
next is left in place and flagged.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from marsad.arabic.data import lines
from marsad.arabic.learning import learn_from
from marsad.arabic.letters import is_private, is_word_character, without_marks
from marsad.arabic.lexicon import common_forms, listed_cost
from marsad.arabic.likelihood import Lexicon, is_word
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.traced import Traced

#: Contexts a code needs before its letters are written without asking.
_ENOUGH = 3
#: Guesses that are tried, and letters a code stands for at most.
_TRIED = 40
_LONGEST = 3

_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Solution:
    """What a code stands for, and what that rests on."""

    #: The letters; empty for a mark.
    letters: str
    #: From 0 to 1.
    confidence: float
    #: Figures, in English.
    evidence: str
    #: Whether it is sure enough to be written.
    sure: bool


@dataclass(frozen=True, slots=True)
class _Context:
    neighbour: str
    before: str
    after: str


class PrivateCodes:
    """Solve the private codes of a text and expand them."""

    name: ClassVar[str] = "private_codes"
    conserves: ClassVar[bool] = False

    def __init__(self) -> None:
        self._table: dict[str, Solution] = {}

    def study(self, draft: Draft) -> None:
        """Solve the table of codes."""
        if draft.damage.private_codes:
            found = solve(line.text.text for line in draft.lines)
            self._table = {
                code: _remembered(code, solution, draft.knowledge.codes)
                for code, solution in found.items()
            }

    def mend(self, line: Line) -> Iterator[Mended]:
        """Expand the codes of a line, one change each; flag those not solved."""
        text = line.text
        place = 0
        while place < len(text):
            code = text.text[place]
            if not is_private(code):
                place += 1
                continue
            start, end = _word_around(text.text, place)
            solution = self._table.get(code, _UNSOLVED)
            if not solution.sure:
                torn = any(origin in line.tied_before for origin in text.origins[start:end])
                solution = _of_the_font(text.text[start:end], code, solution, self._table, torn)
            if not solution.sure:
                yield _mended(text, text[start:end], text.text[start:end], code, solution)
                place += 1
                continue
            letters = Traced.standing_for(solution.letters, origin=text.origins[place])
            after = text[:place] + letters + text[place + 1 :]
            new = after.text[start : end - 1 + len(letters)]
            yield _mended(after, text[start:end], new, code, solution)
            text = after
            place += len(letters)


def _remembered(code: str, found: Solution, codes: Mapping[str, str]) -> Solution:
    """Where the text cannot tell what a code stands for, what other texts of its font told."""
    if found.sure or code not in codes:
        return found
    return Solution(
        letters=codes[code],
        confidence=0.8,
        evidence=f"“{codes[code]}” in other texts; here {found.evidence}",
        sure=True,
    )


@cache
def _font_codes() -> dict[str, str]:
    """What codes stand for in fonts that are known, by the code."""
    entries = (line.split() for line in lines("font_codes.txt"))
    return {chr(int(entry[0], 16)): "".join(entry[1:]) for entry in entries}


def _of_the_font(
    word: str, code: str, found: Solution, table: Mapping[str, Solution], torn: bool
) -> Solution:
    """Where the text is too short to tell, what a known font writes, if that makes a known word.

    :param torn: whether it is a piece of a word, which a mark may stand before or behind.
    """
    if code not in _font_codes():
        return found
    known = {other: solution.letters for other, solution in table.items() if solution.sure}
    letters = {**_font_codes(), **known}
    written = without_marks("".join(letters.get(character, character) for character in word))
    piece = torn and not letters[code]
    if not (piece or is_word(written)):
        return found
    meaning = f"“{letters[code]}”" if letters[code] else "a mark"
    return Solution(
        letters=letters[code],
        confidence=0.75 if piece else 0.85,
        evidence=f"{meaning} in a known font, "
        + ("beside a torn piece of a word" if piece else "and that makes a known word"),
        sure=True,
    )


_UNSOLVED = Solution(letters="", confidence=0.0, evidence="nothing known of it", sure=False)


def _mended(text: Traced, before: Traced, after: str, code: str, solution: Solution) -> Mended:
    return Mended(
        text=text,
        kind="private_code",
        before=before,
        after=after,
        confidence=solution.confidence,
        evidence=f"U+{ord(code):04X}: {solution.evidence}",
        applied=solution.sure,
    )


def _word_around(text: str, place: int) -> tuple[int, int]:
    start, end = place, place + 1
    while start and _in_word(text[start - 1]):
        start -= 1
    while end < len(text) and _in_word(text[end]):
        end += 1
    return start, end


def _in_word(character: str) -> bool:
    return is_word_character(character) or is_private(character)


def solve(texts: Iterable[str]) -> dict[str, Solution]:
    """Solve the private codes of a text, most frequent first.

    >>> lines = ["مكافحة \\ue814ريب، إعاد\\ue814م، بشهاد\\ue814م، استشار\\ue814ا"]
    >>> solve(lines)["\\ue814"].letters
    'ته'
    """
    kept = list(texts)
    lexicon = Lexicon()
    learn_from((_PRIVATE.sub(" ", line) for line in kept), lexicon)
    edges = _Edges(common_forms() | set(lexicon.learned()))
    counts = Counter(code for line in kept for code in line if is_private(code))
    table: dict[str, Solution] = {}
    for code, _ in counts.most_common():
        table[code] = _symbol(code) or _solved(_contexts(code, kept, table), edges, lexicon)
    return {code: _by_neighbours(code, found, table) for code, found in table.items()}


def _by_neighbours(code: str, found: Solution, table: dict[str, Solution]) -> Solution:
    """A font keeps its marks side by side: a rare code among marks is a mark."""
    block = [
        other
        for neighbour, other in table.items()
        if other.sure and neighbour != code and ord(neighbour) // 16 == ord(code) // 16
    ]
    if found.sure or len(block) < 3 or any(other.letters for other in block):
        return found
    return Solution(
        letters="",
        confidence=0.8,
        evidence=f"a mark, as the {len(block)} codes beside it in the font are; {found.evidence}",
        sure=True,
    )


def _symbol(code: str) -> Solution | None:
    """Symbol fonts keep ASCII at U+F020…U+F07E: a convention, not a guess."""
    if 0xF020 <= ord(code) <= 0xF07E and not chr(ord(code) - 0xF000).isalnum():
        sign = chr(ord(code) - 0xF000)
        return Solution(
            letters=sign, confidence=0.99, evidence=f"“{sign}” of a symbol font", sure=True
        )
    return None


def _contexts(code: str, texts: list[str], table: dict[str, Solution]) -> list[_Context]:
    """Return the words around each occurrence, codes already solved written out."""
    found = []
    for line in texts:
        for place, character in enumerate(line):
            if character == code:
                start, end = _word_around(line, place)
                before = _written(line[start:place], table)
                after = _written(line[place + 1 : end], table)
                words = without_marks(line[:start]).split()
                found.append(_Context(words[-1] if words else "", before, after))
    return found


def _written(part: str, table: dict[str, Solution]) -> str:
    letters = (table[c].letters if c in table else "" if is_private(c) else c for c in part)
    return without_marks("".join(letters))


def _solved(contexts: list[_Context], edges: _Edges, lexicon: Lexicon) -> Solution:
    whole = sum(1 for c in contexts if _good(c.before + c.after, lexicon))
    votes: dict[str, float] = defaultdict(float)
    for letters in _candidates(contexts, edges):
        votes[letters] = sum(_vote(c, letters, lexicon) for c in contexts) - 0.1 * len(letters)
    votes[""] = float(whole) + 0.2
    (letters, best), *others = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    second = others[0][1] if others else 0.0
    margin = (best - second) / len(contexts)
    enough = len(contexts) >= _ENOUGH and best / len(contexts) >= 0.5 and margin > 0.04
    # a lone code inside a word that is whole without it can only be a mark
    mark = not letters and whole == len(contexts) and second < best
    confidence = min(0.99, 0.5 + margin / 2 + min(len(contexts), 20) / 100)
    meaning = f"“{letters}”" if letters else "a mark"
    return Solution(
        letters=letters,
        confidence=round(confidence if enough else min(confidence, 0.6), 3),
        evidence=(
            f"{meaning} makes words of {best:.1f} in {len(contexts)} places, "
            f"the next guess of {max(second, 0.0):.1f}"
        ),
        sure=enough or mark,
    )


def _vote(context: _Context, letters: str, lexicon: Lexicon) -> float:
    word = context.before + letters + context.after
    if not _good(word, lexicon):
        return 0.0
    # «اضطلع بها» rather than «اضطلع لها»: a word that goes with its neighbour counts for more
    together = lexicon.pair_cost(context.neighbour, word) < lexicon.cost(word)
    return 1.5 if together else 1.0


def _good(word: str, lexicon: Lexicon) -> bool:
    return len(word) >= 3 and (listed_cost(word) is not None or lexicon.count(word) >= 2)


def _candidates(contexts: list[_Context], edges: _Edges) -> list[str]:
    """Return the expansions that complete a known word in some place."""
    votes: Counter[str] = Counter()
    for before, after in {(context.before, context.after) for context in contexts}:
        room = len(before) + len(after)
        if room == 0:
            continue
        forms = edges.starting(before[0]) if before else edges.ending(after[-1])
        for form in forms:
            extra = len(form) - room
            if 0 < extra <= _LONGEST and form.startswith(before) and form.endswith(after):
                votes[form[len(before) : len(before) + extra]] += 1
    # equal ones by the alphabet, so that every run of the program tries the same
    commonest = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    return [letters for letters, _ in commonest[:_TRIED]]


class _Edges:
    """Known forms by their first and by their last letter."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._starting: dict[str, list[str]] = defaultdict(list)
        self._ending: dict[str, list[str]] = defaultdict(list)
        for form in forms:
            self._starting[form[0]].append(form)
            self._ending[form[-1]].append(form)

    def starting(self, letter: str) -> list[str]:
        return self._starting.get(letter, [])

    def ending(self, letter: str) -> list[str]:
        return self._ending.get(letter, [])
