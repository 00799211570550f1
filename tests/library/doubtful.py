"""An engine that doubts one word, so that tests do not hang on what today's engine doubts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from marsad import arabic

#: A word of our own Arabic report, and what a person will say it should be: both are words, so
#: that no engine touches either.
MISREAD, MEANT = "مفتشي", "مراقبي"
_REPAIR = arabic.repair


def engine_that_doubts(
    monkeypatch: pytest.MonkeyPatch, *words: str, candidates: tuple[str, ...] = (MEANT, "مفتش")
) -> None:
    """Let the engine flag these words wherever the source has them."""

    def repair(text: str, *args: Any, **leaning_on: Any) -> arabic.Repair:
        made = _REPAIR(text, *args, **leaning_on)
        lines = [
            replace(line, changes=(*_flags(line, words, candidates), *line.changes))
            for line in made.lines
        ]
        changes = tuple(change for line in lines for change in line.changes)
        return replace(made, lines=tuple(lines), changes=changes)

    monkeypatch.setattr(arabic, "repair", repair)


def _flags(
    line: arabic.RepairedLine, words: tuple[str, ...], candidates: tuple[str, ...]
) -> list[arabic.Change]:
    return [
        arabic.Change(
            stage="ocr",
            kind="ocr_doubt",
            line=line.source_line,
            source_start=line.start + line.source.index(word),
            source_end=line.start + line.source.index(word) + len(word),
            before=word,
            after=word,
            confidence=0.4,
            evidence="a test doubts it",
            applied=False,
            candidates=candidates,
        )
        for word in words
        if word in line.source
    ]
