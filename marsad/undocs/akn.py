"""The structure as Akoma Ntoso 3.0."""

from __future__ import annotations

from .types import Structure


def to_akn(structure: Structure) -> bytes:
    raise NotImplementedError
