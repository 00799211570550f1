"""Which words of a text were misread, and how they should read.

A word, its neighbours and the slips of optical reading are weighed together (a noisy channel):
the cost of a reading is what the words cost where they stand, plus what it costs to misread them
as what the text says. «الابتجار الرامي إلى الاستغلال» costs more than «الاتجار الرامي إلى
الاستغلال» and one tooth seen where there is none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from marsad.arabic import data, dictionary
from marsad.arabic.atoms import WORD, Atom, atoms_of
from marsad.arabic.knowledge import Knowledge
from marsad.arabic.ocr.confusions import SPACE, Channel, slips_between
from marsad.arabic.ocr.context import (
    EDGE,
    LEAST_STEP,
    Context,
    keys_of,
    shipped,
    stem_of,
    stems,
    without_clitics,
)

#: How sure it is that a string is a word: the dictionary and the list of frequencies (or our own
#: texts) say so; only one of them does; none does.
SOUND, WEAK, UNKNOWN = "sound", "weak", "unknown"

#: Shorter words have too many neighbours to be told apart.
_SHORTEST = 4
_SHORTEST_SOUND = 3
#: Other texts of the library may repeat each other's slips, so one of them proves nothing.
_TAUGHT_OFTEN = 10
#: Unknown words whose neighbours two slips away are looked for; it takes a moment for each.
_DEEPEST = 200
_LONGEST = 16
_MOST_CANDIDATES = 5
#: What `without_clitics` takes off begins so.
_BEFORE_WORDS = frozenset("وفبلك")
#: A reading that costs so much more than what stands there is not counted among the others.
_WORTH_SHOWING = 2.0
#: Letters that make and change the grammar of a word at its two ends, and what that costs.
_OPENERS, _CLOSERS = frozenset("وفبلكاسيتنأ"), frozenset("هاتنيموةىكء")
_GRAMMAR = 5.0
#: Endings a known word may take and still be one, and those it takes only without the article.
_ENDINGS = ("ون", "ين", "ان", "ات", "ية", "ي", "يون", "يين", "تان", "تين")
_OPEN_ENDINGS = ("ا", "ه", "ها", "هم", "هن", "هما", "يه", "يها", "يهم", "تا", "تي", "نا", "وا")
#: A slip this cheap is looked for among forms that only the dictionary knows too.
_EASY = 7.0
#: How much easier a word that is one may be doubted.
_MOST_EASE = 1.6
#: Reports speak in the third person: what «our» and «us» cost.
_PERSON = 4.0
#: What it makes a reading likelier that the text has the word elsewhere.
_ELSEWHERE = 1.0
#: A slip that was found beyond doubt in the same word elsewhere in the text.
_AGAIN = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One way to read a place."""

    #: The words, separated by spaces.
    words: str
    #: What it costs, in nats.
    cost: float
    #: What misreading costs of that.
    slip: float
    #: Whether the words were met beside their neighbours.
    met: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """A place where another reading is likelier than the one that stands there."""

    #: Offset in the line.
    start: int
    #: One past its end.
    end: int
    #: What stands there, without marks.
    word: str
    #: `SOUND`, `WEAK` or `UNKNOWN`.
    standing: str
    #: The likelier readings, likeliest first.
    readings: tuple[Reading, ...]
    #: How likely the first of them is among all readings, from 0 to 1.
    confidence: float
    #: How much likelier the first is than what stands there, and than the second, in nats.
    gain: float
    lead: float
    #: The slips that lead from what stands there to the first of them.
    slips: tuple[str, ...] = ()
    #: Whether the place is one of a name.
    name: bool = False


def impossible(word: str) -> bool:
    """Tell whether no Arabic word is written so: «وإعادةهم», with taa marbuta inside.

    >>> impossible("وإعادةهم"), impossible("وإعادتهم")
    (True, False)
    """
    inside = word[:-1]
    return "ة" in inside or "ى" in inside or word[:1] in ("ة", "ى", "ؤ", "ئ", "ء")


#: Endings that are mixed up by readers and writers alike, and the seats of the hamza.
_MIXED = {"ه": "ة", "ة": "ه", "ى": "ي", "ي": "ى"}
_SEATS = {"ا": "أإ", "أ": "اإ", "إ": "اأ"}
#: What stands before the names of persons.
_TITLES = frozenset(
    (
        "السيد",
        "السيدة",
        "السادة",
        "السيدات",
        "الآنسة",
        "الدكتور",
        "الدكتورة",
        "الأستاذ",
        "الأستاذة",
        "القاضي",
        "القاضية",
        "السفير",
        "السفيرة",
        "الشيخ",
        "الشيخة",
        "الأمير",
        "الأميرة",
        "الملك",
        "الملكة",
    )
)
#: How much commoner the right spelling is.
_COMMONER = 15


def misspelt(word: str) -> bool:
    """Tell whether a string is listed only because many misspell a word so: «الذى», «العداله».

    >>> misspelt("العداله"), misspelt("المياه")
    (True, False)
    """
    least = _COMMONER * max(dictionary.commonness(word), 1e-3)
    near = [word[:-1] + _MIXED[word[-1]]] if word[-1:] in _MIXED else []
    for at in (0, 2) if word.startswith("ال") else (0, 1):
        near += [word[:at] + seat + word[at + 1 :] for seat in _SEATS.get(word[at : at + 1], "")]
    return any(
        dictionary.commonness(other) >= least and dictionary.accepts(other) is not False
        for other in near
    )


def _doubled(word: str, other: str) -> bool:
    """Tell whether one is the other with a letter twice: «القنصلين», «القنصليين»."""
    short, long = sorted((word, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[:place] + long[place + 1 :] == short and long[place] == long[place + 1]
        for place in range(1, len(short))
    )


def grammar(word: str, other: str) -> float:
    """Return what it costs more if two words differ only as grammar makes words differ.

    «ويشجع» beside «يشجع», «ملاحظاتها» beside «ملاحظاته»: writers choose between such forms all the
    time, so another text that chose otherwise proves little.

    >>> grammar("ويشجع", "يشجع") > grammar("حملة", "جملة")
    True
    """
    if len(word) != len(other) and _doubled(word, other):
        return 0.0
    before = 0
    while before < min(len(word), len(other)) and word[-1 - before] == other[-1 - before]:
        before += 1
    if set(word[: len(word) - before] + other[: len(other) - before]) <= _OPENERS:
        return _GRAMMAR
    after = 0
    while after < min(len(word), len(other)) and word[after] == other[after]:
        after += 1
    if set(word[after:] + other[after:]) <= _CLOSERS:
        return _GRAMMAR
    return 0.0


#: Words that stand between others and are part of none.
_BETWEEN = frozenset(
    ("في", "من", "إلى", "على", "عن", "أن", "إن", "أو", "كل", "ما", "لا", "لم", "قد")
)


def _shows_gap(one: str, two: str) -> bool:
    """Tell whether letters show that two words were run together.

    >>> _shows_gap("المعنية", "بحماية"), _shows_gap("أن", "العدالة"), _shows_gap("اليورو", "بول")
    (True, True, False)
    """
    if one[-1] in "ةى":
        return True
    article = two.startswith("ال") and len(two) > 4
    return article or one in _BETWEEN or two in _BETWEEN


@dataclass(frozen=True, slots=True)
class _Around:
    """The two words before a place and the two after it."""

    first: str
    before: str
    after: str
    last: str

    @classmethod
    def of(cls, keys: Sequence[str], place: int) -> _Around:
        row = (EDGE, EDGE, *keys, EDGE, EDGE)
        return cls(row[place], row[place + 1], row[place + 3], row[place + 4])


@cache
def _names() -> frozenset[str]:
    """Return names of places, and of the letters that count sections («دال- الحضور»).

    In a list one name is as good as another, «بولندا» as «هولندا».
    """
    letters = data.words("ordinals.txt")[10:]
    return frozenset((*letters, *(stem_of(name) for name in data.words("places.txt"))))


class Judge:
    """Weighs the words of one text."""

    def __init__(self, *, knowledge: Knowledge, lines: Sequence[str], ease: float = 1.0) -> None:
        """Learn the text and what other texts taught.

        :param ease: how much likelier than usual a misread word is, in nats; more than 0 in a
            text that was read optically beyond doubt.
        """
        #: How much likelier than usual a misread word is, in nats.
        self.ease = ease
        #: What is known of the words and their neighbours.
        self.context = Context(knowledge=knowledge, lines=lines)
        self._taught = {slip: n for slip, n in knowledge.confusions.items() if n > 0}
        self._channel = Channel(self._taught)
        self._seen: dict[tuple[str, str], int] = {}
        self.standing = lru_cache(maxsize=None)(self._standing)
        #: Words of the text and of other texts that are beyond doubt; those of our own all are.
        self._sound = frozenset(
            word
            for word in self.context.words()
            if word not in shipped().words and self.standing(word) == SOUND
        )
        self._ours = self._sound.union(shipped().words)
        self._frequencies = dictionary.frequencies()
        self._near = lru_cache(maxsize=None)(self._neighbours)
        self._near_sound = lru_cache(maxsize=None)(self._neighbours_of_sound)
        self._rivals = lru_cache(maxsize=None)(self._candidate_rivals)
        self._deep = 0

    def _has(self, word: str) -> bool:
        """Tell whether a word is beyond doubt and was met with neighbours."""
        return word in shipped().words or word in self._sound

    def _standing(self, word: str) -> str:
        """Return how sure it is that a string is a word (`standing` remembers it)."""
        if impossible(word):
            return UNKNOWN
        if shipped().words[word] or self.context.taught(word) >= _TAUGHT_OFTEN:
            return SOUND
        stem = stem_of(word)
        if len(stem) > _SHORTEST and stem in stems():
            return SOUND
        if word[0] in "وف" and shipped().words[word[1:]]:
            return SOUND
        accepted = dictionary.accepts(word)
        if dictionary.known(word):
            if accepted is False:
                return UNKNOWN if misspelt(word) else WEAK
            return SOUND
        return WEAK if accepted or self._inflected(word) else UNKNOWN

    def _inflected(self, word: str) -> bool:
        """Tell whether a word is a known one with an ending that Arabic could give it."""
        definite = without_clitics(word).startswith("ال")
        for ending in _ENDINGS if definite else (*_ENDINGS, *_OPEN_ENDINGS):
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= 5 and not impossible(stem):
                forms = (stem, stem + "ة") if ending[0] in "اتي" else (stem,)
                if any(dictionary.known(form) or shipped().words[form] for form in forms):
                    return True
        return dictionary.known(word + "ة") and word.endswith("ي")

    def learn(self, doubts: Iterable[Doubt]) -> None:
        """Take to heart what was found beyond doubt: the same slips come again in a text."""
        slips = Counter(self._taught)
        for doubt in doubts:
            right = doubt.readings[0].words
            self._seen[doubt.word, right] = self._seen.get((doubt.word, right), 0) + 1
            slips.update(slips_between(doubt.word, right))
        self._channel = Channel(slips)
        self._near = lru_cache(maxsize=None)(self._neighbours)

    def unsure(self, line: str) -> bool:
        """Tell whether a line has a word that is not beyond doubt."""
        return any(
            atom.kind == WORD and self.standing(atom.key) != SOUND for atom in atoms_of(line)
        )

    def doubts(self, line: str) -> Iterator[Doubt]:
        """Yield the places of a line that are likelier to read otherwise, from left to right."""
        atoms = atoms_of(line)
        keys = keys_of(line)
        taken = -1
        for place, atom in enumerate(atoms):
            if atom.kind != WORD or place <= taken:
                continue
            doubt = self._doubt(atoms, keys, place)
            if doubt is not None:
                taken = place + (doubt.end > atom.end)
                yield doubt

    def _doubt(self, atoms: Sequence[Atom], keys: Sequence[str], place: int) -> Doubt | None:
        word = keys[place]
        standing = self.standing(word)
        if stem_of(word) in _names() or len(word) < (
            _SHORTEST_SOUND if standing == SOUND else _SHORTEST
        ):
            return None
        around = _Around.of(keys, place)
        stands = self._as_it_stands(around, word, standing)
        if standing == SOUND:
            readings = self._rival_readings(around, word, stands + _WORTH_SHOWING)
        else:
            readings = [
                self._read(around, (candidate,), slip, stands=word)
                for candidate, slip in self._candidates(word).items()
            ]
            readings += self._parted(around, word, standing)
        better = sorted(
            (reading for reading in readings if reading.cost < stands + _WORTH_SHOWING),
            key=lambda r: r.cost,
        )
        if not better or better[0].cost >= stands:
            return None
        costs = [reading.cost for reading in better]
        total = sum(math.exp(costs[0] - cost) for cost in (*costs, stands))
        return Doubt(
            start=atoms[place].start,
            end=atoms[place].end,
            word=word,
            standing=standing,
            readings=tuple(better[:_MOST_CANDIDATES]),
            confidence=1 / total,
            gain=stands - costs[0],
            lead=costs[1] - costs[0] if len(costs) > 1 else math.inf,
            slips=tuple(slips_between(word, better[0].words)),
            name=self._is_named(keys, place),
        )

    def _is_named(self, keys: Sequence[str], place: int) -> bool:
        """Tell whether a word is a name by where it stands: «السيدة ماغنوس هيلبورغ»."""
        before = keys[max(0, place - 2) : place]
        if before and before[-1] in _TITLES:
            return True
        return len(before) > 1 and before[0] in _TITLES and self.standing(before[1]) != SOUND

    def _rival_readings(self, around: _Around, word: str, most: float) -> list[Reading]:
        """Return the readings of a place with another word than the sound one that stands there.

        The other must have been met beside a neighbour, or be so common that this pays for the
        slip. Dearer readings may be left out.
        """
        meets = self.context.meets
        ease = min(self.ease, _MOST_EASE)
        found = []
        for other, cost, common in self._rivals(word, ease):
            if not (common or meets(around.before, other, around.after)):
                continue
            slip = cost + grammar(word, other) - ease
            if self.standing(other) == SOUND and self._hopeful(around, other, most - slip):
                found.append(self._read(around, (other,), slip, stands=word))
        return found

    def _hopeful(self, around: _Around, other: str, most: float) -> bool:
        """Tell by the words before it alone whether a reading may cost so little."""
        step = self.context.step(around.first, around.before, other)
        return step < most - 2 * LEAST_STEP

    def _candidate_rivals(self, word: str, ease: float) -> tuple[tuple[str, float, bool], ...]:
        """Return what a sound word may have been: the slip, and whether it is so common."""
        chance = self.context.chance
        here = chance(word)
        rivals = []
        for other, cost in self._near_sound(word).items():
            often = chance(other)
            # grammar makes a slip dearer, so that most need not be asked
            common = often > math.exp(cost - ease - 1) * here and (
                often > math.exp(cost + grammar(word, other) - ease - 1) * here
            )
            rivals.append((other, cost, common))
        return tuple(rivals)

    def _as_it_stands(self, around: _Around, word: str, standing: str) -> float:
        if standing != UNKNOWN:
            return self._cost(around, (word,), stands=word, known=standing == SOUND)
        context = self.context
        return (
            context.foreign(word)
            - math.log(context.chance(around.after))
            + context.step("", around.after, around.last, bare_less=1, pair_less=1)
        )

    def _cost(
        self, around: _Around, words: tuple[str, ...], *, stands: str, known: bool = True
    ) -> float:
        """Return the cost of words in a place, with what they do to those behind them.

        :param stands: the word that stands there and was counted there.
        :param known: whether that word is beyond doubt; else it cannot bear witness for itself
            anywhere in the text, since a slip may come again.
        """
        step = self.context.step
        here = (1 if known else self.context.own(stands)) if words == (stands,) else 0
        one, two, cost = around.first, around.before, 0.0
        for word in words:
            cost += _PERSON * self._speaks(word)
            cost += step(one, two, word, bare_less=here, pair_less=here, triple_less=here)
            one, two = two, word
        bare = here or int(without_clitics(two) == without_clitics(stands))
        cost += step(one, two, around.after, bare_less=bare, pair_less=here, triple_less=here)
        # what lies behind the place was counted here, whatever the words in the place
        return cost + step(
            two, around.after, around.last, bare_less=1, pair_less=1, triple_less=here
        )

    @lru_cache(maxsize=4096)  # noqa: B019 - a judge lives as long as one text
    def _speaks(self, word: str) -> bool:
        """Tell whether a word says «our» or «us» («تمكننا», not «تمكينا»)."""
        return (
            len(word) > 4
            and word.endswith("نا")
            and self.standing(word[:-2]) == SOUND
            and self.standing(word[:-1]) != SOUND
            and not self.context.taught(word)
        )

    def _read(
        self, around: _Around, words: tuple[str, ...], slip: float, *, stands: str
    ) -> Reading:
        row = (around.before, *words, around.after)
        return Reading(
            words=" ".join(words),
            cost=self._cost(around, words, stands=stands) + slip,
            slip=slip,
            met=sum(self.context.met(one, two) for one, two in pairwise(row)),
        )

    def _candidates(self, word: str) -> dict[str, float]:
        """Return what a word that is not sound may have been, and what each slip costs."""
        return {
            other: _AGAIN
            if (word, other) in self._seen
            else cost - self.ease - _ELSEWHERE * (self.context.own(other) > 0)
            for other, cost in self._near(word).items()
        }

    def _neighbours(self, word: str) -> dict[str, float]:
        """Return the known words that a word may have been misread from."""
        deep = self._deep < _DEEPEST and len(word) <= _LONGEST
        self._deep += deep
        around = self._channel.around(word, deep=deep)
        met = (around.keys() & shipped().words.keys()) | (around.keys() & self._sound)
        listed = (around.keys() & self._frequencies.keys()) - met
        right = {other for other in met | listed if self.standing(other) == SOUND}
        right |= self._formed(word)
        return {other: around[other] for other in sorted(right)}

    def _neighbours_of_sound(self, word: str) -> dict[str, float]:
        """Return the words of our own texts and of this one that a sound word may have been.

        With what may be written before any word, where the list of frequencies has it so. Whether
        they are beyond doubt is asked of the few that fit their place.
        """
        around = self._channel.words_around(word, self._expected)
        return {other: around[other] for other in sorted(around)}

    def _expected(self, strings: set[str]) -> frozenset[str]:
        ours = self._ours
        # the list of frequencies is too long to be asked for four hundred strings a word
        listed = [
            other
            for other in strings
            if other[:1] in _BEFORE_WORDS
            and (
                other[1:] in ours
                or (rest := other[2:]) in ours
                or (other[1:2] == "ل" and ("ال" + rest in ours or "ال" + other[3:] in ours))
            )
        ]
        return (ours & strings).union(
            other
            for other in listed
            if other in self._frequencies and without_clitics(other) in ours
        )

    def _formed(self, word: str) -> set[str]:
        """Return the forms one likely slip away that only the dictionary knows: «يتوزعوا».

        They are seldom meant, but where one is, no commoner word far off should win.
        """
        near = self._channel.near(word)
        once = {other for other, cost in zip(*near, strict=True) if cost <= _EASY}
        return {
            other
            for other in once
            if not impossible(other) and dictionary.accepts(other) and self.standing(other) == WEAK
        }

    def _parted(self, around: _Around, word: str, standing: str) -> Iterator[Reading]:
        """Yield the ways to part a word into two.

        They stand side by side elsewhere, or the letters show where one ends: «المعنيةبحماية».
        """
        for cut in range(2, len(word) - 1):
            one, two = word[:cut], word[cut:]
            shown = standing == UNKNOWN and _shows_gap(one, two)
            if not shown and not self.context.met(one, two):
                continue
            if {self.standing(one), self.standing(two)} == {SOUND}:
                yield self._read(around, (one, two), SPACE - shown * self.ease, stands=word)
