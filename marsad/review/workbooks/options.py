"""Choices as a person types them into a cell, and read back."""

from __future__ import annotations

import re

from marsad.arabic import fold
from marsad.questionnaires.queries.outline import Item

#: What parts one choice from the next within a cell.
_APART = re.compile(r"\s*[;؛\n]\s*")
_BLANKS = re.compile(r"\s+")
_BULLET = re.compile(r"^[–\-•*]\s+")


def labels_of(item: Item) -> dict[str, str]:
    """What each value is called, each name once: two alike have their value behind them."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for option in item.options:
        label = " ".join(option.label.split())
        if plain(label) in taken:
            label = f"{label} ({option.value})"
        taken.add(plain(label))
        found[option.value] = label
    return found


def said(item: Item, value: str) -> str:
    """A value as a person would write it: the names of what was chosen, one under another."""
    labels = labels_of(item)
    chosen = [value] if item.kind == "select_one" else value.split()
    return "\n".join(labels.get(each, each) for each in chosen)


def read(items: list[Item], typed: str) -> tuple[str, list[str]]:
    """The value of what was typed, and what of it is not offered.

    :param items: the question in each language that it is asked in: people copy from either.
    """
    known: dict[str, str] = {}
    for item in items:
        for value, label in labels_of(item).items():
            known.setdefault(plain(label), value)
    for option in items[0].options:
        known.setdefault(plain(option.value), option.value)
    whole = known.get(plain(typed))
    if whole is not None:
        return whole, []
    pieces = [_BULLET.sub("", piece) for piece in _APART.split(typed.strip()) if piece.strip()]
    if items[0].kind == "select_one":
        return "", [typed.strip()]
    chosen = [(piece, known.get(plain(piece))) for piece in pieces]
    unknown = [piece for piece, value in chosen if value is None]
    order = [option.value for option in items[0].options]
    values = list(dict.fromkeys(value for _piece, value in chosen if value is not None))
    if items[0].kind != "rank":
        values.sort(key=order.index)
    return " ".join(values), unknown


def plain(words: str) -> str:
    """Words as they are compared: without marks, hamza, small and large letters."""
    return _BLANKS.sub(" ", fold(words)).strip()
