"""Stops that stand inside a sentence.

A speck on the page is read as a stop: «التصدي للاتجار بالبشر. بمزيد من الفعالية». What follows a
stop begins a sentence, and some words do that never. Such a stop is pointed out. It is taken away
where the text or others have the two words around it side by side, and where a preposition
follows that is part of its word («بمزيد»): of 891 stops in texts of our own that were kept from the
model none is so, of as many put inside sentences one in seven.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marsad.arabic.atoms import NUMBER, WORD, atoms_of
from marsad.arabic.dictionary import commonness
from marsad.arabic.ocr.context import EDGE, Context, clitics, key_of, without_clitics

#: How much likelier the sentence must be without its stop, in nats.
_GAIN = 0.5
_PREPOSITIONS = frozenset("بل")
#: «مناسبة» is as common as «بمناسبة», «دأت» a ten-thousandth as common as «بدأت».
_AS_COMMON = 0.8
#: Words that open a sentence though they have a preposition in them.
_OPENING = frozenset(
    (
        "بالإضافة",
        "بالنسبة",
        "بالرغم",
        "بالمقابل",
        "بالمثل",
        "بالتأكيد",
        "بالطبع",
        "بالفعل",
        "بالتالي",
        "بالنظر",
        "بالمناسبة",
        "بالذات",
        "بالأمس",
        "بناء",
        "بحسب",
        "بموجب",
        "بفضل",
        "بسبب",
        "بغية",
        "برغم",
        "بصرف",
        "بصفة",
        "بصورة",
        "بشأن",
        "بعبارة",
        "بخلاف",
        "بمعنى",
        "بخصوص",
        "بدلا",
        "بقي",
        "بات",
        "بدأ",
        "بدا",
        "بلغ",
        "بلغت",
        "لذلك",
        "لذا",
        "لهذا",
        "لهذه",
        "لعل",
        "لكل",
        "لقد",
        "للأسف",
        "لئن",
        "لدى",
        "لما",
        "لماذا",
        "لأن",
        "لأول",
        "لحسن",
        "ليت",
        "لغرض",
        "لأغراض",
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A stop that hardly ends a sentence."""

    #: Offset of the stop in the line.
    place: int
    #: The word behind it.
    word: str
    #: How much likelier the sentence is without the stop, in nats.
    gain: float
    #: Whether it is one beyond doubt, by the two words around it.
    sure: bool


def stray_stops(line: str, context: Context) -> Iterator[Stop]:
    """Yield the stops of a line that another reading would leave out."""
    atoms = [atom for atom in atoms_of(line) if not line[atom.start : atom.end].startswith('"')]
    keys = [key_of(atom) for atom in atoms]
    for at in range(2, len(atoms) - 2):
        stop = atoms[at]
        if stop.key != "." or atoms[at - 1].kind not in (WORD, NUMBER):
            continue
        if atoms[at + 1].kind != WORD or stop.start != atoms[at - 1].end:
            continue
        gain = _gain(keys, at, context)
        if gain >= _GAIN:
            sure = _cut_apart(keys[at - 1], keys[at + 1], context)
            yield Stop(place=stop.start, word=keys[at + 1], gain=gain, sure=sure)


def _cut_apart(before: str, after: str, context: Context) -> bool:
    """Tell whether two words belong together though a stop stands between them."""
    if context.met(before, after):
        return True
    return after not in _OPENING and (
        bool(_PREPOSITIONS.intersection(clitics(after)[0])) or _follows_preposition(after)
    )


def _follows_preposition(word: str) -> bool:
    """Tell whether a word without its first letter, ب or ل, is about as common: «بمناسبة»."""
    rest = commonness(word[1:])
    return word[0] in _PREPOSITIONS and rest > 0 and rest >= _AS_COMMON * commonness(word)


def _gain(keys: Sequence[str], at: int, context: Context) -> float:
    one, two, three, four = keys[at - 2], keys[at - 1], keys[at + 1], keys[at + 2]
    if three[0] in "وف" or context.begins(three) or context.begins(without_clitics(three)):
        return -1.0
    # behind its stop the word was counted once, and as the first of a sentence
    apart = context.step(one, two, EDGE, bare_less=1, pair_less=1, triple_less=1) + context.step(
        two, EDGE, three, bare_less=1, pair_less=1, triple_less=1
    )
    together = (
        context.step(one, two, three)
        + context.step(two, three, four)
        - context.step(EDGE, three, four, bare_less=1, pair_less=1, triple_less=1)
    )
    return apart - together
