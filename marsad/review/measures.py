"""The catalogue of public measures and tools, and which of them serve a need. No database.

>>> [each.key for each in fitting(themes=["legal-assistance"], kinds=["equipment"])]
['mla-writer']
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Something public that helps with a need."""

    key: str
    #: Name, what it is and who publishes it, by language code.
    names: Mapping[str, str]
    about: Mapping[str, str]
    publisher: Mapping[str, str]
    #: Whether the Arabic name is the publisher's own; else it is our rendering of the English one.
    arabic_is_official: bool
    #: Codes of themes, and of kinds of help.
    themes: Sequence[str]
    kinds: Sequence[str]
    #: Whether it lies in the library of this house.
    is_in_library: bool


@lru_cache(maxsize=1)
def catalogue() -> Sequence[Measure]:
    """All of them, in the order of the catalogue."""
    text = files("marsad.review").joinpath("data", "measures.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return tuple(
        Measure(
            key=row["key"],
            names=row["name"],
            about=row["about"],
            publisher=data["publishers"][row["publisher"]],
            arabic_is_official=row.get("ar_is_official", False),
            themes=tuple(row["themes"]),
            kinds=tuple(row["help"]),
            is_in_library=row.get("library", False),
        )
        for row in data["measure"]
    )


def fitting(*, themes: Collection[str], kinds: Collection[str] = ()) -> list[Measure]:
    """Those of any of the themes that give any of these kinds of help; any help where none is."""
    return [
        each
        for each in catalogue()
        if set(themes) & set(each.themes) and (not kinds or set(kinds) & set(each.kinds))
    ]
