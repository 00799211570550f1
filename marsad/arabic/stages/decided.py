"""Places that a person has settled.

Reads: a line as all other stages left it, and the decisions about its source. Writes: the words
of the person, whatever the machine makes of the line today: «حملة» that a reader who knows the
sentence calls «جملة» stays «جملة» when the report is read again. Last of the stages, so that
nothing comes after a person's word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from marsad.arabic.decision import Decision
from marsad.arabic.letters import letters_and_digits
from marsad.arabic.pipeline import Draft, Line, Mended
from marsad.arabic.traced import INSERTED, Traced


class Decided:
    """Let people have the last word."""

    name: ClassVar[str] = "decided"
    conserves: ClassVar[bool] = False

    def __init__(self) -> None:
        self._of_line: defaultdict[int, list[Decision]] = defaultdict(list)

    def study(self, draft: Draft) -> None:
        """Give each decision that still fits the source to its line; a later one wins."""
        fitting: list[Decision] = []
        for decision in draft.decisions:
            if decision.fits(draft.source):
                fitting = [each for each in fitting if not _within(each, decision)]
                fitting.append(decision)
        for line in draft.lines:
            end = line.start + len(line.source)
            for decision in fitting:
                if line.start <= decision.start < decision.end <= end:
                    self._of_line[line.number].append(decision)

    def mend(self, line: Line) -> Iterator[Mended]:
        """Write down what was decided about this line."""
        for decision in self._of_line[line.number]:
            first, last = _place(line.text, decision)
            if first == last:
                continue
            piece = line.text[first:last]
            after = _traced(decision.after, piece)
            yield Mended(
                text=line.text[:first] + after + line.text[last:],
                kind="decided",
                before=piece,
                after=after.text,
                confidence=1.0,
                evidence="a person settled this place",
                text_changed=letters_and_digits(piece.text) != letters_and_digits(after.text),
                decided_by="person",
            )


def _within(earlier: Decision, later: Decision) -> bool:
    return later.start <= earlier.start and earlier.end <= later.end


def _place(text: Traced, decision: Decision) -> tuple[int, int]:
    """Return where in the line the characters that were settled stand now.

    Where other stages spread them over the line, all that lies between goes with them: the
    nearest thing to what the person saw is better than half of it.
    """
    touched = [
        place
        for place, origin in enumerate(text.origins)
        if decision.start <= origin < decision.end
    ]
    return (touched[0], touched[-1] + 1) if touched else (0, 0)


def _traced(words: str, piece: Traced) -> Traced:
    """Trace each character of the person's words to the same character of the piece, if any."""
    free: defaultdict[str, list[int]] = defaultdict(list)
    for character, origin in reversed(list(piece)):
        free[character].append(origin)
    return Traced(
        words,
        tuple(free[character].pop() if free[character] else INSERTED for character in words),
    )
