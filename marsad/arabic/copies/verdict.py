"""Which of two readings of one word is right, by where each comes from.

A text layer has the right letters and an unsure order; a scan has the right order and an unsure
letter here and there. Digits are nobody's to change: they are shown to a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from marsad.arabic.copies.sources import PLAIN, SCAN, TEXT_LAYER
from marsad.arabic.dictionary import commonness, known
from marsad.arabic.fold import fold
from marsad.arabic.letters import MARKS, TATWEEL, is_private

FIRST, SECOND, NEITHER = "first", "second", ""

#: Readings farther apart than this share of their letters are two words, not one read twice.
_ONE_WORD = 0.4
#: How much commoner one word must be than two, or two than one, to be believed for that.
_OFTEN = 20
#: A shorter piece may be a conjunction or an ending: nothing follows from it.
_PIECE = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Which reading is believed, and why."""

    #: `FIRST`, `SECOND` or `NEITHER`.
    wins: str
    #: The rule, as a code: `text_layer`, `known_word`, `digits`, `same_standing`…
    rule: str
    #: From 0 to 1.
    confidence: float

    @property
    def why(self) -> str:
        """The rule as a sentence in English."""
        return RULES[self.rule]


#: Every rule and its sentence.
RULES = {
    "text_layer": "the text layer of a file has the right letters; a scan misreads some",
    "scan_order": "a scan has its words in the order of the page; a text layer may not",
    "known_word": "it is a word, and the other reading is none",
    "private_code": "the other copy shows the letters that a font hid",
    "digits": "digits are left for a person to settle",
    "missing": "words that only one copy has are left for a person to settle",
    "unknown_word": "the copy that has the right letters has no word known here",
    "same_standing": "both copies are of one kind and both readings are words",
    "majority": "more copies read it so",
    "spaces": "the spaces make known words of the same letters",
    "marks": "marks are taken from no scan",
}


def letters_of(text: str) -> str:
    """Return the letters and digits of a reading: no marks, spaces, signs or tatweel.

    >>> letters_of("العـمل،"), letters_of("٣/٣")
    ('العمل', '33')
    """
    kept = []
    for sign in unicodedata.normalize("NFKC", text):
        if sign.isdigit():
            kept.append(fold(sign))
        elif (sign.isalnum() and sign != TATWEEL and sign not in MARKS) or is_private(sign):
            kept.append(sign)
    return "".join(kept)


def has_digits(text: str) -> bool:
    """Tell whether there is a digit in a reading."""
    return any(sign.isdigit() for sign in text)


def are_words(text: str, met: Mapping[str, int] | None = None) -> bool:
    """Tell whether all words of a reading are known, or met again and again in its text."""
    words = [part for part in map(letters_of, text.split()) if part]
    often = met or {}
    return bool(words) and all(often.get(word, 0) > 1 or known(word) for word in words)


def reads_parted(before: str, after: str, *, otherwise: bool, common: float = 1.0) -> bool:
    """Tell whether two pieces are two words rather than one.

    :param otherwise: what holds where the pieces and the whole tell nothing.
    :param common: how often in a million words each piece must be met: «رئ» is in the lists too.

    >>> reads_parted("أن", "يعامل", otherwise=False), reads_parted("المن", "ظمة", otherwise=True)
    (True, False)
    """
    if min(len(before), len(after)) < _PIECE:
        return otherwise
    one, two = commonness(before + after), min(commonness(before), commonness(after))
    whole, parts = known(before + after), two >= common and known(before) and known(after)
    if whole != parts:
        return parts
    if not whole:
        return otherwise
    if max(one, two) < _OFTEN * min(one, two):
        return otherwise
    return two > one


def judge(
    first: str,
    second: str,
    *,
    first_kind: str,
    second_kind: str,
    first_met: Mapping[str, int] | None = None,
    second_met: Mapping[str, int] | None = None,
) -> Verdict:
    """Decide between two readings of one place.

    :param first_met: how often each word is met in a text layer, which does not misread: a word
        met again and again is one, whatever the lists say. `second_met` likewise.

    >>> judge("والتحريرات", "والتحريات", first_kind="scan", second_kind="text_layer").wins
    'second'
    >>> judge("٢٠٠٨", "٢٠٠٩", first_kind="scan", second_kind="text_layer").rule
    'digits'
    """
    ours, theirs = letters_of(first), letters_of(second)
    if has_digits(ours) or has_digits(theirs):
        return Verdict(wins=NEITHER, rule="digits", confidence=0.0)
    if not ours or not theirs:
        return Verdict(wins=NEITHER, rule="missing", confidence=0.0)
    if ours == theirs:
        return _by_spaces(first, second, first_kind, second_kind)
    if any(map(is_private, ours)) != any(map(is_private, theirs)):
        wins = SECOND if any(map(is_private, ours)) else FIRST
        return Verdict(wins=wins, rule="private_code", confidence=0.95)
    good = {
        FIRST: are_words(first, first_met if first_kind == TEXT_LAYER else None),
        SECOND: are_words(second, second_met if second_kind == TEXT_LAYER else None),
    }
    return _by_letters(ours, theirs, {FIRST: first_kind, SECOND: second_kind}, good)


def _by_spaces(first: str, second: str, first_kind: str, second_kind: str) -> Verdict:
    ours, theirs = first.split(), second.split()
    if {len(ours), len(theirs)} == {1, 2}:
        parts = ours if len(ours) == 2 else theirs
        before, after = map(letters_of, parts)
        clear = reads_parted(before, after, otherwise=True)
        if clear == reads_parted(before, after, otherwise=False):
            wins = FIRST if (len(ours) == 2) == clear else SECOND
            return Verdict(wins=wins, rule="spaces", confidence=0.9)
    if (first_kind == TEXT_LAYER) != (second_kind == TEXT_LAYER):
        wins = SECOND if first_kind == TEXT_LAYER else FIRST
        return Verdict(wins=wins, rule="scan_order", confidence=0.8)
    return Verdict(wins=NEITHER, rule="same_standing", confidence=0.5)


def _by_letters(
    ours: str, theirs: str, kinds: Mapping[str, str], good: Mapping[str, bool]
) -> Verdict:
    away = Levenshtein.distance(ours, theirs)
    near = away <= max(1, int(_ONE_WORD * max(len(ours), len(theirs))))
    layers = [side for side, kind in kinds.items() if kind == TEXT_LAYER]
    if len(layers) == 1:
        (layer,) = layers
        if layer == SECOND and kinds[FIRST] == PLAIN and good[FIRST]:
            return Verdict(wins=NEITHER, rule="same_standing", confidence=0.5)
        if good[layer] and near:
            return Verdict(wins=layer, rule="text_layer", confidence=0.97 if away <= 2 else 0.92)
        if near and layer == FIRST and not good[SECOND]:
            # a name, most likely: it stays, but the other reading is no reason to write it in
            return Verdict(wins=layer, rule="text_layer", confidence=0.85)
        return Verdict(wins=NEITHER, rule="unknown_word", confidence=0.5)
    if good[FIRST] != good[SECOND] and near and away <= 2:
        wins = FIRST if good[FIRST] else SECOND
        sure = kinds[wins] == PLAIN and kinds[_other(wins)] == SCAN
        return Verdict(wins=wins, rule="known_word", confidence=0.95 if sure else 0.9)
    return Verdict(wins=NEITHER, rule="same_standing", confidence=0.5)


def _other(side: str) -> str:
    return SECOND if side == FIRST else FIRST
