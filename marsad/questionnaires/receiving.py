"""Where answers go: each room that asks says who may answer, and takes what came.

`config/receivers.py` names the rooms. A receiver is called in the transaction in which the
submission is stored: where the room refuses, nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from marsad.directory.types import Reader
from marsad.questionnaires.types import Taken


class Receiver(Protocol):
    """The side of a room that asks."""

    def may_answer(self, *, reader: Reader, subject_id: str, at: datetime) -> bool:
        """Tell whether this reader may answer what `subject_id` asks."""

    def subjects_for(self, *, reader: Reader, at: datetime) -> Sequence[str]:
        """The subjects of the room that this reader may answer now."""

    def subjects_read_by(self, *, reader: Reader) -> Sequence[str]:
        """The subjects of the room whose answers this reader may read, whoever gave them."""

    def take(self, *, taken: Taken, at: datetime) -> None:
        """Take a filled form into the room.

        :raises marsad.problems.Problem: to refuse it; then nothing of it is stored.
        """


_receivers: dict[str, Receiver] = {}


def receive_with(receivers: Mapping[str, Receiver]) -> None:
    """Use these receivers from now on (`config/receivers.py` does this)."""
    _receivers.clear()
    _receivers.update(receivers)


def receiver_of(kind: str) -> Receiver:
    """The receiver of one kind of asking."""
    return _receivers[kind]


def all_receivers() -> Mapping[str, Receiver]:
    """Every receiver by its kind."""
    return _receivers


__all__ = ["Receiver", "all_receivers", "receive_with", "receiver_of"]
