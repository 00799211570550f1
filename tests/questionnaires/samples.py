"""Questionnaires of our own making, kept as text beside the tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from marsad.questionnaires import shipped

FORMS = Path(__file__).parent / "forms"


@lru_cache(maxsize=1)
def every_type() -> bytes:
    """A workbook with every type of question, in Arabic, English and French."""
    return shipped.write_workbook(shipped.read_folder(FORMS / "every_type"))
