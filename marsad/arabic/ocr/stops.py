"""Stops that stand inside a sentence.

A speck on the page is read as a stop: «التصدي للاتجار بالبشر. بمزيد من الفعالية». What follows a
stop begins a sentence, and some words do that never. They are pointed out, not taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marsad.arabic.atoms import NUMBER, WORD, atoms_of
from marsad.arabic.ocr.context import EDGE, Context, key_of, without_clitics

#: How much likelier the sentence must be without its stop, in nats.
_GAIN = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A stop that hardly ends a sentence."""

    #: Offset of the stop in the line.
    place: int
    #: The word behind it.
    word: str
    #: How much likelier the sentence is without the stop, in nats.
    gain: float


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
            yield Stop(place=stop.start, word=keys[at + 1], gain=gain)


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
