"""Lines whose words were taken down as they are drawn, from the left edge of the page.

Reads: a line of which every word is a run of its own, e.g. «عقده الذي الاجتماع عن تقرير» or
«٢٠١٢ مايو/أيار ١١ إلى ٩ من», and inside it words whose pieces are turned in the same way:
«يقالفر» is «الفر» and «يق». Some programs begin anew at every number: «البند في نظر» «٢» «أعماله
جدول من».
Writes: the words from the last to the first, of the whole line or portion by portion, whichever
the language model finds likelier in the whole text; then the pieces of words that are none.

Whether a text is written so, its pairs of words tell: those of our own texts stand in it the wrong
way round, again and again. In lines of reversed runs (`RunOrder`) most of them stand rightly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

from marsad.arabic import dictionary
from marsad.arabic.atoms import LATIN, NUMBER, SIGN, WORD, Atom, atoms_of
from marsad.arabic.letters import MARKS, without_marks
from marsad.arabic.likelihood import Lexicon
from marsad.arabic.ngrams import LINE_START, shipped
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.traced import Traced

#: So many pairs the wrong way round, and so many for one that is not.
_FEWEST, _TO_ONE = 3, 3
#: What it costs to read a line otherwise than the most of the text, and to leave it as it stands.
_OTHERWISE, _AS_IT_STANDS = 8.0, 6.0
#: What it costs that a word was turned at one more place.
_TURN = 2.0
#: How much likelier a word that is none must be turned, and one that is.
_NO_WORD, _WORTH = 20.0, 5.0
#: A longer word is not looked at: it is several.
_LONGEST = 14
#: A line with more pieces is no line of a page.
_MOST_PIECES = 600

#: What is in order already: «)(أ», a bracket around one run, and «الاجتماع؛», for a semicolon and a
#: question mark run from the right as letters do.
_DRAWN = re.compile(
    rf"(?P<out>[)\]»][(\[«]|\"\")?(?P<in>(?(out)[^\s()\[\]«»\"]+|[ء-ي{''.join(sorted(MARKS))}]+[؛؟]))"
)
#: What says to a screen from which side a run is to be shown.
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_Piece = tuple[str, Traced]
_Way = Callable[[Sequence[_Piece]], Traced]
#: A word turned, how it is looked up, and what turning it costs.
_Turning = tuple[Traced, tuple[str, ...], float]


class VisualOrder:
    """Write the words of a line from the last to the first, where they were taken down so."""

    name: ClassVar[str] = "visual_order"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._lexicon: Lexicon | None = None
        self._costs: dict[_Way, float] = {}

    def study(self, draft: Draft) -> None:
        """Tell from pairs of words whether the text was taken down from the left, and how."""
        lines = [line for line in draft.lines if not line.foreign]
        if not is_backwards(_bare(line.text).text for line in lines):
            return
        draft.damage = replace(draft.damage, backwards=True)
        self._lexicon = lexicon = Lexicon()
        ways = (_whole, _by_portions)
        sums = dict.fromkeys(ways, 0.0)
        for line in lines:
            pieces = _pieces(_bare(line.text))
            if any(kind in (NUMBER, LATIN) for kind, _piece in pieces):
                for way in ways:
                    sums[way] += _cost(way(pieces).text, lexicon)
        usual = min(ways, key=lambda way: sums[way])
        self._costs = {way: _OTHERWISE * (way is not usual) for way in ways}
        self._costs[_as_it_stands] = _AS_IT_STANDS

    def mend(self, line: Line) -> Iterator[Mended]:
        """Turn the words of a line, then what is turned or torn inside them."""
        if self._lexicon is None:
            return
        text = line.text
        after = self._in_order(_bare(text), self._lexicon)
        # what is left to put in order is inside the words
        line.settled = True
        if after.text != text.text:
            yield Mended(
                text=after,
                kind="visual_order",
                before=text,
                after=after.text,
                confidence=0.9,
                evidence="words taken down from the left edge of the page, as in the whole text",
            )
        yield from self._whole_words(after, self._lexicon)

    def _in_order(self, text: Traced, lexicon: Lexicon) -> Traced:
        pieces = _pieces(text)
        if len(pieces) > _MOST_PIECES:
            return text
        found = [(way(pieces), cost) for way, cost in self._costs.items()]
        return min(found, key=lambda one: one[1] + _cost(one[0].text, lexicon))[0]

    def _whole_words(self, text: Traced, lexicon: Lexicon) -> Iterator[Mended]:
        """Put the pieces of words together, the last word first."""
        atoms = atoms_of(text.text)
        place = len(atoms) - 1
        while place >= 0:
            first, word = _best(text, atoms, place, lexicon)
            if word is not None:
                start, end = atoms[first].start, atoms[place].end
                after = text[:start] + word + text[end:]
                yield Mended(
                    text=after,
                    kind="turned_word",
                    before=text[start:end],
                    after=word.text,
                    confidence=0.85,
                    evidence="far likelier in its place than the pieces as they stand",
                )
                text = after
            place = first - 1


def is_backwards(texts: Iterable[str]) -> bool:
    """Tell whether known pairs of words stand the wrong way round.

    >>> is_backwards(["بالأشخاص الاتجار مكافحة في الأطراف الدول"])
    True
    """
    pairs = shipped()[0].pairs
    right = wrong = 0
    for text in texts:
        for one, two in pairwise(atoms_of(text)):
            if one.kind == two.kind == WORD:
                right += (one.key, two.key) in pairs
                wrong += (two.key, one.key) in pairs
    return wrong >= _FEWEST and wrong > _TO_ONE * right


def _bare(text: Traced) -> Traced:
    """Return a line without the marks of direction that a program wrote beside every run."""
    if not _DIRECTIONS.search(text.text):
        return text
    return text.keeping(at for at, sign in enumerate(text.text) if not _DIRECTIONS.match(sign))


def _pieces(text: Traced) -> list[_Piece]:
    """Part a line into what was drawn together and the gaps between, each with its kind."""
    pieces: list[_Piece] = []
    end = 0
    for match in _DRAWN.finditer(text.text):
        bracketed = text[match.start("in") : match.end("in")]
        around = text[match.start("out") : match.end("out")]
        pieces += _atoms(text, end, match.start())
        pieces.append((SIGN, around[1:] + bracketed + around[:1] if around else bracketed))
        end = match.end()
    return [*pieces, *_atoms(text, end, len(text))]


def _atoms(text: Traced, start: int, end: int) -> Iterator[_Piece]:
    part = text[start:end]
    end = 0
    for atom in atoms_of(part.text):
        if atom.start > end:
            yield "", part[end : atom.start]
        yield atom.kind, part[atom.start : atom.end]
        end = atom.end
    if end < len(part):
        yield "", part[end:]


def _as_it_stands(pieces: Sequence[_Piece]) -> Traced:
    return Traced.joined(piece for _kind, piece in pieces)


def _whole(pieces: Sequence[_Piece]) -> Traced:
    """Return the pieces of a line from the last to the first."""
    return Traced.joined(piece for _kind, piece in reversed(pieces))


def _by_portions(pieces: Sequence[_Piece]) -> Traced:
    """Return them where every number and every Latin phrase is a portion of its own."""
    portions: list[list[_Piece]] = [[]]
    for kind, piece in pieces:
        if kind in (NUMBER, LATIN):
            portions += [[(kind, piece)], []]
        else:
            portions[-1].append((kind, piece))
    out = Traced("", ())
    for part in map(_whole, portions):
        apart = out.text[-1:].isalnum() and part.text[:1].isalnum()
        out = out + (Traced.inserted(" ") if apart else Traced("", ())) + part
    return out


def _cost(text: str, lexicon: Lexicon) -> float:
    keys = [LINE_START, LINE_START, *(atom.key for atom in atoms_of(text))]
    return sum(lexicon.cost_after(*keys[at - 2 : at + 1]) for at in range(2, len(keys)))


def _is_word(key: str, lexicon: Lexicon) -> bool:
    return lexicon.knows(key) or dictionary.known(key)


def _best(
    text: Traced, atoms: Sequence[Atom], place: int, lexicon: Lexicon
) -> tuple[int, Traced | None]:
    """Return from which atom on the pieces up to `place` make a likelier word, and that word."""
    atom = atoms[place]
    if atom.kind != WORD or len(atom.key) > _LONGEST:
        return place, None
    keys = [LINE_START, LINE_START, *(one.key for one in atoms), ""]
    before, behind, after = keys[place], keys[place + 1], keys[place + 3]
    known = _is_word(atom.key, lexicon)
    stands = _between(behind, (atom.key,), after, lexicon) + _NO_WORD * (not known)
    best, found, first = stands - _WORTH * known, None, place
    word = text[atom.start : atom.end]
    # a word that is one is turned into none but a common one, and at one place only
    turnings = _common(word, lexicon) if known else _turnings(word, lexicon)
    for turned, its_keys, cost in turnings:
        cost += _between(behind, its_keys, after, lexicon)
        if cost < best:
            best, found = cost, turned
    one = atoms[place - 1] if place else atom
    if place and _may_join(one, atom, lexicon):
        apart = lexicon.pair_cost(before, one.key)
        joined = one.key + atom.key
        if _between(before, (joined,), after, lexicon) < min(best, stands) + apart:
            found = text[one.start : one.end] + word
            first = place - 1
    return first, found


def _between(before: str, words: Sequence[str], after: str, lexicon: Lexicon) -> float:
    row = (before, *words, after) if after else (before, *words)
    return sum(lexicon.pair_cost(one, two) for one, two in pairwise(row))


def _may_join(before: Atom, atom: Atom, lexicon: Lexicon) -> bool:
    """Tell whether the rest of a word stands behind a space of its own: «مشتر كة»."""
    if before.kind != WORD or atom.start - before.end != 1:
        return False
    whole = lexicon.knows(before.key) and lexicon.knows(atom.key)
    return not whole and _is_word(before.key + atom.key, lexicon)


def _common(word: Traced, lexicon: Lexicon) -> Iterator[_Turning]:
    """Yield a word with two pieces turned, where our texts or lists have it so."""
    for places in _cuts(word.text, most=1):
        turned = _pieces_turned(word, places)
        key = without_marks("".join(piece.text for piece in turned))
        if lexicon.knows(key):
            yield Traced.joined(turned), (key,), _TURN


def _turnings(word: Traced, lexicon: Lexicon) -> Iterator[_Turning]:
    """Yield a word with its pieces, two or three, turned, where that makes it one or two words."""
    for places in _cuts(word.text, most=2):
        turned = _pieces_turned(word, places)
        parts = tuple(without_marks(piece.text) for piece in turned)
        if _is_word("".join(parts), lexicon):
            yield Traced.joined(turned), ("".join(parts),), _TURN * len(places)
        if len(parts) == 2 and all(len(part) > 2 and lexicon.knows(part) for part in parts):
            yield turned[0] + Traced.inserted(" ") + turned[1], parts, _TURN


def _pieces_turned(word: Traced, places: Sequence[int]) -> list[Traced]:
    return [word[a:b] for a, b in reversed(list(pairwise((0, *places, len(word)))))]


def _cuts(word: str, *, most: int) -> Iterator[tuple[int, ...]]:
    """Yield one place, or up to two, where a word may be cut: never before a mark."""
    places = [place for place in range(1, len(word)) if word[place] not in MARKS]
    for at, one in enumerate(places):
        yield (one,)
        if most > 1:
            yield from ((one, two) for two in places[at + 1 :])
