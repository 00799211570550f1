"""What optical reading got wrong.

Reads: a line in order, of a text that bears no damage of a text layer (whose letters are right).
Writes: the word that was misread, where it is no word as it stands, another is far likelier in its
place and optical reading goes wrong that way: «للابتحار بالأشخاص» → «للاتجار بالأشخاص» (a tooth
too many, ج without its dot), «وإعادةهم» → «وإعادتهم» (taa marbuta ends a word). Letters are
replaced here, so every change says so (`text_changed`).

A word that is one is never changed: «من خلال حملة أمور» is only pointed out, with «جملة» beside
it. So are digits that the other numbers of the text speak against («٤ نيسان» where the meeting
was on the 14th). A stop inside a sentence («بالبشر. بمزيد من») is taken away where what follows it
can begin none, and pointed out where that is only unlikely. What stands where names do («السيدة
…») is only pointed out, too. A long text without a sign of
optical reading has its authors' own spelling: nothing is changed there, and only the gravest
doubts are pointed out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar, TypeGuard

from rapidfuzz.distance import Levenshtein

from marsad.arabic.dictionary import commonness, present
from marsad.arabic.gauge import looks_arabic
from marsad.arabic.letters import MARKS, TATWEEL
from marsad.arabic.ocr.forms import Misfit, misfits
from marsad.arabic.ocr.judge import SOUND, UNKNOWN, WEAK, Doubt, Judge, grammar
from marsad.arabic.ocr.marks import late_shaddas
from marsad.arabic.ocr.numbers import Suspect, suspects
from marsad.arabic.ocr.signs import recognised
from marsad.arabic.ocr.stops import Stop, stray_stops
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.traced import Traced

#: A few lines bear no signs: they may have been read optically or not.
_FEW_LETTERS = 300
#: How much likelier a misread word is in a text that was read optically, in nats; and in a few
#: lines, which somebody gave to be repaired.
_EASE, _EASE_OF_FEW = 1.6, 3.0
#: Texts with more letters are left alone: no report is so long.
_MOST_LETTERS = 3_000_000

#: What a change needs, by standing: confidence, and gain in nats over the word as it stands
#: (either of two such pairs). Measured on 40,000 words of our own with slips put in: 98 % right.
_CHANGE: dict[str, tuple[tuple[float, float], ...]] = {
    UNKNOWN: ((0.9, 4.0), (0.97, 3.0)),
    WEAK: ((0.97, 8.0),),
    SOUND: (),
}
_CHANGE_OF_FEW = (*_CHANGE[UNKNOWN], (0.8, 4.0))
_LEAD = 1.5
#: A reading two slips away must be this much likelier than what stands there and than others.
_FAR_GAIN, _FAR_LEAD = 8.0, 5.0
#: What a flag needs in gain, in a text that was read optically and in another.
_FLAG_READ = {UNKNOWN: 0.0, WEAK: 1.0, SOUND: 2.0}
_FLAG_OTHER = {UNKNOWN: 4.0, WEAK: 12.0, SOUND: 12.0}
#: From here on one slip teaches how to see the next.
_LEARN, _LEARN_GAIN = 0.95, 3.0

#: So many slips beyond doubt, and one among so many words, are a sign of optical reading too.
_SURE, _WORDS_TO_ONE = 5, 400

Finding = Doubt | Misfit | Suspect | Stop


class Ocr:
    """Mend and point out what optical reading got wrong."""

    name: ClassVar[str] = "ocr"
    conserves: ClassVar[bool] = False

    def __init__(self) -> None:
        self._found: dict[int, list[Finding]] = {}
        self._changes = False
        self._few = False

    def study(self, draft: Draft) -> None:
        """Weigh every word of the text, twice: what is found beyond doubt helps with the rest."""
        letters = draft.damage.letters
        if draft.damage.damaged or not 0 < letters <= _MOST_LETTERS:
            return
        if not looks_arabic(draft.source):
            return
        lines = [line.text.text for line in draft.lines]
        few = letters < _FEW_LETTERS
        self._changes = few or recognised(draft.source)
        self._few = few
        ease = _EASE_OF_FEW if few else _EASE if self._changes else 0.0
        judge = Judge(knowledge=draft.knowledge, lines=lines, ease=ease)
        doubts = {at: list(judge.doubts(line)) for at, line in enumerate(lines)}
        sure = [doubt for found in doubts.values() for doubt in found if _teaches(doubt)]
        words = sum(line.count(" ") + 1 for line in lines)
        if not self._changes and len(sure) >= max(_SURE, words / _WORDS_TO_ONE):
            # nobody misspells so much and so alike: it was read optically
            self._changes = True
            judge.ease = _EASE
        if sure and self._changes:
            judge.learn(sure)
            doubts |= {
                at: list(judge.doubts(line)) for at, line in enumerate(lines) if judge.unsure(line)
            }
        found: defaultdict[int, list[Finding]] = defaultdict(list)
        for at, line in enumerate(lines):
            found[at].extend(doubt for doubt in doubts[at] if self._matters(doubt))
            if self._changes:
                taken = {doubt.start for doubt in found[at] if isinstance(doubt, Doubt)}
                unfit = misfits(line, judge.context)
                found[at].extend(misfit for misfit in unfit if misfit.start not in taken)
                found[at].extend(stray_stops(line, judge.context))
        if self._changes:
            for suspect in suspects(lines):
                found[suspect.line].append(suspect)
        self._found = {draft.lines[at].number: finds for at, finds in found.items() if finds}

    def _matters(self, doubt: Doubt) -> bool:
        least = _FLAG_READ if self._changes else _FLAG_OTHER
        return doubt.gain >= least[doubt.standing]

    def _sure(self, doubt: Doubt) -> bool:
        right = doubt.readings[0].words
        if doubt.name or doubt.lead < _LEAD:
            return False
        if doubt.standing == WEAK and grammar(doubt.word, right):
            return False
        if len(doubt.slips) > 1 and (doubt.gain < _FAR_GAIN or doubt.lead < _FAR_LEAD):
            return False
        needed = _CHANGE[doubt.standing]
        if self._few and doubt.standing == UNKNOWN:
            needed = _CHANGE_OF_FEW
        return any(
            doubt.confidence >= confidence and doubt.gain >= gain for confidence, gain in needed
        )

    def _settles(self, find: Finding) -> TypeGuard[Doubt | Stop]:
        if isinstance(find, Stop):
            return find.sure
        return isinstance(find, Doubt) and self._sure(find)

    def mend(self, line: Line) -> Iterator[Mended]:
        """Write the words that are beyond doubt, from the end on, and point out the others."""
        text = line.text
        if self._changes:
            for late, right in late_shaddas(text.text):
                mended = _moved(text, late, right)
                text = mended.text
                yield mended
        finds = self._found.get(line.number, [])
        for find in sorted(finds, key=_start, reverse=True):
            if isinstance(find, Doubt) and _agreed(line, find):
                continue
            if self._changes and self._settles(find):
                mended = _changed(text, find) if isinstance(find, Doubt) else _joined(text, find)
                text = mended.text
                yield mended
            else:
                yield _flag(text, find)


def _moved(text: Traced, late: int, right: int) -> Mended:
    """Move a mark forward; nothing changes its place but the mark and the letter before it."""
    mark = text[late : late + 1]
    after = text[:right] + mark + text[right:late] + text[late + 1 :]
    return Mended(
        text=after,
        kind="ocr_mark",
        before=text[right - 1 : late + 1],
        after=after.text[right - 1 : late + 1],
        confidence=0.9,
        evidence="participles of this form double the middle letter of the root",
    )


def _teaches(doubt: Doubt) -> bool:
    return doubt.standing == UNKNOWN and doubt.confidence > _LEARN and doubt.gain > _LEARN_GAIN


def _agreed(line: Line, doubt: Doubt) -> bool:
    """Tell whether another copy of the document reads the word as it stands."""
    return set(line.text.origins[doubt.start : doubt.end]) <= line.agreed


def _start(find: Finding) -> int:
    return find.place if isinstance(find, Stop) else find.start


def _changed(text: Traced, doubt: Doubt) -> Mended:
    piece = text[doubt.start : doubt.end]
    comma = "،" if doubt.slips == ("ء>",) and doubt.word.endswith("ء") else ""
    right = _rewritten(piece, doubt.readings[0].words + comma)
    return Mended(
        text=text[: doubt.start] + right + text[doubt.end :],
        kind="ocr_word",
        before=piece,
        after=right.text,
        confidence=round(doubt.confidence, 3),
        evidence=_evidence(doubt),
        text_changed=True,
        candidates=tuple(reading.words for reading in doubt.readings),
    )


def _joined(text: Traced, stop: Stop) -> Mended:
    """Take a stop away that stands inside a sentence; no letter is touched."""
    return Mended(
        text=text[: stop.place] + text[stop.place + 1 :],
        kind="ocr_stop",
        before=text[stop.place : stop.place + 1],
        after="",
        confidence=0.95,
        evidence=f"“{stop.word}” begins no sentence and belongs to the words before it",
    )


def _rewritten(piece: Traced, right: str) -> Traced:
    """Write a word in place of another; letters that stay keep their origin and their marks."""
    letters: list[tuple[int, str]] = []
    for place, character in enumerate(piece.text):
        if (character in MARKS or character == TATWEEL) and letters:
            letters[-1] = (letters[-1][0], letters[-1][1] + character)
        else:
            letters.append((place, character))
    pieces: list[Traced] = []
    written = "".join(character[0] for _, character in letters)
    for edit in Levenshtein.opcodes(written, right):
        kept = letters[edit.src_start : edit.src_end]
        if edit.tag == "equal":
            pieces += [piece[place : place + len(signs)] for place, signs in kept]
        elif edit.tag == "replace":
            new = right[edit.dest_start : edit.dest_end]
            pieces += [
                Traced(letter, piece.origins[place : place + 1])
                for letter, (place, _) in zip(new, kept, strict=True)
            ]
        elif edit.tag == "insert":
            pieces.append(Traced.inserted(right[edit.dest_start : edit.dest_end]))
    return Traced.joined(pieces)


def _evidence(doubt: Doubt) -> str:
    best = doubt.readings[0]
    known = {
        UNKNOWN: "no word as it stands",
        WEAK: "hardly a word as it stands",
        SOUND: "a word, but not one that is expected here",
    }[doubt.standing]
    if doubt.standing != SOUND and not present():
        known += " (by the list of frequencies; no dictionary is installed)"
    met = f"; met {best.met} times beside its neighbours" if best.met else ""
    here, there = commonness(doubt.word), commonness(best.words)
    often = ""
    if there and doubt.standing != SOUND:
        often = f"; {round(there / here)} times as common" if here else ""
        often = often or f"; used {there:.2g} times in a million words"
    slips = ", ".join(doubt.slips) or "a space"
    return (
        f"{known}; “{best.words}” is e^{doubt.gain:.1f} times as likely here{often}{met}; "
        f"read for it: {slips}"
    )


def _flag(text: Traced, find: Finding) -> Mended:
    if isinstance(find, Stop):
        return _pointed_out(
            text[find.place : find.place + 1],
            text=text,
            kind="ocr_stop",
            confidence=0.7,
            evidence=f"“{find.word}” was never met at the beginning of a sentence",
            candidates=("",),
        )
    piece = text[find.start : find.end]
    if isinstance(find, Suspect):
        return _pointed_out(
            piece,
            text=text,
            kind="ocr_number",
            confidence=0.7,
            evidence=find.evidence,
            candidates=find.candidates,
        )
    if isinstance(find, Misfit):
        return _pointed_out(
            piece,
            text=text,
            kind="ocr_word",
            confidence=0.7,
            evidence=find.evidence,
            candidates=(find.candidate,),
        )
    return _pointed_out(
        piece,
        text=text,
        kind="ocr_word",
        confidence=round(find.confidence, 3),
        evidence=_evidence(find),
        candidates=tuple(reading.words for reading in find.readings),
    )


def _pointed_out(
    piece: Traced,
    *,
    text: Traced,
    kind: str,
    confidence: float,
    evidence: str,
    candidates: tuple[str, ...],
) -> Mended:
    return Mended(
        text=text,
        kind=kind,
        before=piece,
        after=piece.text,
        confidence=confidence,
        evidence=evidence,
        applied=False,
        candidates=candidates,
    )
