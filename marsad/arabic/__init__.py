"""Broken Arabic text in; repaired text and the list of changes out.

>>> repair("العمـل").text
'العمل'

See `README.md` beside this file for the words and the stages.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.arabic.copies import Copy, Difference, Likeness, are_copies, compare, differences
from marsad.arabic.decision import Decision
from marsad.arabic.fold import fold
from marsad.arabic.gauge import Damage, looks_arabic, looks_damaged
from marsad.arabic.knowledge import Knowledge, learn
from marsad.arabic.pipeline import Progress, run
from marsad.arabic.record import Change, Repair, RepairedLine, undo
from marsad.arabic.stages import STAGES
from marsad.arabic.terms import Term, terms

__all__ = [
    "Change",
    "Copy",
    "Damage",
    "Decision",
    "Difference",
    "Knowledge",
    "Likeness",
    "Repair",
    "RepairedLine",
    "Term",
    "are_copies",
    "compare",
    "differences",
    "fold",
    "learn",
    "looks_arabic",
    "looks_damaged",
    "repair",
    "terms",
    "undo",
]


def repair(
    text: str,
    progress: Progress | None = None,
    *,
    knowledge: Knowledge | None = None,
    copies: Sequence[str | Copy] = (),
    decisions: Sequence[Decision] = (),
) -> Repair:
    """Repair a text that was extracted badly; clean text comes back as it is.

    :param progress: called now and then with the lines done and the lines there are.
    :param knowledge: what `learn` took from other texts; it makes the repair surer.
    :param copies: other copies of the same document, as they came; one that is no copy is left
        out, and `Repair.notes` says so.
    :param decisions: what people settled about this text; their word is final.
    """
    return run(
        text,
        stages=STAGES,
        progress=progress,
        knowledge=knowledge,
        copies=copies,
        decisions=decisions,
    )
