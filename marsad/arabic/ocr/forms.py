"""Words that are words, but whose form does not fit where they stand.

A lost letter often leaves another form of the same word: «الأفعال التي يرتكبوها» for «يرتكبونها»
(behind a relative pronoun the verb keeps its ن), «الدعم لضحايا، وأُبلغ» for «للضحايا» (a word that
needs a genitive behind it is followed by none). They are pointed out only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marsad.arabic.atoms import WORD, atoms_of
from marsad.arabic.dictionary import accepts, commonness, known
from marsad.arabic.ocr.context import EDGE, Context, key_of

_RELATIVES = frozenset(("التي", "الذين", "والتي", "والذين", "اللذين", "اللاتي"))
#: «يرتكبوها», «يعملوا»
_NO_NUN = re.compile(r"^(?P<verb>(?:س)?[يت][ء-ي]{3,})و(?P<rest>ا|ه|ها|هم|هن|هما)$")
#: What never stands between a word and its genitive.
_NO_GENITIVE = frozenset(("،", EDGE, ")", "من", "في", "على", "إلى", "عن", "أن", "التي", "الذين"))
#: A word must have been met this often to say what follows it.
_OFTEN = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Misfit:
    """A word whose form does not fit its place."""

    #: Offset in the line.
    start: int
    #: One past its end.
    end: int
    #: The form that fits.
    candidate: str
    #: Why: a sentence in English.
    evidence: str


def misfits(line: str, context: Context) -> Iterator[Misfit]:
    """Yield the words of a line whose form does not fit their place."""
    atoms = atoms_of(line)
    keys = [key_of(atom) for atom in atoms]
    for at, atom in enumerate(atoms):
        if atom.kind != WORD:
            continue
        found = _without_nun(keys, at) or _without_genitive(keys, at, context)
        if found:
            candidate, evidence = found
            yield Misfit(start=atom.start, end=atom.end, candidate=candidate, evidence=evidence)


def _without_nun(keys: Sequence[str], at: int) -> tuple[str, str] | None:
    match = _NO_NUN.match(keys[at])
    if match is None or not at or keys[at - 1] not in _RELATIVES:
        return None
    if commonness(match["verb"] + "و"):  # «يدعوها» is of «يدعو», and loses no ن
        return None
    candidate = match["verb"] + "ون" + ("" if match["rest"] == "ا" else match["rest"])
    if accepts(candidate) is False or not known(candidate):
        return None
    return candidate, f"behind “{keys[at - 1]}” the verb keeps its ن"


def _without_genitive(keys: Sequence[str], at: int, context: Context) -> tuple[str, str] | None:
    word = keys[at]
    after = keys[at + 1] if at + 1 < len(keys) else EDGE
    if not (word.startswith("ل") and len(word) > 4) or word.startswith("لل"):
        return None
    if after not in _NO_GENITIVE or (after == EDGE and at + 1 == len(keys)):
        return None
    candidate = "ل" + word
    # once is here
    alone = sum(context.met(word, key) for key in _NO_GENITIVE) - 1
    seldom = alone * 10 <= context.own(word) + context.taught(word)
    if not seldom or context.own(word) + context.taught(word) < _OFTEN:
        return None
    if not any(context.met(candidate, key) for key in _NO_GENITIVE):
        return None
    return candidate, f"“{word}” needs a genitive, and elsewhere it has one"
