"""Text that knows where each of its characters came from.

Stages slice, move and join pieces of a line; a `Traced` carries the offset in the source along
with every character, so that no stage has to keep books of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: The origin of a character that the source does not have (a space between two runs).
INSERTED = -1


@dataclass(frozen=True, slots=True)
class Traced:
    """Characters with, for each, its offset in the source or `INSERTED`.

    >>> line = Traced.of("ab cd", start=10)
    >>> (line[3:] + Traced.inserted(" ") + line[:2]).origins
    (13, 14, -1, 10, 11)
    """

    #: The characters.
    text: str
    #: One offset in the source per character.
    origins: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.origins):
            raise ValueError("every character of a traced text needs exactly one origin")

    @classmethod
    def of(cls, text: str, *, start: int = 0) -> Traced:
        """Trace `text` as it stands in the source from offset `start`."""
        return cls(text, tuple(range(start, start + len(text))))

    @classmethod
    def inserted(cls, text: str) -> Traced:
        """Trace characters that the source does not have."""
        return cls(text, (INSERTED,) * len(text))

    @classmethod
    def standing_for(cls, text: str, *, origin: int) -> Traced:
        """Trace several characters decoded from the one source character at `origin`."""
        return cls(text, (origin,) * len(text))

    @classmethod
    def joined(cls, pieces: Iterable[Traced]) -> Traced:
        """Put pieces one after another."""
        kept = tuple(pieces)
        return cls(
            "".join(piece.text for piece in kept),
            tuple(origin for piece in kept for origin in piece.origins),
        )

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __getitem__(self, part: slice) -> Traced:
        return Traced(self.text[part], self.origins[part])

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, self.origins + other.origins)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return zip(self.text, self.origins, strict=True)

    def keeping(self, places: Iterable[int]) -> Traced:
        """Return only the characters at `places`, in that order."""
        kept = tuple(places)
        return Traced(
            "".join(self.text[place] for place in kept),
            tuple(self.origins[place] for place in kept),
        )

    def stripped(self) -> Traced:
        """Return the text without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def span(self) -> tuple[int, int]:
        """Return the first and one past the last source offset touched ((0, 0) for none)."""
        known = [origin for origin in self.origins if origin != INSERTED]
        return (min(known), max(known) + 1) if known else (0, 0)
