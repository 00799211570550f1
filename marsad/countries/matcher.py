"""Names of countries found in running text.

Three steps. *Walking*: from each word along the tree of names, the longest name wins.
*Weighing*: words that mean something else as well («مالي» is also "financial", "Jordan" also a
first name) stay only among other names or after a word that calls for a place. *Gathering*: in a
list of States, a piece that spells no name but has exactly the letters of one, is that one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from marsad.countries.folding import Token, bare_offset, doubled, tokens
from marsad.countries.names import (
    Name,
    Node,
    bare_key,
    by_bare_words,
    by_letters,
    letters_key,
    small_words,
    tree,
)

#: What may stand between two words of one name: «فنزويلا )البوليفارية- جمهورية(».
_GAP = re.compile(r"[\s\-‐‑–—−ـ()\[\]（）\"'’‘`«»“”·/&.،]*")
#: A bracket opened and not closed, and its closing: "(République islamique d')".
_OPEN = re.compile(r"[(\[（][^)\]）]*$")
_CLOSING = re.compile(r"\s?['’]?\s?[)\]）]")
_LONGEST_GAP = 12
_LONGEST_PIECE = 8

IN_CONTEXT = 0.9
AMBIGUOUS = 0.5
LOWER_CASE = 0.6
JUMBLED = 0.7

#: Words that join members of a list.
JOINING = small_words("joining")

#: Words after which a doubtful name is a place after all.
_CALLING = small_words("calling")

_TITLES = small_words("title")
#: Words that open a sentence and are no first names.
_OPENING = small_words("opening")


def _is_feminine_verb(word: str) -> bool:
    """Tell whether an Arabic word looks like a verb whose subject is feminine, as States are.

    «وقّعت مالي»; but «دعم مالي» is financial support.
    """
    return len(word) > 2 and word.endswith("ت") and not word.endswith("ات")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A name of a country in a text."""

    #: Two-letter code.
    iso2: str
    #: Where the name stands: first character, and one past the last.
    start: int
    end: int
    #: The text between them, as it is written.
    matched: str
    #: From 0 to 1: 1 for a name in use today, less for former names, words in unusual order,
    #: words with other meanings, and jumbled letters.
    confidence: float
    #: Last year this was the official name, where it no longer is.
    until: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A name met while walking, not yet weighed."""

    name: Name
    #: Words it covers: first, and one past the last.
    first: int
    last: int
    #: Where its letters begin, without an attached «و» or «ب».
    start: int
    end: int
    #: Whether something («و», «ب») is attached in front.
    attached: str


@lru_cache(maxsize=65_536)
def _openings(word: str) -> tuple[tuple[int, str], ...]:
    """Return how a word may open a name: letters to leave out in front, and what remains.

    «وللأردن» opens «الأردن» after its conjunction and preposition, where the article lost its alef.
    """
    found = [(0, word)]
    for conjunction in ("", "و", "ف"):
        if not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        cut = len(conjunction)
        found.append((cut, rest))
        if rest.startswith("لل"):
            found.append((cut + 1, "ال" + rest[2:]))
        if rest[:1] in ("ب", "ل", "ك"):
            found.append((cut + 1, rest[1:]))
    known = tree().next
    return tuple(dict.fromkeys(opening for opening in found if opening[1] in known))


def _jumbled_name(path: tuple[str, ...]) -> Name | None:
    """Return whose letters these are, or whose words without their articles."""
    return by_letters().get(letters_key(path)) or by_bare_words().get(bare_key(path))


class Reader:
    """One text being read for names of countries."""

    def __init__(self, text: str, *, language: str | None, listing: bool, strict: bool) -> None:
        self.text = text
        self.language = language
        self.listing = listing
        self.strict = strict
        self.tokens = tokens(text)

    def read(self) -> list[Found]:
        """Return all names, in the order they stand in the text."""
        hits = self._walk_all()
        found = self._weigh(hits)
        return self._gather(found)

    # -- walking

    def _walk_all(self) -> list[Hit]:
        hits: list[Hit] = []
        place = 0
        while place < len(self.tokens):
            hit = self._longest(place)
            if hit is None:
                place += 1
                continue
            hits.append(hit)
            place = hit.last
        return hits

    def _longest(self, place: int) -> Hit | None:
        token = self.tokens[place]
        if token.kind != "word":
            return None
        best: Hit | None = None
        for cut, word in _openings(token.folded):
            ended = self._walk(tree().next[word], place + 1)
            if ended and (best is None or ended[0] > best.last):
                best = self._hit(place, cut, *ended)
        return best

    def _hit(self, place: int, cut: int, last: int, name: Name) -> Hit:
        token = self.tokens[place]
        return Hit(
            name=name,
            first=place,
            last=last,
            start=bare_offset(self.text, token.start, cut) if cut else token.start,
            end=self.tokens[last - 1].end,
            attached=token.folded[:cut],
        )

    def _walk(self, node: Node, place: int) -> tuple[int, Name] | None:
        """Return where the longest name that goes on from a node ends, and which it is."""
        best = self._ending(node, place)
        comma = False
        while place < len(self.tokens):
            token = self.tokens[place]
            following = node.next.get(token.folded or ("," if token.kind == "comma" else "\0"))
            if following is None or not self._same_name(place):
                break
            if token.kind == "comma" and self._list_goes_on(following, place):
                break
            comma = comma or token.kind == "comma"
            node, place = following, place + 1
            best = self._ending(node, place) or best
        return best

    def _list_goes_on(self, node: Node, place: int) -> bool:
        """Tell whether the words after a comma are better read as a name by themselves.

        "Congo, Democratic Republic of the Congo" is two States.
        """
        if place + 1 == len(self.tokens) or self.tokens[place + 1].folded not in node.next:
            return True
        alone = self._longest(place + 1)
        together = self._walk(node, place + 1)
        return alone is not None and (together is None or alone.last > together[0])

    def _ending(self, node: Node, place: int) -> tuple[int, Name] | None:
        names = [name for name in node.ends if self.language in (None, name.language)]
        names = [name for name in names if not name.capitals or self._in_capitals(place - 1)]
        if not names:
            return None
        name = names[0]
        if any(other.ambiguous for other in names) and not name.ambiguous:
            name = next(other for other in names if other.ambiguous)
        return place, name

    def _in_capitals(self, place: int) -> bool:
        token = self.tokens[place]
        return self.text[token.start : token.end].isupper()

    def _same_name(self, place: int) -> bool:
        """Tell whether a word is near enough to the word before it to belong to one name."""
        gap = self.text[self.tokens[place - 1].end : self.tokens[place].start]
        return len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap) is not None

    # -- weighing

    def _weigh(self, hits: Sequence[Hit]) -> list[tuple[Hit, Found]]:
        kept: list[tuple[Hit, Found]] = []
        for chain in self._chains(hits):
            names = [hit for hit in chain if hit.name.iso2]
            a_list = self.listing or self._is_list(names)
            for number, hit in enumerate(names):
                following = names[number + 1] if number + 1 < len(names) else None
                confidence = self._confidence(hit, a_list=a_list)
                if number == 0 and self._is_city(hit, following):
                    confidence = 0.0
                if confidence:
                    kept.append((hit, self._found(hit, confidence)))
        return kept

    def _found(self, hit: Hit, confidence: float) -> Found:
        end = hit.end
        closing = _CLOSING.match(self.text, end)
        if closing and _OPEN.search(self.text[hit.start : end]):
            end = closing.end()
        return Found(
            iso2=hit.name.iso2 or "",
            start=hit.start,
            end=end,
            matched=self.text[hit.start : end],
            confidence=confidence,
            until=hit.name.until,
        )

    def _chains(self, hits: Sequence[Hit]) -> list[list[Hit]]:
        """Return the hits in groups joined by nothing but commas and «و»."""
        chains: list[list[Hit]] = []
        for hit in hits:
            if chains and self._joined(chains[-1][-1], hit):
                chains[-1].append(hit)
            else:
                chains.append([hit])
        return chains

    def _joined(self, left: Hit, right: Hit) -> bool:
        between = self.tokens[left.last : right.first]
        if len(between) > 3 or any(token.kind == "stop" for token in between):
            return False
        if any(token.folded not in JOINING for token in between if token.kind == "word"):
            return False
        return bool(between) or right.attached.startswith("و") or self._on_new_line(left, right)

    def _on_new_line(self, left: Hit, right: Hit) -> bool:
        return "\n" in self.text[left.end : right.start]

    def _is_list(self, names: Sequence[Hit]) -> bool:
        sure = sum(1 for hit in names if not self._doubtful(hit))
        return (len(names) >= 2 and sure >= 1) or len(names) >= 3

    def _doubtful(self, hit: Hit) -> bool:
        written = self.text[hit.start : hit.end].replace("ـ", "")
        if hit.name.certain and written == hit.name.certain:
            return False
        return hit.name.ambiguous or not self._has_capital(hit)

    def _has_capital(self, hit: Hit) -> bool:
        return any(token.capital for token in self.tokens[hit.first : hit.last])

    def _confidence(self, hit: Hit, *, a_list: bool) -> float:
        sure = hit.name.confidence
        if not self.listing and self._word_before(hit) in _TITLES:
            return 0.0
        if not self._doubtful(hit):
            return sure
        if hit.name.ambiguous and doubled(self.text[hit.start : hit.end]):
            return 0.0
        # Arabic has no capitals to know a surname by: there a first name needs company.
        if hit.name.person and self.text[hit.start].isupper() and not self._is_person(hit):
            return sure
        capital = self._has_capital(hit)
        if (a_list and (capital or self.listing)) or (capital and self._is_called_for(hit)):
            return min(sure, IN_CONTEXT)
        if self.strict:
            return 0.0
        return AMBIGUOUS if capital else LOWER_CASE

    def _is_called_for(self, hit: Hit) -> bool:
        """Tell whether the word before calls for a place, and no surname follows."""
        if hit.attached:
            return hit.attached[-1] in "بل"
        before = self._word_before(hit)
        calls = before in _CALLING or (_is_feminine_verb(before) and not hit.name.person)
        return calls and not self._surname_follows(hit)

    def _word_before(self, hit: Hit) -> str:
        """Return the word right in front, or nothing."""
        if hit.first == 0 or not self._same_name(hit.first):
            return ""
        return self.tokens[hit.first - 1].folded

    def _is_person(self, hit: Hit) -> bool:
        """Tell whether a first name or a title stands in front, or a surname behind."""
        before = self._word_before(hit)
        if self._surname_follows(hit) or before in _TITLES:
            return True
        small = before in _CALLING or before in JOINING or before in _OPENING
        return bool(before) and not small and self.tokens[hit.first - 1].capital

    def _surname_follows(self, hit: Hit) -> bool:
        if hit.last >= len(self.tokens):
            return False
        token = self.tokens[hit.last]
        gap = self.text[hit.end : token.start]
        return self.text[token.start].isupper() and gap.isspace() and "\n" not in gap

    def _is_city(self, hit: Hit, following: Hit | None) -> bool:
        """Tell «عمان، الأردن» (a city and its State) from a list of two States."""
        if following is None or not hit.name.city_of or self.listing or not self._doubtful(hit):
            return False
        return following.name.iso2 == hit.name.city_of

    # -- gathering

    def _gather(self, weighed: Sequence[tuple[Hit, Found]]) -> list[Found]:
        """Return what was found, jumbled members of lists included."""
        pieces = self.pieces()
        covered = {place for hit, _ in weighed for place in range(hit.first, hit.last)}
        whole = [self._is_whole(piece, covered) for piece in pieces]
        jumbled: list[tuple[range, Found]] = []
        for number, piece in enumerate(pieces):
            neighbours = whole[max(number - 1, 0) : number] + whole[number + 1 : number + 2]
            if not whole[number] and (self.listing or any(neighbours)):
                found = self._jumbled(piece)
                if found:
                    jumbled.append((piece, found))
        replaced = {place for piece, _ in jumbled for place in piece}
        kept = [found for hit, found in weighed if hit.first not in replaced]
        return sorted([*kept, *(found for _, found in jumbled)], key=lambda found: found.start)

    def pieces(self) -> list[range]:
        """Return the words between commas and stops."""
        found: list[range] = []
        start = 0
        for place, token in enumerate(self.tokens):
            if token.kind != "word":
                if place > start:
                    found.append(range(start, place))
                start = place + 1
        if start < len(self.tokens):
            found.append(range(start, len(self.tokens)))
        return found

    def _is_whole(self, piece: range, covered: set[int]) -> bool:
        return any(place in covered for place in piece) and all(
            place in covered or self.tokens[place].folded in JOINING for place in piece
        )

    def _jumbled(self, piece: range) -> Found | None:
        if len(piece) > _LONGEST_PIECE:
            return None
        inside: list[Token] = [self.tokens[place] for place in piece]
        path = tuple(token.folded for token in inside)
        start, end = inside[0].start, inside[-1].end
        name = _jumbled_name(path)
        if name is None and path[0].startswith("و"):
            name = _jumbled_name((path[0][1:], *path[1:]))
            start = bare_offset(self.text, start, 1)
        if name is None or name.iso2 is None:
            return None
        return Found(
            iso2=name.iso2,
            start=start,
            end=end,
            matched=self.text[start:end],
            confidence=JUMBLED,
            until=name.until,
        )


def find(text: str, language: str | None = None, *, strict: bool = True) -> list[Found]:
    """Return every name of a country in a text, in the order they stand there.

    :param language: read names of this language only; of all six when None.
    :param strict: leave out words that mean something else as well («مالي», "Jordan") unless
        they stand among other names or after a word that calls for a place.

    >>> [found.iso2 for found in find("زار الوفد مصر والأردن وقدم دعما ماليا")]
    ['EG', 'JO']
    """
    return Reader(text, language=language, listing=False, strict=strict).read()
