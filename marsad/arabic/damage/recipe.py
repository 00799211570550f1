"""How much of each kind of damage to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """How much of each kind of damage to do, as chances from 0 to 1."""

    #: Letters per line at which the text is wrapped; 0 keeps the lines as they are.
    width: int = 80
    #: Chance that a line is written out in several runs.
    runs: float = 0.6
    #: The most cuts made in a line beside those at signs, marks and stretched joints.
    cuts: int = 3
    #: Chance that such a cut falls inside a word: «لا» «تفاقية».
    torn: float = 0.25
    #: Chance that a number, a bracket, a stop or a Latin phrase is a run of its own.
    signs: float = 0.7
    #: Chance that such a run loses the spaces beside it: «٢٠١٢أكتوبر».
    glued: float = 0.4
    #: Chance that a word with marks is cut where they begin: «الا» «تِّجار».
    marked: float = 0.9
    #: Chance that a space at a seam grows to a gap.
    gaps: float = 0.5
    #: Chance that a line in runs is also cut at stretched joints: «ــدة مكافحــة الاتجــا».
    kashida: float = 0.1
    #: Chance that a line of four runs or more is written portion by portion (`decoder/layers.py`).
    layers: float = 0.1
    #: Chance that a marker at the start of a line comes loose: «... -١», «مقدمة -أولا».
    markers: float = 1.0
    #: Chance that a sentence gets a note number (in the truth too): «.(٢)».
    notes: float = 0.0
    #: Chance that a word which typists like to mark is marked (in the truth too): «الاتِّجار».
    vowelled: float = 0.0
    #: Chance that a joining letter is stretched.
    tatweel: float = 0.12
    #: Letters to hide, and the private code of each.
    codes: tuple[tuple[str, str], ...] = (("ته", "\ue814"), ("به", "\ue812"))
    #: Chance that a letter is taken for one that looks like it: «حملة» for «جملة».
    confused: float = 0.0
    #: Chance that a letter inside a word is lost.
    dropped: float = 0.0
    #: Chance that the space between two words is lost.
    joined: float = 0.0
    #: Chance that a stop appears after a word.
    stops: float = 0.0
    #: Chance that a number of two figures or more loses one.
    figures: float = 0.0


#: Ready-made ones, each after a kind of file that is met.
RECIPES: Final[Mapping[str, Recipe]] = {
    # a justified page whose lines were drawn in runs, in a font with codes of its own
    "justified": Recipe(
        tatweel=0.16,
        layers=0.12,
        kashida=0.12,
        notes=0.02,
        codes=(("ته", "\ue814"), ("به", "\ue812"), ("لمج", "\ue811")),
    ),
    # a page typed over many times: nearly every few words a run of their own
    "pieces": Recipe(runs=0.75, cuts=8, torn=0.35, signs=0.9, glued=0.7, tatweel=0.15, codes=()),
    # a page of an office program: few seams, most of them at a word with marks
    "office": Recipe(
        runs=0.6, cuts=1, torn=0.1, signs=0.2, kashida=0.04, vowelled=0.8, tatweel=0.03, codes=()
    ),
    # a scanned page, recognised
    "ocr": Recipe(
        runs=0.0,
        markers=0.0,
        tatweel=0.0,
        codes=(),
        confused=0.0015,
        dropped=0.0005,
        joined=0.0015,
        stops=0.001,
        figures=0.01,
    ),
}
