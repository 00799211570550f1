"""Put one run of a line behind what is read so far, and say what the reading costs then.

A hypothesis carries its last word open: the next run may go on with it («لا» … «تفاقية»), so the
word is paid for only when it is known to be complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from marsad.arabic.atoms import MARKER, WORD, atoms_of
from marsad.arabic.decoder.lists import inversions, is_list
from marsad.arabic.decoder.reading import Context, Order, Piece, Reading
from marsad.arabic.decoder.seams import CLOSING, DOUBLED_FIRST, STOPS, Seams
from marsad.arabic.letters import NON_JOINING, TATWEEL
from marsad.arabic.likelihood import Lexicon, may_go_on
from marsad.arabic.ngrams import LINE_START

#: What it costs to make a word of two pieces that nobody knows, and to end a line with a piece.
_MADE_UP, _TORN_END = 8.0, 5.0
#: What a word costs at least that nobody knows.
_STRANGE = 14.0
#: What a closing sign costs behind an opening one or a stop, and at the start of a line.
_CLOSING_MISPLACED, _CLOSING_FIRST = 5.0, 8.0
#: What a line saves that opens with the letter or number of an item: «(ب)».
_MARKER_FIRST = 4.0
#: What a bracket costs that closes before it opens, and one that stays open.
_UNOPENED, _UNCLOSED = 5.0, 1.0
#: What it costs that a pair of brackets does not hold what stands between them in the line.
_BRACKETS_TORN = 12.0
#: What follows a comma that a cut set free: it is a run of its own.
_FREED_COMMA = 2.6
#: A seam with a space is seldom inside a word; one without is seldom between two.
_JOINED_OVER_SPACE, _JOINED_WHOLE, _PARTED_WITHOUT = 1.0, 2.5, 1.5
#: A tied piece has something to be tied to, and a tie joins.
_UNTIED, _TIED_TO_NON_JOINING = 6.0, 8.0
#: A gap of several spaces ends a word. Pieces of one portion of a line (see `layers.py`) are set
#: apart by a space of the extractor's, so that one alone is none of the words.
_JOINED_OVER_GAP, _PARTED_INSIDE = 4.0, 3.0
#: Ways to put a run behind a word: joined or not, and what that costs.
_APART, _APART_UNTIED = ((False, 0.0),), ((False, _UNTIED),)
_DOUBLED = ((True, 0.0), (False, DOUBLED_FIRST))
_APART_DOUBLED = ((False, DOUBLED_FIRST),)
_INSIDE_PORTION = ((True, 0.0), (False, _PARTED_INSIDE))
_TOUCHING = ((False, _PARTED_WITHOUT), (True, 0.0))
#: What a word may have before it and still begin; «ل» is not among them: «للّذين».
_PROCLITICS = frozenset("وفبك")
#: No word is put together that has more letters.
_LONGEST_WORD = 18
#: What an open piece will cost in the end with which a word begins.
_BEGUN = 6.0
#: How much the words of the next line, themselves only a guess, count.
_CONTINUITY = 0.9
#: What a member of a list costs that stands before one the alphabet puts first.
_OUT_OF_ORDER = 3.0
#: How many other readings are kept.
_OTHERS = 6


@dataclass(slots=True, eq=False)
class Hypothesis:
    """The start of a reading."""

    cost: float
    #: The two words before the last, and the last, which is open.
    earlier: str
    before: str
    last: str
    last_is_word: bool
    #: Where the last word ends in the line; -1 at the start.
    last_end: int
    #: Brackets that are open.
    depth: int
    #: What it grew from, and the units of its last run.
    back: Hypothesis | None
    start: int
    stop: int
    joined: bool
    #: Whether the last word was put together from several pieces.
    mended: bool = False
    #: The cost with what the open word is likely to cost, to compare hypotheses by.
    rank: float = 0.0
    #: What `Placing.open` writes down of the last word, before a reading is gone on with: what it
    #: costs to close it, whether it is a word as it is, whether a kashida ties it to what follows,
    #: and the spaces behind it in the line.
    closing: float = 0.0
    known: bool = False
    tied: bool = False
    spaces: int = 0
    #: What `layers.py` writes down: where it stands, and how much it costs beyond the least.
    state: tuple[int, ...] = ()
    excess: float = 0.0


@dataclass(slots=True, eq=False)
class Run:
    """A run of units, with all that does not depend on what is read before it."""

    #: Its units.
    first: int
    stop: int
    #: Where it stands in the line.
    start: int
    end: int
    #: What the run costs inside, from its third word to the last but one, and the cut before it.
    cost: float
    #: Brackets opened less brackets closed.
    net: int
    #: Whether it is one atom, or a part of one.
    alone: bool
    head: str
    is_word: bool
    is_marker: bool
    #: Its second word where that is not its last.
    second: str
    #: The two words before the last, as far as they are of this run.
    earlier: str
    before: str
    tail: str
    tail_is_word: bool
    #: What the open last word is likely to cost.
    outlook: float
    #: What it costs at least, wherever it is put.
    least: float
    #: Whether a kashida ties it to what is before it, and whether its first letter is doubled.
    tied: bool
    doubled: bool
    #: Whether its head is a word as it is, and whether a space stands before it in the line.
    known: bool
    spaced: bool


class Placing:
    """The runs of one line and the ways to put them one behind another."""

    def __init__(self, seams: Seams, lexicon: Lexicon, context: Context) -> None:
        self.seams = seams
        self.lexicon = lexicon
        self.context = context
        self.units = seams.units
        self._runs: dict[tuple[int, int], Run] = {}
        self._list = is_list(seams.atoms)
        self._words, self._junctions = self._sums()
        self._nets = [0]
        for unit in self.units:
            key = seams.atoms[unit.atom].key
            self._nets.append(self._nets[-1] + (key == "(") - (key == ")"))

    def _sums(self) -> tuple[list[float], list[float]]:
        """Running sums: the words up to atom k after the two before each, and the junctions."""
        keys = [atom.key for atom in self.seams.atoms]
        words, junctions = [0.0] * len(keys), [0.0] * len(keys)
        for place in range(1, len(keys)):
            junctions[place] = junctions[place - 1] + self.seams.junction(place)
            if place > 1:
                words[place] = words[place - 1] + self.after(*keys[place - 2 : place + 1])
        return words, junctions

    # what words cost

    def after(self, earlier: str, before: str, word: str) -> float:
        """Return what a word costs after two others."""
        cost = self.lexicon.cost_after(earlier, before, word)
        if word in CLOSING:
            if before in STOPS or before == "(":
                cost += _CLOSING_MISPLACED
            elif before == LINE_START:
                cost += _CLOSING_FIRST
        return cost

    def closed(self, hypothesis: Hypothesis) -> float:
        """Return what the open word costs, now that it is known to be complete."""
        cost = self.after(hypothesis.earlier, hypothesis.before, hypothesis.last)
        if hypothesis.mended and not self.lexicon.knows(hypothesis.last):
            cost += _MADE_UP
        return cost

    def _outlook(self, word: str, *, is_word: bool, mended: bool = False) -> float:
        """Guess what an open word will cost: a piece may yet become a word, or may not."""
        if not is_word or self.lexicon.knows(word):
            return self.lexicon.cost(word)
        cost = self.lexicon.cost(word) + _MADE_UP * mended
        return min(cost, _BEGUN) if may_go_on(word) else cost

    # runs

    def run(self, start: int, stop: int) -> Run:
        """Return the run of the units from `start` up to `stop`."""
        found = self._runs.get((start, stop))
        if found is None:
            found = self._runs[start, stop] = self._make_run(start, stop)
        return found

    def at_least(self, start: int, stop: int) -> float:
        """Return, without making it, what a run costs at least."""
        first, last = self.units[start].atom, self.units[stop - 1].atom
        cost = self.units[stop].cut if stop < len(self.units) else 0.0
        cost += self._junctions[last] - self._junctions[first]
        if last > first + 2:
            cost += self._words[last - 1] - self._words[first + 1]
        return cost - _MARKER_FIRST - _FREED_COMMA

    def _make_run(self, start: int, stop: int) -> Run:
        seams, units = self.seams, self.units
        first, last = units[start], units[stop - 1]
        a, b = first.atom, last.atom
        alone = a == b
        atoms = seams.atoms
        is_word, tail_is_word = atoms[a].kind == WORD, atoms[b].kind == WORD
        head = (
            seams.key(first.start, (last if alone else atoms[a]).end) if is_word else atoms[a].key
        )
        tail = seams.key(atoms[b].start, last.end) if tail_is_word else atoms[b].key
        cost = units[stop].cut if stop < len(units) else 0.0
        if not alone:
            cost += self._inside(a, b)
        elif head == "،" and start > 0 and stop < len(units):
            cost -= min(_FREED_COMMA, cost)
        outlook = self._outlook(head if alone else tail, is_word=tail_is_word)
        is_marker = atoms[a].kind == MARKER
        return Run(
            first=start,
            stop=stop,
            start=first.start,
            end=last.end,
            cost=cost,
            net=self._nets[stop] - self._nets[start],
            alone=alone,
            head=head,
            is_word=is_word,
            is_marker=is_marker,
            second=atoms[a + 1].key if b > a + 1 else "",
            earlier=atoms[b - 2].key if b > a + 2 else "",
            before=atoms[b - 1].key if b > a + 1 else "",
            tail=head if alone else tail,
            tail_is_word=tail_is_word,
            outlook=outlook,
            least=cost - _MARKER_FIRST * is_marker + (0.0 if alone else outlook),
            tied=first.start in seams.tied_before,
            doubled=first.start in seams.doubled,
            known=self.lexicon.knows(head),
            spaced=seams.text[first.start - 1 : first.start].isspace(),
        )

    def _inside(self, first: int, last: int) -> float:
        cost = self._junctions[last] - self._junctions[first]
        if last > first + 2:
            cost += self._words[last - 1] - self._words[first + 1]
        return cost + self.seams.over_mirrored(first, last)

    # placing

    def begin(self) -> Hypothesis:
        """Return the reading of nothing, with the words of the line before behind it."""
        earlier, before = self.context.before
        return Hypothesis(0.0, LINE_START, earlier, before, False, -1, 0, None, 0, 0, False)

    def open(self, hypothesis: Hypothesis) -> None:
        """Write down what is known of the last word of a reading that is gone on with."""
        if hypothesis.back is not None:
            hypothesis.closing = self.closed(hypothesis)
            hypothesis.known = self.lexicon.knows(hypothesis.last)
            hypothesis.tied = hypothesis.last_end - 1 in self.seams.tied_after
            hypothesis.spaces = self.seams.spaces_behind(hypothesis.last_end)

    def placed(
        self, old: Hypothesis, run: Run, extra: float, limit: float, *, inner: bool = False
    ) -> Sequence[Hypothesis]:
        """Put a run behind a hypothesis: an open one with a space and without, else the better.

        :param old: what its last word is must be written down already.
        :param extra: what the step to this run costs.
        :param limit: dearer hypotheses are not made.
        :param inner: whether it goes on with the portion of the run before it.
        """
        base = old.cost + run.cost + extra
        depth = old.depth + run.net
        if old.back is None:
            base += _first(run) + DOUBLED_FIRST * run.doubled
        if depth < 0:
            base += _UNOPENED
            depth = 0
        if base > limit:
            return ()
        joins = _joins(old, run, inner=inner)
        if run.alone:
            return self._alone(old, run, base, depth, limit, joins)
        return self._long(old, run, base, depth, limit, joins)

    def _alone(
        self,
        old: Hypothesis,
        run: Run,
        base: float,
        depth: int,
        limit: float,
        joins: Sequence[tuple[bool, float]],
    ) -> Sequence[Hypothesis]:
        placed = []
        for joined, seam in joins:
            cost = base + seam
            if not joined:
                cost += old.closing
            if cost > limit:
                continue
            if joined:
                word, before, earlier = old.last + run.head, old.before, old.earlier
                rank = cost + self._outlook(word, is_word=run.tail_is_word, mended=True)
            else:
                word, before, earlier = run.head, old.last, old.before
                rank = cost + run.outlook
            if rank <= limit:
                placed.append(
                    Hypothesis(
                        cost,
                        earlier,
                        before,
                        word,
                        run.tail_is_word,
                        run.end,
                        depth,
                        old,
                        run.first,
                        run.stop,
                        joined,
                        joined,
                        rank,
                    )
                )
        return placed

    def _long(
        self,
        old: Hypothesis,
        run: Run,
        base: float,
        depth: int,
        limit: float,
        joins: Sequence[tuple[bool, float]],
    ) -> Sequence[Hypothesis]:
        best, kept = limit - run.outlook, None
        for joined, seam in joins:
            cost = base + seam
            if joined:
                if cost >= best:
                    continue
                word, before = old.last + run.head, old.before
                if not self.lexicon.knows(word):
                    cost += _MADE_UP
                    if cost + _STRANGE > best:
                        continue
                cost += self.after(old.earlier, before, word)
            else:
                word, before = run.head, old.last
                cost += old.closing
                if cost >= best or cost + self.lexicon.least_cost(before, word) >= best:
                    continue
                cost += self.after(old.before, before, word)
            if run.second and cost < best:
                cost += self.after(before, word, run.second)
            if cost < best:
                best, kept = cost, (joined, before, word)
        if kept is None:
            return ()
        joined, before, word = kept
        # the two words before the tail: of this run, or its head and what it follows
        return (
            Hypothesis(
                best,
                run.earlier or (word if run.before else before),
                run.before or word,
                run.tail,
                run.tail_is_word,
                run.end,
                depth,
                old,
                run.first,
                run.stop,
                joined,
                False,
                best + run.outlook,
            ),
        )

    # the end

    def reading(self, ends: Iterable[Hypothesis]) -> Reading:
        """Choose among whole readings."""
        costs = sorted((self._ended(end), n, end) for n, end in enumerate(ends))
        orders: dict[tuple[Piece, ...], float] = {}
        for cost, _, end in costs:
            if len(orders) <= _OTHERS:
                orders.setdefault(self.pieces(end), cost)
        found = [Order(pieces, cost, self._made_up(pieces)) for pieces, cost in orders.items()]
        return Reading(
            found[0],
            self._standing(),
            tuple(found[1:]),
            shows_seam=not self.seams.shows_none(),
            broken=self.seams.is_broken(),
            strange=sum(
                atom.kind == WORD
                and not self.lexicon.knows(atom.key)
                and TATWEEL not in self.seams.text[atom.start : atom.end]
                for atom in self.seams.atoms
            ),
        )

    def _made_up(self, pieces: tuple[Piece, ...]) -> int:
        """Count the words of a reading that are no words and do not stand in the line either."""
        if len(pieces) == 1:
            return 0
        standing = {atom.key for atom in self.seams.atoms}
        text = self.text_of(pieces)
        tied = self._tied_words(text, pieces)
        return sum(
            atom.key not in standing
            and not self.lexicon.knows(atom.key)
            and (atom.start, atom.end) not in tied
            for atom in atoms_of(text)
            if atom.kind == WORD
        )

    def _tied_words(self, text: str, pieces: tuple[Piece, ...]) -> set[tuple[int, int]]:
        """Where in the text of a reading words stand whose every seam a kashida ties."""
        seams: dict[int, bool] = {}
        length = 0
        for before, piece in pairwise(pieces):
            length += before.end - before.start
            if piece.joined:
                seams[length] = self.seams.is_tied(before.end - 1, piece.start)
            length += not piece.joined
        words: set[tuple[int, int]] = set()
        for atom in atoms_of(text):
            inside = [tied for place, tied in seams.items() if atom.start < place < atom.end]
            if inside and all(inside):
                words.add((atom.start, atom.end))
        return words

    def pieces(self, end: Hypothesis) -> tuple[Piece, ...]:
        """Return the runs of a reading in their order."""
        pieces: list[Piece] = []
        here: Hypothesis | None = end
        while here is not None and here.back is not None:
            first, last = self.units[here.start], self.units[here.stop - 1]
            pieces.append(Piece(first.start, last.end, here.joined))
            here = here.back
        return tuple(reversed(pieces))

    def text_of(self, pieces: tuple[Piece, ...]) -> str:
        """Return how a reading reads."""
        parts: list[str] = []
        for piece in pieces:
            if parts and not piece.joined:
                parts.append(" ")
            parts.append(self.seams.text[piece.start : piece.end])
        return "".join(parts)

    def _standing(self) -> float:
        whole = self.placed(self.begin(), self.run(0, len(self.units)), 0.0, 1e9)
        return min(map(self._ended, whole))

    def _ended(self, end: Hypothesis) -> float:
        """Cost of a whole reading, with how well the next line goes on from it."""
        cost = end.cost + self.closed(end) + _UNCLOSED * end.depth
        if end.last_is_word and not self.lexicon.knows(end.last):
            cost += _TORN_END
        if self.context.after:
            following = self.context.after[0]
            pair = self.lexicon.cost_after(end.before, end.last, following)
            cost += _CONTINUITY * (pair - self.lexicon.cost(following))
        if self.seams.mirrored:
            cost += _BRACKETS_TORN * self._torn_brackets(end)
        if self._list:
            names = self.text_of(self.pieces(end))
            cost += _OUT_OF_ORDER * inversions(names, goes_on=self.context.before[1] == "،")
        return cost

    def _torn_brackets(self, end: Hypothesis) -> int:
        """Count mirrored pairs of brackets that do not hold in the end what stands between them."""
        read: list[int] = []
        here: Hypothesis | None = end
        while here is not None and here.back is not None:
            atoms = (unit.atom for unit in self.units[here.start : here.stop])
            read[:0] = dict.fromkeys(atoms)
            here = here.back
        places = {atom: place for place, atom in enumerate(read)}
        torn = 0
        for closed, opened in self.seams.mirrored:
            held = self._held(range(closed + 1, opened))
            inside = self._held(read[places[opened] + 1 : places[closed]])
            # more than one between them may stand there by chance: «)؛CTOC/COP/2010/1بالبشر" (»
            torn += len(held) == 1 and held != inside
        return torn

    def _held(self, atoms: Iterable[int]) -> set[int]:
        return {atom for atom in atoms if self.seams.atoms[atom].key not in STOPS}


def _joins(old: Hypothesis, run: Run, *, inner: bool) -> Sequence[tuple[bool, float]]:
    """Ways to put a run behind the open word: joined or not, and what the seam costs."""
    tied = run.tied or old.tied
    if not (run.is_word and old.last_is_word):
        # a tied piece has nothing to be tied to: only the start of a line may be so
        return _APART_UNTIED if tied and old.back else _APART
    if len(old.last) + len(run.head) > _LONGEST_WORD:
        return _APART_UNTIED if tied else _APART
    if run.doubled and old.last in _PROCLITICS:
        # «وتِّجار»: behind a conjunction, too, no word begins with a doubled letter
        return _APART_DOUBLED
    if tied:
        return ((True, _TIED_TO_NON_JOINING if old.last[-1:] in NON_JOINING else 0.0),)
    if run.doubled:
        return _DOUBLED
    # «أن» and «شئت» are likelier two words than «أنشئت»
    over = _JOINED_WHOLE if old.known and run.known else _JOINED_OVER_SPACE
    if old.spaces >= 2:
        return ((False, 0.0), (True, over + _JOINED_OVER_GAP))
    if old.spaces == 1 and inner:
        return _INSIDE_PORTION
    if old.spaces == 1 or run.spaced:
        return ((False, 0.0), (True, over))
    return _TOUCHING


def _first(run: Run) -> float:
    """What it costs or saves that a run opens the line."""
    if run.head in CLOSING:
        return _CLOSING_FIRST
    return -_MARKER_FIRST if run.is_marker else 0.0


__all__ = ["Hypothesis", "Placing", "Run"]
