"""How the columns of one source are read: data, remembered, and sent along with its files.

A mapping is JSON. Ours are in `data/mappings/`; a State's own is whatever it settled on last time.

    {"name": "police",
     "columns": {"Année": "year", "Pays": "country", "Victimes": "value"},
     "constants": {"indicator": "Detected trafficking victims", "definition": "…"},
     "words": {"category": {"Ethopia": "Ethiopia"}},
     "repeats": {"*": "rivals"}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from .errors import BadMapping, UnknownMapping
from .types import Repeats
from .words import folded, read_data

#: What a column can be read as; "code" and "country" both say the place.
FIELDS = (
    "code", "country", "region", "subregion", "indicator", "dimension", "category", "sex", "age",
    "citizenship", "year", "unit", "value", "status", "source", "definition", "law_article",
    "counting_unit", "note",
)  # fmt: skip

_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class ColumnMapping:
    """How the columns of one source are read."""

    name: str
    #: From the name printed above a column to what it is read as (one of `FIELDS`).
    columns: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    #: What is the same in every row and has no column.
    constants: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    #: By column: from a word as printed to the word that is meant, once a person has accepted it.
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _EMPTY)
    #: By dimension, "*" for all others: what several rows for one key mean in this source.
    repeats: Mapping[str, Repeats] = field(default_factory=lambda: _EMPTY)
    #: The sheet to read; None for every sheet that has the columns.
    sheet: str | None = None
    #: Of a text file; None: UTF-8, or what its first bytes say.
    encoding: str | None = None
    #: Of a text file; None: whichever of , ; tab | stands most often in the line of names.
    delimiter: str | None = None
    #: Names of columns that are not read, whatever they are usually read as.
    aside: Sequence[str] = ()
    #: The SDMX flows it is made for, as "AGENCY:FLOW"; none: it is not for SDMX.
    flows: Sequence[str] = ()
    #: Whether it says how an earlier file was read: of its columns this one need not have all.
    is_remembered: bool = False

    def meaning(self, column: str, printed: str) -> str:
        """Return the word that was accepted for a printed one, or the printed one."""
        return self.words.get(column, _EMPTY).get(printed, printed) if self.words else printed

    def repeats_in(self, dimension: str) -> Repeats:
        """Return what several rows for one key mean in this dimension."""
        return self.repeats.get(dimension) or self.repeats.get("*") or "rivals"

    def column_of(self, header: str) -> str | None:
        """Return what a column under this name is read as, or None."""
        return self._columns().get(folded(header))

    def _columns(self) -> Mapping[str, str]:
        kept = self.__dict__.get("_folded")
        if kept is None:
            kept = {folded(name): what for name, what in self.columns.items()}
            object.__setattr__(self, "_folded", kept)
        return cast("Mapping[str, str]", kept)

    def as_json(self) -> dict[str, Any]:
        """Everything that must be remembered to read the next file alike."""
        return {
            "name": self.name,
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "words": {column: dict(words) for column, words in self.words.items()},
            "repeats": dict(self.repeats),
            "sheet": self.sheet,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "aside": list(self.aside),
            "flows": list(self.flows),
            **({"is_remembered": True} if self.is_remembered else {}),
        }


def names() -> tuple[str, ...]:
    """Return the names of the mappings that come with the engine."""
    folder = files("marsad.tabulation") / "data" / "mappings"
    return tuple(
        sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name[-5:] == ".json")
    )


@cache
def known(name: str) -> ColumnMapping:
    """Return a mapping that comes with the engine.

    :raises UnknownMapping: if there is none of this name.
    """
    if name not in names():
        raise UnknownMapping(given=name, known=", ".join(names()))
    text = (files("marsad.tabulation") / "data" / "mappings" / f"{name}.json").read_text("utf-8")
    return from_json(json.loads(text), name=name)


def load(given: str) -> ColumnMapping:
    """Return the mapping of this name, or of this JSON file.

    :raises UnknownMapping: if it is neither.
    """
    path = Path(given)
    if given in names():
        return known(given)
    if path.suffix != ".json" or not path.is_file():
        raise UnknownMapping(given=given, known=", ".join(names()))
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadMapping(name=path.name, why=f"it is no JSON ({error})") from error
    return from_json(told, name=path.stem)


def from_json(told: Any, *, name: str = "mapping") -> ColumnMapping:
    """Return a mapping from its JSON.

    :raises BadMapping: if it names a column or a rule that does not exist.
    """
    if not isinstance(told, dict) or not isinstance(told.get("columns", {}), dict):
        raise BadMapping(name=name, why="it is no JSON object with “columns” in it")
    for what in (*told.get("columns", {}).values(), *told.get("constants", {})):
        if what not in FIELDS:
            raise BadMapping(name=name, why=f"“{what}” is not one of {', '.join(FIELDS)}")
    for rule in told.get("repeats", {}).values():
        if rule not in get_args(Repeats):
            raise BadMapping(name=name, why=f"“{rule}” is not one of {get_args(Repeats)}")
    known_keys = ColumnMapping.__dataclass_fields__
    if strange := sorted(set(told) - set(known_keys) - {"says"}):
        raise BadMapping(name=name, why=f"“{strange[0]}” says nothing here")
    return replace(
        ColumnMapping(name=name),
        **{key: value for key, value in told.items() if key in known_keys and value is not None},
    )


def remembered(told: Mapping[str, Any], *, name: str) -> dict[str, Any]:
    """Return as data how to read a file whose source sent one before that was read so.

    One that came with the engine is found again by its columns, and then all of them are needed.
    """
    if told.get("name") in names():
        return {**known("plain").as_json(), "encoding": told.get("encoding")}
    return {**told, "name": name, "is_remembered": True}


@cache
def _usual() -> Mapping[str, str]:
    return {
        folded(spelling): row["field"]
        for row in read_data("headers.csv")
        for spelling in (row["field"], *row["spellings"].split("|"))
    }


def guess(headers: Sequence[str], *, beside: ColumnMapping | None = None) -> ColumnMapping:
    """Return a mapping for columns of these names, by what they are usually called.

    What `beside` says of a column goes before what is usual.
    """
    given = beside or ColumnMapping(name="guessed")
    columns = dict(given.columns)
    aside = {folded(header) for header in given.aside}
    for header in headers:
        usual = None if folded(header) in aside else _usual().get(folded(header))
        if given.column_of(header) is None and usual and usual not in columns.values():
            columns[header] = usual
    return replace(given, columns=columns)
