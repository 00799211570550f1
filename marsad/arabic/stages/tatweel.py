"""Tatweel with memory.

Reads: the line as given, e.g. «ــرطة       ــوات الشـ».
Writes: the line without tatweel, and on `Line.tied_before` / `Line.tied_after` which letters stood
against a tatweel at the edge of a piece. The tatweel is there because the letter *does* join: no
space can stand at that seam, and the run decoder puts such a piece behind a joining letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.gauge import TATWEEL_RATE
from marsad.arabic.letters import NON_JOINING, TATWEEL, is_word_character
from marsad.arabic.pipeline import Draft, Line, Mended


class Tatweel:
    """Remove the strokes that stretch a word, and remember where they tied two pieces."""

    name: ClassVar[str] = "tatweel"
    conserves: ClassVar[bool] = True

    def __init__(self) -> None:
        self._stretched = False

    def study(self, draft: Draft) -> None:
        """Tell a stretched text from one that writes «الـ ١٢٠» or «هـ» now and then."""
        self._stretched = draft.damage.tatweel_rate > TATWEEL_RATE

    def mend(self, line: Line) -> Iterator[Mended]:
        """Remove every tatweel of the line."""
        text = line.text.text
        if not self._stretched or TATWEEL not in text:
            return
        self._remember(line)
        kept = [place for place, letter in enumerate(text) if letter != TATWEEL]
        after = line.text.keeping(kept)
        yield Mended(
            text=after,
            kind="tatweel",
            before=line.text,
            after=after.text,
            confidence=1.0,
            evidence=f"{len(text) - len(kept)} strokes that only stretch the line",
        )

    def _remember(self, line: Line) -> None:
        text, origins = line.text.text, line.text.origins
        place = 0
        while place < len(text):
            if text[place] != TATWEEL:
                place += 1
                continue
            first = place
            while place < len(text) and text[place] == TATWEEL:
                place += 1
            opens = first == 0 or not is_word_character(text[first - 1])
            closes = place == len(text) or not is_word_character(text[place])
            if opens and not closes:
                line.tied_before.add(origins[place])
            elif closes and not opens and text[first - 1] not in NON_JOINING:
                line.tied_after.add(origins[first - 1])
