"""Notes verbales: their words, and the letters in Word and PDF.

Diplomatic notes are written in the third person, open with compliments, close with the courtesy
formula, and are neither addressed to a person nor signed. The words are our own.
"""

from __future__ import annotations

from marsad.review.notes.letter import FORMATS, letter
from marsad.review.notes.wording import Facts, Wording, compose

__all__ = ["FORMATS", "Facts", "Wording", "compose", "letter"]
