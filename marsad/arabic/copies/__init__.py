"""Copies of one document: found, compared and reconciled."""

from __future__ import annotations

from marsad.arabic.copies.differences import Difference, differences
from marsad.arabic.copies.likeness import Likeness, are_copies, compare
from marsad.arabic.copies.sources import PLAIN, SCAN, TEXT_LAYER, Copy, extraction_of
from marsad.arabic.copies.verdict import RULES

__all__ = [
    "PLAIN",
    "RULES",
    "SCAN",
    "TEXT_LAYER",
    "Copy",
    "Difference",
    "Likeness",
    "are_copies",
    "compare",
    "differences",
    "extraction_of",
]
