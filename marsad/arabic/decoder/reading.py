"""What the decoder is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.arabic.ngrams import LINE_START


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the line in its place in the reading."""

    #: Offset in the line.
    start: int
    #: One past its last character.
    end: int
    #: Whether it completes the last word of the piece before it.
    joined: bool


@dataclass(frozen=True, slots=True)
class Order:
    """One way to put the runs of a line in order."""

    #: The runs in reading order.
    pieces: tuple[Piece, ...]
    #: Its cost in nats.
    cost: float
    #: Words that nobody knows, no tie asks for and the line as it stands does not have.
    made_up: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """The best reading of a line."""

    #: The likeliest order of its runs.
    best: Order
    #: The cost of the line as it stands., less what speaks against moving anything in it
    standing: float
    #: The next best orders, best first.
    others: tuple[Order, ...] = ()
    #: Whether something beside the words speaks for a seam: a gap, a stop set free, a tie.
    shows_seam: bool = True
    #: Whether the line looks as no one writes.
    broken: bool = True
    #: Words of the line as it stands that nobody knows and no tatweel marks as a part of one.
    strange: int = 0
    #: Whether the line looks as if written in several layers, which were not looked for.
    layered: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The runs in their likeliest order."""
        return self.best.pieces

    @property
    def cost(self) -> float:
        """What the likeliest order costs, in nats."""
        return self.best.cost

    @property
    def gain(self) -> float:
        """How much likelier it is than the line as it stands, in nats."""
        return self.standing - self.cost

    @property
    def lead(self) -> float:
        """How much likelier it is than the next best reading, in nats."""
        return self.others[0].cost - self.cost if self.others else 99.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of the lines around a line."""

    #: The last two words of the line before, where the sentence goes on from it.
    before: tuple[str, str] = (LINE_START, LINE_START)
    #: The first words of the line after, where they are known.
    after: tuple[str, ...] = ()
